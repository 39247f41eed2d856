import type * as pulumi from "@pulumi/pulumi";
import type { KubernetesPlatform, PodCleanup } from "./enums";
import type { GuardArgs } from "./namespace";
import type {
    AdvancedArgs,
    ComputeResourcesArgs,
    EnvVarArgs,
    PlatformPodOptionsArgs,
    PodOptionsArgs,
    ProcessArgs,
    RetriesArgs,
    StorageClaimArgs,
} from "./tasks";
import type { StorageArgs } from "./volumes";
import type { ConnectionArgs } from "./connection";
import type { TokenRotationArgs } from "./launcherToken";
import type { RegistryArgs } from "./registries";
import type { RbacSubjectArgs, ServiceAccountsByRole } from "./serviceAccounts";

/** The cluster, as the Platform reaches it. */
export interface ClusterArgs {
    /** How the Platform reaches the cluster. Default: `k8s-platform`, by its address with a service account token. */
    platform?: pulumi.Input<KubernetesPlatform>;
    /**
     * Address of the API server, such as `https://10.0.0.1:6443`, as the Platform can reach it: Seqera Cloud calls from
     * the addresses that https://meta.seqera.io lists. Required on `k8s-platform`.
     */
    server?: pulumi.Input<string>;
    /**
     * Certificate authority of the API server: PEM, or base64 of PEM as in a kubeconfig. Default: the one that the
     * cluster gives to the launcher's service account; give it where the API server is reached through another name
     * with another certificate.
     */
    certificateAuthority?: pulumi.Input<string>;
    /** Name of the cluster. Required on `eks-platform` and `gke-platform`. */
    name?: pulumi.Input<string>;
    /** Region of the cluster (a zone, for a zonal GKE cluster). Required on `eks-platform` and `gke-platform`. */
    region?: pulumi.Input<string>;
}

/** What is said of the credential that is made from the launcher's token. */
export interface LauncherCredentialArgs {
    /** Name in the workspace. Default: generated from the component's name. */
    name?: pulumi.Input<string>;
    /** Free text shown in the Platform. */
    description?: pulumi.Input<string>;
    /**
     * Id or name of a Kubernetes credential that is there already, to be managed from now on instead of a new one. It gets
     * the launcher's token as its key; compute environments go on using it under the same id. A `name` or `description` that it has
     * and the program does not is refused at preview, with both.
     */
    adopt?: pulumi.Input<string>;
    /** What of it may be overwritten: `name`, `description`. Read once, with `adopt`, and refused without it. Default: nothing. */
    adoptWithout?: pulumi.Input<pulumi.Input<string>[]>;
}

/** What a head pod, where Nextflow runs, asks for. */
export interface HeadJobArgs {
    /** CPUs, whole ones. Default: the Platform's. */
    cpus?: pulumi.Input<number>;
    /** Memory in whole mebibytes, as Kubernetes or as Nextflow writes it: `4Gi`, `4 GB`. Default: the Platform's. */
    memory?: pulumi.Input<string>;
}

/** Scripts around each run. */
export interface StagingOptionsArgs {
    /** Bash script that a head pod runs before Nextflow. At most 1,024 bytes. Its image promises no `kubectl`. */
    preRunScript?: pulumi.Input<string>;
    /** Bash script that a head pod runs after Nextflow. At most 1,024 bytes. Its failure does not fail the run. */
    postRunScript?: pulumi.Input<string>;
}

