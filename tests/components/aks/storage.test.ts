import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { AzureFilesStorageArgs } from "../../../src/aks/args";
import { AzureFilesStorage } from "../../../src/aks/azureFilesStorage";
import { NfsVersion, ShareSku } from "../../../src/aks/enums";
import type { NetAppFilesStorageArgs } from "../../../src/aks/args";
import { NetAppFilesStorage } from "../../../src/aks/netAppFilesStorage";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { runHosted } from "../hostedProgram";
import { record } from "../recorder";
import { itIsRefused } from "../refusedParts";
import { azure, SUBNET_ID } from "./azure";

const CLUSTER = { server: "https://10.0.0.1:6443" };
const FILES: AzureFilesStorageArgs = { resourceGroupName: "research", subnetIds: [SUBNET_ID] };
const NETAPP: NetAppFilesStorageArgs = {
    resourceGroupName: "research",
    subnetId: SUBNET_ID,
    allowedClients: ["10.0.0.0/16"],
};

const files = (args: Partial<AzureFilesStorageArgs> = {}) =>
    record(() => new AzureFilesStorage("nextflow-work", { ...FILES, ...args }), azure());

const netApp = (args: Partial<NetAppFilesStorageArgs> = {}) =>
    record(() => new NetAppFilesStorage("work", { ...NETAPP, ...args }), azure());

