import { createHash } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cacheDir } from "./cache";
import { onInterrupt } from "./interrupts";
import { withLock } from "./lock";
import type { OnProgress } from "./types";

/** How something is made: `recipe` is all that decides what comes out, and so its key. */
export interface Making {
    name: string;
    recipe: unknown;
    title: string;
    /** Puts the finished file or folder at `target`; may litter `temporary`. */
    make: (target: string, temporary: string) => Promise<void>;
}

/** Gives a file or folder of the cache, made by the first who asks. Interrupted, it leaves nothing. */
export async function cached(kind: string, making: Making, onProgress: OnProgress): Promise<string> {
    const folder = join(cacheDir(), kind);
    const key = createHash("sha256").update(JSON.stringify(making.recipe)).digest("hex").slice(0, 12);
    const target = join(folder, `${making.name}-${key}`);
    if (existsSync(target)) {
        return target;
    }
    return await withLock(join(cacheDir(), `${kind}.lock`), making.title, onProgress, async () => {
        if (existsSync(target)) {
            return target;
        }
        await removeLeftovers(folder);
        const temporary = join(folder, `.new-${process.pid}`);
        await mkdir(temporary, { recursive: true });
        const forget = onInterrupt(() => rmSync(temporary, { recursive: true, force: true }));
        onProgress({ kind: "start", step: 1, of: 1, title: making.title });
        try {
            const made = join(temporary, "made");
            await making.make(made, temporary);
            await rename(made, target);
            onProgress({ kind: "end", ok: true, text: "done" });
            return target;
        } catch (error) {
            onProgress({ kind: "end", ok: false, text: "failed" });
            throw error;
        } finally {
            forget();
            await rm(temporary, { recursive: true, force: true });
        }
    });
}

/** Of runs that were killed: nobody else makes anything while we hold the lock. */
async function removeLeftovers(folder: string): Promise<void> {
    const names = await readdir(folder).catch(() => []);
    for (const name of names.filter((one) => one.startsWith(".new-"))) {
        await rm(join(folder, name), { recursive: true, force: true });
    }
}
