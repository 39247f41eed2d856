import assert from "node:assert/strict";
import type { NodePoolArgs } from "@pulumi/gcp/container/nodePool";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { SPOT_NODE_CONFIG, withAutopilotSpotTasks, withSpotTasks } from "../../../src/gke/spot";
import { runHosted } from "../hostedProgram";
import { record } from "../recorder";

const cluster = { platform: "gke-platform" as const, name: "production", region: "europe-west1" };

const config = async (preset: typeof withSpotTasks) => {
    const ran = await record(
        () => new KubernetesComputeEnvironment("prod", preset({ cluster, credentialsId: "mine" })),
    );
    const { nextflowConfig, headPodSpec, servicePodSpec } = ran.one("ComputeEnv").inputs.config;
    return { text: String(nextflowConfig), specs: [headPodSpec, servicePodSpec] };
};

describe("presets of GKE for spot nodes", () => {
    for (const [kind, preset] of Object.entries({ Standard: withSpotTasks, Autopilot: withAutopilotSpotTasks })) {
        it(`put tasks there, and try them anew: ${kind}`, async () => {
            const { text } = await config(preset);
            for (const part of [
                "nodeSelector: ['cloud.google.com/gke-spot': 'true']",
                "toleration: [key: 'cloud.google.com/gke-spot', operator: 'Equal', value: 'true', effect: 'NoSchedule']",
                "maxRetries = 3",
            ]) {
                assert.ok(text.includes(part), `${part} in\n${text}`);
            }
        });
    }

    it("keep heads of a Standard cluster on nodes that stay, since nothing else keeps them off", async () => {
        const { text, specs } = await config(withSpotTasks);
        assert.match(text, /annotation: 'cluster-autoscaler\.kubernetes\.io\/safe-to-evict', value: 'false'/);
        for (const spec of specs) {
            assert.match(String(spec), /cloud\.google\.com\/gke-provisioning: standard/);
            assert.doesNotMatch(String(spec), /spot/);
        }
    });

    it("say nothing to Autopilot of heads, nor of how long tasks run", async () => {
        const { text, specs } = await config(withAutopilotSpotTasks);
        assert.doesNotMatch(text, /safe-to-evict/);
        for (const spec of specs) {
            assert.doesNotMatch(String(spec ?? ""), /gke-spot|gke-provisioning/);
        }
    });

    it("make a node pool of what the taint lets in", () => {
        const pool: NodePoolArgs = {
            cluster: "production",
            nodeConfig: { ...SPOT_NODE_CONFIG, machineType: "c3-standard-8" },
        };
        assert.deepEqual(pool.nodeConfig, {
            spot: true,
            taints: [{ key: "cloud.google.com/gke-spot", value: "true", effect: "NO_SCHEDULE" }],
            machineType: "c3-standard-8",
        });
    });

    it("are warned of where heads are put on spot nodes after all", async () => {
        const { errors, warnings } = await runHosted(`
            const { withSpotTasks } = part("gke");
            const cluster = { platform: "gke-platform", name: "production", region: "europe-west1" };
            const args = { cluster, credentialsId: "mine" };
            const headPodOptions = { nodeSelector: { "cloud.google.com/gke-spot": "true" } };
            new seqera.KubernetesComputeEnvironment("plain", withSpotTasks(args));
            new seqera.KubernetesComputeEnvironment("spot", withSpotTasks({ ...args, namespace: "spot", headPodOptions }));`);
        assert.deepEqual(errors, []);
        assert.equal(warnings.length, 1, warnings.join("\n"));
        assert.match(
            warnings[0],
            /"spot": headPodOptions\.nodeSelector\.cloud\.google\.com\/gke-spot: "true" places head pods on nodes/,
        );
    });
});
