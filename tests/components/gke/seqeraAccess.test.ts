import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { SeqeraRole } from "../../../src/gke/enums";
import type { GkeSeqeraAccessArgs } from "../../../src/gke/args";
import { GkeSeqeraAccess } from "../../../src/gke/seqeraAccess";
import { HIDDEN, record, valueOf } from "../recorder";
import { itIsRefused, type Refusal } from "../refusedParts";
import { emailOf, google, KEY, UNIQUE_ID } from "./google";

const ARGS: GkeSeqeraAccessArgs = { projectId: "research-1" };
const EMAIL = emailOf("seqera-access-stack");

const run = (args: Partial<GkeSeqeraAccessArgs> = {}) =>
    record(() => new GkeSeqeraAccess("access", { ...ARGS, ...args }), google());

describe("GkeSeqeraAccess of GKE", () => {
    it("makes a service account, its role in the project, a key and the credential", async () => {
        const ran = await run({ projectId: pulumi.output("research-1") });
        assert.deepEqual(ran.labels(), [
            "Account access",
            "Credentials access",
            "GkeSeqeraAccess access",
            "IAMMember access",
            "Key access",
        ]);
        assert.equal(ran.one("GkeSeqeraAccess").type, "pulumi-seqera-kubernetes:index:GkeSeqeraAccess");
        for (const kind of ["Account", "Credentials", "IAMMember", "Key"]) {
            assert.equal(ran.one(kind).parent, "GkeSeqeraAccess access");
        }
        const { accountId, project } = ran.one("Account").inputs;
        assert.deepEqual([accountId, project], ["seqera-access-stack", "research-1"]);
        assert.deepEqual(ran.one("IAMMember").inputs, {
            project: "research-1",
            role: "roles/container.clusterViewer",
            member: `serviceAccount:${EMAIL}`,
        });
        assert.deepEqual(ran.one("Key").inputs, { serviceAccountId: `projects/research-1/serviceAccounts/${EMAIL}` });
        assert.equal(await valueOf(ran.result.serviceAccountEmail), EMAIL);
    });

    it("gives the Platform the key's text, which is nowhere in plain text", async () => {
        const ran = await run();
        assert.deepEqual(ran.one("Credentials").inputs.google, { data: KEY });
        assert.equal(ran.one("Credentials").shown.google, HIDDEN);
        const shown = JSON.stringify(
            ran.all.map((each) => [each.shown, each.type.includes("Key") ? {} : each.outputs]),
        );
        for (const text of ["secret-of-the-key", Buffer.from(KEY).toString("base64")]) {
            assert.ok(!shown.includes(text));
        }
    });

    it("is known in the cluster by its e-mail address, and by its id where a token tells no address", async () => {
        assert.deepEqual(await valueOf((await run()).result.rbacSubjects), [
            { kind: "User", name: EMAIL },
            { kind: "User", name: UNIQUE_ID },
        ]);
    });

    it("can have a role of the project's, which finds clusters and nothing else", async () => {
        const ran = await run({ role: SeqeraRole.Custom });
        const { roleId, permissions, project } = ran.one("IAMCustomRole").inputs;
        assert.deepEqual(
            [roleId, permissions, project],
            ["seqera_access_stack", ["container.clusters.get", "container.clusters.list"], "research-1"],
        );
        assert.equal(ran.one("IAMMember").inputs.role, "projects/research-1/roles/seqera_access_stack");
    });

    it("reads buckets, each by a grant of its own, which takes nothing from others", async () => {
        const ran = await run({ buckets: [{ name: "genomes" }, { name: "results", access: "readWrite" }] });
        assert.deepEqual(
            ran.of("BucketIAMMember").map(({ name, inputs }) => [name, inputs]),
            [
                [
                    "access-genomes",
                    { bucket: "genomes", role: "roles/storage.objectViewer", member: `serviceAccount:${EMAIL}` },
                ],
                [
                    "access-results",
                    { bucket: "results", role: "roles/storage.objectUser", member: `serviceAccount:${EMAIL}` },
                ],
            ],
        );
    });

    it("gives names on, and makes a new key for another version of it", async () => {
        const ran = await run({ accountId: "seqera-gke", credentialsName: "gke", keyVersion: "2026-11" });
        assert.equal(ran.one("Account").inputs.accountId, "seqera-gke");
        assert.equal(ran.one("Credentials").inputs.name, "gke");
        assert.deepEqual(ran.one("Key").inputs.keepers, { version: "2026-11" });
    });

    it("can be a credential that is there already", async () => {
        const ran = await run({ credentialsId: "mine", existingServiceAccountEmail: pulumi.output(EMAIL) });
        assert.deepEqual(ran.labels(), ["GkeSeqeraAccess access"]);
        assert.equal(await valueOf(ran.result.credentialsId), "mine");
        assert.deepEqual(await valueOf(ran.result.rbacSubjects), [{ kind: "User", name: EMAIL }]);
        const { result } = await run({
            credentialsId: "mine",
            existingServiceAccountEmail: EMAIL,
            existingServiceAccountId: UNIQUE_ID,
        });
        assert.deepEqual((await valueOf(result.rbacSubjects))[1], { kind: "User", name: UNIQUE_ID });
    });

    it("lets a compute environment in, which comes after all of it and goes before any of it", async () => {
        const ran = await record(() => {
            const { credentialsId, rbacSubjects } = new GkeSeqeraAccess("access", {
                ...ARGS,
                role: SeqeraRole.Custom,
                buckets: [{ name: "genomes" }],
            });
            return new KubernetesComputeEnvironment("prod", {
                cluster: { platform: "gke-platform", name: "production", region: "europe-west1" },
                credentialsId,
                rbacSubjects,
            });
        }, google());
        assert.equal(ran.one("ComputeEnv").inputs.credentialsId, "credentials-1");
        assert.deepEqual(
            ran.one("RoleBinding", "prod-accounts-launcher").inputs.subjects,
            [EMAIL, UNIQUE_ID].map((name) => ({ kind: "User", name, apiGroup: "rbac.authorization.k8s.io" })),
        );
        const parts = ["Account access", "IAMMember access", "BucketIAMMember access-genomes", "Credentials access"];
        for (const part of parts) {
            assert.ok(ran.one("ComputeEnv").dependencies.includes(part), part);
        }
        for (const part of ["Account access", "IAMMember access", "BucketIAMMember access-genomes"]) {
            assert.ok(ran.one("Key").dependencies.includes(part), part);
        }
        assert.ok(ran.one("Credentials").dependencies.includes("Key access"));
        assert.ok(ran.one("IAMMember").dependencies.includes("IAMCustomRole access"));
    });
});

