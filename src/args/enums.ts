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

/** How a toleration compares. https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export const TolerationOperator = {
    /** The taint has the value given. */
    Equal: "Equal",
    /** The taint is there, whatever its value. */
    Exists: "Exists",
} as const;
export type TolerationOperator = (typeof TolerationOperator)[keyof typeof TolerationOperator];

/** What a taint does to pods that do not tolerate it. */
export const TaintEffect = {
    /** They are not put there. */
    NoSchedule: "NoSchedule",
    /** They are put there only if there is nowhere else. */
    PreferNoSchedule: "PreferNoSchedule",
    /** They are taken away, too. */
    NoExecute: "NoExecute",
} as const;
export type TaintEffect = (typeof TaintEffect)[keyof typeof TaintEffect];

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

/** Which system calls a container may make. https://kubernetes.io/docs/tutorials/security/seccomp/ */
export const SeccompProfile = {
    /** Those that the container runtime allows by default. */
    RuntimeDefault: "RuntimeDefault",
    /** All of them. */
    Unconfined: "Unconfined",
} as const;
export type SeccompProfile = (typeof SeccompProfile)[keyof typeof SeccompProfile];

/** When the files of a volume are given to `fsGroup`. https://kubernetes.io/docs/tasks/configure-pod-container/security-context/ */
export const FsGroupChangePolicy = {
    /** When the volume's root is not its yet. */
    OnRootMismatch: "OnRootMismatch",
    /** At every start of a pod. */
    Always: "Always",
} as const;
export type FsGroupChangePolicy = (typeof FsGroupChangePolicy)[keyof typeof FsGroupChangePolicy];

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
