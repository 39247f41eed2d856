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

/** The cluster, and how the Platform reaches it. */
export interface ClusterArgs {
    /**
     * Kind of the compute environment in the Platform, which decides how the Platform reaches the cluster. Default: `k8s-platform`, by
     * the address of the API server with a service account token.
     */
    platform?: pulumi.Input<KubernetesPlatform>;
    /**
     * Address of the API server as the Platform reaches it: an `https` URL without user name, password, query or fragment, such as
     * `https://10.0.0.1:6443`. Seqera Cloud calls from the addresses that https://meta.seqera.io lists. Required on
     * `k8s-platform`. Default on EKS and GKE: the one that the Platform finds.
     */
    server?: pulumi.Input<string>;
    /**
     * Certificate authority of the API server: PEM, or base64 of PEM as in a kubeconfig. Set it where the Platform reaches the API
     * server under another name with another certificate. Required on `k8s-platform` with `credentialsId`. Default: the one that the
     * cluster gives to the launcher's service account; on EKS and GKE, the Platform finds it.
     */
    certificateAuthority?: pulumi.Input<string>;
    /**
     * Name of the cluster in AWS or Google Cloud, by which the Platform finds it. Required on `eks-platform` and `gke-platform`; an error
     * on `k8s-platform`.
     */
    name?: pulumi.Input<string>;
    /**
     * Region of the cluster, such as `eu-west-1`; for a zonal GKE cluster, its zone. Required on `eks-platform` and `gke-platform`; an
     * error on `k8s-platform`.
     */
    region?: pulumi.Input<string>;
}

/** Settings of the credential that is created from the launcher's token. */
export interface LauncherCredentialArgs {
    /**
     * Name of the credential in the workspace: unique there, 1 to 100 letters, digits, dashes and underscores. Changed in place.
     * Default: generated from the component's name.
     */
    name?: pulumi.Input<string>;
    /** Free text shown in the Platform, at most 2,000 characters. Changed in place. */
    description?: pulumi.Input<string>;
    /**
     * Id or name of an existing Kubernetes credential to manage from now on, instead of creating one. Its key becomes the launcher's
     * token, and compute environments keep using it under the same id. A `name` that the program sets, or a `description`, that differs
     * from that of the credential is an error at preview, which shows both values.
     */
    adopt?: pulumi.Input<string>;
    /**
     * Properties of the adopted credential that may be overwritten: `name`, `description`. Read once, with `adopt`; an error without
     * it. Default: none.
     */
    adoptWithout?: pulumi.Input<pulumi.Input<string>[]>;
}

/** CPU and memory requests of the head pods, where Nextflow runs. */
export interface HeadJobArgs {
    /** CPUs that a head pod requests, a whole number. Default: the Platform's. */
    cpus?: pulumi.Input<number>;
    /**
     * Memory that a head pod requests, in whole mebibytes, in Kubernetes' or Nextflow's notation: `4Gi`, `4 GB`. Default: the
     * Platform's.
     */
    memory?: pulumi.Input<string>;
}

/** Scripts that head pods run before and after Nextflow. */
export interface StagingOptionsArgs {
    /**
     * Bash script that a head pod runs before Nextflow, at most 1,024 bytes. The image of head pods is not guaranteed to contain
     * `kubectl`. Line ends of Windows (CRLF) become line feeds, with a warning.
     */
    preRunScript?: pulumi.Input<string>;
    /**
     * Bash script that a head pod runs after Nextflow, at most 1,024 bytes. A failure of the script does not fail the run. Line ends of
     * Windows (CRLF) become line feeds, with a warning.
     */
    postRunScript?: pulumi.Input<string>;
}

/**
 * Arguments of {@link KubernetesComputeEnvironment}. The Platform cannot change the configuration of a compute environment: a change of
 * an argument that becomes part of it replaces the environment.
 */
