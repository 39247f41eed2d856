import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../args/connection";
import type { BucketAccess, FilestoreConnection, FilestoreTier, IdentityMethod, SeqeraRole } from "./enums";

/** Arguments of {@link GkeExistingCluster}. */
export interface GkeExistingClusterArgs {
    /** Name of the cluster. */
    clusterName: pulumi.Input<string>;
    /** Region of the cluster, such as `europe-west1`; for a zonal cluster, its zone, such as `europe-west1-b`. */
    location: pulumi.Input<string>;
    /** Id of the cluster's project, such as `research-1`. Default: that of the Google Cloud provider. */
    projectId?: pulumi.Input<string>;
    /**
     * Whether pods are to have an identity of their own, for which the cluster must have a workload identity pool, and nodes with GKE's
     * metadata server. Default: not checked: a cluster without a pool is a warning, which false silences.
     */
    workloadIdentity?: boolean;
    /**
     * Whether Fusion is to be used, for which the cluster must be a Standard one, since Autopilot rejects privileged pods. Default:
     * false.
     */
    fusion?: boolean;
    /**
     * Whether volumes of Filestore are to be mounted, for which the cluster must have the driver; Autopilot always has it. Default:
     * false.
     */
    filestore?: boolean;
    /**
     * Whether buckets are to be mounted with Cloud Storage FUSE, for which the cluster must have the driver; Autopilot always has it.
     * Default: false.
     */
    gcsFuse?: boolean;
    /**
     * Whether tasks are to run on spot nodes, with `withSpotTasks`, for which the cluster must have a spot node pool or node
     * auto-provisioning. Default: not checked: a spot node pool without a taint, where head pods may run, is a warning, which false
     * silences.
     */
    spotNodes?: boolean;
    /**
     * Name of the bucket of the work directory. Warns where it is in another region than the cluster, and where rights of pods have no
     * effect in it. Default: not checked.
     */
    workBucket?: pulumi.Input<string>;
    /**
     * Whether a Platform of your own runs in the cluster's network, so that a private API server is allowed. Default: false: Seqera
     * Cloud, which calls over the internet.
     */
    platformInNetwork?: boolean;
    /**
     * Addresses that the Platform calls from, in CIDR notation, such as `18.169.21.18/32`; https://meta.seqera.io lists those of Seqera
     * Cloud. An address that the API server's authorized networks lack is a warning. Default: none: an API server that admits only some
     * networks is a warning.
     */
    platformCidrs?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Whether to work in the cluster with the application default credentials, which Google Cloud's provider uses too, as in pipelines
     * without `gcloud auth login`. Default: false: the account that `gcloud` is signed in with.
     */
    applicationDefaultCredentials?: boolean;
}

