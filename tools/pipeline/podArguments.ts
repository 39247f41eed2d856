import { TASK_IMAGE } from "../images";
import type { Container, Job, Pod } from "./audit";
import {
    ACCELERATOR,
    GREETING,
    MOUNT_PATH,
    NAMESPACE,
    nodesWith,
    NOTE,
    REFERENCE_VOLUME,
    WORK_DIRECTORY,
} from "./settings";

/** A task's pod, with the Job that it is of if it is of one. */
export interface TaskPod extends Pod {
    job?: Job;
}

/** The pods of a run, as the API server made them. */
export interface RunPods {
    head: Pod;
    service: Pod;
    /** In the order in which they were made. */
    tasks: TaskPod[];
}

/** Two runs of the pipeline, with tasks as bare pods and as Jobs; the second in an environment with other words for the same. */
export type RunName = "pods" | "jobs";

/** Arguments of the environment and what they cause in one kind of pod. */
export interface Shown {
    /** By their paths, `*` standing for each entry of a list. */
    arguments: string[];
    pod: "task" | "head" | "service";
    where: string;
    runs: RunName[];
    /** What is there. */
    see: (pod: TaskPod) => unknown;
    expected: unknown;
    /** The process whose tasks show it; every task does unless one is named. */
    process?: string;
}

const PROCESS_LABEL = "nextflow.io/processName";

const main = ({ spec }: Pod): Container => spec.containers[0];
const requests = (resource: string) => (pod: Pod) => main(pod).resources?.requests?.[resource];
const limits = (resource: string) => (pod: Pod) => main(pod).resources?.limits?.[resource];
const variable = (name: string) => (pod: Pod) => {
    const found = main(pod).env?.find((each) => each.name === name);
    return found?.value ?? found?.valueFrom;
};
const label = (name: string) => (pod: Pod) => pod.metadata.labels?.[name];
const toleration = (name: string) => (pod: Pod) => pod.spec.tolerations?.find(({ key }) => key === name);
/** The name of the one that the component makes has a generated ending. */
const pullSecrets = (pod: Pod) =>
    pod.spec.imagePullSecrets?.map(({ name }) => name?.replace(/^quickstart-(registries)-[0-9a-f]+$/, "$1"));

/** The volume that is mounted at a path, with how it is mounted. */
function mounted(path: string) {
    return (pod: Pod): unknown => {
        const mount = main(pod).volumeMounts?.find(({ mountPath }) => mountPath === path);
        const volume = pod.spec.volumes?.find(({ name }) => name === mount?.name);
        if (mount === undefined || volume === undefined) {
            return undefined;
        }
        const { name: _name, ...source } = volume;
        return {
            ...source,
            ...(mount.readOnly && { readOnly: true }),
            ...(mount.subPath && { subPath: mount.subPath }),
        };
    };
}

/** True when what a container runs lies below a folder. */
function runsBelow(folder: string) {
    return (pod: Pod): boolean => (main(pod).args ?? []).some((argument) => argument.startsWith(`${folder}/`));
}

/** True when the configuration that a head pod is handed has a line. */
function configured(line: string) {
    return (pod: Pod): boolean =>
        Buffer.from(String(variable("NXF_CONFIG_BASE64")(pod)), "base64")
            .toString("utf8")
            .split("\n")
            .includes(line);
}

const claim = (claimName: string) => ({ persistentVolumeClaim: { claimName } });
const referenced = { ...claim(REFERENCE_VOLUME), readOnly: true, subPath: "grch38" };
const dedicated = { key: "dedicated", operator: "Equal", value: "nextflow", effect: "NoSchedule" };

type Row = [given: string, where: string, see: Shown["see"], expected: unknown, process?: string];

const PULL_SECRETS = "registries, imagePullSecrets, advanced.imagePullSecrets";
const WORK_CLAIM = "storage.claimName, storage.volumeName, storage.mountPath, advanced.storageMountPath";
const CLAIMS = ["claimName", "mountPath", "readOnly", "subPath"].map((key) => `storageClaims.*.${key}`).join(", ");
const VOLUME_NAME: Row = [
    "storageClaims.*.name",
    "the volume's name",
    ({ spec }) => spec.volumes?.some(({ name }) => name === "reference"),
    true,
];
const HEAD_ACCOUNT = "advanced.headServiceAccount, serviceAccounts.head.name";

