import type { NodeOptions } from "../cluster";
import { TASK_IMAGE } from "../images";

/** The node takes only pods that ask for it, so that a selector or a toleration that gets lost is noticed. */
export const NODE = {
    labels: { workload: "nextflow", tier: "fast" },
    taints: [{ key: "dedicated", value: "nextflow", effect: "NoSchedule" }],
} satisfies Partial<NodeOptions>;

/** What stands for GPUs: a resource that the node is said to have. */
export const ACCELERATOR = "example.com/accelerator";
export const ACCELERATORS = 4;

export const NAMESPACE = "nextflow";

/** A node affinity to nodes that have a label. */
export const nodesWith = (key: string) => ({
    requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key, operator: "Exists" }] }],
    },
});
export const WORK_VOLUME = "nextflow-work";
export const REFERENCE_VOLUME = "reference-data";
export const MOUNT_PATH = "/scratch";
export const WORK_DIRECTORY = `${MOUNT_PATH}/runs`;
export const REFERENCE = { directory: "grch38", file: "genome.fa", text: ">chr1\nACGT\n" };

/** In a Secret that the environment refers to. */
export const SECRET_VALUE = "value-of-a-secret";

/** Text with all that shells, YAML and Groovy take for something else. */
export const NOTE = `it's "quoted" for $5 \\ ${"${x}"} naïve`;

/** Variables of the Platform's reach tasks through a shell; those of a ConfigMap, such as {@link NOTE}, do not. */
export const GREETING = "good day's naïve work";

/** Everything that an environment can be told and a node of this machine can show, by the arguments' own names. */
export function stackSettings(): Record<string, unknown> {
    return {
        createNamespace: false,
        networkPolicy: {},
        resourceQuota: { hard: { pods: "50", "requests.memory": "16Gi" } },
        limitRange: { default: { memory: "2Gi" }, defaultRequest: { memory: "64Mi" }, max: { memory: "4Gi" } },
        serviceAccount: "pipeline-tasks",
        registries: [{ server: "registry.example.com", username: "octo", password: "hunter2" }],
        imagePullSecrets: ["theirs"],
        storage: { storageClassName: "", volumeName: WORK_VOLUME, size: "1Gi", mountPath: MOUNT_PATH },
        workDirectory: WORK_DIRECTORY,
        podCleanup: "never",
        headJob: { cpus: 1, memory: "1 GB" },
        computeResources: {
            cpus: 1,
            memory: "128 MB",
            disk: "64 MB",
            time: "1h",
            accelerators: 1,
            acceleratorType: ACCELERATOR,
            maxCpus: 1,
            maxMemory: "256 MB",
            cpuLimits: true,
        },
        retries: { strategy: "retry", maxRetries: 1, maxErrors: -1 },
        processes: [
            {
                label: "accelerated",
                cpus: 1,
                memory: "96 MB",
                disk: "32 MB",
                time: "30m",
                accelerators: 2,
                acceleratorType: ACCELERATOR,
                strategy: "retry",
                maxRetries: 2,
                nodeSelector: { tier: "fast" },
                tolerations: [{ key: "tier", operator: "Exists" }],
            },
            { name: "GATHER", disk: "48 MB" },
        ],
        storageClaims: [
            {
                name: "reference",
                claimName: REFERENCE_VOLUME,
                mountPath: "/reference",
                readOnly: true,
                subPath: REFERENCE.directory,
            },
        ],
        podOptions: {
            nodeSelector: { workload: "nextflow" },
            tolerations: [{ key: "dedicated", operator: "Equal", value: "nextflow", effect: "NoSchedule" }],
            affinity: { nodeAffinity: nodesWith("workload") },
            labels: { "example.com/team": "genomics" },
            annotations: { "example.com/note": NOTE },
            securityContext: {
                runAsUser: 0,
                runAsGroup: 0,
                runAsNonRoot: false,
                fsGroup: 0,
                fsGroupChangePolicy: "OnRootMismatch",
                supplementalGroups: [2000],
                seccompProfile: { type: "RuntimeDefault" },
            },
            priorityClassName: "tasks",
            schedulerName: "default-scheduler",
            automountServiceAccountToken: false,
            scratchVolumes: [{ mountPath: "/cache", medium: "Memory", sizeLimit: "16Mi" }],
            extra: [{ config: "settings/REGION", mountPath: "/etc/settings/region" }],
        },
        headPodOptions: {
            nodeSelector: { workload: "nextflow" },
            tolerations: [{ key: "dedicated", operator: "Exists" }],
            affinity: { nodeAffinity: nodesWith("workload") },
            securityContext: { supplementalGroups: [3000] },
            priorityClassName: "heads",
            schedulerName: "default-scheduler",
            runtimeClassName: "runc",
            mountStorageClaims: true,
            containerName: "head",
        },
        servicePodOptions: {
            nodeSelector: { tier: "fast" },
            tolerations: [{ key: "dedicated", operator: "Exists", effect: "NoSchedule" }],
            affinity: { nodeAffinity: nodesWith("tier") },
            securityContext: { supplementalGroups: [4000] },
            priorityClassName: "heads",
            schedulerName: "default-scheduler",
            runtimeClassName: "runc",
            mountStorageClaims: true,
            containerName: "service",
        },
        headPodSpec: "spec:\n  terminationGracePeriodSeconds: 7\n",
        servicePodSpec: "spec:\n  terminationGracePeriodSeconds: 3\n",
        stagingOptions: {
            preRunScript: `echo "before $TOWER_WORKFLOW_ID" > ${MOUNT_PATH}/pre-run.txt\n`,
            postRunScript: `echo "after $NXF_EXIT_STATUS" > ${MOUNT_PATH}/post-run.txt\n`,
        },
        nextflowConfig: `process.container = '${TASK_IMAGE}'\nexecutor.pollInterval = '1 sec'\n`,
        environmentVariables: { NXF_JVM_ARGS: "-Xmx512m", GREETING },
        env: [
            { name: "HEAD_ONLY", value: "head", target: "head" },
            { name: "TASK_ONLY", value: "task", target: "compute" },
            { name: "TOKEN", valueFrom: { secretKeyRef: { name: "tokens", key: "api" } } },
            { name: "REGION", valueFrom: { configMapKeyRef: { name: "settings" } } },
        ],
        advanced: {
            headServiceAccount: "pipeline-head",
            imagePullPolicy: "IfNotPresent",
            computeResourceType: "Pod",
        },
        resourceLabels: { team: "genomics" },
    };
}

