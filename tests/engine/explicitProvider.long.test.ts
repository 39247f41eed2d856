import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../src/emulator";
import { environments, freshNamespace, programStack, startPlatform, TOKEN } from "./support/platform";
import type { TestStack } from "./support/stack";

const PROGRAM = `
const kubernetes = require("@pulumi/kubernetes");
const pulumi = require("@pulumi/pulumi");
const seqera = require("pulumi-seqera-kubernetes");

const config = new pulumi.Config();
const kubeconfig = require("node:fs").readFileSync(config.require("kubeconfig"), "utf8");
const cluster = new kubernetes.Provider("cluster", { kubeconfig, clusterIdentifier: "lab" });
new seqera.KubernetesComputeEnvironment(
    "lab",
    { namespace: config.require("namespace"), cluster: config.requireObject("cluster") },
    config.getBoolean("explicit") ? { providers: [cluster, new seqera.Provider("seqera")] } : { provider: cluster },
);
`;

describe("a stack that allows no default providers (case 2)", function () {
    this.timeout(180_000);
    this.bail(true);

    let platform: PlatformEmulator;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
        stack = await programStack(platform, freshNamespace(), PROGRAM, { "pulumi:disable-default-providers": ["*"] });
    });

    after(() => platform?.stop());

    it("is told by Pulumi that the Platform's objects have none, and makes nothing", async () => {
        await stack.mustFail(/Default provider for 'pulumi-nodejs' disabled/, ["preview"]);
        assert.deepEqual(platform.requests, []);
    });

    it("makes an environment with a Provider, which reads the stack's configuration", async () => {
        await stack.configure({ explicit: true });
        await stack.mustUp();
        assert.deepEqual(
            environments(platform).map(({ status }) => status),
            ["AVAILABLE"],
        );
        assert.ok(!stack.stateText().includes(TOKEN));
    });

    it("leaves it alone when nothing changed, and when only the configuration of deletions does", async () => {
        await stack.mustRest();
        await stack.configure({ "seqera:forceDelete": "true" });
        assert.deepEqual(
            (await stack.preview()).map(({ op, type }) => [op, type]),
            [["update", "pulumi:providers:pulumi-nodejs"]],
        );
    });

    it("destroys it, and leaves nothing behind", async () => {
        await stack.mustDestroy();
        assert.deepEqual(environments(platform), []);
        assert.deepEqual(platform.violations, []);
    });
});
