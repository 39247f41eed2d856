import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terminalProgress } from "../../tools/engine";
import { type PipelineResult, runPipeline } from "../../tools/pipeline/run";
import { launcherRules, headRules } from "../../src/compile/rbac";
import type { Pod } from "../../tools/pipeline/audit";
import { GREETING, NOTE, REFERENCE, SECRET_VALUE } from "../../tools/pipeline/settings";
import type { Right } from "../../tools/pipeline/rights";
import { podsOf, SHOWN } from "../../tools/pipeline/shown";
import { rightsInUse } from "../support/rightsTable";
import { requireNode } from "./support/node";

/** Each right that a run uses, and what a run does without it. Nextflow takes two of them lightly. */
const TAKEN_AWAY: { role: "launcher" | "head"; right: Right; effect: string; said?: RegExp }[] = [
    { role: "launcher", right: { verb: "create", resource: "pods" }, effect: "fails" },
    { role: "launcher", right: { verb: "get", resource: "pods" }, effect: "fails" },
    { role: "head", right: { verb: "create", resource: "pods" }, effect: "fails" },
    { role: "head", right: { verb: "get", resource: "pods/status" }, effect: "fails" },
    {
        role: "head",
        right: { verb: "delete", resource: "pods" },
        effect: "leaves the pods behind, with a warning for each",
        said: /WARN: Unable to cleanup pod: nf-/,
    },
    {
        role: "head",
        right: { verb: "get", resource: "pods/log" },
        effect: "shows no log of a task that failed",
        said: /terminated with an error exit status \(7\)/,
    },
];

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
            rights: TAKEN_AWAY.map(({ role, right }) => ({ role, right })),
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

    describe("without one right that it uses", () => {
        for (const [index, { role, right, effect, said }] of TAKEN_AWAY.entries()) {
            const call = `${right.verb} ${right.resource}`;
            it(`of the ${role}, "${call}", ${effect}`, () => {
                const { workflow, log } = result.without[index];
                const cannot = new RegExp(`cannot ${right.verb} resource \\\\?"${right.resource}\\\\?"`);
                assert.match(`${workflow.errorMessage}\n${log}`, said ?? cannot);
                assert.equal(workflow.status, said === undefined ? "FAILED" : "SUCCEEDED");
                const refused = result.auditOfAll.calls[result.serviceAccounts[role]];
                assert.ok(refused[`${call} (403)`] > 0, "the API server refused it");
            });
        }

        it("is what the whole run used: none is left out above", () => {
            const used = (["launcher", "head"] as const).flatMap((role) =>
                Object.keys(result.audit.calls[result.serviceAccounts[role]])
                    // What making the environment uses has a test of its own, without a node.
                    .filter((call) => role === "head" || / pods/.test(call))
                    .map((call) => `${role} ${call}`),
            );
            const taken = TAKEN_AWAY.map(({ role, right }) => `${role} ${right.verb} ${right.resource}`);
            assert.deepEqual(used.sort(), taken.sort());
            assert.deepEqual(used, rightsInUse("run"), "docs/security.md");
        });
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
