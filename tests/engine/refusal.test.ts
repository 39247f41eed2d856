import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../src/emulator";
import { kubectl } from "./support/cluster";
import { testEngine } from "./support/engine";
import { environmentStack, freshNamespace, startPlatform, TOKEN } from "./support/platform";
import { TestStack } from "./support/stack";

const CREDENTIALS_ONLY = `
    const seqera = require("pulumi-seqera-kubernetes");
    new seqera.Credentials("credential", { kubernetes: { token: "some-launcher-token" } });
`;

describe("what cannot work is refused with a reason, on the real engine", function () {
    this.timeout(120_000);

    let platform: PlatformEmulator;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
    });

    after(() => platform?.stop());

    it("names every fault of the arguments at preview, and makes nothing", async () => {
        const namespace = freshNamespace();
        const stack = await environmentStack(platform, namespace, {
            name: "two words",
            cluster: { certificateAuthority: "not a certificate" },
            credentialsId: "abc",
            credentials: { name: "launcher" },
            serviceAccounts: { head: { name: "Head" } },
            storage: { size: "500 GB", mountPath: "/scratch" },
            workDirectory: "/elsewhere/work",
            nextflowConfig: "x".repeat(3201),
            stagingOptions: { preRunScript: "é".repeat(513) },
            labels: { app: "nextflow" },
        });
        const { code, output } = await stack.run(["preview"]);
        assert.notEqual(code, 0);
        const lines = output.split("\n").map((line) => line.trim());
        for (const start of [
            'name "two words" has other characters',
            "cluster.server is missing",
            "cluster.certificateAuthority is not a PEM certificate",
            "credentialsId is given together with credentials",
            'serviceAccounts.head.name "Head" is not an RFC 1123 subdomain',
            'storage.size "500 GB" is not a Kubernetes quantity',
            'workDirectory "/elsewhere/work" lies outside "/scratch"',
            "nextflowConfig has 3201 characters",
            "stagingOptions.preRunScript has 1026 bytes",
            'labels.app "app" is a label that Nextflow keeps for itself',
        ]) {
            assert.ok(
                lines.some((line) => line.startsWith(start)),
                `no line starts with: ${start}\n${output}`,
            );
        }
        assert.doesNotMatch(output, /\n\s+at |unhandled exception/);
        await assert.rejects(kubectl("get", "namespace", namespace), /NotFound/);
        assert.deepEqual(platform.requests, []);
    });

    for (const [what, config, message] of [
        [
            "no token",
            { "seqera:accessToken": undefined },
            /No access token for Seqera Platform: set the argument accessToken/,
        ],
        [
            "an endpoint without https",
            { "seqera:endpoint": "http://platform.example.com/api" },
            /seqera:endpoint "http:\/\/platform\.example\.com\/api" is not https/,
        ],
        [
            "a workspace that is no number",
            { "seqera:workspaceId": "genomics" },
            /seqera:workspaceId "genomics" is not a workspace id/,
        ],
    ] as const) {
        it(`refuses ${what} at preview`, async () => {
            const stack = await TestStack.create({
                config: { "seqera:endpoint": platform.endpoint, "seqera:accessToken": TOKEN },
                program: CREDENTIALS_ONLY,
            });
            await stack.configure(config);
            const { code, output } = await stack.run(["preview"]);
            assert.notEqual(code, 0);
            assert.match(output, message);
            assert.deepEqual(platform.requests, []);
        });
    }

    it("says what to check where the Platform does not let us in", async () => {
        const workspaceId = "75887156211589";
        // The API server stands in for a Platform whose certificate nobody here trusts.
        const { cluster } = await testEngine();
        for (const [config, token, message] of [
            [{ "seqera:endpoint": "http://127.0.0.1:1/api" }, TOKEN, /GET \/credentials\/validate: .*refused/i],
            [{ "seqera:endpoint": `${cluster.server}/api` }, TOKEN, /GET \/credentials\/validate: .*certificate/i],
            [{ "seqera:workspaceId": workspaceId }, "a-token-of-nobody", /GET \/credentials\/validate: .*401.*token/i],
            [{ "seqera:workspaceId": "1234" }, TOKEN, /GET \/credentials\/validate: .*403.*workspace/i],
        ] as const) {
            const stack = await TestStack.create({
                config: { ...{ "seqera:endpoint": platform.endpoint }, ...config, "seqera:accessToken": token },
                program: CREDENTIALS_ONLY,
            });
            const { code, output } = await stack.up();
            assert.notEqual(code, 0);
            assert.match(output, message);
            assert.ok(!output.includes(token) && !output.includes("some-launcher-token"), "a secret is shown");
            assert.deepEqual(platform.state.credentials, []);
        }
    });
});
