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
