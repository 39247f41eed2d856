import type * as pulumi from "@pulumi/pulumi";
import type { ConnectionArgs } from "../args/connection";
import type { BucketAccess, IdentityMethod, SeqeraPrincipal } from "./enums";

/** An access point: whoever mounts through it is one user, below one directory. */
export interface EfsAccessPointArgs {
    /** User that all files belong to. Default: 0. */
    uid?: pulumi.Input<number>;
    /** Group that all files belong to. Default: 0. */
    gid?: pulumi.Input<number>;
    /** Directory that is all that is seen of the file system; made where it is not there. Default: `/nextflow`. */
    path?: pulumi.Input<string>;
}

/** Arguments of {@link EfsStorage}. */
export interface EfsStorageArgs {
    /** ARN of the cluster, as `EksExistingCluster` gives it. */
    clusterArn: pulumi.Input<string>;
    /** Id of the cluster's network, as `EksExistingCluster` gives it. File system and subnets must be in it. */
    vpcId: pulumi.Input<string>;
    /**
     * Ids of subnets that get a mount target: one in each zone that nodes are in. Required for a file system that is made; a plain
     * list, since it decides how many there are.
     */
    subnetIds?: pulumi.Input<string>[];
    /** Id of the security group of the nodes, which is let in: the cluster's own. Required for a file system that is made. */
    nodeSecurityGroupId?: pulumi.Input<string>;
    /** Id of a file system that is there already, with mount targets in the network. Default: one is made. */
    fileSystemId?: pulumi.Input<string>;
    /** ARN of the key that a file system that is made is encrypted with. Default: AWS's own for EFS. */
    kmsKeyArn?: pulumi.Input<string>;
    /**
     * Mounts through an access point, which makes everybody one user: `chown` fails there. Default: none, the root of the file system,
     * where users are told apart.
     */
    accessPoint?: EfsAccessPointArgs;
    /**
     * Makes a storage class of this name, by which the driver makes an access point for each claim, instead of one volume made
     * beforehand. Not on Fargate. Default: none.
     */
    storageClassName?: string;
    /** Installs the driver's add-on. Default: false: it is there already. */
    installDriver?: boolean;
    /** How an installed driver comes by the identity that it needs for a storage class. Default: `podIdentity`. */
    driverIdentity?: IdentityMethod;
    /** Issuer of the cluster's tokens, with the driver's identity `irsa`. */
    oidcIssuerUrl?: pulumi.Input<string>;
    /** Refuses to delete a file system that is made, and so to lose what lies there. Default: false. */
    protect?: boolean;
    /** Leaves a file system that is made in AWS when it leaves the program. Default: false. */
    retainOnDelete?: boolean;
    /** Tags of what is made in AWS. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** Arguments of {@link EksExistingCluster}. */
export interface EksExistingClusterArgs {
    /** Name of the cluster. */
    clusterName: pulumi.Input<string>;
    /** Region of the cluster. Default: that of the AWS provider. */
    region?: pulumi.Input<string>;
    /** The Platform is to come in through an access entry: the cluster must know these. Default: true. */
    accessEntries?: boolean;
    /** Pods are to have an identity in this way, the parts of which must be there already. Default: not looked at. */
    workloadIdentity?: IdentityMethod;
    /** Volumes of EFS are to be mounted: looks for the driver's add-on. Default: false. */
    efs?: boolean;
    /** Bucket of the work directory, to be warned where it is in another region. Default: not looked at. */
    workBucket?: pulumi.Input<string>;
    /**
     * A Platform of your own runs in the cluster's network, so that a private API server is no fault. Default: false: Seqera
     * Cloud, which calls over the internet.
     */
    platformInNetwork?: boolean;
    /**
     * Addresses that the Platform calls from, in CIDR notation, as https://meta.seqera.io lists them for Seqera Cloud. They are
     * looked for among those that the API server lets in. Default: none; where it lets in only some, a warning.
     */
    platformCidrs?: pulumi.Input<pulumi.Input<string>[]>;
    /** ARN of a role that Pulumi assumes to work in the cluster. Default: none: whoever runs Pulumi. */
    kubeconfigRoleArn?: pulumi.Input<string>;
    /** Profile of the AWS command line that Pulumi works in the cluster with. Default: that of the environment. */
    kubeconfigProfile?: pulumi.Input<string>;
}

/** Arguments of {@link EksSeqeraAccess}. */
export interface EksSeqeraAccessArgs extends ConnectionArgs {
    /** ARN of the cluster, as `EksExistingCluster` gives it. Partition, region, account and name are read from it. */
    clusterArn: pulumi.Input<string>;
    /** Whom the Platform is in AWS: a role that it assumes, or a user with an access key. Default: `role`. */
    principal?: SeqeraPrincipal;
    /**
     * Name of the role or user. It is fixed, so that its ARN is known before it is there: the credential needs the ARN, and the
     * role's trust policy needs the credential's external id. Default: `seqera-<component's name>-<cluster's name>`.
     */
    principalName?: pulumi.Input<string>;
    /** Who assumes the role. Default: Seqera Cloud's own role. A Platform of your own has another one. */
    seqeraPrincipalArn?: pulumi.Input<string>;
    /** ARN of a policy that bounds the role or user. Default: none. */
    permissionsBoundary?: pulumi.Input<string>;
    /**
     * Buckets that the Platform itself looks into: that of the work directory, for logs and reports. `readWrite` is for Data
     * Explorer. Default: none.
     */
    buckets?: pulumi.Input<pulumi.Input<BucketGrantArgs>[]>;
    /** Id of a credential that is there already. No role, user, policy or credential is made then. Goes with `existingPrincipalArn`. */
    credentialsId?: pulumi.Input<string>;
    /** ARN of the role or user that this credential stands for, which gets the access entry. */
    existingPrincipalArn?: pulumi.Input<string>;
    /** Name of the credential that is made, in the workspace. Default: generated from the component's name. */
    credentialsName?: pulumi.Input<string>;
    /**
     * Makes an access entry, which takes the principal into the cluster. False where the cluster knows none, in the mode CONFIG_MAP:
     * put `awsAuthSnippet` into its ConfigMap `aws-auth` by yourself then. Default: true.
     */
    accessEntry?: boolean;
    /** Kubernetes group that the principal is in. Roles are bound to it by `rbacSubjects`. Default: `seqera-launcher`. */
    kubernetesGroup?: pulumi.Input<string>;
    /** Tags of what is made in AWS. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** A bucket, or a part of one, and what may be done there. */
export interface BucketGrantArgs {
    /** Name of the bucket. */
    name: pulumi.Input<string>;
    /** Path within the bucket that the objects lie below, such as `work`. Listing is allowed in the whole bucket. Default: all of it. */
    prefix?: pulumi.Input<string>;
    /** What may be done with the objects. Default: `read`. */
    access?: pulumi.Input<BucketAccess>;
    /** ARN of the key that objects are encrypted with, where that is one of your own. */
    kmsKeyArn?: pulumi.Input<string>;
}

/** Arguments of {@link EksWorkloadIdentity}. */
export interface EksWorkloadIdentityArgs {
    /** ARN of the cluster, as `EksExistingCluster` gives it. */
    clusterArn: pulumi.Input<string>;
    /** Buckets that runs read and write. */
    buckets: pulumi.Input<BucketGrantArgs>[];
    /** How pods come by the identity. Set it to `irsa` with Fusion or on Fargate. Default: `podIdentity`. */
    method?: IdentityMethod;
    /** Issuer of the cluster's service account tokens, as `EksExistingCluster` gives it. Required with `irsa`. */
    oidcIssuerUrl?: pulumi.Input<string>;
    /** Makes the OIDC provider, with `irsa`. There can be one alone for a cluster. Default: false: it is there already. */
    createOidcProvider?: boolean;
    /** Installs the agent's add-on, with `podIdentity`. Default: false: it is there already, as with EKS Auto Mode. */
    installAgent?: boolean;
    /** Namespace of the pods. Plain text, since the role trusts it by name. Default: `nextflow`. */
    namespace?: string;
    /** Service account of the head pods. Default: `nextflow-head`. */
    headServiceAccount?: string;
    /** Service account of the task pods. Default: `nextflow-task`. */
    computeServiceAccount?: string;
    /** Whether head pods may act as the role. Nextflow itself reads inputs and publishes results there. Default: true. */
    headPods?: boolean;
    /** Whether task pods may act as the role: with Fusion they must. Default: true. */
    taskPods?: boolean;
    /** Runs use Fusion, which is looked at in the checks alone. Default: false. */
    fusion?: pulumi.Input<boolean>;
    /** Pods run on Fargate, which is looked at in the checks alone. Default: false. */
    fargate?: boolean;
    /** Name of the role. Default: `nextflow-<component's name>-<cluster's name>`. */
    roleName?: pulumi.Input<string>;
    /** ARN of a policy that bounds the role. Default: none. */
    permissionsBoundary?: pulumi.Input<string>;
    /** Tags of what is made in AWS. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
