/** Divides test files into what one process runs, and jobs into shards. Pure. */

import type { Check } from "./checks";
import type { Suite } from "./files";
import type { KnownTimes } from "./times";

/** What the runner prepares once for all processes. */
export type Prepared = "cluster" | "package";

/** What one process does. */
export interface Job {
    suite: Suite | "checks";
    /** Of the work that a job is: its files, or the name of its check. */
    parts: string[];
    check?: Check;
    needs?: Prepared;
    /** How long it takes, as far as is known. */
    seconds: number;
    tests: number;
}

/** Of a file that nobody has measured. */
const UNKNOWN = { seconds: 10, tests: 1 };

/** Files that take less share a process, whose start costs a second or two, until they take this long together. */
const WORTH_A_PROCESS_SECONDS = 20;

/** A pipeline has a cluster of its own, of the same programs: while they are built, the workers do what needs none. */
const NEEDS: Partial<Record<Suite, Prepared>> = {
    dynamic: "package",
    engine: "cluster",
    examples: "cluster",
    nextflow: "cluster",
};

export function checkJobs(checks: Check[], known: KnownTimes): Job[] {
    return checks.map((check) => {
        const { seconds } = known[check.name] ?? UNKNOWN;
        return { suite: "checks", parts: [check.name], check, seconds, tests: 1 };
    });
}

export function testJobs(suite: Suite, files: string[], known: KnownTimes): Job[] {
    const jobs: Job[] = [];
    let open: Job | undefined;
    for (const file of files) {
        const { seconds, tests } = known[file] ?? UNKNOWN;
        if (open === undefined || open.seconds + seconds > WORTH_A_PROCESS_SECONDS) {
            open = { suite, parts: [], needs: NEEDS[suite], seconds: 0, tests: 0 };
            jobs.push(open);
        }
        open.parts.push(file);
        open.seconds += seconds;
        open.tests += tests;
    }
    return jobs;
}

/** Those that take longest are begun first, so that the workers end together. */
export function longestFirst(jobs: Job[]): Job[] {
    return [...jobs].sort((a, b) => b.seconds - a.seconds || (a.parts[0] < b.parts[0] ? -1 : 1));
}

/** One of `count` parts that take about as long and together are everything; the same in every clone. */
export function shard(jobs: Job[], index: number, count: number): Job[] {
    const shards = Array.from({ length: count }, () => ({ seconds: 0, jobs: [] as Job[] }));
    for (const job of longestFirst(jobs)) {
        const least = shards.reduce((best, each) => (each.seconds < best.seconds ? each : best));
        least.seconds += job.seconds;
        least.jobs.push(job);
    }
    return shards[index - 1].jobs;
}
