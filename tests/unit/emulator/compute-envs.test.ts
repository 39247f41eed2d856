import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../../src/emulator";
import {
    Client,
    computeEnvBody,
    createCredentials,
    kubernetesConfig,
    settled,
    startEmulator,
    stopEmulators,
} from "./support";

describe("emulator: compute environments", () => {
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
        assert.deepEqual(Object.keys(created.body), ["computeEnvId"]);
        assert.match(created.body.computeEnvId, /^[0-9A-Za-z]{22}$/);
        const { status, body } = await settled(client, created.body.computeEnvId);
        assert.equal(status, 200);
        assert.equal(body.computeEnv.status, "AVAILABLE");
        assert.equal(body.computeEnv.labels, null);
        assert.equal(body.computeEnv.primary, null);
        assert.equal(body.computeEnv.deleted, null);
        assert.deepEqual(body.computeEnv.config, {
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
});
