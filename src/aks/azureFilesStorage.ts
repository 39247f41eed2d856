import { FileShare } from "@pulumi/azure-native/storage/fileShare";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import {
    Bypass,
    DefaultAction,
    EnabledProtocols,
    Kind,
    MinimumTlsVersion,
    PublicNetworkAccess,
    RootSquashType,
} from "@pulumi/azure-native/types/enums/storage";
import * as pulumi from "@pulumi/pulumi";
import { validArguments } from "../components/validate";
import { ShareSku } from "./enums";
import { azureFilesRules } from "./storageRules";
import type { StorageArgs } from "../args/volumes";
import type { AzureFilesStorageArgs } from "./args";
import { outputsOf } from "../components/outputs";

/** Storage of an environment on a volume of a CSI driver. */
export interface CsiStorage extends StorageArgs {
    csi: NonNullable<StorageArgs["csi"]>;
}

/** The share unless another one is named. */
const DEFAULT_SHARE = "nextflow-work";

const DEFAULT_SIZE_GIB = 1024;

/**
 * A work directory on Azure Files: a storage account for SSD shares that only the subnets of the nodes can reach, and an NFS share.
 * Pass `storage` to a `KubernetesComputeEnvironment`, which creates volume and claim for it: the share outlives the claim, because it
 * is not a child of it. See https://learn.microsoft.com/azure/aks/azure-files-csi
 */
export class AzureFilesStorage extends pulumi.ComponentResource {
    /** Argument `storage` of `KubernetesComputeEnvironment`, to which a `mountPath` can be added. */
    public readonly storage: CsiStorage;
    /** Name of the storage account. */
    public readonly accountName: pulumi.Output<string>;
    /** Id of the storage account. */
    public readonly accountId: pulumi.Output<string>;
    /** Name of the share. */
    public readonly shareName: pulumi.Output<string>;

    constructor(name: string, args: AzureFilesStorageArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `AzureFilesStorage "${name}"`;
        args = validArguments(label, azureFilesRules, args);
        super("pulumi-seqera-kubernetes:index:AzureFilesStorage", name, args, opts);

        const held = { parent: this, protect: args.protect, retainOnDelete: args.retainOnDelete };
        const encrypted = pulumi.output(args.encryptInTransit).apply((given) => given === true);
        const size = pulumi.output(args.sizeGiB).apply((given) => given ?? DEFAULT_SIZE_GIB);

        const account = new StorageAccount(
            // Azure's provider puts eight digits behind it and makes no other change to what Azure would refuse.
            name
                .toLowerCase()
                .replace(/[^a-z0-9]/g, "")
                .slice(0, 16) || "work",
            {
                resourceGroupName: args.resourceGroupName,
                location: args.location,
                accountName: args.accountName,
                kind: Kind.FileStorage,
                sku: { name: pulumi.output(args.sku).apply((given) => given ?? ShareSku.PremiumLocal) },
                // Refuses every mount that is not encrypted, which an NFS mount is not by itself.
                enableHttpsTrafficOnly: encrypted,
                minimumTlsVersion: MinimumTlsVersion.TLS1_2,
                allowBlobPublicAccess: false,
                // NFS knows no keys, so there need be none that could be lost.
                allowSharedKeyAccess: false,
                publicNetworkAccess: PublicNetworkAccess.Enabled,
                networkRuleSet: {
                    defaultAction: DefaultAction.Deny,
                    bypass: Bypass.None,
                    virtualNetworkRules: pulumi
                        .output(args.subnetIds)
                        .apply((ids) => ids.map((id) => ({ virtualNetworkResourceId: id }))),
                },
                tags: args.tags,
            },
            held,
        );
        const share = new FileShare(
            name,
            {
                resourceGroupName: args.resourceGroupName,
                accountName: account.name,
                shareName: pulumi.output(args.shareName).apply((given) => given ?? DEFAULT_SHARE),
                enabledProtocols: EnabledProtocols.NFS,
                // Head pods run as root, and Nextflow gives files to other users.
                rootSquash: RootSquashType.NoRootSquash,
                shareQuota: size,
                provisionedIops: args.provisionedIops,
                provisionedBandwidthMibps: args.provisionedThroughputMiBps,
            },
            held,
        );

        this.accountName = account.name;
        this.accountId = account.id;
        this.shareName = share.name;
        this.storage = {
            size: size.apply((gib) => `${gib}Gi`),
            csi: {
                driver: "file.csi.azure.com",
                // Anything that no other volume of the cluster is called; the driver keeps "#" for the volumes that it makes.
                volumeHandle: pulumi.interpolate`${account.name}-${share.name}`,
                volumeAttributes: pulumi
                    .all([args.resourceGroupName, account.name, share.name, encrypted])
                    .apply(([resourceGroup, storageAccount, shareName, encryptInTransit]) => ({
                        ...{ resourceGroup, storageAccount, shareName, protocol: "nfs" },
                        ...(encryptInTransit ? { encryptInTransit: "true" } : {}),
                    })),
            },
            // https://learn.microsoft.com/azure/storage/files/nfs-performance
            mountOptions: ["nconnect=4", "noresvport", "actimeo=30"],
        };
        this.registerOutputs(outputsOf(this));
    }
}
