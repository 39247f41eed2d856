import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../../src/emulator";
import {
    Client,
    computeEnvBody,
    createComputeEnv,
    createCredentials,
    kubernetesConfig,
    settled,
    startEmulator,
    stopEmulators,
    workspaceId,
} from "./support";

describe("emulator: creating and describing compute environments", () => {
    let emulator: PlatformEmulator;
    let client: Client;
    let credentialsId: string;

    beforeEach(async () => {
        emulator = await startEmulator();
        client = new Client(emulator.endpoint);
        credentialsId = await createCredentials(client);
    });

    afterEach(stopEmulators);

    it("creates one: CREATING at once, then AVAILABLE, its config with every known key", async () => {
        const created = await client.post("/compute-envs", computeEnvBody(credentialsId));
        assert.equal(created.status, 200);
        assert.deepEqual(Object.keys(created.body as object), ["computeEnvId"]);
        assert.match(created.body.computeEnvId as string, /^[0-9A-Za-z]{22}$/);
        const { status, body } = await settled(client, created.body.computeEnvId as string);
        assert.equal(status, 200);
        const { computeEnv } = body;
        assert.equal(computeEnv.status, "AVAILABLE");
        assert.deepEqual(
            [computeEnv.labels, computeEnv.primary, computeEnv.deleted, computeEnv.message],
            [null, null, null, null],
        );
        assert.equal(computeEnv.workspaceId, workspaceId);
        assert.match(computeEnv.dateCreated as string, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        assert.deepEqual(computeEnv.config, {
            computeServiceAccount: null,
            environment: null,
            headJobCpus: null,
            headJobMemoryMb: null,
            headPodSpec: null,
            nextflowConfig: null,
            podCleanup: null,
            postRunScript: null,
            preRunScript: null,
            servicePodSpec: null,
            storageMountPath: null,
            ...kubernetesConfig,
        });
    });

    it("takes a config without a discriminator and answers one", async () => {
        const id = await createComputeEnv(client, credentialsId, {}, { discriminator: undefined });
        const { body } = await client.get(`/compute-envs/${id}`);
        assert.equal(body.computeEnv.config.discriminator, "k8s-platform");
    });

    it("treats null as absent", async () => {
        const id = await createComputeEnv(client, credentialsId, { description: null }, { servicePodSpec: null });
        const { body } = await client.get(`/compute-envs/${id}`);
        assert.equal(body.computeEnv.config.servicePodSpec, null);
    });

    describe("refuses with 400", () => {
        const script = "é".repeat(513);
        const cases: [string, object, object, RegExp][] = [
            ["a missing name", { name: undefined }, {}, /'?name'?/],
            ["a name with other characters", { name: "no spaces" }, {}, /name 'no spaces' is not valid/],
            ["a name of 101 characters", { name: "a".repeat(101) }, {}, /name|100/],
            ["a missing platform", { platform: undefined }, { discriminator: undefined }, /platform/],
            ["an unknown platform", { platform: "mainframe" }, { discriminator: undefined }, /platform/],
            ["a missing config", { config: undefined }, {}, /config/],
            ["a config of another platform", {}, { discriminator: "eks-platform" }, /of type 'eks-platform'/],
            ["a missing server", {}, { server: undefined }, /config\.server/],
            ["a missing certificate", {}, { sslCert: undefined }, /config\.sslCert/],
            ["a missing namespace", {}, { namespace: undefined }, /config\.namespace/],
            ["a missing head service account", {}, { headServiceAccount: undefined }, /config\.headServiceAccount/],
            ["a missing storage claim", {}, { storageClaimName: undefined }, /config\.storageClaimName/],
            ["a value of another type", {}, { headJobCpus: "two" }, /headJobCpus/],
            ["an unknown pod cleanup", {}, { podCleanup: "sometimes" }, /podCleanup/],
            ["a pre-run script over 1024 bytes", {}, { preRunScript: script }, /preRunScript' is 1026 bytes/],
            ["a post-run script over 1024 bytes", {}, { postRunScript: script }, /postRunScript' is 1026 bytes/],
            [
                "an environment variable with no target",
                {},
                { environment: [{ name: "A", value: "1" }] },
                /'A' must target/,
            ],
            ["an environment variable with no name", {}, { environment: [{ value: "1", head: true }] }, /has no name/],
            ["a missing credential", { credentialsId: undefined }, {}, /credentialsId/],
            ["an unknown credential", { credentialsId: "nope" }, {}, /Unknown credentials with ID 'nope'/],
            ["a description of 2001 characters", { description: "x".repeat(2001) }, {}, /description|2000/],
        ];
        for (const [what, overrides, config, message] of cases) {
            // The emulator's own checks: users do not have the document.
            it(what, async () => {
                emulator = await startEmulator({ openapi: undefined });
                client = new Client(emulator.endpoint);
                credentialsId = await createCredentials(client);
                const { status, body } = await client.post(
                    "/compute-envs",
                    computeEnvBody(credentialsId, overrides, config),
                );
                assert.equal(status, 400);
                assert.match(body.message as string, message);
                assert.deepEqual(emulator.state.computeEnvs, []);
            });
        }

        it("a credential that was deleted, with the Platform's words", async () => {
            await client.delete(`/credentials/${credentialsId}`);
            const { status, body } = await client.post("/compute-envs", computeEnvBody(credentialsId));
            const message = "The credentials 'cluster' have been deleted. Select different credentials and try again";
            assert.deepEqual([status, body], [400, { message }]);
        });

        it("a credential that is INVALID, with the Platform's words", async () => {
            emulator.setCredentialsStatus(credentialsId, "INVALID", "token expired");
            const { status, body } = await client.post("/compute-envs", computeEnvBody(credentialsId));
            const message =
                "The credentials 'cluster' are invalid — token expired. Update and validate the credentials, then try again";
            assert.deepEqual([status, body], [400, { message }]);
        });

        it("a credential of another provider", async () => {
            const aws = await createCredentials(client, {
                name: "aws",
                provider: "aws",
                keys: { accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "x" },
            });
            const { status, body } = await client.post("/compute-envs", computeEnvBody(aws));
            assert.equal(status, 400);
            assert.match(body.message as string, /provider 'aws', platform 'k8s-platform' needs 'k8s'/);
        });

        it("a body that is not JSON, and one without computeEnv", async () => {
            assert.equal((await client.post("/compute-envs", {})).status, 400);
            const { endpoint } = await startEmulator({ openapi: undefined });
            const answer = await fetch(`${endpoint}/compute-envs?workspaceId=${workspaceId}`, {
                method: "POST",
                headers: { authorization: "Bearer seqera-emulator-token", "content-type": "application/json" },
                body: "{not json",
            });
            assert.equal(answer.status, 400);
        });
    });

    it("takes scripts of exactly 1024 bytes", async () => {
        await createComputeEnv(
            client,
            credentialsId,
            {},
            { preRunScript: "é".repeat(512), postRunScript: "x".repeat(1024) },
        );
    });

    it("takes an INVALID credential where pre-flight checks are off", async () => {
        const { endpoint, setCredentialsStatus } = await startEmulator({ preflight: false }).then((started) => ({
            endpoint: started.endpoint,
            setCredentialsStatus: started.setCredentialsStatus.bind(started),
        }));
        const there = new Client(endpoint);
        const id = await createCredentials(there);
        setCredentialsStatus(id, "INVALID");
        await createComputeEnv(there, id);
    });

    it("refuses a duplicate name with 409, also while the holder is being deleted, until deletion has ended", async () => {
        const id = await createComputeEnv(client, credentialsId);
        assert.equal((await client.get("/compute-envs/validate", { name: "prod" })).status, 409);
        const { status, body } = await client.post("/compute-envs", computeEnvBody(credentialsId));
        assert.deepEqual([status, /Duplicate element/.test(body.message as string)], [409, true]);

        emulator.faults.add({ kind: "stuck", match: { operation: "DeleteComputeEnv" } });
        assert.equal((await client.delete(`/compute-envs/${id}`)).status, 204);
        assert.equal((await client.get(`/compute-envs/${id}`)).body.computeEnv.status, "DELETING");
        assert.equal((await client.post("/compute-envs", computeEnvBody(credentialsId))).status, 409);
        emulator.release(id);
        await settled(client, id);
        assert.equal((await client.get("/compute-envs/validate", { name: "prod" })).status, 204);
        await createComputeEnv(client, credentialsId);
    });

    it("validates names: 204 free, 400 not valid or missing", async () => {
        assert.equal((await client.get("/compute-envs/validate", { name: "free" })).status, 204);
        assert.equal((await client.get("/compute-envs/validate", { name: "not free!" })).status, 400);
        assert.equal((await client.get("/compute-envs/validate")).status, 400);
    });

    it("lists what is not deleted, by status if asked", async () => {
        const first = await createComputeEnv(client, credentialsId, { name: "one" }, { workDir: "/scratch/a" });
        const second = await createComputeEnv(client, credentialsId, { name: "two" });
        await client.post(`/compute-envs/${second}/disable`);
        const { body } = await client.get("/compute-envs");
        assert.deepEqual(
            body.computeEnvs.map(({ id, name, status, workDir }: Record<string, string>) => [
                id,
                name,
                status,
                workDir,
            ]),
            [
                [first, "one", "AVAILABLE", "/scratch/a"],
                [second, "two", "DISABLED", "/scratch/work"],
            ],
        );
        const disabled = await client.get("/compute-envs", { status: "DISABLED" });
        assert.deepEqual(
            disabled.body.computeEnvs.map(({ id }: { id: string }) => id),
            [second],
        );
        await client.delete(`/compute-envs/${first}`);
        await settled(client, first);
        assert.equal((await client.get("/compute-envs")).body.computeEnvs.length, 1);
    });

    it("answers 403 for an id that never existed", async () => {
        const calls = [
            client.get("/compute-envs/unknown"),
            client.put("/compute-envs/unknown", { name: "x" }),
            client.delete("/compute-envs/unknown"),
            client.post("/compute-envs/unknown/primary"),
            client.post("/compute-envs/unknown/enable"),
        ];
        for (const { status, body } of await Promise.all(calls)) {
            assert.deepEqual([status, body], [403, { message: "Forbidden" }]);
        }
        assert.equal((await client.post("/compute-envs/unknown/validate")).status, 404);
    });

    describe("labels", () => {
        let label: number;

        beforeEach(async () => {
            const { body } = await client.post("/labels", { name: "team", value: "genomics", resource: true });
            label = body.id as number;
        });

        const create = (labelIds: unknown): ReturnType<Client["post"]> =>
            client.post("/compute-envs", { ...computeEnvBody(credentialsId), labelIds });

        it("shows them only when they are asked for, with the key repeated or comma-joined", async () => {
            const id = (await create([label])).body.computeEnvId as string;
            assert.equal((await client.get(`/compute-envs/${id}`)).body.computeEnv.labels, null);
            for (const attributes of [["labels"], ["labels", "resources"]]) {
                const { body } = await client.get(`/compute-envs/${id}`, { attributes });
                assert.equal(body.computeEnv.labels[0].id, label);
            }
            for (const attributes of ["labels", "labels,resources"]) {
                const { status, body } = await client.get("/compute-envs", { attributes });
                assert.equal(status, 200, JSON.stringify(body));
                assert.equal(body.computeEnvs[0].labels[0].value, "genomics");
            }
        });

        it("refuses unknown labels, simple labels, and two values of one name", async () => {
            assert.deepEqual((await create([4711])).body, { message: "Labels not found" });
            const simple = (await client.post("/labels", { name: "simple" })).body.id as number;
            assert.match((await create([simple])).body.message as string, /not a resource label/);
            const second = (await client.post("/labels", { name: "team", value: "imaging", resource: true })).body
                .id as number;
            assert.match((await create([label, second])).body.message as string, /more than one value/);
        });

        it("refuses more than 25", async () => {
            const ids: number[] = [];
            for (let i = 0; i < 26; i++) {
                const { body } = await client.post("/labels", { name: `label-${i}`, value: "v1", resource: true });
                ids.push(body.id as number);
            }
            assert.match((await create(ids)).body.message as string, /at most 25/);
            assert.equal((await create(ids.slice(1))).status, 200);
        });

        it("applies default labels only if the option says so", async () => {
            for (const applyDefaultLabels of [false, true]) {
                const there = new Client((await startEmulator({ applyDefaultLabels })).endpoint);
                const credentials = await createCredentials(there);
                await there.post("/labels", { name: "cost", value: "c1", resource: true, isDefault: true });
                const id = await createComputeEnv(there, credentials);
                const { body } = await there.get(`/compute-envs/${id}`, { attributes: "labels" });
                assert.equal(body.computeEnv.labels.length, applyDefaultLabels ? 1 : 0);
            }
        });
    });
});
