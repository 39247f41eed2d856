/** The client against the Platform emulator: each call in the form that the API documents, and the life of an object. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { sameConfig } from "../../../src/compile/configDiff";
import { sameKeys } from "../../../src/dynamic/providers/credentialsInputs";
import { DEFAULT_ACCESS_TOKEN, DEFAULT_WORKSPACE, type DeletedAnswer, PlatformEmulator } from "../../../src/emulator";
import * as platform from "../../../src/platform";
import { failure } from "./support";

/** The Platform's official OpenAPI document, where it lies beside the checkout: then every request is checked against it. */
const DOCUMENT = resolve(__dirname, "../../../../shared/reference/seqera-api.yaml");

const CREDENTIALS: platform.CredentialsSpec = { name: "cluster", provider: "k8s", keys: { token: "kubernetes-token" } };

function request(credentialsId: string, name = "prod"): platform.CreateComputeEnvRequest {
    return {
        computeEnv: {
            name,
            platform: "k8s-platform",
            credentialsId,
            config: {
                discriminator: "k8s-platform",
                server: "https://127.0.0.1:6443",
                sslCert: "LS0t",
                namespace: "nextflow",
                headServiceAccount: "tower-launcher-sa",
                storageClaimName: "scratch",
                storageMountPath: "/scratch",
                workDir: "/scratch/work",
                podCleanup: "on_success",
                environment: [{ name: "A", value: "1", head: true, compute: true }],
            },
        },
    };
}

