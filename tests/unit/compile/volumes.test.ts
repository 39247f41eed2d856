import assert from "node:assert/strict";
import { claimLosses } from "../../../src/compile/storage/claimChanges";
import { storageWarnings } from "../../../src/compile/storage/claimRules";
import { volumeClaimRules } from "../../../src/compile/storage/volumeRules";
import { type HeldClaim, persistentVolume, type VolumeArguments } from "../../../src/compile/storage/volumes";
import { lines } from "./support";

const NFS: VolumeArguments = {
    namespace: "runs",
    claimName: "genomes",
    size: "1Ti",
    accessModes: ["ReadWriteMany"],
    nfs: { server: "10.0.0.5", path: "/exports/genomes" },
};

describe("a volume that is there already", () => {
    it("is reserved for its claim, and outlives both", () => {
        const { name, spec } = persistentVolume(NFS);
        assert.match(name, /^runs-genomes-[0-9a-f]{7}$/);
        assert.deepEqual(spec, {
            capacity: { storage: "1Ti" },
            accessModes: ["ReadWriteMany"],
            persistentVolumeReclaimPolicy: "Retain",
            claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: "runs", name: "genomes" },
            nfs: { server: "10.0.0.5", path: "/exports/genomes" },
        });
    });

    it("may be one of a driver, read-only, with options of its mount", () => {
        const { nfs: _, ...shared } = NFS;
        const { spec } = persistentVolume({
            ...shared,
            readOnly: true,
            mountOptions: ["tls"],
            csi: { driver: "d", volumeHandle: "h", fsType: "ext4", volumeAttributes: { b: "2", a: "1" } },
        });
        assert.deepEqual(spec.mountOptions, ["tls"]);
        assert.deepEqual(spec.csi, {
            driver: "d",
            volumeHandle: "h",
            fsType: "ext4",
            volumeAttributes: { a: "1", b: "2" },
            readOnly: true,
        });
    });

    it("has a name of its own for every namespace, claim and place, and the same one every time", () => {
        const others: Partial<VolumeArguments>[] = [
            {},
            { namespace: "runs-genomes", claimName: "x" },
            { namespace: "runs", claimName: "genomes-x" },
            { nfs: { server: "10.0.0.6", path: "/exports/genomes" } },
            { size: "2Ti" },
            { accessModes: ["ReadOnlyMany"] },
            { mountOptions: ["ro"] },
        ];
        const names = others.map((other) => persistentVolume({ ...NFS, ...other }).name);
        assert.equal(new Set(names).size, names.length);
        const turned = Object.fromEntries(Object.entries(NFS).reverse()) as unknown as VolumeArguments;
        assert.equal(persistentVolume(turned).name, names[0]);
    });

    it("has a name of at most 63 characters that Kubernetes takes", () => {
        const { name } = persistentVolume({ ...NFS, namespace: "n".repeat(63), claimName: "c".repeat(200) });
        assert.match(name, /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])$/);
    });

    it("is one of two kinds", () => {
        assert.deepEqual(lines(volumeClaimRules, { namespace: "n", claimName: "c" }), [
            'nfs: required unless csi is set (write where the volume is, like { server: "10.0.0.5", path: "/exports/genomes" })',
        ]);
        const both = { namespace: "n", claimName: "c", nfs: NFS.nfs, csi: { driver: "d", volumeHandle: "h" } };
        assert.deepEqual(lines(volumeClaimRules, both), [
            "csi: cannot be used with nfs, which is another volume (remove one of the two)",
        ]);
    });
});

