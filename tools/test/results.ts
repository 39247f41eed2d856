/** What has come of the tests so far. */

import type { Outcome, TestEvent } from "./events";
import type { Job } from "./jobs";
import type { MeasuredTimes } from "./times";

export type Counts = Record<Outcome, number>;

interface SuiteResult extends Counts {
    seconds: number;
}

export interface Slow {
    title: string;
    seconds: number;
}

export class Results {
    readonly suites = new Map<Job["suite"], SuiteResult>();
    private readonly slow: Slow[] = [];
    private readonly files: MeasuredTimes["files"] = {};

    /** What a process has told, when it has ended. */
    add({ suite, parts }: Job, events: readonly TestEvent[], seconds: number, broken: boolean): void {
        const result = this.suites.get(suite) ?? { passed: 0, failed: 0, skipped: 0, seconds: 0 };
        this.suites.set(suite, result);
        result.seconds += seconds;
        result.failed += broken ? 1 : 0;
        for (const event of events) {
            if (event.kind === "test") {
                result[event.outcome]++;
                this.file(event.file).tests[event.title] = event.seconds;
                this.slow.push(event);
            } else if (event.kind === "file") {
                this.file(event.file).seconds += event.seconds;
            } else if (event.kind === "hook") {
                this.slow.push(event);
            }
        }
        // Loading the files, and what is prepared for all of them.
        const files = parts.map((name) => this.file(name));
        const own = files.reduce((sum, file) => sum + file.seconds, 0);
        files.forEach((file) => (file.seconds += Math.max(0, seconds - own) / files.length));
    }

    private file(name: string): MeasuredTimes["files"][string] {
        return (this.files[name] ??= { seconds: 0, tests: {} });
    }

    get counts(): Counts {
        const all = [...this.suites.values()];
        const sum = (outcome: Outcome) => all.reduce((total, counts) => total + counts[outcome], 0);
        return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
    }

    get slowest(): Slow[] {
        return [...this.slow].sort((a, b) => b.seconds - a.seconds).slice(0, 10);
    }

    /** What earlier runs measured of other files stays. */
    times(earlier: MeasuredTimes, totalSeconds = earlier.totalSeconds): MeasuredTimes {
        const files = { ...earlier.files };
        for (const [name, { seconds, tests }] of Object.entries(this.files)) {
            files[name] = { seconds: Math.round(seconds * 10) / 10, tests };
        }
        return { totalSeconds, files };
    }
}
