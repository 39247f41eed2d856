import assert from "node:assert/strict";
import {
    createComputeEnv,
    deleteComputeEnv,
    describeComputeEnv,
    disableComputeEnv,
    enableComputeEnv,
    findComputeEnv,
    listComputeEnvs,
    setPrimaryComputeEnv,
    updateComputeEnv,
    validateComputeEnv,
    validateComputeEnvName,
} from "../../../src/platform/computeEnvs";
import type { PlatformClient } from "../../../src/platform/client";
import type { CreateComputeEnvRequest } from "../../../src/platform/types";
import {
    type Answer,
    empty,
    failure,
    json,
    message,
    reset,
    ScriptedPlatform,
    SkippedTime,
    text,
    truncated,
} from "./support";

const REQUEST: CreateComputeEnvRequest = {
    computeEnv: {
        name: "prod",
        platform: "k8s-platform",
        credentialsId: "cred1",
        config: {
            discriminator: "k8s-platform",
            workDir: "/scratch/work/",
            server: "https://10.0.0.1:6443",
            preRunScript: "echo\n",
            environment: [{ name: "A", value: "1", head: true, compute: false }],
        },
    },
    labelIds: [11],
};

/** As the Platform shows what was made from it: nulls for what is unset, fields of its own, texts trimmed. */
const SHOWN = {
    id: "env1",
    name: "prod",
    platform: "k8s-platform",
    credentialsId: "cred1",
    status: "CREATING",
    deleted: null,
    config: {
        discriminator: "k8s-platform",
        workDir: "/scratch/work",
        server: "https://10.0.0.1:6443",
        preRunScript: "echo",
        postRunScript: null,
        headJobCpus: null,
        environment: [{ name: "A", value: "1", head: true, compute: false }],
        somethingNew: true,
    },
};

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
    let time: SkippedTime;
    beforeEach(async () => {
        platform = await ScriptedPlatform.start();
        client = platform.client({ workspaceId: 7, retry: { limit: 1 } });
        time = new SkippedTime();
    });
    afterEach(() => platform.stop());

    describe("create", () => {
        const create = (): ReturnType<typeof createComputeEnv> =>
            createComputeEnv(client, REQUEST, { createOnce: { timing: time } });

        it("checks the name, posts, and makes no other call", async () => {
            platform.on("GET /compute-envs/validate", empty()).on("POST /compute-envs", json({ computeEnvId: "env1" }));
            assert.deepEqual(await create(), { id: "env1", adopted: false, posts: 1 });
            assert.deepEqual(platform.calls, ["GET /compute-envs/validate", "POST /compute-envs"]);
            assert.equal(platform.received[0]?.query.toString(), "workspaceId=7&name=prod");
            assert.deepEqual(platform.received[1]?.body, REQUEST);
        });

        it("leaves out the check of a name that is known to be free", async () => {
            platform.on("POST /compute-envs", json({ computeEnvId: "env1" }));
            await createComputeEnv(client, REQUEST, { nameKnownFree: true });
            assert.deepEqual(platform.calls, ["POST /compute-envs"]);
        });

        it("posts nothing when the name is taken, and names it", async () => {
            platform.on("GET /compute-envs/validate", message(409, "Duplicate element"));
            const error = await failure(create());
            assert.equal(error.kind, "conflict");
            assert.match(
                error.message,
                /^GET \/compute-envs\/validate: HTTP 409: "Duplicate element"\. A compute environment named "prod" exists in workspace 7: choose another name, delete that one, or import it\.$/,
            );
            assert.deepEqual(platform.calls, ["GET /compute-envs/validate"]);
        });

        it("names it as well when it was taken in between", async () => {
            platform.on("GET /compute-envs/validate", empty()).on("POST /compute-envs", message(409, "Duplicate"));
            assert.match((await failure(create())).message, /POST \/compute-envs: HTTP 409.* named "prod" exists/);
            assert.equal(platform.count("POST /compute-envs"), 1);
        });

        for (const [what, answer] of [
            ["a reset", reset],
            ["a gateway's 504", empty(504)],
            ["a 500", message(500, "Unexpected error")],
            ["a body that breaks off", truncated({ computeEnvId: "env1" })],
            ["a body that is not JSON", text("OK")],
            ["a body without the id", json({})],
        ] as const) {
            it(`finds again what it made when the answer is lost to ${what}`, async () => {
                platform
                    .on("GET /compute-envs/validate", empty())
                    .on("POST /compute-envs", answer)
                    .on("GET /compute-envs", listing(entry("other", "else"), entry("env1")))
                    .on("GET /compute-envs/env1", shown());
                assert.deepEqual(await create(), { id: "env1", adopted: true, posts: 1 });
                assert.equal(platform.count("POST /compute-envs"), 1);
            });
        }

        it("posts again when the lost request had no effect", async () => {
            platform
                .on("GET /compute-envs/validate", empty())
                .on("POST /compute-envs", reset, json({ computeEnvId: "env2" }))
                .on("GET /compute-envs", listing(entry("old", "prod", "DELETED")));
            assert.deepEqual(await create(), { id: "env2", adopted: false, posts: 2 });
        });

        it("finds its own object when the list lagged and the second POST is refused as a duplicate", async () => {
            platform
                .on("GET /compute-envs/validate", empty())
                .on("POST /compute-envs", reset, message(409, "Duplicate element"))
                .on("GET /compute-envs", listing(), listing(), listing(), listing(entry("env1")))
                .on("GET /compute-envs/env1", shown());
            assert.deepEqual(await create(), { id: "env1", adopted: true, posts: 2 });
        });

        for (const [what, other] of [
            ["with another platform", { platform: "eks-platform" }],
            ["with other credentials", { credentialsId: "cred2" }],
            ["with another configuration", { config: { ...SHOWN.config, server: "https://10.9.9.9" } }],
            ["with a field that it unset", { config: { ...SHOWN.config, workDir: null } }],
            ["with another environment", { config: { ...SHOWN.config, environment: [] } }],
        ] as const) {
            it(`does not take one of the same name ${what} for its own`, async () => {
                platform
                    .on("GET /compute-envs/validate", empty())
                    .on("POST /compute-envs", reset)
                    .on("GET /compute-envs", listing(entry("theirs")))
                    .on("GET /compute-envs/theirs", shown({ id: "theirs", ...other }));
                const error = await failure(create());
                assert.deepEqual([error.kind, error.code], ["conflict", "NAME_TAKEN"]);
                assert.match(
                    error.message,
                    /the "prod" that is there now was made with other settings\. A compute env/,
                );
                assert.equal(platform.count("POST /compute-envs"), 1);
            });
        }

        it("finds its own among several of the same name", async () => {
            platform
                .on("GET /compute-envs/validate", empty())
                .on("POST /compute-envs", reset)
                .on("GET /compute-envs", listing(entry("theirs"), entry("env1")))
                .on("GET /compute-envs/theirs", shown({ id: "theirs", credentialsId: "cred2" }))
                .on("GET /compute-envs/env1", shown());
            assert.equal((await create()).id, "env1");
        });

        it("passes on what the Platform refuses, without looking for anything", async () => {
            platform
                .on("GET /compute-envs/validate", empty())
                .on("POST /compute-envs", message(400, "The credentials 'x' have been deleted."));
            assert.match((await failure(create())).message, /HTTP 400: "The credentials 'x' have been deleted\."/);
            assert.equal(platform.calls.length, 2);
        });
    });

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
            assert.match((await failure(listComputeEnvs(client))).message, /the answer has no list "computeEnvs"/);
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
            assert.match((await failure(updateComputeEnv(client, "env1", changes))).message, /named "new" exists/);
        });

        it("set primary, over a lost answer too", async () => {
            platform.on("POST /compute-envs/env1/primary", reset, empty());
            await setPrimaryComputeEnv(client, "env1");
            assert.deepEqual(
                platform.received.map(({ body }) => body),
                [{}, {}],
            );
        });

        it("enable and disable, content with what is so already", async () => {
            platform
                .on("POST /compute-envs/env1/disable", empty())
                .on("POST /compute-envs/env1/enable", message(400, "Not disabled"))
                .on("GET /compute-envs/env1", shown({ status: "AVAILABLE" }), shown({ status: "ERRORED" }));
            await disableComputeEnv(client, "env1");
            await enableComputeEnv(client, "env1");
            assert.equal((await failure(enableComputeEnv(client, "env1"))).kind, "badRequest");
        });

        it("have the Platform check one", async () => {
            const outcome = { status: "INVALID", transientError: false, message: "Work directory not accessible" };
            platform.on("POST /compute-envs/env1/validate", json(outcome));
            assert.deepEqual(await validateComputeEnv(client, "env1", { force: true }), outcome);
            assert.equal(platform.received[0]?.query.get("force"), "true");
        });

        it("never turn an empty id into a call about all of them", async () => {
            for (const call of [findComputeEnv, deleteComputeEnv, setPrimaryComputeEnv]) {
                await assert.rejects(call(client, ""), /"" is not an id of the Platform/);
            }
            assert.deepEqual(platform.calls, []);
        });

        it("escape an id", async () => {
            platform.on("GET /compute-envs/a%2Fb", shown());
            assert.equal((await describeComputeEnv(client, "a/b")).id, "env1");
        });
    });
});
