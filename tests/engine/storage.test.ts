import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../src/emulator";
import { apply, kubectl, objects } from "./support/cluster";
import { environments, environmentStack, freshNamespace, startPlatform } from "./support/platform";
import type { TestStack } from "./support/stack";

const CLASS = {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: "growing" },
    provisioner: "example.com/none",
    allowVolumeExpansion: true,
};
const VOLUME = {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: "growing" },
    spec: {
        accessModes: ["ReadWriteMany"],
        capacity: { storage: "100Gi" },
        storageClassName: "growing",
        hostPath: { path: "/nowhere" },
    },
};

const GIVEN = { size: "100Gi", storageClassName: "growing" };

describe("storage, on the real engine", function () {
    this.timeout(180_000);

    let platform: PlatformEmulator;
    let namespace: string;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
    });

    after(async () => {
        await platform?.stop();
    });

    async function start(config: Record<string, unknown>): Promise<void> {
        namespace = freshNamespace();
        stack = await environmentStack(platform, namespace, config);
        await mustUp();
    }

    async function mustUp(): Promise<void> {
        const { code, output } = await stack.up();
        assert.equal(code, 0, output);
    }

    async function mustDestroy(): Promise<void> {
        const { code, output } = await stack.destroy();
        assert.equal(code, 0, output);
        assert.deepEqual(environments(platform), []);
    }

    const claim = async () => (await objects(namespace, "persistentvolumeclaims"))[0];

    describe("a work claim that is made", () => {
        before(async () => {
            await apply(CLASS);
            await apply({ ...CLASS, metadata: { name: "other" } });
            await apply(VOLUME);
            await start({ storage: GIVEN });
        });

        for (const [what, change, line] of [
            [
                "another class",
                { storageClassName: "other" },
                /property storageClassName .*: changes the storage class from "growing" to "other", which replaces the claim "nextflow-work" and loses what is on it; write the old value again/,
            ],
            [
                "another name",
                { claimName: "scratch" },
                /property claimName .*: changes the claim's name from "nextflow-work" to "scratch"/,
            ],
            [
                "less room",
                { size: "50Gi" },
                /property size .*: shrinks the claim "nextflow-work" from "100Gi" to "50Gi", which Kubernetes cannot; write "100Gi" or more/,
            ],
        ] as const) {
            it(`is not replaced for ${what}: the preview says so, and an up does nothing to it`, async () => {
                const { metadata } = await claim();
                await stack.configure({ storage: { ...GIVEN, ...change } });
                const preview = await stack.run(["preview"]);
                assert.notEqual(preview.code, 0);
                assert.match(preview.output, line);
                const up = await stack.up();
                assert.notEqual(up.code, 0);
                assert.match(up.output, line);
                assert.equal((await claim()).metadata.uid, metadata.uid);
                await stack.configure({ storage: GIVEN });
            });
        }

        it("grows in place, and nothing else changes", async () => {
            const { metadata } = await bound();
            await stack.configure({ storage: { ...GIVEN, size: "150Gi" } });
            assert.deepEqual(
                (await stack.preview()).map(({ op, type }) => `${op} ${type.split(":").at(-1)}`),
                // A class that is looked up is read each time.
                ["read StorageClass", "update ClaimGuard", "update PersistentVolumeClaim"],
            );
            await mustUp();
            const now = await claim();
            assert.equal(now.metadata.uid, metadata.uid);
            assert.equal(now.spec.resources.requests.storage, "150Gi");
        });

        async function bound(): Promise<any> {
            for (;;) {
                const found = await claim();
                if (found.status.phase === "Bound") {
                    return found;
                }
                await new Promise((resolve) => setTimeout(resolve, 200));
            }
        }

        it("is replaced where that is asked for", async () => {
            const { metadata } = await claim();
            await stack.configure({
                storage: { size: "50Gi", storageClassName: "growing", claimName: "scratch", replaceable: true },
            });
            await mustUp();
            const now = await claim();
            assert.equal(now.metadata.name, "scratch");
            assert.notEqual(now.metadata.uid, metadata.uid);
            assert.equal(environments(platform).length, 1);
            assert.equal(environments(platform)[0].config.storageClaimName, "scratch");
        });

        it("goes with everything else", mustDestroy);
    });

    describe("a work claim on a volume of its own, and further claims", () => {
        const nfs = { server: "10.0.0.5", path: "/exports/work" };
        const genomes = {
            claimName: "genomes",
            mountPath: "/genomes",
            readOnly: true,
            csi: { driver: "d.example.com", volumeHandle: "v-1" },
        };

        before(() => start({ storage: { nfs, size: "2Ti" }, storageClaims: [genomes] }));

        it("are bound to their volumes", async () => {
            const claims = await bound(2);
            assert.deepEqual(
                claims.map(({ metadata, status }) => [metadata.name, status.phase]),
                [
                    ["genomes", "Bound"],
                    ["nextflow-work", "Bound"],
                ],
            );
        });

        it("grow without losing anything: another volume object on the same export", async () => {
            const [, { spec }] = await bound(2);
            await stack.configure({ storage: { nfs, size: "4Ti" } });
            await mustUp();
            const [, now] = await bound(2);
            assert.equal(now.status.capacity.storage, "4Ti");
            assert.notEqual(now.spec.volumeName, spec.volumeName);
            assert.equal(environments(platform).length, 1);
        });

        it("go, and leave no volume behind", async () => {
            await mustDestroy();
            const { items } = JSON.parse(await kubectl("get", "persistentvolumes", "-o", "json"));
            assert.deepEqual(
                items.filter(({ spec }: any) => spec.claimRef?.namespace === namespace),
                [],
            );
        });

        async function bound(count: number): Promise<any[]> {
            for (;;) {
                const all = await objects(namespace, "persistentvolumeclaims");
                if (all.filter(({ status }) => status.phase === "Bound").length === count) {
                    return all.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
                }
                await new Promise((resolve) => setTimeout(resolve, 200));
            }
        }
    });

    describe("a work claim that is kept", () => {
        before(() => start({ storage: { retainOnDelete: true, storageClassName: "growing" } }));

        it("stays with its namespace when the environment goes, and nothing else does", async () => {
            await mustDestroy();
            const kinds = "persistentvolumeclaims,roles,rolebindings,secrets,deployments";
            assert.deepEqual(
                (await objects(namespace, kinds)).map(({ kind, metadata }) => `${kind} ${metadata.name}`),
                ["PersistentVolumeClaim nextflow-work"],
            );
            assert.deepEqual(
                (await objects(namespace, "serviceaccounts")).map(({ metadata }) => metadata.name),
                ["default"],
            );
        });

        it("is taken up again by referring to it", async () => {
            const { metadata } = await claim();
            await stack.configure({ createNamespace: false, storage: { create: false } });
            await mustUp();
            assert.equal((await claim()).metadata.uid, metadata.uid);
            await mustDestroy();
            await kubectl("delete", "namespace", namespace);
        });
    });
});
