import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { headLabelBinding, headLabelPolicy } from "../../../src/aks/podIdentity";
import { type ControlPlane, startControlPlane } from "../../../tools/cluster";
import { testEngine } from "../support/engine";

const run = promisify(execFile);

const USE = "azure.workload.identity/use";
const POLICY = "runs-nextflow-head-workload-identity";

/**
 * The policy is for Kubernetes 1.36, where its API is `v1`. Up to 1.35 the same API is there as `v1beta1`, behind a feature
 * gate: that is what this API server has, so what the policy does is seen, with another `apiVersion` in front of it.
 */
describe("the policy that labels head pods, on a real API server", function () {
    this.timeout(60_000);

    let directory: string;
    let cluster: ControlPlane;
    let kubectlPath: string;

    before(async function () {
        this.timeout(1_800_000);
        const { engine } = await testEngine();
        kubectlPath = engine.programs.kubectl.path;
        directory = mkdtempSync(join(tmpdir(), "seqera-policy-"));
        cluster = await startControlPlane({
            dir: join(directory, "cluster"),
            engine,
            featureGates: { MutatingAdmissionPolicy: true },
            apiServerArguments: ["--runtime-config=admissionregistration.k8s.io/v1beta1=true"],
        });
        const beta = "admissionregistration.k8s.io/v1beta1";
        for (const namespace of ["runs", "other"]) {
            await create({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
            for (const name of ["nextflow-head", "nextflow-task"]) {
                await create({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } });
            }
        }
        await create({
            apiVersion: beta,
            kind: "MutatingAdmissionPolicy",
            metadata: { name: POLICY },
            spec: headLabelPolicy("nextflow-head"),
        });
        await create({
            apiVersion: beta,
            kind: "MutatingAdmissionPolicyBinding",
            metadata: { name: POLICY },
            spec: headLabelBinding(POLICY, "runs"),
        });
        await untilInForce();
    });

    after(async () => {
        await cluster?.stop();
        rmSync(directory, { recursive: true, force: true });
    });

    async function create(object: object, ...flags: string[]): Promise<any> {
        const args = ["--kubeconfig", cluster.kubeconfig, "create", "-o", "json", "-f", "-", ...flags];
        const child = run(kubectlPath, args);
        child.child.stdin!.end(JSON.stringify(object));
        return JSON.parse((await child).stdout);
    }

    /** The labels with which the API server would make a pod. */
    async function labels(namespace: string, serviceAccountName: string, own?: object): Promise<unknown> {
        const pod = {
            apiVersion: "v1",
            kind: "Pod",
            metadata: { generateName: "pod-", namespace, labels: own },
            spec: { serviceAccountName, containers: [{ name: "main", image: "none" }] },
        };
        return (await create(pod, "--dry-run=server")).metadata.labels;
    }

    /** The API server reads policies every now and then. */
    async function untilInForce(): Promise<void> {
        const end = Date.now() + 30_000;
        while ((await labels("runs", "nextflow-head")) === undefined && Date.now() < end) {
            await new Promise((resolve) => setTimeout(resolve, 200));
        }
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
