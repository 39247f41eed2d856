import type { core } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type {
    AccessMode,
    ComputeResourceType,
    EnvironmentTarget,
    ErrorStrategy,
    ImagePullPolicy,
    ScratchMedium,
} from "./enums";
import type { CsiVolumeArgs, NfsVolumeArgs } from "./volumes";

/** Resources of a task: by default, or of some processes. */
export interface TaskResourcesArgs {
    /**
     * CPUs that a task requests, a whole number: Nextflow does not support fractions. Becomes `process.cpus`. Default: what the
     * pipeline says, else 1. See https://www.nextflow.io/docs/latest/reference/process.html#cpus
     */
    cpus?: pulumi.Input<number>;
    /**
     * Memory that a task requests and is limited to, in whole mebibytes, in Nextflow's or Kubernetes' notation: `16 GB`, `16Gi`,
     * `8192 Mi`. All units are powers of 1024. Becomes `process.memory`, which replaces the pipeline's own default and so its increase
     * from one attempt to the next; `maxMemory` keeps them. Default: what the pipeline says.
     * See https://www.nextflow.io/docs/latest/reference/process.html#memory
     */
    memory?: pulumi.Input<string>;
    /**
     * Disk on the node that a task requests and is limited to, in the notation of `memory`. Becomes `process.disk`. Default: what the
     * pipeline says.
     */
    disk?: pulumi.Input<string>;
    /**
     * Maximum run time of a task, such as `6h` or `90 min`. Becomes `process.time` and the deadline of the pod. Default: what the
     * pipeline says.
     */
    time?: pulumi.Input<string>;
    /**
     * GPUs that each task requests, a whole number from 1 up. For GPUs of some tasks only, use `processes`. Becomes
     * `process.accelerator`. Default: none.
     */
    accelerators?: pulumi.Input<number>;
    /**
     * Name of the Kubernetes resource that a GPU is, such as `nvidia.com/mig-1g.5gb`. Requires `accelerators`. To choose a model of
     * GPU, use a node selector. Default: `nvidia.com/gpu`.
     */
    acceleratorType?: pulumi.Input<string>;
}

/** Default resources of tasks. The directives of a process, and selectors in the pipeline's own configuration, take precedence. */
export interface ComputeResourcesArgs extends TaskResourcesArgs {
    /**
     * Maximum number of CPUs that any task may request, such as those of the largest node; not less than `cpus`. Becomes
     * `process.resourceLimits`. Requires Nextflow 24.04. Default: no limit.
     */
    maxCpus?: pulumi.Input<number>;
    /**
     * Maximum memory that any task may request, in the notation of `memory` and not less than it. Becomes `process.resourceLimits`.
     * Requires Nextflow 24.04. Default: no limit.
     */
    maxMemory?: pulumi.Input<string>;
    /**
     * Whether to limit a task to the CPUs that it requests, which a quota on `limits.cpu` requires. Becomes `k8s.cpuLimits`. Default:
     * false.
     */
    cpuLimits?: pulumi.Input<boolean>;
}

/** What Nextflow does when a task fails. Selectors in the pipeline's own configuration take precedence. */
export interface RetriesArgs {
    /** Error strategy of tasks. Becomes `process.errorStrategy`. Default: `retry` with `maxRetries`, else what the pipeline says. */
    strategy?: pulumi.Input<ErrorStrategy>;
    /**
     * Maximum number of times that a failed task is retried, a whole number. The loss of its node counts as a failure, so use 3 or more
     * on spot nodes. With the strategy `retry` only. Becomes `process.maxRetries`. Default: what the pipeline says.
     */
    maxRetries?: pulumi.Input<number>;
    /**
     * Maximum number of failures of a process, over all its tasks; -1 for any number. Becomes `process.maxErrors`. Default: what the
     * pipeline says.
     */
    maxErrors?: pulumi.Input<number>;
}

