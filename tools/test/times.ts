/** What tests took the last time, which decides how work is divided. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "./files";

/** Of a test file, or of a check. */
export interface Known {
    seconds: number;
    tests: number;
}

export type KnownTimes = Record<string, Known>;

/** Of one test: its full title, its seconds. */
export type TestTimes = Record<string, number>;

export interface MeasuredTimes {
    /** Of the last whole `make test`. */
    totalSeconds?: number;
    files: Record<string, { seconds: number; tests: TestTimes }>;
}

const MEASURED = join(ROOT, "build", "test-times.json");

/** Committed, so that a clean clone divides the work well, and every clone makes the same shards. */
const COMMITTED = join(ROOT, "tests", "times.json");

export function readMeasured(): MeasuredTimes {
    return existsSync(MEASURED) ? (JSON.parse(readFileSync(MEASURED, "utf8")) as MeasuredTimes) : { files: {} };
}

export function writeMeasured(times: MeasuredTimes): void {
    mkdirSync(dirname(MEASURED), { recursive: true });
    writeFileSync(MEASURED, `${JSON.stringify(times, undefined, 2)}\n`);
}

export function readCommitted(): KnownTimes {
    return existsSync(COMMITTED) ? (JSON.parse(readFileSync(COMMITTED, "utf8")) as KnownTimes) : {};
}

/** Commits what has been measured; what has not keeps its time, and what is gone goes. */
export function commitTimes(names: string[]): void {
    const known = { ...readCommitted(), ...knownFrom(readMeasured()) };
    const rows = names
        .filter((name) => name in known)
        .sort()
        .map(
            (name) =>
                `    ${JSON.stringify(name)}: { "seconds": ${known[name].seconds}, "tests": ${known[name].tests} }`,
        );
    writeFileSync(COMMITTED, `{\n${rows.join(",\n")}\n}\n`);
}

export function knownFrom({ files }: MeasuredTimes): KnownTimes {
    return Object.fromEntries(
        Object.entries(files).map(([name, { seconds, tests }]) => [
            name,
            { seconds: Math.ceil(seconds), tests: Object.keys(tests).length },
        ]),
    );
}
