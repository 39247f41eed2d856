import type { Container, Pod } from "./audit";
import { ACCELERATOR, GREETING, MOUNT_PATH, NOTE, REFERENCE_VOLUME } from "./settings";

/** The pods of a run, as the API server made them. */
export interface RunPods {
    head: Pod;
    service: Pod;
    /** In the order in which Nextflow submitted them. */
    tasks: Pod[];
}

/** One argument of the environment and what it causes in one kind of pod. */
export interface Shown {
    argument: string;
    pod: "task" | "head" | "service";
    where: string;
    /** What is there. */
    see: (pod: Pod) => unknown;
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
const toleration = (pod: Pod) => pod.spec.tolerations?.find(({ key }) => key === "dedicated");
const pullSecrets = (pod: Pod) => pod.spec.imagePullSecrets?.map(({ name }) => name);

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

const claim = (claimName: string) => ({ persistentVolumeClaim: { claimName } });
const referenced = { ...claim(REFERENCE_VOLUME), readOnly: true, subPath: "grch38" };

type Row = [argument: string, where: string, see: Shown["see"], expected: unknown, process?: string];

const TASKS: Row[] = [
    ["serviceAccount", "spec.serviceAccountName", ({ spec }) => spec.serviceAccountName, "pipeline-tasks"],
    ["registries, imagePullSecrets", "spec.imagePullSecrets", pullSecrets, ["nextflow-registries", "theirs"]],
    ["storage", `mount at ${MOUNT_PATH}`, mounted(MOUNT_PATH), claim("nextflow-work")],
    ["storageClaims", "mount at /reference", mounted("/reference"), referenced],
    ["computeResources.cpus", "resources.requests.cpu", requests("cpu"), "1"],
    ["computeResources.cpuLimits", "resources.limits.cpu", limits("cpu"), "1"],
    ["computeResources.memory", "resources.requests.memory", requests("memory"), "128Mi", "MAKE"],
    ["computeResources.memory", "resources.limits.memory", limits("memory"), "128Mi", "MAKE"],
    ["computeResources.disk", "resources.requests.ephemeral-storage", requests("ephemeral-storage"), "64Mi"],
    ["computeResources.time", "spec.activeDeadlineSeconds", ({ spec }) => spec.activeDeadlineSeconds, 3600],
    ["processes[].accelerators, by label", `resources.limits["${ACCELERATOR}"]`, limits(ACCELERATOR), "1", "COUNT"],
    ["processes[].accelerators, by label", `none elsewhere`, limits(ACCELERATOR), undefined, "MAKE"],
    ["processes[].memory, by name", "resources.requests.memory", requests("memory"), "160Mi", "GATHER"],
    ["podOptions.nodeSelector", "spec.nodeSelector", ({ spec }) => spec.nodeSelector, { workload: "nextflow" }],
    [
        "podOptions.tolerations",
        "spec.tolerations",
        toleration,
        { key: "dedicated", operator: "Equal", value: "nextflow", effect: "NoSchedule" },
    ],
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
    ["podOptions.priorityClassName", "spec.priorityClassName", ({ spec }) => spec.priorityClassName, "tasks"],
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
    ["environment[].secret", "env TOKEN", variable("TOKEN"), { secretKeyRef: { name: "tokens", key: "api" } }],
    [
        "environment[].configMap",
        "env REGION",
        variable("REGION"),
        { configMapKeyRef: { name: "settings", key: "REGION" } },
    ],
    ["advanced.imagePullPolicy", "imagePullPolicy", (pod) => main(pod).imagePullPolicy, "IfNotPresent"],
    ["advanced.computeResourceType", "kind", ({ kind }) => kind, "Pod"],
];

const HEADS: Row[] = [
    ["advanced.headServiceAccount", "spec.serviceAccountName", ({ spec }) => spec.serviceAccountName, "pipeline-head"],
    ["registries, imagePullSecrets", "spec.imagePullSecrets", pullSecrets, ["nextflow-registries", "theirs"]],
    ["storage", `mount at ${MOUNT_PATH}`, mounted(MOUNT_PATH), claim("nextflow-work")],
    ["headJob.cpus", "resources.requests.cpu", requests("cpu"), "1"],
    ["headJob.memory", "resources.requests.memory", requests("memory"), "1Gi"],
    ["headPodOptions.nodeSelector", "spec.nodeSelector", ({ spec }) => spec.nodeSelector, { workload: "nextflow" }],
    ["headPodOptions.tolerations", "spec.tolerations", toleration, { key: "dedicated", operator: "Exists" }],
    [
        "headPodOptions.securityContext",
        "spec.securityContext",
        ({ spec }) => spec.securityContext,
        { supplementalGroups: [3000] },
    ],
    ["headPodOptions.priorityClassName", "spec.priorityClassName", ({ spec }) => spec.priorityClassName, "heads"],
    ["headPodOptions.schedulerName", "spec.schedulerName", ({ spec }) => spec.schedulerName, "default-scheduler"],
    ["headPodOptions.runtimeClassName", "spec.runtimeClassName", ({ spec }) => spec.runtimeClassName, "runc"],
    ["headPodOptions.mountStorageClaims", "mount at /reference", mounted("/reference"), referenced],
    ["headPodSpec", "spec.terminationGracePeriodSeconds", ({ spec }) => spec.terminationGracePeriodSeconds, 7],
    ["environmentVariables", "env GREETING", variable("GREETING"), GREETING],
    ["environment[].target head", "env HEAD_ONLY", variable("HEAD_ONLY"), "head"],
    ["environment[].target compute", "no env TASK_ONLY", variable("TASK_ONLY"), undefined],
    ["labels", "metadata.labels", label("team"), "genomics"],
];

const SERVICES: Row[] = [
    ["advanced.headServiceAccount", "spec.serviceAccountName", ({ spec }) => spec.serviceAccountName, "pipeline-head"],
    ["storage", `mount at ${MOUNT_PATH}`, mounted(MOUNT_PATH), claim("nextflow-work")],
    ["headPodOptions, taken over", "spec.nodeSelector", ({ spec }) => spec.nodeSelector, { workload: "nextflow" }],
    ["headPodOptions, taken over", "spec.tolerations", toleration, { key: "dedicated", operator: "Exists" }],
    ["servicePodOptions.priorityClassName", "spec.priorityClassName", ({ spec }) => spec.priorityClassName, "heads"],
    ["servicePodOptions.mountStorageClaims", "mount at /reference", mounted("/reference"), referenced],
    ["servicePodSpec", "spec.terminationGracePeriodSeconds", ({ spec }) => spec.terminationGracePeriodSeconds, 3],
    ["limitRange.defaultRequest", "resources.requests.memory", requests("memory"), "64Mi"],
    ["limitRange.default", "resources.limits.memory", limits("memory"), "2Gi"],
    ["labels", "metadata.labels", label("team"), "genomics"],
];

const rows = (pod: Shown["pod"], given: Row[]): Shown[] =>
    given.map(([argument, where, see, expected, process]) => ({ argument, pod, where, see, expected, process }));

/** Every argument that a pod shows, and what it shows. */
export const SHOWN: Shown[] = [...rows("task", TASKS), ...rows("head", HEADS), ...rows("service", SERVICES)];

/** The pods that are to show it. */
export function podsOf({ pod, process }: Shown, { head, service, tasks }: RunPods): Pod[] {
    if (pod !== "task") {
        return [pod === "head" ? head : service];
    }
    return tasks.filter(({ metadata }) => process === undefined || metadata.labels?.[PROCESS_LABEL] === process);
}
