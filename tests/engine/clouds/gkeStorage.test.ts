import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import type { PlatformEmulator } from "../../../src/emulator";
import { BucketAccess } from "../../../src/gke/choices";
import { FilestoreStorage } from "../../../src/gke/filestoreStorage";
import { GcsFuseStorage } from "../../../src/gke/gcsFuseStorage";
import { WorkloadIdentity } from "../../../src/gke/workloadIdentity";
import { emailOf, google } from "../../components/gke/google";
import { record } from "../../components/recorder";
import { apply, kubectl, objects } from "../support/cluster";
import { testEngine, useOwnCluster } from "../support/engine";
import { connection, environments, freshNamespace, startPlatform } from "../support/platform";
import { TestStack } from "../support/stack";

useOwnCluster();

const GKE = { platform: "gke-platform" as const, name: "production", region: "europe-west1" };

/** What is made in the cluster, in an order in which it can be. */
const KINDS = ["Namespace", "StorageClass", "ServiceAccount", "PersistentVolume", "PersistentVolumeClaim"];

const read = async (kind: string, name: string) => JSON.parse(await kubectl("get", kind, name, "-o", "json"));

describe("the objects of GKE's storage and identities, on a real API server", function () {
    this.timeout(180_000);

    let namespace: string;

    before(async function () {
        this.timeout(1_800_000);
        await testEngine();
        namespace = freshNamespace();
        const { all } = await record(() => {
            const work = new FilestoreStorage("work", {
                ...{ projectId: "research-1", network: "research", location: "europe-west1-b" },
                sizeGiB: 2560,
            });
            const references = new GcsFuseStorage("references", { bucket: "genomes", mountPath: "/references" });
            const pods = new WorkloadIdentity("pods", {
                ...{ projectId: "research-1", workloadPool: pulumi.output("research-1.svc.id.goog"), namespace },
                buckets: [{ name: "genomes", access: BucketAccess.Read }],
            });
            return new KubernetesComputeEnvironment("prod", {
                ...{ cluster: GKE, credentialsId: "mine", namespace },
                ...{ storage: work.storage, serviceAccounts: pods.serviceAccounts },
                ...{ storageClaims: references.storageClaims, podOptions: references.podOptions },
            });
        }, google());
        for (const kind of KINDS) {
            for (const { inputs } of all.filter(({ type }) => type.endsWith(`:${kind}`))) {
                await apply(inputs);
            }
        }
    });

    after(async () => {
        await kubectl("delete", "namespace", namespace, "--wait=false");
    });

    it("are taken as they are: volumes of both drivers, with claims that are theirs", async () => {
        const claims = await objects(namespace, "persistentvolumeclaims");
        const volumes = await Promise.all(claims.map(({ spec }) => read("persistentvolume", spec.volumeName)));
        assert.deepEqual(
            volumes.map(({ spec }) => [spec.claimRef.name, spec.capacity.storage, spec.csi, spec.mountOptions]).sort(),
            [
                [
                    "nextflow-references",
                    "1Ti",
                    { driver: "gcsfuse.csi.storage.gke.io", volumeHandle: "genomes" },
                    ["implicit-dirs", "ro"],
                ],
                [
                    "nextflow-work",
                    "2560Gi",
                    {
                        driver: "filestore.csi.storage.gke.io",
                        volumeHandle: "modeInstance/europe-west1-b/work-1a2b3c4/work",
                        volumeAttributes: { ip: "10.45.3.2", volume: "work" },
                    },
                    undefined,
                ],
            ],
        );
    });

    it("name the identity on the service accounts of head and task pods", async () => {
        const accounts = await objects(namespace, "serviceaccounts");
        for (const name of ["nextflow-head", "nextflow-task"]) {
            const { annotations } = accounts.find(({ metadata }) => metadata.name === name).metadata;
            assert.equal(annotations["iam.gke.io/gcp-service-account"], emailOf("nextflow-pods-stack"));
        }
    });
});

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
        const { code, output } = await stack.up();
        assert.equal(code, 0, output);
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
        const text = String(environments(platform)[0].config.nextflowConfig);
        assert.match(text, /gke-gcsfuse\/volumes/);
    });

    it("change nothing when nothing changed, and leave nothing behind", async () => {
        const again = await stack.up();
        assert.equal(again.code, 0, again.output);
        assert.deepEqual(Object.keys(again.changes), ["unchanged"]);
        const gone = await stack.destroy();
        assert.equal(gone.code, 0, gone.output);
        assert.deepEqual(environments(platform), []);
        assert.equal((await kubectl("get", "storageclass", "-o", "name")).includes(namespace), false);
        assert.equal((await kubectl("get", "persistentvolume", "-o", "name")).includes(namespace), false);
    });
});
