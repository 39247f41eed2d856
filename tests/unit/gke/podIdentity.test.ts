import assert from "node:assert/strict";
import { checkProjectNumber, checkWorkloadPool, poolMember, principal } from "../../../src/gke/podIdentity";

describe("the identity of pods in Google Cloud", () => {
    it("is a member of the policy of the service account that they act as", () => {
        assert.equal(
            poolMember("research-1.svc.id.goog", "runs", "nextflow-head"),
            "serviceAccount:research-1.svc.id.goog[runs/nextflow-head]",
        );
    });

    it("is a principal of its own, by the number of the project", () => {
        assert.equal(
            principal("123456789012", "research-1.svc.id.goog", "runs", "nextflow-head"),
            "principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/research-1.svc.id.goog/subject/ns/runs/sa/nextflow-head",
        );
    });

    for (const pool of ["research-1.svc.id.goog", "example.com:research-1.svc.id.goog", "research-1.svc.id.s3ns.fr"]) {
        it(`is in a pool as the cluster tells it: ${pool}`, () => assert.equal(checkWorkloadPool(pool), undefined));
    }

    for (const pool of [
        "research-1",
        "projects/1/locations/global/workloadIdentityPools/research-1",
        "a b.svc.id.goog",
    ]) {
        it(`is in no pool that is none: ${pool}`, () =>
            assert.match(checkWorkloadPool(pool) ?? "", /is not the workload identity pool of a cluster/));
    }

    it("is told no project by its id where its number belongs", () => {
        assert.equal(checkProjectNumber("123456789012"), undefined);
        assert.match(checkProjectNumber("research-1") ?? "", /is not a project number/);
    });
});