const EVERY_POD: Row[] = [
    ["namespace", "metadata.namespace", ({ metadata }) => metadata.namespace, NAMESPACE],
    [WORK_CLAIM, `mount at ${MOUNT_PATH}`, mounted(MOUNT_PATH), claim("nextflow-work")],
    [PULL_SECRETS, "spec.imagePullSecrets", pullSecrets, ["registries", "theirs"]],
];

const PRIORITY: Row = [
    "podOptions.priorityClassName",
    "spec.priorityClassName",
    ({ spec }) => spec.priorityClassName,
    "tasks",
];

const TASKS: Row[] = [
    [
        "serviceAccount, serviceAccounts.compute.name",
        "spec.serviceAccountName",
        ({ spec }) => spec.serviceAccountName,
        "pipeline-tasks",
    ],
    ["workDirectory", "below it lies what the container runs", runsBelow(WORK_DIRECTORY), true],
    [CLAIMS, "mount at /reference", mounted("/reference"), referenced],
    ["computeResources.cpus", "resources.requests.cpu", requests("cpu"), "1", "MAKE"],
    ["computeResources.cpuLimits", "resources.limits.cpu", limits("cpu"), "1"],
    ["computeResources.memory", "resources.requests.memory", requests("memory"), "128Mi", "MAKE"],
    ["computeResources.memory", "resources.limits.memory", limits("memory"), "128Mi", "MAKE"],
    ["computeResources.disk", "resources.requests.ephemeral-storage", requests("ephemeral-storage"), "64Mi", "MAKE"],
    ["computeResources.time", "spec.activeDeadlineSeconds", ({ spec }) => spec.activeDeadlineSeconds, 3600, "MAKE"],
    [
        "computeResources.accelerators, computeResources.acceleratorType",
        `resources.limits["${ACCELERATOR}"]`,
        limits(ACCELERATOR),
        "1",
        "MAKE",
    ],
    ["processes.*.label, processes.*.cpus", "resources.requests.cpu", requests("cpu"), "1", "COUNT"],
    ["processes.*.memory", "resources.requests.memory", requests("memory"), "96Mi", "COUNT"],
    ["processes.*.disk", "resources.requests.ephemeral-storage", requests("ephemeral-storage"), "32Mi", "COUNT"],
    ["processes.*.time", "spec.activeDeadlineSeconds", ({ spec }) => spec.activeDeadlineSeconds, 1800, "COUNT"],
    [
        "processes.*.accelerators, processes.*.acceleratorType",
        `resources.limits["${ACCELERATOR}"]`,
        limits(ACCELERATOR),
        "2",
        "COUNT",
    ],
    ["processes.*.nodeSelector", "spec.nodeSelector", ({ spec }) => spec.nodeSelector, { tier: "fast" }, "COUNT"],
    ["processes.*.tolerations", "spec.tolerations", toleration("tier"), { key: "tier", operator: "Exists" }, "COUNT"],
    ["processes.*.name", "resources.requests.ephemeral-storage", requests("ephemeral-storage"), "48Mi", "GATHER"],
    ["computeResources.maxCpus", "resources.requests.cpu", requests("cpu"), "1", "GATHER"],
    ["computeResources.maxMemory", "resources.requests.memory", requests("memory"), "256Mi", "GATHER"],
    ["podOptions.nodeSelector", "spec.nodeSelector", ({ spec }) => spec.nodeSelector, { workload: "nextflow" }, "MAKE"],
    ["podOptions.tolerations", "spec.tolerations", toleration("dedicated"), dedicated],
    ["podOptions.affinity", "spec.affinity", ({ spec }) => spec.affinity, { nodeAffinity: nodesWith("workload") }],
    ["podOptions.labels", "metadata.labels", label("example.com/team"), "genomics"],
    [
        "podOptions.annotations",
        "metadata.annotations",
        ({ metadata }) => metadata.annotations?.["example.com/note"],
        NOTE,
    ],
    [
        "podOptions.securityContext",
        "spec.securityContext",
        ({ spec }) => spec.securityContext,
        {
            runAsUser: 0,
            runAsGroup: 0,
            runAsNonRoot: false,
            fsGroup: 0,
            fsGroupChangePolicy: "OnRootMismatch",
            supplementalGroups: [2000],
            seccompProfile: { type: "RuntimeDefault" },
        },
    ],
    PRIORITY,
    ["podOptions.schedulerName", "spec.schedulerName", ({ spec }) => spec.schedulerName, "default-scheduler"],
    [
        "podOptions.automountServiceAccountToken",
        "spec.automountServiceAccountToken",
        ({ spec }) => spec.automountServiceAccountToken,
        false,
    ],
    [
        "podOptions.scratchVolumes",
        "mount at /cache",
        mounted("/cache"),
        { emptyDir: { medium: "Memory", sizeLimit: "16Mi" } },
    ],
    [
        "podOptions.extra",
        "a mount of the ConfigMap",
        ({ spec }) => spec.volumes?.map(({ configMap }) => configMap?.name).filter((name) => name !== undefined),
        ["settings"],
    ],
    ["env.*.name, env.*.valueFrom", "env TOKEN", variable("TOKEN"), { secretKeyRef: { name: "tokens", key: "api" } }],
    ["env.*.valueFrom", "env REGION", variable("REGION"), { configMapKeyRef: { name: "settings", key: "REGION" } }],
    ["advanced.imagePullPolicy", "imagePullPolicy", (pod) => main(pod).imagePullPolicy, "IfNotPresent"],
    ["nextflowConfig", "image", (pod) => main(pod).image, TASK_IMAGE],
];

