import { FsGroupChangePolicy, SeccompProfile, TaintEffect, TolerationOperator } from "../../args/enums";
import {
    checkAnnotation,
    checkLabelText,
    checkPodLabel,
    checkPodLabelText,
    checkPodText,
    checkQualifiedName,
    sidecarFault,
} from "../rules/kubernetesNames";
import { checkDnsLabel, checkDnsSubdomain } from "../rules/names";
import { podEntryFault } from "../nextflow/podEntry";
import { checkSize } from "../rules/quantities";
import { checkMountPath } from "../storage/paths";
import { show } from "../rules/problems";
import { at, eachKey, eachPair, eachValue, isGiven, onlyKeys, type Rule, together, value, whole } from "../rules/rules";
import { oneOf, wholeFrom } from "../rules/checks";

const NODES = "https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/";
const TAINTS = "https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/";
const SECURITY = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/";
const POD = "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/";
const NEXTFLOW_POD = "https://www.nextflow.io/docs/latest/reference/process.html#pod";
const SEQERA_K8S = "https://docs.seqera.io/platform-cloud/compute-envs/k8s";
const FUSION = "https://docs.seqera.io/fusion";

const TOLERATION_KEYS = ["key", "operator", "value", "effect", "tolerationSeconds"];
const SECURITY_KEYS = [
    "runAsUser",
    "runAsGroup",
    "runAsNonRoot",
    "fsGroup",
    "fsGroupChangePolicy",
    "supplementalGroups",
    "seccompProfile",
];
const PLACED_KEYS = [
    "nodeSelector",
    "tolerations",
    "securityContext",
    "priorityClassName",
    "schedulerName",
    "runtimeClassName",
];
const TASK_KEYS = [
    ...PLACED_KEYS,
    "labels",
    "annotations",
    "automountServiceAccountToken",
    "ttlSecondsAfterFinished",
    "scratchVolumes",
    "extra",
];

function tolerationFault(given: Record<string, unknown>): string | undefined {
    const { key, operator = "Equal", value: own, effect, tolerationSeconds } = given;
    if (operator === "Exists" && own !== undefined) {
        return `has the value ${show(own)} beside the operator "Exists", which compares none; leave the value out`;
    }
    if (operator === "Equal" && key === undefined) {
        return 'has no key; write the key of the taint, or set the operator to "Exists" to tolerate every taint';
    }
    if (operator === "Equal" && own === undefined) {
        return 'has no value for the operator "Equal" to compare with; write the value of the taint, or set the operator to "Exists"';
    }
    return tolerationSeconds !== undefined && effect !== "NoExecute"
        ? 'has tolerationSeconds, which only the effect "NoExecute" has a use for; leave it out'
        : undefined;
}

/** Node selector and tolerations: those of tasks, of some processes, of head and service pods. */
export function placementRules(property: string): Rule[] {
    return [
        value(`${property}.nodeSelector`, "object", undefined, NODES),
        eachKey(`${property}.nodeSelector`, checkQualifiedName, NODES),
        eachValue(`${property}.nodeSelector`, checkLabelText, NODES),
        value(`${property}.tolerations`, "list", undefined, TAINTS),
        onlyKeys(`${property}.tolerations.*`, TOLERATION_KEYS, TAINTS),
        value(`${property}.tolerations.*.key`, "string", checkQualifiedName, TAINTS),
        value(`${property}.tolerations.*.operator`, "string", oneOf(TolerationOperator), TAINTS),
        value(`${property}.tolerations.*.value`, "string", checkLabelText, TAINTS),
        value(`${property}.tolerations.*.effect`, "string", oneOf(TaintEffect), TAINTS),
        value(`${property}.tolerations.*.tolerationSeconds`, "number", wholeFrom(0, 300), TAINTS),
        whole(`${property}.tolerations.*`, tolerationFault, TAINTS),
    ];
}

function contextFault({
    runAsUser,
    runAsNonRoot,
    fsGroup,
    fsGroupChangePolicy,
}: Record<string, unknown>): string | undefined {
    if (runAsNonRoot === true && runAsUser === 0) {
        return "asks for the user 0, which is root, and for runAsNonRoot; leave one of the two out";
    }
    return fsGroupChangePolicy !== undefined && fsGroup === undefined
        ? "has fsGroupChangePolicy without an fsGroup; write the fsGroup, or leave it out"
        : undefined;
}

