import { mkdir, statfs } from "node:fs/promises";
import { EngineError } from "./types";

/** Refuses before the work starts what would fail after minutes of it. */
export async function requireDisk(directory: string, gigabytes: number, what: string): Promise<void> {
    await mkdir(directory, { recursive: true });
    const { bavail, bsize } = await statfs(directory);
    const free = (bavail * bsize) / 1e9;
    if (free < gigabytes) {
        throw new EngineError(
            `${what} needs ${gigabytes} GB of free disk in ${directory}, which has ${free.toFixed(1)} GB.`,
            "Free some space, or set XDG_CACHE_HOME to a directory on a larger disk, and run this again.",
        );
    }
}
