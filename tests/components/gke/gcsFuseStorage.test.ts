import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import type { GcsFuseStorageArgs } from "../../../src/gke/args";
import { GcsFuseStorage } from "../../../src/gke/gcsFuseStorage";
import { runHosted } from "../hostedProgram";
import { overheard, record, valueOf } from "../recorder";
import { itIsRefused, type Refusal } from "../refusedParts";
import { google } from "./google";

const ARGS: GcsFuseStorageArgs = { bucket: pulumi.output("genomes"), mountPath: "/references" };
const CLUSTER = { platform: "gke-platform" as const, name: "production", region: "europe-west1" };

const inEnvironment = (args: Partial<GcsFuseStorageArgs> = {}) =>
    record(() => {
        const { storageClaims, podOptions } = new GcsFuseStorage("references", { ...ARGS, ...args });
        return new KubernetesComputeEnvironment("prod", {
            ...{ cluster: CLUSTER, credentialsId: "mine" },
            ...{ storageClaims, podOptions },
        });
    }, google());

describe("GcsFuseStorage", () => {
    it("makes nothing in Google Cloud", async () => {
        const ran = await record(() => new GcsFuseStorage("references", ARGS), google());
        assert.deepEqual(ran.labels(), ["GcsFuseStorage references"]);
        assert.equal(ran.one("GcsFuseStorage").type, "pulumi-seqera-kubernetes:index:GcsFuseStorage");
    });

    it("gives a compute environment a volume of the bucket, for reading unless told otherwise", async () => {
        const ran = await inEnvironment();
        const volume = ran.of("PersistentVolume").find(({ inputs }) => inputs.spec.csi !== undefined)!;
        assert.deepEqual(volume.inputs.spec, {
            capacity: { storage: "1Ti" },
            accessModes: ["ReadWriteMany"],
            persistentVolumeReclaimPolicy: "Retain",
            claimRef: {
                apiVersion: "v1",
                kind: "PersistentVolumeClaim",
                namespace: "nextflow",
                name: "nextflow-references",
            },
            mountOptions: ["implicit-dirs", "ro"],
            csi: { driver: "gcsfuse.csi.storage.gke.io", volumeHandle: "genomes" },
        });
    });

    it("has it mounted in task pods, with the annotation that brings the sidecar in", async () => {
        const text = String((await inEnvironment()).one("ComputeEnv").inputs.config.nextflowConfig);
        assert.match(text, /volumeClaim: 'nextflow-references', mountPath: '\/references', readOnly: true/);
        assert.match(text, /annotation: 'gke-gcsfuse\/volumes', value: 'true'/);
    });

    it("mounts a directory for writing, as a user, with options and limits", async () => {
        const ran = await inEnvironment({
            directory: pulumi.output("hg38/"),
            claimName: "hg38",
            readOnly: false,
            uid: 1000,
            gid: 2000,
            mountOptions: ["file-cache:max-size-mb:-1"],
            cpuLimit: "1",
            memoryLimit: "1Gi",
            diskLimit: "0",
        });
        const volume = ran.of("PersistentVolume").find(({ inputs }) => inputs.spec.csi !== undefined)!;
        assert.deepEqual(volume.inputs.spec.mountOptions, [
            "implicit-dirs",
            "only-dir=hg38",
            "uid=1000",
            "gid=2000",
            "file-cache:max-size-mb:-1",
        ]);
        assert.equal(volume.inputs.spec.claimRef.name, "hg38");
        const text = String(ran.one("ComputeEnv").inputs.config.nextflowConfig);
        assert.doesNotMatch(text, /readOnly/);
        for (const [limit, value] of [
            ["cpu", "1"],
            ["memory", "1Gi"],
            ["ephemeral-storage", "0"],
        ]) {
            assert.ok(text.includes(`annotation: 'gke-gcsfuse/${limit}-limit', value: '${value}'`), text);
        }
    });

    it("asks Google of the bucket only where the cluster's place is known", async () => {
        const { asked, options } = overheard(google());
        const listen = (location?: string) =>
            record(() => new GcsFuseStorage("references", { ...ARGS, location }), options);
        await listen();
        assert.deepEqual(asked, []);
        const { result } = await listen("europe-west1-b");
        assert.deepEqual(asked, [["getBucket", { name: "genomes" }]]);
        assert.equal(await valueOf(result.storageClaims[0].csi!.volumeHandle as pulumi.Output<string>), "genomes");
    });

    it("warns of a bucket in another region, and not of one in several", async () => {
        const locations: Record<string, string> = { genomes: "US-EAST1", references: "EU" };
        const { errors, warnings } = await runHosted(
            `for (const bucket of ["genomes", "references"]) {
                const args = { bucket, mountPath: "/" + bucket, location: "europe-west1-b" };
                new (part("gke").GcsFuseStorage)(bucket, args);
            }`,
            { getBucket: ({ name }) => ({ name, location: locations[name] }) },
        );
        assert.deepEqual(errors, []);
        assert.deepEqual(warnings, [
            'GcsFuseStorage "genomes" found the bucket "genomes": location: "genomes" is in us-east1, but the cluster is in europe-west1: reading between regions is slow and costs money (use a bucket in europe-west1)',
        ]);
    });
});

describe("a GcsFuseStorage that cannot work", () => {
    const cases: Refusal[] = [
        [
            "nothing of the bucket",
            { bucket: undefined, mountPath: undefined },
            [
                'bucket: required (write a bucket\'s name, like "genomes")',
                'mountPath: required (write the mount path, like "/references")',
            ],
        ],
        [
            "values that are none",
            {
                bucket: "gs://genomes/hg38",
                location: "Belgium",
                mountPath: "references",
                directory: "/hg38",
                readOnly: "yes",
                uid: -1,
                mountOptions: ["uid=5", "only-dir=hg38", " "],
                memoryLimit: "1 GB",
            },
            [
                'bucket: "gs://genomes/hg38" is a URL, not a bucket name (write only the bucket\'s name)',
                'location: "Belgium" is not a region or zone (write it like "europe-west1", or "europe-west1-b" for a zone)',
                'mountPath: "references" is not an absolute path (write it like "/references")',
                'directory: "/hg38" is not a directory in a bucket (write it like "references/hg38", without a leading slash)',
                "readOnly: must be a boolean, not a string",
                "uid: must be a whole number of at least 0, not -1 (write it like 1000)",
                'mountOptions[0]: "uid=5" sets "uid", which other arguments determine (remove it)',
                'mountOptions[1]: "only-dir=hg38" sets "only-dir", which other arguments determine (remove it)',
                "mountOptions[2]: must not be empty (write its value)",
                'memoryLimit: "1 GB" is not a Kubernetes quantity (write it like "500m" or "512Mi", or "0" for no limit)',
            ],
        ],
    ];
    itIsRefused('GcsFuseStorage "references"', (args) => new GcsFuseStorage("references", { ...ARGS, ...args }), cases);
});