describe("a change of a claim", () => {
    const before: HeldClaim = {
        namespace: "runs",
        claimName: "work",
        storageClassName: "nfs",
        accessModes: ["ReadWriteMany"],
        clusterProvider: "one",
    };
    const losses = (change: Partial<HeldClaim>, old: Partial<HeldClaim> = {}) =>
        claimLosses({ ...before, ...old }, { ...before, ...old, ...change }).map(
            ({ property, reason }) => `${property}: ${reason}`,
        );
    const REMEDY =
        "write the old value again; to move the data, copy it first; to discard the data, or if no run has created the claim yet, set storage.replaceable to true for one pulumi up";
    const replaced = (property: string, what: string, from: string, to: string) => [
        `${property}: changes ${what} from ${from} to ${to}, which replaces the claim "work" and loses its data (${REMEDY})`,
    ];

    it("is none when nothing differs", () => {
        assert.deepEqual(losses({}), []);
        assert.deepEqual(losses({ storageClassName: "nfs", volumeName: null, matchLabels: undefined }), []);
    });

    const another = (what: string) => [
        `clusterProvider: is another Kubernetes provider, or one that will be replaced, which replaces ${what} (` +
            'if it is the same cluster, restore the provider, set its clusterIdentifier, like "production", run pulumi up, and only then change it; ' +
            "to keep the data of another cluster, set storage.retainOnDelete to true and run pulumi up first; to discard the data, or if no run has created the claim yet, set storage.replaceable to true for one pulumi up)",
    ];

    const cases: [Partial<HeldClaim>, string[]][] = [
        [{ storageClassName: "efs" }, replaced("storageClassName", "the storage class", '"nfs"', '"efs"')],
        [{ storageClassName: undefined }, replaced("storageClassName", "the storage class", '"nfs"', "none")],
        [{ volumeName: "v" }, replaced("volumeName", "the volume", "none", '"v"')],
        [
            { accessModes: ["ReadWriteOnce"] },
            replaced("accessModes", "the access modes", '["ReadWriteMany"]', '["ReadWriteOnce"]'),
        ],
        [{ matchLabels: { a: "b" } }, replaced("matchLabels", "the selector", "none", '{"a":"b"}')],
        [{ claimName: "scratch" }, replaced("claimName", "the claim's name", '"work"', '"scratch"')],
        [{ namespace: "others" }, replaced("namespace", "the namespace", '"runs"', '"others"')],
        [{ clusterProvider: "two" }, another('the claim "work" and loses its data')],
        [
            { ofVolume: true },
            [
                'ofVolume: nfs or csi gives the claim another volume, which replaces the claim "work" and loses its data (copy the data there first; to discard the data, or if no run has created the claim yet, set storage.replaceable to true for one pulumi up)',
            ],
        ],
        [
            { referred: true },
            [
                'create: is now false, which deletes the claim "work" and loses its data (set storage.retainOnDelete to true and run pulumi up first; to discard the data, or if no run has created the claim yet, set storage.replaceable to true for one pulumi up)',
            ],
        ],
    ];
    for (const [change, expected] of cases) {
        it(`of ${Object.keys(change)[0]} to ${JSON.stringify(Object.values(change)[0])} is refused`, () =>
            assert.deepEqual(losses(change), expected));
    }

    it("of the provider is judged where it was recorded, which older versions did not do (case 1)", () =>
        assert.deepEqual(losses({ clusterProvider: "two" }, { clusterProvider: undefined }), []));

    it("of the default provider is one where its settings come to name another cluster, and no identifier says that it is the same (case 1)", () => {
        const of = (old: string, now: string, ids: [string?, string?] = []) =>
            losses(
                { clusterProvider: now, clusterIdentifier: ids[1] },
                { clusterProvider: old, clusterIdentifier: ids[0] },
            );
        const lost = another('the claim "work" and loses its data');
        assert.deepEqual(of("default:a:one", "default:b:two"), lost);
        assert.deepEqual(of("default:a:one", "default:b:two", [undefined, "production"]), lost);
        assert.deepEqual(of("default:a:one", "default:b:two", ["production", "production"]), []);
        assert.deepEqual(of("default:a:one", "default:a:one", ["production", "another"]), lost);
        for (const [old, now] of [
            ["default:a:one", "default:b:one"],
            ["default:path:one", "default:path:two"],
            ["default", "default:b:two"],
            ["default:a:one", "default:b"],
            ["default:a:one", "default"],
        ]) {
            assert.deepEqual(of(old, now), []);
        }
        assert.deepEqual(of("default", "two"), lost);
        assert.deepEqual(of("default:a:one", "two"), lost);
    });

    it("of a claim of the user's own is that of the namespace around it (case 1)", () => {
        const theirs: Partial<HeldClaim> = { referred: true, storageClassName: undefined, accessModes: undefined };
        const lost = 'the namespace "runs" and loses the claim "work" in it';
        assert.deepEqual(losses({ claimName: "scratch", storageClassName: "efs" }, theirs), []);
        assert.deepEqual(losses({ clusterProvider: "two" }, theirs), another(lost));
        assert.deepEqual(losses({ namespace: "others" }, theirs), [
            `namespace: changes the namespace from "runs" to "others", which replaces ${lost} (${REMEDY})`,
        ]);
    });

    it("that gives the new claim another place loses nothing where the old one is kept", () => {
        assert.deepEqual(losses({ claimName: "scratch" }, { retainOnDelete: true }), []);
        assert.deepEqual(losses({ clusterProvider: "two" }, { retainOnDelete: true }), []);
        assert.deepEqual(losses({ referred: true }, { retainOnDelete: true }), []);
    });

    it("of a claim on a volume of its own is none: what lies there stays (case 1)", () => {
        assert.deepEqual(losses({ clusterProvider: "two", claimName: "scratch" }, { ofVolume: true }), []);
        assert.deepEqual(losses({ ofVolume: undefined, storageClassName: "efs" }, { ofVolume: true }), []);
        assert.deepEqual(losses({ namespace: "others", storageClassName: "efs" }, { retainOnDelete: true }), []);
        assert.equal(losses({ storageClassName: "efs" }, { retainOnDelete: true }).length, 1);
    });
});

