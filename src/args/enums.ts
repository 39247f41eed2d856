/** Which kind of compute environment the Platform makes. https://docs.seqera.io/platform-cloud/compute-envs/overview */
export const KubernetesPlatform = {
    /** Any Kubernetes cluster, reached by its server address with a service account token or a client certificate. */
    Kubernetes: "k8s-platform",
    /** Amazon EKS, reached with AWS credentials. */
    Eks: "eks-platform",
    /** Google GKE, reached with Google credentials. */
    Gke: "gke-platform",
} as const;
export type KubernetesPlatform = (typeof KubernetesPlatform)[keyof typeof KubernetesPlatform];

/** Which finished pods the Platform removes. https://docs.seqera.io/platform-cloud/compute-envs/k8s */
export const PodCleanup = {
    /** Only those of successful runs. */
    OnSuccess: "on_success",
    /** All of them. */
    Always: "always",
    /** None of them. */
    Never: "never",
} as const;
export type PodCleanup = (typeof PodCleanup)[keyof typeof PodCleanup];

/** When the image of a task is pulled. https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy */
export const ImagePullPolicy = {
    /** At every start of a pod. */
    Always: "Always",
    /** When the node does not have it yet. */
    IfNotPresent: "IfNotPresent",
    /** Never: the node must have it. */
    Never: "Never",
} as const;
export type ImagePullPolicy = (typeof ImagePullPolicy)[keyof typeof ImagePullPolicy];

/** What Nextflow makes of a task. https://www.nextflow.io/docs/latest/reference/config.html#k8s */
export const ComputeResourceType = {
    /** A bare pod: Nextflow's default up to 26.08. */
    Pod: "Pod",
    /** A Job, which waits where a quota is used up: Nextflow's default from 26.10. */
    Job: "Job",
} as const;
export type ComputeResourceType = (typeof ComputeResourceType)[keyof typeof ComputeResourceType];

/** What happens when a task fails. https://www.nextflow.io/docs/latest/reference/process.html#errorstrategy */
export const ErrorStrategy = {
    /** The run ends at once. */
    Terminate: "terminate",
    /** The run ends when the tasks that are under way have ended. */
    Finish: "finish",
    /** The run goes on without it. */
    Ignore: "ignore",
    /** It runs again, as often as `maxRetries` says. */
    Retry: "retry",
} as const;
export type ErrorStrategy = (typeof ErrorStrategy)[keyof typeof ErrorStrategy];

/** Which pods a variable goes to. */
export const EnvironmentTarget = {
    /** The head pods, where Nextflow runs. */
    Head: "head",
    /** The task pods. */
    Compute: "compute",
    /** Both. */
    Both: "both",
} as const;
export type EnvironmentTarget = (typeof EnvironmentTarget)[keyof typeof EnvironmentTarget];

/** How much a pod may ask of its node. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export const PodSecurityLevel = {
    /** Everything: what Fusion's privileged task pods need. */
    Privileged: "privileged",
    /** Nothing by which a pod could take over its node: what Nextflow's pods pass. */
    Baseline: "baseline",
    /** Nothing that best practice forbids; Nextflow cannot write the container settings that it asks for. */
    Restricted: "restricted",
} as const;
export type PodSecurityLevel = (typeof PodSecurityLevel)[keyof typeof PodSecurityLevel];

/** How pods may mount a claim. https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes */
export const AccessMode = {
    /** Pods on any number of nodes read and write. */
    ReadWriteMany: "ReadWriteMany",
    /** Pods on one node read and write. */
    ReadWriteOnce: "ReadWriteOnce",
    /** Pods on any number of nodes read. */
    ReadOnlyMany: "ReadOnlyMany",
} as const;
export type AccessMode = (typeof AccessMode)[keyof typeof AccessMode];
