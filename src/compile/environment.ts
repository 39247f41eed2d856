/** A variable of the head pod, the task pods or both (the default). */
export interface EnvironmentVariableSpec {
    name: string;
    value: string;
    head?: boolean;
    compute?: boolean;
}

/** A compute environment with every name settled: what is compiled into the API's own shape. */
export interface EnvironmentSpec {
    server?: string;
    clusterName?: string;
    region?: string;
    namespace: string;
    headServiceAccount: string;
    computeServiceAccount?: string;
    claimName?: string;
    /** Default: the Platform's own. */
    mountPath?: string;
    /** Default: `work` below the mount path. */
    workDirectory?: string;
    /** Default: `on_success`. */
    podCleanup?: "on_success" | "always" | "never";
    headCpus?: number;
    /** Whole mebibytes, as Kubernetes or as Nextflow writes them. */
    headMemory?: string;
    headPodSpec?: string;
    servicePodSpec?: string;
    preRunScript?: string;
    postRunScript?: string;
    nextflowConfig?: string;
    environmentVariables?: EnvironmentVariableSpec[];
    waveEnabled?: boolean;
    fusionEnabled?: boolean;
}