/** Arguments of {@link KubernetesComputeEnvironment}. */
export interface KubernetesComputeEnvironmentArgs extends ConnectionArgs, GuardArgs {
    /**
     * Name in the workspace: unique there, 1 to 100 letters, digits, dashes and underscores. Changed in place. Default:
     * the component's name and a generated ending, which lets a replacement be made before the old environment goes.
     */
    name?: pulumi.Input<string>;
    /** Free text shown in the Platform, at most 2,000 characters. Changed in place. */
    description?: pulumi.Input<string>;
    /** The cluster, as the Platform reaches it. A change replaces the compute environment. */
    cluster: pulumi.Input<ClusterArgs>;
    /** Namespace of all pods: an RFC 1123 label. Default: `nextflow`. A change replaces everything. */
    namespace?: string;
    /** Make the namespace; false refers to one that is there already. Default: true. */
    createNamespace?: boolean;
    /** Service account of the task pods: the short form of `serviceAccounts.compute.name`. */
    serviceAccount?: string;
    /** The service accounts, made or referred to. */
    serviceAccounts?: ServiceAccountsByRole;
    /** Whoever else gets the launcher's rights in the namespace: what the Platform's cloud identity is in the cluster. */
    rbacSubjects?: pulumi.Input<pulumi.Input<RbacSubjectArgs>[]>;
    /** Container registries that ask for a password; a pull Secret is made of them for every pod. */
    registries?: pulumi.Input<pulumi.Input<RegistryArgs>[]>;
    /** Names of pull Secrets that are in the namespace already, for every pod. */
    imagePullSecrets?: pulumi.Input<pulumi.Input<string>[]>;
    /** The shared storage. */
    storage?: StorageArgs;
    /** Nextflow's work directory. On `k8s-platform` it lies inside the storage's mount path. Default: `<mountPath>/work`. */
    workDirectory?: pulumi.Input<string>;
    /**
     * Id of a credential that is there already. Default: one is made from the launcher service account's token. On
     * `eks-platform` and `gke-platform` it is required.
     */
    credentialsId?: pulumi.Input<string>;
    /** What is said of the credential that is made. Not together with `credentialsId`. */
    credentials?: LauncherCredentialArgs;
    /**
     * When the launcher's token is replaced by another one. The new one reaches the credential in place, once the cluster has taken it,
     * and the compute environment stays; only then is the old one revoked. Not together with `credentialsId`. Default: never.
     */
    tokenRotation?: TokenRotationArgs;
    /** Which finished pods the Platform removes. Default: `on_success`. */
    podCleanup?: pulumi.Input<PodCleanup>;
    /** What a head pod asks for. */
    headJob?: pulumi.Input<HeadJobArgs>;
    /** What a task asks for. */
    computeResources?: pulumi.Input<ComputeResourcesArgs>;
    /** What happens when a task fails. */
    retries?: pulumi.Input<RetriesArgs>;
    /** What some processes ask for, such as those with GPUs. */
    processes?: pulumi.Input<pulumi.Input<ProcessArgs>[]>;
    /** Claims that are in the namespace already and that task pods mount beside the work claim. */
    storageClaims?: StorageClaimArgs[];
    /** The pods of tasks. */
    podOptions?: pulumi.Input<PodOptionsArgs>;
    /** The head pods, where Nextflow runs. */
    headPodOptions?: pulumi.Input<PlatformPodOptionsArgs>;
    /** The pod with which the Platform looks into the work claim. */
    servicePodOptions?: pulumi.Input<PlatformPodOptionsArgs>;
    /**
     * PodSpec of the head pods as YAML under the key `spec`, merged over what `headPodOptions` makes as Kubernetes merges:
     * maps key by key, containers and volumes by name, tolerations and other plain lists as a whole.
     */
    headPodSpec?: pulumi.Input<string>;
    /** PodSpec of the Platform's service pod, likewise. */
    servicePodSpec?: pulumi.Input<string>;
    /** Scripts around each run. */
    stagingOptions?: pulumi.Input<StagingOptionsArgs>;
    /**
     * Nextflow configuration of the environment's runs, put after what the other arguments make. At most 3,200 characters
     * with it. What would take away something that they make, or what Nextflow reads otherwise than it looks, is refused.
     */
    nextflowConfig?: pulumi.Input<string>;
    /**
     * Environment variables of the head and task pods; those named `NXF_…`, Nextflow's own settings, of head pods alone. Stored in
     * the Platform in plain text: not for secrets. In tasks, the shell
     * of the task's script reads quotes, dollars, backquotes and backslashes of a value for itself; a ConfigMap in `env`
     * arrives as it is. See https://www.nextflow.io/docs/latest/reference/config.html#env
     */
    environmentVariables?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /** Environment variables of head or task pods alone, and those with values from Secrets and ConfigMaps. */
    env?: pulumi.Input<pulumi.Input<EnvVarArgs>[]>;
    /** Wave containers; `eks-platform` and `gke-platform` only. See https://docs.seqera.io/wave */
    waveEnabled?: pulumi.Input<boolean>;
    /**
     * Fusion file system; `eks-platform` and `gke-platform` only, and needs `waveEnabled`. The work directory is then a bucket, and
     * where this is plain `true` and there is no `storage`, no work claim is made. See https://docs.seqera.io/fusion
     */
    fusionEnabled?: pulumi.Input<boolean>;
    /** What few need, under the names of the Platform's own forms. */
    advanced?: AdvancedArgs;
    /**
     * Resource labels, name to value, which land on the environment's objects and pods in the cluster. A label that the
     * workspace has already is used as it is. A change replaces the compute environment.
     */
    resourceLabels?: Record<string, string>;
    /** Ids of resource labels that are managed elsewhere. A change replaces the compute environment. */
    labelIds?: pulumi.Input<pulumi.Input<number>[]>;
    /** Makes it the workspace's primary compute environment. Default: false. */
    primary?: boolean;
    /**
     * When the environment is replaced, points the pipelines and actions that launch on the old one to the new one, before the old one
     * is deleted. Should one of them refuse to move, the `up` says so and fails, and the old environment stays. False
     * leaves them all where they are: they cannot be launched once it is gone. Default: true.
     */
    moveLaunches?: pulumi.Input<boolean>;
    /**
     * Id or name of a compute environment that is there already, to be managed from now on instead of a new one. The arguments must
     * say all that it has: the preview is refused otherwise, shows both values of what differs and the whole environment as arguments
     * to copy, and nothing is written before. Nothing running is disturbed.
     */
    adopt?: pulumi.Input<string>;
    /**
     * What of an adopted environment may be overwritten, or lost with its next replacement, by the names that the refusal prints:
     * `preRunScript`, `description`, `labelIds`. Read once, with `adopt`, and refused without it. Default: nothing.
     */
    adoptWithout?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Looks, with the launcher's token and before the Platform is called, whether the cluster would let the environment work: claims and
     * rights that are missing, service accounts, quotas, limits, Pod Security, priority and runtime classes that would refuse its
     * pods. Warns of head pods that the cluster ranks below their tasks. Runs in `pulumi up` when something it looks at has changed;
     * nothing is left in the cluster. Cannot look with a `credentialsId` of your own, as on EKS and GKE. Default: true.
     */
    preflight?: boolean;
    /** How long to wait for the environment to become AVAILABLE, in seconds. Default: 900. */
    createTimeoutSeconds?: pulumi.Input<number>;
    /** How long to wait for its deletion to end, active runs included, in seconds. Default: 900. */
    deleteTimeoutSeconds?: pulumi.Input<number>;
    /**
     * Deletes by force an environment that the Platform cannot clean up, also one that a former run has left for deletion. Default: the
     * stack's configuration `seqera:forceDelete`, which also reaches a `pulumi destroy --run-program`; else false.
     */
    forceDelete?: pulumi.Input<boolean>;
}
