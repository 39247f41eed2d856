import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../args/connection";
import type { BucketAccess, FilestoreConnection, FilestoreTier, IdentityMethod, SeqeraRole } from "./enums";

/** Arguments of {@link GkeExistingCluster}. */
export interface GkeExistingClusterArgs {
    /** Name of the cluster. */
    clusterName: pulumi.Input<string>;
    /** Region of the cluster, such as `europe-west1`, or zone of a zonal one, such as `europe-west1-b`. */
    location: pulumi.Input<string>;
    /** Id of the cluster's project. Default: that of the Google Cloud provider. */
    projectId?: pulumi.Input<string>;
    /**
     * Pods are to have an identity of their own: the cluster must have a workload identity pool, and nodes with GKE's metadata server.
     * Default: not asked for; where there is no pool, a warning, which false silences.
     */
    workloadIdentity?: boolean;
    /** Fusion is to be used: the cluster must be a Standard one, since Autopilot takes no privileged pods. Default: false. */
    fusion?: boolean;
    /** Volumes of Filestore are to be mounted: the cluster must have the driver, which Autopilot always has. Default: false. */
    filestore?: boolean;
    /** Buckets are to be mounted by Cloud Storage FUSE: the cluster must have the driver, which Autopilot always has. Default: false. */
    gcsFuse?: boolean;
    /**
     * Tasks are to run on spot nodes, by `withSpotTasks`: the cluster must have a pool of them, or make nodes by itself. Default: not
     * asked for; where a spot pool has no taint, so that head pods may run there, a warning, which false silences.
     */
    spotNodes?: boolean;
    /**
     * Bucket of the work directory, to be warned where it is in another region, or where rights of pods would have no effect in it.
     * Default: not looked at.
     */
    workBucket?: pulumi.Input<string>;
    /**
     * A Platform of your own runs in the cluster's network, so that a private API server is no fault. Default: false: Seqera
     * Cloud, which calls over the internet.
     */
    platformInNetwork?: boolean;
    /**
     * Addresses that the Platform calls from, in CIDR notation, as https://meta.seqera.io lists them for Seqera Cloud. They are
     * looked for among the API server's authorized networks. Default: none; where it lets in only some, a warning.
     */
    platformCidrs?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * Works in the cluster by the application default credentials, which Google Cloud's provider uses too, as in pipelines where
     * nobody has run `gcloud auth login`. Default: false: whoever `gcloud` is signed in as.
     */
    applicationDefaultCredentials?: boolean;
}

