import assert from "node:assert/strict";
import type { TestEvent } from "../../../../tools/test/events";
import type { Job } from "../../../../tools/test/jobs";
import { Results } from "../../../../tools/test/results";

const JOB: Job = { suite: "unit", parts: ["a", "b"], seconds: 1, tests: 3 };

const over = (outcome: "passed" | "failed" | "skipped", file: string, seconds: number): TestEvent => ({
    kind: "test",
    outcome,
    file,
    title: `${file} ${outcome}`,
    seconds,
});

describe("results of the test runner", () => {
    const results = new Results();
    results.add(
        JOB,
        [
            over("passed", "a", 1),
            over("skipped", "a", 0),
            { kind: "hook", title: "before all", seconds: 2 },
            { kind: "file", file: "a", seconds: 3 },
            over("failed", "b", 4),
            { kind: "file", file: "b", seconds: 4 },
        ],
        9,
        false,
    );
    results.add({ ...JOB, suite: "engine", parts: ["c"] }, [], 1, true);

    it("are counted; a process that breaks off is a failure", () => {
        assert.deepEqual(results.counts, { passed: 1, failed: 2, skipped: 1 });
        assert.equal(results.suites.get("unit")!.seconds, 9);
    });

    it("name the slowest tests and hooks", () => {
        assert.deepEqual(
            results.slowest.map(({ title }) => title),
            ["b failed", "before all", "a passed", "a skipped"],
        );
    });

    it("keep the time of every test, and what a process takes besides with its files", () => {
        const earlier = { totalSeconds: 700, files: { a: { seconds: 99, tests: {} }, z: { seconds: 5, tests: {} } } };
        assert.deepEqual(results.times(earlier), {
            totalSeconds: 700,
            files: {
                a: { seconds: 4, tests: { "a passed": 1, "a skipped": 0 } },
                b: { seconds: 5, tests: { "b failed": 4 } },
                c: { seconds: 1, tests: {} },
                z: { seconds: 5, tests: {} },
            },
        });
        assert.equal(results.times(earlier, 800).totalSeconds, 800);
    });
});
