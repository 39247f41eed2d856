/** What may be done with the objects of a bucket. */
export const BucketAccess = {
    /** Read and list. */
    Read: "read",
    /** Read, list, write and delete. */
    ReadWrite: "readWrite",
} as const;
export type BucketAccess = (typeof BucketAccess)[keyof typeof BucketAccess];

/** What the Platform's service account may do in the project. Kubernetes' own roles decide what it may do in the cluster. */
export const SeqeraRole = {
    /** Google's own role `roles/container.clusterViewer`: find clusters, and read the names of projects. */
    ClusterViewer: "clusterViewer",
    /**
     * A custom role of the project: find clusters and nothing else. To create it, the identity that runs Pulumi needs
     * `iam.roles.create`.
     */
    Custom: "custom",
} as const;
export type SeqeraRole = (typeof SeqeraRole)[keyof typeof SeqeraRole];

/** Method by which pods get an identity in Google Cloud. */
export const IdentityMethod = {
    /** Pods act as a Google service account, which the roles are granted to. Works with every service and tool. */
    ServiceAccount: "serviceAccount",
    /**
     * The roles are granted to the pods' own service accounts; only grants are created. Buckets need uniform bucket-level access, and
     * pods cannot sign links. Accounts of the same name in the same namespace are one identity in all clusters of the project.
     */
    Direct: "direct",
} as const;
export type IdentityMethod = (typeof IdentityMethod)[keyof typeof IdentityMethod];

/** Service tier of Filestore. */
export const FilestoreTier = {
    /** Disks in one zone, for little load: 100 GiB to 63.9 TiB. */
    BasicHdd: "BASIC_HDD",
    /** SSD in one zone: 2.5 to 63.9 TiB. */
    BasicSsd: "BASIC_SSD",
    /** SSD in one zone, faster as it gets larger: 1 to 9.75 TiB, or 10 to 100 TiB. */
    Zonal: "ZONAL",
    /** Like `ZONAL`, in several zones: 100 GiB to 9.75 TiB, or 10 to 100 TiB. */
    Regional: "REGIONAL",
    /** The older tier in several zones: 1 to 10 TiB. */
    Enterprise: "ENTERPRISE",
} as const;
export type FilestoreTier = (typeof FilestoreTier)[keyof typeof FilestoreTier];

/** Connection between a network and Filestore. */
export const FilestoreConnection = {
    /** A peering of its own, for which a network of the same project needs no preparation. */
    DirectPeering: "DIRECT_PEERING",
    /** The existing private services access of the network, for a network that another project shares. */
    PrivateServiceAccess: "PRIVATE_SERVICE_ACCESS",
} as const;
export type FilestoreConnection = (typeof FilestoreConnection)[keyof typeof FilestoreConnection];
