import type { KubernetesComputeEnvironmentArgs } from "../../../../src/components/environmentArgs";

/** One of the design's examples: what its author wanted, in the way that works, with what changed and why. */
export interface DesignExample {
    args: KubernetesComputeEnvironmentArgs;
    changed: string[];
}

/** The design leaves out the address of the cluster, which the Platform cannot do without. */
export const CLUSTER = { server: "https://10.0.0.1:6443" };
export const NEEDS_SERVER = "cluster.server: the design leaves out the address of the cluster";
export const NO_BUCKET =
    "workDirectory: a bucket needs Fusion, which the Platform has only on EKS and GKE; on generic Kubernetes it lies on the work claim";
export const RESERVED_APP =
    "podOptions.labels: Nextflow keeps the label app for itself, and every task would fail; app.kubernetes.io/name says the same";
