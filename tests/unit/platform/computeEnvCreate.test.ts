import assert from "node:assert/strict";
import { sameConfig } from "../../../src/compile/configDiff";
import type { PlatformClient } from "../../../src/platform/platformClient";
import { createComputeEnv } from "../../../src/platform/computeEnvs";
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

describe("making a compute environment", () => {
    let platform: ScriptedPlatform;
    let client: PlatformClient;
    let time: SkippedTime;
    beforeEach(async () => {
        platform = await ScriptedPlatform.start();
        client = platform.client({ workspaceId: 7, retry: { limit: 1 } });
        time = new SkippedTime();
    });
    afterEach(() => platform.stop());

    const create = (): ReturnType<typeof createComputeEnv> =>
        createComputeEnv(client, REQUEST, { createOnce: { timing: time }, sameConfig });

    it("checks the name, posts, and makes no other call", async () => {
        platform.on("GET /compute-envs/validate", empty()).on("POST /compute-envs", json({ computeEnvId: "env1" }));
        assert.deepEqual(await create(), { id: "env1", adopted: false, posts: 1 });
        assert.deepEqual(platform.calls, ["GET /compute-envs/validate", "POST /compute-envs"]);
        assert.equal(platform.received[0]?.query.toString(), "workspaceId=7&name=prod");
        assert.deepEqual(platform.received[1]?.body, REQUEST);
    });

    it("leaves out the check of a name that is known to be free", async () => {
        platform.on("POST /compute-envs", json({ computeEnvId: "env1" }));
        await createComputeEnv(client, REQUEST, { nameKnownFree: true, sameConfig });
        assert.deepEqual(platform.calls, ["POST /compute-envs"]);
    });

    it("posts nothing when the name is taken, and names it", async () => {
        platform.on("GET /compute-envs/validate", message(409, "Duplicate element"));
        const error = await failure(create());
        assert.equal(error.kind, "conflict");
        assert.match(
            error.message,
            /^GET \/compute-envs\/validate: HTTP 409: "Duplicate element"\. A compute environment named "prod" already exists in workspace 7\. Choose another name, delete that one, or adopt it\.$/,
        );
        assert.deepEqual(platform.calls, ["GET /compute-envs/validate"]);
    });

    it("names it as well when it was taken in between", async () => {
        platform.on("GET /compute-envs/validate", empty()).on("POST /compute-envs", message(409, "Duplicate"));
        assert.match((await failure(create())).message, /POST \/compute-envs: HTTP 409.* named "prod" already exists/);
        assert.equal(platform.count("POST /compute-envs"), 1);
    });

    for (const [what, answer] of [
        ["a reset", reset],
        ["a gateway's 504", empty(504)],
        ["a 500", message(500, "Unexpected error")],
        ["a body that breaks off", truncated({ computeEnvId: "env1" })],
        ["a body that is not JSON", text("OK")],
        ["a body without the id", json({})],
        ["a body with an empty id", json({ computeEnvId: "" })],
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
            assert.match(error.message, /the existing "prod" was created with different settings\. A compute env/);
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
