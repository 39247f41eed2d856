import assert from "node:assert/strict";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import { VolumeClaim } from "../../src/components/volumeClaim";
import { CLUSTER } from "./fullArguments";
import { record, valueOf } from "./recorder";
import type { VolumeClaimArgs } from "../../src/args/volumes";

const NFS = { server: "10.0.0.5", path: "/exports/genomes" };
const CSI = { driver: "efs.csi.aws.com", volumeHandle: "fs-1" };

const run = (args: Partial<VolumeClaimArgs> = {}) =>
    record(() => new VolumeClaim("genomes", { namespace: "runs", claimName: "genomes", nfs: NFS, ...args }));

describe("VolumeClaim", () => {
    it("makes a volume and a claim that belong to each other, and waits for neither", async () => {
        const ran = await run();
        assert.deepEqual(ran.labels(), [
            "PersistentVolume genomes",
            "PersistentVolumeClaim genomes",
            "VolumeClaim genomes",
        ]);
        const { metadata, spec } = ran.one("PersistentVolume").inputs;
        assert.match(metadata.name, /^runs-genomes-[0-9a-f]{7}$/);
        assert.equal(metadata.annotations["pulumi.com/skipAwait"], "true");
        assert.deepEqual(spec.nfs, NFS);
        assert.deepEqual(ran.one("PersistentVolumeClaim").inputs.spec, {
            accessModes: ["ReadWriteMany"],
            storageClassName: "",
            volumeName: metadata.name,
            resources: { requests: { storage: "1Ti" } },
        });
        assert.equal(await valueOf(ran.result.claimName), "genomes");
        assert.equal(await valueOf(ran.result.volumeName), metadata.name);
    });

    it("takes a driver's volume, its size, modes and options", async () => {
        const ran = await run({
            nfs: undefined,
            csi: CSI,
            size: "5Ti",
            accessModes: ["ReadOnlyMany"],
            readOnly: true,
            mountOptions: ["tls"],
        });
        const { spec } = ran.one("PersistentVolume").inputs;
        assert.deepEqual(spec.csi, { ...CSI, readOnly: true });
        assert.deepEqual(
            [spec.capacity.storage, spec.accessModes, spec.mountOptions],
            ["5Ti", ["ReadOnlyMany"], ["tls"]],
        );
        assert.deepEqual(ran.one("PersistentVolumeClaim").inputs.spec.accessModes, ["ReadOnlyMany"]);
    });
});

describe("storage of a KubernetesComputeEnvironment", () => {
    const environment = (args: object) =>
        record(() => new KubernetesComputeEnvironment("prod", { cluster: CLUSTER, ...args }));

    it("may be a volume that is there already", async () => {
        const ran = await environment({ storage: { nfs: NFS, mountPath: "/shared" } });
        const claim = ran.one("PersistentVolumeClaim");
        assert.equal(claim.inputs.metadata.name, "nextflow-work");
        assert.equal(ran.one("ComputeEnv").inputs.config.storageClaimName, "nextflow-work");
        assert.equal(ran.one("ComputeEnv").inputs.config.storageMountPath, "/shared");
        // A volume belongs to no namespace, so it does not go with one.
        assert.equal(ran.one("PersistentVolume").deletedWith, undefined);
        assert.equal(claim.deletedWith, undefined);
        assert.ok(ran.before(ran.one("ComputeEnv")).has("PersistentVolumeClaim prod-work"));
    });

    it("makes the further claims for which there is a volume", async () => {
        const ran = await environment({
            storageClaims: [
                { claimName: "genomes", mountPath: "/genomes", readOnly: true, nfs: NFS },
                { claimName: "theirs", mountPath: "/theirs" },
            ],
        });
        assert.deepEqual(
            ran.of("PersistentVolume").map(({ name }) => name),
            ["prod-claim-genomes"],
        );
        const { nextflowConfig } = ran.one("ComputeEnv").inputs.config;
        for (const claim of ["genomes", "theirs"]) {
            assert.ok(nextflowConfig.includes(`volumeClaim: '${claim}'`), nextflowConfig);
        }
        assert.ok(ran.before(ran.one("ComputeEnv")).has("PersistentVolumeClaim prod-claim-genomes"));
    });

    it("is kept with the namespace around it, and what else is in there is not", async () => {
        const ran = await environment({ storage: { retainOnDelete: true } });
        assert.equal(ran.one("PersistentVolumeClaim").retainOnDelete, true);
        assert.equal(ran.one("Namespace").retainOnDelete, true);
        assert.equal(ran.one("Role", "prod-accounts-head").retainOnDelete, undefined);
        assert.deepEqual(
            ran.all.filter(({ deletedWith }) => deletedWith !== undefined),
            [],
        );
    });

    it("is none with Fusion, unless some is asked for", async () => {
        const eks = {
            cluster: { platform: "eks-platform", name: "c", region: "eu-west-1" },
            ...{ credentialsId: "1a2b", waveEnabled: true, fusionEnabled: true, workDirectory: "s3://bucket/work" },
        };
        const without = await environment(eks);
        assert.deepEqual(without.of("PersistentVolumeClaim"), []);
        const { config } = without.one("ComputeEnv").inputs;
        assert.deepEqual([config.storageClaimName, config.storageMountPath], [undefined, undefined]);
        assert.equal(await valueOf(without.result.claimName), "");
        const withSome = await environment({ ...eks, storage: {} });
        assert.equal(withSome.of("PersistentVolumeClaim").length, 1);
    });
});
