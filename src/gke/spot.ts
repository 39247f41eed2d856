import { ErrorStrategy, TaintEffect, TolerationOperator } from "../args/enums";
import type { PlatformPodOptionsArgs, PodOptionsArgs, RetriesArgs } from "../args/tasks";

const SPOT = "cloud.google.com/gke-spot";

/** Arguments of `KubernetesComputeEnvironment` that {@link SPOT_TASKS} and {@link AUTOPILOT_SPOT_TASKS} set. */
export interface SpotTasks {
    podOptions: PodOptionsArgs;
    headPodOptions: PlatformPodOptionsArgs;
    servicePodOptions: PlatformPodOptionsArgs;
    retries: RetriesArgs;
}

const ON_SPOT: PodOptionsArgs = {
    nodeSelector: { [SPOT]: "true" },
    tolerations: [{ key: SPOT, operator: TolerationOperator.Equal, value: "true", effect: TaintEffect.NoSchedule }],
};

/** Nodes that stay. A Standard cluster taints no spot node by itself, so whatever must not be there has to be told. */
const LASTING: PlatformPodOptionsArgs = {
    nodeSelector: { "cloud.google.com/gke-provisioning": "standard" },
    tolerations: [],
};

/** A pod that asks for nothing is kept off spot nodes by the taint that Autopilot gives them. */
const ANYWHERE_ELSE: PlatformPodOptionsArgs = { nodeSelector: {}, tolerations: [] };

const RETRIES: RetriesArgs = { strategy: ErrorStrategy.Retry, maxRetries: 3 };

/**
 * Task pods on spot nodes of a Standard cluster, as arguments of `KubernetesComputeEnvironment` to be spread into its own: a node
 * that is taken away costs a task one of three further attempts, and head pods, which a run does not survive, stay on nodes of
 * the usual kind. See https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms
 */
export const SPOT_TASKS: SpotTasks = {
    podOptions: {
        ...ON_SPOT,
        // The autoscaler empties nodes whose pods a Job could make anew; a task would begin from nothing.
        annotations: { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" },
    },
    headPodOptions: LASTING,
    servicePodOptions: LASTING,
    retries: RETRIES,
};

/**
 * The same for Autopilot, which takes the annotation `safe-to-evict` for a wish to run long, and that is not for spot nodes.
 * See https://cloud.google.com/kubernetes-engine/docs/how-to/autopilot-spot-pods
 */
export const AUTOPILOT_SPOT_TASKS: SpotTasks = {
    podOptions: ON_SPOT,
    headPodOptions: ANYWHERE_ELSE,
    servicePodOptions: ANYWHERE_ELSE,
    retries: RETRIES,
};

/**
 * What makes a node pool a spot pool, to be spread into the `nodeConfig` of a `NodePool`: GKE labels its nodes by itself, and leaves
 * the taint, which keeps everything else off them, to whoever makes the pool.
 */
export const SPOT_NODE_CONFIG = {
    spot: true,
    taints: [{ key: SPOT, value: "true", effect: "NO_SCHEDULE" }],
};
