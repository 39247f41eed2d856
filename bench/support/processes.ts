import { readdirSync, readFileSync } from "node:fs";

const TICKS_PER_SECOND = 100; // The unit of times in /proc, wherever Node.js runs on Linux.
const EVERY_MS = 50;

/** Who does the work of a run, by the command line. */
const PARTS = {
    "dynamic providers": /@pulumi\/pulumi\/cmd\/dynamic-provider/,
    program: /@pulumi\/pulumi\/cmd\/run/,
    "Kubernetes plugin": /resource-kubernetes/,
    engine: /\/pulumi (up|preview|refresh|destroy) /,
};
export type Part = keyof typeof PARTS;

interface Seen {
    parent: number;
    cpuSeconds: number;
    command: string;
    peakMebibytes: number;
}

/** What a command and all that it started have used. */
export interface Usage {
    cpuSeconds: number;
    /** The same of each part. */
    partSeconds: Record<Part, number>;
    /** The highest resident memory of the dynamic-provider process; 0 where there was none. */
    providerMebibytes: number;
}

/** Watches a process and its descendants until it is stopped, by looking into `/proc` again and again. */
export function watch(root: number): () => Usage {
    const family = new Map<number, Seen>();
    const look = (): void => {
        const known = (pid: number) => pid === root || family.has(pid);
        for (const [pid, seen] of everyProcess()) {
            if (known(pid) || known(seen.parent)) {
                const before = family.get(pid);
                // One that has ended and is not buried yet has used its last, but has no memory and no name any more.
                const { command, peakMebibytes } = seen.command === "" && before !== undefined ? before : seen;
                family.set(pid, { ...seen, command, peakMebibytes });
            }
        }
    };
    const timer = setInterval(look, EVERY_MS);
    return () => {
        clearInterval(timer);
        const all = [...family.values()];
        const parts = Object.entries(PARTS).map(([part, commands]): [string, Seen[]] => [
            part,
            all.filter(({ command }) => commands.test(command)),
        ]);
        const providers = new Map(parts).get("dynamic providers")!;
        return {
            cpuSeconds: cpuSeconds(all),
            partSeconds: Object.fromEntries(
                parts.map(([part, seen]) => [part, cpuSeconds(seen)]),
            ) as Usage["partSeconds"],
            providerMebibytes: Math.max(0, ...providers.map(({ peakMebibytes }) => peakMebibytes)),
        };
    };
}

function cpuSeconds(all: Seen[]): number {
    return all.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0);
}

/** In the order of their ids, so that parents mostly come before their children. */
function everyProcess(): [number, Seen][] {
    return readdirSync("/proc")
        .filter((name) => /^\d+$/.test(name))
        .map(Number)
        .flatMap((pid) => {
            const seen = processOf(pid);
            return seen === undefined ? [] : [[pid, seen] as [number, Seen]];
        });
}

/** See https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
function processOf(pid: number): Seen | undefined {
    try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const peak = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
        return {
            parent: Number(fields[1]),
            cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
            command: readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " "),
            peakMebibytes: Number(peak?.[1] ?? 0) / 1024,
        };
    } catch {
        return undefined; // It has ended meanwhile.
    }
}
