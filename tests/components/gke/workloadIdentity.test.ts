import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { BucketAccess, IdentityMethod } from "../../../src/gke/enums";
import type { GkeWorkloadIdentityArgs } from "../../../src/gke/args";
import { GkeWorkloadIdentity } from "../../../src/gke/workloadIdentity";
import { runHosted } from "../hostedProgram";
import { record, valueOf } from "../recorder";
import { itIsRefused, type Refusal } from "../refusedParts";
import { emailOf, google } from "./google";

const ARGS: GkeWorkloadIdentityArgs = {
    projectId: pulumi.output("research-1"),
    workloadPool: pulumi.output("research-1.svc.id.goog"),
    buckets: [{ name: "genomes-work", access: BucketAccess.ReadWrite }, { name: "references" }],
};
const DIRECT = { method: IdentityMethod.Direct };
const EMAIL = emailOf("nextflow-pods-stack");
const ACCOUNT = `projects/research-1/serviceAccounts/${EMAIL}`;
const SUBJECTS =
    "principal://iam.googleapis.com/projects/123456789012/locations/global/workloadIdentityPools/research-1.svc.id.goog/subject/ns";

/** Functions that Google is asked, beside its answers. */
function listening() {
    const asked: [string, object][] = [];
    const answers = google();
    const calls = (token: string, inputs: Record<string, any>) => {
        asked.push([token, inputs]);
        return token.endsWith(":getProject") ? { number: "123456789012" } : answers.calls!(token, inputs);
    };
    return { asked, options: { ...answers, calls } };
}

const run = (args: Partial<GkeWorkloadIdentityArgs> = {}) =>
    record(() => new GkeWorkloadIdentity("pods", { ...ARGS, ...args }), listening().options);

const inEnvironment = (args: Partial<GkeWorkloadIdentityArgs>) =>
    record(() => {
        const { serviceAccounts } = new GkeWorkloadIdentity("pods", { ...ARGS, ...args });
        const cluster = { platform: "gke-platform" as const, name: "production", region: "europe-west1" };
        return new KubernetesComputeEnvironment("prod", { cluster, credentialsId: "mine", serviceAccounts });
    }, listening().options);

