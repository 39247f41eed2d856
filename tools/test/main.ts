import { availableParallelism } from "node:os";
import { Command } from "commander";
import { CHECKS } from "./checks";
import type { TestEvent } from "./events";
import { type Length, SUITES, testFiles } from "./files";
import { checkJobs, type Job, longestFirst, shard, testJobs } from "./jobs";
import { runCheck, runMocha } from "./processes";
import { Progress } from "./progress";
import { Results } from "./results";
import { Shared } from "./shared";
import { sideBySide } from "./sideBySide";
import { commitTimes, knownFrom, readCommitted, readMeasured, writeMeasured } from "./times";

interface Options {
    all?: true;
    long?: true;
    shard?: string;
    jobs: string;
}

/** More of them would be limited by the disk and by the one API server. */
const MOST_WORKERS = 4;

/** One more than processors, because tests of the engine wait for the API server's controllers a fifth of the time. */
const DEFAULT_WORKERS = Math.min(availableParallelism() + 1, MOST_WORKERS);

function jobsOf(wanted: string[], { all, long, shard: part }: Options): Job[] {
    const length: Length = all ? "all" : long ? "long" : "short";
    const known = { ...readCommitted(), ...knownFrom(readMeasured()) };
    const chosen = (suite: string) => wanted.length === 0 || wanted.includes(suite);
    const jobs = [
        ...(chosen("checks") && length !== "long" ? checkJobs(CHECKS, known) : []),
        ...SUITES.filter(chosen).flatMap((suite) => testJobs(suite, testFiles(suite, length), known)),
    ];
    if (part === undefined) {
        return longestFirst(jobs);
    }
    const [index, count] = /^(\d+)\/(\d+)$/.exec(part)?.slice(1).map(Number) ?? [];
    if (!(index >= 1 && index <= count)) {
        throw new Error(`--shard is ${JSON.stringify(part)}; write which of how many, such as 3/8`);
    }
    return shard(jobs, index, count);
}

async function run(wanted: string[], options: Options): Promise<void> {
    const unknown = wanted.find((name) => ![...SUITES, "checks"].some((each) => each === name));
    if (unknown !== undefined) {
        throw new Error(`There is no suite ${unknown}; there are checks, ${SUITES.join(", ")}`);
    }
    const jobs = jobsOf(wanted, options);
    const shared = new Shared(
        new Set(jobs.map(({ needs }) => needs)),
        jobs.some(({ suite }) => suite === "nextflow"),
    );
    const progress = new Progress(jobs);
    const results = new Results();
    const play = async (job: Job): Promise<void> => {
        const startedAt = Date.now();
        const events: TestEvent[] = [];
        const onEvent = (event: TestEvent): void => {
            events.push(event);
            progress.see(job, event);
        };
        progress.begin(job);
        const ended = await (job.check
            ? runCheck(job.check, onEvent)
            : runMocha(job.parts, await shared.environment(), onEvent));
        const seconds = (Date.now() - startedAt) / 1000;
        progress.end(job, events, ended, seconds);
        const counted = events.some((event) => event.kind === "test" && event.outcome === "failed");
        results.add(job, events, seconds, ended.code !== 0 && !counted);
    };
    try {
        await sideBySide(jobs, Number(options.jobs), ({ needs }) => shared.preparation(needs), play);
    } finally {
        await shared.remove();
    }
    const whole = wanted.length === 0 && !options.all && !options.long;
    writeMeasured(results.times(readMeasured(), whole ? Math.round(progress.seconds) : undefined));
    progress.close(results);
    const { passed, failed } = results.counts;
    process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

const program = new Command("test")
    .argument("[suites...]", `checks, ${SUITES.join(", ")}; all of them unless told otherwise`)
    .option("--all", "what `make test` leaves out, too")
    .option("--long", "only what `make test` leaves out")
    .option("--shard <which/of>", "a part of it, such as 3/8")
    .option("--jobs <n>", "how many at once", String(DEFAULT_WORKERS))
    .action(run);
program
    .command("times")
    .description("commit what build/test-times.json has measured to tests/times.json")
    .action(() =>
        commitTimes([...CHECKS.map(({ name }) => name), ...SUITES.flatMap((suite) => testFiles(suite, "all"))]),
    );
program.parseAsync().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
});
