import { createHash } from "node:crypto";
import { link, mkdir, mkdtemp, rename, rm, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import type { CacheLayout } from "./cache";
import type { Found } from "./programsOnPath";

/**
 * A directory with exactly these programs. Each choice of programs has its own, so that two runs with different choices
 * do not get in each other's way.
 */
export async function makeBinDir(layout: CacheLayout, programs: Found): Promise<string> {
    const targets = Object.entries(programs).map(([name, { path }]) => [name, path] as const);
    targets.sort(([one], [other]) => one.localeCompare(other));
    const hash = createHash("sha256").update(JSON.stringify(targets)).digest("hex").slice(0, 12);
    const directory = join(layout.bins(), hash);
    if (await isComplete(directory, targets)) {
        return directory;
    }
    await mkdir(layout.bins(), { recursive: true });
    const staging = await mkdtemp(join(layout.bins(), ".new-"));
    for (const [name, path] of targets) {
        await linkProgram(layout, path, join(staging, name));
    }
    await rm(directory, { recursive: true, force: true });
    try {
        await rename(staging, directory);
    } catch (error) {
        // Another run was quicker with the same directory.
        await rm(staging, { recursive: true, force: true });
        if (!(await isComplete(directory, targets))) {
            throw error;
        }
    }
    return directory;
}

/**
 * Cached programs are hard links: the Pulumi CLI follows symbolic links to find its own folder and warns on every run
 * about a language host that is not in it. Programs of the machine stay in their own folder, beside what belongs to them.
 */
async function linkProgram(layout: CacheLayout, path: string, target: string): Promise<void> {
    if (path.startsWith(join(layout.root, "programs"))) {
        await link(path, target);
    } else {
        await symlink(path, target);
    }
}

async function isComplete(directory: string, targets: readonly (readonly [string, string])[]): Promise<boolean> {
    for (const [name, path] of targets) {
        const [linked, original] = await Promise.all(
            [join(directory, name), path].map(async (file) => await stat(file).catch(() => undefined)),
        );
        if (linked === undefined || linked.ino !== original?.ino) {
            return false;
        }
    }
    return true;
}
