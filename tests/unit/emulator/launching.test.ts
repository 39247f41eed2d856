import assert from "node:assert/strict";
import { DEFAULT_WORKSPACE, type PlatformEmulator } from "../../../src/emulator";
import { Client, createComputeEnv, createCredentials, settled, startEmulator, stopEmulators } from "./support";

const REPOSITORY = "https://github.com/nextflow-io/hello";

describe("emulator: pipelines, actions and runs", () => {
    let emulator: PlatformEmulator;
    let client: Client;
    let first: string;
    let second: string;

    beforeEach(async () => {
        const shared = { id: 42, name: "shared", visibility: "SHARED" } as const;
        emulator = await startEmulator({
            accessTokens: [{ token: "owner" }, { token: "maintainer", role: "maintain" }],
            workspaces: [DEFAULT_WORKSPACE, shared],
            pipelineVersions: "none",
        });
        client = new Client(emulator.endpoint, "owner");
        const credentialsId = await createCredentials(client);
        first = await createComputeEnv(client, credentialsId, { name: "first" });
        second = await createComputeEnv(client, credentialsId, { name: "second" });
    });

    afterEach(stopEmulators);

    const launch = (overrides: object = {}): object => ({
        computeEnvId: first,
        pipeline: REPOSITORY,
        workDir: "/scratch/work",
        ...overrides,
    });

    async function createPipeline(name: string, overrides: object = {}): Promise<number> {
        const { status, body } = await client.post("/pipelines", { name, launch: launch(overrides) });
        assert.equal(status, 200, JSON.stringify(body));
        return body.pipeline.pipelineId as number;
    }

    async function launchOf(
        id: number,
    ): Promise<Record<string, unknown> & { computeEnv: Record<string, unknown> | null }> {
        return (await client.get(`/pipelines/${id}/launch`)).body.launch;
    }

    describe("pipelines", () => {
        it("creates one and answers its launch, unset fields as null", async () => {
            const created = await client.post("/pipelines", {
                name: "hello",
                description: "d",
                launch: launch({ revision: "master", configProfiles: ["test"] }),
            });
            const { pipeline } = created.body;
            assert.ok(Number.isSafeInteger(pipeline.pipelineId));
            assert.deepEqual(
                [pipeline.name, pipeline.repository, pipeline.visibility],
                ["hello", REPOSITORY, "PRIVATE"],
            );
            const described = await launchOf(pipeline.pipelineId as number);
            assert.equal(described.computeEnv?.id, first);
            assert.deepEqual(
                [described.revision, described.configProfiles, described.configText, described.pullLatest],
                ["master", ["test"], null, false],
            );
        });

        it("is pointed to another compute environment; the rest stays", async () => {
            const id = await createPipeline("hello", { revision: "master" });
            const put = await client.put(`/pipelines/${id}`, {
                name: "hello",
                launch: launch({ computeEnvId: second }),
            });
            assert.equal(put.status, 200);
            assert.deepEqual([(await launchOf(id)).computeEnv?.id, (await launchOf(id)).revision], [second, "master"]);
        });

        it("clears a launch field with an explicit null alone", async () => {
            const id = await createPipeline("hello", { revision: "master", configText: "x = 1" });
            await client.put(`/pipelines/${id}`, { launch: { revision: null } });
            const { revision, configText } = await launchOf(id);
            assert.deepEqual([revision, configText], [null, "x = 1"]);
        });

        it("keeps a deleted compute environment, which does not block the deletion, until it is pointed elsewhere", async () => {
            const id = await createPipeline("hello");
            assert.equal((await client.delete(`/compute-envs/${first}`)).status, 204);
            await settled(client, first);
            const { computeEnv } = await launchOf(id);
            assert.deepEqual([computeEnv?.id, computeEnv?.deleted], [first, true]);
            assert.equal((await client.put(`/pipelines/${id}`, { description: "x" })).status, 200);
            assert.equal((await client.put(`/pipelines/${id}`, { launch: launch() })).status, 200);
            await client.put(`/pipelines/${id}`, { launch: launch({ computeEnvId: second }) });
            const back = await client.put(`/pipelines/${id}`, { launch: launch() });
            assert.deepEqual([back.status, back.body.message], [400, `Unknown compute environment with ID '${first}'`]);
        });

        it("refuses what the Platform refuses", async () => {
            const create = (body: object): ReturnType<Client["post"]> => client.post("/pipelines", body);
            for (const name of ["x", "a".repeat(100), "a b", "a--b", undefined]) {
                const { status, body } = await create({ name, launch: launch() });
                assert.equal(status, 400);
                assert.match(body.message as string, /minimum of 2 and a maximum of 99/);
            }
            const message = async (overrides: object): Promise<string> =>
                (await create({ name: "hello", launch: launch(overrides) })).body.message as string;
            assert.equal(await message({ workDir: undefined }), "Missing launching work directory");
            assert.equal(await message({ computeEnvId: undefined }), "Missing launching environment profile");
            assert.match(await message({ pipeline: undefined }), /Missing launching pipeline/);
            assert.match(await message({ computeEnvId: "nope" }), /Unknown compute environment/);
            assert.equal((await create({ name: "hello" })).status, 400);
            assert.deepEqual(emulator.state.pipelines, []);
        });

        it("takes a launch without compute environment and work directory in a shared workspace", async () => {
            const shared = new Client(emulator.endpoint, "owner", { workspaceId: 42 });
            const { status, body } = await shared.post("/pipelines", {
                name: "hello",
                launch: { pipeline: REPOSITORY },
            });
            assert.equal(status, 200, JSON.stringify(body));
            assert.equal(body.pipeline.visibility, "SHARED");
        });

        it("lists in pages of at most 100, searched and sorted, with what is asked for", async () => {
            for (let i = 0; i < 103; i++) {
                await createPipeline(`p-${String(i).padStart(3, "0")}`);
            }
            const all = await client.get("/pipelines");
            assert.deepEqual([all.body.pipelines.length, all.body.totalSize], [100, 103]);
            const rest = await client.get("/pipelines", { max: 50, offset: 100, attributes: "computeEnv,labels" });
            assert.equal(rest.body.pipelines.length, 3);
            assert.deepEqual([rest.body.pipelines[0].computeEnv.id, rest.body.pipelines[0].labels], [first, []]);
            assert.deepEqual([all.body.pipelines[0].computeEnv, all.body.pipelines[0].labels], [null, null]);
            const last = await client.get("/pipelines", { max: 1, sortBy: "NAME", sortDir: "DESCENDING" });
            assert.equal(last.body.pipelines[0].name, "p-102");
            assert.equal((await client.get("/pipelines", { search: "p-00" })).body.totalSize, 10);
            assert.equal((await client.get("/pipelines", { visibility: "SHARED" })).body.totalSize, 0);
            assert.equal((await client.get("/pipelines", { max: 101 })).status, 400);
        });

        it("refuses a duplicate name with 409; validates names", async () => {
            const id = await createPipeline("hello");
            assert.equal((await client.post("/pipelines", { name: "hello", launch: launch() })).status, 409);
            assert.equal((await client.get("/pipelines/validate", { name: "hello" })).status, 409);
            assert.equal((await client.get("/pipelines/validate", { name: "h" })).status, 400);
            assert.equal((await client.delete(`/pipelines/${id}`)).status, 204);
            assert.equal((await client.get(`/pipelines/${id}`)).status, 403);
            assert.equal((await client.get("/pipelines/validate", { name: "hello" })).status, 204);
        });

        it("leaves labels to administrators", async () => {
            const label = (await client.post("/labels", { name: "nightly" })).body.id as number;
            const id = await createPipeline("hello");
            const maintainer = new Client(emulator.endpoint, "maintainer");
            assert.equal((await maintainer.put(`/pipelines/${id}`, { description: "x" })).status, 200);
            const refused = await maintainer.put(`/pipelines/${id}`, { labelIds: [label] });
            assert.equal(refused.status, 403);
            assert.match(refused.body.message as string, /pipeline_label:write/);
            assert.equal(
                (await client.put(`/pipelines/${id}`, { labelIds: [label] })).body.pipeline.labels[0].id,
                label,
            );
        });
    });

    describe("actions", () => {
        async function createAction(overrides: object = {}): Promise<string> {
            const body = { name: "hook", source: "tower", launch: launch({ workDir: undefined }), ...overrides };
            const answer = await client.post("/actions", body);
            assert.equal(answer.status, 200, JSON.stringify(answer.body));
            return answer.body.actionId as string;
        }

        it("takes the work directory from the compute environment", async () => {
            const id = await createAction();
            const { action } = (await client.get(`/actions/${id}`)).body;
            assert.deepEqual(
                [action.name, action.source, action.status, action.launch.workDir, action.launch.computeEnv.id],
                ["hook", "tower", "ACTIVE", "/scratch/work", first],
            );
        });

        it("is updated only by a request that repeats its launch id", async () => {
            const id = await createAction();
            const launchId = (await client.get(`/actions/${id}`)).body.action.launch.id as string;
            for (const wrong of [undefined, "another"]) {
                const body = { name: "hook", launch: launch({ id: wrong, computeEnvId: second }) };
                const refused = await client.put(`/actions/${id}`, body);
                assert.deepEqual([refused.status, refused.body.message], [400, "Launch ID value can't change"]);
            }
            const body = { name: "hook", launch: launch({ id: launchId, computeEnvId: second }) };
            assert.equal((await client.put(`/actions/${id}`, body)).status, 204);
            const { action } = (await client.get(`/actions/${id}`)).body;
            assert.deepEqual([action.launch.id, action.launch.computeEnv.id], [launchId, second]);
        });

        it("lists with endpoint and cron, pauses and resumes by the same call, launches when active", async () => {
            const id = await createAction();
            await createAction({ name: "nightly", source: "cron", cron: { expression: "0 2 * * *", timezone: "UTC" } });
            const { actions } = (await client.get("/actions")).body;
            assert.deepEqual(
                actions.map(({ name, endpoint }: Record<string, unknown>) => [name, endpoint]),
                [
                    ["hook", `${emulator.endpoint}/actions/${id}/launch?workspaceId=${DEFAULT_WORKSPACE.id}`],
                    ["nightly", null],
                ],
            );
            assert.equal((await client.post(`/actions/${id}/pause`)).status, 204);
            assert.equal((await client.get(`/actions/${id}`)).body.action.status, "PAUSED");
            assert.equal((await client.post(`/actions/${id}/launch`)).status, 400);
            await client.post(`/actions/${id}/pause`);
            const launched = await client.post(`/actions/${id}/launch`, { params: {} });
            assert.equal((await client.get(`/workflow/${launched.body.workflowId}`)).body.workflow.status, "RUNNING");
            assert.equal((await client.delete(`/actions/${id}`)).status, 204);
            assert.equal((await client.get(`/actions/${id}`)).status, 403);
        });

        it("refuses unknown sources, GitHub without a GitHub user, cron without an expression, duplicates", async () => {
            await createAction();
            const create = (overrides: object): Promise<number> =>
                client
                    .post("/actions", { name: "other", source: "tower", launch: launch(), ...overrides })
                    .then(({ status }) => status);
            assert.equal(await create({ source: "github" }), 400);
            assert.equal(await create({ source: undefined }), 400);
            assert.equal(await create({ source: "cron" }), 400);
            assert.equal(await create({ source: "bucket" }), 400);
            assert.equal(await create({ launch: launch({ computeEnvId: undefined }) }), 400);
            assert.equal(await create({ name: "hook" }), 400);
            assert.equal((await client.get("/actions/validate", { name: "hook" })).status, 409);
            assert.equal((await client.get("/actions/validate", { name: "free" })).status, 204);
        });
    });

    describe("runs", () => {
        it("occupy the compute environment until they are cancelled", async () => {
            const { body } = await client.post("/workflow/launch", { launch: launch() });
            const id = body.workflowId as string;
            assert.match(id, /^[0-9A-Za-z]{14}$/);
            const { lastUsed, credentialsId } = (await client.get(`/compute-envs/${first}`)).body.computeEnv;
            assert.notEqual(lastUsed, null);
            assert.equal((await client.get(`/credentials/${credentialsId}`)).body.credentials.lastUsed, lastUsed);
            assert.equal((await client.delete(`/compute-envs/${first}`)).status, 409);
            assert.equal((await client.delete(`/workflow/${id}`)).status, 400);
            assert.equal((await client.post(`/workflow/${id}/cancel`)).status, 204);
            const { workflow } = (await client.get(`/workflow/${id}`)).body;
            assert.deepEqual([workflow.status, workflow.success], ["CANCELLED", false]);
            assert.equal((await client.post(`/workflow/${id}/cancel`)).status, 400);
            assert.equal((await client.delete(`/compute-envs/${first}`)).status, 204);
            assert.equal((await client.delete(`/workflow/${id}`)).status, 204);
            assert.equal((await client.get(`/workflow/${id}`)).status, 403);
        });

        it("are listed newest first", async () => {
            const older = emulator.addRun(first);
            const newer = emulator.addRun(second);
            const { body } = await client.get("/workflow", { max: 10 });
            assert.deepEqual(
                body.workflows.map(({ workflow }: { workflow: { id: string } }) => workflow.id),
                [newer, older],
            );
            assert.equal(body.totalSize, 2);
        });

        it("are refused on a compute environment that is not available, saying why", async () => {
            await client.post(`/compute-envs/${first}/disable`);
            const { status, body } = await client.post("/workflow/launch", { launch: launch() });
            assert.equal(status, 400);
            assert.deepEqual(body, { message: "Compute environment is not available" });
        });
    });
});
