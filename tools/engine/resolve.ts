import { buildDirectory, type CacheEntry, type CacheLayout, downloadDirectory, readEntry } from "./cache";
import type { Family, ProgramSpec } from "./catalogue";
import type { Platform } from "./platform";
import { findOnPath, type Found, type PassedOver, type PathMachine } from "./programsOnPath";
import { EngineError, type ProgramName } from "./types";

/** What a machine has of a family without fetching or building anything. */
export interface Resolution {
    family: Family;
    /** All of the family's programs, if the machine has them. */
    programs?: Found;
    /** How cached programs came into the cache. */
    origins: Partial<Record<ProgramName, CacheEntry["origin"]>>;
    /** Why programs on `PATH` are not used. */
    passedOver: PassedOver[];
}

export interface Surroundings {
    layout: CacheLayout;
    platform: Platform;
    machine: PathMachine;
    /** The place of a file of an npm package of the project. */
    npmFile: (packageName: string, file: string) => { path: string; version: string } | undefined;
}

/** `PATH` first, then what an earlier run downloaded, then what one built. */
export async function resolveFamily(family: Family, surroundings: Surroundings): Promise<Resolution> {
    const { programs, passedOver } = await findOnPath(family, surroundings.machine);
    if (programs !== undefined) {
        return { family, programs: { ...npmPrograms(family, surroundings), ...programs }, origins: {}, passedOver };
    }
    for (const origin of ["download", "build"] as const) {
        const cached = await cachedPrograms(family, origin, surroundings);
        if (cached.missing.length === 0) {
            const origins = Object.fromEntries(Object.keys(cached.programs).map((name) => [name, origin]));
            return {
                family,
                programs: { ...cached.programs, ...npmPrograms(family, surroundings) },
                origins,
                passedOver,
            };
        }
    }
    return { family, origins: {}, passedOver };
}

/** The family's programs that are in the cache from one origin, and those that are not. */
export async function cachedPrograms(
    family: Family,
    origin: CacheEntry["origin"],
    { layout, platform }: Surroundings,
): Promise<{ programs: Found; missing: ProgramSpec[] }> {
    const programs: Found = {};
    const missing: ProgramSpec[] = [];
    for (const program of family.programs) {
        const directory = directoryOf(family, program, origin, layout, platform);
        const stored = directory === undefined ? undefined : await readEntry(directory);
        if (stored === undefined) {
            missing.push(program);
        } else {
            programs[program.name] = { path: stored.path, version: stored.entry.version, source: "cache" };
        }
    }
    return { programs, missing };
}

/** Where a program of this origin is kept, or undefined if it cannot come from there. */
function directoryOf(
    family: Family,
    program: ProgramSpec,
    origin: CacheEntry["origin"],
    layout: CacheLayout,
    platform: Platform,
): string | undefined {
    if (origin === "build") {
        return buildDirectory(layout, platform, program);
    }
    const download = family.downloads(platform).find(({ programs }) => programs.includes(program.name));
    return download && downloadDirectory(layout, platform, program.name, download);
}

/** The programs of the family that npm brought along. */
export function npmPrograms(family: Family, { npmFile }: Surroundings): Found {
    const found: Found = {};
    for (const { name, package: packageName, file } of family.npmPrograms ?? []) {
        const shipped = npmFile(packageName, file);
        if (shipped === undefined) {
            throw new EngineError(`${packageName} is not installed.`, "Run `npm ci` in the project and try again.");
        }
        found[name] = { ...shipped, source: "npm" };
    }
    return found;
}
