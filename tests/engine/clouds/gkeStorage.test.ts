import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../../src/emulator";
import { kubectl, objects } from "../support/cluster";
import { testEngine } from "../support/engine";
import { connection, environments, freshNamespace, startPlatform } from "../support/platform";
import { TestStack } from "../support/stack";

const read = async (kind: string, name: string) => JSON.parse(await kubectl("get", kind, name, "-o", "json"));

const PROGRAM = `
    const { KubernetesComputeEnvironment } = require("pulumi-seqera-kubernetes");
    const { FilestoreStorage, GcsFuseStorage } = require("pulumi-seqera-kubernetes/gke");
    const pulumi = require("@pulumi/pulumi");
    const namespace = new pulumi.Config().require("namespace");
    const work = new FilestoreStorage("work", {
        projectId: "research-1", network: "projects/research-1/global/networks/research",
        tier: "BASIC_HDD", sizeGiB: 100, storageClassName: namespace,
    });
    const references = new GcsFuseStorage("references", { bucket: "genomes", mountPath: "/references" });
    new KubernetesComputeEnvironment("production", {
        cluster: new pulumi.Config().requireObject("cluster"), namespace,
        storage: work.storage, storageClaims: references.storageClaims, podOptions: references.podOptions,
    });
`;

describe("a storage class of Filestore and a bucket, on the real engine", function () {
    this.timeout(180_000);
    this.bail(true);

    let platform: PlatformEmulator;
    let namespace: string;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        const { cluster } = await testEngine();
        platform = await startPlatform();
        namespace = freshNamespace();
        stack = await TestStack.create({
            config: {
                ...connection(platform),
                "kubernetes:kubeconfig": cluster.kubeconfig,
                namespace,
                cluster: { server: cluster.server },
            },
            program: PROGRAM,
        });
    });

    after(async () => {
        await platform?.stop();
    });

    it("end AVAILABLE, without waiting for an instance that the first pod asks for", async () => {
        await stack.mustUp();
        assert.equal(environments(platform)[0].status, "AVAILABLE");
        const storageClass = await read("storageclass", namespace);
        assert.deepEqual(storageClass.parameters, {
            tier: "basic_hdd",
            network: "research",
            "connect-mode": "DIRECT_PEERING",
        });
        assert.equal(storageClass.volumeBindingMode, "WaitForFirstConsumer");
        const claims = await objects(namespace, "persistentvolumeclaims");
        const work = claims.find(({ metadata }) => metadata.name === "nextflow-work");
        assert.deepEqual([work.spec.storageClassName, work.status.phase], [namespace, "Pending"]);
        const references = claims.find(({ metadata }) => metadata.name === "nextflow-references");
        const { spec } = await read("persistentvolume", references.spec.volumeName);
        assert.deepEqual(
            [spec.claimRef.name, spec.capacity.storage, spec.csi, spec.mountOptions],
            [
                "nextflow-references",
                "1Ti",
                { driver: "gcsfuse.csi.storage.gke.io", volumeHandle: "genomes" },
                ["implicit-dirs", "ro"],
            ],
        );
        assert.match(String(environments(platform)[0].config.nextflowConfig), /gke-gcsfuse\/volumes/);
    });

    it("change nothing when nothing changed, and leave nothing behind", async () => {
        await stack.mustRest();
        await stack.mustDestroy();
        assert.deepEqual(environments(platform), []);
        assert.equal((await kubectl("get", "storageclass", "-o", "name")).includes(namespace), false);
        assert.equal((await kubectl("get", "persistentvolume", "-o", "name")).includes(namespace), false);
    });
});
