import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, isAbsolute, join } from "node:path";
import type { Download, GoBuild, ProgramSpec } from "./catalogue";
import { platformName, type Platform } from "./platform";
import type { ProgramName } from "./types";

/** Everything the engine writes lies under this directory (XDG Base Directory Specification). */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
    const base = env.XDG_CACHE_HOME;
    // The specification says that a relative path there is invalid and to be ignored.
    return join(base && isAbsolute(base) ? base : join(homedir(), ".cache"), "pulumi-seqera-kubernetes");
}

/** Where things lie inside the cache. */
export class CacheLayout {
    constructor(readonly root: string) {}

    readonly programs = (platform: Platform): string => join(this.root, "programs", platformName(platform));
    readonly bins = (): string => join(this.root, "bin");
    readonly logs = (): string => join(this.root, "logs");
    /** Half-done work, in a folder for each process. */
    readonly allTemporary = (): string => join(this.root, "tmp");
    readonly temporary = (): string => join(this.allTemporary(), String(process.pid));
    readonly go = (): string => join(this.root, "go");
    readonly lock = (): string => join(this.root, "lock");
    readonly probes = (): string => join(this.root, "probes.json");
    readonly plugins = (): string => join(this.root, "plugins");
    readonly pulumiHome = (): string => join(this.root, "pulumi-home");
}

/** What a cached program is: written beside it when it is complete. */
export interface CacheEntry {
    program: string;
    version: string;
    origin: "download" | "build";
    from: string;
    /** Of a downloaded file, as checked. */
    checksum?: string;
    bytes: number;
    createdAt: string;
}

/** Flags that every Go build of ours has; part of the key, because they decide what comes out. */
export const GO_FLAGS = "-trimpath -buildvcs=false -modcacherw";

const MODULES = join(__dirname, "modules");

export function moduleDirectory(build: GoBuild): string {
    return join(MODULES, build.module);
}

export function linkerFlags(build: GoBuild): string {
    return ["-s -w", ...Object.entries(build.stamps).map(([name, value]) => `-X ${name}=${value}`)].join(" ");
}

function shortHash(parts: readonly string[]): string {
    return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
}

/** A build is known by all that goes into it: the locked modules, the package, tags and flags. */
export function buildKey(build: GoBuild, modules: { mod: string; sum: string } = readModule(build)): string {
    return shortHash([modules.mod, modules.sum, build.package, build.tags ?? "", linkerFlags(build), GO_FLAGS]);
}

export function downloadKey(download: Download): string {
    return shortHash([download.url, download.checksumUrl, download.algorithm]);
}

function readModule(build: GoBuild): { mod: string; sum: string } {
    const directory = moduleDirectory(build);
    return {
        mod: readFileSync(join(directory, "go.mod"), "utf8"),
        sum: readFileSync(join(directory, "go.sum"), "utf8"),
    };
}

/** The folder of a program that was built. */
export function buildDirectory(layout: CacheLayout, platform: Platform, { name, version, build }: ProgramSpec): string {
    return join(layout.programs(platform), `${name}-${version}-${buildKey(build)}`);
}

/** The folder of a program that was downloaded. */
export function downloadDirectory(
    layout: CacheLayout,
    platform: Platform,
    name: ProgramName,
    download: Download,
): string {
    return join(layout.programs(platform), `${name}-${download.version}-${downloadKey(download)}`);
}

/** A complete entry, or undefined. A file that lost bytes since it was stored does not count. */
export async function readEntry(directory: string): Promise<{ entry: CacheEntry; path: string } | undefined> {
    try {
        const entry = JSON.parse(await readFile(join(directory, "entry.json"), "utf8")) as CacheEntry;
        const path = join(directory, entry.program);
        return (await stat(path)).size === entry.bytes ? { entry, path } : undefined;
    } catch {
        return undefined;
    }
}

/** Moves a finished program into its place in one step, so that no reader ever sees half of it. */
export async function storeEntry(
    directory: string,
    file: string,
    entry: Omit<CacheEntry, "bytes" | "createdAt">,
): Promise<string> {
    const staging = `${file}.entry`;
    await mkdir(staging, { recursive: true });
    await rename(file, join(staging, entry.program));
    const { size } = await stat(join(staging, entry.program));
    const complete: CacheEntry = { ...entry, bytes: size, createdAt: new Date().toISOString() };
    await writeFile(join(staging, "entry.json"), `${JSON.stringify(complete, undefined, 4)}\n`);
    await mkdir(dirname(directory), { recursive: true });
    await rm(directory, { recursive: true, force: true });
    await rename(staging, directory);
    return join(directory, entry.program);
}
