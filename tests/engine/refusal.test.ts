import assert from "node:assert/strict";
import { DEFAULT_WORKSPACE, type PlatformEmulator } from "../../src/emulator";
import { kubectl } from "./support/cluster";
import { environmentStack, freshNamespace, startPlatform } from "./support/platform";
import { TestStack } from "./support/stack";

const CREDENTIALS_ONLY = `
    const seqera = require("pulumi-seqera-kubernetes");
    new seqera.Credentials("credential", { kubernetes: { token: "some-launcher-token" } });
`;

const SEEDED = `
    const pulumi = require("@pulumi/pulumi");
    const seqera = require("pulumi-seqera-kubernetes");
    new seqera.Credentials("both", {
        accessToken: "seeded token",
        endpoint: "https://user:seeded-password@platform.example.com/api",
        kubernetes: { token: pulumi.secret("seeded-launcher-token") },
        aws: { accessKey: "AKIASEEDEDEXAMPLE000", secretKey: pulumi.secret("seeded-key") },
    });
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
            resourceLabels: { app: "nextflow" },
        });
        const { output } = await stack.mustFail(/"two words"/, ["preview"]);
        const lines = output.split("\n").map((line) => line.trim());
        for (const start of [
            'name: "two words" contains characters other than',
            "cluster.server: required",
            "cluster.certificateAuthority: is not a PEM certificate",
            "credentialsId: cannot be used with credentials",
            'serviceAccounts.head.name: "Head" is not an RFC 1123 subdomain',
            'storage.size: "500 GB" is not a Kubernetes quantity',
            'workDirectory: "/elsewhere/work" is outside "/scratch"',
            "nextflowConfig: has 3201 characters",
            "stagingOptions.preRunScript: has 1026 bytes",
            'resourceLabels.app: "app" is a label that Nextflow reserves',
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

    it("names the connection's faults in the list of the arguments', once each (issue 17, point 6)", async () => {
        const namespace = freshNamespace();
        const stack = await environmentStack(platform, namespace, {
            "seqera:accessToken": undefined,
            "seqera:endpoint": "http://platform.example.com/api",
            "seqera:workspaceId": "genomics",
            name: "two words",
        });
        const { output } = await stack.mustFail(/"production" has invalid arguments/, ["preview"]);
        for (const start of ["name:", "endpoint: seqera:endpoint", "accessToken: required", "workspaceId: seqera"]) {
            assert.equal(output.split(`\n      ${start}`).length, 2, `${start}\n${output}`);
        }
        assert.doesNotMatch(output, /<nil>|\.:|resource '/);
        assert.deepEqual(platform.requests, []);
    });

    it("creates nothing with an endpoint without /api, and says what to write, once (issue 17, point 6)", async () => {
        const namespace = freshNamespace();
        const stack = await environmentStack(platform, namespace, {
            "seqera:endpoint": platform.endpoint.replace(/\/api$/, ""),
            resourceLabels: { team: "genomics" },
        });
        const { output } = await stack.mustFail(/Preflight failed: Seqera Platform cannot be used like this/);
        const said = `(write "${platform.endpoint}")`;
        assert.equal(output.split(said).length, 2, output);
        assert.doesNotMatch(output, /<nil>|\.:|does not exist in workspace/);
        await assert.rejects(kubectl("get", "namespace", namespace), /NotFound/);
        assert.deepEqual(platform.state.labels, []);
        platform.clearRequests();
    });

    describe("a connection", () => {
        let stack: TestStack;

        before(async () => {
            stack = await TestStack.create({ config: {}, program: CREDENTIALS_ONLY });
        });

        it("that cannot be one is refused at preview, with all that is wrong with it", async () => {
            await stack.configure({
                "seqera:accessToken": undefined,
                "seqera:endpoint": "http://platform.example.com/api",
                "seqera:workspaceId": "genomics",
            });
            const { output } = await stack.mustFail(/required to call Seqera Platform \(set the argument accessToken/, [
                "preview",
            ]);
            assert.match(output, /seqera:endpoint "http:\/\/platform\.example\.com\/api" does not use https/);
            assert.match(output, /seqera:workspaceId "genomics" is not a workspace id/);
            assert.deepEqual(platform.requests, []);
        });

        it("and keys that cannot be together are named, and their values are not shown", async () => {
            const seeded = await TestStack.create({ config: {}, program: SEEDED });
            const { output } = await seeded.mustFail(/kubernetes: only one of kubernetes, aws and google/, ["preview"]);
            assert.match(output, /accessToken: contains spaces/);
            assert.match(output, /endpoint: must not contain a user name or password/);
            assert.doesNotMatch(output, /seeded|SEEDED/);
        });

        it("says what to check where the Platform does not let us in", async () => {
            const token = "a-token-of-nobody";
            await stack.configure({
                "seqera:endpoint": platform.endpoint,
                "seqera:workspaceId": String(DEFAULT_WORKSPACE.id),
            });
            await stack.setToken(token);
            const { output } = await stack.mustFail(/GET \/credentials\/validate: .*401.*token/i);
            assert.ok(!output.includes(token) && !output.includes("some-launcher-token"), "a secret is shown");
            assert.deepEqual(platform.state.credentials, []);
        });
    });
});
