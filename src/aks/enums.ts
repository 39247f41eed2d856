/** How `kubelogin` signs in to Microsoft Entra ID without a human. See https://azure.github.io/kubelogin/concepts/login-modes.html */
export const KubeloginMode = {
    /** As the user of `az login`: the usual way on a workstation, and in pipelines that run `az login`. */
    AzureCli: "azurecli",
    /** As the user of `azd auth login`. */
    AzureDeveloperCli: "azd",
    /** As a service principal, by `AZURE_CLIENT_ID` and `AZURE_CLIENT_SECRET` or a certificate. */
    ServicePrincipal: "spn",
    /** As a federated identity, by `AZURE_CLIENT_ID`, `AZURE_TENANT_ID` and `AZURE_FEDERATED_TOKEN_FILE`. */
    WorkloadIdentity: "workloadidentity",
    /** As the managed identity of the machine that Pulumi runs on. */
    ManagedIdentity: "msi",
} as const;
export type KubeloginMode = (typeof KubeloginMode)[keyof typeof KubeloginMode];

/** What pods may do with the blobs of a container. */
export const ContainerAccess = {
    /** Read and list. */
    Read: "read",
    /** Read, list, write and delete. */
    ReadWrite: "readWrite",
} as const;
export type ContainerAccess = (typeof ContainerAccess)[keyof typeof ContainerAccess];

/**
 * Protocol of a share of Azure Files. See https://learn.microsoft.com/azure/storage/files/storage-files-planning#available-protocols
 */
export const ShareProtocol = {
    /** NFS 4.1, which has the symbolic links and file locks that Nextflow requires. */
    Nfs: "NFS",
    /** SMB, which has neither as Nextflow requires them, so that it is an error for a work directory. */
    Smb: "SMB",
} as const;
export type ShareProtocol = (typeof ShareProtocol)[keyof typeof ShareProtocol];

/**
 * Kind and redundancy of a storage account that can hold NFS shares.
 * See https://learn.microsoft.com/azure/storage/files/understanding-billing
 */
export const ShareSku = {
    /** SSD in one data centre. Operations and throughput grow with the size. Shares of 100 GiB and more. */
    PremiumLocal: "Premium_LRS",
    /** SSD in three zones. Operations and throughput grow with the size. Shares of 100 GiB and more. */
    PremiumZones: "Premium_ZRS",
    /** SSD in one data centre. Operations and throughput are set separately from the size. Shares of 32 GiB and more. */
    PremiumV2Local: "PremiumV2_LRS",
    /** SSD in three zones. Operations and throughput are set separately from the size. Shares of 32 GiB and more. */
    PremiumV2Zones: "PremiumV2_ZRS",
} as const;
export type ShareSku = (typeof ShareSku)[keyof typeof ShareSku];

/**
 * Service level of a capacity pool of Azure NetApp Files: its throughput per TiB.
 * See https://learn.microsoft.com/azure/azure-netapp-files/azure-netapp-files-service-levels
 */
export const NetAppServiceLevel = {
    /** 16 MiB/s. */
    Standard: "Standard",
    /** 64 MiB/s. */
    Premium: "Premium",
    /** 128 MiB/s. */
    Ultra: "Ultra",
} as const;
export type NetAppServiceLevel = (typeof NetAppServiceLevel)[keyof typeof NetAppServiceLevel];

/** Version of NFS of a volume of Azure NetApp Files. */
export const NfsVersion = {
    /** Fewer round trips; locks by a separate protocol. */
    V3: "NFSv3",
    /** Locks and state within the protocol. */
    V41: "NFSv4.1",
} as const;
export type NfsVersion = (typeof NfsVersion)[keyof typeof NfsVersion];
