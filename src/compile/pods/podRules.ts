import type { core } from "@pulumi/kubernetes/types/input";
import { ScratchMedium } from "../../args/enums";
import type { PlatformPodOptionsArgs, PodOptionsArgs, ScratchVolumeArgs } from "../../args/tasks";
import { podEntryFault } from "../nextflow/podEntry";
import { checkFilled, oneOf, wholeFrom } from "../rules/checks";
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
import { show } from "../rules/problems";
import { checkSize } from "../rules/quantities";
import { at, isGiven, noEffect, type Rule, whenKnown, whole } from "../rules/rules";
import { boolean, choice, list, map, number, object, type Shape, string, text } from "../rules/shapes";
import { checkMountPath } from "../storage/paths";
import { affinity } from "./affinityRules";

const NODES = "https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/";
const TAINTS = "https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/";
const SECURITY = "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/";
const POD = "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/";
const NEXTFLOW_POD = "https://www.nextflow.io/docs/latest/reference/process.html#pod";
const SEQERA_K8S = "https://docs.seqera.io/platform-cloud/compute-envs/k8s";
const FUSION = "https://docs.seqera.io/fusion";

function tolerationFault({ key, operator = "Equal", value: own }: Record<string, unknown>): string | undefined {
    if (operator === "Exists" && own) {
        return `value must be empty when operator is "Exists", not ${show(own)} (remove it)`;
    }
    // A taint may have no value, like that of control planes.
    return operator === "Equal" && key === undefined
        ? 'key is required unless operator is "Exists" (write the key of the taint, or set operator to "Exists" to tolerate every taint)'
        : undefined;
}

function secondsFault({ effect, tolerationSeconds }: Record<string, unknown>): string | undefined {
    return tolerationSeconds !== undefined && effect !== "NoExecute"
        ? 'tolerationSeconds requires the effect "NoExecute" (remove it, or set effect to "NoExecute")'
        : undefined;
}

/** Labels that a node must have. */
export const nodeSelector = map({ key: checkQualifiedName, value: checkLabelText }, { source: NODES });

const OPERATORS = { equal: "Equal", exists: "Exists" };
const EFFECTS = { noSchedule: "NoSchedule", preferNoSchedule: "PreferNoSchedule", noExecute: "NoExecute" };

/** Taints of nodes that pods tolerate. */
export const tolerations = list(
    object<core.v1.Toleration>(
        {
            key: string(checkQualifiedName),
            operator: choice(OPERATORS),
            value: string(checkLabelText),
            effect: choice(EFFECTS),
            tolerationSeconds: number(wholeFrom(0, 300)),
        },
        { faults: [tolerationFault, secondsFault] },
    ),
    { source: TAINTS },
);

function rootFault({ runAsUser, runAsNonRoot }: Record<string, unknown>): string | undefined {
    return runAsNonRoot === true && runAsUser === 0
        ? "runAsUser 0 is root, which runAsNonRoot forbids (remove one of the two)"
        : undefined;
}

function fsGroupFault({ fsGroup, fsGroupChangePolicy }: Record<string, unknown>): string | undefined {
    return fsGroupChangePolicy !== undefined && fsGroup === undefined
        ? "fsGroupChangePolicy requires fsGroup (set fsGroup, or remove fsGroupChangePolicy)"
        : undefined;
}

const id = number(wholeFrom(0, 1000));

const FS_GROUP_POLICIES = { always: "Always", onRootMismatch: "OnRootMismatch" };
const PROFILES = { runtimeDefault: "RuntimeDefault", unconfined: "Unconfined", localhost: "Localhost" };

const profile = object<core.v1.SeccompProfile>({
    type: string(oneOf(PROFILES), { missing: 'write { type: "RuntimeDefault" }' }),
    localhostProfile: string(checkFilled),
});

const securityContext = object<core.v1.PodSecurityContext>(
    {
        runAsUser: id,
        runAsGroup: id,
        runAsNonRoot: boolean(),
        fsGroup: id,
        fsGroupChangePolicy: choice(FS_GROUP_POLICIES),
        supplementalGroups: list(id),
        supplementalGroupsPolicy: string(),
        seccompProfile: profile,
        appArmorProfile: profile,
        seLinuxOptions: object<core.v1.SELinuxOptions>({
            level: string(),
            role: string(),
            type: string(),
            user: string(),
        }),
        seLinuxChangePolicy: string(),
        sysctls: list(
            object<core.v1.Sysctl>({
                name: string(checkFilled, { missing: 'write its name, like "net.core.somaxconn"' }),
                value: text(undefined, { missing: "write its value" }),
            }),
        ),
        windowsOptions: object<core.v1.WindowsSecurityContextOptions>({
            gmsaCredentialSpec: string(),
            gmsaCredentialSpecName: string(),
            hostProcess: boolean(),
            runAsUserName: string(),
        }),
    },
    { source: SECURITY, faults: [rootFault, fsGroupFault] },
);