/**
 * The same environment with tasks as Jobs, with the other words for what can be said in two ways, and with the Platform's pods where
 * tasks are.
 */
export function jobSettings(): Record<string, unknown> {
    const { serviceAccount, imagePullSecrets, podOptions, servicePodOptions, ...settings } = stackSettings();
    return {
        ...settings,
        serviceAccount: undefined,
        serviceAccounts: { head: { name: "pipeline-head" }, compute: { name: serviceAccount } },
        imagePullSecrets: undefined,
        storage: { volumeName: WORK_VOLUME, size: "1Gi" },
        podCleanup: "always",
        podOptions: { ...(podOptions as object), ttlSecondsAfterFinished: 86_400 },
        headPodOptions: undefined,
        servicePodOptions: { ...(servicePodOptions as object), nodeSelector: undefined, tolerations: undefined },
        advanced: {
            imagePullPolicy: "IfNotPresent",
            imagePullSecrets,
            storageClassName: "",
            storageMountPath: MOUNT_PATH,
            computeResourceType: "Job",
        },
    };
}

/** What must be in the cluster before: what an environment refers to. The volumes are folders of this machine. */
export function prerequisites(workFolder: string, referenceFolder: string): object[] {
    const inNamespace = (name: string) => ({ name, namespace: NAMESPACE });
    return [
        {
            apiVersion: "v1",
            kind: "Namespace",
            // The level that the package would give to a namespace that it makes.
            metadata: { name: NAMESPACE, labels: { "pod-security.kubernetes.io/enforce": "baseline" } },
        },
        volume(WORK_VOLUME, workFolder),
        volume(REFERENCE_VOLUME, referenceFolder),
        {
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            metadata: inNamespace(REFERENCE_VOLUME),
            spec: {
                accessModes: ["ReadWriteMany"],
                storageClassName: "",
                volumeName: REFERENCE_VOLUME,
                resources: { requests: { storage: "1Gi" } },
            },
        },
        { apiVersion: "v1", kind: "Secret", metadata: inNamespace("tokens"), stringData: { api: SECRET_VALUE } },
        { apiVersion: "v1", kind: "ConfigMap", metadata: inNamespace("settings"), data: { REGION: NOTE } },
        ...["heads", "tasks"].map((name, index) => ({
            apiVersion: "scheduling.k8s.io/v1",
            kind: "PriorityClass",
            metadata: { name },
            value: 1000 - index,
        })),
        { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name: "runc" }, handler: "runc" },
    ];
}

function volume(name: string, path: string): object {
    return {
        apiVersion: "v1",
        kind: "PersistentVolume",
        metadata: { name },
        spec: {
            capacity: { storage: "1Gi" },
            accessModes: ["ReadWriteMany"],
            persistentVolumeReclaimPolicy: "Retain",
            hostPath: { path, type: "Directory" },
        },
    };
}
