import assert from "node:assert/strict";
import { Client, createComputeEnv, createCredentials, settled, startEmulator, stopEmulators } from "./support";

describe("emulator: compute environments of EKS and GKE", () => {
    let client: Client;

    beforeEach(async () => {
        client = new Client((await startEmulator()).endpoint);
    });

    afterEach(stopEmulators);

    const cloud = { region: "eu-west-1", clusterName: "c1", namespace: "tower-nf", headServiceAccount: "launcher" };

    it("creates with the cloud's credential and fills in the server once created", async () => {
        const aws = await createCredentials(client, {
            name: "aws",
            provider: "aws",
            keys: { accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "x" },
        });
        const google = await createCredentials(client, {
            name: "google",
            provider: "google",
            keys: { data: "{}" },
        });
        for (const [platform, credentials] of [
            ["eks-platform", aws],
            ["gke-platform", google],
        ] as const) {
            const config = {
                discriminator: platform,
                ...cloud,
                workDir: "s3://b/work",
                waveEnabled: true,
                fusion2Enabled: true,
            };
            const answer = await client.post("/compute-envs", {
                computeEnv: { name: platform, platform, credentialsId: credentials, config },
            });
            assert.equal(answer.status, 200, JSON.stringify(answer.body));
            const { body } = await settled(client, answer.body.computeEnvId as string);
            assert.equal(body.computeEnv.status, "AVAILABLE");
            assert.match(body.computeEnv.config.server as string, /^https:\/\//);
            assert.notEqual(body.computeEnv.config.sslCert, null);
            assert.equal(body.computeEnv.config.fusion2Enabled, true);
        }
    });

    it("refuses Fusion without Wave, and a missing region or cluster", async () => {
        const aws = await createCredentials(client, {
            name: "aws",
            provider: "aws",
            keys: { accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: "x" },
        });
        const create = (config: object): ReturnType<Client["post"]> =>
            client.post("/compute-envs", {
                computeEnv: {
                    name: "e",
                    platform: "eks-platform",
                    credentialsId: aws,
                    config: { ...cloud, ...config },
                },
            });
        assert.match((await create({ fusion2Enabled: true })).body.message as string, /requires Wave/);
        assert.match((await create({ region: undefined })).body.message as string, /config\.region/);
        assert.match((await create({ clusterName: undefined })).body.message as string, /config\.clusterName/);
    });

    it("does not keep Wave and Fusion for generic Kubernetes, which has neither", async () => {
        const id = await createComputeEnv(client, await createCredentials(client), {}, { waveEnabled: true });
        const { body } = await client.get(`/compute-envs/${id}`);
        assert.equal("waveEnabled" in body.computeEnv.config, false);
    });
});