describe("the client and the emulator", () => {
    let emulator: PlatformEmulator;
    let client: platform.PlatformClient;
    const quick: platform.ComputeEnvWaitOptions = { timeoutSeconds: 10, intervalsMs: [10] };

    async function start(deletedAnswer?: DeletedAnswer): Promise<void> {
        emulator = await PlatformEmulator.start({
            openapi: existsSync(DOCUMENT) ? DOCUMENT : undefined,
            kubernetes: false,
            rateLimit: false,
            deletedAnswer,
            timings: { create: { polls: 1 }, delete: { polls: 1 } },
        });
        client = new platform.PlatformClient(
            { endpoint: emulator.endpoint, accessToken: DEFAULT_ACCESS_TOKEN, workspaceId: DEFAULT_WORKSPACE.id },
            { callsPerSecond: 1_000, retry: { baseDelayMs: 1 } },
        );
    }

    afterEach(async () => {
        assert.deepEqual(emulator.violations, []);
        await client.close();
        await emulator.stop();
    });

    it("agree on every call", async () => {
        await start();
        assert.ok((await platform.serviceInfo(client)).apiVersion);
        const workspaces = await platform.userWorkspaces(client);
        assert.ok(workspaces.some(({ workspaceId }) => workspaceId === DEFAULT_WORKSPACE.id));

        const credentials = (await platform.createCredentials(client, CREDENTIALS, { sameKeys })).id;
        await platform.updateCredentials(client, credentials, { ...CREDENTIALS, keys: { token: "another" } });
        assert.equal((await platform.describeCredentials(client, credentials)).credentials.name, "cluster");
        assert.equal((await platform.validateCredentials(client, credentials)).status, "AVAILABLE");
        assert.equal((await platform.listCredentials(client, { platformId: "k8s-platform" })).length, 1);

        const label = (await platform.createLabel(client, { name: "team", value: "genomics", resource: true })).id;
        assert.equal((await platform.findLabel(client, label, { name: "team" }))?.value, "genomics");

        const { id } = await platform.createComputeEnv(
            client,
            { ...request(credentials), labelIds: [label] },
            { sameConfig },
        );
        assert.equal((await platform.waitForComputeEnv(client, id, quick)).outcome, "available");
        const shown = await platform.describeComputeEnv(client, id, { attributes: ["labels"] });
        assert.deepEqual(
            shown.labels?.map(({ name }) => name),
            ["team"],
        );
        await platform.updateComputeEnv(client, id, {
            name: "new",
            description: "d",
            credentialsId: credentials,
            fusionMetricsCollectionEnabled: false,
        });
        await platform.setPrimaryComputeEnv(client, id);
        assert.equal((await platform.findComputeEnv(client, id))?.primary, true);
        assert.equal((await platform.validateComputeEnv(client, id)).status, "AVAILABLE");

        assert.equal(await platform.deleteComputeEnv(client, id), "accepted");
        assert.equal((await platform.waitForComputeEnvGone(client, id, quick)).outcome, "gone");
        assert.equal(await platform.deleteLabel(client, label), "accepted");
        assert.equal(await platform.deleteCredentials(client, credentials, { checked: true }), "accepted");
        assert.equal(await platform.findCredentials(client, credentials), undefined);
    });

    it("agree that an environment takes the name check, the POST, and one call for each look", async () => {
        await start();
        const credentials = (await platform.createCredentials(client, CREDENTIALS, { sameKeys })).id;
        emulator.clearRequests();
        const { id } = await platform.createComputeEnv(client, request(credentials), { sameConfig });
        await platform.waitForComputeEnv(client, id, quick);
        assert.deepEqual(
            emulator.requests.map(({ method, path }) => `${method} ${path.replace(id, "{id}")}`),
            ["GET /compute-envs/validate", "POST /compute-envs", "GET /compute-envs/{id}", "GET /compute-envs/{id}"],
        );
    });

    for (const kind of ["reset-after", "reset-before", "malformed", "truncated"] as const) {
        it(`end with exactly one of each after ${kind}`, async () => {
            await start();
            for (const path of ["/credentials", "/compute-envs", "/labels"]) {
                emulator.faults.add({ kind, match: { method: "POST", path } });
            }
            const createOnce = { lookUpDelaysMs: [0, 5] };
            const credentials = await platform.createCredentials(client, CREDENTIALS, { createOnce, sameKeys });
            const environment = await platform.createComputeEnv(client, request(credentials.id), {
                createOnce,
                sameConfig,
            });
            const label = await platform.createLabel(
                client,
                { name: "team", value: "genomics", resource: true },
                { createOnce },
            );
            for (const made of [credentials, environment, label]) {
                assert.equal(made.adopted, kind !== "reset-before");
            }
            assert.deepEqual(
                (await platform.listCredentials(client)).map((each) => each.id),
                [credentials.id],
            );
            assert.deepEqual(
                (await platform.listComputeEnvs(client)).map((each) => each.id),
                [environment.id],
            );
            assert.deepEqual(
                (await platform.listLabels(client)).map((each) => each.id),
                [label.id],
            );
        });
    }

    for (const answer of ["200-deleted", "200-deleted-available", "403", "404", "400"] as const) {
        it(`agree on gone when a deleted one is answered ${answer}`, async () => {
            await start(answer);
            const credentials = (await platform.createCredentials(client, CREDENTIALS, { sameKeys })).id;
            const { id } = await platform.createComputeEnv(client, request(credentials), { sameConfig });
            await platform.waitForComputeEnv(client, id, quick);
            emulator.faults.add({ kind: "reset-after", match: { method: "DELETE" } });
            assert.notEqual(await platform.deleteComputeEnv(client, id), "gone");
            assert.equal((await platform.waitForComputeEnvGone(client, id, quick)).outcome, "gone");
            assert.equal(await platform.findComputeEnv(client, id), undefined);
            assert.equal(await platform.deleteComputeEnv(client, id), "gone");
            // Its name is free again.
            await platform.createComputeEnv(client, request(credentials), { sameConfig });
        });
    }

    it("agree that a token without rights is a lost permission", async () => {
        await start();
        const credentials = (await platform.createCredentials(client, CREDENTIALS, { sameKeys })).id;
        const { id } = await platform.createComputeEnv(client, request(credentials), { sameConfig });
        emulator.faults.add({ kind: "status", status: 403, match: { method: "GET", times: 100 } });
        assert.equal((await failure(platform.findComputeEnv(client, id))).kind, "forbidden");
        assert.equal((await platform.waitForComputeEnvGone(client, id, quick)).outcome, "failed");
    });
});
