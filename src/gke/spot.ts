import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import type { PodOptionsArgs } from "../args/tasks";
import { spotTasks } from "../components/spotTasks";

const SPOT = "cloud.google.com/gke-spot";

const ON_SPOT: PodOptionsArgs = {
    nodeSelector: { [SPOT]: "true" },
    tolerations: [{ key: SPOT, operator: "Equal", value: "true", effect: "NoSchedule" }],
};

/**
 * Arguments of `KubernetesComputeEnvironment` with task pods on the spot nodes of a Standard cluster, merged with the given arguments,
 * which take precedence: node selectors and annotations by key, tolerations by appending. A task whose node is taken away runs again,
 * up to three times; head pods, which a run does not survive, stay on standard nodes.
 * See https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms
 */
export function withSpotTasks(args: KubernetesComputeEnvironmentArgs): KubernetesComputeEnvironmentArgs {
    return spotTasks(
        {
            // The autoscaler empties nodes whose pods a Job could make anew; a task would begin from nothing.
            spot: { ...ON_SPOT, annotations: { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" } },
            // A Standard cluster taints no spot node by itself, so whatever must not be there has to be told.
            lasting: { "cloud.google.com/gke-provisioning": "standard" },
        },
        args,
    );
}

/**
 * The same as `withSpotTasks`, for Autopilot: without the annotation `safe-to-evict`, by which Autopilot recognizes a pod that runs for
 * long, which spot nodes do not allow. Autopilot taints spot nodes, so a pod that requests nothing is not placed there.
 * See https://cloud.google.com/kubernetes-engine/docs/how-to/autopilot-spot-pods
 */
export function withAutopilotSpotTasks(args: KubernetesComputeEnvironmentArgs): KubernetesComputeEnvironmentArgs {
    return spotTasks({ spot: ON_SPOT, lasting: {} }, args);
}

/**
 * Settings that make a node pool a spot pool, to spread into the `nodeConfig` of a `NodePool`. GKE labels the nodes, but the taint that
 * keeps all other pods off them must be set by the creator of the pool.
 */
export const SPOT_NODE_CONFIG = {
    spot: true,
    taints: [{ key: SPOT, value: "true", effect: "NO_SCHEDULE" }],
};
