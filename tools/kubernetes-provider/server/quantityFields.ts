/**
 * Where the built-in kinds keep quantities.
 *
 * The official plugin knows this from Kubernetes' Go types. Here it is a table of paths, `[]` for each item and `*` for
 * each value; the engine tests compare it with the OpenAPI document of a real API server, so it cannot fall behind unseen.
 */

import type { GroupVersionKind } from "./kubeObject";

const claimSpec = ["resources.limits.*", "resources.requests.*"];

const below = (prefix: string, paths: readonly string[]): string[] => paths.map((path) => `${prefix}.${path}`);

const container = ["resources.limits.*", "resources.requests.*", "env[].valueFrom.resourceFieldRef.divisor"];

const podSpec = [
    ...below("containers[]", container),
    ...below("initContainers[]", container),
    ...below("ephemeralContainers[]", container),
    "overhead.*",
    "resources.limits.*",
    "resources.requests.*",
    "volumes[].emptyDir.sizeLimit",
    "volumes[].downwardAPI.items[].resourceFieldRef.divisor",
    "volumes[].projected.sources[].downwardAPI.items[].resourceFieldRef.divisor",
    ...below("volumes[].ephemeral.volumeClaimTemplate.spec", claimSpec),
];

const podTemplate = below("spec.template.spec", podSpec);

const metricValues = ["averageValue", "value"];
const metricSources = ["containerResource", "external", "object", "pods", "resource"];
const autoscaler = [
    ...metricSources.flatMap((source) => below(`spec.metrics[].${source}.target`, metricValues)),
    "spec.behavior.scaleDown.tolerance",
    "spec.behavior.scaleUp.tolerance",
];

const capacityRequests = ["exactly.capacity.requests.*", "firstAvailable[].capacity.requests.*"];
const deviceClaim = below("devices.requests[]", capacityRequests);
const deviceCapacity = (device: string): string[] =>
    below(device, [
        "capacity.*.value",
        "capacity.*.requestPolicy.default",
        "capacity.*.requestPolicy.validValues[]",
        "capacity.*.requestPolicy.validRange.min",
        "capacity.*.requestPolicy.validRange.max",
        "capacity.*.requestPolicy.validRange.step",
        "consumesCounters[].counters.*.value",
    ]);

const byKind: Record<string, readonly string[]> = {
    "/Pod": below("spec", podSpec),
    "/PodTemplate": below("template.spec", podSpec),
    "/ReplicationController": podTemplate,
    "/PersistentVolumeClaim": below("spec", claimSpec),
    "/PersistentVolume": ["spec.capacity.*"],
    "/ResourceQuota": ["spec.hard.*"],
    "/LimitRange": below("spec.limits[]", [
        "default.*",
        "defaultRequest.*",
        "max.*",
        "maxLimitRequestRatio.*",
        "min.*",
    ]),
    "apps/DaemonSet": podTemplate,
    "apps/Deployment": podTemplate,
    "apps/ReplicaSet": podTemplate,
    "apps/StatefulSet": [...podTemplate, ...below("spec.volumeClaimTemplates[].spec", claimSpec)],
    "batch/Job": podTemplate,
    "batch/CronJob": below("spec.jobTemplate", podTemplate),
    "autoscaling/HorizontalPodAutoscaler": autoscaler,
    "node.k8s.io/RuntimeClass": ["overhead.podFixed.*"],
    "storage.k8s.io/CSIStorageCapacity": ["capacity", "maximumVolumeSize"],
    "storage.k8s.io/VolumeAttachment": ["spec.source.inlineVolumeSpec.capacity.*"],
    "resource.k8s.io/ResourceClaim": below("spec", deviceClaim),
    "resource.k8s.io/ResourceClaimTemplate": below("spec.spec", deviceClaim),
    "resource.k8s.io/ResourceSlice": [...deviceCapacity("spec.devices[]"), "spec.sharedCounters[].counters.*.value"],
};

/** The paths of `gvk`'s fields that a user can set and that are quantities. */
export function quantityPaths(gvk: GroupVersionKind): readonly string[] {
    return byKind[`${gvk.group}/${gvk.kind}`] ?? [];
}
