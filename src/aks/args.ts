import type * as pulumi from "@pulumi/pulumi";
import type { ContainerAccess, KubeloginMode, NetAppServiceLevel, NfsVersion, ShareProtocol, ShareSku } from "./enums";

/** Arguments of {@link AzureFilesStorage}. */
export interface AzureFilesStorageArgs {
    /** Resource group of the storage account. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the storage account: that of the cluster. Default: that of the resource group. */
    location?: pulumi.Input<string>;
    /**
     * Ids of the subnets that nodes are in, each with the service endpoint `Microsoft.Storage`. Nobody else can reach the
     * share: an NFS share knows no other access control.
     */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** Name of the storage account: 3 to 24 lower-case letters and digits, unique in all of Azure. Default: generated. */
    accountName?: pulumi.Input<string>;
    /** Name of the share. Default: `nextflow-work`. */
    shareName?: pulumi.Input<string>;
    /** How the share is mounted: `NFS`. `SMB` is refused, since Nextflow cannot work on it. Default: `NFS`. */
    protocol?: pulumi.Input<ShareProtocol>;
    /** Kind and redundancy of the storage account. Default: `Premium_LRS`. */
    sku?: pulumi.Input<ShareSku>;
    /**
     * Size of the share, in GiB: 100 to 102,400; 32 to 262,144 with `PremiumV2_…`. It can grow and shrink in place. Its size is
     * what is paid for, whatever lies there. Default: 1024.
     */
    sizeGiB?: pulumi.Input<number>;
    /** Operations per second, with `PremiumV2_…` alone. Default: Azure's, which follows from the size. */
    provisionedIops?: pulumi.Input<number>;
    /** Throughput in MiB/s, with `PremiumV2_…` alone. Default: Azure's, which follows from the size. */
    provisionedThroughputMiBps?: pulumi.Input<number>;
    /** Encrypts what goes between nodes and share, with TLS on the nodes; it costs throughput. Default: false: only the virtual network protects it. */
    encryptInTransit?: pulumi.Input<boolean>;
    /** Refuses to delete account and share, and so to lose what lies there. Default: false. */
    protect?: boolean;
    /** Leaves account and share in Azure when they leave the program. Default: false. */
    retainOnDelete?: boolean;
    /** Tags of the storage account. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** Arguments of {@link AksExistingCluster}. */
export interface AksExistingClusterArgs {
    /** Resource group of the cluster. */
    resourceGroupName: pulumi.Input<string>;
    /** Name of the cluster. */
    clusterName: pulumi.Input<string>;
    /** Pods are to have an identity of their own: the cluster must have an OIDC issuer and workload identity. Default: false. */
    workloadIdentity?: boolean;
    /** Shares of Azure Files are to be mounted: the cluster must have the driver, which it has unless it was switched off. Default: false. */
    azureFiles?: boolean;
    /** Tasks are to run on spot nodes: the cluster must have a pool of them, or make nodes by itself. Default: false. */
    spotNodes?: boolean;
    /**
     * A Platform of your own runs in the cluster's network, so that a private API server is no fault. Default: false: Seqera
     * Cloud, which calls over the internet.
     */
    platformInNetwork?: boolean;
    /**
     * Addresses that the Platform calls from, in CIDR notation, as https://meta.seqera.io lists them for Seqera Cloud. They are
     * looked for among the API server's authorized IP ranges. Default: none; where the API server has such ranges, a warning.
     */
    platformCidrs?: pulumi.Input<pulumi.Input<string>[]>;
    /** How `kubelogin` signs in, on a cluster with Microsoft Entra ID. Default: `azurecli`. */
    login?: pulumi.Input<KubeloginMode>;
    /**
     * Takes the credentials of the local administrator, who is above all roles, instead of those of a user. Refused where local
     * accounts are disabled, as they should be. Default: false.
     */
    adminCredentials?: boolean;
}

/** Arguments of {@link NetAppFilesStorage}. */
export interface NetAppFilesStorageArgs {
    /** Resource group of the volume. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the volume: that of the cluster. Default: that of the resource group. */
    location?: pulumi.Input<string>;
    /** Id of a subnet that is delegated to `Microsoft.NetApp/volumes`, in the nodes' network or one that is peered with it. */
    subnetId: pulumi.Input<string>;
    /** Address ranges that may mount the volume, in CIDR notation: those of the nodes' subnets. Plain list. */
    allowedClients: pulumi.Input<string>[];
    /** Make the account and its pool; false refers to those that are there already. Default: true. */
    createPool?: boolean;
    /** Name of the account. Required without `createPool`. Default: generated. */
    accountName?: pulumi.Input<string>;
    /** Name of the capacity pool. Required without `createPool`. Default: generated. */
    poolName?: pulumi.Input<string>;
    /** Size of a pool that is made, in TiB, from 1 up: what is paid for, whatever lies there. It can grow in place. Default: 1. */
    poolSizeTiB?: pulumi.Input<number>;
    /** How fast the pool is; that of an existing one must be the same. Default: `Premium`. */
    serviceLevel?: pulumi.Input<NetAppServiceLevel>;
    /** Size of the volume, in GiB: 50 to 102,400, and no more than the pool. It can grow in place. Default: 1024. */
    sizeGiB?: pulumi.Input<number>;
    /** Version of NFS. Default: `NFSv4.1`. */
    nfsVersion?: pulumi.Input<NfsVersion>;
    /** Path under which the volume is exported, unique in its network. A change replaces the volume. Default: the component's name. */
    volumePath?: pulumi.Input<string>;
    /** Refuses to delete the volume and what it lies in, and so to lose what lies there. Default: false. */
    protect?: boolean;
    /** Leaves all of it in Azure when it leaves the program. Default: false. */
    retainOnDelete?: boolean;
    /** Tags of what is made. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** A container of blobs, and what pods may do with it. */
export interface ContainerGrantArgs {
    /** Name of the container, which must be there. Plain text, since it is part of a resource's name. */
    name: string;
    /** What pods may do with its blobs. Default: `read`. */
    access?: pulumi.Input<ContainerAccess>;
    /**
     * Id of a role of your own instead of Azure's: `Storage Blob Data Contributor`, which `readWrite` stands for, also lets the
     * container itself be deleted.
     */
    roleDefinitionId?: pulumi.Input<string>;
}

/** Arguments of {@link AksWorkloadIdentity}. */
export interface AksWorkloadIdentityArgs {
    /** Resource group of the identity. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the identity. Default: that of the resource group. */
    location?: pulumi.Input<string>;
    /** Name of the identity. Default: generated. */
    identityName?: pulumi.Input<string>;
    /** Issuer of the cluster's service account tokens, as `AksExistingCluster` gives it, its slash at the end included. */
    issuerUrl: pulumi.Input<string>;
    /** Namespace of the pods. Plain text, since the identity trusts it by name. Default: `nextflow`. */
    namespace?: string;
    /** Service account of the head pods. Default: `nextflow-head`. */
    headServiceAccount?: string;
    /** Service account of the task pods. Default: `nextflow-task`. */
    computeServiceAccount?: string;
    /** Whether head pods may act as the identity. Nextflow itself reads inputs and publishes results there. Default: true. */
    headPods?: boolean;
    /** Whether task pods may act as the identity. Only tasks that reach for blobs by themselves need it. Default: true. */
    taskPods?: boolean;
    /** Id of the storage account with the containers. Nextflow knows one account at a time. */
    storageAccountId?: pulumi.Input<string>;
    /** Containers of the storage account that pods may use. Default: none. */
    containers?: ContainerGrantArgs[];
    /**
     * Lets pods sign links to blobs on behalf of the identity, which is a right on the whole account, though a link reaches no
     * further than the identity itself does. Default: false.
     */
    userDelegation?: boolean;
    /**
     * Experimental. Puts the label that Azure asks for onto head pods, which the Platform makes without it, by a
     * MutatingAdmissionPolicy for their namespace: a rule for the whole cluster, so whoever runs the program must be allowed
     * to make one. Needs Kubernetes 1.36. Default: false: head pods have the identity only where something else labels them.
     */
    labelHeadPods?: boolean;
    /** Version of the cluster, as `AksExistingCluster` gives it, to have it checked for `labelHeadPods`. Default: not checked. */
    kubernetesVersion?: pulumi.Input<string>;
    /** Tags of the identity. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
