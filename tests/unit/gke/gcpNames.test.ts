import assert from "node:assert/strict";
import {
    accountId,
    checkAccountId,
    checkBucketName,
    checkClusterName,
    checkLocation,
    checkProjectId,
    checkServiceAccountEmail,
    checkUniqueId,
    parseClusterId,
    regionOf,
    roleId,
} from "../../../src/gke/gcpNames";
import { reasonOf } from "../compile/support";
import { CLUSTER } from "./clusters";

describe("names in Google Cloud", () => {
    it("reads the id of a cluster, in a region or a zone", () => {
        const { id, ...parts } = CLUSTER;
        assert.deepEqual(parseClusterId(id), parts);
        assert.deepEqual(parseClusterId("projects/a.com:research/zones/europe-west1-b/clusters/production"), {
            projectId: "a.com:research",
            location: "europe-west1-b",
            name: "production",
        });
        assert.equal(parseClusterId("production"), undefined);
        assert.equal(parseClusterId(`${id}/nodePools/default`), undefined);
    });

    it("knows the region of a zone", () => {
        assert.equal(regionOf("europe-west1-b"), "europe-west1");
        assert.equal(regionOf("northamerica-northeast2"), "northamerica-northeast2");
    });

    for (const [check, right, wrong] of [
        [checkClusterName, ["production", "a", "a-1", "a".repeat(40)], ["", "Prod", "1a", "a-", "a_b", "a".repeat(41)]],
        [
            checkLocation,
            ["europe-west1", "europe-west1-b", "northamerica-northeast2-a"],
            ["", "europe", "EUROPE-WEST1", "europe-west", "europe-west1-b-c", "europe-west1 "],
        ],
        [
            checkProjectId,
            ["research-1", "example.com:research", "a23456"],
            ["", "short", "Research", "1research", "research-", "a".repeat(31), "123456789012", "projects/research-1"],
        ],
        [checkBucketName, ["genomes", "a.b_c-d", "123"], ["", "ab", "Genomes", "-a-", "gs://genomes", "genomes/work"]],
        [
            checkAccountId,
            ["seqera", "seqera-prod", "a".repeat(30)],
            [
                "",
                "short",
                "Seqera-prod",
                "1seqera",
                "seqera-",
                "a".repeat(31),
                "seqera@research-1.iam.gserviceaccount.com",
            ],
        ],
        [
            checkServiceAccountEmail,
            [
                "seqera@research-1.iam.gserviceaccount.com",
                "seqera@research.example.com.iam.gserviceaccount.com",
                "123456789012-compute@developer.gserviceaccount.com",
            ],
            [
                "",
                "seqera",
                "someone@example.com",
                "Seqera@research-1.iam.gserviceaccount.com",
                "seqera@research-1.iam.gserviceaccount.com ",
                "seqera@iam.gserviceaccount.com.example.com",
                "serviceAccount:seqera@research-1.iam.gserviceaccount.com",
                "110312345678901234567",
            ],
        ],
        [checkUniqueId, ["110312345678901234567"], ["", "1103", "seqera@research-1.iam.gserviceaccount.com"]],
    ] as const) {
        it(`judges by ${check.name}`, () => {
            for (const name of right) {
                assert.equal(check(name), undefined, name);
            }
            for (const name of wrong) {
                reasonOf(check, name);
            }
        });
    }

    it("says what a slip is", () => {
        assert.equal(
            reasonOf(checkBucketName, "gs://genomes"),
            '"gs://genomes" is a URL, not a bucket name (write only the bucket\'s name)',
        );
        assert.match(
            reasonOf(checkProjectId, "123456789012"),
            /^"123456789012" is a project number, not a project id \(write the id that /,
        );
    });

    it("makes ids that Google takes of any names, different ones of different names", () => {
        assert.equal(accountId("seqera", "prod", "dev"), "seqera-prod-dev");
        assert.equal(roleId("seqera", "prod", "dev"), "seqera_prod_dev");
        const names = ["Prod_1", "a.b--c-", "production-of-the-whole-institute", "production-of-the-whole-department"];
        for (const name of names) {
            assert.equal(checkAccountId(accountId("seqera", name)), undefined, accountId("seqera", name));
            assert.match(roleId("seqera", name, name), /^[a-zA-Z0-9_.]{3,64}$/);
        }
        assert.equal(new Set(names.map((name) => accountId("seqera", name))).size, names.length);
        assert.equal(new Set(names.map((name) => roleId("seqera", name.repeat(3)))).size, names.length);
    });
});
