import assert from "node:assert/strict";
import type { KubernetesComputeEnvironmentArgs } from "../../../src/args/environment";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { fusionIn } from "../../../src/eks/fusion";
import { withSpotTasks } from "../../../src/eks/spot";
import { runHosted } from "../hostedProgram";
import { record } from "../recorder";
import { aws } from "./aws";

const cluster = { platform: "eks-platform" as const, name: "production", region: "eu-west-1" };

const ARGS = { cluster, credentialsId: "mine" };

const config = async (args: KubernetesComputeEnvironmentArgs) => {
    const ran = await record(() => new KubernetesComputeEnvironment("prod", args), aws());
    return { ran, config: ran.one("ComputeEnv").inputs.config };
};

describe("presets of EKS", () => {
    it("put tasks on spot nodes, and heads on nodes that stay", async () => {
        const { config: made } = await config(withSpotTasks(ARGS));
        const text = String(made.nextflowConfig);
        for (const part of [
            "nodeSelector: ['eks.amazonaws.com/capacityType': 'SPOT']",
            "annotation: 'cluster-autoscaler.kubernetes.io/safe-to-evict', value: 'false'",
            "annotation: 'karpenter.sh/do-not-disrupt', value: 'true'",
            "maxRetries = 3",
        ]) {
            assert.ok(text.includes(part), `${part} in\n${text}`);
        }
        for (const spec of [made.headPodSpec, made.servicePodSpec]) {
            assert.match(String(spec), /eks\.amazonaws\.com\/capacityType: ON_DEMAND/);
            assert.doesNotMatch(String(spec), /SPOT/);
        }
    });

    it("put the work directory into a bucket through Fusion, and make no claim", async () => {
        for (const [prefix, expected] of [
            [undefined, "s3://genomes/work"],
            ["/runs/work/", "s3://genomes/runs/work"],
            ["", "s3://genomes"],
        ] as const) {
            const { ran, config: made } = await config({ ...ARGS, ...fusionIn("genomes", prefix) });
            assert.deepEqual([made.waveEnabled, made.fusion2Enabled, made.workDir], [true, true, expected]);
            assert.deepEqual(ran.of("PersistentVolumeClaim"), []);
            assert.equal(
                ran.one("Namespace").inputs.metadata.labels["pod-security.kubernetes.io/enforce"],
                "privileged",
            );
        }
    });

    it("are warned of where heads are put on spot nodes after all", async () => {
        const { errors, warnings } = await runHosted(`
            const { withSpotTasks } = part("eks");
            const cluster = { platform: "eks-platform", name: "production", region: "eu-west-1" };
            const args = { cluster, credentialsId: "mine" };
            const headPodOptions = { nodeSelector: { "eks.amazonaws.com/capacityType": "SPOT" } };
            new seqera.KubernetesComputeEnvironment("plain", withSpotTasks(args));
            new seqera.KubernetesComputeEnvironment("spot", withSpotTasks({ ...args, namespace: "spot", headPodOptions }));`);
        assert.deepEqual(errors, []);
        assert.equal(warnings.length, 1, warnings.join("\n"));
        assert.match(
            warnings[0],
            /"spot": headPodOptions\.nodeSelector\.eks\.amazonaws\.com\/capacityType: "SPOT" places head pods on nodes/,
        );
    });
});