describe("AzureFilesStorage", () => {
    it("makes an account that the nodes' subnets alone reach, without keys, and an NFS share", async () => {
        const ran = await files();
        assert.deepEqual(ran.labels(), [
            "AzureFilesStorage nextflow-work",
            "FileShare nextflow-work",
            // Azure takes letters and digits alone, and its provider adds eight.
            "StorageAccount nextflowwork",
        ]);
        assert.equal(ran.one("AzureFilesStorage").type, "pulumi-seqera-kubernetes:index:AzureFilesStorage");
        assert.deepEqual(ran.one("StorageAccount").inputs, {
            resourceGroupName: "research",
            kind: "FileStorage",
            sku: { name: "Premium_LRS" },
            enableHttpsTrafficOnly: false,
            minimumTlsVersion: "TLS1_2",
            allowBlobPublicAccess: false,
            allowSharedKeyAccess: false,
            publicNetworkAccess: "Enabled",
            networkRuleSet: {
                defaultAction: "Deny",
                bypass: "None",
                virtualNetworkRules: [{ virtualNetworkResourceId: SUBNET_ID }],
            },
        });
        assert.deepEqual(ran.one("FileShare").inputs, {
            resourceGroupName: "research",
            accountName: "nextflowwork1a2b3c4d",
            shareName: "nextflow-work",
            enabledProtocols: "NFS",
            rootSquash: "NoRootSquash",
            shareQuota: 1024,
        });
        for (const kind of ["StorageAccount", "FileShare"]) {
            assert.equal(ran.one(kind).parent, "AzureFilesStorage nextflow-work");
        }
    });

    it("gives a compute environment its volume", async () => {
        const ran = await record(() => {
            const { storage } = new AzureFilesStorage("work", { ...FILES, sizeGiB: 500 });
            return new KubernetesComputeEnvironment("prod", { cluster: CLUSTER, storage });
        }, azure());
        const { spec } = ran.one("PersistentVolume").inputs;
        assert.deepEqual(spec, {
            capacity: { storage: "500Gi" },
            accessModes: ["ReadWriteMany"],
            persistentVolumeReclaimPolicy: "Retain",
            claimRef: {
                apiVersion: "v1",
                kind: "PersistentVolumeClaim",
                namespace: "nextflow",
                name: "nextflow-work",
            },
            mountOptions: ["nconnect=4", "noresvport", "actimeo=30"],
            csi: {
                driver: "file.csi.azure.com",
                volumeHandle: "work1a2b3c4d-nextflow-work",
                volumeAttributes: {
                    protocol: "nfs",
                    resourceGroup: "research",
                    shareName: "nextflow-work",
                    storageAccount: "work1a2b3c4d",
                },
            },
        });
        // The driver takes everything with a "#" for a volume of its own making.
        assert.doesNotMatch(spec.csi.volumeHandle, /#/);
        // What is mounted must be there first, and go last.
        assert.ok(ran.one("PersistentVolume").dependencies.includes("FileShare work"));
        assert.equal(ran.one("ComputeEnv").inputs.config.storageClaimName, "nextflow-work");
    });

    it("takes names, size, redundancy, encryption and care", async () => {
        const ran = await files({
            accountName: "genomes",
            shareName: pulumi.output("runs"),
            sku: ShareSku.PremiumV2Zones,
            sizeGiB: 64,
            provisionedIops: 5000,
            provisionedThroughputMiBps: 300,
            encryptInTransit: true,
            protect: true,
            retainOnDelete: true,
            tags: { team: "genomics" },
        });
        const { inputs, protect, retainOnDelete } = ran.one("StorageAccount");
        assert.deepEqual(
            [inputs.accountName, inputs.sku.name, inputs.enableHttpsTrafficOnly, inputs.tags, protect, retainOnDelete],
            ["genomes", "PremiumV2_ZRS", true, { team: "genomics" }, true, true],
        );
        const share = ran.one("FileShare");
        assert.deepEqual(
            [share.inputs.shareQuota, share.inputs.provisionedIops, share.inputs.provisionedBandwidthMibps],
            [64, 5000, 300],
        );
        assert.deepEqual([share.protect, share.retainOnDelete], [true, true]);
        const { csi } = ran.one("AzureFilesStorage").outputs!.storage;
        assert.equal(csi.volumeHandle, "genomes-runs");
        assert.equal(csi.volumeAttributes.encryptInTransit, "true");
    });
});

describe("NetAppFilesStorage", () => {
    it("makes an account, a pool and a volume that some addresses may mount", async () => {
        const ran = await netApp();
        assert.deepEqual(ran.labels(), [
            "Account work",
            "CapacityPool work",
            "CapacityPoolVolume work",
            "NetAppFilesStorage work",
        ]);
        assert.deepEqual(ran.one("CapacityPool").inputs, {
            resourceGroupName: "research",
            accountName: "work1a2b",
            serviceLevel: "Premium",
            size: 1024 ** 4,
            // Defaults of Azure's SDK.
            ...{ coolAccess: false, encryptionType: "Single", qosType: "Auto" },
        });
        // The rest are defaults of Azure's SDK.
        const expected = {
            resourceGroupName: "research",
            accountName: "work1a2b",
            poolName: "work3c4d",
            serviceLevel: "Premium",
            creationToken: "work",
            subnetId: SUBNET_ID,
            usageThreshold: 1024 ** 4,
            protocolTypes: ["NFSv4.1"],
            exportPolicy: {
                rules: [
                    {
                        ruleIndex: 1,
                        allowedClients: "10.0.0.0/16",
                        nfsv3: false,
                        nfsv41: true,
                        cifs: false,
                        unixReadOnly: false,
                        unixReadWrite: true,
                        hasRootAccess: true,
                    },
                ],
            },
            snapshotDirectoryVisible: false,
        };
        const { inputs } = ran.one("CapacityPoolVolume");
        assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, inputs[key]])), expected);
    });

    it("gives a compute environment its export", async () => {
        const ran = await record(() => {
            const { storage } = new NetAppFilesStorage("work", { ...NETAPP, nfsVersion: NfsVersion.V3 });
            return new KubernetesComputeEnvironment("prod", {
                cluster: CLUSTER,
                storage: { ...storage, mountPath: "/work" },
            });
        }, azure());
        const { spec } = ran.one("PersistentVolume").inputs;
        assert.deepEqual(spec.nfs, { server: "10.1.0.4", path: "/work" });
        assert.equal(spec.mountOptions[0], "nfsvers=3");
        assert.equal(spec.capacity.storage, "1024Gi");
        assert.equal(ran.one("ComputeEnv").inputs.config.storageMountPath, "/work");
    });

    it("uses a pool that is there already", async () => {
        const ran = await netApp({ createPool: false, accountName: "theirs", poolName: "fast", protect: true });
        assert.deepEqual(ran.labels(), ["CapacityPoolVolume work", "NetAppFilesStorage work"]);
        const { inputs, protect } = ran.one("CapacityPoolVolume");
        assert.deepEqual([inputs.accountName, inputs.poolName, protect], ["theirs", "fast", true]);
    });
});

