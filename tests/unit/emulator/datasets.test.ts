import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../../src/emulator";
import { Client, startEmulator, stopEmulators, workspaceId } from "./support";

const CSV = "sample,fastq_1\na,s3://b/a.fastq.gz\n";

describe("emulator: datasets", () => {
    let emulator: PlatformEmulator;
    let client: Client;
    const roles = ["maintain", "launch", "view"] as const;

    beforeEach(async () => {
        const accessTokens = [
            { token: "owner" },
            ...roles.map((role) => ({ token: role, role, userName: role })),
            { token: "stranger", role: null, userName: "stranger" },
        ];
        emulator = await startEmulator({ accessTokens, maxDatasets: 3 });
        client = as("owner");
    });

    afterEach(stopEmulators);

    const as = (token: string): Client => new Client(emulator.endpoint, token);

    async function create(fields: object = {}, by = client): Promise<string> {
        const { status, body } = await by.post("/datasets", { name: "samples", ...fields });
        assert.equal(status, 200, JSON.stringify(body));
        return body.dataset.id as string;
    }

    async function send(id: string, content: string | Buffer, name = "samples.csv", query = "", token = "owner") {
        const form = new FormData();
        form.set("file", new Blob([content]), name);
        const url = `${emulator.endpoint}/datasets/${id}/upload?workspaceId=${workspaceId}${query}`;
        const answer = await fetch(url, { method: "POST", body: form, headers: { authorization: `Bearer ${token}` } });
        const text = await answer.text();
        return { status: answer.status, body: text === "" ? undefined : JSON.parse(text) };
    }

    const get = (url: string, token = "owner") =>
        fetch(url, { redirect: "manual", headers: { authorization: `Bearer ${token}` } });

    it("are created without content, and described", async () => {
        const id = await create({ description: "of the run" });
        const { body } = await client.get(`/datasets/${id}/metadata`);
        const { name, description, sourceType, mediaType, version, hidden, workspaceId: where } = body.dataset;
        assert.deepEqual(
            [name, description, sourceType, mediaType, version, hidden, where],
            ["samples", "of the run", "UPLOADED", null, null, false, workspaceId],
        );
    });

    it("have unique names, in a workspace", async () => {
        const id = await create();
        assert.equal((await client.post("/datasets", { name: "samples" })).status, 409);
        const other = await create({ name: "other" });
        assert.equal((await client.put(`/datasets/${other}`, { name: "samples" })).status, 409);
        assert.equal((await client.put(`/datasets/${id}`, { name: "samples", description: "new" })).status, 204);
        await client.delete(`/datasets/${id}`);
        await create();
    });

    for (const [what, fields] of [
        ["no name", { name: "" }],
        ["a name with a space", { name: "my samples" }],
        ["a long description", { description: "d".repeat(1001) }],
    ] as const) {
        it(`are refused with ${what}`, async () =>
            assert.equal((await client.post("/datasets", { ...{ name: "samples" }, ...fields })).status, 400));
    }

    it("are listed by search and visibility, in pages, with their labels on request", async () => {
        const ids = [await create({ name: "b-one" }), await create({ name: "a-one" }), await create({ name: "two" })];
        assert.equal((await client.post("/datasets", { name: "four" })).status, 400);
        const list = async (query: object) => (await client.get("/datasets", query as Record<string, unknown>)).body;
        const names = async (query: object) => (await list(query)).datasets.map((each: any) => each.name);
        assert.deepEqual(await names({ search: "one" }), ["a-one", "b-one"]);
        assert.deepEqual(await names({ sortBy: "name", sortDir: "desc", max: 1, offset: 1 }), ["b-one"]);
        assert.equal((await list({ max: 1 })).totalSize, 3);
        assert.equal((await client.post("/datasets/hide", { datasetIds: [ids[2]] })).status, 204);
        assert.deepEqual(await names({}), ["a-one", "b-one"]);
        assert.deepEqual(await names({ visibility: "hidden" }), ["two"]);
        assert.equal((await names({ visibility: "all" })).length, 3);
        await create({ name: "in-the-place-of-the-hidden" });
        assert.equal((await client.post("/datasets/show", { datasetIds: [ids[2]] })).status, 204);
        assert.equal((await names({})).length, 4);
        assert.equal((await client.get("/datasets", { visibility: "some" })).status, 400);
        assert.equal((await list({})).datasets[0].labels, null);
        assert.deepEqual((await list({ attributes: "labels" })).datasets[0].labels, []);
    });

    it("take versions, and give back what was sent", async () => {
        const id = await create();
        const first = await send(id, CSV);
        assert.equal(first.status, 200, JSON.stringify(first.body));
        const { version, fileName, fileSize, mediaType, hasHeader, url, linkedSource } = first.body.version;
        assert.deepEqual(
            [version, fileName, fileSize, mediaType, hasHeader, linkedSource],
            [1, "samples.csv", CSV.length, "text/csv", true, null],
        );
        assert.equal(url, `${emulator.endpoint}/datasets/${id}/v/1/n/samples.csv`);
        assert.equal((await send(id, "b\n", "other.csv", "&header=false")).body.version.hasHeader, false);
        assert.equal(await (await get(url)).text(), CSV);
        const { body } = await client.get(`/datasets/${id}/versions`);
        assert.deepEqual(
            body.versions.map((each: any) => [each.version, each.fileName]),
            [
                [1, "samples.csv"],
                [2, "other.csv"],
            ],
        );
        assert.equal((await client.get(`/datasets/${id}/metadata`)).body.dataset.version, 2);
        const { body: none } = await client.get(`/datasets/${id}/versions`, {
            mimeType: "text/tab-separated-values",
        });
        assert.deepEqual(none, { versions: [], totalSize: 0 });
        assert.equal((await client.get("/datasets/versions")).body.versions[0].version, 2);
    });

    it("show what they contain to those who may read the workspace, by the exact address", async () => {
        const id = await create();
        const { url } = (await send(id, CSV)).body.version;
        assert.equal((await get(url, "view")).status, 200);
        assert.equal((await get(url, "stranger")).status, 403);
        assert.equal((await get(url.replace("samples.csv", "other.csv"))).status, 404);
        assert.equal((await get(url.replace("/v/1/", "/v/2/"))).status, 404);
        assert.ok(!JSON.stringify([emulator.state, emulator.requests]).includes("fastq.gz"));
    });

    it("refuse uploads that cannot be a version", async () => {
        const id = await create();
        assert.equal((await send(id, "")).status, 400);
        assert.equal((await send(id, "{}", "samples.json")).status, 400);
        assert.equal((await send(id, Buffer.alloc(10 * 1024 * 1024 + 1, "a"))).status, 400);
        assert.equal((await send(id, CSV)).status, 200);
        assert.match((await send(id, "a\tb\n", "samples.tsv")).body.message, /same format/);
        assert.equal((await client.post(`/datasets/${id}/link`, { url: "https://example.com/a.csv" })).status, 400);
        for (let version = 2; version <= 100; version++) {
            await send(id, CSV);
        }
        assert.match((await send(id, CSV)).body.message, /at most 100 versions/);
    });

    it("disable versions for ever: the newest of the others is the current one", async () => {
        const id = await create();
        await send(id, CSV);
        await send(id, "b\n");
        assert.equal((await client.post(`/datasets/${id}/versions/2/disable`)).status, 204);
        assert.equal((await client.get(`/datasets/${id}/metadata`)).body.dataset.version, 1);
        assert.equal((await client.post(`/datasets/${id}/versions/3/disable`)).status, 404);
        assert.equal((await send(id, "c\n")).body.version.version, 3);
    });

    it("link to addresses, to which a download leads on", async () => {
        const id = await create({ sourceType: "LINKED" });
        const url = "https://example.com/data/samples.tsv?raw=1";
        const { status, body } = await client.post(`/datasets/${id}/link`, { url, hasHeader: false });
        assert.equal(status, 200);
        const { fileName, mediaType, hasHeader, linkedSource } = body.version;
        assert.deepEqual(
            [fileName, mediaType, hasHeader, linkedSource.url],
            ["samples.tsv", "text/tab-separated-values", false, url],
        );
        const answer = await get(body.version.url as string);
        assert.deepEqual([answer.status, answer.headers.get("location")], [307, url]);
        assert.equal((await client.post(`/datasets/${id}/link`, { url: "s3://bucket/samples.tsv" })).status, 400);
        assert.equal((await send(id, CSV)).status, 400);
    });

    it("carry simple labels alone", async () => {
        const id = await create();
        const label = async (fields: object) => (await client.post("/labels", fields)).body.id as number;
        const [one, two] = [await label({ name: "one" }), await label({ name: "two" })];
        const costs = await label({ name: "team", value: "genomics", resource: true });
        const change = async (verb: string, ...labelIds: number[]) =>
            (await client.post(`/datasets/labels/${verb}`, { datasetIds: [id], labelIds })).status;
        const shown = async () =>
            (await client.get(`/datasets/${id}/metadata`, { attributes: "labels" })).body.dataset.labels.map(
                (each: any) => each.id,
            );
        assert.equal(await change("apply", one), 204);
        assert.equal(await change("add", two), 204);
        assert.deepEqual(await shown(), [one, two]);
        assert.equal(await change("remove", one), 204);
        assert.deepEqual(await shown(), [two]);
        assert.equal(await change("apply"), 204);
        assert.deepEqual(await shown(), []);
        assert.equal(await change("apply", costs), 403);
    });

    it("are deleted, one or several, and are then as if they had never been", async () => {
        const ids = [await create({ name: "one" }), await create({ name: "two" })];
        const { body } = await client.call("DELETE", "/datasets", { datasetIds: [ids[0], "unknown"] });
        assert.deepEqual(body, { success: [ids[0]], failed: ["unknown"] });
        assert.equal((await client.delete(`/datasets/${ids[1]}`)).status, 204);
        assert.equal((await client.delete(`/datasets/${ids[1]}`)).status, 403);
        assert.equal((await client.get(`/datasets/${ids[0]}/metadata`)).status, 403);
        assert.deepEqual((await client.get("/datasets", { visibility: "all" })).body.datasets, []);
    });

    it("follow the roles: Launch adds and edits its own, Maintain deletes, hides and labels", async () => {
        const launch = as("launch");
        const theirs = await create();
        const own = await create({ name: "own" }, launch);
        assert.equal((await send(own, CSV, "samples.csv", "", "launch")).status, 200);
        assert.equal((await launch.put(`/datasets/${theirs}`, { description: "new" })).status, 204);
        assert.equal((await launch.post("/datasets/hide", { datasetIds: [own] })).status, 204);
        assert.equal((await launch.post("/datasets/hide", { datasetIds: [theirs] })).status, 403);
        assert.equal((await launch.post("/datasets/labels/apply", { datasetIds: [own], labelIds: [] })).status, 403);
        assert.equal((await launch.delete(`/datasets/${own}`)).status, 403);
        assert.equal((await as("maintain").post("/datasets/hide", { datasetIds: [own] })).status, 204);
        assert.equal((await as("maintain").delete(`/datasets/${own}`)).status, 204);
        assert.equal((await as("view").post("/datasets", { name: "another" })).status, 403);
        assert.equal((await as("view").get(`/datasets/${theirs}/metadata`)).status, 200);
    });
});
