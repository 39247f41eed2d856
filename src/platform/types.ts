/**
 * The part of the Seqera Platform API's wire format that this package uses, as the official OpenAPI document
 * (https://docs.seqera.io/platform-api) names it. The API promises that new fields and new enum values may appear at
 * any time, so every enum here tolerates unknown strings and every response is read field by field.
 */

/** A closed set of known strings that tolerates values the API may add later. */
export type Open<Known extends string> = Known | (string & Record<never, never>);

/** `platform` and `config.discriminator` of the Kubernetes family of compute environments. */
export type KubernetesPlatform = "k8s-platform" | "eks-platform" | "gke-platform";

/** `ComputeEnv.Status`. */
export type ComputeEnvStatus = Open<
    "CREATING" | "AVAILABLE" | "DISABLED" | "DELETING" | "ERRORED" | "INVALID" | "DELETED"
>;

/** `PodCleanupPolicy`: which finished head pods the Platform removes. */
export type PodCleanupPolicy = "on_success" | "always" | "never";

/** `ConfigEnvVariable`: at least one of `head` and `compute` must be true. */
export interface ConfigEnvVariable {
    name: string;
    value: string;
    head?: boolean;
    compute?: boolean;
}

/**
 * `K8sComputeConfig`, with the fields that `EksComputeConfig` and `GkeComputeConfig` add (`region`, `clusterName`,
 * `waveEnabled`, `fusion2Enabled`). None of it can be changed after creation.
 */
export interface ComputeConfig {
    discriminator: KubernetesPlatform;
    workDir?: string;
    preRunScript?: string;
    postRunScript?: string;
    nextflowConfig?: string;
    environment?: ConfigEnvVariable[];
    server?: string;
    sslCert?: string;
    namespace?: string;
    headServiceAccount?: string;
    computeServiceAccount?: string;
    storageClaimName?: string;
    storageMountPath?: string;
    podCleanup?: PodCleanupPolicy;
    headPodSpec?: string;
    servicePodSpec?: string;
    headJobCpus?: number;
    headJobMemoryMb?: number;
    region?: string;
    clusterName?: string;
    waveEnabled?: boolean;
    fusion2Enabled?: boolean;
}

/** `ComputeEnv_ComputeConfig_`, as sent in `POST /compute-envs`. */
export interface NewComputeEnv {
    name: string;
    platform: KubernetesPlatform;
    config: ComputeConfig;
    credentialsId?: string;
    description?: string;
    fusionMetricsCollectionEnabled?: boolean;
}

/** `CreateComputeEnvRequest`. */
export interface CreateComputeEnvRequest {
    computeEnv: NewComputeEnv;
    labelIds?: number[];
}

/** `UpdateComputeEnvRequest`: the only four things that can change after creation. */
export interface UpdateComputeEnvRequest {
    name?: string;
    description?: string;
    credentialsId?: string;
    fusionMetricsCollectionEnabled?: boolean;
}

/** A value that the API leaves out or answers as an explicit `null` when it is unset. */
export type Nullable<T> = { [K in keyof T]?: T[K] | null };

/** `LabelDbDto`. */
export interface LabelDto {
    id: number;
    name: string;
    value?: string | null;
    resource?: boolean | null;
    isDefault?: boolean | null;
}

/** `ComputeEnvResponseDto`, the answer of `GET /compute-envs/{id}`. */
export interface ComputeEnvDto {
    id: string;
    name: string;
    platform: string;
    config: Nullable<ComputeConfig>;
    description?: string | null;
    credentialsId?: string | null;
    fusionMetricsCollectionEnabled?: boolean | null;
    status: ComputeEnvStatus;
    message?: string | null;
    primary?: boolean | null;
    deleted?: boolean | null;
    dateCreated?: string | null;
    lastUpdated?: string | null;
    lastUsed?: string | null;
    workspaceId?: number | null;
    orgId?: number | null;
    labels?: LabelDto[] | null;
}

