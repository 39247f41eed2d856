import type { PodCleanupPolicy } from "../platform/types";

/** A variable of the head pod, the task pods or both (the default). */
export interface EnvironmentVariableSpec {
    name: string;
    value: string;
    head?: boolean;
    compute?: boolean;
}

/** A compute environment with every name settled: what is compiled into the API's own shape. */
export interface EnvironmentSpec {
    cluster: {
        server?: string;
        name?: string;
        region?: string;
    };
    namespace: string;
    headServiceAccount: string;
    computeServiceAccount: string;
    claimName?: string;
    mountPath?: string;
    workDirectory: string;
    podCleanup?: PodCleanupPolicy;
    headJob?: { cpus?: number; memory?: string };
    headPodSpec?: string;
    servicePodSpec?: string;
    preRunScript?: string;
    postRunScript?: string;
    nextflowConfig?: string;
    environmentVariables?: EnvironmentVariableSpec[];
    waveEnabled?: boolean;
    fusionEnabled?: boolean;
}
