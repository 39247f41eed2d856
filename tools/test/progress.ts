/** Says where a run is, and at its end what it was. */

import Table from "cli-table3";
import type { TestEvent, TestOver } from "./events";
import type { Job } from "./jobs";
import type { Ended } from "./processes";
import type { Results } from "./results";

const HEARTBEAT_MS = 30_000;

/** A test that takes longer is named while it runs. */
const SLOW_MS = 5_000;

interface Running {
    /** What is known of how many tests it has. */
    tests: number;
    done: number;
    title: string;
    since: number;
}

export class Progress {
    private readonly startedAt = Date.now();
    private readonly running = new Map<Job, Running>();
    private readonly timer = setInterval(() => this.beat(), HEARTBEAT_MS);
    private done = 0;
    private total: number;

    constructor(jobs: readonly Job[]) {
        this.total = jobs.reduce((sum, { tests }) => sum + tests, 0);
    }

    get seconds(): number {
        return (Date.now() - this.startedAt) / 1000;
    }

    begin(job: Job): void {
        this.running.set(job, { tests: job.tests, done: 0, title: "", since: Date.now() });
    }

    see(job: Job, event: TestEvent): void {
        const running = this.running.get(job)!;
        if (event.kind === "total") {
            this.total += event.tests - running.tests;
            running.tests = event.tests;
        } else if (event.kind === "begin") {
            Object.assign(running, { title: event.title, since: Date.now() });
        } else if (event.kind === "test") {
            running.done++;
            this.done++;
            if (event.outcome === "failed") {
                console.log(failure(event));
            }
        }
    }

    end(job: Job, events: readonly TestEvent[], { code, output }: Ended, seconds: number): void {
        // What a process that broke off has not run.
        const { tests, done } = this.running.get(job)!;
        this.total -= tests - done;
        this.running.delete(job);
        const over = events.filter((event) => event.kind === "test");
        const failed = code !== 0 || over.some(({ outcome }) => outcome === "failed");
        const skipped = over.filter(({ outcome }) => outcome === "skipped");
        const what = job.parts.length === 1 ? job.parts[0] : `${job.suite}: ${job.parts.length} files`;
        const counts = `${over.length} test${over.length === 1 ? "" : "s"}`;
        console.log(
            `${failed ? "✘" : "✔"} ${what} (${job.check ? "" : `${counts}, `}${seconds.toFixed(1)} s)${this.place}`,
        );
        if (output.trim() !== "") {
            console.log(indented(output.trimEnd()));
        }
        if (code !== 0 && !over.some(({ outcome }) => outcome === "failed")) {
            console.log(`    the process ended with ${code}`);
        }
        for (const [reason, titles] of byReason(skipped)) {
            console.log(`    ${titles.length} skipped${reason === "" ? "" : `: ${reason}`}`);
        }
    }

    close(results: Results): void {
        clearInterval(this.timer);
        const suites = new Table({ head: ["suite", "passed", "failed", "skipped", "seconds"], style: { head: [] } });
        for (const [suite, { passed, failed, skipped, seconds }] of results.suites) {
            suites.push([suite, passed, failed, skipped, seconds.toFixed(0)]);
        }
        const slowest = new Table({ head: ["seconds", "the slowest tests and hooks"], style: { head: [] } });
        slowest.push(...results.slowest.map(({ seconds, title }) => [seconds.toFixed(1), title]));
        const { passed, failed, skipped } = results.counts;
        console.log(`\n${suites.toString()}\n\n${slowest.toString()}\n`);
        console.log(`${clock(this.seconds)} in all; the seconds of suites are those of workers side by side\n`);
        console.log(`${passed} passed, ${failed} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`);
    }

    private get place(): string {
        return ` · ${this.done} of ${this.total} tests, ${clock(this.seconds)}`;
    }

    private beat(): void {
        const slow = [...this.running]
            .filter(([, { title, since }]) => title !== "" && Date.now() - since > SLOW_MS)
            .map(([{ suite }, { title, since }]) => `${suite}: ${title} (${clock((Date.now() - since) / 1000)})`);
        console.log(`…${this.place}${slow.length === 0 ? "" : `; running ${slow.join("; ")}`}`);
    }
}

const failure = ({ file, title, error }: TestOver): string => `✘ ${file}: ${title}\n${indented(error ?? "")}`;

const indented = (text: string): string => text.replace(/^/gm, "    ");

function byReason(skipped: readonly TestOver[]): Map<string, TestOver[]> {
    const reasons = new Map<string, TestOver[]>();
    for (const each of skipped) {
        const reason = each.error ?? "";
        reasons.set(reason, [...(reasons.get(reason) ?? []), each]);
    }
    return reasons;
}

const clock = (seconds: number): string =>
    `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