const owner = ({ metadata }: Pod) => metadata.ownerReferences?.map(({ kind }) => kind);

const TASKS_AS_PODS: Row[] = [["advanced.computeResourceType", "metadata.ownerReferences", owner, undefined]];
const TASKS_AS_JOBS: Row[] = [
    ["advanced.computeResourceType", "metadata.ownerReferences", owner, ["Job"]],
    [
        "podOptions.ttlSecondsAfterFinished",
        "spec.ttlSecondsAfterFinished of its Job",
        ({ job }) => job?.spec.ttlSecondsAfterFinished,
        86_400,
    ],
];

const HEADS: Row[] = [
    [HEAD_ACCOUNT, "spec.serviceAccountName", ({ spec }) => spec.serviceAccountName, "pipeline-head"],
    ["headJob.cpus", "resources.requests.cpu", requests("cpu"), "1"],
    ["headJob.memory", "resources.requests.memory", requests("memory"), "1Gi"],
    ["limitRange", "resources.limits.memory", limits("memory"), "2Gi"],
    [
        "workDirectory",
        "an argument of the launcher",
        ({ spec }) => spec.containers[0].args?.includes(WORK_DIRECTORY),
        true,
    ],
    ["nextflowConfig", "env NXF_CONFIG_BASE64", configured(`process.container = '${TASK_IMAGE}'`), true],
    ["headPodSpec", "spec.terminationGracePeriodSeconds", ({ spec }) => spec.terminationGracePeriodSeconds, 7],
    ["environmentVariables", "env GREETING", variable("GREETING"), GREETING],
    ["env.*.name, env.*.value, env.*.target", "env HEAD_ONLY", variable("HEAD_ONLY"), "head"],
    ["env.*.target", "no env TASK_ONLY", variable("TASK_ONLY"), undefined],
    ["resourceLabels", "metadata.labels", label("team"), "genomics"],
];

const HEADS_BY_OPTIONS: Row[] = [
    ["headPodOptions.nodeSelector", "spec.nodeSelector", ({ spec }) => spec.nodeSelector, { workload: "nextflow" }],
    [
        "headPodOptions.tolerations",
        "spec.tolerations",
        toleration("dedicated"),
        { key: "dedicated", operator: "Exists" },
    ],
    ["headPodOptions.affinity", "spec.affinity", ({ spec }) => spec.affinity, { nodeAffinity: nodesWith("workload") }],
    [
        "headPodOptions.securityContext",
        "spec.securityContext",
        ({ spec }) => spec.securityContext,
        { supplementalGroups: [3000] },
    ],
    ["headPodOptions.priorityClassName", "spec.priorityClassName", ({ spec }) => spec.priorityClassName, "heads"],
    ["headPodOptions.schedulerName", "spec.schedulerName", ({ spec }) => spec.schedulerName, "default-scheduler"],
    ["headPodOptions.runtimeClassName", "spec.runtimeClassName", ({ spec }) => spec.runtimeClassName, "runc"],
    [
        `headPodOptions.mountStorageClaims, headPodOptions.containerName, ${CLAIMS}`,
        "mount at /reference",
        mounted("/reference"),
        referenced,
    ],
    VOLUME_NAME,
];