describe("GkeWorkloadIdentity of GKE", () => {
    it("makes a service account that head and task pods may act as, with roles on buckets alone", async () => {
        const ran = await run();
        assert.deepEqual(ran.labels(), [
            "Account pods",
            "BucketIAMMember pods-genomes-work",
            "BucketIAMMember pods-references",
            "GkeWorkloadIdentity pods",
            "IAMMember pods-compute",
            "IAMMember pods-head",
        ]);
        assert.equal(ran.one("GkeWorkloadIdentity").type, "pulumi-seqera-kubernetes:index:GkeWorkloadIdentity");
        for (const { type, parent } of ran.all.filter(({ custom }) => custom)) {
            assert.equal(parent, "GkeWorkloadIdentity pods", type);
        }
        assert.deepEqual(ran.one("Account").inputs.accountId, "nextflow-pods-stack");
        assert.deepEqual(
            ran.of("IAMMember").map(({ type, inputs }) => [type, inputs]),
            ["nextflow-head", "nextflow-task"].map((account) => [
                "gcp:serviceaccount/iAMMember:IAMMember",
                {
                    serviceAccountId: ACCOUNT,
                    role: "roles/iam.workloadIdentityUser",
                    member: `serviceAccount:research-1.svc.id.goog[nextflow/${account}]`,
                },
            ]),
        );
        assert.deepEqual(
            ran.of("BucketIAMMember").map(({ inputs }) => inputs),
            [
                { bucket: "genomes-work", role: "roles/storage.objectUser", member: `serviceAccount:${EMAIL}` },
                { bucket: "references", role: "roles/storage.objectViewer", member: `serviceAccount:${EMAIL}` },
            ],
        );
        assert.equal(await valueOf(ran.result.serviceAccountEmail), EMAIL);
        assert.deepEqual(await valueOf(ran.result.members), [`serviceAccount:${EMAIL}`]);
    });

    it("names it on the pods' service accounts, which come after all of it and go before any of it", async () => {
        const ran = await inEnvironment({});
        for (const account of ["prod-accounts-head", "prod-accounts-compute"]) {
            const { inputs, dependencies } = ran.one("ServiceAccount", account);
            assert.deepEqual(inputs.metadata.annotations, { "iam.gke.io/gcp-service-account": EMAIL });
            for (const part of ["BucketIAMMember pods-references", "IAMMember pods-compute", "IAMMember pods-head"]) {
                assert.ok(dependencies.includes(part), `${part} among ${dependencies.join(", ")}`);
            }
        }
        assert.ok(ran.one("ComputeEnv").dependencies.includes("ServiceAccount prod-accounts-head"));
    });

    it("gives the roles to the pods' own accounts on demand, and makes nothing else", async () => {
        const { asked, options } = listening();
        const ran = await record(() => new GkeWorkloadIdentity("pods", { ...ARGS, ...DIRECT }), options);
        assert.deepEqual(asked, [["gcp:organizations/getProject:getProject", { projectId: "research-1" }]]);
        assert.deepEqual(ran.labels(), [
            "BucketIAMMember pods-genomes-work-compute",
            "BucketIAMMember pods-genomes-work-head",
            "BucketIAMMember pods-references-compute",
            "BucketIAMMember pods-references-head",
            "GkeWorkloadIdentity pods",
        ]);
        assert.deepEqual(ran.one("BucketIAMMember", "pods-genomes-work-compute").inputs, {
            bucket: "genomes-work",
            role: "roles/storage.objectUser",
            member: `${SUBJECTS}/nextflow/sa/nextflow-task`,
        });
        assert.deepEqual(await valueOf(ran.result.members), [
            `${SUBJECTS}/nextflow/sa/nextflow-head`,
            `${SUBJECTS}/nextflow/sa/nextflow-task`,
        ]);
        assert.equal(await valueOf(ran.result.serviceAccountEmail), "");
    });

    it("annotates nothing then, and comes before pods and goes after them all the same", async () => {
        const ran = await inEnvironment(DIRECT);
        const { inputs, dependencies } = ran.one("ServiceAccount", "prod-accounts-compute");
        assert.deepEqual(inputs.metadata.annotations ?? {}, {});
        assert.ok(dependencies.includes("BucketIAMMember pods-genomes-work-head"), dependencies.join(", "));
    });

    it("asks nobody for a number that is given", async () => {
        const { asked, options } = listening();
        const args = { ...ARGS, ...DIRECT, projectNumber: pulumi.output("987654321098") };
        const ran = await record(() => new GkeWorkloadIdentity("pods", args), options);
        assert.deepEqual(asked, []);
        assert.match((await valueOf(ran.result.members))[0], /\/projects\/987654321098\//);
    });

    it("can be for head or task pods alone, and for accounts and a namespace of one's own", async () => {
        const heads = await run({ taskPods: false, namespace: "runs", headServiceAccount: "heads" });
        assert.equal(heads.one("IAMMember").inputs.member, "serviceAccount:research-1.svc.id.goog[runs/heads]");
        assert.deepEqual(heads.result.serviceAccounts.compute, { name: "nextflow-task" });
        const tasks = await run({ ...DIRECT, headPods: false });
        assert.deepEqual(await valueOf(tasks.result.members), [`${SUBJECTS}/nextflow/sa/nextflow-task`]);
        assert.deepEqual(tasks.result.serviceAccounts.head, { name: "nextflow-head" });
    });

    it("trusts an account that heads and tasks share once", async () => {
        const shared = { headServiceAccount: "pods", computeServiceAccount: "pods" };
        assert.equal((await run(shared)).of("IAMMember").length, 1);
        assert.equal((await run({ ...shared, ...DIRECT })).of("BucketIAMMember").length, 2);
    });

    it("lets pods read what buckets are on demand, and takes an id of one's own", async () => {
        const ran = await run({ bucketMetadata: true, accountId: pulumi.output("genomes-pods") });
        assert.equal(ran.one("Account").inputs.accountId, "genomes-pods");
        assert.deepEqual(ran.one("BucketIAMMember", "pods-references-metadata").inputs, {
            bucket: "references",
            role: "roles/storage.legacyBucketReader",
            member: `serviceAccount:${emailOf("genomes-pods")}`,
        });
        assert.equal(ran.of("BucketIAMMember").length, 4);
    });
});

describe("a GkeWorkloadIdentity of GKE that cannot work", () => {
    const cases: Refusal[] = [
        [
            "a cluster without a pool",
            { workloadPool: "" },
            [
                "workloadPool: is empty because the cluster has no workload identity pool (set workloadIdentity on the GkeExistingCluster to see the command that enables it)",
            ],
        ],
        [
            "nothing of the cluster",
            { projectId: undefined, workloadPool: undefined },
            [
                "projectId: required (write the cluster's projectId)",
                "workloadPool: required (write the cluster's workloadPool)",
            ],
        ],
        [
            "a method that another resource decides",
            { method: pulumi.output(IdentityMethod.Direct), projectNumber: "1" },
            ["method: must be known at preview; outputs are not allowed here (write a plain value)"],
        ],
        [
            "values that are none",
            {
                projectId: "123456789012",
                workloadPool: "research-1",
                method: "key",
                namespace: "Nextflow",
                bucketMetadata: pulumi.output(true),
                buckets: [{ name: "gs://genomes" }, { name: "references", access: "write" }],
            },
            [
                "projectId: \"123456789012\" is a project number, not a project id (write the id that `gcloud projects describe 123456789012 --format='value(projectId)'` prints)",
                'workloadPool: "research-1" is not the workload identity pool of a cluster (write the cluster\'s workloadPool, like "research-1.svc.id.goog")',
                'method: unsupported value "key" (use one of "serviceAccount", "direct")',
                'namespace: "Nextflow" is not an RFC 1123 label (use lower-case letters, digits and dashes; begin and end with a letter or digit, like "nextflow")',
                "bucketMetadata: must be known at preview; outputs are not allowed here (write a plain value)",
                'buckets[0].name: "gs://genomes" is a URL, not a bucket name (write only the bucket\'s name)',
                'buckets[1].access: unsupported value "write" (use one of "read", "readWrite")',
            ],
        ],
        [
            "what belongs to the other way",
            { projectNumber: "research-1" },
            [
                'projectNumber: "research-1" is not a project number (write the digits that `gcloud projects describe` prints as projectNumber)',
                'projectNumber: cannot be used when method is "serviceAccount" (remove this argument, or set method to "direct")',
            ],
        ],
        [
            "an account where none is made",
            { ...DIRECT, accountId: pulumi.output("pods") },
            [
                'accountId: cannot be used when method is "direct" (remove this argument, or set method to "serviceAccount")',
            ],
        ],
        [
            "an identity of nobody",
            { headPods: false, taskPods: false },
            ["taskPods: cannot be false when headPods is false: no pod would use the identity (remove one of the two)"],
        ],
    ];
    itIsRefused('GkeWorkloadIdentity "pods"', (args) => new GkeWorkloadIdentity("pods", { ...ARGS, ...args }), cases);

    it("is refused later for what is known later, and pods are trusted by nobody", async () => {
        const run = await runHosted(
            `new (part("gke").GkeWorkloadIdentity)("pods", { projectId: "research-1", workloadPool: pulumi.output("") });`,
        );
        assert.deepEqual(run.errors, [
            'GkeWorkloadIdentity "pods" has invalid arguments:\n  workloadPool: is empty because the cluster has no workload identity pool (set workloadIdentity on the GkeExistingCluster to see the command that enables it)',
        ]);
        assert.ok(!run.registered.some((type) => /IAMMember/.test(type)), run.registered.join(", "));
        assert.notEqual(run.code, 0);
    });
});
