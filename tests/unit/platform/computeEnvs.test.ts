import assert from "node:assert/strict";
import {
    deleteComputeEnv,
    describeComputeEnv,
    findComputeEnv,
    listComputeEnvs,
    setPrimaryComputeEnv,
    updateComputeEnv,
    validateComputeEnv,
    validateComputeEnvName,
} from "../../../src/platform/computeEnvs";
import type { PlatformClient } from "../../../src/platform/platformClient";
import { type Answer, empty, failure, json, message, reset, ScriptedPlatform } from "./support";

const SHOWN = { id: "env1", name: "prod", platform: "k8s-platform", config: {}, status: "CREATING", deleted: null };

const entry = (id: string, name = "prod", status = "CREATING"): object => ({
    id,
    name,
    platform: "k8s-platform",
    status,
});
const listing = (...entries: object[]): Answer => json({ computeEnvs: entries });
const shown = (changes: object = {}): Answer => json({ computeEnv: { ...SHOWN, ...changes } });

describe("compute environments", () => {
    let platform: ScriptedPlatform;
    let client: PlatformClient;
    beforeEach(async () => {
        platform = await ScriptedPlatform.start();
        client = platform.client({ workspaceId: 7, retry: { limit: 1 } });
    });
    afterEach(() => platform.stop());

    describe("find", () => {
        const find = (): ReturnType<typeof findComputeEnv> => findComputeEnv(client, "env1");

        it("is one call when it is there", async () => {
            platform.on("GET /compute-envs/env1", shown({ status: "A_NEW_STATUS" }));
            assert.equal((await find())?.status, "A_NEW_STATUS");
            assert.deepEqual(platform.calls, ["GET /compute-envs/env1"]);
        });

        const gone: readonly (readonly [string, Answer])[] = [
            ["404", message(404, "Not found")],
            ["403", message(403, "Forbidden")],
            ["400", message(400, "Unknown compute environment")],
            ["deleted: true, though AVAILABLE", shown({ deleted: true, status: "AVAILABLE" })],
            ["status DELETED", shown({ status: "DELETED" })],
        ];
        for (const [what, answer] of gone) {
            it(`${what} is gone when the list agrees`, async () => {
                platform.on("GET /compute-envs/env1", answer).on("GET /compute-envs", listing(entry("other")));
                assert.equal(await find(), undefined);
                assert.equal(platform.received[1]?.query.get("workspaceId"), "7");
            });

            it(`${what} is gone when the list has it as DELETED`, async () => {
                platform
                    .on("GET /compute-envs/env1", answer)
                    .on("GET /compute-envs", listing(entry("env1", "prod", "DELETED")));
                assert.equal(await find(), undefined);
            });

            for (const [status, kind] of [
                [401, "unauthorized"],
                [403, "forbidden"],
                [503, "serverError"],
            ] as const) {
                it(`${what} is no proof when the list answers ${status}`, async () => {
                    platform.on("GET /compute-envs/env1", answer).on("GET /compute-envs", empty(status));
                    const error = await failure(find());
                    assert.deepEqual([error.kind, error.operation], [kind, "GET /compute-envs"]);
                });
            }
        }

        it("403 while the list still has it is a lost permission", async () => {
            platform
                .on("GET /compute-envs/env1", message(403, "Forbidden"))
                .on("GET /compute-envs", listing(entry("env1")));
            const error = await failure(find());
            assert.deepEqual([error.kind, error.operation], ["forbidden", "GET /compute-envs/env1"]);
        });

        it("deleted: true while the list still has it is not gone yet", async () => {
            platform
                .on("GET /compute-envs/env1", shown({ deleted: true }))
                .on("GET /compute-envs", listing(entry("env1")));
            assert.equal((await find())?.deleted, true);
        });

        for (const status of [401, 500]) {
            it(`${status} is never gone, and no reason to ask for the list`, async () => {
                platform.on("GET /compute-envs/env1", empty(status)).on("GET /compute-envs", listing());
                assert.equal((await failure(find())).status, status);
                assert.equal(platform.count("GET /compute-envs"), 0);
            });
        }
    });

    describe("delete", () => {
        it("is one call, forced only when asked for", async () => {
            platform.on("DELETE /compute-envs/env1", empty());
            assert.equal(await deleteComputeEnv(client, "env1"), "accepted");
            assert.equal(await deleteComputeEnv(client, "env1", { force: true }), "accepted");
            assert.deepEqual(
                platform.received.map(({ query }) => query.get("force")),
                [null, "true"],
            );
        });

        for (const status of [400, 403, 404]) {
            it(`${status} for one that is gone is what was wanted`, async () => {
                platform
                    .on("DELETE /compute-envs/env1", empty(status))
                    .on("GET /compute-envs/env1", empty(403))
                    .on("GET /compute-envs", listing());
                assert.equal(await deleteComputeEnv(client, "env1"), "gone");
            });

            it(`${status} for one that is there is an error`, async () => {
                platform.on("DELETE /compute-envs/env1", empty(status)).on("GET /compute-envs/env1", shown());
                const error = await failure(deleteComputeEnv(client, "env1"));
                assert.deepEqual([error.status, error.operation], [status, "DELETE /compute-envs/env1"]);
            });
        }

        it("whose first answer was lost finds the second refused, and knows it for its own doing", async () => {
            platform
                .on("DELETE /compute-envs/env1", reset, message(409, "Conflicting deletion"))
                .on("GET /compute-envs/env1", shown({ status: "DELETING" }));
            assert.equal(await deleteComputeEnv(client, "env1"), "underway");
        });

        it("409 with active runs says so", async () => {
            platform
                .on("DELETE /compute-envs/env1", message(409, "Conflicting deletion"))
                .on("GET /compute-envs/env1", shown({ status: "AVAILABLE" }));
            const error = await failure(deleteComputeEnv(client, "env1"));
            assert.match(
                error.message,
                /HTTP 409: "Conflicting deletion"\. Runs are still active on this compute environment/,
            );
        });

        it("does not take a lost permission for a deletion", async () => {
            for (const path of ["DELETE /compute-envs/env1", "GET /compute-envs/env1", "GET /compute-envs"]) {
                platform.on(path, message(403, "Forbidden"));
            }
            assert.equal((await failure(deleteComputeEnv(client, "env1"))).kind, "forbidden");
        });
    });

    describe("the other calls", () => {
        it("validate a name", async () => {
            platform.on("GET /compute-envs/validate", message(400, "Invalid name"));
            assert.equal((await failure(validateComputeEnvName(client, "a b"))).kind, "badRequest");
            assert.equal(platform.received[0]?.query.get("name"), "a b");
        });

        it("describe with attributes, and list", async () => {
            platform
                .on("GET /compute-envs/env1", shown({ labels: [] }))
                .on("GET /compute-envs", listing(entry("env1")));
            assert.deepEqual((await describeComputeEnv(client, "env1", { attributes: ["labels"] })).labels, []);
            assert.equal(platform.received[0]?.query.get("attributes"), "labels");
            assert.deepEqual(await listComputeEnvs(client), [entry("env1")]);
        });

        it("refuse answers without what makes them usable", async () => {
            platform
                .on("GET /compute-envs/env1", json({ computeEnv: { id: "env1" } }))
                .on("GET /compute-envs", json({}));
            assert.match((await failure(describeComputeEnv(client, "env1"))).message, /has no string "status"/);
            assert.match((await failure(listComputeEnvs(client))).message, /the response has no list "computeEnvs"/);
        });

        it("update, and name the name that is taken", async () => {
            platform.on("PUT /compute-envs/env1", empty(), message(409, "Duplicate element"));
            const changes = {
                name: "new",
                description: "",
                credentialsId: "c2",
                fusionMetricsCollectionEnabled: false,
            };
            await updateComputeEnv(client, "env1", changes);
            assert.deepEqual(platform.received[0]?.body, changes);
            assert.match(
                (await failure(updateComputeEnv(client, "env1", changes))).message,
                /named "new" already exists/,
            );
        });

        it("set primary, over a lost answer too", async () => {
            platform.on("POST /compute-envs/env1/primary", reset, empty());
            await setPrimaryComputeEnv(client, "env1");
            assert.deepEqual(
                platform.received.map(({ body }) => body),
                [{}, {}],
            );
        });

        it("have the Platform check one", async () => {
            const outcome = { status: "INVALID", transientError: false, message: "Work directory not accessible" };
            platform.on("POST /compute-envs/env1/validate", json(outcome));
            assert.deepEqual(await validateComputeEnv(client, "env1", { force: true }), outcome);
            assert.equal(platform.received[0]?.query.get("force"), "true");
        });

        it("never turn an empty id into a call about all of them", async () => {
            for (const call of [findComputeEnv, deleteComputeEnv, setPrimaryComputeEnv]) {
                await assert.rejects(call(client, ""), /"" is not a valid Platform id/);
            }
            assert.deepEqual(platform.calls, []);
        });

        it("escape an id", async () => {
            platform.on("GET /compute-envs/a%2Fb", shown());
            assert.equal((await describeComputeEnv(client, "a/b")).id, "env1");
        });
    });
});
