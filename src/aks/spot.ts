import type { AgentPoolArgs } from "@pulumi/azure-native/containerservice/agentPool";
import { ErrorStrategy, TaintEffect, TolerationOperator } from "../args/enums";
import type { PlatformPodOptionsArgs, PodOptionsArgs, RetriesArgs } from "../args/tasks";

const SPOT = "kubernetes.azure.com/scalesetpriority";

/** Arguments of `KubernetesComputeEnvironment` that {@link SPOT_TASKS} sets. */
export interface SpotTasks {
    podOptions: PodOptionsArgs;
    headPodOptions: PlatformPodOptionsArgs;
    servicePodOptions: PlatformPodOptionsArgs;
    retries: RetriesArgs;
}

/**
 * Task pods on spot nodes, as arguments of `KubernetesComputeEnvironment` to be spread into its own: a node that is taken away
 * costs a task one of three further attempts, and head pods, which a run does not survive, stay on other Linux nodes.
 * See https://learn.microsoft.com/azure/aks/spot-node-pool
 */
export const SPOT_TASKS: SpotTasks = {
    podOptions: {
        nodeSelector: { [SPOT]: "spot" },
        tolerations: [{ key: SPOT, operator: TolerationOperator.Equal, value: "spot", effect: TaintEffect.NoSchedule }],
        // The autoscaler empties nodes whose pods a Job could make anew; a task would begin from nothing.
        annotations: { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" },
    },
    // AKS taints every spot node, so a pod without a toleration is never put there.
    headPodOptions: { nodeSelector: { "kubernetes.io/os": "linux" }, tolerations: [] },
    servicePodOptions: { nodeSelector: { "kubernetes.io/os": "linux" }, tolerations: [] },
    retries: { strategy: ErrorStrategy.Retry, maxRetries: 3 },
};

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