describe("a claim that is not made in a namespace that is (case 1)", () => {
    const gone =
        "but the namespace is: destroying the namespace deletes the claim and its data (set createNamespace to false, or storage.retainOnDelete or storage.protect to true)";

    it("is warned of", () => {
        assert.deepEqual(lines(storageWarnings, { storage: { create: false } }), [
            `storage.create: is false, so the claim is not created here, ${gone}`,
        ]);
        assert.deepEqual(lines(storageWarnings, { storageClaims: [{ claimName: "genomes" }] }), [
            `storageClaims: has a claim that is not created here, ${gone}`,
        ]);
    });

    it("is not where it is kept, or nothing is deleted", () => {
        const storage = { create: false };
        const kept = [
            { storage, createNamespace: false },
            { storage: { ...storage, retainOnDelete: true } },
            { storage: { ...storage, protect: true } },
            { storageClaims: [{ claimName: "genomes", nfs: {} }] },
        ];
        assert.deepEqual(
            kept.flatMap((args) => lines(storageWarnings, args)),
            [],
        );
    });
});

describe("access modes", () => {
    it("for one node are warned of", () => {
        assert.deepEqual(lines(storageWarnings, { storage: { accessModes: ["ReadWriteOnce"] } }), [
            'storage.accessModes: does not contain "ReadWriteMany", so all pods of all runs must fit on one node (write "ReadWriteMany" if the storage class supports it)',
        ]);
        assert.deepEqual(lines(storageWarnings, { storage: { accessModes: ["ReadWriteMany", "ReadOnlyMany"] } }), []);
        assert.deepEqual(lines(storageWarnings, {}), []);
    });

    it("warns of a class of AKS on which Git cannot work", () => {
        const smb =
            '"azurefile-csi" is an AKS storage class with the SMB protocol, on which Git cannot lock its files, so pipelines cannot be pulled (use a storage class with the parameter protocol: nfs, or set storage.csi to an NFS share)';
        assert.deepEqual(lines(storageWarnings, { storage: { storageClassName: "azurefile-csi" } }), [
            `storage.storageClassName: ${smb}`,
        ]);
        assert.deepEqual(lines(storageWarnings, { advanced: { storageClassName: "azurefile-csi" } }), [
            `advanced.storageClassName: ${smb}`,
        ]);
        assert.deepEqual(lines(storageWarnings, { storage: { storageClassName: "azurefile-nfs" } }), []);
    });
});