/** Arguments of {@link FilestoreStorage}. */
export interface FilestoreStorageArgs {
    /** Id of the cluster's project, as `GkeExistingCluster` gives it. */
    projectId: pulumi.Input<string>;
    /** Network that the nodes are in, as `GkeExistingCluster` gives it. Nobody outside of it can reach the instance. */
    network: pulumi.Input<string>;
    /** How the network is connected. One that another project shares needs `PRIVATE_SERVICE_ACCESS`. Default: `DIRECT_PEERING`. */
    connection?: pulumi.Input<FilestoreConnection>;
    /**
     * Zone of the instance, one that nodes are in; with the tiers `REGIONAL` and `ENTERPRISE` their region. Required, except with
     * `storageClassName`, where the driver takes the zone of the first pod.
     */
    location?: pulumi.Input<string>;
    /** Service tier. Default: `ZONAL`. */
    tier?: pulumi.Input<FilestoreTier>;
    /**
     * Size in GiB, by the tier: see `FilestoreTier`. It can grow in place within its range. The whole size is paid for, whatever
     * lies there. Default: 1024, or the least that the tier has, where that is more.
     */
    sizeGiB?: pulumi.Input<number>;
    /** Name of the key that the instance is encrypted with: `projects/…/cryptoKeys/…`. Default: Google's own. */
    kmsKeyName?: pulumi.Input<string>;
    /** Addresses that may mount it, in CIDR notation: those of the nodes. Default: the whole network. */
    allowedClients?: pulumi.Input<string>[];
    /**
     * Makes a storage class of this name, by which the driver makes an instance for each claim, when its first pod starts. Default:
     * none; one instance is made here, and its volume.
     */
    storageClassName?: string;
    /** Refuses to delete the instance, and so to lose what lies there. Default: false. */
    protect?: boolean;
    /** Leaves the instance in Google Cloud when it leaves the program. Default: false. */
    retainOnDelete?: boolean;
    /** Labels of the instance. */
    labels?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** Arguments of {@link GcsFuseStorage}. */
export interface GcsFuseStorageArgs {
    /** Name of the bucket, which must be there. */
    bucket: pulumi.Input<string>;
    /** Region or zone of the cluster, as `GkeExistingCluster` gives it, to be warned where the bucket is in another. Default: not looked at. */
    location?: pulumi.Input<string>;
    /** Where task pods mount it: an absolute path of its own. */
    mountPath: pulumi.Input<string>;
    /** Directory of the bucket that is mounted, without a slash in front. Default: all of it. */
    directory?: pulumi.Input<string>;
    /** Name of the claim. Plain text. Default: `nextflow-<component's name>`. */
    claimName?: string;
    /** Mounts it for reading only: the role `read` is enough then. Default: true. */
    readOnly?: boolean;
    /** User that all files belong to, where tasks are not root. Default: 0. */
    uid?: pulumi.Input<number>;
    /** Group that all files belong to, where tasks are not root. Default: 0. */
    gid?: pulumi.Input<number>;
    /**
     * Further options of Cloud Storage FUSE, such as `file-cache:max-size-mb:-1`.
     * See https://cloud.google.com/storage/docs/cloud-storage-fuse/cli-options
     */
    mountOptions?: pulumi.Input<pulumi.Input<string>[]>;
    /** CPUs that the sidecar may use in each pod, as a Kubernetes quantity; `0`: any. Default: GKE's, `250m`. */
    cpuLimit?: pulumi.Input<string>;
    /** Memory that the sidecar may use in each pod; `0`: any. Default: GKE's, `256Mi`. */
    memoryLimit?: pulumi.Input<string>;
    /** Disk that the sidecar may use in each pod, for what is written and for caches; `0`: any. Default: GKE's, `5Gi`. */
    diskLimit?: pulumi.Input<string>;
}

/** A bucket, and what may be done in it. */
export interface BucketGrantArgs {
    /** Name of the bucket. Plain text, since it decides what is made; a bucket of the same program goes into `dependsOn`. */
    name: string;
    /** What may be done there. Default: `read` for the Platform. */
    access?: BucketAccess;
}

/** Arguments of {@link GkeSeqeraAccess}. */
export interface GkeSeqeraAccessArgs extends ConnectionArgs {
    /** Id of the cluster's project, as `GkeExistingCluster` gives it. The service account is made there. */
    projectId: pulumi.Input<string>;
    /**
     * Id of the service account: what its e-mail address begins with, 6 to 30 characters, unique in the project. Default:
     * `seqera-<component's name>-<stack>`.
     */
    accountId?: pulumi.Input<string>;
    /** What the service account may do in the project. Default: `clusterViewer`. */
    role?: SeqeraRole;
    /**
     * Buckets that the Platform itself looks into: that of the work directory, for logs and reports. `readWrite` is for Data
     * Explorer. Default: none.
     */
    buckets?: BucketGrantArgs[];
    /** Any text; another one makes a new key, gives it to the Platform, and deletes the old one. Default: none. */
    keyVersion?: pulumi.Input<string>;
    /**
     * Id of a credential that is there already. No service account, role, key or credential is made then. Goes with
     * `existingServiceAccountEmail`.
     */
    credentialsId?: pulumi.Input<string>;
    /** E-mail address of the service account that this credential stands for. */
    existingServiceAccountEmail?: pulumi.Input<string>;
    /** Unique id of that service account, some 21 digits. Default: none; tokens that tell no e-mail address are refused then. */
    existingServiceAccountId?: pulumi.Input<string>;
    /** Name of the credential that is made, in the workspace. Default: generated from the component's name. */
    credentialsName?: pulumi.Input<string>;
}

/** Arguments of {@link GkeWorkloadIdentity}. */
export interface GkeWorkloadIdentityArgs {
    /** Id of the cluster's project, as `GkeExistingCluster` gives it. */
    projectId: pulumi.Input<string>;
    /** Workload identity pool of the cluster, as `GkeExistingCluster` gives it. */
    workloadPool: pulumi.Input<string>;
    /** Buckets that runs read and write, `read` by default. Default: none. */
    buckets?: BucketGrantArgs[];
    /**
     * Lets pods read what these buckets themselves are, such as where they lie, which some tools ask for first: the role
     * `roles/storage.legacyBucketReader`. Default: false: objects alone.
     */
    bucketMetadata?: boolean;
    /** How pods come by the identity. Default: `serviceAccount`. */
    method?: IdentityMethod;
    /**
     * Id of the service account that is made: what its e-mail address begins with, 6 to 30 characters, unique in the project. With the
     * method `serviceAccount` alone. Default: `nextflow-<component's name>-<stack>`.
     */
    accountId?: pulumi.Input<string>;
    /** Number of the cluster's project, with the method `direct` alone. Default: looked up, for which `resourcemanager.projects.get` is needed. */
    projectNumber?: pulumi.Input<string>;
    /** Namespace of the pods. Plain text, since the roles name it. Default: `nextflow`. */
    namespace?: string;
    /** Service account of the head pods. Default: `nextflow-head`. */
    headServiceAccount?: string;
    /** Service account of the task pods. Default: `nextflow-task`. */
    computeServiceAccount?: string;
    /** Whether head pods have the identity. Nextflow itself reads inputs and publishes results there. Default: true. */
    headPods?: boolean;
    /** Whether task pods have the identity: with Fusion they must. Default: true. */
    taskPods?: boolean;
}
