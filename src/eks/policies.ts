import { type ClusterArn, issuerHost, oidcProviderArn } from "./arns";
import { BucketAccess } from "./enums";

/** One statement of a policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface Statement {
    Sid: string;
    Effect: "Allow";
    Principal?: Record<string, string>;
    Action: string[];
    Resource?: string[];
    Condition?: Record<string, Record<string, string | string[]>>;
}

export interface PolicyDocument {
    Version: "2012-10-17";
    Statement: Statement[];
}

/** A bucket, or a part of one, and what is allowed there. */
export interface BucketGrant {
    name: string;
    prefix?: string;
    access?: BucketAccess;
    kmsKeyArn?: string;
}

/** The pods of one namespace that a role is for. */
export interface PodIdentities {
    namespace: string;
    serviceAccounts: string[];
}

/** Whom Seqera Cloud is in AWS. https://docs.seqera.io/platform-cloud/compute-envs/eks */
export const SEQERA_CLOUD_PRINCIPAL = "arn:aws:iam::161471496260:role/SeqeraPlatformCloudAccessRole";

const AUDIENCE = "sts.amazonaws.com";

function policy(...statements: Statement[]): PolicyDocument {
    return { Version: "2012-10-17", Statement: statements };
}

/** Which objects a grant is about, as the end of an ARN. */
function objects({ name, prefix }: BucketGrant): string {
    const inner = (prefix ?? "").replace(/^\/+|\/+$/g, "");
    return inner === "" ? `${name}/*` : `${name}/${inner}/*`;
}

const arnOf = (partition: string, path: string) => `arn:${partition}:s3:::${path}`;

interface BucketActions {
    bucket: string[];
    read: string[];
    write: string[];
    /** Encrypting is asked for where objects are written. */
    keyRead: string[];
    keyWrite: string[];
}

/** What the Platform does: it checks the work directory, and reads logs and reports of runs. */
const PLATFORM_ACTIONS: BucketActions = {
    bucket: ["s3:ListBucket"],
    read: ["s3:GetObject"],
    // Data Explorer's, further.
    write: ["s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject"],
    keyRead: ["kms:Decrypt"],
    keyWrite: ["kms:Decrypt", "kms:GenerateDataKey"],
};

/** What Nextflow, Fusion and the AWS command line do in pods. */
const POD_ACTIONS: BucketActions = {
    bucket: ["s3:ListBucket", "s3:GetBucketLocation"],
    read: ["s3:GetObject", "s3:GetObjectTagging"],
    write: ["s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject", "s3:AbortMultipartUpload"],
    keyRead: ["kms:Decrypt"],
    keyWrite: ["kms:Decrypt", "kms:GenerateDataKey"],
};

/**
 * Statements about buckets. A listing is granted on a whole bucket: Nextflow lists the parents of a path, which a condition on the
 * prefix would refuse.
 */
function bucketStatements(partition: string, grants: BucketGrant[], actions: BucketActions): Statement[] {
    const writable = grants.filter(({ access }) => access === BucketAccess.ReadWrite);
    const readOnly = grants.filter(({ access }) => access !== BucketAccess.ReadWrite);
    const unique = (texts: string[]) => [...new Set(texts)].sort();
    const keys = (of: BucketGrant[]) => unique(of.flatMap(({ kmsKeyArn }) => kmsKeyArn ?? []));
    const arns = (of: BucketGrant[]) => unique(of.map((grant) => arnOf(partition, objects(grant))));
    const statement = (Sid: string, Action: string[], Resource: string[]): Statement[] =>
        Resource.length === 0 ? [] : [{ Sid, Effect: "Allow", Action, Resource }];
    return [
        ...statement("ListBuckets", actions.bucket, unique(grants.map(({ name }) => arnOf(partition, name)))),
        ...statement("ReadObjects", actions.read, arns(readOnly)),
        ...statement("ReadWriteObjects", [...actions.read, ...actions.write], arns(writable)),
        ...statement("ReadEncrypted", actions.keyRead, keys(readOnly)),
        ...statement("WriteEncrypted", actions.keyWrite, keys(writable)),
    ];
}

/**
 * What the Platform may do in AWS, as Seqera documents it, narrowed to one cluster. Of its work in the cluster AWS knows nothing:
 * that is for the access entry and the cluster's roles. https://docs.seqera.io/platform-cloud/compute-envs/eks
 */
export function platformPolicy(cluster: ClusterArn, buckets: BucketGrant[]): PolicyDocument {
    return policy(
        // AWS knows no narrower resource for a listing: it says names, and nothing of what they stand for.
        { Sid: "ListClusters", Effect: "Allow", Action: ["eks:ListClusters"], Resource: ["*"] },
        { Sid: "DescribeCluster", Effect: "Allow", Action: ["eks:DescribeCluster"], Resource: [cluster.arn] },
        ...bucketStatements(cluster.partition, buckets, PLATFORM_ACTIONS),
    );
}

/** Who may be the role of the Platform. The second statement, of tags alone, is what Seqera documents without a condition. */
export function platformTrust(caller: string, externalId: string): PolicyDocument {
    const Principal = { AWS: caller };
    return policy(
        {
            Sid: "SeqeraWithExternalId",
            Effect: "Allow",
            Principal,
            Action: ["sts:AssumeRole"],
            Condition: { StringEquals: { "sts:ExternalId": externalId } },
        },
        { Sid: "SeqeraTagsSessions", Effect: "Allow", Principal, Action: ["sts:TagSession"] },
    );
}

/** What pods may do in AWS. */
export function podPolicy(partition: string, buckets: BucketGrant[]): PolicyDocument {
    return policy(...bucketStatements(partition, buckets, POD_ACTIONS));
}

/** Which pods may be a role by IRSA. https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html */
export function irsaTrust(
    cluster: ClusterArn,
    issuerUrl: string,
    { namespace, serviceAccounts }: PodIdentities,
): PolicyDocument {
    const issuer = issuerHost(issuerUrl);
    return policy({
        Sid: "PodsByIrsa",
        Effect: "Allow",
        Principal: { Federated: oidcProviderArn(cluster, issuerUrl) },
        Action: ["sts:AssumeRoleWithWebIdentity"],
        Condition: {
            StringEquals: {
                [`${issuer}:aud`]: AUDIENCE,
                [`${issuer}:sub`]: serviceAccounts.map((account) => `system:serviceaccount:${namespace}:${account}`),
            },
        },
    });
}

/**
 * Which pods may be a role by EKS Pod Identity. Without the conditions, whoever may make an association in any cluster of the
 * account could hand the role out. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export function podIdentityTrust(cluster: ClusterArn, { namespace, serviceAccounts }: PodIdentities): PolicyDocument {
    return policy({
        Sid: "PodsByPodIdentity",
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
            StringEquals: {
                "aws:RequestTag/eks-cluster-arn": cluster.arn,
                "aws:RequestTag/kubernetes-namespace": namespace,
                "aws:RequestTag/kubernetes-service-account": serviceAccounts,
            },
        },
    });
}

/**
 * What goes into `mapRoles` or `mapUsers` of the ConfigMap `aws-auth`, on clusters without access entries. Only shown: the ConfigMap
 * holds one text with the nodes' own entries, which no two writers can share.
 */
export function awsAuthSnippet(principal: string, group: string): string {
    const kind = /:user\//.test(principal) ? "user" : "role";
    // The ConfigMap's roles have no path.
    const arn = kind === "role" ? principal.replace(/:role\/.*\//, ":role/") : principal;
    return [`- ${kind}arn: ${arn}`, `  username: ${group}`, "  groups:", `    - ${group}`, ""].join("\n");
}
