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
    lasting: { nodeSelector: { "kubernetes.io/os": "linux" }, tolerations: [] },
};

/**
 * Arguments of `KubernetesComputeEnvironment` with task pods on spot nodes, merged with those given, which win: node selectors and
 * annotations key by key, tolerations one after the other. A task whose node is taken away runs again, up to three times; head pods,
 * which a run does not survive, stay on other Linux nodes. See https://learn.microsoft.com/azure/aks/spot-node-pool
 */
export function withSpotTasks(args: KubernetesComputeEnvironmentArgs): KubernetesComputeEnvironmentArgs {
    return spotTasks(NODES, args);
}

/**
 * What makes a node pool a spot pool, to be spread into the arguments of an `AgentPool`. AKS adds the label and the taint by
 * itself; said here too, they are no difference at the next `pulumi up`. Priority and price cannot be changed later, and the
 * pool can never be the cluster's system pool.
 */
export const SPOT_POOL: Pick<
    AgentPoolArgs,
    "mode" | "scaleSetPriority" | "scaleSetEvictionPolicy" | "spotMaxPrice" | "nodeLabels" | "nodeTaints"
> = {
    mode: "User",
    scaleSetPriority: "Spot",
    scaleSetEvictionPolicy: "Delete",
    /** Up to the price of other nodes: none is taken away because of its price. */
    spotMaxPrice: -1,
    nodeLabels: { [SPOT]: "spot" },
    nodeTaints: [`${SPOT}=spot:NoSchedule`],
};
