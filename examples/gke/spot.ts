import type { KubernetesComputeEnvironmentArgs } from "pulumi-seqera-kubernetes";

const SPOT = "cloud.google.com/gke-spot";

/**
 * Task pods on spot nodes; head pods, which a run does not survive, on others. A node that is taken away costs a task one of three
 * further attempts. https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms
 */
export const SPOT_TASKS: Pick<KubernetesComputeEnvironmentArgs, "podOptions" | "headPodOptions" | "retries"> = {
    podOptions: {
        nodeSelector: { [SPOT]: "true" },
        tolerations: [{ key: SPOT, operator: "Equal", value: "true", effect: "NoSchedule" }],
        annotations: { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" },
    },
    headPodOptions: { nodeSelector: { "kubernetes.io/os": "linux" } },
    retries: { strategy: "retry", maxRetries: 3 },
};