/** Where nothing is said of head and service pods, they go where tasks go, and head pods rank as tasks do. */
const BY_TASKS: Row[] = [
    ["podOptions.nodeSelector", "spec.nodeSelector", ({ spec }) => spec.nodeSelector, { workload: "nextflow" }],
    ["podOptions.tolerations", "spec.tolerations", toleration("dedicated"), dedicated],
];

const SERVICES: Row[] = [
    [HEAD_ACCOUNT, "spec.serviceAccountName", ({ spec }) => spec.serviceAccountName, "pipeline-head"],
    [
        "servicePodOptions.securityContext",
        "spec.securityContext",
        ({ spec }) => spec.securityContext,
        { supplementalGroups: [4000] },
    ],
    ["servicePodOptions.priorityClassName", "spec.priorityClassName", ({ spec }) => spec.priorityClassName, "heads"],
    ["servicePodOptions.schedulerName", "spec.schedulerName", ({ spec }) => spec.schedulerName, "default-scheduler"],
    ["servicePodOptions.runtimeClassName", "spec.runtimeClassName", ({ spec }) => spec.runtimeClassName, "runc"],
    [
        `servicePodOptions.mountStorageClaims, servicePodOptions.containerName, ${CLAIMS}`,
        "mount at /reference",
        mounted("/reference"),
        referenced,
    ],
    VOLUME_NAME,
    ["servicePodSpec", "spec.terminationGracePeriodSeconds", ({ spec }) => spec.terminationGracePeriodSeconds, 3],
    ["limitRange", "resources.requests.memory", requests("memory"), "64Mi"],
    ["limitRange", "resources.limits.memory", limits("memory"), "2Gi"],
    ["resourceLabels", "metadata.labels", label("team"), "genomics"],
];

const SERVICES_BY_OPTIONS: Row[] = [
    ["servicePodOptions.nodeSelector", "spec.nodeSelector", ({ spec }) => spec.nodeSelector, { tier: "fast" }],
    [
        "servicePodOptions.tolerations",
        "spec.tolerations",
        toleration("dedicated"),
        { key: "dedicated", operator: "Exists", effect: "NoSchedule" },
    ],
    ["servicePodOptions.affinity", "spec.affinity", ({ spec }) => spec.affinity, { nodeAffinity: nodesWith("tier") }],
];

function rows(pod: Shown["pod"], given: Row[], runs: RunName[] = ["pods", "jobs"]): Shown[] {
    return given.map(([text, where, see, expected, process]) => {
        return { arguments: text.split(", "), pod, where, runs, see, expected, process };
    });
}

/** Every argument that a pod shows, and what it shows. */
export const SHOWN: Shown[] = [
    ...rows("task", [...EVERY_POD, ...TASKS]),
    ...rows("task", TASKS_AS_PODS, ["pods"]),
    ...rows("task", TASKS_AS_JOBS, ["jobs"]),
    ...rows("head", [...EVERY_POD, ...HEADS]),
    ...rows("head", HEADS_BY_OPTIONS, ["pods"]),
    ...rows("head", [...BY_TASKS, PRIORITY], ["jobs"]),
    ...rows("service", [...EVERY_POD, ...SERVICES]),
    ...rows("service", SERVICES_BY_OPTIONS, ["pods"]),
    ...rows("service", BY_TASKS, ["jobs"]),
];

/** The pods that are to show it. */
export function podsOf({ pod, process }: Shown, { head, service, tasks }: RunPods): TaskPod[] {
    if (pod !== "task") {
        return [pod === "head" ? head : service];
    }
    return tasks.filter(({ metadata }) => process === undefined || metadata.labels?.[PROCESS_LABEL] === process);
}

/** True for what a Nextflow outside of a pod cannot show: it finds the work directory under another path. */
export function knowsWorkPath({ arguments: given, pod }: Shown): boolean {
    return pod === "task" && ["workDirectory", "storage.mountPath"].some((argument) => given.includes(argument));
}

/** How one would say it. */
export function titleOf({ arguments: given, pod, where, process }: Shown): string {
    return `${given.join(", ")} in ${process === undefined ? "" : `${process} `}${pod} pods: ${where}`;
}