/** Arguments of {@link FilestoreStorage}. */
export interface FilestoreStorageArgs {
    /** Id of the cluster's project: the `projectId` of a `GkeExistingCluster`. */
    projectId: pulumi.Input<string>;
    /** Network of the nodes: the `network` of a `GkeExistingCluster`. Only this network can reach the instance. */
    network: pulumi.Input<string>;
    /**
     * Connection between the network and Filestore. A network that another project shares requires `PRIVATE_SERVICE_ACCESS`. Default:
     * `DIRECT_PEERING`.
     */
    connection?: pulumi.Input<FilestoreConnection>;
    /**
     * Zone of the instance, one of the zones of the nodes, such as `europe-west1-b`; with the tiers `REGIONAL` and `ENTERPRISE`, their
     * region. Required, except with `storageClassName`, where the driver uses the zone of the first pod.
     */
    location?: pulumi.Input<string>;
    /** Service tier of the instance. Default: `ZONAL`. */
    tier?: pulumi.Input<FilestoreTier>;
    /**
     * Size of the instance, in GiB, within a range of its tier: see `FilestoreTier`. It can grow in place within the range. Google
     * charges for the size, however much of it is used. Default: 1024, or the minimum of the tier, where that is larger.
     */
    sizeGiB?: pulumi.Input<number>;
    /** Name of the KMS key that encrypts the instance: `projects/…/locations/…/keyRings/…/cryptoKeys/…`. Default: Google's own. */
    kmsKeyName?: pulumi.Input<string>;
    /**
     * Addresses that may mount the instance, in CIDR notation: those of the nodes. Conflicts with `storageClassName`. Default: the
     * whole network.
     */
    allowedClients?: pulumi.Input<string>[];
    /**
     * Name of a storage class to create, with which the driver creates an instance for each claim, when its first pod starts. Default:
     * none: one instance and its volume are created here.
     */
    storageClassName?: string;
    /** Whether Pulumi refuses to delete the instance, which would lose its data. Conflicts with `storageClassName`. Default: false. */
    protect?: boolean;
    /**
     * Whether the instance stays in Google Cloud when it is removed from the program. Conflicts with `storageClassName`. Default:
     * false.
     */
    retainOnDelete?: boolean;
    /** Labels of the instance. Conflicts with `storageClassName`. Default: none. */
    labels?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** Arguments of {@link GcsFuseStorage}. */
export interface GcsFuseStorageArgs {
    /** Name of an existing bucket. */
    bucket: pulumi.Input<string>;
    /**
     * Region or zone of the cluster: the `location` of a `GkeExistingCluster`. Warns where the bucket is in another region. Default:
     * not checked.
     */
    location?: pulumi.Input<string>;
    /** Absolute path that task pods mount the bucket at, such as `/references`, apart from other mount paths. */
    mountPath: pulumi.Input<string>;
    /** Directory of the bucket to mount, without a leading slash, such as `references/hg38`. Default: the whole bucket. */
    directory?: pulumi.Input<string>;
    /** Name of the claim. Plain text. Default: `nextflow-<component's name>`. */
    claimName?: string;
    /** Whether to mount the bucket read-only, for which the role of `read` is enough. Default: true. */
    readOnly?: boolean;
    /** User id that all files belong to, where tasks do not run as root. Default: 0. */
    uid?: pulumi.Input<number>;
    /** Group id that all files belong to, where tasks do not run as root. Default: 0. */
    gid?: pulumi.Input<number>;
    /**
     * Further options of Cloud Storage FUSE, such as `file-cache:max-size-mb:-1`. Default: none.
     * See https://cloud.google.com/storage/docs/cloud-storage-fuse/cli-options
     */
    mountOptions?: pulumi.Input<pulumi.Input<string>[]>;
    /** CPU limit of the sidecar in each pod, as a Kubernetes quantity; `0` for no limit. Default: GKE's, `250m`. */
    cpuLimit?: pulumi.Input<string>;
    /** Memory limit of the sidecar in each pod, as a Kubernetes quantity; `0` for no limit. Default: GKE's, `256Mi`. */
    memoryLimit?: pulumi.Input<string>;
    /**
     * Disk limit of the sidecar in each pod, for written files and caches, as a Kubernetes quantity; `0` for no limit. Default: GKE's,
     * `5Gi`.
     */
    diskLimit?: pulumi.Input<string>;
}

/** A bucket, and what may be done there. */
export interface BucketGrantArgs {
    /** Name of the bucket. Plain text, since it decides what is created; pass a bucket of the same program in `dependsOn`. */
    name: string;
    /** What may be done with the objects. Default: `read`. */
    access?: BucketAccess;
}

/** Arguments of {@link GkeSeqeraAccess}. */
export interface GkeSeqeraAccessArgs extends ConnectionArgs {
    /** Id of the cluster's project, in which the service account is created: the `projectId` of a `GkeExistingCluster`. */
    projectId: pulumi.Input<string>;
    /**
     * Id of the service account, with which its e-mail address begins: 6 to 30 characters, unique in the project. Default:
     * `seqera-<component's name>-<stack>`.
     */
    accountId?: pulumi.Input<string>;
    /** What the service account may do in the project. Default: `clusterViewer`. */
    role?: SeqeraRole;
    /**
     * Buckets that the Platform itself reads: that of the work directory, for logs and reports. `readWrite` is for Data Explorer.
     * Default: none.
     */
    buckets?: BucketGrantArgs[];
    /** Any text. A change of the text creates a new key, gives it to the Platform, and deletes the old key. Default: none. */
    keyVersion?: pulumi.Input<string>;
    /**
     * Id of an existing credential. No service account, role, key or credential is created then. Requires
     * `existingServiceAccountEmail`.
     */
    credentialsId?: pulumi.Input<string>;
    /**
     * E-mail address of the service account of the existing credential, such as `seqera@research-1.iam.gserviceaccount.com`. Requires
     * `credentialsId`.
     */
    existingServiceAccountEmail?: pulumi.Input<string>;
    /**
     * Unique id of that service account, about 21 digits. Requires `credentialsId`. Default: none: the cluster then refuses tokens
     * without an e-mail address.
     */
    existingServiceAccountId?: pulumi.Input<string>;
    /** Name of a credential that is created, in the workspace. Default: generated from the component's name. */
    credentialsName?: pulumi.Input<string>;
}

/** Arguments of {@link GkeWorkloadIdentity}. */
export interface GkeWorkloadIdentityArgs {
    /** Id of the cluster's project: the `projectId` of a `GkeExistingCluster`. */
    projectId: pulumi.Input<string>;
    /** Workload identity pool of the cluster, such as `research-1.svc.id.goog`: the `workloadPool` of a `GkeExistingCluster`. */
    workloadPool: pulumi.Input<string>;
    /** Buckets that runs read and write, `read` by default. Default: none. */
    buckets?: BucketGrantArgs[];
    /**
     * Whether pods may also read the metadata of these buckets, such as their location, which some tools read first: the role
     * `roles/storage.legacyBucketReader`. Default: false: objects only.
     */
    bucketMetadata?: boolean;
    /** Method by which pods get the identity. Default: `serviceAccount`. */
    method?: IdentityMethod;
    /**
     * Id of the service account that is created, with which its e-mail address begins: 6 to 30 characters, unique in the project. With
     * the method `serviceAccount` only. Default: `nextflow-<component's name>-<stack>`.
     */
    accountId?: pulumi.Input<string>;
    /**
     * Number of the cluster's project. With the method `direct` only. Default: looked up, which requires
     * `resourcemanager.projects.get`.
     */
    projectNumber?: pulumi.Input<string>;
    /** Namespace of the pods. Plain text, since the roles name it. Default: `nextflow`. */
    namespace?: string;
    /** Service account of the head pods. Default: `nextflow-head`. */
    headServiceAccount?: string;
    /** Service account of the task pods. Default: `nextflow-task`. */
    computeServiceAccount?: string;
    /** Whether head pods have the identity. Nextflow itself reads inputs and publishes results there. Default: true. */
    headPods?: boolean;
    /** Whether task pods have the identity; Fusion requires it. Default: true. */
    taskPods?: boolean;
}
