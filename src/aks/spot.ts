import type { AgentPoolArgs } from "@pulumi/azure-native/containerservice/agentPool";
import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import { type SpotNodes, spotTasks } from "../components/spotTasks";

const SPOT = "kubernetes.azure.com/scalesetpriority";

const NODES: SpotNodes = {
    spot: {
        nodeSelector: { [SPOT]: "spot" },
        tolerations: [{ key: SPOT, operator: "Equal", value: "spot", effect: "NoSchedule" }],
        // The autoscaler empties nodes whose pods a Job could make anew; a task would begin from nothing.
        annotations: { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" },
    },
    // AKS taints every spot node, so a pod without a toleration is never put there.
    lasting: { "kubernetes.io/os": "linux" },
};

/**
 * Arguments of `KubernetesComputeEnvironment` with task pods on spot nodes, merged with the given arguments, which take precedence:
 * node selectors and annotations by key, tolerations by appending. A task whose node is taken away runs again, up to three times; head
 * pods, which a run does not survive, stay on other Linux nodes. See https://learn.microsoft.com/azure/aks/spot-node-pool
 */
export function withSpotTasks(args: KubernetesComputeEnvironmentArgs): KubernetesComputeEnvironmentArgs {
    return spotTasks(NODES, args);
}

/**
 * Arguments that make an `AgentPool` a spot pool, to spread into its own. AKS also adds the label and the taint; setting them here
 * avoids a difference at the next `pulumi up`. Priority and price cannot be changed later, and the pool can never be the cluster's
 * system pool.
 */
export const SPOT_POOL: Pick<
    AgentPoolArgs,
    "mode" | "scaleSetPriority" | "scaleSetEvictionPolicy" | "spotMaxPrice" | "nodeLabels" | "nodeTaints"
> = {
    mode: "User",
    scaleSetPriority: "Spot",
    scaleSetEvictionPolicy: "Delete",
    /** Up to the price of other nodes, so that no node is taken away because of its price. */
    spotMaxPrice: -1,
    nodeLabels: { [SPOT]: "spot" },
    nodeTaints: [`${SPOT}=spot:NoSchedule`],
};
