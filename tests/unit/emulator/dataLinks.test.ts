import assert from "node:assert/strict";
import { Client, computeEnvBody, createCredentials, startEmulator, stopEmulators } from "./support";

describe("emulator: data-links", () => {
    let client: Client;
    let launch: Client;
    let credentialsId: string;

    beforeEach(async () => {
        const accessTokens = [{ token: "owner" }, { token: "launch", role: "launch" as const }];
        const { endpoint } = await startEmulator({ accessTokens });
        client = new Client(endpoint, "owner");
        launch = new Client(endpoint, "launch");
        const aws = { provider: "aws", keys: { accessKey: "AKIA", secretKey: "secret" } };
        credentialsId = await createCredentials(client, { name: "aws", ...aws });
    });

    afterEach(stopEmulators);

    const link = (fields: object = {}) => ({
        name: "reads",
        provider: "aws",
        type: "bucket",
        resourceRef: "s3://reads/run-1",
        credentialsId,
        publicAccessible: false,
        ...fields,
    });

    async function create(fields: object = {}): Promise<string> {
        const { status, body } = await client.post("/data-links", link(fields));
        assert.equal(status, 200, JSON.stringify(body));
        return body.id as string;
    }

    it("are created and described, with their credentials", async () => {
        const id = await create({ description: "d" });
        assert.match(id, /^v1-user-[0-9a-f]{32}$/);
        const { dataLink } = (await client.get(`/data-links/${id}`)).body;
        assert.deepEqual(
            [dataLink.name, dataLink.resourceRef, dataLink.status, dataLink.description],
            ["reads", "s3://reads/run-1", "VALID", "d"],
        );
        assert.deepEqual(dataLink.credentials, [{ id: credentialsId, name: "aws", provider: "aws" }]);
        await create({ resourceRef: "s3://open", credentialsId: undefined, publicAccessible: true });
    });

    for (const [what, fields] of [
        ["another scheme than the provider's", { resourceRef: "gs://reads" }],
        ["no bucket", { resourceRef: "s3://" }],
        ["unknown credentials", { credentialsId: "nobody" }],
        ["neither credentials nor publicity", { credentialsId: undefined }],
        ["no name", { name: " " }],
    ] as const) {
        it(`are refused with ${what}`, async () =>
            assert.equal((await client.post("/data-links", link(fields))).status, 400));
    }

    it("to the same resource are refused", async () => {
        await create();
        assert.equal((await client.post("/data-links", link({ name: "again" }))).status, 400);
    });

    it("are listed by words and keywords, in pages", async () => {
        await create();
        await create({ name: "results of all", resourceRef: "s3://results" });
        const list = async (query: object) => (await client.get("/data-links", query as Record<string, unknown>)).body;
        const names = async (query: object) => (await list(query)).dataLinks.map((each: any) => each.name);
        assert.deepEqual(await names({}), ["reads", "results of all"]);
        assert.deepEqual(await names({ search: "RESULTS provider:aws" }), ["results of all"]);
        assert.deepEqual(await names({ search: "resourceRef:s3://reads/run-1" }), ["reads"]);
        assert.deepEqual(await names({ max: 1, offset: 1 }), ["results of all"]);
        assert.equal((await list({ max: 1 })).totalSize, 2);
        assert.deepEqual(await names({ visibility: "hidden" }), []);
        assert.deepEqual(await names({ credentialsId: "other" }), []);
        assert.equal((await client.get("/data-links", { visibility: "some" })).status, 400);
    });

    it("change their name, description and credentials, and nothing else", async () => {
        const id = await create();
        const { status, body } = await client.put(`/data-links/${id}`, { name: "new", description: "d" });
        assert.deepEqual(
            [status, body.name, body.description, body.resourceRef],
            [200, "new", "d", "s3://reads/run-1"],
        );
        assert.equal((await client.put(`/data-links/${id}`, { credentialsId: "nobody" })).status, 400);
    });

    it("are deleted once, and answer 404 from then on", async () => {
        const id = await create();
        assert.equal((await launch.delete(`/data-links/${id}`)).status, 403);
        assert.equal((await client.delete(`/data-links/${id}`)).status, 204);
        assert.equal((await client.delete(`/data-links/${id}`)).status, 404);
        assert.equal((await client.get(`/data-links/${id}`)).status, 404);
        assert.equal((await launch.post("/data-links", link())).status, 403);
    });
});

describe("emulator: pipeline schemas", () => {
    let client: Client;

    beforeEach(async () => {
        client = new Client((await startEmulator()).endpoint);
    });

    afterEach(stopEmulators);

    it("are stored, and shown for the version that launches with them", async () => {
        const content = '{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object"}';
        const { status, body } = await client.post("/pipeline-schemas", { content });
        assert.equal(status, 200);
        const env = await client.post("/compute-envs", computeEnvBody(await createCredentials(client)));
        const launch = {
            computeEnvId: env.body.computeEnvId,
            pipeline: "https://github.com/nextflow-io/hello",
            workDir: "/scratch/work",
            paramsText: '{"input":"a.csv"}',
        };
        const make = async (fields: object): Promise<any> =>
            (await client.post("/pipelines", { name: "hello", launch: { ...launch, ...fields } })).body.pipeline;
        const { pipelineId, version } = await make({ pipelineSchemaId: body.pipelineSchema.id });
        const schema = `/pipelines/${pipelineId}/schema`;
        assert.deepEqual((await client.get(schema)).body, { schema: content, params: null });
        const both = { attributes: "schema,params", versionId: version.id };
        assert.deepEqual((await client.get(schema, both)).body, { schema: content, params: launch.paramsText });
        assert.equal((await client.get(schema, { versionId: "unknown" })).status, 403);
        await client.delete(`/pipelines/${pipelineId}`);
        const without = await make({});
        assert.equal((await client.get(`/pipelines/${without.pipelineId}/schema`)).status, 204);
    });

    it("that are not a JSON object are refused", async () => {
        for (const content of ["", "type: object", "[]"]) {
            assert.equal((await client.post("/pipeline-schemas", { content })).status, 400);
        }
    });
});
