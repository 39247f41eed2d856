import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terminalProgress } from "../../tools/engine";
import { type PipelineResult, runPipeline } from "../../tools/pipeline/run";
import { headRules, launcherRules } from "../../src/compile/namespace/rbac";
import type { Pod } from "../../tools/pipeline/audit";
import { rightsInUse } from "../../tools/pipeline/rightsTable";
import { GREETING, NOTE, REFERENCE, SECRET_VALUE } from "../../tools/pipeline/settings";
import { podsOf, type RunName, SHOWN, titleOf } from "../../tools/pipeline/podArguments";
import type { TakenAway } from "../../tools/pipeline/revokedRights";
import { requireNode } from "./support/node";

const RUNS: RunName[] = ["pods", "jobs"];

/** What a run of the whole chain shows, with some rights taken away afterwards, one at a time. */
export function pipelineTests(takenAway: TakenAway[]): void {
    requireNode();

    let result: PipelineResult;

    before(async function () {
        this.timeout(1_800_000);
        result = await runPipeline({
            dir: mkdtempSync(join(tmpdir(), "seqera-pipeline-")),
            pipeline: join(__dirname, "pipeline"),
            takenAway,
            onProgress: terminalProgress(),
            say: (step) => console.log(`      ${step}`),
        });
    });

    for (const name of RUNS) {
        describe(`with tasks as ${name}`, () => {
            const named = (process: string): Pod[] =>
                result.runs[name].tasks.filter(
                    ({ metadata }) => metadata.labels?.["nextflow.io/processName"] === process,
                );

            it("ends SUCCEEDED, with what it was to compute on the volume", () => {
                const { workflow, files, warnings } = result.runs[name];
                assert.deepEqual(
                    { status: workflow.status, exitStatus: workflow.exitStatus },
                    { status: "SUCCEEDED", exitStatus: 0 },
                    `${workflow.errorReport}\n${warnings.join("\n")}`,
                );
                assert.equal(files.total?.trim(), "8");
            });

            it("runs the scripts around Nextflow, with the values that they are promised", () => {
                const { workflow, files } = result.runs[name];
                assert.equal(files.preRun, `before ${workflow.id}\n`);
                assert.equal(files.postRun, "after 0\n");
            });

            it("tries tasks again as often as all may, and some as often as they may", () => {
                // One of MAKE's two tasks fails once, one of COUNT's fails twice.
                assert.equal(named("MAKE").length, 3);
                assert.equal(named("COUNT").length, 4);
                assert.equal(named("GATHER").length, 1);
                const attempts = named("COUNT").map(({ metadata }) => metadata.labels?.["nextflow.io/taskName"]);
                // Tasks are numbered as their inputs arrive, so either of the two may be the one that is meant to fail.
                assert.deepEqual([...new Set(attempts)].sort(), ["COUNT_1", "COUNT_2"]);
            });

            it("is counted in the Platform as Nextflow tells it", () => {
                const { succeedCount, failedCount } = result.runs[name].workflow.stats!;
                assert.deepEqual([succeedCount, failedCount], [5, 3]);
            });

            it(`${name === "pods" ? "keeps" : "removes"} its head pod, as podCleanup says`, () => {
                const { head, headsLeft } = result.runs[name];
                assert.deepEqual(headsLeft, name === "pods" ? [head.metadata.name] : []);
            });

            it("lets a task see what it is promised, and nothing of the API server", () => {
                assert.deepEqual(result.runs[name].files.seen?.trimEnd().split("\n"), [
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

            for (const shown of SHOWN.filter(({ runs }) => runs.includes(name))) {
                it(`shows ${titleOf(shown)}`, () => {
                    const pods = podsOf(shown, result.runs[name]);
                    assert.ok(pods.length > 0);
                    pods.forEach((pod) => assert.deepEqual(shown.see(pod), shown.expected, pod.metadata.name));
                });
            }
        });
    }

    it("is granted in the cluster what the package grants", () =>
        assert.deepEqual(result.granted, { launcher: launcherRules(), head: headRules() }));

    it("asks the API server for nothing that was refused, but for what was taken away", () => {
        const refused = Object.entries(result.audit.calls).flatMap(([account, calls]) =>
            Object.keys(calls)
                .filter((call) => call.endsWith("(403)"))
                .map((call) => `${account} ${call}`),
        );
        const taken = takenAway.map(({ role, right }) => {
            return `${result.serviceAccounts[role]} ${right.verb} ${right.resource} (403)`;
        });
        assert.deepEqual(refused.sort(), taken.sort());
    });

    it("uses the rights that docs/security.md says it uses, and no others", () => {
        const used = (["launcher", "head"] as const).flatMap((role) =>
            Object.keys(result.audit.calls[result.serviceAccounts[role]])
                .filter((call) => !/\(\d+\)$/.test(call))
                .map((call) => `${role} ${call}`),
        );
        const told = [...rightsInUse("environment"), ...rightsInUse("service pod"), ...rightsInUse("run")];
        assert.deepEqual(used.sort(), told.sort());
    });

    for (const { role, right, effect, status, said } of takenAway) {
        it(`without "${right.verb} ${right.resource}", the ${role} ${effect}`, () => {
            const outcome = result.without.find((each) => each.role === role && each.right === right)!;
            const cannot = new RegExp(`cannot ${right.verb} resource \\\\?"${right.resource}\\\\?"`);
            assert.match(outcome.said, said ?? cannot);
            assert.equal(outcome.status, status);
            if (role === "head" && `${right.verb} ${right.resource}` === "create pods") {
                assert.match(outcome.said, /^Error executing process > 'ONE'$/m);
            }
        });
    }

    it("never lets a task talk to the API server", () => {
        assert.equal(result.audit.calls[result.serviceAccounts.compute], undefined);
    });

    it("keeps to the Platform's API document", () => assert.deepEqual(result.violations, []));
}