export interface KubernetesComputeEnvironmentArgs extends ConnectionArgs, GuardArgs {
    /**
     * Name of the compute environment in the workspace: unique there, 1 to 100 letters, digits, dashes and underscores. Changed in
     * place. With a name of your own, a replacement deletes the old environment before it creates the new one. Default: the component's
     * name and a generated suffix, which lets a replacement be created before the old environment is deleted.
     */
    name?: pulumi.Input<string>;
    /** Free text shown in the Platform, at most 2,000 characters. Changed in place. */
    description?: pulumi.Input<string>;
    /**
     * The cluster, and how the Platform reaches it. A change replaces the compute environment.
     * @example
     * cluster: { server: "https://10.0.0.1:6443" }
     */
    cluster: pulumi.Input<ClusterArgs>;
    /**
     * Namespace of all pods: an RFC 1123 label of at most 63 characters. A change replaces the compute environment and every object in
     * the namespace; where it would delete the work claim, it is an error unless `storage.replaceable` is true. `default` exists in every
     * cluster, so it requires `createNamespace: false`. Default: `nextflow`.
     */
    namespace?: string;
    /**
     * Whether to create the namespace. False refers to an existing namespace, which keeps its own labels, so that `podSecurity` is an
     * error. Default: true.
     */
    createNamespace?: boolean;
    /**
     * Alias of `serviceAccounts.compute.name`, under the name that the Platform's own form and Seqera's Terraform provider use. Setting
     * both is an error.
     */
    serviceAccount?: string;
    /**
     * Service accounts of the launcher, the head pods and the task pods, each created or existing.
     * @example
     * serviceAccounts: {
     *     compute: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/nextflow" } },
     * }
     */
    serviceAccounts?: ServiceAccountsByRole;
    /**
     * Users, groups and service accounts that get the launcher's rights in the namespace, such as the identity that the Platform's
     * cloud credential has in the cluster. Default: none.
     * @example
     * rbacSubjects: [{ kind: "Group", name: "seqera" }]
     */
    rbacSubjects?: pulumi.Input<pulumi.Input<RbacSubjectArgs>[]>;
    /**
     * Container registries that require a password. A pull Secret is created from them and attached to the service accounts, so that it
     * applies to every pod; an existing service account keeps its own pull Secrets, so it is an error where head and task pods use
     * existing ones. One entry for each server. Default: none.
     * @example
     * registries: [{ server: "ghcr.io", username: "robot", password: config.requireSecret("registryPassword") }]
     */
    registries?: pulumi.Input<pulumi.Input<RegistryArgs>[]>;
    /**
     * Names of existing pull Secrets of the namespace, of type `kubernetes.io/dockerconfigjson`. They are attached to the service
     * accounts, so that they apply to every pod; an existing service account keeps its own pull Secrets, so it is an error where head
     * and task pods use existing ones. Default: none.
     */
    imagePullSecrets?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Shared storage of the environment: the claim that holds Nextflow's work directory. Default: a claim `nextflow-work` of `100Gi` in
     * the cluster's default storage class; none where `fusionEnabled` is plain `true`.
     * @example
     * storage: { size: "2Ti", storageClassName: "efs-sc", retainOnDelete: true }
     */
    storage?: StorageArgs;
    /**
     * Nextflow's work directory: an absolute path, equal to or below the mount path of the work claim, such as `/scratch/work`. With
     * `fusionEnabled` it is required and lies in a bucket of the cluster's cloud, such as `s3://genomes/work` on EKS or
     * `gs://genomes/work` on GKE. Default: `<mountPath>/work`.
     */
    workDirectory?: pulumi.Input<string>;
    /**
     * Id of an existing credential that the Platform reaches the cluster with. No launcher service account, token and credential are
     * created then. Required on `eks-platform` and `gke-platform`. Conflicts with `credentials`, `tokenRotation` and
     * `serviceAccounts.launcher`. Changed in place. Default: a credential is created from the token of the launcher's service account.
     */
    credentialsId?: pulumi.Input<string>;
    /**
     * Settings of the credential that is created from the launcher's token. Conflicts with `credentialsId`.
     * @example
     * credentials: { name: "production-cluster", description: "Token of the launcher" }
     */
    credentials?: LauncherCredentialArgs;
    /**
     * When to replace the launcher's token. The new token is written to the credential in place once the cluster has accepted it, and
     * the compute environment stays; the old token is revoked only then. Conflicts with `credentialsId`. Default: never.
     * @example
     * tokenRotation: { everyDays: 90 }
     */
    tokenRotation?: TokenRotationArgs;
    /** Which finished pods the Platform removes. Default: `on_success`. */
    podCleanup?: pulumi.Input<PodCleanup>;
    /**
     * CPU and memory requests of the head pods, where Nextflow runs.
     * @example
     * headJob: { cpus: 2, memory: "4Gi" }
     */
    headJob?: pulumi.Input<HeadJobArgs>;
    /**
     * Default resource requests of tasks, and the maximum that a task may request.
     * @example
     * computeResources: { cpus: 1, memory: "2 GB", maxCpus: 32, maxMemory: "256 GB" }
     */
    computeResources?: pulumi.Input<ComputeResourcesArgs>;
    /**
     * What Nextflow does when a task fails.
     * @example
     * retries: { strategy: "retry", maxRetries: 3 }
     */
    retries?: pulumi.Input<RetriesArgs>;
    /**
     * Resources, retries and placement of the tasks of some processes, such as those with GPUs. Default: none.
     * @example
     * processes: [
     *     {
     *         label: "gpu",
     *         accelerators: 1,
     *         nodeSelector: { "nvidia.com/gpu.present": "true" },
     *         tolerations: [{ key: "nvidia.com/gpu", operator: "Exists" }],
     *     },
     * ]
     */
    processes?: pulumi.Input<pulumi.Input<ProcessArgs>[]>;
    /**
     * Further claims that task pods mount beside the work claim: existing claims of the namespace, or claims that are created for
     * existing volumes (`nfs`, `csi`), each of them once. Head and service pods mount them with `mountStorageClaims`. Default: none.
     * @example
     * storageClaims: [{ claimName: "reference-data", mountPath: "/mnt/reference", readOnly: true }]
     */
    storageClaims?: StorageClaimArgs[];
    /**
     * Options of the task pods.
     * @example
     * podOptions: {
     *     nodeSelector: { workload: "nextflow" },
     *     tolerations: [{ key: "dedicated", operator: "Equal", value: "nextflow", effect: "NoSchedule" }],
     *     labels: { team: "genomics" },
     *     securityContext: { fsGroup: 1000 },
     * }
     */
    podOptions?: pulumi.Input<PodOptionsArgs>;
    /**
     * Options of the head pods, where Nextflow runs.
     * @example
     * headPodOptions: { nodeSelector: { pool: "stable" }, priorityClassName: "nextflow-head" }
     */
    headPodOptions?: pulumi.Input<PlatformPodOptionsArgs>;
    /**
     * Options of the service pod, with which the Platform reads the work claim.
     * @example
     * servicePodOptions: { nodeSelector: { pool: "stable" } }
     */
    servicePodOptions?: pulumi.Input<PlatformPodOptionsArgs>;
    /**
     * PodSpec of the head pods as YAML under the key `spec`, such as `spec: { terminationGracePeriodSeconds: 60 }`. It is merged over
     * the PodSpec that `headPodOptions` becomes, as Kubernetes merges: maps by key, containers and volumes by name, tolerations and
     * other plain lists as a whole. What would replace a value of `headPodOptions` is an error. Default: none.
     */
    headPodSpec?: pulumi.Input<string>;
    /**
     * PodSpec of the Platform's service pod, in the form of `headPodSpec`, merged over the PodSpec that `servicePodOptions` becomes.
     * Default: none.
     */
    servicePodSpec?: pulumi.Input<string>;
    /**
     * Scripts that head pods run before and after Nextflow. Default: none.
     * @example
     * stagingOptions: { preRunScript: "export NXF_OPTS=-Xmx3g" }
     */
    stagingOptions?: pulumi.Input<StagingOptionsArgs>;
    /**
     * Nextflow configuration of the environment's runs, appended to the configuration that other arguments become; at most 3,200
     * characters together with it. A setting that removes or repeats a generated one, a setting that Nextflow reads differently from
     * how it is written, and text that none of its parsers reads are errors, also in the profile `standard`, which runs without a
     * profile use; the name of a scope or directive that is likely misspelt is a warning. Default: none.
     * @example
     * nextflowConfig: "process.maxForks = 20"
     */
    nextflowConfig?: pulumi.Input<string>;
    /**
     * Environment variables of head and task pods, name to value. Those named `NXF_…` are settings of Nextflow itself and apply to head
     * pods only. Stored in the Platform in plain text: do not use them for secrets. In tasks, the shell of the task's script interprets
     * quotes, dollar signs, backquotes and backslashes in a value; a value from a ConfigMap in `env` arrives unchanged. Default: none.
     * See https://www.nextflow.io/docs/latest/reference/config.html#env
     */
    environmentVariables?: pulumi.Input<Record<string, pulumi.Input<string>>>;
    /**
     * Environment variables of head pods only or task pods only, and variables with values from Secrets and ConfigMaps. Default: none.
     * @example
     * env: [{ name: "NCBI_API_KEY", valueFrom: { secretKeyRef: { name: "ncbi", key: "api-key" } } }]
     */
    env?: pulumi.Input<pulumi.Input<EnvVarArgs>[]>;
    /**
     * Whether to use Wave containers. On `eks-platform` and `gke-platform` only; on `k8s-platform`, set `wave.enabled = true` in
     * `nextflowConfig`. Default: false. See https://docs.seqera.io/wave
     */
    waveEnabled?: pulumi.Input<boolean>;
    /**
     * Whether to use the Fusion file system. On `eks-platform` and `gke-platform` only; requires `waveEnabled`. The work directory is
     * then in a bucket, and no work claim is created where this is plain `true` and `storage` is not set. Default: false.
     * See https://docs.seqera.io/fusion
     */
    fusionEnabled?: pulumi.Input<boolean>;
    /**
     * Arguments that few environments need, under the names of the Platform's own forms.
     * @example
     * advanced: { computeResourceType: "Job", imagePullPolicy: "IfNotPresent" }
     */
    advanced?: AdvancedArgs;
    /**
     * Resource labels, name to value, on the environment's objects and pods in the cluster. Names and values have 2 to 39 letters and
     * digits, with single dashes or underscores between them; a value may also be `${workflowId}`, `${sessionId}` or `${userName}`. A
     * label that the workspace already has is used as it is. At most 25 labels, `labelIds` included. A change replaces the compute
     * environment. Default: none.
     */
    resourceLabels?: Record<string, string>;
    /**
     * Ids of existing resource labels that are managed elsewhere. At most 25 labels, `resourceLabels` included. A change replaces the
     * compute environment. Default: none.
     */
    labelIds?: pulumi.Input<pulumi.Input<number>[]>;
    /** Whether to make the environment the primary one of its workspace. Changed in place. Default: false. */
    primary?: boolean;
    /**
     * Whether a replacement of the environment moves the pipelines and actions that launch on the old environment to the new one,
     * before the old one is deleted. If one of them cannot be moved, `pulumi up` fails with the reason, and the old environment stays.
     * With false, all of them stay on the old environment and cannot be launched after its deletion. Default: true.
     */
    moveLaunches?: pulumi.Input<boolean>;
    /**
     * Id or name of an existing compute environment to manage from now on, instead of creating one. The arguments must describe
     * everything that it has; otherwise the preview fails, and shows both values of each difference and the whole environment as
     * arguments to copy. Nothing is written before that, and running pipelines are not disturbed.
     */
    adopt?: pulumi.Input<string>;
    /**
     * Properties of the adopted environment that may be overwritten, or lost at its next replacement, by the names that the failed
     * preview prints, such as `preRunScript`, `description` and `labelIds`. Read once, with `adopt`; an error without it. Default:
     * none.
     */
    adoptWithout?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Whether to check the Platform before anything is created: that the endpoint is its API, that it accepts the token, that the
     * token's user has access to the workspace, and that a `credentialsId` in plain text exists in it. Then, with the launcher's token
     * and before anything is created in the Platform, that the cluster lets the environment work: that claims and rights exist, and that
     * service accounts, quotas, limits, Pod Security, priority and runtime classes admit its pods. Warns of head pods that the cluster
     * ranks below their tasks. Runs in `pulumi up` when something that it checks has changed, and leaves nothing in the cluster. With a
     * `credentialsId` of your own, as on EKS and GKE, nobody here can act as the Platform, so that the cluster is not checked: bind the
     * launcher's rights to the Platform's user or group with `rbacSubjects`. Default: true.
     */
    preflight?: boolean;
    /**
     * Whether each preview, and each `pulumi up` before it creates anything, checks what the preflight otherwise finds during `pulumi
     * up`: the Platform as `preflight` does, and that the namespace with `createNamespace: false` and claims that are not created here
     * exist in the cluster. They are read with the Kubernetes provider, whose error has the name of the argument, such as
     * `…-storageClaims[0].claimName`. So they must exist before the run, also what the same program creates elsewhere. Only what is
     * plain text is checked. Where the Platform does not respond, or is not known yet, the preview says so and goes on; it also says
     * when nobody can tell whether the cluster has a default storage class. What needs the launcher's token is checked in `pulumi up`
     * only. A run without a change then makes two or three calls to the Platform. Conflicts with `preflight: false`. Default: false.
     */
    preflightAtPreview?: boolean;
    /**
     * Time to wait for the environment to become AVAILABLE, in seconds. After it, the environment stays in state, and the next
     * `pulumi up` continues to wait. Default: 900.
     */
    createTimeoutSeconds?: pulumi.Input<number>;
    /** Time to wait for the deletion of the environment to end, active runs included, in seconds. Default: 900. */
    deleteTimeoutSeconds?: pulumi.Input<number>;
    /**
     * Whether to force the deletion of an environment that the Platform cannot clean up, also of one that an earlier run left for
     * deletion. Objects that the Platform created in the cluster then stay there. Default: the stack's configuration
     * `seqera:forceDelete`, which also applies to `pulumi destroy --run-program`; else false.
     */
    forceDelete?: pulumi.Input<boolean>;
}
