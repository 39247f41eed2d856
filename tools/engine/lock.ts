import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { OnProgress } from "./types";

/** After this long without a sign of life a lock's owner counts as killed. */
const STALE_AFTER_MS = 15_000;
const LOOK_AGAIN_AFTER_MS = 300;

/**
 * Runs `action` while no other process (and nothing else in this one) does so with the same path. Whoever has to wait is
 * told for whom. The lock is taken over from an owner that was killed.
 */
export async function withLock<T>(
    path: string,
    what: string,
    onProgress: OnProgress,
    action: () => Promise<T>,
    staleAfterMs = STALE_AFTER_MS,
): Promise<T> {
    const lockfile = await import("proper-lockfile");
    const ownerFile = `${path}.owner`;
    await mkdir(dirname(path), { recursive: true });
    let told = false;
    const acquire = async (): Promise<() => Promise<void>> => {
        for (;;) {
            try {
                return await lockfile.lock(path, {
                    realpath: false,
                    lockfilePath: path,
                    stale: staleAfterMs,
                    // Losing the lock (the machine slept) is harmless: each process works in a folder of its own, and every
                    // result is put in place in one step.
                    onCompromised: () => {},
                });
            } catch (error) {
                if ((error as NodeJS.ErrnoException).code !== "ELOCKED") {
                    throw error;
                }
            }
            if (!told) {
                const owner = await readFile(ownerFile, "utf8").catch(() => "another process");
                onProgress({ kind: "note", text: `Waiting for ${owner}.` });
                told = true;
            }
            await sleep(LOOK_AGAIN_AFTER_MS);
        }
    };
    const release = await acquire();
    try {
        await writeFile(ownerFile, `process ${process.pid}, which is ${what}`);
        return await action();
    } finally {
        await rm(ownerFile, { force: true });
        await release().catch(() => {});
    }
}
