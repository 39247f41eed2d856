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
