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
