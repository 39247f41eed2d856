import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "./connection";
import type { KubernetesPlatform, PodCleanup } from "./enums";

/** One environment variable of the pods of a compute environment. At least one of `head` and `compute` is true. */
export interface ConfigEnvVariableArgs {
    /** Name of the variable. */
    name: pulumi.Input<string>;
    /** Value of the variable, stored in the Platform in plain text: not for secrets. */
    value: pulumi.Input<string>;
    /** Set it in the head pod, where Nextflow runs. Default: false. */
    head?: pulumi.Input<boolean>;
    /** Set it in the task pods. Default: false. */
    compute?: pulumi.Input<boolean>;
}

/**
 * The configuration of a Kubernetes-family compute environment under the API's own names. The Platform can change none
 * of it afterwards, so every change replaces the compute environment.
 * See https://docs.seqera.io/platform-cloud/compute-envs/k8s
 */
export interface ComputeConfigArgs {
    /** Directory (or, with Fusion, bucket) of Nextflow's work files. On `k8s-platform` it lies inside `storageMountPath`. */
    workDir: pulumi.Input<string>;
    /** Address of the cluster's API server, such as `https://10.0.0.1:6443`. Required on `k8s-platform`. */
    server?: pulumi.Input<string>;
    /** Certificate authority of the API server: PEM, or base64 of PEM as in a kubeconfig. Required on `k8s-platform`. */
    sslCert?: pulumi.Input<string>;
    /** Region of the cluster (a zone, for a zonal GKE cluster). Required on `eks-platform` and `gke-platform`. */
    region?: pulumi.Input<string>;
    /** Name of the cluster. Required on `eks-platform` and `gke-platform`. */
    clusterName?: pulumi.Input<string>;
    /** Namespace of all pods. */
    namespace: pulumi.Input<string>;
    /** Service account of the head pods, where Nextflow runs. */
    headServiceAccount: pulumi.Input<string>;
    /** Service account of the task pods. Default: the namespace's `default`. */
    computeServiceAccount?: pulumi.Input<string>;
    /** ReadWriteMany claim that the head, task and service pods mount. Required on `k8s-platform`. */
    storageClaimName?: pulumi.Input<string>;
    /** Where the claim is mounted. Default of the Platform: `/scratch`. */
    storageMountPath?: pulumi.Input<string>;
    /** Which finished pods the Platform removes. Default of the Platform: `on_success`. */
    podCleanup?: pulumi.Input<PodCleanup>;
    /** CPUs that a head pod requests, whole ones. */
    headJobCpus?: pulumi.Input<number>;
    /** Memory that a head pod requests, in mebibytes. */
    headJobMemoryMb?: pulumi.Input<number>;
    /** PodSpec of the head pods as YAML under the key `spec`: node selector, tolerations, affinity. */
    headPodSpec?: pulumi.Input<string>;
    /** PodSpec of the Platform's service pod, likewise. */
    servicePodSpec?: pulumi.Input<string>;
    /** Bash script that a head pod runs before Nextflow. At most 1,024 bytes. */
    preRunScript?: pulumi.Input<string>;
    /** Bash script that a head pod runs after Nextflow. At most 1,024 bytes. */
    postRunScript?: pulumi.Input<string>;
    /** Global Nextflow configuration. At most 3,200 characters. */
    nextflowConfig?: pulumi.Input<string>;
    /** Environment variables of the pods. */
    environment?: pulumi.Input<pulumi.Input<ConfigEnvVariableArgs>[]>;
    /** Wave containers; `eks-platform` and `gke-platform` only. See https://docs.seqera.io/wave */
    waveEnabled?: pulumi.Input<boolean>;
    /** Fusion file system; `eks-platform` and `gke-platform` only, and needs `waveEnabled`. See https://docs.seqera.io/fusion */
    fusion2Enabled?: pulumi.Input<boolean>;
}

/** Arguments of {@link ComputeEnv}. */
export interface ComputeEnvArgs extends ConnectionArgs {
    /**
     * Name in the workspace: unique there, 1 to 100 letters, digits, dashes and underscores. Changed in place. Default:
     * the resource's name and a generated ending, which lets a replacement be made before the old environment goes;
     * with a name of your own the old one has to go first.
     */
    name?: pulumi.Input<string>;
    /** Free text shown in the Platform, at most 2,000 characters. Changed in place. */
    description?: pulumi.Input<string>;
    /** The kind of compute environment. A change replaces it. */
    platform: pulumi.Input<KubernetesPlatform>;
    /** Id of the credential that the Platform reaches the cluster with. Changed in place. */
    credentialsId: pulumi.Input<string>;
    /** The configuration. Any change of its meaning replaces the compute environment. */
    config: pulumi.Input<ComputeConfigArgs>;
    /** Ids of the resource labels, at most 25. The Platform takes them at creation only, so a change replaces. */
    labelIds?: pulumi.Input<pulumi.Input<number>[]>;
    /** Whether Fusion's metrics are collected. Changed in place. */
    fusionMetricsCollectionEnabled?: pulumi.Input<boolean>;
    /**
     * The `metadata.uid` of the namespace, or of Kubernetes objects in it. When all of them have changed, the namespace was deleted and
     * made again without what the Platform had made there, so the environment is replaced. Kept in state, not sent.
     * Default: none, and nothing is noticed. See https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#uids
     */
    objectUids?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Id or name of a compute environment that is there already, to be managed from now on instead of a new one; also
     * `<workspaceId>/<id or name>`. The arguments must say all that it has: the preview is refused otherwise, shows both values of
     * what differs and the whole environment as arguments to copy, and nothing is written before. Read when the resource is
     * created, ignored afterwards. The resource option `import` says the same.
     */
    adopt?: pulumi.Input<string>;
    /**
     * What of an adopted environment may be overwritten, or lost with its next replacement: `name`, `description`, `credentialsId`,
     * `labelIds`, `fusionMetricsCollectionEnabled`, and keys of `config` that are left out, such as `preRunScript`. A name of
     * something that does not differ is refused. Read once, with `adopt`, and refused without it. Default: nothing.
     */
    adoptWithout?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * How long to wait for the environment to become AVAILABLE, in seconds. When it runs out, the environment stays in
     * state with the reason and the next `up` waits again. Pulumi's `customTimeouts` do not reach dynamic providers.
     * Default: 900.
     */
    createTimeoutSeconds?: pulumi.Input<number>;
    /**
     * How long to wait for a deletion to end, active runs included, in seconds. Default: 900.
     */
    deleteTimeoutSeconds?: pulumi.Input<number>;
    /**
     * Deletes an environment that the Platform cannot clean up (its cluster or credential is gone) by force. What the
     * Platform made in the cluster then stays there. Holds for all that an `up` deletes of this resource, what former runs have left
     * included; for a `pulumi destroy --run-program` set the stack's configuration `seqera:forceDelete`, which is the default. Else false.
     */
    forceDelete?: pulumi.Input<boolean>;
}
