import type { core } from "@pulumi/kubernetes/types/input";
import type * as pulumi from "@pulumi/pulumi";
import type { AccessMode, ComputeResourceType, EnvironmentTarget, ErrorStrategy, ImagePullPolicy } from "./enums";
import type { CsiVolumeArgs, NfsVolumeArgs } from "./volumes";

/** What a task asks for unless its process, or a selector in the pipeline's own configuration, says otherwise. */
export interface ComputeResourcesArgs {
    /**
     * CPUs that a task requests, whole ones: Nextflow knows no parts. Becomes `process.cpus`. Default: what the pipeline
     * says, else 1. See https://www.nextflow.io/docs/latest/reference/process.html#cpus
     */
    cpus?: pulumi.Input<number>;
    /**
     * Memory that a task requests and is limited to, in whole mebibytes, as Nextflow or as Kubernetes writes it: `16 GB`,
     * `16Gi`, `8192 Mi`. All units are powers of 1024. Becomes `process.memory`, which takes the place of a pipeline's own
     * default and so of its growth from one attempt to the next; `maxMemory` leaves that alone. Default: what the
     * pipeline says. See https://www.nextflow.io/docs/latest/reference/process.html#memory
     */
    memory?: pulumi.Input<string>;
    /** Disk on the node that a task requests and is limited to, spelt like `memory`. Becomes `process.disk`. Default: what the pipeline says. */
    disk?: pulumi.Input<string>;
    /** How long a task may run, such as `6h`. Becomes `process.time` and the pod's deadline. Default: what the pipeline says. */
    time?: pulumi.Input<string>;
    /** GPUs of every task. For those of some tasks, see `processes`. Becomes `process.accelerator`. Default: none. */
    accelerators?: pulumi.Input<number>;
    /** The resource that a GPU is in Kubernetes, such as `nvidia.com/mig-1g.5gb`. A model is chosen with a node selector. Default: `nvidia.com/gpu`. */
    acceleratorType?: pulumi.Input<string>;
    /** The most CPUs that any task may ask for, such as those of the largest node. Becomes `process.resourceLimits`. Needs Nextflow 24.04. Default: no limit. */
    maxCpus?: pulumi.Input<number>;
    /** The most memory that any task may ask for, spelt like `memory`. Becomes `process.resourceLimits`. Needs Nextflow 24.04. Default: no limit. */
    maxMemory?: pulumi.Input<string>;
    /** Limits a task's CPUs to those it requests, which a quota on `limits.cpu` asks for. Becomes `k8s.cpuLimits`. Default: false. */
    cpuLimits?: pulumi.Input<boolean>;
}

/** What happens when a task fails. A pipeline's own selectors still win. */
export interface RetriesArgs {
    /** Becomes `process.errorStrategy`. Default: `retry` with `maxRetries`, else what the pipeline says. */
    strategy?: pulumi.Input<ErrorStrategy>;
    /** How often a task runs again. A node that is taken away counts, so spot nodes want 3 or more. Becomes `process.maxRetries`. */
    maxRetries?: pulumi.Input<number>;
    /** How many failures a process may have in all; -1: any number. Becomes `process.maxErrors`. */
    maxErrors?: pulumi.Input<number>;
}

/** An empty directory of a task's own, gone with it. */
export interface ScratchVolumeArgs {
    /** Where it is mounted, such as `/dev/shm`. */
    mountPath: pulumi.Input<string>;
    /** `Memory` keeps it in memory. Default: on the node's disk. */
    medium?: pulumi.Input<string>;
    /** Size as a Kubernetes quantity, such as `1Gi`. Default: none. */
    sizeLimit?: pulumi.Input<string>;
}

