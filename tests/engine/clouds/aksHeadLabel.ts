import assert from "node:assert/strict";
import { headLabelBinding, headLabelPolicy } from "../../../src/aks/podIdentity";
import { apply, fed } from "../support/cluster";
import { testEngine } from "../support/engine";
import { until } from "../support/wait";

const USE = "azure.workload.identity/use";
const POLICY = "runs-nextflow-head-workload-identity";

/**
 * The policy is for Kubernetes 1.36, where its API is `v1`. Up to 1.35 the same API is there as `v1beta1`, behind a feature
 * gate: that is what this API server has, so what the policy does is seen, with another `apiVersion` in front of it.
 */
describe("the policy that labels head pods, on a real API server", function () {
    this.timeout(60_000);

    before(async function () {
        this.timeout(1_800_000);
        await testEngine();
        const apiVersion = "admissionregistration.k8s.io/v1beta1";
        const metadata = { name: POLICY };
        const accounts = ["runs", "other"].flatMap((namespace) => [
            { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
            ...["nextflow-head", "nextflow-task"].map((name) => ({
                apiVersion: "v1",
                kind: "ServiceAccount",
                metadata: { name, namespace },
            })),
        ]);
        const policy = {
            apiVersion,
            kind: "MutatingAdmissionPolicy",
            metadata,
            spec: headLabelPolicy("nextflow-head"),
        };
        const spec = headLabelBinding(POLICY, "runs");
        const binding = { apiVersion, kind: "MutatingAdmissionPolicyBinding", metadata, spec };
        await apply({ apiVersion: "v1", kind: "List", items: [...accounts, policy, binding] });
        // The API server reads policies every now and then.
        await until("the policy is in force", () => labels("runs", "nextflow-head"), 30_000);
    });

    /** The labels with which the API server would make a pod. */
    async function labels(namespace: string, serviceAccountName: string, own?: object): Promise<unknown> {
        const pod = {
            apiVersion: "v1",
            kind: "Pod",
            metadata: { generateName: "pod-", namespace, labels: own },
            spec: { serviceAccountName, containers: [{ name: "main", image: "none" }] },
        };
        const made = await fed(JSON.stringify(pod), "create", "-o", "json", "-f", "-", "--dry-run=server");
        return JSON.parse(made).metadata.labels;
    }

    it("labels a head pod that has no label", async () =>
        assert.deepEqual(await labels("runs", "nextflow-head"), { [USE]: "true" }));

    it("labels one that has some, and leaves those alone", async () =>
        assert.deepEqual(await labels("runs", "nextflow-head", { app: "nextflow" }), {
            app: "nextflow",
            [USE]: "true",
        }));

    it("labels it once", async () =>
        assert.deepEqual(await labels("runs", "nextflow-head", { [USE]: "true" }), { [USE]: "true" }));

    it("leaves pods of other service accounts alone", async () => {
        assert.equal(await labels("runs", "nextflow-task"), undefined);
        assert.equal(await labels("runs", "default"), undefined);
    });

    it("leaves other namespaces alone", async () => assert.equal(await labels("other", "nextflow-head"), undefined));
});
