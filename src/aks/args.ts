import type * as pulumi from "@pulumi/pulumi";
import type { ContainerAccess, KubeloginMode, NetAppServiceLevel, NfsVersion, ShareProtocol, ShareSku } from "./enums";

/** Arguments of {@link AzureFilesStorage}. */
export interface AzureFilesStorageArgs {
    /** Name of the resource group of the storage account. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the storage account: that of the cluster. Default: that of the resource group. */
    location?: pulumi.Input<string>;
    /**
     * Ids of the subnets of the nodes, such as `/subscriptions/…/virtualNetworks/…/subnets/…`. Each subnet needs the service endpoint
     * `Microsoft.Storage`. Only these subnets can reach the share, since an NFS share has no other access control. At least one is
     * required.
     */
    subnetIds: pulumi.Input<pulumi.Input<string>[]>;
    /** Name of the storage account: 3 to 24 lower-case letters and digits, unique in all of Azure. Default: generated. */
    accountName?: pulumi.Input<string>;
    /** Name of the share: 3 to 63 lower-case letters, digits and single dashes. Default: `nextflow-work`. */
    shareName?: pulumi.Input<string>;
    /** Protocol of the share. `SMB` is an error, since Nextflow cannot work on it. Default: `NFS`. */
    protocol?: pulumi.Input<ShareProtocol>;
    /** Kind and redundancy of the storage account. Default: `Premium_LRS`. */
    sku?: pulumi.Input<ShareSku>;
    /**
     * Size of the share, in GiB: 100 to 102,400, or 32 to 262,144 with `PremiumV2_…`. It can grow and shrink in place. Azure charges
     * for the size, however much of it is used. Default: 1024.
     */
    sizeGiB?: pulumi.Input<number>;
    /** Provisioned operations per second, 500 to 102,400. With `PremiumV2_…` only. Default: Azure's, which follows from the size. */
    provisionedIops?: pulumi.Input<number>;
    /** Provisioned throughput, in MiB/s, 60 to 10,340. With `PremiumV2_…` only. Default: Azure's, which follows from the size. */
    provisionedThroughputMiBps?: pulumi.Input<number>;
    /**
     * Whether to encrypt the traffic between nodes and share, with TLS on the nodes, which reduces throughput. Default: false: only the
     * virtual network protects the traffic.
     */
    encryptInTransit?: pulumi.Input<boolean>;
    /** Whether Pulumi refuses to delete storage account and share, which would lose their data. Default: false. */
    protect?: boolean;
    /** Whether storage account and share stay in Azure when they are removed from the program. Default: false. */
    retainOnDelete?: boolean;
    /** Tags of the storage account. Default: none. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** Arguments of {@link AksExistingCluster}. */
export interface AksExistingClusterArgs {
    /** Name of the cluster's resource group. */
    resourceGroupName: pulumi.Input<string>;
    /** Name of the cluster. */
    clusterName: pulumi.Input<string>;
    /**
     * Whether pods are to have an identity of their own, for which the cluster must have an OIDC issuer and workload identity. Default:
     * false.
     */
    workloadIdentity?: boolean;
    /**
     * Whether shares of Azure Files are to be mounted, for which the cluster must have the driver; it has the driver unless that was
     * disabled. Default: false.
     */
    azureFiles?: boolean;
    /**
     * Whether tasks are to run on spot nodes, for which the cluster must have a spot node pool or node auto-provisioning. Default:
     * false.
     */
    spotNodes?: boolean;
    /**
     * Whether a Platform of your own runs in the cluster's network, so that a private API server is allowed. Default: false: Seqera
     * Cloud, which calls over the internet.
     */
    platformInNetwork?: boolean;
    /**
     * Addresses that the Platform calls from, in CIDR notation, such as `18.169.21.18/32`; https://meta.seqera.io lists those of Seqera
     * Cloud. An address that the API server's authorized IP ranges lack is a warning. Default: none: any authorized IP ranges are a
     * warning.
     */
    platformCidrs?: pulumi.Input<pulumi.Input<string>[]>;
    /** How `kubelogin` signs in, on a cluster with Microsoft Entra ID. Default: `azurecli`. */
    login?: pulumi.Input<KubeloginMode>;
    /**
     * Whether to use the credentials of the local administrator, whom no role restricts, instead of those of a user. An error where
     * local accounts are disabled, as they should be. Default: false.
     */
    adminCredentials?: boolean;
}

/** Arguments of {@link NetAppFilesStorage}. */
export interface NetAppFilesStorageArgs {
    /** Name of the resource group of the volume. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the volume: that of the cluster. Default: that of the resource group. */
    location?: pulumi.Input<string>;
    /** Id of a subnet that is delegated to `Microsoft.NetApp/volumes`, in the network of the nodes or one that is peered with it. */
    subnetId: pulumi.Input<string>;
    /**
     * Address ranges that may mount the volume, in CIDR notation, such as `10.0.0.0/16`: those of the subnets of the nodes. A plain
     * list with at least one entry.
     */
    allowedClients: pulumi.Input<string>[];
    /** Whether to create the NetApp account and its capacity pool. False refers to existing ones. Default: true. */
    createPool?: boolean;
    /** Name of the NetApp account. Required where `createPool` is false. Default: generated. */
    accountName?: pulumi.Input<string>;
    /** Name of the capacity pool. Required where `createPool` is false. Default: generated. */
    poolName?: pulumi.Input<string>;
    /**
     * Size of a capacity pool that is created, in TiB: 1 to 2,048. It can grow in place. Azure charges for the size, however much of it
     * is used. Default: 1.
     */
    poolSizeTiB?: pulumi.Input<number>;
    /** Service level of the capacity pool, which sets its throughput. That of an existing pool must be the same. Default: `Premium`. */
    serviceLevel?: pulumi.Input<NetAppServiceLevel>;
    /** Size of the volume, in GiB: 50 to 102,400, and no more than the size of the pool. It can grow in place. Default: 1024. */
    sizeGiB?: pulumi.Input<number>;
    /** Version of NFS. Default: `NFSv4.1`. */
    nfsVersion?: pulumi.Input<NfsVersion>;
    /**
     * Path under which the volume is exported, unique in its network: at most 80 letters, digits and dashes, beginning with a letter. A
     * change replaces the volume. Default: the component's name.
     */
    volumePath?: pulumi.Input<string>;
    /**
     * Whether Pulumi refuses to delete the volume, and the account and pool that are created for it, which would lose its data.
     * Default: false.
     */
    protect?: boolean;
    /** Whether all of these stay in Azure when they are removed from the program. Default: false. */
    retainOnDelete?: boolean;
    /** Tags of the created resources. Default: none. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** A blob container, and what pods may do with its blobs. */
export interface ContainerGrantArgs {
    /**
     * Name of an existing container: 3 to 63 lower-case letters, digits and single dashes. Plain text, since it is part of a resource's
     * name.
     */
    name: string;
    /** What pods may do with the blobs of the container. Default: `read`. */
    access?: pulumi.Input<ContainerAccess>;
    /**
     * Id of a role of your own, to use instead of Azure's. `Storage Blob Data Contributor`, the role of `readWrite`, also allows pods
     * to delete the container itself. Default: the role of `access`.
     */
    roleDefinitionId?: pulumi.Input<string>;
}

/** Arguments of {@link AksWorkloadIdentity}. */
export interface AksWorkloadIdentityArgs {
    /** Name of the resource group of the identity. */
    resourceGroupName: pulumi.Input<string>;
    /** Region of the identity. Default: that of the resource group. */
    location?: pulumi.Input<string>;
    /** Name of the identity. Default: generated. */
    identityName?: pulumi.Input<string>;
    /**
     * OIDC issuer of the cluster's service account tokens, including its trailing slash: the `oidcIssuerUrl` of an
     * `AksExistingCluster`.
     */
    issuerUrl: pulumi.Input<string>;
    /** Namespace of the pods. Plain text, since the identity trusts it by name. Default: `nextflow`. */
    namespace?: string;
    /** Service account of the head pods. Default: `nextflow-head`. */
    headServiceAccount?: string;
    /** Service account of the task pods. Default: `nextflow-task`. */
    computeServiceAccount?: string;
    /** Whether head pods may act as the identity. Nextflow itself reads inputs and publishes results there. Default: true. */
    headPods?: boolean;
    /** Whether task pods may act as the identity. Only tasks that access blobs themselves need it. Default: true. */
    taskPods?: boolean;
    /**
     * Id of the storage account of the containers, such as `/subscriptions/…/storageAccounts/…`. Required with `containers` and
     * `userDelegation`. Nextflow supports one storage account at a time.
     */
    storageAccountId?: pulumi.Input<string>;
    /** Containers of the storage account that pods may use. Default: none. */
    containers?: ContainerGrantArgs[];
    /**
     * Whether pods may sign links to blobs on behalf of the identity. The right is on the whole storage account, but a link allows no
     * more than the identity itself may do. Default: false.
     */
    userDelegation?: boolean;
    /**
     * Experimental. Whether to add the label that Azure requires to head pods, which the Platform creates without it, by a
     * MutatingAdmissionPolicy for their namespace. The policy is an object of the whole cluster, so the user who runs the program must
     * be allowed to create one. Requires Kubernetes 1.36. Default: false: head pods have the identity only where something else adds
     * the label.
     */
    labelHeadPods?: boolean;
    /**
     * Version of the cluster, to check it for `labelHeadPods`: the `kubernetesVersion` of an `AksExistingCluster`. Default: not
     * checked.
     */
    kubernetesVersion?: pulumi.Input<string>;
    /** Tags of the identity. Default: none. */
    tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}
