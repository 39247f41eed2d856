import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terminalProgress } from "../../tools/engine";
import { type PipelineResult, runPipeline } from "../../tools/pipeline/run";
import { launcherRules, headRules } from "../../src/compile/rbac";
import type { Pod } from "../../tools/pipeline/audit";
import { GREETING, NOTE, REFERENCE, SECRET_VALUE } from "../../tools/pipeline/settings";
import { podsOf, SHOWN } from "../../tools/pipeline/shown";
import { requireNode } from "./support/node";

describe("nextflow: a pipeline on a real node", () => {
    requireNode();

    let result: PipelineResult;
    const named = (process: string): Pod[] =>
        result.pods.tasks.filter(({ metadata }) => metadata.labels?.["nextflow.io/processName"] === process);

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

    describe("shows", () => {
        for (const each of SHOWN) {
            const { argument, pod, where, see, expected, process } = each;
            it(`${argument} in ${process === undefined ? "" : `${process} `}${pod} pods: ${where}`, () => {
                const pods = podsOf(each, result.pods);
                assert.ok(pods.length > 0);
                pods.forEach((one) => assert.deepEqual(see(one), expected, one.metadata.name));
            });
        }
    });

    it("lets a task see what it is promised, and nothing of the API server", () => {
        assert.deepEqual(result.files.seen?.trimEnd().split("\n"), [
            `GREETING=${GREETING}`,
            "HEAD_ONLY=unset",
            "TASK_ONLY=task",
            `TOKEN=${SECRET_VALUE}`,
            `REGION=${NOTE}`,
            `mounted REGION=${NOTE}`,
            `reference=${REFERENCE.text.replaceAll("\n", " ")}`,
            "reference is read-only",
            "cache is tmpfs",
            "groups=0 2000",
            "token is not there",
        ]);
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

function rights(rules: { resources: string[]; verbs: string[] }[]): Set<string> {
    return new Set(
        rules.flatMap(({ resources, verbs }) =>
            resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`)),
        ),
    );
}
