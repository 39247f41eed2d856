import { Instance } from "@pulumi/gcp/filestore/instance";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { validArguments } from "../components/validate";
import { FilestoreConnection, FilestoreTier } from "./enums";
import {
    FILESTORE_DRIVER,
    filestoreClassParameters,
    filestoreVolume,
    leastSize,
    networkName,
    SHARE,
} from "./filestore";
import { filestoreRules } from "./storageRules";
import type { StorageArgs } from "../args/volumes";
import type { FilestoreStorageArgs } from "./args";
import { outputsOf } from "../components/outputs";

/**
 * A work directory on Filestore: an instance in the cluster's network with one share, and a volume or storage class of it. Pass
 * `storage` to a `KubernetesComputeEnvironment`, which creates the claim: the instance outlives the claim, because it is not a child of
 * it. The cluster needs the driver, which `filestore` of `GkeExistingCluster` checks. Files belong to root at first, so pods that do
 * not run as root need a directory of their own.
 * See https://cloud.google.com/kubernetes-engine/docs/how-to/persistent-volumes/filestore-csi-driver
 */
export class FilestoreStorage extends pulumi.ComponentResource {
    /** Argument `storage` of `KubernetesComputeEnvironment`, to which a `mountPath` can be added. */
    public readonly storage: StorageArgs;
    /** Name of the instance; empty with a storage class. */
    public readonly instanceName: pulumi.Output<string>;
    /** Address of the instance; empty with a storage class. */
    public readonly address: pulumi.Output<string>;
    /** Name of the storage class; empty without one. */
    public readonly storageClassName: pulumi.Output<string>;

    constructor(name: string, args: FilestoreStorageArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `FilestoreStorage "${name}"`;
        args = validArguments(label, filestoreRules, args);
        super("pulumi-seqera-kubernetes:index:FilestoreStorage", name, args, opts);

        const child = { parent: this };
        const tier = pulumi.output(args.tier).apply((given) => given ?? FilestoreTier.Zonal);
        const sizeGiB = pulumi
            .all([args.sizeGiB, tier])
            .apply(([given, known]) => given ?? Math.max(1024, leastSize(known)));
        const size = sizeGiB.apply((gib) => `${gib}Gi`);
        const connection = pulumi.output(args.connection).apply((given) => given ?? FilestoreConnection.DirectPeering);
        const network = pulumi.output(args.network);
        const kmsKeyName = pulumi.output(args.kmsKeyName);

        if (args.storageClassName === undefined) {
            const { instance, location, address } = createInstance();
            this.instanceName = instance.name;
            this.address = address;
            this.storageClassName = pulumi.output("");
            const volume = pulumi
                .all([location, instance.name, address])
                .apply(([where, own, ip]) => filestoreVolume(where, own, ip));
            this.storage = {
                size,
                csi: {
                    driver: FILESTORE_DRIVER,
                    volumeHandle: volume.apply(({ volumeHandle }) => volumeHandle),
                    volumeAttributes: volume.apply(({ volumeAttributes }) => volumeAttributes),
                },
            };
        } else {
            this.instanceName = pulumi.output("");
            this.address = pulumi.output("");
            this.storageClassName = createClass(args.storageClassName);
            this.storage = { size, storageClassName: this.storageClassName };
        }
        this.registerOutputs(outputsOf(this));

        function createInstance() {
            const location = args.location!;
            const instance = new Instance(
                name,
                {
                    project: args.projectId,
                    location,
                    tier,
                    fileShares: {
                        name: SHARE,
                        capacityGb: sizeGiB,
                        // Head pods run as root, and Nextflow gives files to other users.
                        nfsExportOptions:
                            args.allowedClients === undefined
                                ? undefined
                                : [
                                      {
                                          ipRanges: args.allowedClients,
                                          accessMode: "READ_WRITE",
                                          squashMode: "NO_ROOT_SQUASH",
                                      },
                                  ],
                    },
                    networks: [
                        {
                            network: pulumi.all([network, connection]).apply(([known, how]) => networkName(known, how)),
                            connectMode: connection,
                            modes: ["MODE_IPV4"],
                        },
                    ],
                    kmsKeyName,
                    labels: args.labels,
                },
                { ...child, protect: args.protect, retainOnDelete: args.retainOnDelete },
            );
            // The id tells an instance that is there from one that is to be made, which has no address.
            const address = pulumi
                .all([instance.id, instance.networks])
                .apply(([, networks]) => networks[0].ipAddresses[0]);
            return { instance, location, address };
        }

        function createClass(storageClassName: string): pulumi.Output<string> {
            const storageClass = new kubernetes.storage.v1.StorageClass(
                name,
                {
                    metadata: { name: storageClassName },
                    provisioner: FILESTORE_DRIVER,
                    parameters: pulumi
                        .all([tier, network, connection, kmsKeyName])
                        .apply(([...facts]) => filestoreClassParameters(...facts)),
                    // In the zone of the first pod, and since an instance takes minutes.
                    volumeBindingMode: "WaitForFirstConsumer",
                    allowVolumeExpansion: true,
                    // The claim holds what runs have written, as with a volume made beforehand.
                    reclaimPolicy: "Retain",
                },
                child,
            );
            return storageClass.metadata.name;
        }
    }
}
