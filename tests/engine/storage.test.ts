import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PlatformEmulator } from "../../src/emulator";
import { apply, kubectl, objects } from "./support/cluster";
import { testEngine } from "./support/engine";
import { environments, environmentStack, freshNamespace, startPlatform } from "./support/platform";
import type { TestStack } from "./support/stack";
import { until } from "./support/wait";

/** Classes and volumes are the whole cluster's, which others use, too. */
const GROWING = `growing-${process.pid}`;
const OTHER = `other-${process.pid}`;

const storageClass = (name: string) => ({
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name },
    provisioner: "example.com/none",
    allowVolumeExpansion: true,
});
const VOLUME = {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: GROWING },
    spec: {
        accessModes: ["ReadWriteMany"],
        capacity: { storage: "100Gi" },
        storageClassName: GROWING,
        hostPath: { path: "/nowhere" },
    },
};

const GIVEN = { size: "100Gi", storageClassName: GROWING };
const NFS = { server: "10.0.0.5", path: "/exports/work" };
const GENOMES = {
    claimName: "genomes",
    mountPath: "/genomes",
    readOnly: true,
    csi: { driver: "d.example.com", volumeHandle: "v-1" },
};

describe("the storage of one environment, on the real engine", function () {
    this.timeout(180_000);
    this.bail(true);

    const namespace = freshNamespace();
    let platform: PlatformEmulator;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
        await apply({
            apiVersion: "v1",
            kind: "List",
            items: [storageClass(GROWING), storageClass(OTHER), VOLUME],
        });
        stack = await environmentStack(platform, namespace, {
            storage: { nfs: NFS, size: "2Ti" },
            storageClaims: [GENOMES],
        });
        await stack.mustUp();
    });

    after(async () => {
        await platform?.stop();
        await kubectl("delete", `storageclass/${GROWING}`, `storageclass/${OTHER}`, `persistentvolume/${GROWING}`);
        await kubectl("delete", "namespace", namespace, "--wait=false");
    });

    const claims = () => objects(namespace, "persistentvolumeclaims");

    /** The one claim that there is. */
    async function claim(): Promise<any> {
        const [only, ...more] = await claims();
        assert.deepEqual(more, []);
        return only;
    }

    /** The claims by name, once each has its volume. */
    const bound = (count: number): Promise<any[]> =>
        until(`${count} claims are bound`, async () => {
            const all = (await claims()).filter(({ status }) => status.phase === "Bound");
            return all.length === count && all.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
        });

    async function mustDestroy(): Promise<void> {
        await stack.mustDestroy();
        assert.deepEqual(environments(platform), []);
    }

    describe("a work claim on a volume of its own, and further claims", () => {
        it("are bound to their volumes", async () => {
            assert.deepEqual(
                (await bound(2)).map(({ metadata }) => metadata.name),
                ["genomes", "nextflow-work"],
            );
        });

        it("grow without losing anything: another volume object on the same export", async () => {
            const [, { spec }] = await bound(2);
            await stack.configure({ storage: { nfs: NFS, size: "4Ti" } });
            await stack.mustUp();
            const [, now] = await bound(2);
            assert.equal(now.status.capacity.storage, "4Ti");
            assert.notEqual(now.spec.volumeName, spec.volumeName);
            assert.equal(environments(platform).length, 1);
        });

        it("go, and leave no volume behind", async () => {
            // The data of a volume of NFS outlives its claim, so nothing guards that.
            await stack.configure({ storage: GIVEN, storageClaims: undefined });
            await stack.mustUp();
            const { items } = JSON.parse(await kubectl("get", "persistentvolumes", "-o", "json"));
            assert.deepEqual(
                items.filter(
                    ({ metadata, spec }: any) => spec.claimRef?.namespace === namespace && metadata.name !== GROWING,
                ),
                [],
            );
            assert.equal(environments(platform).length, 1);
        });
    });

    describe("a work claim of a storage class", () => {
        it("is not replaced for another class or name: the preview says so, and an up does nothing to it", async () => {
            const { metadata } = await claim();
            await stack.configure({ storage: { ...GIVEN, storageClassName: OTHER, claimName: "scratch" } });
            const said = [
                new RegExp(
                    `storageClassName: changes the storage class from "${GROWING}" to "${OTHER}", which replaces the claim "nextflow-work" and loses its data \\(write the old value again`,
                ),
                /claimName: changes the claim's name from "nextflow-work" to "scratch"/,
            ];
            for (const args of [["preview"], ["up", "--yes", "--skip-preview"]]) {
                const { output } = await stack.mustFail(said[0], args);
                assert.match(output, said[1]);
            }
            assert.equal((await claim()).metadata.uid, metadata.uid);
        });

        it("grows in place, and nothing else changes", async () => {
            const [{ metadata }] = await bound(1);
            await stack.configure({ storage: { ...GIVEN, size: "150Gi" } });
            assert.deepEqual(
                (await stack.preview()).map(({ op, type }) => `${op} ${type.split(":").at(-1)}`),
                // A class that is looked up is read each time.
                ["read StorageClass", "update PersistentVolumeClaim"],
            );
            await stack.mustUp();
            const now = await claim();
            assert.equal(now.metadata.uid, metadata.uid);
            assert.equal(now.spec.resources.requests.storage, "150Gi");
        });

        it("is taken back after a resize that Kubernetes refuses, and is never shrunk (issue 15, point 6)", async () => {
            await kubectl("patch", `storageclass/${GROWING}`, "--patch", '{"allowVolumeExpansion":false}');
            await stack.configure({ storage: { ...GIVEN, size: "200Gi" } });
            await stack.mustFail(/only dynamically provisioned pvc can be resized/);
            await stack.configure({ storage: { ...GIVEN, size: "150Gi" } });
            await stack.mustUp();
            await stack.mustRest();
            assert.equal((await claim()).spec.resources.requests.storage, "150Gi");
            await stack.configure({ storage: { ...GIVEN, size: "100Gi" } });
            await stack.mustFail(/spec\.resources\.requests\.storage: Forbidden: field can not be less than/, [
                "preview",
            ]);
        });

        it("is not replaced with the default provider, whose kubeconfig names another cluster (case 1)", async () => {
            const { kubeconfig } = (await testEngine()).cluster;
            const renamed = join(stack.directory, "renamed.kubeconfig");
            writeFileSync(renamed, readFileSync(kubeconfig, "utf8").replaceAll("127.0.0.1", "localhost"));
            await stack.configure({ storage: { ...GIVEN, size: "150Gi" }, "kubernetes:kubeconfig": renamed });
            await stack.mustFail(/clusterProvider: is another Kubernetes provider/, ["preview"]);
            await stack.configure({ "kubernetes:kubeconfig": kubeconfig });
        });

        it("is not left to others, which would delete it (case 1)", async () => {
            await stack.configure({ storage: { create: false } });
            await stack.mustFail(/create: is now false, which deletes the claim "nextflow-work"/, ["preview"]);
        });

        it("is replaced where that is asked for", async () => {
            const { metadata } = await claim();
            await stack.configure({
                storage: { ...GIVEN, size: "50Gi", claimName: "scratch", replaceable: true, retainOnDelete: true },
            });
            await stack.mustUp();
            const now = await claim();
            assert.equal(now.metadata.name, "scratch");
            assert.notEqual(now.metadata.uid, metadata.uid);
            assert.equal(environments(platform).length, 1);
            assert.equal(environments(platform)[0].config.storageClaimName, "scratch");
        });
    });

    describe("a work claim that is kept", () => {
        it("stays with its namespace when the environment goes, and nothing else does", async () => {
            await mustDestroy();
            const kinds = "persistentvolumeclaims,roles,rolebindings,secrets,deployments";
            assert.deepEqual(
                (await objects(namespace, kinds)).map(({ kind, metadata }) => `${kind} ${metadata.name}`),
                ["PersistentVolumeClaim scratch"],
            );
            assert.deepEqual(
                (await objects(namespace, "serviceaccounts")).map(({ metadata }) => metadata.name),
                ["default"],
            );
        });

        it("is taken up again by referring to it", async () => {
            const { metadata } = await claim();
            await stack.configure({ createNamespace: false, storage: { create: false, claimName: "scratch" } });
            await stack.mustUp();
            assert.equal((await claim()).metadata.uid, metadata.uid);
            await mustDestroy();
        });
    });
});
