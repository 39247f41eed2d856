import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, computeEnvBody, createCredentials, startEmulator, stopEmulators } from "./support";

describe("emulator: labels", () => {
    let client: Client;
    let maintainer: Client;

    beforeEach(async () => {
        const accessTokens = [{ token: "owner" }, { token: "maintainer", role: "maintain" }] as const;
        const { endpoint } = await startEmulator({ accessTokens: [...accessTokens] });
        client = new Client(endpoint, "owner");
        maintainer = new Client(endpoint, "maintainer");
    });

    afterEach(stopEmulators);

    async function create(label: object): Promise<number> {
        const { status, body } = await client.post("/labels", label);
        assert.equal(status, 200, JSON.stringify(body));
        return body.id as number;
    }

    it("creates resource and simple labels, answering them with a numeric id", async () => {
        const resource = await client.post("/labels", { name: "res", value: "val", resource: true });
        const { id, ...rest } = resource.body;
        assert.ok(Number.isSafeInteger(id));
        assert.deepEqual(rest, { name: "res", value: "val", resource: true, isDefault: false });
        const simple = await client.post("/labels", { name: "simple" });
        assert.deepEqual([simple.body.resource, simple.body.value], [false, null]);
    });

    describe("refuses with 400", () => {
        const cases: [string, object][] = [
            ["a missing name", { value: "v1", resource: true }],
            ["a name of one character", { name: "a", value: "v1", resource: true }],
            ["a name of 40 characters", { name: "a".repeat(40), value: "v1", resource: true }],
            ["a name with a double dash", { name: "a--b", value: "v1", resource: true }],
            ["a name with a dot", { name: "a.b", value: "v1", resource: true }],
            ["a name with a slash", { name: "example.com/a", value: "v1", resource: true }],
            ["a value of one character", { name: "ab", value: "v", resource: true }],
            ["a value of 40 characters", { name: "ab", value: "v".repeat(40), resource: true }],
            ["an unknown dynamic value", { name: "ab", value: "${runName}", resource: true }],
            ["a value of a simple label", { name: "ab", value: "v1" }],
            ["a resource label without a value", { name: "ab", resource: true }],
        ];
        for (const [what, label] of cases) {
            it(what, async () => {
                const { status, body } = await client.post("/labels", label);
                assert.equal(status, 400);
                assert.notEqual(body.message, undefined);
            });
        }

        it("a label that exists, but not the same name with another value", async () => {
            await create({ name: "team", value: "v1", resource: true });
            assert.equal((await client.post("/labels", { name: "team", value: "v1", resource: true })).status, 400);
            await create({ name: "team", value: "v2", resource: true });
        });
    });

    it("takes names and values of 2 and 39 characters, and dynamic values", async () => {
        await create({ name: "a".repeat(39), value: "v".repeat(39), resource: true });
        await create({ name: "ab", value: "12", resource: true });
        await create({ name: "run_id", value: "${workflowId}", resource: true });
        const { body } = await client.get("/labels/dynamic/allowed");
        assert.ok((body.values as string[]).includes("${workflowId}"));
    });

    it("lists by type, search and default, in pages of at most 100", async () => {
        for (let i = 0; i < 103; i++) {
            await create({ name: `label-${i}`, value: "v1", resource: true, isDefault: i === 7 });
        }
        await create({ name: "simple" });
        const list = async (query: object): Promise<[number, number]> => {
            const { body } = await client.get("/labels", query as Record<string, unknown>);
            return [body.labels.length as number, body.totalSize as number];
        };
        assert.deepEqual(await list({}), [100, 104]);
        assert.deepEqual(await list({ max: 100, offset: 100 }), [4, 104]);
        assert.deepEqual(await list({ max: 10, offset: 100 }), [4, 104]);
        assert.deepEqual(await list({ type: "resource" }), [100, 103]);
        assert.deepEqual(await list({ type: "simple" }), [1, 1]);
        assert.deepEqual(await list({ search: "LABEL-10" }), [4, 4]);
        assert.deepEqual(await list({ isDefault: true }), [1, 1]);
        const tooLong = await client.get("/labels", { max: 101 });
        assert.deepEqual(
            [tooLong.status, tooLong.body.message],
            [400, "Labels length parameter cannot be greater than 100"],
        );
        assert.equal((await client.get("/labels", { type: "x" })).status, 400);
    });

    it("updates and deletes", async () => {
        const id = await create({ name: "team", value: "v1", resource: true });
        const updated = await client.put(`/labels/${id}`, { name: "group", value: "v2", isDefault: true });
        assert.deepEqual([updated.status, updated.body], [200, { id, name: "group", value: "v2", isDefault: true }]);
        assert.equal((await client.put(`/labels/${id}`, { value: "x" })).status, 400);
        assert.equal((await client.delete(`/labels/${id}`)).status, 204);
        assert.equal((await client.delete(`/labels/${id}`)).status, 403);
        assert.equal((await client.put(`/labels/${id}`, { name: "x1" })).status, 403);
    });

    it("leaves labels in use to administrators; deletion takes them off what they are on", async () => {
        const id = await create({ name: "team", value: "v1", resource: true });
        assert.equal((await maintainer.put(`/labels/${id}`, { value: "v2" })).status, 200);
        const credentialsId = await createCredentials(client);
        const { body } = await client.post("/compute-envs", { ...computeEnvBody(credentialsId), labelIds: [id] });
        for (const refused of [
            await maintainer.put(`/labels/${id}`, { value: "v3" }),
            await maintainer.delete(`/labels/${id}`),
        ]) {
            assert.equal(refused.status, 403);
            assert.match(refused.body.message as string, /in use/);
        }
        assert.equal((await client.delete(`/labels/${id}`)).status, 204);
        const described = await client.get(`/compute-envs/${body.computeEnvId}`, { attributes: "labels" });
        assert.deepEqual(described.body.computeEnv.labels, []);
    });

    it("are added, applied and removed on pipelines, actions and runs, and shown there; not on an environment (case 6)", async () => {
        const [a, b] = [await create({ name: "aa", value: "v1", resource: true }), await create({ name: "bb" })];
        const resource = await create({ name: "team", value: "v1", resource: true });
        const credentialsId = await createCredentials(client);
        const { body } = await client.post("/compute-envs", {
            ...computeEnvBody(credentialsId),
            labelIds: [resource],
        });
        await client.get(`/compute-envs/${body.computeEnvId}`);
        await client.get(`/compute-envs/${body.computeEnvId}`);
        const launch = {
            computeEnvId: body.computeEnvId as string,
            pipeline: "https://github.com/nextflow-io/hello",
            workDir: "/scratch/work",
        };
        const pipeline = (await client.post("/pipelines", { name: "hello", launch })).body.pipeline
            .pipelineId as number;
        const action = (await client.post("/actions", { name: "nightly", source: "tower", launch })).body.actionId;
        const run = (await client.post("/workflow/launch", { launch })).body.workflowId as string;
        const shown = {
            pipelines: async () => (await client.get("/pipelines", { attributes: "labels" })).body.pipelines[0],
            actions: async () => (await client.get("/actions", { attributes: "labels" })).body.actions[0],
            workflow: async () => (await client.get("/workflow", { attributes: "labels" })).body.workflows[0],
        };
        const given: [keyof typeof shown, object, number[]][] = [
            ["pipelines", { pipelineIds: [pipeline] }, []],
            ["actions", { actionIds: [action] }, []],
            // A run has those of its environment from the beginning.
            ["workflow", { workflowIds: [run] }, [resource]],
        ];
        for (const [carrier, ids, first] of given) {
            const has = async () => ((await shown[carrier]()).labels as { id: number }[]).map(({ id }) => id).sort();
            const ask = async (verb: string, ...labelIds: number[]) =>
                (await client.post(`/${carrier}/labels/${verb}`, { ...ids, labelIds })).status;
            assert.deepEqual(await has(), first, carrier);
            assert.equal(await ask("add", a), 204);
            assert.equal(await ask("add", b), 204);
            assert.deepEqual(await has(), [...first, a, b].sort());
            assert.equal(await ask("remove", a), 204);
            assert.deepEqual(await has(), [...first, b].sort());
            assert.equal(await ask("apply", a), 204);
            assert.deepEqual(await has(), [a]);
            assert.equal(await ask("add", 1), 403);
            assert.equal((await maintainer.delete(`/labels/${a}`)).status, 403);
        }
        const none = await client.post("/compute-envs/labels/add", { computeEnvIds: [], labelIds: [a] });
        assert.equal(none.status, 404);
        assert.equal((await client.delete(`/labels/${a}`)).status, 204);
        assert.deepEqual((await shown.workflow()).labels, []);
    });

    it("refuses more than 1000 in a workspace", async () => {
        const folder = mkdtempSync(join(tmpdir(), "emulator-labels-"));
        try {
            // Those of its state file count like those that it makes, one call for each.
            const stateFile = join(folder, "state.json");
            client = new Client((await startEmulator({ stateFile })).endpoint);
            await create({ name: "label" });
            await stopEmulators();
            const saved = JSON.parse(readFileSync(stateFile, "utf8")) as { state: { labels: { id: number }[] } };
            const [label] = saved.state.labels;
            saved.state.labels = Array.from({ length: 999 }, (_, i) => ({
                ...label,
                id: label.id + i,
                name: `label-${i}`,
            }));
            writeFileSync(stateFile, JSON.stringify(saved));
            client = new Client((await startEmulator({ stateFile })).endpoint);
            await create({ name: "the-last" });
            const { status, body } = await client.post("/labels", { name: "one-more" });
            assert.equal(status, 400);
            assert.match(body.message as string, /at most 1000/);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });
});
