import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { FilestoreConnection, FilestoreTier } from "../../../src/gke/enums";
import type { FilestoreStorageArgs } from "../../../src/gke/args";
import { FilestoreStorage } from "../../../src/gke/filestoreStorage";
import { runHosted } from "../hostedProgram";
import { isKnown, record, valueOf } from "../recorder";
import { itIsRefused, type Refusal } from "../refusedParts";
import { google } from "./google";

const NETWORK = "projects/research-1/global/networks/research";
const ARGS: FilestoreStorageArgs = {
    projectId: pulumi.output("research-1"),
    network: pulumi.output(NETWORK),
    location: "europe-west1-b",
};
const CLASS = { location: undefined, storageClassName: "nextflow-filestore" };
const CLUSTER = { platform: "gke-platform" as const, name: "production", region: "europe-west1" };

const run = (args: Partial<FilestoreStorageArgs> = {}) =>
    record(() => new FilestoreStorage("work", { ...ARGS, ...args }), google());

const inEnvironment = (args: Partial<FilestoreStorageArgs>) =>
    record(() => {
        const { storage } = new FilestoreStorage("work", { ...ARGS, ...args });
        return new KubernetesComputeEnvironment("prod", { cluster: CLUSTER, credentialsId: "mine", storage });
    }, google());

describe("FilestoreStorage", () => {
    it("makes an instance with one share in the cluster's network", async () => {
        const ran = await run();
        assert.deepEqual(ran.labels(), ["FilestoreStorage work", "Instance work"]);
        assert.equal(ran.one("FilestoreStorage").type, "pulumi-seqera-kubernetes:index:FilestoreStorage");
        assert.equal(ran.one("Instance").parent, "FilestoreStorage work");
        assert.deepEqual(ran.one("Instance").inputs, {
            project: "research-1",
            location: "europe-west1-b",
            tier: "ZONAL",
            fileShares: { name: "work", capacityGb: 1024 },
            networks: [{ network: "research", connectMode: "DIRECT_PEERING", modes: ["MODE_IPV4"] }],
        });
        assert.equal(await valueOf(ran.result.instanceName), "work-1a2b3c4");
        assert.equal(await valueOf(ran.result.address), "10.45.3.2");
        assert.equal(await valueOf(ran.result.storageClassName), "");
    });

    it("gives a compute environment its volume, which comes after the instance and goes before it", async () => {
        const ran = await inEnvironment({ sizeGiB: 2560 });
        const { inputs, dependencies } = ran.one("PersistentVolume");
        assert.deepEqual(inputs.spec, {
            capacity: { storage: "2560Gi" },
            accessModes: ["ReadWriteMany"],
            persistentVolumeReclaimPolicy: "Retain",
            claimRef: {
                apiVersion: "v1",
                kind: "PersistentVolumeClaim",
                namespace: "nextflow",
                name: "nextflow-work",
            },
            csi: {
                driver: "filestore.csi.storage.gke.io",
                volumeHandle: "modeInstance/europe-west1-b/work-1a2b3c4/work",
                volumeAttributes: { ip: "10.45.3.2", volume: "work" },
            },
        });
        assert.ok(dependencies.includes("Instance work"), dependencies.join(", "));
        assert.equal(ran.one("ComputeEnv").inputs.config.storageClaimName, "nextflow-work");
    });

    it("takes tier, size, key, clients, labels and care", async () => {
        const ran = await run({
            location: "europe-west1",
            tier: pulumi.output(FilestoreTier.Regional),
            sizeGiB: pulumi.output(500),
            kmsKeyName: "projects/keys/locations/europe-west1/keyRings/runs/cryptoKeys/work",
            allowedClients: [pulumi.output("10.0.0.0/16")],
            labels: { team: "genomics" },
            protect: true,
            retainOnDelete: true,
        });
        const { inputs, protect, retainOnDelete } = ran.one("Instance");
        assert.deepEqual(
            [inputs.location, inputs.tier, inputs.labels],
            ["europe-west1", "REGIONAL", { team: "genomics" }],
        );
        assert.match(inputs.kmsKeyName, /\/cryptoKeys\/work$/);
        assert.deepEqual(inputs.fileShares, {
            name: "work",
            capacityGb: 500,
            nfsExportOptions: [{ ipRanges: ["10.0.0.0/16"], accessMode: "READ_WRITE", squashMode: "NO_ROOT_SQUASH" }],
        });
        assert.deepEqual([protect, retainOnDelete], [true, true]);
    });

    it("takes the least size of a tier that begins above the default", async () => {
        const ran = await run({ tier: FilestoreTier.BasicSsd });
        assert.equal(ran.one("Instance").inputs.fileShares.capacityGb, 2560);
    });

    it("names a network that another project shares in full", async () => {
        const ran = await run({
            network: "projects/networks-1/global/networks/shared",
            connection: FilestoreConnection.PrivateServiceAccess,
        });
        assert.deepEqual(ran.one("Instance").inputs.networks, [
            {
                network: "projects/networks-1/global/networks/shared",
                connectMode: "PRIVATE_SERVICE_ACCESS",
                modes: ["MODE_IPV4"],
            },
        ]);
    });

    it("makes a storage class instead, by which the driver makes an instance in the same network", async () => {
        const ran = await inEnvironment({ ...CLASS, tier: FilestoreTier.BasicHdd, sizeGiB: 100 });
        assert.deepEqual(ran.of("Instance"), []);
        assert.deepEqual(ran.of("PersistentVolume"), []);
        assert.deepEqual(ran.one("StorageClass").inputs, {
            apiVersion: "storage.k8s.io/v1",
            kind: "StorageClass",
            metadata: { name: "nextflow-filestore" },
            provisioner: "filestore.csi.storage.gke.io",
            parameters: { tier: "basic_hdd", network: "research", "connect-mode": "DIRECT_PEERING" },
            volumeBindingMode: "WaitForFirstConsumer",
            allowVolumeExpansion: true,
            reclaimPolicy: "Retain",
        });
        const { inputs, dependencies } = ran.one("PersistentVolumeClaim");
        assert.equal(inputs.spec.storageClassName, "nextflow-filestore");
        assert.equal(inputs.spec.resources.requests.storage, "100Gi");
        assert.ok(dependencies.includes("StorageClass work"), dependencies.join(", "));
    });

    it("knows nothing of an instance at preview, which has no address yet", async () => {
        const ran = await record(() => new FilestoreStorage("work", ARGS), { preview: true });
        assert.equal(await isKnown(ran.result.address), false);
    });
});

