import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import type { PodOptionsArgs } from "../args/tasks";
import { spotTasks } from "../components/spotTasks";

const SPOT = "cloud.google.com/gke-spot";

const ON_SPOT: PodOptionsArgs = {
    nodeSelector: { [SPOT]: "true" },
    tolerations: [{ key: SPOT, operator: "Equal", value: "true", effect: "NoSchedule" }],
};

/**
 * Arguments of `KubernetesComputeEnvironment` with task pods on spot nodes of a Standard cluster, merged with those given, which win:
 * node selectors and annotations key by key, tolerations one after the other. A task whose node is taken away runs again, up to three
 * times; head pods, which a run does not survive, stay on nodes of the usual kind.
 * See https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms
 */
export function withSpotTasks(args: KubernetesComputeEnvironmentArgs): KubernetesComputeEnvironmentArgs {
    return spotTasks(
        {
            // The autoscaler empties nodes whose pods a Job could make anew; a task would begin from nothing.
            spot: { ...ON_SPOT, annotations: { "cluster-autoscaler.kubernetes.io/safe-to-evict": "false" } },
            // A Standard cluster taints no spot node by itself, so whatever must not be there has to be told.
            lasting: { nodeSelector: { "cloud.google.com/gke-provisioning": "standard" }, tolerations: [] },
        },
        args,
    );
}

/**
 * The same for Autopilot, which takes the annotation `safe-to-evict` for a wish to run long, and that is not for spot nodes. It taints
 * spot nodes, so a pod that asks for nothing is not put there.
 * See https://cloud.google.com/kubernetes-engine/docs/how-to/autopilot-spot-pods
 */
export function withAutopilotSpotTasks(args: KubernetesComputeEnvironmentArgs): KubernetesComputeEnvironmentArgs {
    return spotTasks({ spot: ON_SPOT, lasting: { nodeSelector: {}, tolerations: [] } }, args);
}

/**
 * What makes a node pool a spot pool, to be spread into the `nodeConfig` of a `NodePool`: GKE labels its nodes by itself, and leaves
 * the taint, which keeps everything else off them, to whoever makes the pool.
 */
export const SPOT_NODE_CONFIG = {
    spot: true,
    taints: [{ key: SPOT, value: "true", effect: "NO_SCHEDULE" }],
};