describe("storage in Azure that cannot work", () => {
    itIsRefused('AzureFilesStorage "work"', (args) => new AzureFilesStorage("work", args), [
        [
            "SMB",
            { ...FILES, protocol: "SMB" },
            [
                'protocol: cannot be "SMB": Git cannot lock its files on it, so pipelines cannot be pulled, and it only imitates the symbolic links that Nextflow stages inputs with (write "NFS", or remove this argument)',
            ],
        ],
        [
            "a share for nobody",
            { resourceGroupName: "research", subnetIds: [] },
            [
                "subnetIds: must contain a subnet: the share has no other access control, so no node could reach it (write the ids of the nodes' subnets)",
            ],
        ],
        [
            "names that are none",
            {
                resourceGroupName: " ",
                subnetIds: ["nodes"],
                accountName: "My-Account",
                shareName: "my_share",
                protocol: "nfs",
                sku: "Standard_LRS",
                encryptInTransit: "yes",
            },
            [
                "resourceGroupName: must not be empty (write its value)",
                'subnetIds[0]: "nodes" is not the id of a subnet (write it like "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…")',
                'accountName: "My-Account" is not a valid storage account name (use 3 to 24 lower-case letters and digits; the name must be unique in Azure)',
                'shareName: "my_share" is not a valid share name (use 3 to 63 lower-case letters, digits and single dashes; begin and end with a letter or digit)',
                'protocol: unsupported value "nfs" (write "NFS")',
                'sku: unsupported value "Standard_LRS" (use one of "Premium_LRS", "Premium_ZRS", "PremiumV2_LRS", "PremiumV2_ZRS")',
                "encryptInTransit: must be a boolean, not a string",
            ],
        ],
        [
            "a share that is too small, with what belongs to another kind",
            { ...FILES, sizeGiB: 50, provisionedIops: 5000 },
            [
                "sizeGiB: must be a whole number of GiB from 100 to 102400, not 50 (write 100)",
                'provisionedIops: cannot be used with the sku "Premium_LRS", where it follows from the size (set sku to "PremiumV2_LRS" or "PremiumV2_ZRS", or remove this argument)',
            ],
        ],
        [
            "too little of everything",
            {
                ...FILES,
                sku: ShareSku.PremiumV2Local,
                sizeGiB: 31.5,
                provisionedIops: 1,
                provisionedThroughputMiBps: NaN,
            },
            [
                "sizeGiB: must be a whole number of GiB from 32 to 262144, not 31.5 (write 32)",
                "provisionedIops: must be a whole number of operations per second from 500 to 102400, not 1 (write 500)",
                "provisionedThroughputMiBps: must be a whole number of MiB/s from 60 to 10340, not NaN (write 60)",
            ],
        ],
    ]);

    itIsRefused('NetAppFilesStorage "work"', (args) => new NetAppFilesStorage("work", args), [
        [
            "a volume for nobody, and too large for its pool",
            { ...NETAPP, allowedClients: [], sizeGiB: 3000 },
            [
                "sizeGiB: sizeGiB (3000) exceeds the pool, which has 1024 GiB (set poolSizeTiB to 3, or reduce sizeGiB)",
                'allowedClients: must contain a CIDR range: without one, no node could mount the volume (write the ranges of the nodes\' subnets, like "10.0.0.0/16")',
            ],
        ],
        [
            "a pool that is there already and has no name",
            { ...NETAPP, createPool: false },
            [
                "accountName: required when createPool is false (write the name of the existing account)",
                "poolName: required when createPool is false (write the name of the existing capacity pool)",
            ],
        ],
        [
            "values that are none",
            {
                resourceGroupName: "research",
                subnetId: undefined,
                allowedClients: ["everyone"],
                poolSizeTiB: 0,
                sizeGiB: 10,
                serviceLevel: "Fast",
                nfsVersion: "4",
                volumePath: "/work",
            },
            [
                "subnetId: required (write the id of a subnet that is delegated to Microsoft.NetApp/volumes)",
                "poolSizeTiB: must be a whole number of TiB from 1 to 2048, not 0 (write 1)",
                "sizeGiB: must be a whole number of GiB from 50 to 102400, not 10 (write 50)",
                "sizeGiB: sizeGiB (10) exceeds the pool, which has 0 GiB (set poolSizeTiB to 1, or reduce sizeGiB)",
                'serviceLevel: unsupported value "Fast" (use one of "Standard", "Premium", "Ultra")',
                'nfsVersion: unsupported value "4" (use one of "NFSv3", "NFSv4.1")',
                'allowedClients[0]: "everyone" is not a CIDR range (write it like "18.169.21.18/32")',
                'volumePath: "/work" is not a valid volume path (use at most 80 letters, digits and dashes; begin with a letter)',
            ],
        ],
    ]);

    it("is refused later for what is known later, and nothing of it is made", async () => {
        const run = await runHosted(
            `new (part("aks").AzureFilesStorage)("work", {
                resourceGroupName: "research", subnetIds: pulumi.output(["nodes"]),
            });`,
        );
        assert.deepEqual(run.errors, [
            'AzureFilesStorage "work" has invalid arguments:\n  subnetIds[0]: "nodes" is not the id of a subnet (write it like "/subscriptions/…/resourceGroups/…/providers/Microsoft.Network/virtualNetworks/…/subnets/…")',
        ]);
        assert.deepEqual(run.registered, []);
        assert.notEqual(run.code, 0);
    });
});
