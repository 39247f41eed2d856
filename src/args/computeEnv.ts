import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "./connection";
import type { KubernetesPlatform, PodCleanup } from "./enums";

/** An environment variable of the pods of a compute environment. At least one of `head` and `compute` must be true. */
export interface ConfigEnvVariableArgs {
    /** Name of the variable: letters, digits and underscores, not beginning with a digit. */
    name: pulumi.Input<string>;
    /** Value of the variable. Stored in the Platform in plain text: do not use it for secrets. */
    value: pulumi.Input<string>;
    /** Whether to set the variable in head pods, where Nextflow runs. Default: false. */
    head?: pulumi.Input<boolean>;
    /** Whether to set the variable in task pods. Default: false. */
    compute?: pulumi.Input<boolean>;
}

/**
 * Configuration of a Kubernetes compute environment, under the names of the Platform's API. The Platform cannot change it afterwards,
 * so every change replaces the compute environment. See https://docs.seqera.io/platform-cloud/compute-envs/k8s
 */
export interface ComputeConfigArgs {
    /**
     * Nextflow's work directory: an absolute path, equal to or below `storageMountPath`, such as `/scratch/work`; with Fusion, a
     * directory of a bucket, such as `s3://genomes/work`.
     */
    workDir: pulumi.Input<string>;
    /** Address of the cluster's API server: an `https` URL, such as `https://10.0.0.1:6443`. Required on `k8s-platform`. */
    server?: pulumi.Input<string>;
    /** Certificate authority of the API server: PEM, or base64 of PEM as in a kubeconfig. Required on `k8s-platform`. */
    sslCert?: pulumi.Input<string>;
    /** Region of the cluster; for a zonal GKE cluster, its zone. Required on `eks-platform` and `gke-platform`. */
    region?: pulumi.Input<string>;
    /** Name of the cluster. Required on `eks-platform` and `gke-platform`. */
    clusterName?: pulumi.Input<string>;
    /** Namespace of all pods: an RFC 1123 label of at most 63 characters. */
    namespace: pulumi.Input<string>;
    /** Service account of the head pods, where Nextflow runs. */
    headServiceAccount: pulumi.Input<string>;
    /** Service account of the task pods. Default: `default`, the namespace's own. */
    computeServiceAccount?: pulumi.Input<string>;
    /** Name of the ReadWriteMany claim that head, task and service pods mount. Required on `k8s-platform`. */
    storageClaimName?: pulumi.Input<string>;
    /** Absolute path that the claim is mounted at in pods. Default: `/scratch`, the Platform's own. */
    storageMountPath?: pulumi.Input<string>;
    /** Which finished pods the Platform removes. Default: `on_success`, the Platform's own. */
    podCleanup?: pulumi.Input<PodCleanup>;
    /** CPUs that a head pod requests, a whole number. */
    headJobCpus?: pulumi.Input<number>;
    /** Memory that a head pod requests, in whole mebibytes, such as `4096`. */
    headJobMemoryMb?: pulumi.Input<number>;
    /** PodSpec of the head pods as YAML under the key `spec`: node selector, tolerations, affinity. */
    headPodSpec?: pulumi.Input<string>;
    /** PodSpec of the Platform's service pod as YAML under the key `spec`. */
    servicePodSpec?: pulumi.Input<string>;
    /** Bash script that a head pod runs before Nextflow, at most 1,024 bytes, with line feeds as line ends. */
    preRunScript?: pulumi.Input<string>;
    /** Bash script that a head pod runs after Nextflow, at most 1,024 bytes, with line feeds as line ends. */
    postRunScript?: pulumi.Input<string>;
    /** Global Nextflow configuration, at most 3,200 characters. */
    nextflowConfig?: pulumi.Input<string>;
    /** Environment variables of head and task pods. */
    environment?: pulumi.Input<pulumi.Input<ConfigEnvVariableArgs>[]>;
    /** Whether to use Wave containers. On `eks-platform` and `gke-platform` only. See https://docs.seqera.io/wave */
    waveEnabled?: pulumi.Input<boolean>;
    /**
     * Whether to use the Fusion file system. On `eks-platform` and `gke-platform` only; requires `waveEnabled`.
     * See https://docs.seqera.io/fusion
     */
    fusion2Enabled?: pulumi.Input<boolean>;
}

/** Arguments of {@link ComputeEnv}. */
export interface ComputeEnvArgs extends ConnectionArgs {
    /**
     * Name of the compute environment in the workspace: unique there, 1 to 100 letters, digits, dashes and underscores. Changed in
     * place. With a name of your own, a replacement deletes the old environment before it creates the new one. Default: the resource's
     * name and a generated suffix, which lets a replacement be created before the old environment is deleted.
     */
    name?: pulumi.Input<string>;
    /** Free text shown in the Platform, at most 2,000 characters. Changed in place. */
    description?: pulumi.Input<string>;
    /** Kind of the compute environment. A change replaces it. */
    platform: pulumi.Input<KubernetesPlatform>;
    /** Id of the credential that the Platform reaches the cluster with. Changed in place. */
    credentialsId: pulumi.Input<string>;
    /** Configuration of the compute environment. A change of its meaning replaces the environment. */
    config: pulumi.Input<ComputeConfigArgs>;
    /**
     * Ids of the resource labels of the compute environment, at most 25. The Platform takes them at creation only, so a change replaces
     * the environment. Default: none.
     */
    labelIds?: pulumi.Input<pulumi.Input<number>[]>;
    /** Whether the Platform collects Fusion's metrics. Changed in place. Default: the Platform's. */
    fusionMetricsCollectionEnabled?: pulumi.Input<boolean>;
    /**
     * The `metadata.uid` of the namespace, or of Kubernetes objects in it. When all of them have changed, the namespace was deleted and
     * created again without the objects that the Platform had created in it, so the environment is replaced. Kept in state, not sent to
     * the Platform. Default: none, so that such a deletion is not noticed.
     * See https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#uids
     */
    objectUids?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Id or name of an existing compute environment to manage from now on, instead of creating one; also `<workspaceId>/<id or name>`.
     * The arguments must describe everything that it has; otherwise the preview fails, and shows both values of each difference and the
     * whole environment as arguments to copy. Nothing is written before that. Read when the resource is created, ignored afterwards.
     * The resource option `import` has the same effect.
     */
    adopt?: pulumi.Input<string>;
    /**
     * Properties of the adopted environment that may be overwritten, or lost at its next replacement: `name`, `description`,
     * `credentialsId`, `labelIds`, `fusionMetricsCollectionEnabled`, and keys of `config` that are left out, such as `preRunScript`.
     * The name of a property that does not differ is an error. Read once, with `adopt`; an error without it. Default: none.
     */
    adoptWithout?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Time to wait for the environment to become AVAILABLE, in seconds. After it, the environment stays in state with the reason, and
     * the next `pulumi up` continues to wait. Pulumi's `customTimeouts` do not apply to dynamic providers. Default: 900.
     */
    createTimeoutSeconds?: pulumi.Input<number>;
    /** Time to wait for the deletion of the environment to end, active runs included, in seconds. Default: 900. */
    deleteTimeoutSeconds?: pulumi.Input<number>;
    /**
     * Whether to force the deletion of an environment that the Platform cannot clean up, since its cluster or credential no longer
     * exists. Objects that the Platform created in the cluster then stay there. Applies to everything that an `up` deletes of this
     * resource, including what earlier runs left. Default: the stack's configuration `seqera:forceDelete`, which also applies to
     * `pulumi destroy --run-program`; else false.
     */
    forceDelete?: pulumi.Input<boolean>;
}
