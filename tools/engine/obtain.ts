import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { buildDirectory, buildKey, type CacheEntry, downloadDirectory, storeEntry } from "./cache";
import type { Download, Family, ProgramSpec } from "./catalogue";
import { requireDisk } from "./disk";
import { DownloadFailure, fetchPrograms } from "./download";
import type { Builder } from "./goBuild";
import { probeVersion, type Found } from "./programsOnPath";
import { cachedPrograms, npmPrograms, type Surroundings } from "./resolve";
import { EngineError, type OnProgress, type ProgramName } from "./types";

const DOWNLOAD_GIGABYTES = 1;

/** "Step k of n": n programs are still to be had, and this one is the k-th. */
export type StepOf = (program: ProgramName) => { step: number; of: number };

export interface Obtaining {
    /** Free disk that building this family and those that still have to follow takes. */
    buildGigabytes: number;
    surroundings: Surroundings;
    builder: Builder;
    fetch: typeof fetchPrograms;
    env: NodeJS.ProcessEnv;
    onProgress: OnProgress;
    stepOf: StepOf;
}

/** Gets a family that the machine does not have: downloaded if all of it can be, else built. */
export async function obtainFamily(family: Family, obtaining: Obtaining): Promise<Found> {
    const { surroundings } = obtaining;
    const refusals: string[] = [];
    const obtained = (await download(family, obtaining, refusals)) ?? (await build(family, obtaining, refusals));
    return { ...obtained, ...npmPrograms(family, surroundings) };
}

async function download(family: Family, obtaining: Obtaining, refusals: string[]): Promise<Found | undefined> {
    const { surroundings, onProgress } = obtaining;
    const downloads = family.downloads(surroundings.platform);
    if (downloads.length === 0) {
        refusals.push(`there is no official download of ${family.name} for ${surroundings.platform.os}`);
        return undefined;
    }
    const { programs, missing } = await cachedPrograms(family, "download", surroundings);
    await requireDisk(surroundings.layout.root, DOWNLOAD_GIGABYTES, `Downloading ${family.name}`);
    try {
        for (const one of downloads) {
            const wanted = missing.filter(({ name }) => one.programs.includes(name));
            if (wanted.length > 0) {
                Object.assign(programs, await downloadOne(one, wanted, obtaining));
            }
        }
        return programs;
    } catch (error) {
        if (!(error instanceof DownloadFailure)) {
            throw error;
        }
        refusals.push(error.message);
        onProgress({ kind: "note", text: `No download of ${family.name}: ${error.message}. Building it instead.` });
        return undefined;
    }
}

async function downloadOne(
    one: Download,
    wanted: ProgramSpec[],
    { surroundings, fetch, env, onProgress, stepOf }: Obtaining,
): Promise<Found> {
    const { layout, platform } = surroundings;
    const found: Found = {};
    const names = wanted.map(({ name }) => name);
    onProgress({ kind: "start", ...stepOf(names[0]), title: `download ${names.join(", ")}` });
    try {
        const directory = join(layout.temporary(), `download-${names.join("-")}`);
        const files = await fetch(one, names, directory, (text) => onProgress({ kind: "update", text }));
        for (const { program: name, file, checksum } of files) {
            const program = wanted.find((spec) => spec.name === name)!;
            const version = (await checkedVersion(program, file, surroundings, env)) ?? one.version;
            const entry = { program: name, version, origin: "download", from: one.url, checksum } as const;
            const path = await storeEntry(downloadDirectory(layout, platform, name, one), file, entry);
            found[name] = { path, version, source: "download" };
        }
        onProgress({ kind: "end", ok: true, text: `from ${new URL(one.url).host}, checksum verified` });
        return found;
    } catch (error) {
        onProgress({ kind: "end", ok: false, text: "not to be had" });
        throw error;
    }
}

async function build(family: Family, obtaining: Obtaining, refusals: string[]): Promise<Found> {
    const { surroundings, buildGigabytes } = obtaining;
    const { programs, missing } = await cachedPrograms(family, "build", surroundings);
    await requireDisk(surroundings.layout.root, buildGigabytes, `Building ${family.name} and what has to follow`);
    for (const program of missing) {
        programs[program.name] = await buildOne(program, obtaining, refusals);
    }
    return programs;
}

async function buildOne(
    program: ProgramSpec,
    { surroundings, builder, env, onProgress, stepOf }: Obtaining,
    refusals: string[],
): Promise<Found[keyof Found]> {
    const { layout, platform } = surroundings;
    const { name, build } = program;
    const logFile = join(layout.logs(), `build-${name}.log`);
    onProgress({ kind: "start", ...stepOf(name), title: `build ${name} ${program.version}`, logFile });
    try {
        await mkdir(layout.temporary(), { recursive: true });
        const output = join(layout.temporary(), name);
        await builder({
            program: name,
            build,
            output,
            logFile,
            onText: (text) => onProgress({ kind: "update", text }),
        });
        const version = (await checkedVersion(program, output, surroundings, env)) ?? program.version;
        const from = `${build.package} (modules ${buildKey(build)})`;
        const entry: Omit<CacheEntry, "bytes" | "createdAt"> = { program: name, version, origin: "build", from };
        const path = await storeEntry(buildDirectory(layout, platform, program), output, entry);
        onProgress({ kind: "end", ok: true, text: "built" });
        return { path, version, source: "build" };
    } catch (error) {
        onProgress({ kind: "end", ok: false, text: "failed" });
        if (error instanceof EngineError) {
            const before = refusals.length === 0 ? "" : `${name} had to be built because ${refusals.join("; ")}.\n`;
            throw new EngineError(`${before}${error.message}`, error.remedy, { cause: error });
        }
        throw error;
    }
}

/** Starts the new program once, if it can tell its version: one that does not run here must not get into the cache. */
async function checkedVersion(
    program: ProgramSpec,
    file: string,
    { layout }: Surroundings,
    env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
    if (program.probe === undefined) {
        return undefined;
    }
    const version = await probeVersion(file, program, layout, env);
    if (version === undefined) {
        throw new EngineError(
            `${program.name} was made but does not start here.`,
            `Look whether this machine may run programs in ${layout.root} (a "noexec" mount?), or set XDG_CACHE_HOME elsewhere.`,
        );
    }
    return version;
}