function podRules(property: string, keys: string[]): Rule[] {
    const context = `${property}.securityContext`;
    return [
        value(property, "object", undefined, POD),
        onlyKeys(property, keys, POD),
        ...placementRules(property),
        value(context, "object", undefined, SECURITY),
        onlyKeys(context, SECURITY_KEYS, SECURITY),
        ...["runAsUser", "runAsGroup", "fsGroup"].map((key) =>
            value(`${context}.${key}`, "number", wholeFrom(0, 1000), SECURITY),
        ),
        value(`${context}.runAsNonRoot`, "boolean", undefined, SECURITY),
        value(`${context}.fsGroupChangePolicy`, "string", oneOf(FsGroupChangePolicy), SECURITY),
        value(`${context}.supplementalGroups.*`, "number", wholeFrom(0, 1000), SECURITY),
        value(`${context}.seccompProfile`, "string", oneOf(SeccompProfile), SECURITY),
        whole(context, contextFault, SECURITY),
        ...["priorityClassName", "runtimeClassName", "schedulerName"].map((key) =>
            value(`${property}.${key}`, "string", checkDnsSubdomain, POD),
        ),
    ];
}

/** Fusion mounts its file system as root, in a privileged container. */
function fusionFault(args: unknown): string | undefined {
    return at(args, "podOptions.securityContext.runAsNonRoot") === true && at(args, "fusionEnabled") === true
        ? "is true, but Fusion mounts the work directory as root; leave it out, or set fusionEnabled to false"
        : undefined;
}

const taskRules: Rule[] = [
    ...podRules("podOptions", TASK_KEYS),
    value("podOptions.labels", "object", undefined, NEXTFLOW_POD),
    eachKey("podOptions.labels", checkPodLabel, NEXTFLOW_POD),
    eachValue("podOptions.labels", checkPodLabelText, NEXTFLOW_POD),
    eachPair("podOptions.labels", sidecarFault, NEXTFLOW_POD),
    value("podOptions.annotations", "object", undefined, NEXTFLOW_POD),
    eachKey("podOptions.annotations", checkAnnotation, NEXTFLOW_POD),
    eachValue("podOptions.annotations", checkPodText, NEXTFLOW_POD),
    eachPair("podOptions.annotations", sidecarFault, NEXTFLOW_POD),
    value("podOptions.automountServiceAccountToken", "boolean", undefined, NEXTFLOW_POD),
    // Less, and Nextflow may look for a Job that is gone already.
    value("podOptions.ttlSecondsAfterFinished", "number", wholeFrom(3600, 86400), NEXTFLOW_POD),
    together(
        "podOptions.ttlSecondsAfterFinished",
        ["advanced.computeResourceType"],
        (args) =>
            isGiven(args, "podOptions.ttlSecondsAfterFinished") && at(args, "advanced.computeResourceType") !== "Job"
                ? 'is for Jobs, and pods have no such thing; set advanced.computeResourceType to "Job", or leave it out'
                : undefined,
        NEXTFLOW_POD,
    ),
    value("podOptions.scratchVolumes", "list", undefined, NEXTFLOW_POD),
    onlyKeys("podOptions.scratchVolumes.*", ["mountPath", "medium", "sizeLimit"], NEXTFLOW_POD),
    value(
        "podOptions.scratchVolumes.*.mountPath",
        "string",
        checkMountPath,
        NEXTFLOW_POD,
        'write where it is mounted, like "/tmp"',
    ),
    value("podOptions.scratchVolumes.*.medium", "string", oneOf({ Memory: "Memory" }), NEXTFLOW_POD),
    value("podOptions.scratchVolumes.*.sizeLimit", "string", checkSize, NEXTFLOW_POD),
    value("podOptions.extra", "list", undefined, NEXTFLOW_POD),
    whole("podOptions.extra.*", podEntryFault, NEXTFLOW_POD),
    together("podOptions.securityContext.runAsNonRoot", ["fusionEnabled"], fusionFault, FUSION),
];

/** Kubernetes mounts a volume in a container by the container's name, which the Platform does not promise. */
function platformPodRules(property: string): Rule[] {
    return [
        ...podRules(property, [...PLACED_KEYS, "mountStorageClaims", "containerName"]),
        value(`${property}.mountStorageClaims`, "boolean", undefined, SEQERA_K8S),
        value(`${property}.containerName`, "string", checkDnsLabel, SEQERA_K8S),
        together(
            `${property}.mountStorageClaims`,
            [`${property}.containerName`],
            (args) =>
                at(args, `${property}.mountStorageClaims`) === true && !isGiven(args, `${property}.containerName`)
                    ? `is true, but a volume is mounted in a container by its name; set ${property}.containerName to the name of the container that the Platform runs there`
                    : undefined,
            SEQERA_K8S,
        ),
    ];
}

/** What the options of all three kinds of pod must fulfil. */
export const podOptionRules: Rule[] = [
    ...taskRules,
    ...platformPodRules("headPodOptions"),
    ...platformPodRules("servicePodOptions"),
];
