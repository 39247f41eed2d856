import assert from "node:assert/strict";
import { SUITES, testFiles } from "../../../../tools/test/files";
import { longestFirst, shard, testJobs } from "../../../../tools/test/jobs";

const KNOWN = Object.fromEntries([5, 30, 8, 9, 4].map((seconds, index) => [`${index}`, { seconds, tests: index }]));
const FILES = Object.keys(KNOWN);

describe("how the test runner divides its work", () => {
    it("gives short files one process together, long ones one each", () => {
        const jobs = testJobs("unit", [...FILES, "new"], KNOWN);
        assert.deepEqual(
            jobs.map(({ parts, seconds }) => [parts, seconds]),
            [
                [["0"], 5],
                [["1"], 30],
                [["2", "3"], 17],
                [["4", "new"], 14],
            ],
        );
    });

    it("begins with what takes longest", () => {
        assert.deepEqual(
            longestFirst(testJobs("unit", FILES, KNOWN)).map(({ seconds }) => seconds),
            [30, 17, 5, 4],
        );
    });

    it("makes shards that are everything together, nothing twice, and about as long", () => {
        const jobs = SUITES.flatMap((suite) => testJobs(suite, testFiles(suite, "all"), {}));
        const shards = Array.from({ length: 8 }, (_, index) => shard(jobs, index + 1, 8));
        assert.deepEqual(
            new Set(shards.flat().flatMap(({ parts }) => parts)),
            new Set(jobs.flatMap(({ parts }) => parts)),
        );
        assert.equal(shards.flat().length, jobs.length);
        const seconds = shards.map((each) => each.reduce((sum, job) => sum + job.seconds, 0));
        assert.ok(Math.max(...seconds) - Math.min(...seconds) <= Math.max(...jobs.map((job) => job.seconds)));
    });

    it("finds what `make test` leaves out by its name", () => {
        for (const suite of SUITES) {
            const [short, long] = [testFiles(suite, "short"), testFiles(suite, "long")];
            assert.deepEqual([...short, ...long].sort(), testFiles(suite, "all"));
            assert.ok(long.every((file) => file.endsWith(".long.test.ts")));
            assert.ok(short.length > 0);
        }
    });
});
