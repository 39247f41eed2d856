/** Datasets, data-links and pipeline schemas: the client against the emulator, whose faults lose answers. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { DEFAULT_ACCESS_TOKEN, DEFAULT_WORKSPACE, type FaultKind, PlatformEmulator } from "../../../src/emulator";
import * as platform from "../../../src/platform";
import { failure, SkippedTime } from "./support";

/** The Platform's official OpenAPI document, where it lies beside the checkout: then every request is checked against it. */
const DOCUMENT = resolve(__dirname, "../../../../shared/reference/seqera-api.yaml");

/** Bytes that are no UTF-8: what is downloaded must be what was sent. */
const file = (content: string | Buffer = Buffer.from([0x61, 0x2c, 0xff, 0xfe, 0x0a])) => ({
    name: "my samples.csv",
    mediaType: "text/csv",
    content: Buffer.from(content),
});

describe("the data of a workspace", () => {
    let emulator: PlatformEmulator;
    let client: platform.PlatformClient;

    beforeEach(async () => {
        emulator = await PlatformEmulator.start({
            openapi: existsSync(DOCUMENT) ? DOCUMENT : undefined,
            kubernetes: false,
            rateLimit: false,
            maxDatasets: 200,
        });
        client = new platform.PlatformClient(
            { endpoint: emulator.endpoint, accessToken: DEFAULT_ACCESS_TOKEN, workspaceId: DEFAULT_WORKSPACE.id },
            { callsPerSecond: 1_000, retry: { limit: 0 } },
        );
    });

    afterEach(async () => {
        await client.close();
        await emulator.stop();
        assert.deepEqual(emulator.violations, []);
    });

    const calls = (): string[] => emulator.requests.map(({ operation }) => operation!);
    const createOnce = { timing: new SkippedTime() };
    const lose = (operation: string, kind: "reset-before" | "reset-after" = "reset-after"): number =>
        emulator.faults.add({ kind, match: { operation } });
    const SPEC: platform.DatasetSpec = { name: "samples", sourceType: "UPLOADED" };
    const create = async (spec: Partial<platform.DatasetSpec> = {}): Promise<string> =>
        (await platform.createDataset(client, { ...SPEC, ...spec }, { createOnce })).id;
    const upload = (id: string, after = 0, sent = file()) =>
        platform.uploadDatasetVersion(client, id, sent, { after, hasHeader: true, createOnce });

    describe("a dataset", () => {
        it("is made, changed, labelled and deleted", async () => {
            const id = await create({ description: "d" });
            await platform.updateDataset(client, id, { name: "new", description: "" });
            const label = (await platform.createLabel(client, { name: "one" })).id;
            await platform.applyDatasetLabels(client, id, [label]);
            const found = await platform.findDataset(client, id);
            assert.deepEqual([found?.name, found?.description, found?.labels?.[0]?.id], ["new", "", label]);
            assert.equal(await platform.deleteDataset(client, id), "accepted");
            assert.equal(await platform.deleteDataset(client, id), "gone");
            assert.equal(await platform.findDataset(client, id), undefined);
        });

        it("is found by its exact name, over all pages, hidden ones too", async () => {
            for (let i = 0; i < 101; i++) {
                await create({ name: `samples-${i}` });
            }
            assert.equal((await platform.listDatasets(client)).length, 101);
            assert.equal((await platform.findDatasetByName(client, "samples-100"))?.name, "samples-100");
            assert.equal(await platform.findDatasetByName(client, "samples"), undefined);
        });

        it("is not made where the name is taken, and the message says what to do", async () => {
            await create();
            const error = await failure(create());
            assert.match(error.message, /A dataset named "samples" already exists.*or adopt it\.$/);
            assert.equal(calls().filter((each) => each === "CreateDatasetV2").length, 1);
        });

        it("is found again after a lost answer, and made again when the call had no effect", async () => {
            lose("CreateDatasetV2");
            const id = await create();
            assert.deepEqual(
                emulator.state.datasets.map((each) => each.id),
                [id],
            );
            lose("CreateDatasetV2", "reset-before");
            await create({ name: "other" });
            assert.equal(emulator.state.datasets.length, 2);
        });
    });

    describe("a version", () => {
        it("has the bytes that were sent, under the name of the file", async () => {
            const id = await create();
            const version = await upload(id);
            assert.deepEqual([version.version, version.fileName, version.fileSize], [1, "my samples.csv", 5]);
            const downloaded = await platform.downloadDatasetVersion(client, id, version);
            assert.ok(downloaded.equals(file().content));
            const [request] = emulator.requests.filter(({ operation }) => operation === "UploadDatasetV2");
            assert.equal(request?.query.header, "true");
        });

        it("is found again after a lost answer, by what it contains", async () => {
            const id = await create();
            await upload(id, 0, file("former\n"));
            lose("UploadDatasetV2");
            assert.equal((await upload(id, 1)).version, 2);
            assert.equal((await platform.listDatasetVersions(client, id)).length, 2);
        });

        it("is sent again when the call had no effect, also where somebody else adds one meanwhile", async () => {
            const id = await create();
            lose("UploadDatasetV2", "reset-before");
            const theirs = { timing: new SkippedTime() };
            theirs.timing.sleep = async () => void (await upload(id, 0, file("theirs\n")));
            const options = { after: 0, hasHeader: true, createOnce: { ...theirs, lookUpDelaysMs: [0, 1] } };
            const ours = await platform.uploadDatasetVersion(client, id, file(), options);
            assert.equal(ours.version, 2);
            assert.ok((await platform.downloadDatasetVersion(client, id, ours)).equals(file().content));
        });

        it("that is disabled is current no more", async () => {
            const id = await create();
            await upload(id);
            await upload(id, 1, file("second\n"));
            await platform.disableDatasetVersion(client, id, 2);
            const versions = await platform.listDatasetVersions(client, id);
            assert.equal(platform.currentVersion(versions)?.version, 1);
            assert.equal(platform.currentVersion([]), undefined);
        });

        it("links to an address, and is found again after a lost answer", async () => {
            const id = await create({ sourceType: "LINKED" });
            const link = { url: "https://example.com/a.csv", hasHeader: false };
            lose("LinkDatasetVersion");
            const version = await platform.linkDatasetVersion(client, id, link, { after: 0, createOnce });
            assert.deepEqual(
                [version.version, version.hasHeader, version.linkedSource?.url],
                [1, false, "https://example.com/a.csv"],
            );
            assert.equal(calls().filter((each) => each === "LinkDatasetVersion").length, 1);
        });

        it("is not what a proxy's login page says", async () => {
            const id = await create();
            const version = await upload(id);
            const page: FaultKind = { kind: "status", status: 200, body: "<html>Sign in</html>" };
            emulator.faults.add({ ...page, match: { operation: "DownloadDatasetV2" } });
            const error = await failure(platform.downloadDatasetVersion(client, id, version));
            assert.equal(error.kind, "malformedAnswer");
        });

        it("that is refused says so without its content", async () => {
            const id = await create();
            const content = "patient,diagnosis-of-the-patient\n";
            const fault: FaultKind = { kind: "status", status: 400, message: `Bad file: ${content}` };
            emulator.faults.add({ ...fault, match: { operation: "UploadDatasetV2" } });
            const error = await failure(upload(id, 0, file(content)));
            assert.match(error.message, /Bad file: \[redacted\]/);
            assert.doesNotMatch(error.message, /diagnosis/);
        });
    });

    describe("a data-link", () => {
        const LINK: platform.DataLinkSpec = {
            name: "reads",
            type: "bucket",
            provider: "aws",
            resourceRef: "s3://reads",
            publicAccessible: true,
        };
        const link = async () => {
            const { id: made, adopted } = await platform.createDataLink(client, LINK, { createOnce });
            return { id: made.id, adopted };
        };

        it("is made, changed and deleted", async () => {
            const { id } = await link();
            await platform.updateDataLink(client, id, { name: "new", description: "d" });
            const found = await platform.findDataLink(client, id);
            assert.deepEqual([found?.name, found?.description, found?.resourceRef], ["new", "d", "s3://reads"]);
            assert.equal(await platform.deleteDataLink(client, id), "accepted");
            assert.equal(await platform.deleteDataLink(client, id), "gone");
            assert.equal(await platform.findDataLink(client, id), undefined);
        });

        it("is made once, although an answer is lost", async () => {
            lose("CreateCustomDataLink");
            const { id, adopted } = await link();
            assert.equal(adopted, true);
            assert.deepEqual(
                emulator.state.dataLinks.map((each) => each.id),
                [id],
            );
            assert.match((await failure(link())).message, /A data-link named "reads" to s3:\/\/reads already exists/);
        });
    });

    describe("the schema of a pipeline", () => {
        const SCHEMA = '{"type":"object"}';

        it("is stored, and found for the version that launches with it", async () => {
            const read = (body: unknown): any => body;
            const credentials = { name: "cluster", provider: "k8s", keys: { token: "kubernetes-token" } };
            const { credentialsId } = await client.post("/credentials", { credentials }, { read });
            const config = { server: "https://127.0.0.1:6443", sslCert: "LS0t", namespace: "nextflow" };
            const paths = { headServiceAccount: "launcher", storageClaimName: "scratch", workDir: "/scratch/work" };
            const kind = { discriminator: "k8s-platform", ...config, ...paths };
            const computeEnv = { name: "prod", platform: "k8s-platform", credentialsId, config: kind };
            const { computeEnvId } = await client.post("/compute-envs", { computeEnv }, { read });
            const launch = { computeEnvId, pipeline: "https://github.com/nextflow-io/hello", workDir: "/scratch/work" };
            const make = async (name: string, others: object): Promise<number> => {
                const body = { name, launch: { ...launch, ...others } };
                return (await client.post("/pipelines", body, { read })).pipeline.pipelineId as number;
            };
            const pipelineSchemaId = await platform.createPipelineSchema(client, SCHEMA);
            const withOne = await make("with", { pipelineSchemaId, paramsText: "{}" });
            assert.equal((await platform.findPipelineSchema(client, withOne))?.schema, SCHEMA);
            const both = await platform.findPipelineSchema(client, withOne, { attributes: ["schema", "params"] });
            assert.equal(both?.params, "{}");
            assert.equal(await platform.findPipelineSchema(client, await make("without", {})), undefined);
        });

        it("is stored twice after a lost answer, which nobody sees", async () => {
            const patient = new platform.PlatformClient(
                { endpoint: emulator.endpoint, accessToken: DEFAULT_ACCESS_TOKEN, workspaceId: DEFAULT_WORKSPACE.id },
                { retry: { baseDelayMs: 1 } },
            );
            lose("CreatePipelineSchema");
            assert.ok(Number.isSafeInteger(await platform.createPipelineSchema(patient, SCHEMA)));
            await patient.close();
        });
    });
});
