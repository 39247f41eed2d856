import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import { type SpotNodes, spotTasks } from "../components/spotTasks";

const CAPACITY = "eks.amazonaws.com/capacityType";

const NODES: SpotNodes = {
    spot: {
        nodeSelector: { [CAPACITY]: "SPOT" },
        // Cluster Autoscaler and Karpenter empty nodes whose pods a Job could make anew; a task would begin from nothing.
        annotations: {
            "cluster-autoscaler.kubernetes.io/safe-to-evict": "false",
            "karpenter.sh/do-not-disrupt": "true",
        },
    },
    // EKS taints no spot node, so whatever must not be there has to be told.
    lasting: { [CAPACITY]: "ON_DEMAND" },
};

/**
 * Arguments of `KubernetesComputeEnvironment` with task pods on the spot nodes of managed node groups, merged with the given arguments,
 * which take precedence: node selectors and annotations by key, tolerations by appending. A task whose node is taken away runs again,
 * up to three times; head pods, which a run does not survive, stay on on-demand nodes.
 * See https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html#managed-node-group-capacity-types
 */
export function withSpotTasks(args: KubernetesComputeEnvironmentArgs): KubernetesComputeEnvironmentArgs {
    return spotTasks(NODES, args);
}
