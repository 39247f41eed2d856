import assert from "node:assert/strict";
import type { PlatformClient } from "../../../src/platform/platformClient";
import {
    type ComputeEnvWaitOptions,
    waitForComputeEnv,
    waitForComputeEnvGone,
} from "../../../src/platform/computeEnvWaits";
import type { ComputeEnvDto } from "../../../src/platform/types";
import type { WaitProgress } from "../../../src/platform/wait";
import { type Answer, empty, json, ScriptedPlatform, SkippedTime } from "./support";

const is = (status: string, more: object = {}): Answer =>
    json({ computeEnv: { id: "env1", name: "prod", platform: "k8s-platform", config: {}, status, ...more } });
const listing = (...ids: string[]): Answer =>
    json({ computeEnvs: ids.map((id) => ({ id, name: "n", status: "AVAILABLE" })) });

describe("waiting for a compute environment", () => {
    let platform: ScriptedPlatform;
    let client: PlatformClient;
    let time: SkippedTime;
    beforeEach(async () => {
        platform = await ScriptedPlatform.start();
        client = platform.client({ retry: { limit: 0 } });
        time = new SkippedTime();
    });
    afterEach(() => platform.stop());

    const script = (...answers: Answer[]): ScriptedPlatform => platform.on("GET /compute-envs/env1", ...answers);
    const ready = (options: ComputeEnvWaitOptions = {}): ReturnType<typeof waitForComputeEnv> =>
        waitForComputeEnv(client, "env1", { timing: time, ...options });
    const gone = (
        options: Parameters<typeof waitForComputeEnvGone>[2] = {},
    ): ReturnType<typeof waitForComputeEnvGone> => waitForComputeEnvGone(client, "env1", { timing: time, ...options });

    describe("to be ready", () => {
        for (const [status, outcome] of [
            ["AVAILABLE", "available"],
            ["ERRORED", "errored"],
            ["INVALID", "invalid"],
            ["DISABLED", "disabled"],
        ] as const) {
            it(`ends ${outcome} with ${status}, and tells the Platform's words`, async () => {
                script(is("CREATING"), is("CREATING"), is(status, { message: "said" }));
                const end = await ready();
                assert.equal(end.outcome, outcome);
                assert.deepEqual([end.last?.status, end.last?.message, end.polls], [status, "said", 3]);
                assert.deepEqual(time.sleeps, [250, 500]);
            });
        }

        it("goes on over statuses that nobody knows yet, DELETING, and failures that pass", async () => {
            script(is("CREATING"), is("BEING_POLISHED"), empty(503), is("DELETING"), is("AVAILABLE"));
            assert.equal((await ready()).outcome, "available");
        });

        it("ends gone when it is deleted meanwhile, and keeps what was last seen", async () => {
            script(is("CREATING", { message: "hm" }), empty(403)).on("GET /compute-envs", listing());
            const end = await ready();
            assert.deepEqual([end.outcome, end.last?.message], ["gone", "hm"]);
        });

        it("gives a new one time to show up before it is gone", async () => {
            script(empty(403), empty(403), is("CREATING"), is("AVAILABLE")).on("GET /compute-envs", listing());
            assert.equal((await ready()).outcome, "available");
            script(empty(403));
            const end = await ready();
            assert.deepEqual([end.outcome, end.last, end.polls], ["gone", undefined, 4]);
        });

        it("does not take a deleted one that says AVAILABLE for ready", async () => {
            script(is("AVAILABLE", { deleted: true })).on("GET /compute-envs", listing());
            assert.equal((await ready()).outcome, "gone");
            time = new SkippedTime();
            platform.on("GET /compute-envs", listing("env1"));
            assert.equal((await ready({ timeoutSeconds: 5 })).outcome, "timeout");
        });

        it("ends at the time limit with the last state", async () => {
            script(is("CREATING"));
            const end = await ready({ timeoutSeconds: 30 });
            assert.deepEqual([end.outcome, end.last?.status, end.elapsedMs], ["timeout", "CREATING", 30_000]);
        });

        it("waits a quarter of an hour by default", async () => {
            script(is("CREATING"));
            assert.equal((await ready({ intervalsMs: [300_000] })).elapsedMs, 900_000);
        });

        it("ends failed, and does not throw, on a lost permission", async () => {
            script(is("CREATING"), empty(403)).on("GET /compute-envs", empty(403));
            const end = await ready();
            assert.ok(end.outcome === "failed");
            assert.deepEqual([end.error.kind, end.last?.status], ["forbidden", "CREATING"]);
        });

        it("tells its progress with what was last seen", async () => {
            script(is("CREATING"), empty(503), is("AVAILABLE"));
            const seen: WaitProgress<ComputeEnvDto>[] = [];
            await ready({ onProgress: (progress) => seen.push(progress) });
            assert.deepEqual(
                seen.map(({ last, lastError, polls }) => [last?.status, lastError?.status, polls]),
                [
                    ["CREATING", undefined, 1],
                    ["CREATING", 503, 2],
                    ["AVAILABLE", undefined, 3],
                ],
            );
        });
    });

    describe("to be gone", () => {
        it("ends when describe and list agree, and keeps what was last seen", async () => {
            script(is("DELETING"), is("DELETING", { message: "cleaning up" }), empty(404)).on(
                "GET /compute-envs",
                listing("other"),
            );
            const end = await gone();
            assert.deepEqual([end.outcome, end.last?.message, end.polls], ["gone", "cleaning up", 3]);
        });

        it("goes on while the list still has it", async () => {
            script(is("AVAILABLE", { deleted: true })).on(
                "GET /compute-envs",
                listing("env1"),
                listing("env1"),
                listing(),
            );
            assert.deepEqual([(await gone()).outcome, platform.count("GET /compute-envs")], ["gone", 3]);
        });

        for (const [status, outcome] of [
            ["ERRORED", "errored"],
            ["INVALID", "invalid"],
        ] as const) {
            it(`ends ${outcome} when its deletion does`, async () => {
                script(is("AVAILABLE"), is("DELETING"), is(status, { message: "could not clean up" }));
                const end = await gone();
                assert.deepEqual([end.outcome, end.last?.message], [outcome, "could not clean up"]);
            });

            it(`ends ${outcome} when it was not so before, though nobody saw it DELETING`, async () => {
                script(is(status));
                assert.equal((await gone({ statusBefore: "AVAILABLE" })).outcome, outcome);
            });

            it(`goes on when it was ${status} before`, async () => {
                script(is(status), is("DELETING"), empty(404)).on("GET /compute-envs", listing());
                assert.equal((await gone({ statusBefore: status })).outcome, "gone");
            });
        }

        it("ends at the time limit", async () => {
            script(is("DELETING"));
            const end = await gone({ timeoutSeconds: 20 });
            assert.deepEqual([end.outcome, end.last?.status], ["timeout", "DELETING"]);
        });

        it("does not take a lost permission for gone", async () => {
            script(empty(403)).on("GET /compute-envs", empty(403));
            assert.equal((await gone()).outcome, "failed");
        });
    });
});