/** What pods of all three kinds can be told. */
const placed = {
    nodeSelector,
    tolerations,
    affinity,
    securityContext,
    priorityClassName: string(checkDnsSubdomain),
    schedulerName: string(checkDnsSubdomain),
    runtimeClassName: string(checkDnsSubdomain),
};

/** Whatever Nextflow takes, an entry each. */
const podEntry: Shape<Record<string, unknown>> = {
    rulesAt: (path, source = "") => [whole(path, podEntryFault, source)],
};

export const podOptions = object<PodOptionsArgs>(
    {
        ...placed,
        labels: map({ key: checkPodLabel, value: checkPodLabelText, pair: sidecarFault }, { source: NEXTFLOW_POD }),
        annotations: map({ key: checkAnnotation, value: checkPodText, pair: sidecarFault }, { source: NEXTFLOW_POD }),
        automountServiceAccountToken: boolean({ source: NEXTFLOW_POD }),
        // Less, and Nextflow may look for a Job that is gone already.
        ttlSecondsAfterFinished: number(wholeFrom(3600, 86400), { source: NEXTFLOW_POD }),
        scratchVolumes: list(
            object<ScratchVolumeArgs>({
                mountPath: string(checkMountPath, { missing: 'write the mount path, like "/tmp"' }),
                medium: choice(ScratchMedium),
                sizeLimit: text(checkSize),
            }),
            { source: NEXTFLOW_POD },
        ),
        extra: list(podEntry, { source: NEXTFLOW_POD }),
    },
    { source: POD },
);

/** Kubernetes mounts a volume in a container by the container's name, which the Platform does not promise. */
export const platformPodOptions = object<PlatformPodOptionsArgs>(
    {
        ...placed,
        mountStorageClaims: boolean({ source: SEQERA_K8S }),
        containerName: string(checkDnsLabel, { source: SEQERA_K8S }),
    },
    { source: POD },
);

/** Fusion mounts its file system as root, in a privileged container. */
function fusionFault(args: unknown): string | undefined {
    return at(args, "podOptions.securityContext.runAsNonRoot") === true && at(args, "fusionEnabled") === true
        ? "must not be true with Fusion, which mounts the work directory as root (remove it, or set fusionEnabled to false)"
        : undefined;
}

function mountRules(property: string): Rule[] {
    const mounts = (args: unknown) => at(args, `${property}.mountStorageClaims`);
    return [
        noEffect(
            `${property}.mountStorageClaims`,
            (args) =>
                isGiven(args, "storageClaims")
                    ? undefined
                    : `there are no storageClaims (remove it, or set storageClaims and ${property}.containerName)`,
            SEQERA_K8S,
            false,
        ),
        noEffect(
            `${property}.containerName`,
            (args) =>
                mounts(args) === undefined
                    ? `${property}.mountStorageClaims is not true (remove it, or set ${property}.mountStorageClaims to true)`
                    : undefined,
            SEQERA_K8S,
        ),
        whenKnown(
            `${property}.mountStorageClaims`,
            [`${property}.containerName`],
            (args) =>
                mounts(args) === true && isGiven(args, "storageClaims") && !isGiven(args, `${property}.containerName`)
                    ? `requires ${property}.containerName, because a volume is mounted in a container by its name (set it to the name of the container that the Platform runs in the pod)`
                    : undefined,
            SEQERA_K8S,
        ),
    ];
}

/** What the options of all three kinds of pod must fulfil beside others. */
export const podOptionRules: Rule[] = [
    whenKnown(
        "podOptions.ttlSecondsAfterFinished",
        ["advanced.computeResourceType"],
        (args) =>
            isGiven(args, "podOptions.ttlSecondsAfterFinished") && at(args, "advanced.computeResourceType") !== "Job"
                ? 'only applies to Jobs (set advanced.computeResourceType to "Job", or remove it)'
                : undefined,
        NEXTFLOW_POD,
    ),
    whenKnown("podOptions.securityContext.runAsNonRoot", ["fusionEnabled"], fusionFault, FUSION),
    ...mountRules("headPodOptions"),
    ...mountRules("servicePodOptions"),
];
