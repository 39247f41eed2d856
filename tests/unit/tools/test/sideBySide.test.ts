import assert from "node:assert/strict";
import { Preparation, sideBySide } from "../../../../tools/test/sideBySide";

/** A promise, and how it ends. */
function deferred() {
    let resolve!: (value: string) => void;
    let reject!: (error: Error) => void;
    const promise = new Promise<string>((...both) => ([resolve, reject] = both));
    return { promise, resolve, reject };
}

describe("jobs of the test runner, side by side", () => {
    it("run as many at once as there are workers, in their order", async () => {
        const began: number[] = [];
        const ends: (() => void)[] = [];
        const all = sideBySide(
            [1, 2, 3],
            2,
            () => undefined,
            (job) => {
                began.push(job);
                return new Promise((resolve) => ends.push(resolve));
            },
        );
        assert.deepEqual(began, [1, 2]);
        ends[1]();
        await new Promise(setImmediate);
        assert.deepEqual(began, [1, 2, 3]);
        ends.forEach((end) => end());
        await all;
    });

    for (const end of ["resolve", "reject"] as const) {
        it(`wait for what they need, and others do not, when it ends by ${end}`, async () => {
            const needed = deferred();
            const preparation = new Preparation(needed.promise);
            const began: string[] = [];
            const all = sideBySide(
                ["needs", "other"],
                1,
                (job) => (job === "needs" ? preparation : undefined),
                (job) => Promise.resolve(void began.push(job)),
            );
            await new Promise(setImmediate);
            assert.deepEqual(began, ["other"]);
            needed[end](new Error("not to be had") as never);
            await all;
            assert.deepEqual(began, ["other", "needs"]);
        });
    }
});
