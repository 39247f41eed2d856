import { mkdir, readFile, rm, rmdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bridges } from "./nodeNetwork";
import type { NodeLayout } from "./nodeLayout";

/**
 * Folders that containerd and kubelet have by name. Each node gets its own in their place, in a mount namespace that all
 * of its programs share: two nodes do not meet in them, and all that is mounted goes with the last of its processes.
 */
const FOLDERS = ["/run/containerd", "/var/lib/cni", "/var/lib/kubelet", "/var/log/containers"];

/** The folders that exist only because we made them to mount something on. */
const MADE = join(tmpdir(), "seqera-node-folders.json");

async function readMade(): Promise<string[]> {
    return JSON.parse(await readFile(MADE, "utf8").catch(() => "[]")) as string[];
}

/** Only under the machine's lock. */
export async function prepareFolders(layout: NodeLayout): Promise<void> {
    const made = new Set(await readMade());
    for (const folder of FOLDERS) {
        const first = await mkdir(folder, { recursive: true });
        if (first !== undefined) {
            made.add(first);
        }
        await mkdir(privateFolder(layout, folder), { recursive: true, mode: 0o700 });
    }
    await writeFile(MADE, JSON.stringify([...made]));
}

/** Only under the machine's lock. Removing a folder would take it from nodes that still run, so the last one does it. */
export async function removeFolders(): Promise<void> {
    if ((await bridges()).length > 0) {
        return;
    }
    for (const folder of await readMade()) {
        await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
            // Somebody else has put something there, or has removed it.
            if (error.code !== "ENOTEMPTY" && error.code !== "ENOENT") {
                throw error;
            }
        });
    }
    await rm(MADE, { force: true });
}

function privateFolder(layout: NodeLayout, folder: string): string {
    return layout.file("folders", folder.replaceAll("/", "_"));
}

/** Runs a command in a new mount namespace with the node's own folders. */
export function inNewNamespace(layout: NodeLayout, command: string[]): string[] {
    const script = 'while [ "$1" != -- ]; do mount --bind "$1" "$2"; shift 2; done; shift; exec "$@"';
    const mounts = FOLDERS.flatMap((folder) => [privateFolder(layout, folder), folder]);
    return [
        "unshare",
        "--mount",
        "--propagation",
        "private",
        "sh",
        "-euc",
        script,
        "mounts",
        ...mounts,
        "--",
        ...command,
    ];
}

/** Runs a command in the mount namespace of a process. */
export function inNamespaceOf(pid: number, command: string[]): string[] {
    return ["nsenter", `--mount=/proc/${pid}/ns/mnt`, "--", ...command];
}
