import { readdir, readFile, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { NodeLayout } from "./nodeLayout";

const GONE_AFTER_MS = 10_000;
const CGROUPS = "/sys/fs/cgroup";

interface Process {
    pid: number;
    parent: number;
    command: string[];
}

/**
 * Ends the node's containers and the shims that hold them, which outlive containerd. They are told from those of other
 * nodes by the socket that they were started for, and need no containerd that still answers.
 */
export async function endContainers(layout: NodeLayout): Promise<void> {
    const deadline = Date.now() + GONE_AFTER_MS;
    for (;;) {
        const all = await processes();
        const shims = all.filter(
            ({ command }) => command[0]?.endsWith("containerd-shim-runc-v2") && command.includes(layout.socket()),
        );
        if (shims.length === 0) {
            return;
        }
        if (Date.now() > deadline) {
            throw new Error(`Containers of ${layout.dir} do not end: shims ${shims.map(({ pid }) => pid).join(", ")}.`);
        }
        // Children first: without its shim a container would be nobody's.
        for (const { pid } of [...descendants(all, shims), ...shims]) {
            kill(pid);
        }
        await sleep(50);
    }
}

function descendants(all: Process[], of: Process[]): Process[] {
    const children = all.filter(({ parent }) => of.some(({ pid }) => pid === parent));
    return children.length === 0 ? [] : [...descendants(all, children), ...children];
}

function kill(pid: number): void {
    try {
        process.kill(pid, "SIGKILL");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
            throw error;
        }
    }
}

async function processes(): Promise<Process[]> {
    const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
    const read = pids.map(async (pid): Promise<Process | undefined> => {
        try {
            const stat = await readFile(`/proc/${pid}/stat`, "utf8");
            const command = (await readFile(`/proc/${pid}/cmdline`, "utf8")).split("\0");
            const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
            return { pid: Number(pid), parent, command };
        } catch {
            // It has ended meanwhile.
            return undefined;
        }
    });
    return (await Promise.all(read)).filter((one) => one !== undefined);
}

/** The containers that containerd still knew when it ended; the others' control groups went with them. */
async function lastContainers(layout: NodeLayout): Promise<string[]> {
    return await readdir(join(layout.containerdState(), "io.containerd.runtime.v2.task", "k8s.io")).catch(() => []);
}

/** Removes the containers' control groups from every hierarchy (version 1) or from the one that there is (version 2). */
export async function removeControlGroups(layout: NodeLayout): Promise<void> {
    const hierarchies = (await readdir(CGROUPS).catch(() => [])).map((name) => join(CGROUPS, name));
    for (const container of await lastContainers(layout)) {
        for (const hierarchy of [CGROUPS, ...hierarchies]) {
            await removeTree(join(hierarchy, "k8s.io", container));
        }
    }
    for (const hierarchy of [CGROUPS, ...hierarchies]) {
        // Other nodes' containers may still be in it.
        await rmdir(join(hierarchy, "k8s.io")).catch(() => {});
    }
}

async function removeTree(directory: string): Promise<void> {
    const entries = await readdir(directory, { withFileTypes: true }).catch(() => undefined);
    if (entries === undefined) {
        return;
    }
    for (const entry of entries.filter((one) => one.isDirectory())) {
        await removeTree(join(directory, entry.name));
    }
    for (let attempt = 1; ; attempt++) {
        try {
            // Its files are the kernel's and go with it.
            return await rmdir(directory);
        } catch (error) {
            // A process that has been killed stays in its group until it is gone.
            if ((error as NodeJS.ErrnoException).code !== "EBUSY" || attempt === 50) {
                throw error;
            }
            await sleep(100);
        }
    }
}