/** An empty directory in a task's pod, which is deleted with the pod: an `emptyDir` volume. */
export interface ScratchVolumeArgs {
    /**
     * Absolute path that the directory is mounted at, such as `/dev/shm`, apart from the paths of the work claim and of other volumes.
     */
    mountPath: pulumi.Input<string>;
    /** Medium of the directory: `Memory` keeps it in memory, an empty text on the node's disk. Default: the node's disk. */
    medium?: pulumi.Input<ScratchMedium>;
    /** Maximum size of the directory, as a Kubernetes quantity, such as `1Gi`. Default: none. */
    sizeLimit?: pulumi.Input<string>;
}

/** Options of the task pods. They become entries of `k8s.pod`. See https://www.nextflow.io/docs/latest/reference/process.html#pod */
export interface PodOptionsArgs {
    /**
     * Labels that a node must have for the pods to run there, such as `{ workload: "nextflow" }`. Head and service pods inherit them,
     * unless one of them marks spot or GPU nodes. Default: none.
     */
    nodeSelector?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * Taints of nodes that the pods tolerate, such as
     * `{ key: "dedicated", operator: "Equal", value: "nextflow", effect: "NoSchedule" }`. Head and service pods inherit those that do
     * not mark spot or GPU nodes. Default: none. See https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
     */
    tolerations?: pulumi.Input<pulumi.Input<core.v1.Toleration>[]>;
    /**
     * Node, pod and pod anti-affinity, such as `{ nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: … } }`. Becomes
     * `k8s.pod.affinity`. Head and service pods do not inherit it. Default: none.
     * See https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity
     */
    affinity?: pulumi.Input<core.v1.Affinity>;
    /** Labels of the pods, such as `{ team: "genomics" }`. Nextflow reserves `app`, `runName` and `nextflow.io/…`. Default: none. */
    labels?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * Annotations of the pods, such as `{ "prometheus.io/scrape": "true" }`. An annotation that injects a sidecar, such as
     * `linkerd.io/inject: enabled`, is an error, since the pod of a task would never end. Default: none.
     */
    annotations?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * Security context of the pods. Becomes `k8s.securityContext`. With `fsGroup` and without `fsGroupChangePolicy`, the policy is
     * `OnRootMismatch`, since otherwise every pod walks the whole work directory; volumes of NFS and EFS keep their own group. Head
     * pods run as root, so a `runAsUser` must be able to write to the work directory. `runAsNonRoot` cannot be used with Fusion. Head
     * and service pods do not inherit it: their images need root. Default: none.
     * See https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
     */
    securityContext?: pulumi.Input<core.v1.PodSecurityContext>;
    /**
     * Name of the pods' priority class, which must exist in the cluster. Head and service pods inherit it: a task that finds no free
     * node would preempt a head pod of lower priority. Default: none.
     */
    priorityClassName?: pulumi.Input<string>;
    /** Name of the scheduler of the pods. Default: the cluster's. */
    schedulerName?: pulumi.Input<string>;
    /** Name of the pods' runtime class. Requires Nextflow 26.04; an older version fails. Default: none. */
    runtimeClassName?: pulumi.Input<string>;
    /**
     * Whether to mount the token of the service account into the pods. Default: what the service account says; false for one that is
     * created here.
     */
    automountServiceAccountToken?: pulumi.Input<boolean>;
    /** Time that a finished Job is kept, in seconds, 3,600 or more. With `advanced.computeResourceType` `Job` only. */
    ttlSecondsAfterFinished?: pulumi.Input<number>;
    /** Empty directories that are mounted into the pods. Default: none. */
    scratchVolumes?: pulumi.Input<pulumi.Input<ScratchVolumeArgs>[]>;
    /**
     * Further entries of `k8s.pod`, each with one pod option of Nextflow, such as `{ hostPath: "/data", mountPath: "/data" }`. An entry
     * that sets what an argument, another entry or the work claim's mount sets is an error, because Nextflow uses only one of them.
     * Default: none.
     */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever Nextflow takes: Pulumi's analyzer has no other word for it
    extra?: pulumi.Input<pulumi.Input<Record<string, any>>[]>;
}

