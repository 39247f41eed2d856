import assert from "node:assert/strict";
import type { PipelineVersions } from "../../../src/emulator";
import { Client, createComputeEnv, createCredentials, startEmulator, stopEmulators } from "./support";

interface Version {
    id: string;
    name: string | null;
    isDefault: boolean;
    hash: string;
}

describe("emulator: versions of pipelines (case 18)", () => {
    let client: Client;
    let env: string;
    let pipeline: string;
    let path: string;

    async function start(pipelineVersions?: PipelineVersions, version?: object): Promise<void> {
        const { endpoint } = await startEmulator({ pipelineVersions });
        client = new Client(endpoint);
        env = await createComputeEnv(client, await createCredentials(client));
        const body = { name: "hello", launch: launch(), ...(version ? { version } : {}) };
        pipeline = (await client.post("/pipelines", body)).body.pipeline.pipelineId as string;
        path = `/pipelines/${pipeline}/versions`;
    }
    afterEach(stopEmulators);

    const launch = (settings: object = {}): object => ({
        computeEnvId: env,
        pipeline: "https://github.com/nextflow-io/hello",
        workDir: "/scratch/work",
        ...settings,
    });

    async function versions(query: object = {}): Promise<Version[]> {
        const { status, body } = await client.get(path, { ...query });
        assert.equal(status, 200);
        return body.versions.map(({ version }: { version: Version }) => version);
    }
    const names = async (query?: object) =>
        (await versions(query)).map(({ name, isDefault }) => `${name}${isDefault ? ", default" : ""}`);
    const change = async (id: string, settings: object): Promise<Version> =>
        (await client.post(`${path}/${id}`, { name: "hello", launch: launch(settings) })).body.pipeline.version;
    const manage = async (id: string, body: object): Promise<number> =>
        (await client.put(`${path}/${id}/manage`, body)).status;
    const revision = async (query?: Record<string, unknown>): Promise<unknown> =>
        (await client.get(`/pipelines/${pipeline}/launch`, query)).body.launch.revision;

    it("the first one is published, the default, and named after the pipeline or as asked for", async () => {
        await start();
        assert.deepEqual(await names(), ["hello-1, default"]);
        await start("drafts", { name: "stable" });
        assert.deepEqual(await names(), ["stable, default"]);
    });

    it("a change of what is launched is a draft, and the default stays; other changes make none", async () => {
        await start();
        const [first] = await versions();
        for (const same of [{}, { revision: null, pullLatest: false, userSecrets: [] }]) {
            assert.equal((await change(first.id, same)).id, first.id);
        }
        await client.put(`/pipelines/${pipeline}`, { name: "hello", description: "x", icon: "i" });
        assert.equal((await versions()).length, 1);
        const draft = await change(first.id, { revision: "dev" });
        assert.deepEqual([draft.name, draft.isDefault], [null, false]);
        assert.notEqual(draft.hash, first.hash);
        const put = await client.put(`/pipelines/${pipeline}`, { name: "hello", launch: launch({ revision: "main" }) });
        assert.equal(put.body.pipeline.version.name, null);
        assert.deepEqual(await names(), ["hello-1, default", "null", "null"]);
        assert.deepEqual(await names({ isPublished: true }), ["hello-1, default"]);
        assert.deepEqual(await names({ isPublished: false, max: 1 }), ["null"]);
        assert.deepEqual([await revision(), await revision({ versionId: draft.id })], [null, "dev"]);
        assert.equal((await client.get(`/pipelines/${pipeline}`)).body.pipeline.version.id, first.id);
        assert.equal((await client.delete(`${path}/${draft.id}`)).status, 404);
    });

    it("a draft is published by its name and made the default, of which there is always one", async () => {
        await start();
        const [first] = await versions();
        const draft = await change(first.id, { revision: "dev" });
        assert.equal(await manage(draft.id, { isDefault: true }), 400);
        assert.equal(await manage(draft.id, { name: "hello-1", isDefault: false }), 409);
        assert.equal((await client.get(`${path}/validate`, { name: "hello-1" })).status, 409);
        assert.equal((await client.get(`${path}/validate`, { name: "" })).status, 400);
        assert.equal((await client.get(`${path}/validate`, { name: "hello-2" })).status, 204);
        assert.equal(await manage(draft.id, { name: "hello-2", isDefault: true }), 204);
        assert.deepEqual(await names(), ["hello-1", "hello-2, default"]);
        assert.equal(await revision(), "dev");
        for (const unset of [{ isDefault: false }, { name: "other" }]) {
            assert.equal(await manage(draft.id, unset), 409);
        }
        assert.equal(await manage("unknown", { name: "x" }), 404);
        assert.deepEqual(await names({ search: "O-2" }), ["hello-2, default"]);
    });

    it("a name is fixed once a run refers to it", async () => {
        await start();
        const [first] = await versions();
        assert.equal(await manage(first.id, { name: "stable", isDefault: true }), 204);
        await client.post("/workflow/launch", { launch: launch({ id: first.id }) });
        assert.equal(await manage(first.id, { name: "other", isDefault: true }), 400);
        assert.equal(await manage(first.id, { name: "stable", isDefault: true }), 204);
    });

    it("some Platforms name the changed one and make it the default by themselves", async () => {
        await start("promoted");
        const [first] = await versions();
        const second = await change(first.id, { revision: "dev" });
        assert.deepEqual([second.name, second.isDefault], ["hello-2", true]);
        await change(first.id, { revision: "main" });
        assert.deepEqual(await names(), ["hello-1", "hello-2", "hello-3, default"]);
    });

    it("older Platforms have none", async () => {
        await start("none");
        const { pipeline: shown } = (await client.get(`/pipelines/${pipeline}`)).body;
        assert.equal(shown.version, undefined);
        assert.equal((await client.get(path)).status, 404);
        assert.equal((await client.get(`${path}/validate`, { name: "x" })).status, 404);
        assert.equal((await client.post(`${path}/x`, { launch: launch() })).status, 404);
        assert.equal(await manage("x", { name: "x" }), 404);
    });
});
