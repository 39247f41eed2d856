/** Method by which pods get an identity in AWS. See https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html */
export const IdentityMethod = {
    /**
     * EKS Pod Identity: an agent on every node gives pods the credentials of the role that their service account is associated with.
     * Not on Fargate; Seqera does not document it with Fusion.
     */
    PodIdentity: "podIdentity",
    /** IAM roles for service accounts: the cluster's OIDC provider vouches for pods. Seqera documents this method. */
    Irsa: "irsa",
} as const;
export type IdentityMethod = (typeof IdentityMethod)[keyof typeof IdentityMethod];

/** What may be done with the objects of a bucket. */
export const BucketAccess = {
    /** Read and list. */
    Read: "read",
    /** Read, list, write and delete. */
    ReadWrite: "readWrite",
} as const;
export type BucketAccess = (typeof BucketAccess)[keyof typeof BucketAccess];

/** Kind of the Platform's principal in AWS. See https://docs.seqera.io/platform-cloud/credentials/aws_credentials */
export const SeqeraPrincipal = {
    /** A role that the Platform assumes with an external id, without any key. */
    Role: "role",
    /** A user with an access key, where the Platform cannot assume a role: in the partitions of China and GovCloud. */
    User: "user",
} as const;
export type SeqeraPrincipal = (typeof SeqeraPrincipal)[keyof typeof SeqeraPrincipal];