describe("a GkeSeqeraAccess of GKE that cannot work", () => {
    const cases: Refusal[] = [
        [
            "a role that another resource decides",
            { role: pulumi.output("custom") },
            ["role: must be known at preview; outputs are not allowed here (write a plain value)"],
        ],
        [
            "ids and names that are none",
            {
                projectId: "123456789012",
                accountId: EMAIL,
                role: "editor",
                keyVersion: "",
                buckets: [
                    { name: "gs://genomes/work" },
                    { name: pulumi.output("genomes") },
                    { name: "genomes", access: "write" },
                    { name: "genomes" },
                ],
            },
            [
                "projectId: \"123456789012\" is a project number, not a project id (write the id that `gcloud projects describe 123456789012 --format='value(projectId)'` prints)",
                'accountId: "seqera-access-stack@research-1.iam.gserviceaccount.com" is an e-mail address, not an account id (write the part before the @)',
                'role: unsupported value "editor" (use one of "clusterViewer", "custom")',
                "keyVersion: must not be empty (write its value, or leave the argument out)",
                'buckets[0].name: "gs://genomes/work" is a URL, not a bucket name (write only the bucket\'s name)',
                "buckets[1].name: must be known at preview; outputs are not allowed here (write a plain value, and set dependsOn to the bucket)",
                'buckets[2].access: unsupported value "write" (use one of "read", "readWrite")',
                'buckets: contains the name "genomes" twice (remove one of the two)',
            ],
        ],
        ["no project", { projectId: undefined }, ["projectId: required (write the cluster's projectId)"]],
        [
            "a credential without its service account, beside what is made",
            { credentialsId: "mine", buckets: [], role: "custom" },
            [
                "role: cannot be used with credentialsId: no service account, role or key is created for an existing credential (remove one of the two)",
                "existingServiceAccountEmail: required with credentialsId (write the e-mail address of the service account that the credential uses)",
                "buckets: cannot be used with credentialsId: no service account, role or key is created for an existing credential (remove one of the two)",
            ],
        ],
        [
            "a service account without its credential",
            { existingServiceAccountEmail: EMAIL, existingServiceAccountId: UNIQUE_ID },
            ["existingServiceAccountEmail", "existingServiceAccountId"].map(
                (property) =>
                    `${property}: requires credentialsId: it belongs to an existing credential (set credentialsId too, or remove this argument)`,
            ),
        ],
        [
            "an e-mail address as policies write it",
            { credentialsId: "mine", existingServiceAccountEmail: `serviceAccount:${EMAIL}` },
            [
                'existingServiceAccountEmail: "serviceAccount:seqera-access-stack@research-1.iam.gservi… is a member of an IAM policy, but Kubernetes uses the e-mail address (write only the e-mail address)',
            ],
        ],
        [
            "an e-mail address of a human, and an id that is none",
            {
                credentialsId: "mine",
                existingServiceAccountEmail: "someone@example.com",
                existingServiceAccountId: "seqera",
            },
            [
                'existingServiceAccountEmail: "someone@example.com" is not the e-mail address of a service account (write it like "seqera@research-1.iam.gserviceaccount.com")',
                'existingServiceAccountId: "seqera" is not the unique id of a service account (write the digits that `gcloud iam service-accounts describe` prints as uniqueId)',
            ],
        ],
    ];
    itIsRefused('GkeSeqeraAccess "access"', (args) => new GkeSeqeraAccess("access", { ...ARGS, ...args }), cases);
});
