import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { chmod, mkdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Download } from "./catalogue";
import type { ProgramName } from "./types";

/**
 * A download that did not come to be; the next source is tried. A wrong checksum is one too: the file is thrown away,
 * and a build from locked modules is no less safe than a proper download.
 */
export class DownloadFailure extends Error {
    constructor(message: string, options?: ErrorOptions) {
        super(message, options);
        this.name = "DownloadFailure";
    }
}

export interface DownloadedProgram {
    program: ProgramName;
    file: string;
    checksum: string;
}

/** Networks that refuse do so for a host, so one answer per host and process is enough. */
const unreachableHosts = new Map<string, string>();

const TIMEOUT = {
    // Short where a firewall would let us wait, long where a slow line needs its time.
    lookup: 3_000,
    connect: 4_000,
    secureConnect: 4_000,
    response: 15_000,
    socket: 30_000,
};

/** Fetches a file, checks it and leaves its programs, executable, in `directory`. */
export async function fetchPrograms(
    download: Download,
    wanted: readonly ProgramName[],
    directory: string,
    onText: (text: string) => void,
): Promise<DownloadedProgram[]> {
    await mkdir(directory, { recursive: true });
    const name = basename(new URL(download.url).pathname);
    const expected = checksumFor(await fetchText(download.checksumUrl), name, download);
    const file = join(directory, `${name}.part`);
    try {
        const actual = await fetchFile(download, file, onText);
        if (actual !== expected) {
            throw new DownloadFailure(
                `${download.url} has the ${download.algorithm} checksum ${actual}, not ${expected} as published; it was thrown away`,
            );
        }
        const files = await unpack(download, file, wanted, directory);
        return files.map((one) => ({ ...one, checksum: `${download.algorithm}:${actual}` }));
    } finally {
        await rm(file, { force: true });
    }
}

/** Finds a file's checksum in a list of `<hex>  <name>` lines, or in a file that holds nothing but one. */
export function checksumFor(text: string, name: string, download: Pick<Download, "checksumUrl" | "algorithm">): string {
    const lines = text.split("\n").map((line) => line.trim().split(/\s+\*?/));
    const line = lines.find((words) => words[1] !== undefined && basename(words[1]) === name);
    const alone = lines.filter((words) => words[0] !== "");
    const checksum = line?.[0] ?? (alone.length === 1 && alone[0].length === 1 ? alone[0][0] : undefined);
    const digits = download.algorithm === "sha256" ? 64 : 128;
    if (checksum === undefined || !new RegExp(`^[0-9a-f]{${digits}}$`, "i").test(checksum)) {
        throw new DownloadFailure(`${download.checksumUrl} holds no ${download.algorithm} checksum of ${name}`);
    }
    return checksum.toLowerCase();
}

async function fetchText(url: string): Promise<string> {
    return await reaching(url, async () => {
        const { got } = await import("got");
        return await got(url, { timeout: TIMEOUT, retry: { limit: 0 } }).text();
    });
}

async function fetchFile(download: Download, file: string, onText: (text: string) => void): Promise<string> {
    return await reaching(download.url, async () => {
        const { got } = await import("got");
        const source = got.stream(download.url, { timeout: TIMEOUT, retry: { limit: 0 } });
        source.on("downloadProgress", ({ transferred, total }: { transferred: number; total?: number }) => {
            onText(`${megabytes(transferred)}${total ? ` of ${megabytes(total)}` : ""} MB`);
        });
        const hash = createHash(download.algorithm);
        const hashing = new Transform({
            transform(chunk: Buffer, _encoding, done) {
                hash.update(chunk);
                done(null, chunk);
            },
        });
        await pipeline(source, hashing, createWriteStream(file));
        return hash.digest("hex");
    });
}

function megabytes(bytes: number): string {
    return (bytes / 1e6).toFixed(0);
}

async function reaching<T>(url: string, action: () => Promise<T>): Promise<T> {
    const { host } = new URL(url);
    const known = unreachableHosts.get(host);
    if (known !== undefined) {
        throw new DownloadFailure(known);
    }
    try {
        return await action();
    } catch (error) {
        const { RequestError, HTTPError } = await import("got");
        if (error instanceof HTTPError) {
            throw new DownloadFailure(`${url} answered ${error.response.statusCode}`, { cause: error });
        }
        if (error instanceof RequestError) {
            const reason = `${host} cannot be reached (${error.code})`;
            unreachableHosts.set(host, reason);
            throw new DownloadFailure(reason, { cause: error });
        }
        throw error;
    }
}

async function unpack(
    download: Download,
    file: string,
    wanted: readonly ProgramName[],
    directory: string,
): Promise<{ program: ProgramName; file: string }[]> {
    const places = download.archive
        ? await extract(download, file, wanted, join(directory, "unpacked"))
        : new Map([[download.programs[0], file]]);
    const programs: { program: ProgramName; file: string }[] = [];
    for (const [program, place] of places) {
        const target = join(directory, program);
        await rename(place, target);
        await chmod(target, 0o755);
        programs.push({ program, file: target });
    }
    return programs;
}

/** Found by name wherever they lie: releases have changed their folders before. */
async function extract(
    download: Download,
    file: string,
    wanted: readonly ProgramName[],
    directory: string,
): Promise<Map<ProgramName, string>> {
    const tar = await import("tar");
    const places = new Map<ProgramName, string>();
    await mkdir(directory, { recursive: true });
    await tar.extract({
        file,
        cwd: directory,
        filter: (path, entry) => {
            const program = wanted.find((name) => name === basename(path));
            if (program === undefined || !("type" in entry) || entry.type !== "File") {
                return false;
            }
            places.set(program, join(directory, path));
            return true;
        },
    });
    const absent = wanted.filter((program) => !places.has(program));
    if (absent.length > 0) {
        throw new DownloadFailure(`${download.url} holds no ${absent.join(", ")}`);
    }
    return places;
}