describe("storage on Filestore that cannot work", () => {
    const cases: Refusal[] = [
        [
            "below the least size",
            { sizeGiB: 500 },
            [
                'sizeGiB: 500 is not a size of the tier "ZONAL", which supports 1024 to 9984 in steps of 256, or 10240 to 102400 in steps of 2560 GiB (write 1024)',
            ],
        ],
        [
            "between two sizes",
            { sizeGiB: 1500 },
            [
                'sizeGiB: 1500 is not a size of the tier "ZONAL", which supports 1024 to 9984 in steps of 256, or 10240 to 102400 in steps of 2560 GiB (write 1536)',
            ],
        ],
        [
            "SSD below its least size",
            { tier: "BASIC_SSD", sizeGiB: 1024 },
            ['sizeGiB: 1024 is not a size of the tier "BASIC_SSD", which supports 2560 to 65433 GiB (write 2560)'],
        ],
        [
            "above the most",
            { tier: "ENTERPRISE", location: "europe-west1", sizeGiB: 20_480 },
            [
                'sizeGiB: 20480 is not a size of the tier "ENTERPRISE", which supports 1024 to 10240 in steps of 256 GiB (write 10240)',
            ],
        ],
        [
            "a region where a zone belongs",
            { location: "europe-west1" },
            [
                'location: "europe-west1" is a region, but an instance of the tier "ZONAL" is in one zone (write a zone of the nodes, like "europe-west1-b")',
            ],
        ],
        [
            "a zone where a region belongs",
            { tier: "REGIONAL" },
            [
                'location: "europe-west1-b" is a zone, but an instance of the tier "REGIONAL" is in a region (write "europe-west1")',
            ],
        ],
        [
            "a shared network by a peering",
            { projectId: "research-1", network: "projects/networks-1/global/networks/shared" },
            [
                'connection: must be "PRIVATE_SERVICE_ACCESS": the project "networks-1" shares the network, and Filestore cannot reach a shared network in another way (write this value, and set up private services access in the network)',
            ],
        ],
        [
            "nothing of the cluster",
            { projectId: undefined, network: undefined, location: undefined },
            [
                "projectId: required (write the cluster's projectId)",
                "network: required (write the cluster's network)",
                "location: required (write a zone of the nodes, or their region with the tiers REGIONAL and ENTERPRISE)",
            ],
        ],
        [
            "values that are none",
            {
                network: "Research",
                connection: "VPN",
                tier: "STANDARD",
                sizeGiB: "1Ti",
                kmsKeyName: "work",
                allowedClients: ["everyone"],
                protect: "yes",
            },
            [
                'network: "Research" is not the name of a network (write the cluster\'s network, like "projects/research-1/global/networks/research")',
                'connection: unsupported value "VPN" (use one of "DIRECT_PEERING", "PRIVATE_SERVICE_ACCESS")',
                'tier: unsupported value "STANDARD" (use one of "BASIC_HDD", "BASIC_SSD", "ZONAL", "REGIONAL", "ENTERPRISE")',
                "sizeGiB: must be a number, not a string",
                'kmsKeyName: "work" is not the name of a key (write it like "projects/…/locations/…/keyRings/…/cryptoKeys/…")',
                'allowedClients[0]: "everyone" is not a CIDR range (write it like "18.169.21.18/32")',
                "protect: must be a boolean, not a string",
            ],
        ],
        [
            "what belongs to an instance, beside a storage class",
            { storageClassName: "nextflow-filestore", allowedClients: ["10.0.0.0/16"] },
            ["location", "allowedClients"].map(
                (property) =>
                    `${property}: cannot be used with storageClassName: the driver creates an instance for each claim (remove one of the two)`,
            ),
        ],
    ];
    itIsRefused('FilestoreStorage "work"', (args) => new FilestoreStorage("work", { ...ARGS, ...args }), cases);

    it("is refused later for what is known later, and nothing of it is made", async () => {
        const run = await runHosted(
            `new (part("gke").FilestoreStorage)("work", {
                projectId: "research-1", network: "research", location: "europe-west1-b", sizeGiB: pulumi.output(10),
            });`,
        );
        assert.deepEqual(run.errors, [
            'FilestoreStorage "work" has invalid arguments:\n  sizeGiB: 10 is not a size of the tier "ZONAL", which supports 1024 to 9984 in steps of 256, or 10240 to 102400 in steps of 2560 GiB (write 1024)',
        ]);
        assert.deepEqual(run.registered, []);
        assert.notEqual(run.code, 0);
    });
});