/**
 * Options of the head pods, or of the Platform's service pod. They become a PodSpec, over which `headPodSpec` or `servicePodSpec` is
 * merged.
 */
export interface PlatformPodOptionsArgs {
    /**
     * Labels that a node must have for the pod to run there; `{}` for none. Default: those of `podOptions` for head pods, those of head
     * pods for the service pod.
     */
    nodeSelector?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Taints of nodes that the pod tolerates; `[]` for none. Default: as for `nodeSelector`. */
    tolerations?: pulumi.Input<pulumi.Input<core.v1.Toleration>[]>;
    /** Node, pod and pod anti-affinity of the pod. Default: none, even where `podOptions` has one. */
    affinity?: pulumi.Input<core.v1.Affinity>;
    /** Security context of the pod. The Platform's images need root. Default: none, even where `podOptions` has one. */
    securityContext?: pulumi.Input<core.v1.PodSecurityContext>;
    /**
     * Name of the pod's priority class, which must exist in the cluster. The class of head pods should not rank below that of tasks.
     * Default: as for `nodeSelector`.
     */
    priorityClassName?: pulumi.Input<string>;
    /** Name of the scheduler of the pod. Default: the cluster's. */
    schedulerName?: pulumi.Input<string>;
    /** Name of the pod's runtime class. Default: none. */
    runtimeClassName?: pulumi.Input<string>;
    /**
     * Whether to mount the `storageClaims` into the pod as well, so that Nextflow itself reads and writes there. Requires
     * `containerName` and `storageClaims`. Default: false.
     */
    mountStorageClaims?: pulumi.Input<boolean>;
    /**
     * Name of the container that the Platform runs in the pod, as `kubectl get pod` shows it: an RFC 1123 label. Requires
     * `mountStorageClaims`. The Platform does not document the name.
     */
    containerName?: pulumi.Input<string>;
}

/**
 * A claim that task pods mount beside the work claim: an existing claim of the namespace, or, with `nfs` or `csi`, a claim that is
 * created for an existing volume.
 */
export interface StorageClaimArgs {
    /** Name of the claim's volume in pods: an RFC 1123 label. Default: the claim's name. */
    name?: pulumi.Input<string>;
    /** Name of the claim. With `nfs` or `csi`, it must be plain text. */
    claimName: pulumi.Input<string>;
    /**
     * Absolute path that the claim is mounted at, such as `/mnt/reference`, apart from the paths of the work claim and of other
     * volumes.
     */
    mountPath: pulumi.Input<string>;
    /** Whether to mount the claim read-only. Default: false. */
    readOnly?: pulumi.Input<boolean>;
    /** Directory of the volume to mount, without a leading slash, such as `data/2024`. Default: its root. */
    subPath?: pulumi.Input<string>;
    /** Export of an NFS server that the claim is created for. The data stays when the claim is deleted. Conflicts with `csi`. */
    nfs?: NfsVolumeArgs;
    /** Volume of a CSI driver that the claim is created for. The data stays when the claim is deleted. Conflicts with `nfs`. */
    csi?: CsiVolumeArgs;
    /** Size of a claim that is created, as a Kubernetes quantity; nothing enforces it. Requires `nfs` or `csi`. Default: `1Ti`. */
    size?: pulumi.Input<string>;
    /** Access modes of a claim that is created. Requires `nfs` or `csi`. Default: `ReadWriteMany`. */
    accessModes?: pulumi.Input<pulumi.Input<AccessMode>[]>;
    /** Mount options on the node, such as `nconnect=4`, for a claim that is created. Requires `nfs` or `csi`. Default: none. */
    mountOptions?: pulumi.Input<pulumi.Input<string>[]>;
}

/** A key of a Secret or ConfigMap of the namespace. */
export interface KeySelectorArgs {
    /** Name of the Secret or ConfigMap. */
    name: pulumi.Input<string>;
    /** Key in the Secret or ConfigMap. Default: the variable's name. */
    key?: pulumi.Input<string>;
}