/** The pods of tasks. Becomes entries of `k8s.pod`; see https://www.nextflow.io/docs/latest/reference/process.html#pod */
export interface PodOptionsArgs {
    /** Labels that a node must have. Head and service pods take them over, unless one of them means spot nodes or GPUs. */
    nodeSelector?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * Taints of nodes that pods tolerate. Head and service pods take over those that do not mean spot nodes or GPUs.
     * See https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/
     */
    tolerations?: pulumi.Input<pulumi.Input<core.v1.Toleration>[]>;
    /** Labels. Nextflow keeps `app`, `runName` and `nextflow.io/…` for itself. */
    labels?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Annotations. */
    annotations?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * Security context of the pods. Becomes `k8s.securityContext`. With `fsGroup` and no `fsGroupChangePolicy` that is `OnRootMismatch`,
     * since otherwise every pod walks the whole work directory; volumes of NFS and EFS keep their own group. Head pods run as root, so
     * a `runAsUser` must be able to write into the work directory. `runAsNonRoot` cannot be used with Fusion. Head and service pods do not
     * take it over: their images need root. See https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
     */
    securityContext?: pulumi.Input<core.v1.PodSecurityContext>;
    /**
     * Priority class, which must be in the cluster. Head and service pods take it over: a task for which there is no room would
     * take the place of a head pod that ranks below it.
     */
    priorityClassName?: pulumi.Input<string>;
    /** Scheduler. Default: the cluster's. */
    schedulerName?: pulumi.Input<string>;
    /** Runtime class. Needs Nextflow 26.04; an older one refuses to run. */
    runtimeClassName?: pulumi.Input<string>;
    /** Whether a pod gets its service account's token. Default: what the service account says; one made here says no. */
    automountServiceAccountToken?: pulumi.Input<boolean>;
    /** How long a Job that ended is kept, in seconds, 3,600 or more. With `advanced.computeResourceType` `Job` alone. */
    ttlSecondsAfterFinished?: pulumi.Input<number>;
    /** Empty directories. */
    scratchVolumes?: pulumi.Input<pulumi.Input<ScratchVolumeArgs>[]>;
    /** Further entries of `k8s.pod`, each with one option as Nextflow has it, such as `{ hostPath: "/data", mountPath: "/data" }`. */
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- whatever Nextflow takes: Pulumi's analyzer has no other word for it
    extra?: pulumi.Input<pulumi.Input<Record<string, any>>[]>;
}

/** The head pods, or the Platform's service pod. Becomes a PodSpec, with that of `headPodSpec` or `servicePodSpec` merged over it. */
export interface PlatformPodOptionsArgs {
    /** Labels that a node must have; `{}`: none. Default: those of `podOptions` for head pods, those of head pods for the service pod. */
    nodeSelector?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Taints of nodes that the pod tolerates; `[]`: none. Default: as for `nodeSelector`. */
    tolerations?: pulumi.Input<pulumi.Input<core.v1.Toleration>[]>;
    /** Security context of the pod. The Platform's images need root. Default: none, whatever tasks have. */
    securityContext?: pulumi.Input<core.v1.PodSecurityContext>;
    /** Priority class, which must be in the cluster; head pods' should rank no lower than that of tasks. Default: as for `nodeSelector`. */
    priorityClassName?: pulumi.Input<string>;
    /** Scheduler. Default: the cluster's. */
    schedulerName?: pulumi.Input<string>;
    /** Runtime class. */
    runtimeClassName?: pulumi.Input<string>;
    /** Mounts the `storageClaims` here too, so that Nextflow itself reads and writes there. Needs `containerName`. Default: false. */
    mountStorageClaims?: pulumi.Input<boolean>;
    /** Name of the container that the Platform runs there, as `kubectl get pod` shows it; the Platform does not document it. */
    containerName?: pulumi.Input<string>;
}

/**
 * A claim that task pods mount beside the work claim: one that is in the namespace already, or, with `nfs` or `csi`, one that is
 * made for a volume that is there already.
 */
export interface StorageClaimArgs {
    /** Name of its volume in pods. Default: the claim's. */
    name?: pulumi.Input<string>;
    /** Name of the claim. Plain text with `nfs` or `csi`. */
    claimName: pulumi.Input<string>;
    /** Where it is mounted: an absolute path of its own, apart from the work claim's. */
    mountPath: pulumi.Input<string>;
    /** Mounts it for reading only. Default: false. */
    readOnly?: pulumi.Input<boolean>;
    /** Directory inside the volume that is mounted. Default: its root. */
    subPath?: pulumi.Input<string>;
    /** Makes the claim, for an export of an NFS server. What lies there stays when the claim goes. */
    nfs?: NfsVolumeArgs;
    /** Makes the claim, for a volume of a storage driver. What lies there stays when the claim goes. */
    csi?: CsiVolumeArgs;
    /** Size of a claim that is made, as a Kubernetes quantity; nothing enforces it. Default: `1Ti`. */
    size?: pulumi.Input<string>;
    /** How pods may mount a claim that is made. Default: `ReadWriteMany`. */
    accessModes?: pulumi.Input<pulumi.Input<AccessMode>[]>;
    /** Options of the mount on the node, for a claim that is made. Default: none. */
    mountOptions?: pulumi.Input<pulumi.Input<string>[]>;
}

