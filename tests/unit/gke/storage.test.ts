import assert from "node:assert/strict";
import { validate } from "../../../src/compile/rules/rules";
import { FilestoreConnection, FilestoreTier } from "../../../src/gke/enums";
import {
    filestoreClassParameters,
    filestoreVolume,
    isRegional,
    leastSize,
    networkName,
    parseNetwork,
} from "../../../src/gke/filestore";
import { mountOptions, ownOption, sidecarAnnotations } from "../../../src/gke/gcsFuse";
import { bucketWarnings } from "../../../src/gke/gcsFuseRules";
import { filestoreRules } from "../../../src/gke/storageRules";

const { DirectPeering, PrivateServiceAccess } = FilestoreConnection;
const SHARED = "projects/networks-1/global/networks/shared";

/** Faults of a size, for a tier. */
const sizeFaults = (tier: FilestoreTier, sizeGiB: number) =>
    validate(filestoreRules, {
        ...{ projectId: "research-1", network: "research", tier, sizeGiB },
        location: isRegional(tier) ? "europe-west1" : "europe-west1-b",
    }).map(({ property, reason }) => `${property}: ${reason}`);

describe("Filestore", () => {
    const sizes: [tier: FilestoreTier, right: number[], wrong: [given: number, written: number][]][] = [
        [
            FilestoreTier.BasicHdd,
            [100, 1024, 65_433],
            [
                [99, 100],
                [65_434, 65_433],
                [100.5, 101],
            ],
        ],
        [FilestoreTier.BasicSsd, [2560, 65_433], [[2559, 2560]]],
        [
            FilestoreTier.Zonal,
            [1024, 1280, 9984, 10_240, 102_400],
            [
                [0, 1024],
                [1025, 1280],
                [10_000, 10_240],
                [10_241, 12_800],
                [200_000, 102_400],
            ],
        ],
        [
            FilestoreTier.Regional,
            [100, 101, 9984, 10_240, 102_400],
            [
                [99, 100],
                [9985, 10_240],
            ],
        ],
        [
            FilestoreTier.Enterprise,
            [1024, 10_240],
            [
                [1000, 1024],
                [10_241, 10_240],
            ],
        ],
    ];
    for (const [tier, right, wrong] of sizes) {
        it(`has the sizes of its tier, and says the next one: ${tier}`, () => {
            for (const size of right) {
                assert.deepEqual(sizeFaults(tier, size), [], String(size));
            }
            for (const [given, written] of wrong) {
                const [fault, ...others] = sizeFaults(tier, given);
                assert.ok(
                    fault.startsWith(`sizeGiB: ${given} is not a size of the tier "${tier}", which supports `),
                    fault,
                );
                assert.ok(fault.endsWith(` (write ${written})`), fault);
                assert.deepEqual(others, []);
                assert.deepEqual(sizeFaults(tier, written), [], "what is to be written is right");
            }
            assert.deepEqual(sizeFaults(tier, leastSize(tier)), []);
        });
    }

    it("is refused a size that is no number", () => {
        assert.match(sizeFaults(FilestoreTier.Zonal, NaN)[0], /^sizeGiB: NaN is not a size .* \(write 1024\)$/);
    });

    it("knows a network by its name, in full, and by its address", () => {
        assert.deepEqual(parseNetwork("research"), { projectId: undefined, name: "research" });
        assert.deepEqual(parseNetwork(SHARED), { projectId: "networks-1", name: "shared" });
        assert.deepEqual(parseNetwork(`https://www.googleapis.com/compute/v1/${SHARED}`), {
            projectId: "networks-1",
            name: "shared",
        });
        for (const wrong of ["", "Research", "projects/networks-1/networks/shared", "10.0.0.0/16"]) {
            assert.equal(parseNetwork(wrong), undefined, wrong);
        }
    });

    it("is told a network of its own project by name, and another one in full", () => {
        assert.equal(networkName(SHARED, DirectPeering), "shared");
        assert.equal(networkName(SHARED, PrivateServiceAccess), SHARED);
        assert.equal(networkName("research", PrivateServiceAccess), "research");
    });

    it("is a volume as the driver names it", () => {
        assert.deepEqual(filestoreVolume("europe-west1", "work-1a2b", "10.45.3.2"), {
            volumeHandle: "modeInstance/europe-west1/work-1a2b/work",
            volumeAttributes: { ip: "10.45.3.2", volume: "work" },
        });
    });

    it("has its key in a storage class", () => {
        assert.deepEqual(
            filestoreClassParameters(FilestoreTier.Enterprise, SHARED, PrivateServiceAccess, "projects/k"),
            {
                tier: "enterprise",
                network: SHARED,
                "connect-mode": "PRIVATE_SERVICE_ACCESS",
                "instance-encryption-kms-key": "projects/k",
            },
        );
    });
});

describe("Cloud Storage FUSE", () => {
    it("comes into a pod by an annotation, with limits where there are any", () => {
        assert.deepEqual(sidecarAnnotations({}), { "gke-gcsfuse/volumes": "true" });
        assert.deepEqual(sidecarAnnotations({ cpu: "0", memory: "1Gi", disk: "10Gi" }), {
            "gke-gcsfuse/volumes": "true",
            "gke-gcsfuse/cpu-limit": "0",
            "gke-gcsfuse/memory-limit": "1Gi",
            "gke-gcsfuse/ephemeral-storage-limit": "10Gi",
        });
    });

    it("sees directories that nobody made", () => {
        assert.deepEqual(mountOptions(undefined, false, {}, []), ["implicit-dirs"]);
        assert.deepEqual(mountOptions("hg38", true, { uid: 0, gid: 5 }, ["debug_fuse"]), [
            ...["implicit-dirs", "only-dir=hg38", "ro", "uid=0", "gid=5"],
            "debug_fuse",
        ]);
    });

    it("lets nobody set twice what follows from arguments", () => {
        assert.deepEqual(["uid=5", "ro", "only-dir:x"].map(ownOption), ["uid", "ro", "only-dir"]);
        assert.deepEqual(["file-cache:max-size-mb:-1", "uid-map=1"].map(ownOption), [undefined, undefined]);
    });

    it("is told of a bucket in another region by region, whatever the zone and the letters", () => {
        const told = (location: string, clusterLocation?: string) =>
            validate(bucketWarnings, { name: "genomes", location, clusterLocation }).length;
        assert.equal(told("EUROPE-WEST1", "europe-west1-b"), 0);
        assert.equal(told("EUROPE-WEST4", "europe-west1"), 1);
        assert.equal(told("EU", "europe-west1"), 0);
        assert.equal(told("EUROPE-WEST4"), 0);
    });
});
