import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { PlatformEmulator } from "../../../src/emulator";
import { Client, createComputeEnv, createCredentials, startEmulator, stopEmulators } from "./support";

const PEM = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
const KEY = "-----BEGIN PRIVATE KEY-----\nMIIC\n-----END PRIVATE KEY-----\n";
const ARN = "arn:aws:iam::123456789012:role/seqera";

describe("emulator: credentials", () => {
    let emulator: PlatformEmulator;
    let client: Client;

    beforeEach(async () => {
        emulator = await startEmulator();
        client = new Client(emulator.endpoint);
    });

    afterEach(stopEmulators);

    const kinds: [string, string, Record<string, string>, string[]][] = [
        ["Kubernetes token", "k8s", { token: "S3CRET" }, ["token"]],
        ["Kubernetes X.509", "k8s", { certificate: PEM, privateKey: KEY }, ["privateKey"]],
        [
            "AWS keys",
            "aws",
            { mode: "keys", accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "S3CRET", assumeRoleArn: ARN },
            ["secretKey"],
        ],
        ["AWS role", "aws", { mode: "role", assumeRoleArn: ARN }, []],
        ["Google key", "google", { data: '{"private_key":"S3CRET"}' }, ["data"]],
        [
            "Google workload identity",
            "google",
            {
                serviceAccountEmail: "x@p.iam.gserviceaccount.com",
                workloadIdentityProvider: "projects/1/x",
                tokenAudience: "a",
            },
            [],
        ],
        [
            "Azure",
            "azure",
            { batchName: "b", batchKey: "S3CRET", storageName: "s", storageKey: "S3CRET" },
            ["batchKey", "storageKey"],
        ],
        ["Azure Entra", "azure_entra", { tenantId: "t", clientId: "c", clientSecret: "S3CRET" }, ["clientSecret"]],
        [
            "Azure Cloud",
            "azure-cloud",
            { subscriptionId: "s", tenantId: "t", clientId: "c", clientSecret: "S3CRET" },
            ["clientSecret"],
        ],
        [
            "container registry",
            "container-reg",
            { userName: "u", password: "S3CRET", registry: "quay.io" },
            ["password"],
        ],
    ];
    for (const [kind, provider, keys, secret] of kinds) {
        it(`${kind}: answers what is readable and never what is secret`, async () => {
            const id = await createCredentials(client, { name: "c", provider, keys, description: "d" });
            assert.match(id, /^[0-9A-Za-z]{22}$/);
            const { status, body } = await client.get(`/credentials/${id}`);
            assert.equal(status, 200);
            const { credentials } = body;
            assert.deepEqual(
                [
                    credentials.name,
                    credentials.provider,
                    credentials.description,
                    credentials.status,
                    credentials.deleted,
                ],
                ["c", provider, "d", "AVAILABLE", null],
            );
            assert.equal(credentials.keys.discriminator, provider);
            for (const [key, value] of Object.entries(keys)) {
                assert.equal(credentials.keys[key], secret.includes(key) ? undefined : value, key);
            }
            const listed = (await client.get("/credentials")).body.credentials;
            for (const shown of [body, listed, emulator.state, emulator.requests]) {
                assert.equal(/S3CRET|PRIVATE KEY/.test(inspect(shown, { depth: null })), false);
            }
        });
    }

    it("logs a request with its secret keys, known or misspelled, redacted", async () => {
        await client.post("/credentials", {
            credentials: { name: "c", provider: "k8s", keys: { token: "S3CRET", tokn: "S3CRET" } },
        });
        const [{ body }] = emulator.requests;
        assert.deepEqual(body, {
            credentials: { name: "c", provider: "k8s", keys: { token: "[redacted]", tokn: "[redacted]" } },
        });
    });

    describe("refuses with 400", () => {
        const cases: [string, object, RegExp][] = [
            ["a missing name", { name: undefined }, /name/],
            ["a bad name", { name: "no spaces" }, /not valid/],
            ["a missing provider", { provider: undefined }, /provider/],
            ["an unknown provider", { provider: "mainframe" }, /provider/],
            ["missing keys", { keys: undefined }, /need a token/],
            ["a certificate without its key", { keys: { certificate: PEM } }, /certificate with its private key/],
            ["a certificate that is not PEM", { keys: { certificate: "MIIB", privateKey: KEY } }, /PEM/],
            [
                "AWS keys without the secret",
                { provider: "aws", keys: { accessKey: "AKIAIOSFODNN7EXAMPLE" } },
                /secretKey/,
            ],
            ["an AWS role without the ARN", { provider: "aws", keys: { mode: "role" } }, /assumeRoleArn/],
            [
                "an AWS role that is no ARN",
                { provider: "aws", keys: { mode: "role", assumeRoleArn: "x" } },
                /Invalid AWS role ARN/,
            ],
            ["an unknown AWS mode", { provider: "aws", keys: { mode: "x", assumeRoleArn: ARN } }, /mode/],
            ["a Google key that is not JSON", { provider: "google", keys: { data: "x" } }, /JSON/],
            [
                "Google without any key",
                { provider: "google", keys: {} },
                /serviceAccountEmail, workloadIdentityProvider/,
            ],
            [
                "Azure without its keys",
                { provider: "azure", keys: { batchName: "b" } },
                /batchKey, storageName, storageKey/,
            ],
        ];
        for (const [what, overrides, message] of cases) {
            it(what, async () => {
                emulator = await startEmulator({ openapi: undefined });
                client = new Client(emulator.endpoint);
                const credentials = { name: "c", provider: "k8s", keys: { token: "t" }, ...overrides };
                const { status, body } = await client.post("/credentials", { credentials });
                assert.equal(status, 400);
                assert.match(body.message as string, message);
                assert.deepEqual(emulator.state.credentials, []);
            });
        }
    });

    it("refuses a duplicate name with 409, and frees it at once when deleted", async () => {
        const id = await createCredentials(client);
        const body = { credentials: { name: "cluster", provider: "k8s", keys: { token: "t" } } };
        assert.equal((await client.post("/credentials", body)).status, 409);
        assert.equal((await client.get("/credentials/validate", { name: "cluster" })).status, 409);
        assert.equal((await client.get("/credentials/validate", { name: "fresh" })).status, 204);
        assert.equal((await client.get("/credentials/validate", { name: "f r e s h" })).status, 400);
        assert.equal((await client.delete(`/credentials/${id}`)).status, 204);
        assert.equal((await client.post("/credentials", body)).status, 200);
    });

    it("rotates keys in place: 204, the same id, a changed certificate, an advanced date", async () => {
        const times = ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"];
        let now = times[0];
        emulator = await startEmulator({ clock: () => new Date(now) });
        client = new Client(emulator.endpoint);
        const keys = { certificate: PEM, privateKey: KEY };
        const id = await createCredentials(client, { keys });
        now = times[1];
        const changed = { certificate: PEM.replace("MIIB", "MIIX"), privateKey: KEY };
        const { status, body } = await client.put(`/credentials/${id}`, {
            credentials: { id, name: "cluster", provider: "k8s", keys: changed },
        });
        assert.deepEqual([status, body], [204, undefined]);
        const { credentials } = (await client.get(`/credentials/${id}`)).body;
        assert.deepEqual(
            [credentials.id, credentials.keys.certificate, credentials.dateCreated, credentials.lastUpdated],
            [id, changed.certificate, ...times],
        );
    });

    it("renames, and refuses a duplicate name, another provider and another id", async () => {
        const id = await createCredentials(client);
        await createCredentials(client, { name: "other" });
        const update = async (overrides: object): Promise<number> => {
            const credentials = { id, name: "cluster", provider: "k8s", keys: { token: "t" }, ...overrides };
            return (await client.put(`/credentials/${id}`, { credentials })).status;
        };
        assert.equal(await update({ name: "renamed" }), 204);
        assert.equal((await client.get(`/credentials/${id}`)).body.credentials.name, "renamed");
        assert.equal(await update({ name: "other" }), 409);
        assert.equal(await update({ provider: "aws", keys: { assumeRoleArn: ARN } }), 400);
        assert.equal(await update({ id: "another" }), 400);
    });

    it("gives an AWS role an external id and its trust policy, and keeps both when keys are rotated", async () => {
        const keys = { mode: "role", assumeRoleArn: ARN, externalId: "chosen-by-client" };
        const credentials = { name: "aws", provider: "aws", keys };
        const created = await client.post("/credentials", { credentials }, { useExternalId: true });
        const id = created.body.credentialsId as string;
        const { body } = await client.get(`/credentials/${id}`);
        const { externalId } = body.credentials.keys;
        assert.match(externalId as string, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
        const policy = JSON.parse(body.setupSnippet as string);
        assert.equal(policy.Statement[0].Condition.StringEquals["sts:ExternalId"], externalId);
        await client.put(`/credentials/${id}`, { credentials: { ...credentials, id } });
        assert.equal((await client.get(`/credentials/${id}`)).body.credentials.keys.externalId, externalId);
    });

    it("gives no external id and no trust policy unless asked", async () => {
        const id = await createCredentials(client, { provider: "aws", keys: { mode: "role", assumeRoleArn: ARN } });
        const { body } = await client.get(`/credentials/${id}`);
        assert.equal(body.credentials.keys.externalId, null);
        assert.equal(body.setupSnippet, undefined);
    });

    it("lists those that fit a platform", async () => {
        await createCredentials(client, { name: "k", provider: "k8s" });
        await createCredentials(client, { name: "a", provider: "aws", keys: { assumeRoleArn: ARN } });
        await createCredentials(client, { name: "g", provider: "google", keys: { data: "{}" } });
        const names = async (platformId?: string): Promise<string[]> => {
            const { body } = await client.get("/credentials", platformId === undefined ? {} : { platformId });
            return (body.credentials as { name: string }[]).map(({ name }) => name);
        };
        assert.deepEqual(await names(), ["k", "a", "g"]);
        assert.deepEqual(await names("k8s-platform"), ["k"]);
        assert.deepEqual(await names("eks-platform"), ["a"]);
        assert.deepEqual(await names("gke-platform"), ["g"]);
        assert.equal((await client.get("/credentials", { platformId: "x" })).status, 400);
    });

    describe("delete", () => {
        it("succeeds while a compute environment uses them; afterwards they answer 403", async () => {
            const id = await createCredentials(client);
            await createComputeEnv(client, id);
            assert.equal((await client.delete(`/credentials/${id}`)).status, 204);
            assert.equal((await client.get(`/credentials/${id}`)).status, 403);
            assert.equal((await client.delete(`/credentials/${id}`)).status, 403);
            assert.deepEqual((await client.get("/credentials")).body.credentials, []);
        });

        it("checked, is refused with the running jobs that depend on them", async () => {
            const id = await createCredentials(client);
            const computeEnvId = await createComputeEnv(client, id);
            const run = emulator.addRun(computeEnvId);
            const { status, body } = await client.delete(`/credentials/${id}`, { checked: true });
            assert.equal(status, 409);
            assert.equal(body.credentialsId, id);
            assert.deepEqual(
                body.conflicts.map((conflict: { id: string; type: string }) => [conflict.id, conflict.type]),
                [[run, "workflow"]],
            );
            emulator.endRun(run);
            assert.equal((await client.delete(`/credentials/${id}`, { checked: true })).status, 204);
        });
    });

    describe("validate", () => {
        it("reports the status, and forces INVALID ones alone", async () => {
            const id = await createCredentials(client);
            const path = `/credentials/${id}/validate`;
            const { body } = await client.post(path);
            assert.deepEqual(body, { status: "AVAILABLE", transientError: false, message: null });
            assert.equal((await client.post(path, {}, { force: true })).status, 409);
            emulator.setCredentialsStatus(id, "INVALID", "expired");
            assert.deepEqual((await client.post(path)).body, {
                status: "INVALID",
                transientError: false,
                message: "expired",
            });
            assert.equal((await client.post(path, {}, { force: true })).body.status, "AVAILABLE");
            assert.equal((await client.post("/credentials/unknown/validate")).status, 404);
        });

        it("finds INVALID the very keys that were refused, until they are taken again", async () => {
            const id = await createCredentials(client, { keys: { token: "one" } });
            const put = (token: string) =>
                client.put(`/credentials/${id}`, {
                    credentials: { id, name: "cluster", provider: "k8s", keys: { token } },
                });
            const validated = async () => {
                const { status, message } = (await client.post(`/credentials/${id}/validate`)).body;
                return [status, message];
            };
            emulator.setCredentialsStatus(id, "INVALID", "expired");
            await put("one");
            assert.deepEqual(await validated(), ["INVALID", "expired"]);
            await put("two");
            assert.equal((await client.get(`/credentials/${id}`)).body.credentials.status, "INVALID");
            assert.deepEqual(await validated(), ["AVAILABLE", null]);
            emulator.setCredentialsStatus(id, "AVAILABLE");
            await put("one");
            assert.deepEqual(await validated(), ["AVAILABLE", null]);
        });
    });
});
