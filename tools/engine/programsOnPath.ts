import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, mkdir, readFile, realpath, rename, stat, writeFile } from "node:fs/promises";
import { delimiter, dirname, isAbsolute, join, relative } from "node:path";
import { promisify } from "node:util";
import { coerce, minor, major, satisfies } from "semver";
import type { CacheLayout } from "./cache";
import type { Family, ProgramSpec } from "./catalogue";
import type { EngineProgram, ProgramName } from "./types";

const run = promisify(execFile);

export type Found = Partial<Record<ProgramName, EngineProgram>>;

/** A program that is on `PATH` and yet not used. */
export interface PassedOver {
    program: ProgramName;
    reason: string;
}

/** The result of looking for a family on `PATH`: all of it, or why what was seen there is not used. */
export interface PathSearch {
    programs?: Found;
    passedOver: PassedOver[];
}

/** What the search needs to know of the machine; tests give their own. */
export interface PathMachine {
    /** Executables of this name, in `PATH` order. */
    candidates: (name: string) => Promise<string[]>;
    /** The version that the program prints, or undefined if it prints none. */
    version: (path: string, program: ProgramSpec) => Promise<string | undefined>;
}

/** Takes a family from `PATH` only as a whole: its programs are made for each other. */
export async function findOnPath(family: Family, machine: PathMachine): Promise<PathSearch> {
    const programs: Found = {};
    const passedOver: PassedOver[] = [];
    for (const program of family.programs.filter((one) => one.probe !== undefined)) {
        const companions = family.programs.filter((one) => one.besides === program.name);
        const found = await firstAcceptable(program, companions, machine, passedOver);
        if (found === undefined) {
            return { passedOver };
        }
        Object.assign(programs, found);
    }
    if (family.sameMinorVersion && !haveSameMinor(programs)) {
        const versions = Object.entries(programs).map(([name, { version }]) => `${name} ${version}`);
        const reason = `${versions.join(" and ")} do not belong together`;
        const names = Object.keys(programs) as ProgramName[];
        return { passedOver: [...passedOver, ...names.map((program) => ({ program, reason }))] };
    }
    const [first] = Object.values(programs);
    for (const { name } of family.npmPrograms ?? []) {
        // The Pulumi CLI warns on every run if another one than its own comes first on PATH.
        const beside = await besideOf(first.path, name);
        if (beside !== undefined) {
            programs[name] = { path: beside, version: first.version, source: "path" };
        }
    }
    return { programs, passedOver };
}

async function firstAcceptable(
    program: ProgramSpec,
    companions: ProgramSpec[],
    machine: PathMachine,
    passedOver: PassedOver[],
): Promise<Found | undefined> {
    const passOver = (reason: string): unknown => passedOver.push({ program: program.name, reason });
    for (const path of await machine.candidates(program.name)) {
        const version = await machine.version(path, program);
        if (version === undefined) {
            passOver(`${path} does not tell its version`);
            continue;
        }
        const accepted = program.probe?.accepted ?? "*";
        if (!satisfies(version, accepted)) {
            passOver(`${path} is ${version}; accepted is ${accepted}`);
            continue;
        }
        const found: Found = { [program.name]: { path, version, source: "path" } };
        const missing: string[] = [];
        for (const companion of companions) {
            const beside = await besideOf(path, companion.name);
            if (beside === undefined) {
                missing.push(companion.name);
            } else {
                found[companion.name] = { path: beside, version, source: "path" };
            }
        }
        if (missing.length === 0) {
            return found;
        }
        passOver(`${path} has no ${missing.join(", ")} beside it`);
    }
    return undefined;
}

/** Beside the name on `PATH`, or beside the file that it links to (as Homebrew and others install). */
async function besideOf(path: string, name: string): Promise<string | undefined> {
    for (const directory of new Set([dirname(path), dirname(await realpath(path).catch(() => path))])) {
        const candidate = join(directory, name);
        if (await isExecutable(candidate)) {
            return candidate;
        }
    }
    return undefined;
}

function haveSameMinor(programs: Found): boolean {
    const minors = Object.values(programs).map(({ version }) => `${major(version)}.${minor(version)}`);
    return new Set(minors).size === 1;
}

async function isExecutable(path: string): Promise<boolean> {
    try {
        await access(path, constants.X_OK);
        return (await stat(path)).isFile();
    } catch {
        return false;
    }
}

/** The first version number in a text, reduced to three numbers: distributions add suffixes such as `-gke.100`. */
export function versionIn(text: string): string | undefined {
    return coerce(/v?\d+\.\d+\.\d+/.exec(text)?.[0])?.version;
}

/** The real machine. Versions are remembered by file, since starting each program would cost a warm run its time. */
export async function pathMachine(layout: CacheLayout, env: NodeJS.ProcessEnv): Promise<PathMachine> {
    const remembered = await readRemembered(layout);
    return {
        candidates: async (name) => {
            const directories = (env.PATH ?? "").split(delimiter).filter((directory) => isAbsolute(directory));
            // By the file that it is, since many systems have the same folder under two names.
            const paths = new Map<string, string>();
            for (const directory of directories) {
                const path = join(directory, name);
                // A shell that has our own programs on its PATH does not make them the machine's.
                if (!isInside(layout.root, directory) && (await isExecutable(path))) {
                    const file = await realpath(path);
                    paths.set(file, paths.get(file) ?? path);
                }
            }
            return [...paths.values()];
        },
        version: async (path, program) => {
            const file = await stat(path);
            const key = `${path}:${file.size}:${file.mtimeMs}`;
            if (remembered[key] === undefined) {
                const version = await probeVersion(path, program, layout, env);
                if (version === undefined) {
                    return undefined;
                }
                remembered[key] = version;
                await writeRemembered(layout, remembered);
            }
            return remembered[key];
        },
    };
}

/** Asks a program for its version. It gets a home of ours, because pulumi writes to its home even then. */
export async function probeVersion(
    path: string,
    program: ProgramSpec,
    layout: CacheLayout,
    env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
    try {
        const { stdout } = await run(path, program.probe?.arguments ?? [], {
            timeout: 15_000,
            env: { ...env, PULUMI_SKIP_UPDATE_CHECK: "true", PULUMI_HOME: layout.pulumiHome() },
        });
        return versionIn(stdout);
    } catch {
        return undefined;
    }
}

function isInside(directory: string, path: string): boolean {
    const way = relative(directory, path);
    return way === "" || (!way.startsWith("..") && !isAbsolute(way));
}

type Remembered = Record<string, string>;

async function readRemembered(layout: CacheLayout): Promise<Remembered> {
    try {
        return JSON.parse(await readFile(layout.probes(), "utf8")) as Remembered;
    } catch {
        return {};
    }
}

async function writeRemembered(layout: CacheLayout, remembered: Remembered): Promise<void> {
    await mkdir(layout.root, { recursive: true });
    const temporary = `${layout.probes()}.${process.pid}`;
    await writeFile(temporary, JSON.stringify(remembered, undefined, 4));
    await rename(temporary, layout.probes());
}
