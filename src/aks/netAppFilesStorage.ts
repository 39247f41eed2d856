import { Account } from "@pulumi/azure-native/netapp/account";
import { CapacityPool } from "@pulumi/azure-native/netapp/capacityPool";
import { CapacityPoolVolume } from "@pulumi/azure-native/netapp/capacityPoolVolume";
import * as pulumi from "@pulumi/pulumi";
import { validArguments } from "../components/validate";
import { NetAppServiceLevel, NfsVersion } from "./enums";
import { netAppFilesRules } from "./storageRules";
import type { StorageArgs } from "../args/volumes";
import type { NetAppFilesStorageArgs } from "./args";
import { outputsOf } from "../components/outputs";

/** Storage of an environment on an export of an NFS server. */
export interface NfsStorage extends StorageArgs {
    nfs: NonNullable<StorageArgs["nfs"]>;
}

const BYTES_PER_GIB = 1024 ** 3;
const BYTES_PER_TIB = 1024 ** 4;
const DEFAULT_SIZE_GIB = 1024;

/**
 * A work directory on Azure NetApp Files, which is faster with many small files than Azure Files, and more expensive: an account, a
 * capacity pool and a volume in it. Pass `storage` to a `KubernetesComputeEnvironment`, which creates volume and claim for it; nodes
 * mount it without a driver. With NetApp's own driver, Trident, name its class in `storage` instead.
 * See https://learn.microsoft.com/azure/aks/azure-netapp-files-nfs
 */
export class NetAppFilesStorage extends pulumi.ComponentResource {
    /** Argument `storage` of `KubernetesComputeEnvironment`, to which a `mountPath` can be added. */
    public readonly storage: NfsStorage;
    /** Id of the volume. */
    public readonly volumeId: pulumi.Output<string>;

    constructor(name: string, args: NetAppFilesStorageArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `NetAppFilesStorage "${name}"`;
        args = validArguments(label, netAppFilesRules, args);
        super("pulumi-seqera-kubernetes:index:NetAppFilesStorage", name, args, opts);

        const held = { parent: this, protect: args.protect, retainOnDelete: args.retainOnDelete };
        const { resourceGroupName, location, tags } = args;
        const serviceLevel = pulumi.output(args.serviceLevel).apply((given) => given ?? NetAppServiceLevel.Premium);
        const version = pulumi.output(args.nfsVersion).apply((given) => given ?? NfsVersion.V41);
        const size = pulumi.output(args.sizeGiB).apply((given) => given ?? DEFAULT_SIZE_GIB);
        const path = pulumi.output(args.volumePath).apply((given) => given ?? defaultPath(name));

        const { accountName, poolName } = args.createPool === false ? existingPool() : createPool();
        const volume = new CapacityPoolVolume(
            name,
            {
                ...{ resourceGroupName, location, accountName, poolName, serviceLevel, tags },
                creationToken: path,
                subnetId: args.subnetId,
                usageThreshold: size.apply((gib) => gib * BYTES_PER_GIB),
                protocolTypes: [version],
                exportPolicy: {
                    rules: [
                        {
                            ruleIndex: 1,
                            allowedClients: pulumi.all(args.allowedClients).apply((ranges) => ranges.join(",")),
                            nfsv3: version.apply((given) => given === NfsVersion.V3),
                            nfsv41: version.apply((given) => given === NfsVersion.V41),
                            cifs: false,
                            unixReadOnly: false,
                            unixReadWrite: true,
                            // Head pods run as root, and Nextflow gives files to other users.
                            hasRootAccess: true,
                        },
                    ],
                },
                snapshotDirectoryVisible: false,
            },
            // The path is taken until the old volume is gone.
            { ...held, deleteBeforeReplace: true },
        );

        this.volumeId = volume.id;
        this.storage = {
            size: size.apply((gib) => `${gib}Gi`),
            nfs: {
                server: volume.mountTargets.apply((targets) => targets[0]?.ipAddress ?? ""),
                path: path.apply((given) => `/${given}`),
            },
            mountOptions: version.apply((given) => [
                given === NfsVersion.V3 ? "nfsvers=3" : "nfsvers=4.1",
                // https://learn.microsoft.com/azure/azure-netapp-files/performance-linux-mount-options
                ...["hard", "nconnect=4", "rsize=262144", "wsize=262144"],
            ]),
        };
        this.registerOutputs(outputsOf(this));

        function createPool() {
            const account = new Account(
                name,
                { resourceGroupName, location, tags, accountName: args.accountName },
                held,
            );
            const pool = new CapacityPool(
                name,
                {
                    ...{ resourceGroupName, location, serviceLevel, tags, poolName: args.poolName },
                    accountName: account.name,
                    size: pulumi.output(args.poolSizeTiB).apply((tib) => (tib ?? 1) * BYTES_PER_TIB),
                },
                held,
            );
            // Azure answers with the account's name before the pool's.
            return { accountName: account.name, poolName: pool.name.apply((full) => full.split("/").at(-1)!) };
        }

        function existingPool() {
            return { accountName: args.accountName!, poolName: args.poolName! };
        }
    }
}

/** Letters, digits and dashes, a letter first. */
function defaultPath(name: string): string {
    return (
        name
            .replace(/[^A-Za-z0-9-]+/g, "-")
            .replace(/^[^A-Za-z]+/, "")
            .slice(0, 80) || "nextflow-work"
    );
}
