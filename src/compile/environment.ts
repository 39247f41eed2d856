import type { PodSpecsSpec } from "./platformPods";
import type { NextflowSpec } from "./settings";

/** A variable of the head pod, the task pods or both (the default). */
export interface EnvironmentVariableSpec {
    name: string;
    value: string;
    head?: boolean;
    compute?: boolean;
}

/** A compute environment with every name settled: what is compiled into the API's own shape. */
export interface EnvironmentSpec extends NextflowSpec, PodSpecsSpec {
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
    preRunScript?: string;
    postRunScript?: string;
    /** Those with plain values. */
    environmentVariables?: EnvironmentVariableSpec[];
    waveEnabled?: boolean;
    fusionEnabled?: boolean;
}
