import { existsSync, readdirSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { makeBinDir } from "./binDir";
import { cacheDir, CacheLayout } from "./cache";
import { CATALOGUE, type Family } from "./catalogue";
import { fetchPrograms } from "./download";
import { type Builder, goBuilder } from "./goBuild";
import { onInterrupt } from "./interrupts";
import { withLock } from "./lock";
import { needsOf } from "./needs";
import { npmFileOf } from "./npm";
import { obtainFamily, type StepOf } from "./obtain";
import { platformOf } from "./platform";
import { type Found, type PassedOver, pathMachine } from "./programsOnPath";
import { resolveFamily, type Surroundings } from "./resolve";
import type { Engine, OnProgress, ProgramName, StandardProgramName } from "./types";

export interface EnsureOptions<P extends ProgramName = StandardProgramName> {
    /** The programs that are needed; by default all but a node's. What belongs together comes together. */
    programs?: readonly P[];
    /** Told what is going on; see `terminalProgress`. */
    onProgress?: OnProgress;
}

/** What the engine is made with; the rest of the world uses the defaults. */
export interface EnsureSetting {
    env?: NodeJS.ProcessEnv;
    catalogue?: readonly Family[];
    builder?: Builder;
    fetch?: typeof fetchPrograms;
}

/**
 * Gives every program: from `PATH`, else from the cache, else by download, else built from Go modules. Can be interrupted
 * and repeated, and run twice at once: then the second waits for the first and shares what it made.
 */
export async function ensureEngine<P extends ProgramName = StandardProgramName>(
    options: EnsureOptions<P> = {},
    setting: EnsureSetting = {},
): Promise<Engine<P>> {
    const { env = process.env, catalogue = CATALOGUE } = setting;
    const surroundings = await surroundingsOf(env);
    const families = familiesOf(catalogue, options.programs);
    const found = await resolveAll(families, surroundings);
    let { programs } = found;
    if (found.missing.length > 0) {
        const onProgress = options.onProgress ?? (() => {});
        programs = await withLock(surroundings.layout.lock(), "preparing the engine's programs", onProgress, () =>
            obtainAll(families, surroundings, onProgress, setting),
        );
    }
    const binDir = await makeBinDir(surroundings.layout, programs);
    return { binDir, programs: programs as Engine<P>["programs"] };
}

export async function surroundingsOf(env: NodeJS.ProcessEnv): Promise<Surroundings> {
    const layout = new CacheLayout(cacheDir(env));
    return { layout, platform: platformOf(), machine: await pathMachine(layout, env), npmFile: npmFileOf };
}

function familiesOf(catalogue: readonly Family[], wanted: readonly ProgramName[] | undefined): readonly Family[] {
    if (wanted === undefined) {
        return catalogue.filter(({ onRequest }) => !onRequest);
    }
    const unknown = wanted.find((name) => !catalogue.some((family) => provided(family).includes(name)));
    if (unknown !== undefined) {
        throw new Error(`The engine has no program called ${unknown}.`);
    }
    return catalogue.filter((family) => provided(family).some((name) => wanted.includes(name)));
}

function provided({ programs, npmPrograms = [] }: Family): ProgramName[] {
    return [...programs, ...npmPrograms].map(({ name }) => name);
}

async function resolveAll(
    families: readonly Family[],
    surroundings: Surroundings,
): Promise<{ programs: Found; missing: Family[]; passedOver: PassedOver[] }> {
    const resolutions = await Promise.all(families.map((family) => resolveFamily(family, surroundings)));
    const unresolved = resolutions.filter(({ programs }) => programs === undefined);
    return {
        programs: Object.assign({}, ...resolutions.map(({ programs }) => programs)) as Found,
        missing: unresolved.map(({ family }) => family),
        passedOver: unresolved.flatMap(({ passedOver }) => passedOver),
    };
}

/** Only under the lock. */
async function obtainAll(
    families: readonly Family[],
    surroundings: Surroundings,
    onProgress: OnProgress,
    setting: EnsureSetting,
): Promise<Found> {
    const { layout, platform } = surroundings;
    const { env = process.env } = setting;
    // Another run may have made them while this one waited.
    const { programs, missing, passedOver } = await resolveAll(families, surroundings);
    if (missing.length === 0) {
        return programs;
    }
    for (const text of needsOf(missing, passedOver, platform, layout.root)) {
        onProgress({ kind: "note", text });
    }
    sweepOthers(layout);
    const sweep = (): void => rmSync(layout.temporary(), { recursive: true, force: true });
    const forget = onInterrupt(() => {
        sweep();
        onProgress({ kind: "note", text: "Interrupted; what is finished is kept. Run this again to go on." });
    });
    try {
        const names = missing.flatMap((family) => family.programs);
        const stepOf: StepOf = (program) => ({
            step: names.findIndex(({ name }) => name === program) + 1,
            of: names.length,
        });
        const builder = setting.builder ?? goBuilder(layout, platform, env);
        const fetch = setting.fetch ?? fetchPrograms;
        const obtaining = { surroundings, builder, fetch, env, onProgress, stepOf };
        for (const [index, family] of missing.entries()) {
            const buildGigabytes = missing.slice(index).reduce((sum, one) => sum + one.buildGigabytes, 0);
            Object.assign(programs, await obtainFamily(family, { ...obtaining, buildGigabytes }));
        }
        await removeBuildCaches(layout, env, onProgress);
        return programs;
    } finally {
        forget();
        sweep();
    }
}

/** Removes what runs left that were killed. */
function sweepOthers(layout: CacheLayout): void {
    const names = existsSync(layout.allTemporary()) ? readdirSync(layout.allTemporary()) : [];
    for (const name of names.filter((pid) => !isAlive(Number(pid)))) {
        rmSync(join(layout.allTemporary(), name), { recursive: true, force: true });
    }
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        // There is such a process, but it is another user's.
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}

/** Several gigabytes that nothing needs any more once the programs are there. */
async function removeBuildCaches(layout: CacheLayout, env: NodeJS.ProcessEnv, onProgress: OnProgress): Promise<void> {
    if (env.KEEP_BUILD_CACHE !== "1" && existsSync(layout.go())) {
        await rm(layout.go(), { recursive: true, force: true });
        onProgress({ kind: "note", text: "The build caches are removed (KEEP_BUILD_CACHE=1 keeps them)." });
    }
}
