import { execFile, spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import type { ClusterLayout } from "./layout";

const run = promisify(execFile);

/** A process of ours, as noted in the `run` folder. A pid alone may belong to another process by now. */
export interface ProcessRecord {
    name: string;
    pid: number;
    /** When the process began, in the machine's own words; with the pid it names one process for ever. */
    identity: string;
    startedAt: number;
}

export interface ProcessStart {
    name: string;
    command: string;
    arguments: string[];
    env?: NodeJS.ProcessEnv;
    /** `pipe`: the caller holds the process' standard input. */
    stdin?: "ignore" | "pipe";
}

/** Starts a program that outlives us, notes it, and sends what it prints to `log/<name>.log`. */
export async function startProcess(
    layout: ClusterLayout,
    { name, command, arguments: args, env, stdin = "ignore" }: ProcessStart,
): Promise<ProcessRecord> {
    await mkdir(layout.logs(), { recursive: true });
    await mkdir(layout.run(), { recursive: true });
    const log = openSync(logFile(layout, name), "a", 0o600);
    try {
        // A session of its own: the terminal's Ctrl-C is for us, who end it in order.
        const child = spawn(command, args, {
            cwd: layout.dir,
            detached: true,
            stdio: [stdin, log, log],
            // Nothing of the caller's environment (proxies, KUBECONFIG) is to reach the cluster's programs.
            env: env ?? { PATH: process.env.PATH },
        });
        await new Promise<void>((resolve, reject) => {
            child.once("spawn", resolve);
            child.once("error", reject);
        });
        child.unref();
        (child.stdin as { unref?: () => void } | null)?.unref?.();
        const pid = child.pid!;
        const identity = (await processIdentity(pid)) ?? "ended at once";
        const record: ProcessRecord = { name, pid, identity, startedAt: Date.now() };
        const file = recordFile(layout, name);
        await writeFile(`${file}.new`, `${JSON.stringify(record, undefined, 4)}\n`);
        await rename(`${file}.new`, file);
        return record;
    } finally {
        closeSync(log);
    }
}

function recordFile(layout: ClusterLayout, name: string): string {
    return join(layout.run(), `${name}.json`);
}

export function logFile(layout: ClusterLayout, name: string): string {
    return join(layout.logs(), `${name}.log`);
}

/** The processes that were noted, in the order in which they were started; they may have ended since. */
export async function recordedProcesses(layout: ClusterLayout): Promise<ProcessRecord[]> {
    const names = await readdir(layout.run()).catch(() => []);
    const records = await Promise.all(
        names.filter((name) => name.endsWith(".json")).map(async (name) => await readRecord(join(layout.run(), name))),
    );
    return records.filter((record) => record !== undefined).sort((one, other) => one.startedAt - other.startedAt);
}

async function readRecord(file: string): Promise<ProcessRecord | undefined> {
    try {
        return JSON.parse(await readFile(file, "utf8")) as ProcessRecord;
    } catch {
        return undefined;
    }
}

export async function isRunning({ pid, identity }: Pick<ProcessRecord, "pid" | "identity">): Promise<boolean> {
    return (await processIdentity(pid)) === identity;
}

const GONE_AFTER_MS = 10_000;

/** Ends exactly the noted processes (or the one of that name), the last one first, and waits until they are gone. */
export async function endProcesses(layout: ClusterLayout, only?: string): Promise<void> {
    const wanted = (await recordedProcesses(layout)).filter(({ name }) => only === undefined || name === only);
    // The watchdog becomes the stop command, which must not end itself.
    const records = wanted.reverse().filter(({ pid }) => pid !== process.pid);
    for (const record of records) {
        if (await isRunning(record)) {
            // Not asked politely: an API server takes a minute to see its watchers off, and nothing it has is kept.
            signal(record.pid);
        }
    }
    const deadline = Date.now() + GONE_AFTER_MS;
    for (const record of records) {
        while (await isRunning(record)) {
            if (Date.now() > deadline) {
                throw new Error(`${record.name} (pid ${record.pid}) does not end.`);
            }
            await sleep(10);
        }
    }
    for (const { name } of wanted) {
        await rm(recordFile(layout, name), { force: true });
    }
}

function signal(pid: number): void {
    try {
        process.kill(pid, "SIGKILL");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
            throw error;
        }
    }
}

/** Undefined for a process that is gone, also when its parent has not taken note of that yet. */
export async function processIdentity(pid: number): Promise<string | undefined> {
    return process.platform === "linux" ? await linuxIdentity(pid) : await psIdentity(pid);
}

async function linuxIdentity(pid: number): Promise<string | undefined> {
    try {
        const stat = await readFile(`/proc/${pid}/stat`, "utf8");
        // The second field is the program's name in parentheses, and may hold anything; proc(5).
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const [state, startTime] = [fields[0], fields[19]];
        const boot = (await readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim();
        return state === "Z" || state === "X" ? undefined : `${startTime} since boot ${boot}`;
    } catch {
        return undefined;
    }
}

async function psIdentity(pid: number): Promise<string | undefined> {
    try {
        const { stdout } = await run("ps", ["-o", "stat=,lstart=", "-p", String(pid)], {
            env: { ...process.env, LC_ALL: "C" },
        });
        const [state, ...start] = stdout.trim().split(/\s+/);
        return state === undefined || state.startsWith("Z") ? undefined : start.join(" ");
    } catch {
        return undefined;
    }
}
