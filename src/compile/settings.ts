/** What tasks ask for unless their process says otherwise. */
export interface ComputeResourcesSpec {
    cpus?: number;
    memory?: string;
    disk?: string;
    time?: string;
    accelerators?: number;
    acceleratorType?: string;
    maxCpus?: number;
    maxMemory?: string;
    cpuLimits?: boolean;
}

/** What happens when a task fails. */
export interface RetriesSpec {
    strategy?: string;
    maxRetries?: number;
    maxErrors?: number;
}

export interface TolerationSpec {
    key?: string;
    operator?: string;
    value?: string;
    effect?: string;
    tolerationSeconds?: number;
}

export interface SecurityContextSpec {
    runAsUser?: number;
    runAsGroup?: number;
    runAsNonRoot?: boolean;
    fsGroup?: number;
    fsGroupChangePolicy?: string;
    supplementalGroups?: number[];
    seccompProfile?: string;
}

/** Settings of some processes apart from the others, by label or by name. */
export interface ProcessSpec {
    label?: string;
    name?: string;
    cpus?: number;
    memory?: string;
    disk?: string;
    time?: string;
    accelerators?: number;
    acceleratorType?: string;
    strategy?: string;
    maxRetries?: number;
    nodeSelector?: Record<string, string>;
    tolerations?: TolerationSpec[];
}

export interface ScratchVolumeSpec {
    mountPath: string;
    medium?: string;
    sizeLimit?: string;
}

/** The pods of tasks. */
export interface PodOptionsSpec {
    nodeSelector?: Record<string, string>;
    tolerations?: TolerationSpec[];
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    securityContext?: SecurityContextSpec;
    priorityClassName?: string;
    schedulerName?: string;
    runtimeClassName?: string;
    automountServiceAccountToken?: boolean;
    ttlSecondsAfterFinished?: number;
    scratchVolumes?: ScratchVolumeSpec[];
    extra?: Record<string, unknown>[];
}

/** The head pods, or the Platform's service pod. */
export interface PlatformPodOptionsSpec {
    nodeSelector?: Record<string, string>;
    tolerations?: TolerationSpec[];
    securityContext?: SecurityContextSpec;
    priorityClassName?: string;
    schedulerName?: string;
    runtimeClassName?: string;
    mountStorageClaims?: boolean;
    containerName?: string;
}

export interface StorageClaimSpec {
    name?: string;
    claimName: string;
    mountPath: string;
    readOnly?: boolean;
    subPath?: string;
    nfs?: object;
    csi?: object;
}

/** A key of a Secret or ConfigMap of the namespace. */
export interface KeyReferenceSpec {
    name: string;
    key?: string;
}

/** A variable of the head pod, the task pods or both (the default), with a value or a reference to one. */
export interface VariableSpec {
    name: string;
    value?: string;
    target?: string;
    secret?: KeyReferenceSpec;
    configMap?: KeyReferenceSpec;
}

/** What becomes Nextflow configuration. */
export interface NextflowSpec {
    computeResources?: ComputeResourcesSpec;
    retries?: RetriesSpec;
    processes?: ProcessSpec[];
    podOptions?: PodOptionsSpec;
    storageClaims?: StorageClaimSpec[];
    environment?: VariableSpec[];
    imagePullPolicy?: string;
    computeResourceType?: string;
    nextflowConfig?: string;
}
