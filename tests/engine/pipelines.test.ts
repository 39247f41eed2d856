import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../src/emulator";
import { calls, environments, freshNamespace, programStack, startPlatform } from "./support/platform";
import type { TestStack } from "./support/stack";

const PIPELINE = "Pipeline";
const SECRET = "canary-parameter-7d1f";

const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const k8s = require("@pulumi/kubernetes");
const { KubernetesComputeEnvironment, Pipeline } = require("pulumi-seqera-kubernetes");

const config = new pulumi.Config();
const cluster = new k8s.Provider("cluster", { kubeconfig: config.require("kubeconfig") });
const environment = new KubernetesComputeEnvironment(
    "lab",
    {
        namespace: config.require("namespace"),
        cluster: config.requireObject("cluster"),
        nextflowConfig: config.get("nextflowConfig"),
    },
    { provider: cluster },
);
const pipeline = new Pipeline("hello", {
    repository: "https://github.com/nextflow-io/hello",
    computeEnvId: environment.computeEnvId,
    params: { greeting: config.get("greeting") ?? "hello", key: pulumi.secret("${SECRET}") },
    schema: JSON.stringify({ properties: { greeting: { type: "string", enum: ["hello", "bonjour"] } } }),
    computeResources: { cpus: 1 },
    labels: ["demo"],
});
exports.launchUrl = pipeline.launchUrl;
exports.versionName = pipeline.versionName;
`;

/** Each step goes on where the one before has ended. */
describe("a pipeline, on the real engine", function () {
    this.timeout(120_000);
    this.bail(true);

    let platform: PlatformEmulator;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform({ timings: { create: 0, delete: 0 } });
        stack = await programStack(platform, freshNamespace(), PROGRAM);
    });
    after(() => platform?.stop());

    const record = () => platform.state.pipelines[0];
    const versions = () =>
        record().versions.map(({ name, launch }) => `${launch.id === record().launch.id ? "*" : ""}${name}`);

    it("is made after its environment, and a second run calls nobody", async () => {
        await stack.mustUp();
        assert.equal(record().launch.computeEnvId, environments(platform)[0].id);
        const { launchUrl, versionName } = await stack.outputs();
        assert.match(launchUrl, new RegExp(`/launchpad/${record().pipelineId}$`));
        assert.equal(versionName, `${record().name}-1`);
        assert.ok(!stack.stateText().includes(SECRET));
        platform.clearRequests();
        await stack.mustRest();
        assert.deepEqual(calls(platform), []);
    });

    it("is refused a parameter that its schema does not have, at preview, in the list of everything", async () => {
        await stack.configure({ greeting: "moin" });
        await stack.mustFail(/params\.greeting: unsupported value \(use one of "hello", "bonjour"\)/, ["preview"]);
    });

    it("has another version after a change, which the preview shows", async () => {
        await stack.configure({ greeting: "bonjour" });
        const { output } = await stack.must(["preview", "--diff"]);
        assert.match(output, /~ greeting: "hello" => "bonjour"/);
        assert.deepEqual(output.match(/^ *[~+-] .*$/gm)?.slice(1), [
            "      ~ params          : {",
            '          ~ greeting: "hello" => "bonjour"',
            "    ~ 1 to update",
        ]);
        assert.ok(!output.includes(SECRET));
        const { changes } = await stack.mustUp();
        assert.equal(changes.updated, 1);
        assert.deepEqual(versions(), [`${record().name}-1`, `*${record().name}-2`]);
        await stack.mustRest();
    });

    it("follows its environment when that is replaced, in one version more", async () => {
        await stack.configure({ nextflowConfig: "process.cpus = 2" });
        await stack.mustUp();
        const [env, ...others] = environments(platform);
        assert.deepEqual(others, []);
        assert.equal(record().launch.computeEnvId, env.id);
        assert.equal(
            stack.resource(PIPELINE)?.outputs.versionName,
            versions()
                .find((each) => each.startsWith("*"))
                ?.slice(1),
        );
        await stack.mustRefresh();
        await stack.mustRest();
        const launches = record().versions.map(({ launch }) => [launch.computeEnvId === env.id, launch.paramsText]);
        assert.deepEqual(new Set(launches.map(String)).size, launches.length, JSON.stringify(versions()));
    });

    it("goes with the stack, and its label stays", async () => {
        await stack.mustDestroy();
        assert.deepEqual(platform.state.pipelines, []);
        assert.deepEqual(
            platform.state.labels.map(({ name }) => name),
            ["demo"],
        );
        assert.deepEqual(platform.violations, []);
    });
});
