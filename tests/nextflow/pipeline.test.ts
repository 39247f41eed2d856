import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terminalProgress } from "../../tools/engine";
import { type PipelineResult, runPipeline } from "../../tools/pipeline/run";
import { launcherRules, headRules } from "../../src/compile/rbac";
import type { Pod } from "../../tools/pipeline/audit";
import { requireNode } from "./support/node";

const TOLERATION = { key: "dedicated", operator: "Equal", value: "nextflow", effect: "NoSchedule" };

describe("nextflow: a pipeline on a real node", () => {
    requireNode();

    let result: PipelineResult;
    const named = (process: string): Pod[] =>
        result.tasks.filter(({ metadata }) => metadata.labels?.["nextflow.io/processName"] === process);

    before(async function () {
        this.timeout(1_800_000);
        result = await runPipeline({
            dir: mkdtempSync(join(tmpdir(), "seqera-pipeline-")),
            pipeline: join(__dirname, "pipeline"),
            onProgress: terminalProgress(),
            say: (step) => console.log(`      ${step}`),
        });
    });

    it("ends SUCCEEDED, with what it was to compute on the volume", () => {
        assert.deepEqual(
            { status: result.workflow.status, exitStatus: result.workflow.exitStatus },
            { status: "SUCCEEDED", exitStatus: 0 },
            result.workflow.errorReport ?? undefined,
        );
        assert.equal(result.files.total?.trim(), "8");
    });

    it("runs the scripts around Nextflow, with the values that they are promised", () => {
        assert.equal(result.files.preRun, `before ${result.workflow.id}\n`);
        assert.equal(result.files.postRun, "after 0\n");
    });

    it("retries the task that failed", () => {
        assert.equal(named("MAKE").length, 2);
        assert.equal(named("COUNT").length, 3);
        assert.equal(named("GATHER").length, 1);
        const attempts = named("COUNT").map(({ metadata }) => metadata.labels?.["nextflow.io/taskName"]);
        // Tasks are numbered as their inputs arrive, so either of the two may be the one that is meant to fail.
        assert.deepEqual([...new Set(attempts)].sort(), ["COUNT_1", "COUNT_2"]);
    });

    it("gives the head pod its account, its place and the work claim", () => {
        const { spec } = result.head;
        assert.equal(spec.serviceAccountName, result.serviceAccounts.head);
        assert.notEqual(spec.automountServiceAccountToken, false);
        assert.deepEqual(spec.nodeSelector, { workload: "nextflow" });
        assert.deepEqual(spec.tolerations?.[0], TOLERATION);
        assert.deepEqual(claims(result.head), { "/scratch": "nextflow-work" });
        const variables = Object.fromEntries(spec.containers[0].env!.map(({ name, value }) => [name, value]));
        assert.equal(variables.NXF_JVM_ARGS, "-Xmx512m");
    });

    it("gives every task pod what the environment says", () => {
        assert.equal(result.tasks.length, 6);
        for (const pod of result.tasks) {
            const { metadata, spec } = pod;
            const [container] = spec.containers;
            assert.equal(spec.serviceAccountName, result.serviceAccounts.compute);
            assert.equal(spec.automountServiceAccountToken, false);
            assert.deepEqual(spec.nodeSelector, { workload: "nextflow" });
            assert.deepEqual(spec.tolerations?.[0], TOLERATION);
            assert.equal(metadata.labels?.["example.com/team"], "genomics");
            assert.equal(metadata.annotations?.["example.com/note"], "made by the pipeline check");
            assert.deepEqual(spec.securityContext, {
                runAsUser: 0,
                runAsGroup: 0,
                seccompProfile: { type: "RuntimeDefault" },
            });
            assert.equal(container.imagePullPolicy, "IfNotPresent");
            assert.deepEqual(container.resources, {
                requests: { cpu: "1", memory: "128Mi" },
                limits: { memory: "128Mi" },
            });
            assert.deepEqual(claims(pod), { "/scratch": "nextflow-work" });
        }
    });

    it("asks the API server for nothing that was refused, nor for anything that is not granted by name", () => {
        const granted = {
            [result.serviceAccounts.launcher]: rights(launcherRules()),
            [result.serviceAccounts.head]: rights(headRules()),
            [result.serviceAccounts.compute]: new Set<string>(),
        };
        const asked = Object.entries(result.audit.calls).flatMap(([account, calls]) =>
            Object.keys(calls).map((call) => ({ account, call })),
        );
        assert.deepEqual(
            asked.filter(({ account, call }) => !granted[account]?.has(call)),
            [],
        );
    });

    it("needs, as head, exactly these rights for a pipeline of pods", () => {
        const calls = Object.keys(result.audit.calls[result.serviceAccounts.head]).sort();
        const always = calls.filter((call) => call !== "get pods/log");
        assert.deepEqual(always, ["create pods", "delete pods", "get pods/status"]);
    });

    it("never lets a task talk to the API server", () => {
        assert.equal(result.audit.calls[result.serviceAccounts.compute], undefined);
    });

    it("keeps to the Platform's API document", () => assert.deepEqual(result.violations, []));
});

/** The claims of a pod's first container, by where they are mounted. */
function claims({ spec }: Pod): Record<string, string> {
    const mounts = spec.containers[0].volumeMounts ?? [];
    const found = mounts.map(({ name, mountPath }) => {
        const volume = spec.volumes?.find((one) => one.name === name);
        return [mountPath, volume?.persistentVolumeClaim?.claimName] as const;
    });
    return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

function rights(rules: { resources: string[]; verbs: string[] }[]): Set<string> {
    return new Set(
        rules.flatMap(({ resources, verbs }) =>
            resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`)),
        ),
    );
}
