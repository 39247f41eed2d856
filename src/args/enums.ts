/** Kind of compute environment in the Platform. See https://docs.seqera.io/platform-cloud/compute-envs/overview */
export const KubernetesPlatform = {
    /** Any Kubernetes cluster, reached by the address of its API server with a service account token or a client certificate. */
    Kubernetes: "k8s-platform",
    /** Amazon EKS, reached with AWS credentials. */
    Eks: "eks-platform",
    /** Google GKE, reached with Google credentials. */
    Gke: "gke-platform",
} as const;
export type KubernetesPlatform = (typeof KubernetesPlatform)[keyof typeof KubernetesPlatform];

/** Which finished pods the Platform removes. See https://docs.seqera.io/platform-cloud/compute-envs/k8s */
export const PodCleanup = {
    /** Removes the pods of successful runs only. */
    OnSuccess: "on_success",
    /** Removes all pods. */
    Always: "always",
    /** Removes no pods. */
    Never: "never",
} as const;
export type PodCleanup = (typeof PodCleanup)[keyof typeof PodCleanup];

/** When the image of a task is pulled. See https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy */
export const ImagePullPolicy = {
    /** Pulls the image at every start of a pod. */
    Always: "Always",
    /** Pulls the image when the node does not have it yet. */
    IfNotPresent: "IfNotPresent",
    /** Never pulls the image: the node must have it. */
    Never: "Never",
} as const;
export type ImagePullPolicy = (typeof ImagePullPolicy)[keyof typeof ImagePullPolicy];

/** Kubernetes object that Nextflow creates for a task. See https://www.nextflow.io/docs/latest/reference/config.html#k8s */
export const ComputeResourceType = {
    /** A bare pod: Nextflow's default up to 26.08. */
    Pod: "Pod",
    /** A Job, which waits while a quota is used up: Nextflow's default from 26.10 on. */
    Job: "Job",
} as const;
export type ComputeResourceType = (typeof ComputeResourceType)[keyof typeof ComputeResourceType];

/** What Nextflow does when a task fails. See https://www.nextflow.io/docs/latest/reference/process.html#errorstrategy */
export const ErrorStrategy = {
    /** Ends the run at once. */
    Terminate: "terminate",
    /** Ends the run when the tasks that are under way have ended. */
    Finish: "finish",
    /** Continues the run without the task. */
    Ignore: "ignore",
    /** Runs the task again, up to `maxRetries` times. */
    Retry: "retry",
} as const;
export type ErrorStrategy = (typeof ErrorStrategy)[keyof typeof ErrorStrategy];

/** Pods that get an environment variable. */
export const EnvironmentTarget = {
    /** The head pods, where Nextflow runs. */
    Head: "head",
    /** The task pods. */
    Compute: "compute",
    /** Head and task pods. */
    Both: "both",
} as const;
export type EnvironmentTarget = (typeof EnvironmentTarget)[keyof typeof EnvironmentTarget];

/**
 * Pod Security level, which says what pods may do on their nodes.
 * See https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const PodSecurityLevel = {
    /** Allows everything, as Fusion's privileged task pods require. */
    Privileged: "privileged",
    /** Allows nothing by which a pod could take over its node; Nextflow's pods meet it. */
    Baseline: "baseline",
    /** Allows only what best practice does; Nextflow cannot write the container settings that it requires. */
    Restricted: "restricted",
} as const;
export type PodSecurityLevel = (typeof PodSecurityLevel)[keyof typeof PodSecurityLevel];

/** Who gets rights in the cluster. See https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects */
export const SubjectKind = {
    /** A user as the cluster's authentication names it, such as the e-mail address of a Google service account. */
    User: "User",
    /** A group as the cluster's authentication names it, such as that of an EKS access entry. */
    Group: "Group",
    /** A service account of a namespace. */
    ServiceAccount: "ServiceAccount",
} as const;
export type SubjectKind = (typeof SubjectKind)[keyof typeof SubjectKind];

/** Protocol of a port. See https://kubernetes.io/docs/reference/networking/service-protocols/ */
export const NetworkProtocol = {
    /** TCP, such as HTTPS and databases. */
    Tcp: "TCP",
    /** UDP, such as DNS. */
    Udp: "UDP",
    /** SCTP, which the cluster's network plugin must support. */
    Sctp: "SCTP",
} as const;
export type NetworkProtocol = (typeof NetworkProtocol)[keyof typeof NetworkProtocol];

/** Where the files of a scratch volume are. See https://kubernetes.io/docs/concepts/storage/volumes/#emptydir */
export const ScratchMedium = {
    /** On the disk of the node, which an empty text means to Kubernetes. */
    Disk: "",
    /** In the memory of the node, which counts as memory of the task. */
    Memory: "Memory",
} as const;
export type ScratchMedium = (typeof ScratchMedium)[keyof typeof ScratchMedium];

/** How pods may mount a claim. See https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes */
export const AccessMode = {
    /** Pods on any number of nodes read and write. */
    ReadWriteMany: "ReadWriteMany",
    /** Pods on one node read and write. */
    ReadWriteOnce: "ReadWriteOnce",
    /** Pods on any number of nodes read. */
    ReadOnlyMany: "ReadOnlyMany",
} as const;
export type AccessMode = (typeof AccessMode)[keyof typeof AccessMode];

/** Who holds the bucket of a data-link. See https://docs.seqera.io/platform-cloud/data/data-explorer */
export const DataLinkProvider = {
    /** Amazon S3. */
    Aws: "aws",
    /** Google Cloud Storage. */
    Google: "google",
    /** Azure Blob Storage, with the keys of a storage account. */
    Azure: "azure",
    /** Azure Blob Storage, with a service principal of Microsoft Entra ID. */
    AzureEntra: "azure_entra",
    /** Azure Blob Storage, with credentials for Azure Cloud. */
    AzureCloud: "azure-cloud",
    /** The storage of Seqera Compute. */
    SeqeraCompute: "seqeracompute",
    /** S3-compatible storage, such as MinIO or Cloudflare R2. */
    S3: "s3",
} as const;
export type DataLinkProvider = (typeof DataLinkProvider)[keyof typeof DataLinkProvider];

/** Version of Nextflow's parser of scripts and configuration. See https://www.nextflow.io/docs/latest/strict-syntax.html */
export const SyntaxParser = {
    /** The classic parser. */
    V1: "v1",
    /** The strict parser. */
    V2: "v2",
} as const;
export type SyntaxParser = (typeof SyntaxParser)[keyof typeof SyntaxParser];