/** A key of a Secret or ConfigMap in the namespace. */
export interface KeySelectorArgs {
    /** Name of the Secret or ConfigMap. */
    name: pulumi.Input<string>;
    /** Key in it. Default: the variable's name. */
    key?: pulumi.Input<string>;
}

/** Where a variable takes its value from when a task's pod starts: one of the two. Neither Pulumi nor the Platform sees the value. */
export interface EnvVarSourceArgs {
    /** A key of a Secret. */
    secretKeyRef?: pulumi.Input<KeySelectorArgs>;
    /** A key of a ConfigMap. */
    configMapKeyRef?: pulumi.Input<KeySelectorArgs>;
}

/**
 * An environment variable as Kubernetes writes it, with one of `value` and `valueFrom`.
 * See https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
 */
export interface EnvVarArgs {
    /** Name of the variable. */
    name: pulumi.Input<string>;
    /** Value of the variable, stored in the Platform in plain text: not for secrets. */
    value?: pulumi.Input<string>;
    /** Which pods get it. Default: `both` for a value; task pods, which are the only ones, for a reference. */
    target?: pulumi.Input<EnvironmentTarget>;
    /** Takes the value from a Secret or ConfigMap of the namespace. Reaches task pods only. */
    valueFrom?: pulumi.Input<EnvVarSourceArgs>;
}

/** What some processes ask for, chosen by one of `label` and `name`. */
export interface ProcessArgs {
    /** Label of the processes, or a regular expression of it. Becomes `withLabel`. */
    label?: pulumi.Input<string>;
    /** Name of the processes, or a regular expression of it. Becomes `withName`, which wins over `withLabel`. */
    name?: pulumi.Input<string>;
    /** As in `computeResources`. */
    cpus?: pulumi.Input<number>;
    /** As in `computeResources`. */
    memory?: pulumi.Input<string>;
    /** As in `computeResources`. */
    disk?: pulumi.Input<string>;
    /** As in `computeResources`. */
    time?: pulumi.Input<string>;
    /** GPUs of each task. */
    accelerators?: pulumi.Input<number>;
    /** As in `computeResources`. */
    acceleratorType?: pulumi.Input<string>;
    /** As in `retries`. */
    strategy?: pulumi.Input<ErrorStrategy>;
    /** As in `retries`. */
    maxRetries?: pulumi.Input<number>;
    /** Labels that a node must have, instead of those of `podOptions`. */
    nodeSelector?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Taints of nodes that the pods tolerate, besides those of `podOptions`. */
    tolerations?: pulumi.Input<pulumi.Input<core.v1.Toleration>[]>;
}

/** What few need, under the names of the Platform's own forms. Where another argument says the same, that one is preferred. */
export interface AdvancedArgs {
    /** Service account of the head pods: the short form of `serviceAccounts.head.name`. */
    headServiceAccount?: string;
    /** When images of tasks are pulled. Becomes `k8s.imagePullPolicy`. Default: Kubernetes' own: `Always` for `:latest`, else `IfNotPresent`. */
    imagePullPolicy?: pulumi.Input<ImagePullPolicy>;
    /** Another name for `imagePullSecrets`. */
    imagePullSecrets?: pulumi.Input<pulumi.Input<string>[]>;
    /** Another name for `storage.storageClassName`. */
    storageClassName?: pulumi.Input<string>;
    /** Another name for `storage.mountPath`. */
    storageMountPath?: pulumi.Input<string>;
    /** What Nextflow makes of a task. Becomes `k8s.computeResourceType`. Default: Nextflow's own: `Pod`, from 26.10 on `Job`. */
    computeResourceType?: pulumi.Input<ComputeResourceType>;
}