/**
 * Source of a variable's value, which is read when a task's pod starts: one of the two. Neither Pulumi nor the Platform sees the value.
 */
export interface EnvVarSourceArgs {
    /** A key of a Secret. */
    secretKeyRef?: pulumi.Input<KeySelectorArgs>;
    /** A key of a ConfigMap. */
    configMapKeyRef?: pulumi.Input<KeySelectorArgs>;
}

/**
 * An environment variable of tasks, in the form of Kubernetes, with one of `value` and `valueFrom`.
 * See https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
 */
export interface TaskEnvVarArgs {
    /** Name of the variable: letters, digits and underscores, not beginning with a digit. */
    name: pulumi.Input<string>;
    /** Value of the variable. Stored in the Platform in plain text: do not use it for secrets. */
    value?: pulumi.Input<string>;
    /** Secret or ConfigMap of the namespace that the value is read from. Reaches task pods only. */
    valueFrom?: pulumi.Input<EnvVarSourceArgs>;
}

/** An environment variable of head pods, task pods or both. */
export interface EnvVarArgs extends TaskEnvVarArgs {
    /**
     * Pods that get the variable. A variable with `valueFrom` can only reach task pods. Default: `both` with `value`, `compute` with
     * `valueFrom`.
     */
    target?: pulumi.Input<EnvironmentTarget>;
}

/**
 * Resources, retries and placement of the tasks of some processes, which one of `label` and `name` selects. `cpus` and `memory` must not
 * exceed `computeResources.maxCpus` and `maxMemory`: Nextflow would lower them.
 */
export interface ProcessArgs extends TaskResourcesArgs {
    /** Label of the processes, or a regular expression of it. Becomes `withLabel`. */
    label?: pulumi.Input<string>;
    /** Name of the processes, or a regular expression of it. Becomes `withName`, which takes precedence over `withLabel`. */
    name?: pulumi.Input<string>;
    /** Error strategy of the tasks, as in `retries`. */
    strategy?: pulumi.Input<ErrorStrategy>;
    /** Maximum number of times that a failed task is retried, as in `retries`. */
    maxRetries?: pulumi.Input<number>;
    /** Labels that a node must have for the pods to run there, instead of those of `podOptions`. */
    nodeSelector?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Taints of nodes that the pods tolerate, in addition to those of `podOptions`. */
    tolerations?: pulumi.Input<pulumi.Input<core.v1.Toleration>[]>;
}

/**
 * Arguments that few environments need, under the names of the Platform's own forms. Where another argument has the same meaning,
 * prefer that one.
 */
export interface AdvancedArgs {
    /**
     * Alias of `serviceAccounts.head.name`, under the name that the Platform's own form and Seqera's Terraform provider use. Setting
     * both is an error.
     */
    headServiceAccount?: string;
    /**
     * When the nodes pull the images of tasks. Becomes `k8s.imagePullPolicy`. Default: Kubernetes' own: `Always` for `:latest`, else
     * `IfNotPresent`.
     */
    imagePullPolicy?: pulumi.Input<ImagePullPolicy>;
    /**
     * Alias of `imagePullSecrets`, under the name that the Platform's own form and Seqera's Terraform provider use. Setting both is an
     * error.
     */
    imagePullSecrets?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Alias of `storage.storageClassName`, under the name that the Platform's own form and Seqera's Terraform provider use. Setting
     * both is an error.
     */
    storageClassName?: pulumi.Input<string>;
    /**
     * Alias of `storage.mountPath`, under the name that the Platform's own form and Seqera's Terraform provider use. Setting both is an
     * error.
     */
    storageMountPath?: pulumi.Input<string>;
    /**
     * Kubernetes object that Nextflow creates for a task. Becomes `k8s.computeResourceType`. Default: Nextflow's own: `Pod`, from 26.10
     * on `Job`.
     */
    computeResourceType?: pulumi.Input<ComputeResourceType>;
}
