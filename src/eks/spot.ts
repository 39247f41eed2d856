import { ErrorStrategy } from "../args/enums";
import type { PlatformPodOptionsArgs, PodOptionsArgs, RetriesArgs } from "../args/tasks";

const CAPACITY = "eks.amazonaws.com/capacityType";

/** Arguments of `KubernetesComputeEnvironment` that {@link SPOT_TASKS} sets. */
export interface SpotTasks {
    podOptions: PodOptionsArgs;
    headPodOptions: PlatformPodOptionsArgs;
    servicePodOptions: PlatformPodOptionsArgs;
    retries: RetriesArgs;
}

/** Nodes of a managed node group that stay. EKS taints no spot node, so whatever must not be there has to be told. */
const LASTING: PlatformPodOptionsArgs = { nodeSelector: { [CAPACITY]: "ON_DEMAND" }, tolerations: [] };

/**
 * Task pods on the spot nodes of managed node groups, as arguments of `KubernetesComputeEnvironment` to be spread into its own: a
 * node that is taken away costs a task one of three further attempts, and head pods, which a run does not survive, stay on
 * nodes on demand. See https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html#managed-node-group-capacity-types
 */
export const SPOT_TASKS: SpotTasks = {
    podOptions: {
        nodeSelector: { [CAPACITY]: "SPOT" },
        // Cluster Autoscaler and Karpenter empty nodes whose pods a Job could make anew; a task would begin from nothing.
        annotations: {
            "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
            "karpenter.sh/do-not-disrupt": "true",
        },
    },
    headPodOptions: LASTING,
    servicePodOptions: LASTING,
    retries: { strategy: ErrorStrategy.Retry, maxRetries: 3 },
};
