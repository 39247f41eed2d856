/** What may be done with the objects of a bucket. */
export const BucketAccess = {
    /** Read and list. */
    Read: "read",
    /** Read, list, write and delete. */
    ReadWrite: "readWrite",
} as const;
export type BucketAccess = (typeof BucketAccess)[keyof typeof BucketAccess];

/** What the Platform's service account may do in the project. What it may do in the cluster is for Kubernetes' roles to say. */
export const SeqeraRole = {
    /** Google's own role `roles/container.clusterViewer`: to find clusters, and read what the project is called. */
    ClusterViewer: "clusterViewer",
    /** A role of the project's, to find clusters and nothing else. Whoever runs Pulumi needs `iam.roles.create` for it. */
    Custom: "custom",
} as const;
export type SeqeraRole = (typeof SeqeraRole)[keyof typeof SeqeraRole];

/** How pods come by an identity in Google Cloud. */
export const IdentityMethod = {
    /** They act as a service account of Google's, which the roles are given to: it works with every service and tool. */
    ServiceAccount: "serviceAccount",
    /**
     * The roles are given to the pods' own service accounts: nothing is made but grants. Buckets need uniform bucket-level access, and
     * nobody can sign links. Accounts of the same name in the same namespace are one identity in all clusters of the project.
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
    /** The older one in several zones: 1 to 10 TiB. */
    Enterprise: "ENTERPRISE",
} as const;
export type FilestoreTier = (typeof FilestoreTier)[keyof typeof FilestoreTier];

/** How a network is connected with Filestore. */
export const FilestoreConnection = {
    /** By a peering of its own, which a network of the same project needs nothing for. */
    DirectPeering: "DIRECT_PEERING",
    /** By the private services access that the network has already: for a network that another project shares. */
    PrivateServiceAccess: "PRIVATE_SERVICE_ACCESS",
} as const;
export type FilestoreConnection = (typeof FilestoreConnection)[keyof typeof FilestoreConnection];