/** `ListComputeEnvsResponse.Entry`. */
export interface ComputeEnvEntry {
    id: string;
    name: string;
    platform: string;
    status: ComputeEnvStatus;
    message?: string | null;
    primary?: boolean | null;
    credentialsId?: string | null;
    description?: string | null;
    workDir?: string | null;
    workspaceName?: string | null;
    visibility?: string | null;
    lastUsed?: string | null;
}

/** `Credentials.provider` of the kinds that a Kubernetes-family compute environment can use. */
export type CredentialsProvider = "k8s" | "aws" | "google";

/** `K8sSecurityKeys`, with a service account token. */
export interface KubernetesTokenKeys {
    token: string;
}

/** `K8sSecurityKeys`, with an X.509 client certificate. The certificate is readable afterwards, the key is not. */
export interface KubernetesCertificateKeys {
    certificate: string;
    privateKey: string;
}

/** `AwsSecurityKeys`. */
export interface AwsKeys {
    mode?: "keys" | "role";
    accessKey?: string;
    secretKey?: string;
    assumeRoleArn?: string;
    externalId?: string;
}

/** `GoogleSecurityKeys`: the JSON text of a service account key, or workload identity federation. */
export interface GoogleKeys {
    data?: string;
    serviceAccountEmail?: string;
    workloadIdentityProvider?: string;
    tokenAudience?: string;
}

export type CredentialsKeys = KubernetesTokenKeys | KubernetesCertificateKeys | AwsKeys | GoogleKeys;

/** `CredentialsSpec`, the body of `POST` and `PUT /credentials`. */
export interface CredentialsSpec {
    id?: string;
    name: string;
    provider: CredentialsProvider;
    description?: string;
    keys: CredentialsKeys;
}

/** `Credentials`, as `GET /credentials/{id}` answers it: `keys` without what is write-only. */
export interface CredentialsDto {
    id: string;
    name: string;
    provider: string;
    description?: string | null;
    keys?: (Nullable<AwsKeys & GoogleKeys & KubernetesCertificateKeys> & { discriminator?: string }) | null;
    status?: Open<"AVAILABLE" | "INVALID"> | null;
    message?: string | null;
    deleted?: boolean | null;
    dateCreated?: string | null;
    lastUpdated?: string | null;
    lastUsed?: string | null;
}

/** `DescribeCredentialsResponse`; `setupSnippet` is the trust policy of an AWS role credential. */
export interface DescribeCredentialsResponse {
    credentials: CredentialsDto;
    setupSnippet?: string | null;
}

/** `CreateLabelRequest`. */
export interface LabelSpec {
    name: string;
    value?: string;
    resource?: boolean;
    isDefault?: boolean;
}

/** `ServiceInfo`, readable without a token. */
export interface ServiceInfo {
    version?: string | null;
    apiVersion?: string | null;
    seqeraCloud?: boolean | null;
}

/** `ErrorResponse`, the envelope of most 4xx answers. */
export interface ErrorResponse {
    message: string;
}

/** `ValidateComputeEnvResponse`. */
export interface ValidateComputeEnvResponse {
    status: ComputeEnvStatus;
    transientError?: boolean | null;
    message?: string | null;
}

/** `ValidateCredentialsResponse`. */
export interface ValidateCredentialsResponse {
    status: Open<"AVAILABLE" | "INVALID">;
    transientError?: boolean | null;
    message?: string | null;
}

/** `DescribeUserResponse`, of `GET /user-info`. */
export interface UserInfo {
    user: { id: number; userName?: string | null; email?: string | null };
    needConsent?: boolean | null;
    defaultWorkspaceId?: number | null;
}

/** `OrgAndWorkspaceDto`; the row of an organisation itself has no workspace. */
export interface OrgAndWorkspace {
    orgId?: number | null;
    orgName?: string | null;
    workspaceId?: number | null;
    workspaceName?: string | null;
    workspaceFullName?: string | null;
    visibility?: string | null;
    roles?: string[] | null;
}
