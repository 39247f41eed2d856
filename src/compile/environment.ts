import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import type { Known } from "./known";

type Arguments = Known<KubernetesComputeEnvironmentArgs>;

/** The arguments that become Nextflow configuration. */
export const NEXTFLOW_ARGUMENTS = [
    "computeResources",
    "retries",
    "processes",
    "podOptions",
    "storageClaims",
    "env",
    "advanced",
    "nextflowConfig",
] as const satisfies (keyof Arguments)[];

export type NextflowArguments = Pick<Arguments, (typeof NEXTFLOW_ARGUMENTS)[number]>;

/** The arguments that become the specs of head and service pods. */
export type PodSpecArguments = Pick<
    Arguments,
    "podOptions" | "headPodOptions" | "servicePodOptions" | "storageClaims" | "headPodSpec" | "servicePodSpec"
>;

/** What a compute configuration is made of: arguments as they are, and what is settled by others of them. */
export interface EnvironmentParts
    extends
        NextflowArguments,
        PodSpecArguments,
        Pick<
            Arguments,
            "workDirectory" | "podCleanup" | "stagingOptions" | "environmentVariables" | "waveEnabled" | "fusionEnabled"
        > {
    /** `cluster.server`. The members of `cluster` are apart, since one may be known before the others. */
    server?: string;
    /** `cluster.name`. */
    clusterName?: string;
    /** `cluster.region`. */
    region?: string;
    /** `headJob.cpus`, likewise. */
    headCpus?: number;
    /** `headJob.memory`. */
    headMemory?: string;
    /** Name of the namespace. */
    namespace: string;
    /** Name of the head pods' service account. */
    headServiceAccount: string;
    /** Name of the task pods' service account. */
    computeServiceAccount: string;
    /** Name of the work claim; none with Fusion. */
    claimName?: string;
    /** Where the work claim is mounted. Default: the Platform's own. */
    mountPath?: string;
}
