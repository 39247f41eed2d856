import assert from "node:assert/strict";
import { PlatformError, type PlatformErrorKind } from "../../../src/platform/errors";
import {
    DEFAULT_INTERVALS_MS,
    waitFor,
    type Waited,
    type WaitProgress,
    type WaitSettings,
} from "../../../src/platform/wait";
import { SkippedTime } from "./support";

function platformError(kind: PlatformErrorKind, transient: boolean): PlatformError {
    return new PlatformError(
        { kind, operation: "GET /x", code: "X", happened: kind, remedy: "x", transient },
        (t) => t,
    );
}

describe("wait", () => {
    let time: SkippedTime;
    let progress: WaitProgress<unknown>[];
    beforeEach(() => {
        time = new SkippedTime();
        progress = [];
    });

    /** Waits for "done" over the states of a script; the last one repeats. */
    function wait(
        script: (string | Error)[],
        settings: Partial<WaitSettings> = {},
        takes = 0,
    ): Promise<Waited<string, string>> {
        return waitFor<string, string>({
            poll: async () => {
                time.pass(takes);
                const step = script.length > 1 ? script.shift() : script[0];
                if (step instanceof Error) {
                    throw step;
                }
                return step ?? "";
            },
            done: (state) => (state.startsWith("done") ? state.toUpperCase() : undefined),
            timeoutMs: 60_000,
            timing: time,
            onProgress: (each) => progress.push(each),
            ...settings,
        });
    }

    it("ends at once when it is so already", async () => {
        assert.deepEqual(await wait(["done"]), {
            outcome: "done",
            result: "DONE",
            last: "done",
            polls: 1,
            elapsedMs: 0,
        });
        assert.deepEqual(time.sleeps, []);
    });

    it("asks early and often at first, and seldom later", async () => {
        await wait(["no"], { timeoutMs: 102_000 });
        assert.deepEqual(time.sleeps.slice(0, 5), [250, 500, 1_000, 1_000, 1_500]);
        assert.deepEqual(time.sleeps.slice(0, DEFAULT_INTERVALS_MS.length), DEFAULT_INTERVALS_MS);
        assert.deepEqual(time.sleeps.slice(DEFAULT_INTERVALS_MS.length, -1), [10_000, 10_000, 10_000]);
        // What takes two seconds is known within half a second, which a fixed pause of ten would not give.
        assert.ok(DEFAULT_INTERVALS_MS.slice(0, 3).reduce((sum, each) => sum + each) < 2_000);
    });

    it("spreads its pauses by up to a fifth", async () => {
        for (const [random, pause] of [
            [0, 800],
            [0.5, 1_000],
            [0.999999, 1_200],
        ] as const) {
            time = new SkippedTime();
            time.random = () => random;
            await wait(["no", "done"], { intervalsMs: [1_000], timing: time });
            assert.deepEqual(time.sleeps, [pause]);
        }
    });

    it("ends at its time limit with the last state, after a last look", async () => {
        const waited = await wait(["no", "nearly"], { timeoutMs: 2_000, intervalsMs: [1_500] });
        assert.deepEqual(waited, {
            outcome: "timeout",
            lastError: undefined,
            last: "nearly",
            polls: 3,
            elapsedMs: 2_000,
        });
        assert.deepEqual(time.sleeps, [1_500, 500]);
    });

    it("counts the time that the polls take", async () => {
        const waited = await wait(["no"], { timeoutMs: 2_000, intervalsMs: [100] }, 900);
        assert.deepEqual([waited.outcome, waited.polls, waited.elapsedMs], ["timeout", 3, 2_900]);
    });

    it("is done when the last look says so", async () =>
        assert.equal((await wait(["no", "done"], { timeoutMs: 100 })).outcome, "done"));

    it("goes on over failures that pass, and keeps the state from before", async () => {
        const down = platformError("serverError", true);
        const waited = await wait(["no", down, platformError("network", true), "done!"]);
        assert.deepEqual([waited.outcome, waited.polls], ["done", 4]);
        assert.deepEqual(
            progress.map(({ last, lastError, nextPollMs }) => [last, lastError?.kind, nextPollMs]),
            [
                ["no", undefined, 250],
                ["no", "serverError", 500],
                ["no", "network", 1_000],
                ["done!", undefined, undefined],
            ],
        );
    });

    it("tells at the time limit that the state is not known any more", async () => {
        const waited = await wait(["no", platformError("serverError", true)], { timeoutMs: 3_000 });
        assert.ok(waited.outcome === "timeout");
        assert.deepEqual([waited.last, waited.lastError?.kind], ["no", "serverError"]);
    });

    it("ends on a failure that does not pass, with the last state and without throwing", async () => {
        const waited = await wait(["no", platformError("forbidden", false)]);
        assert.ok(waited.outcome === "failed");
        assert.deepEqual([waited.last, waited.error.kind, waited.polls], ["no", "forbidden", 2]);
    });

    it("passes on what is no failure of a call", async () =>
        assert.rejects(wait(["no", new TypeError("a bug")]), TypeError));

    it("ends when it is aborted in a pause, with the last state", async () => {
        const abort = new AbortController();
        const waited = await wait(["no"], { signal: abort.signal, onProgress: () => abort.abort() });
        assert.deepEqual([waited.outcome, waited.last, waited.polls], ["aborted", "no", 1]);
    });

    it("ends when it is aborted in a poll", async () => {
        const abort = new AbortController();
        const waited = await waitFor({
            poll: () => {
                abort.abort();
                return Promise.reject(platformError("aborted", false));
            },
            done: () => undefined,
            timeoutMs: 1_000,
            timing: time,
            signal: abort.signal,
        });
        assert.equal(waited.outcome, "aborted");
    });

    it("is not ended by a display that fails", async () => {
        const onProgress = (): never => {
            throw new Error("the display");
        };
        assert.equal((await wait(["no", "done"], { onProgress })).outcome, "done");
    });

    it("gives each poll the time that is left, and the last one a little of its own", async () => {
        const deadlines: number[] = [];
        const start = time.now();
        await waitFor({
            poll: async ({ deadline }) => void deadlines.push((deadline ?? 0) - start),
            done: () => undefined,
            timeoutMs: 20_000,
            intervalsMs: [10_000],
            timing: time,
        });
        assert.deepEqual(deadlines, [20_000, 20_000, 25_000]);
    });
});
