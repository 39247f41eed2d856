import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../args/connection";
import type { BucketAccess, IdentityMethod, SeqeraPrincipal } from "./enums";

/** An access point of a file system: all clients that mount through it act as one user, below one directory. */
export interface EfsAccessPointArgs {
    /** User id that all files belong to. Default: 0. */
    uid?: pulumi.Input<number>;
    /** Group id that all files belong to. Default: 0. */
    gid?: pulumi.Input<number>;
    /**
     * Directory that clients see as the root of the file system, at most four directories deep. It is created where it does not exist.
     * Default: `/nextflow`.
     */
    path?: pulumi.Input<string>;
}

/** Arguments of {@link EfsStorage}. */
export interface EfsStorageArgs {
    /** ARN of the cluster: the `clusterArn` of an `EksExistingCluster`. */
    clusterArn: pulumi.Input<string>;
    /** Id of the cluster's VPC, which the file system and the subnets must be in: the `vpcId` of an `EksExistingCluster`. */
    vpcId: pulumi.Input<string>;
    /**
     * Ids of the subnets that get a mount target, one in each zone of the nodes, such as `subnet-0123456789abcdef0`. A plain list,
     * since it decides how many mount targets there are. Required for a file system that is created; conflicts with `fileSystemId`.
     */
    subnetIds?: pulumi.Input<string>[];
    /**
     * Id of the nodes' security group, which may mount the file system: the `clusterSecurityGroupId` of an `EksExistingCluster`.
     * Required for a file system that is created; conflicts with `fileSystemId`.
     */
    nodeSecurityGroupId?: pulumi.Input<string>;
    /**
     * Id of an existing file system with mount targets in the VPC, such as `fs-0123456789abcdef0`. Default: a file system is created.
     */
    fileSystemId?: pulumi.Input<string>;
    /** ARN of the KMS key that encrypts a file system that is created. Default: AWS's own for EFS. */
    kmsKeyArn?: pulumi.Input<string>;
    /**
     * Access point to mount through, which makes all clients one user: `chown` fails there. Conflicts with `storageClassName`. Default:
     * none: the root of the file system, where users are distinct.
     */
    accessPoint?: EfsAccessPointArgs;
    /**
     * Name of a storage class to create, with which the driver creates an access point for each claim, instead of one volume that is
     * created beforehand. Not on Fargate. Conflicts with `accessPoint`. Default: none.
     */
    storageClassName?: string;
    /** Whether to install the add-on of the CSI driver for EFS. Default: false: the driver is already installed. */
    installDriver?: boolean;
    /**
     * Method by which an installed driver gets the identity that a storage class requires. Requires `installDriver` and
     * `storageClassName`. Default: `podIdentity`.
     */
    driverIdentity?: IdentityMethod;
    /**
     * OIDC issuer of the cluster's service account tokens: the `oidcIssuerUrl` of an `EksExistingCluster`. Required with the
     * `driverIdentity` `irsa`.
     */
    oidcIssuerUrl?: pulumi.Input<string>;
    /** Whether Pulumi refuses to delete a file system that is created, which would lose its data. Default: false. */
    protect?: boolean;
    /** Whether a file system that is created stays in AWS when it is removed from the program. Default: false. */
    retainOnDelete?: boolean;
    /** Tags of the resources that are created in AWS. Default: none. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** Arguments of {@link EksExistingCluster}. */
export interface EksExistingClusterArgs {
    /** Name of the cluster. */
    clusterName: pulumi.Input<string>;
    /** Region of the cluster, such as `eu-west-1`. Default: that of the AWS provider. */
    region?: pulumi.Input<string>;
    /** Whether the Platform is to get in through an access entry, which the cluster must support. Default: true. */
    accessEntries?: boolean;
    /**
     * Method by which pods are to get an identity. What it requires must already exist: the cluster's OIDC provider in IAM for `irsa`,
     * the add-on of the agent for `podIdentity`. Default: not checked.
     */
    workloadIdentity?: IdentityMethod;
    /** Whether volumes of EFS are to be mounted. Warns where the cluster does not have the add-on of the driver. Default: false. */
    efs?: boolean;
    /** Name of the bucket of the work directory. Warns where it is in another region than the cluster. Default: not checked. */
    workBucket?: pulumi.Input<string>;
    /**
     * Whether a Platform of your own runs in the cluster's network, so that a private API server is allowed. Default: false: Seqera
     * Cloud, which calls over the internet.
     */
    platformInNetwork?: boolean;
    /**
     * Addresses that the Platform calls from, in CIDR notation, such as `18.169.21.18/32`; https://meta.seqera.io lists those of Seqera
     * Cloud. An address that the API server does not admit is a warning. Default: none: an API server that admits only some addresses
     * is a warning.
     */
    platformCidrs?: pulumi.Input<pulumi.Input<string>[]>;
    /**
     * ARN of a role that Pulumi assumes to work in the cluster, such as `arn:aws:iam::123456789012:role/deployer`. Default: none: the
     * identity that runs Pulumi.
     */
    kubeconfigRoleArn?: pulumi.Input<string>;
    /** Profile of the AWS command line with which Pulumi works in the cluster. Default: that of the environment. */
    kubeconfigProfile?: pulumi.Input<string>;
}

/** Arguments of {@link EksSeqeraAccess}. */
export interface EksSeqeraAccessArgs extends ConnectionArgs {
    /** ARN of the cluster: the `clusterArn` of an `EksExistingCluster`. Partition, region, account and name are read from it. */
    clusterArn: pulumi.Input<string>;
    /** Kind of the Platform's principal in AWS: a role that it assumes, or a user with an access key. Default: `role`. */
    principal?: SeqeraPrincipal;
    /**
     * Name of the role or user. It is fixed, so that its ARN is known before it exists: the credential requires the ARN, and the role's
     * trust policy requires the credential's external id. Default: `seqera-<component's name>-<cluster's name>`.
     */
    principalName?: pulumi.Input<string>;
    /**
     * ARN of the principal that assumes the role. A Platform of your own has another one than Seqera Cloud. Default: Seqera Cloud's own
     * role.
     */
    seqeraPrincipalArn?: pulumi.Input<string>;
    /** ARN of a policy that is the permissions boundary of the role or user. Default: none. */
    permissionsBoundary?: pulumi.Input<string>;
    /**
     * Buckets that the Platform itself reads: that of the work directory, for logs and reports. `readWrite` is for Data Explorer.
     * Default: none.
     */
    buckets?: pulumi.Input<pulumi.Input<BucketGrantArgs>[]>;
    /** Id of an existing credential. No role, user, policy or credential is created then. Requires `existingPrincipalArn`. */
    credentialsId?: pulumi.Input<string>;
    /** ARN of the role or user of the existing credential, which gets the access entry. Requires `credentialsId`. */
    existingPrincipalArn?: pulumi.Input<string>;
    /** Name of a credential that is created, in the workspace. Default: generated from the component's name. */
    credentialsName?: pulumi.Input<string>;
    /**
     * Whether to create an access entry, which lets the principal into the cluster. Set it to false for a cluster that does not support
     * access entries, with the authentication mode CONFIG_MAP, and add `awsAuthSnippet` to its ConfigMap `aws-auth` yourself. Default:
     * true.
     */
    accessEntry?: boolean;
    /** Kubernetes group of the principal. `rbacSubjects` binds roles to it. Default: `seqera-launcher`. */
    kubernetesGroup?: pulumi.Input<string>;
    /** Tags of the resources that are created in AWS. Default: none. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** A bucket, or a part of one, and what may be done there. */
export interface BucketGrantArgs {
    /** Name of the bucket. */
    name: pulumi.Input<string>;
    /**
     * Path in the bucket that the objects are below, such as `work`. Listing is allowed in the whole bucket. Default: the whole bucket.
     */
    prefix?: pulumi.Input<string>;
    /** What may be done with the objects. Default: `read`. */
    access?: pulumi.Input<BucketAccess>;
    /** ARN of the KMS key that encrypts the objects, where it is a key of your own. Default: none. */
    kmsKeyArn?: pulumi.Input<string>;
}

/** Arguments of {@link EksWorkloadIdentity}. */
export interface EksWorkloadIdentityArgs {
    /** ARN of the cluster: the `clusterArn` of an `EksExistingCluster`. */
    clusterArn: pulumi.Input<string>;
    /**
     * Buckets that runs read and write, such as `[{ name: "genomes", prefix: "work", access: "readWrite" }]`. At least one is required.
     */
    buckets: pulumi.Input<BucketGrantArgs>[];
    /** Method by which pods get the identity. Set it to `irsa` with Fusion and on Fargate. Default: `podIdentity`. */
    method?: IdentityMethod;
    /** OIDC issuer of the cluster's service account tokens: the `oidcIssuerUrl` of an `EksExistingCluster`. Required with `irsa`. */
    oidcIssuerUrl?: pulumi.Input<string>;
    /**
     * Whether to create the cluster's OIDC provider in IAM. With `irsa` only; a cluster can have one only. Default: false: it already
     * exists.
     */
    createOidcProvider?: boolean;
    /**
     * Whether to install the add-on of the agent. With `podIdentity` only. Default: false: it is already installed, as with EKS Auto
     * Mode.
     */
    installAgent?: boolean;
    /** Namespace of the pods. Plain text, since the role trusts it by name. Default: `nextflow`. */
    namespace?: string;
    /** Service account of the head pods. Default: `nextflow-head`. */
    headServiceAccount?: string;
    /** Service account of the task pods. Default: `nextflow-task`. */
    computeServiceAccount?: string;
    /** Whether head pods may act as the role. Nextflow itself reads inputs and publishes results there. Default: true. */
    headPods?: boolean;
    /** Whether task pods may act as the role; Fusion requires it. Default: true. */
    taskPods?: boolean;
    /** Whether runs use Fusion. It only affects the checks: a warning without `irsa`, an error with `fargate`. Default: false. */
    fusion?: pulumi.Input<boolean>;
    /** Whether pods run on Fargate. It only affects the checks: an error without `irsa`, and with `fusion`. Default: false. */
    fargate?: boolean;
    /** Name of the role. Default: `nextflow-<component's name>-<cluster's name>`. */
    roleName?: pulumi.Input<string>;
    /** ARN of a policy that is the permissions boundary of the role. Default: none. */
    permissionsBoundary?: pulumi.Input<string>;
    /** Tags of the resources that are created in AWS. Default: none. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
