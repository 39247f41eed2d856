import type { core } from "@pulumi/kubernetes/types/input";
import type { PlatformPodOptionsArgs, PodOptionsArgs } from "../../args/tasks";
import type { Known } from "../known";

/** Which nodes pods go to. */
export interface Placement {
    nodeSelector?: Record<string, string>;
    tolerations?: Known<core.v1.Toleration>[];
}

/**
 * Labels and taints of nodes that can be taken away at any time. A head pod that goes takes its whole run with it.
 * - https://cloud.google.com/kubernetes-engine/docs/concepts/spot-vms
 * - https://karpenter.sh/docs/concepts/nodepools/
 * - https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html#managed-node-group-capacity-types
 * - https://learn.microsoft.com/azure/aks/spot-node-pool
 */
const FLEETING_KEYS = new Set([
    "cloud.google.com/gke-spot",
    "cloud.google.com/gke-preemptible",
    "cloud.google.com/gke-provisioning",
    "karpenter.sh/capacity-type",
    "eks.amazonaws.com/capacityType",
    "kubernetes.azure.com/scalesetpriority",
    "node.kubernetes.io/lifecycle",
    "node-role.kubernetes.io/spot",
    "lifecycle",
    "spot",
    "preemptible",
]);

/** Values of the labels above that mean nodes that stay. */
const LASTING_VALUES = new Set([
    "false",
    "on-demand",
    "ON_DEMAND",
    "on_demand",
    "ondemand",
    "normal",
    "Regular",
    "standard",
    "reserved",
]);

/** Labels and taints of nodes with GPUs, which a head pod would keep from those who need them. */
const ACCELERATOR =
    /^((nvidia|amd|gpu\.intel)\.com\/|cloud\.google\.com\/gke-(accelerator|gpu|tpu)|k8s\.amazonaws\.com\/accelerator$|karpenter\.k8s\.aws\/instance-gpu-|(accelerator|gpu)$|sku$)/;

/** True when the label or taint marks nodes that can be taken away at any time. */
export function isFleeting(key: string, value: string | undefined): boolean {
    return FLEETING_KEYS.has(key) && !LASTING_VALUES.has(value ?? "");
}

/** True when the label or taint marks nodes that are not for head and service pods. */
function keepsOff(key: string | undefined, value: string | undefined): boolean {
    return key !== undefined && (ACCELERATOR.test(key) || isFleeting(key, value));
}

/**
 * Where head pods go unless told otherwise: where tasks go. A node selector with one spot or GPU label describes
 * nodes that are all of that kind, so nothing of it is taken; tolerations for them are left out one by one.
 */
function inherited({ nodeSelector, tolerations }: Placement): Placement {
    const off = Object.entries(nodeSelector ?? {}).some(([key, value]) => keepsOff(key, value));
    return {
        nodeSelector: off ? undefined : nodeSelector,
        tolerations: tolerations?.filter(({ key, value }) => !keepsOff(key, value)),
    };
}

function placed(own: Known<PlatformPodOptionsArgs> | undefined, base: Placement): Placement {
    return { nodeSelector: own?.nodeSelector ?? base.nodeSelector, tolerations: own?.tolerations ?? base.tolerations };
}

/** Where head pods go: their own options, then those of tasks as far as they are meant for nodes that stay. */
export function headPlacement(
    tasks: Known<PodOptionsArgs> | undefined,
    head: Known<PlatformPodOptionsArgs> | undefined,
): Placement {
    return placed(head, inherited(tasks ?? {}));
}

/** Where the service pod goes: its own options, then where head pods go, for it must stay as they must. */
export function servicePlacement(
    tasks: Known<PodOptionsArgs> | undefined,
    head: Known<PlatformPodOptionsArgs> | undefined,
    service: Known<PlatformPodOptionsArgs> | undefined,
): Placement {
    return placed(service, headPlacement(tasks, head));
}
