import assert from "node:assert/strict";
import { type Provider, sharedProvider, UNKNOWN } from "./support";

const CLAIM = {
    namespace: "runs",
    claimName: "work",
    storageClassName: "nfs",
    accessModes: ["ReadWriteMany"],
    clusterProvider: "5f3a",
};

describe("a claim's guard", () => {
    let provider: Provider;
    before(async () => {
        provider = await sharedProvider();
    });

    const failures = async (olds: object, news: object) =>
        (await provider.check("claimGuard", olds, news)).failures.map(({ property }: { property: string }) => property);

    it("takes whatever a new claim is", async () => assert.deepEqual(await failures({}, CLAIM), []));

    it("refuses what would lose data, unless that is asked for", async () => {
        const other = { ...CLAIM, storageClassName: "efs", accessModes: ["ReadWriteOnce"] };
        assert.deepEqual(await failures(CLAIM, other), ["storageClassName", "accessModes"]);
        assert.deepEqual(await failures(CLAIM, { ...other, replaceable: true }), []);
    });

    it("waits until everything is known", async () =>
        assert.deepEqual(await failures(CLAIM, { ...CLAIM, storageClassName: UNKNOWN }), []));

    it("refuses another provider, also while its id is not known (case 1)", async () => {
        for (const clusterProvider of [UNKNOWN, "0b7e", "default"]) {
            assert.deepEqual(await failures(CLAIM, { ...CLAIM, clusterProvider }), ["clusterProvider"]);
        }
        assert.deepEqual(await failures({}, { ...CLAIM, clusterProvider: UNKNOWN }), []);
        const { clusterProvider: _, ...older } = CLAIM;
        assert.deepEqual(await failures(older, { ...CLAIM, clusterProvider: UNKNOWN }), []);
    });

    it("goes by what older versions wrote, and leaves the size to Kubernetes (case 1)", async () => {
        const older = { ...CLAIM, size: "500Gi", clusterProvider: undefined };
        assert.deepEqual(await failures(older, CLAIM), []);
        assert.deepEqual(await failures(older, { ...CLAIM, storageClassName: "efs" }), ["storageClassName"]);
    });

    it("remembers in place, and calls nobody", async () => {
        const made = await provider.make("claimGuard", CLAIM);
        assert.equal(made.id, "runs/work");
        const diff = await provider.diff(made, { ...CLAIM, retainOnDelete: true });
        assert.deepEqual([diff.changes, diff.replaces], ["DIFF_SOME", []]);
        const same = await provider.diff(made, CLAIM);
        assert.equal(same.changes, "DIFF_NONE");
    });
});
