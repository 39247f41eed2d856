import assert from "node:assert/strict";
import { DEFAULT_WORKSPACE, type PlatformEmulator, type RunScript } from "../../../src/emulator";
import { Client, createComputeEnv, createCredentials, settled, startEmulator, stopEmulators } from "./support";

const REPOSITORY = "https://github.com/nextflow-io/hello";

describe("emulator: runs", () => {
    let emulator: PlatformEmulator;
    let client: Client;
    let computeEnvId: string;
    let now: number;

    beforeEach(async () => {
        now = Date.parse("2026-03-01T10:00:00Z");
        emulator = await startEmulator({
            clock: () => new Date(now),
            workspaces: [DEFAULT_WORKSPACE, { id: 42, name: "other" }],
        });
        client = new Client(emulator.endpoint);
        computeEnvId = await createComputeEnv(client, await createCredentials(client));
        await settled(client, computeEnvId);
    });

    afterEach(stopEmulators);

    const launchOf = (overrides: object = {}): Record<string, unknown> => ({
        computeEnvId,
        pipeline: REPOSITORY,
        workDir: "/scratch/work",
        ...overrides,
    });

    async function launch(overrides: object = {}): Promise<string> {
        const { status, body } = await client.post("/workflow/launch", { launch: launchOf(overrides) });
        assert.equal(status, 200, JSON.stringify(body));
        return body.workflowId as string;
    }

    async function workflow(id: string): Promise<Record<string, any>> {
        return (await client.get(`/workflow/${id}`)).body.workflow as Record<string, any>;
    }

    async function ended(id: string): Promise<Record<string, any>> {
        for (;;) {
            const found = await workflow(id);
            if (found.complete !== null) {
                return found;
            }
        }
    }

    describe("what is launched", () => {
        it("is described with all that was given, and can be launched again by its own launch", async () => {
            const given = {
                runName: "first-run",
                revision: "v1",
                commitId: "a".repeat(40),
                configProfiles: ["test", "docker"],
                configText: "process.cpus = 1",
                paramsText: "input: a.csv\nfast: true\n",
                preRunScript: "echo pre",
                postRunScript: "echo post",
                mainScript: "other.nf",
                entryName: "only",
                headJobCpus: 2,
                headJobMemoryMb: 2048,
                nextflowVersion: "24.10.5",
                syntaxParser: "v2",
                outputDir: "/scratch/out",
                pullLatest: true,
                stubRun: true,
                towerConfig: "reports: {}",
                userSecrets: ["A"],
                workspaceSecrets: ["B"],
            };
            const id = await launch(given);
            const { body } = await client.get(`/workflow/${id}`, { attributes: "labels,messages,pipelineInfo" });
            const { configProfiles: profiles, towerConfig, ...found } = body.workflow;
            assert.deepEqual(
                [found.runName, found.revision, found.commitId, found.profile, profiles, towerConfig],
                ["first-run", "v1", given.commitId, "test,docker", given.configProfiles, given.towerConfig],
            );
            assert.deepEqual(found.params, { input: "a.csv", fast: true });
            assert.deepEqual([body.platform.id, body.messages, body.pipelineInfo], ["k8s-platform", [], null]);
            const again = (await client.get(`/workflow/${id}/launch`)).body.launch;
            const { runName: _name, ...rest } = given;
            for (const [field, value] of Object.entries(rest)) {
                assert.deepEqual(again[field], value, field);
            }
            assert.deepEqual([again.sessionId, again.computeEnv.id], [found.sessionId, computeEnvId]);
        });

        it("has the labels of its environment and its own", async () => {
            const label = (await client.post("/labels", { name: "nightly" })).body.id as number;
            const id = await launch({ labelIds: [label] });
            const { labels } = (await client.get(`/workflow/${id}`, { attributes: "labels" })).body;
            assert.deepEqual(
                labels.map(({ name }: { name: string }) => name),
                ["nightly"],
            );
        });

        it("names the pipeline and the version that it is of, and keeps that when it is launched again", async () => {
            const pipeline = (await client.post("/pipelines", { name: "hello", launch: launchOf() })).body.pipeline;
            const launchId = pipeline.version.id as string;
            const id = await launch({ id: launchId });
            const again = (await client.get(`/workflow/${id}/launch`)).body.launch;
            assert.equal(again.pipelineId, pipeline.pipelineId);
            const second = await launch({ id: again.id, resume: true, sessionId: again.sessionId });
            const { workflows } = (await client.get("/workflow", { attributes: "pipelineInfo" })).body;
            assert.deepEqual(
                workflows.map(({ workflow: { id: each }, pipelineInfo }: any) => [each, pipelineInfo.version.id]),
                [
                    [second, launchId],
                    [id, launchId],
                ],
            );
            assert.equal((await workflow(second)).sessionId, (await workflow(id)).sessionId);
        });

        it("is refused with one message for one fault, and with a list for several", async () => {
            const refused = async (overrides: object): Promise<any> => {
                const { status, body } = await client.post("/workflow/launch", { launch: launchOf(overrides) });
                assert.equal(status, 400);
                return body;
            };
            assert.deepEqual(await refused({ runName: "Not_Good" }), {
                message: "Invalid workflow run name 'Not_Good'",
            });
            const several = await refused({ computeEnvId: "nope", pipeline: undefined, workDir: null, id: "x" });
            assert.equal(several.message, several.errors[0].message);
            assert.deepEqual(
                several.errors.map(({ code }: { code: string }) => code),
                ["COMPUTE_ENV_UNKNOWN", "PIPELINE_MISSING", "WORK_DIR_MISSING", "LAUNCH_UNKNOWN"],
            );
            assert.match((await refused({ resume: true })).message as string, /Missing session ID/);
            assert.match((await refused({ sessionId: "x" })).message as string, /Unknown workflow session/);
            assert.deepEqual(emulator.state.runs, []);
        });

        it("may have a name again, unless in the same session, which the validation answers 409", async () => {
            const validate = async (runName: string, sessionId?: string): Promise<number> =>
                (await client.get("/workflow/validate", { runName, ...(sessionId && { sessionId }) })).status;
            const { sessionId } = await workflow(await launch({ runName: "one" }));
            assert.equal(await validate("One"), 400);
            assert.equal(await validate("one"), 204);
            assert.equal(await validate("one", sessionId as string), 409);
            await launch({ runName: "one" });
            const again = { launch: launchOf({ runName: "one", resume: true, sessionId }) };
            assert.equal((await client.post("/workflow/launch", again)).status, 400);
            const { name } = (await client.get("/workflow/random-name")).body;
            assert.equal(await validate(name as string), 204);
        });
    });

    describe("lists", () => {
        it("come in pages, searched by words and keywords", async () => {
            const label = (await client.post("/labels", { name: "nightly" })).body.id as number;
            for (let i = 0; i < 5; i++) {
                await launch({ runName: `run-${i}`, ...(i === 3 ? { labelIds: [label] } : {}) });
            }
            await client.post(`/workflow/${emulator.state.runs[0].id}/cancel`);
            const names = async (query: object): Promise<[string[], number, boolean]> => {
                const { workflows, totalSize, hasMore } = (await client.get("/workflow", { ...query })).body;
                return [workflows.map(({ workflow: { runName } }: any) => runName), totalSize, hasMore];
            };
            assert.deepEqual(await names({ max: 2 }), [["run-4", "run-3"], 5, true]);
            assert.deepEqual(await names({ max: 2, offset: 4 }), [["run-0"], 5, false]);
            assert.deepEqual(await names({ search: "run-1" }), [["run-1"], 1, false]);
            assert.deepEqual(await names({ search: "hello status:cancelled" }), [["run-0"], 1, false]);
            assert.deepEqual(await names({ search: "label:nightly" }), [["run-3"], 1, false]);
            assert.equal((await client.get("/workflow", { max: 101 })).status, 400);
            const elsewhere = new Client(emulator.endpoint, undefined, { workspaceId: 42 });
            assert.equal((await elsewhere.get("/workflow")).body.totalSize, 0);
        });
    });

    describe("that follow a script", () => {
        const processes = [{ name: "ALIGN", tasks: 3 }, { name: "COUNT" }];

        const progress = async (id: string): Promise<any> =>
            (await client.get(`/workflow/${id}/progress`)).body.progress;

        it("go from SUBMITTED to their end, as often as they are described", async () => {
            emulator.setRunScripts([{ submitted: { polls: 1 }, running: { polls: 4 }, processes }]);
            const id = await launch();
            const seen: [string, number, number][] = [];
            for (let i = 0; i < 6; i++) {
                const { workflow: found, progress: loads } = (await client.get(`/workflow/${id}`)).body;
                seen.push([found.status, loads.workflowProgress.succeeded, loads.workflowProgress.running]);
            }
            assert.deepEqual(seen, [
                ["SUBMITTED", 0, 0],
                ["RUNNING", 0, 1],
                ["RUNNING", 1, 1],
                ["RUNNING", 2, 1],
                ["RUNNING", 3, 1],
                ["SUCCEEDED", 4, 0],
            ]);
            const { processesProgress, totalProcesses } = await progress(id);
            assert.deepEqual(
                [totalProcesses, processesProgress.map((each: any) => [each.process, each.succeeded])],
                [
                    2,
                    [
                        ["ALIGN", 3],
                        ["COUNT", 1],
                    ],
                ],
            );
            const { success, exitStatus, stats } = await workflow(id);
            assert.deepEqual([success, exitStatus, stats.succeedCount], [true, 0, 4]);
        });

        it("follow the clock where their times are milliseconds, with a duration", async () => {
            emulator.setRunScripts([{ submitted: 30_000, running: 60_000, processes }]);
            const id = await launch();
            const at = async (seconds: number): Promise<string> => {
                now = Date.parse("2026-03-01T10:00:00Z") + seconds * 1000;
                return (await workflow(id)).status as string;
            };
            assert.deepEqual([await at(29), await at(30), await at(89)], ["SUBMITTED", "RUNNING", "RUNNING"]);
            assert.equal(await at(90), "SUCCEEDED");
            const { start, complete, duration } = await workflow(id);
            assert.deepEqual([start, complete, duration], ["2026-03-01T10:00:30Z", "2026-03-01T10:01:30Z", 60_000]);
        });

        it("fail with the process and what it said, and are resumed with what had succeeded", async () => {
            const failing = [
                { name: "ALIGN", tasks: 3 },
                { name: "COUNT", tasks: 2, failed: 1 },
            ];
            emulator.setRunScripts([
                { times: 1, running: { polls: 1 }, status: "FAILED", exitStatus: 137, processes: failing },
                { running: { polls: 1 }, processes: failing },
            ]);
            const id = await launch();
            const failed = await ended(id);
            assert.deepEqual([failed.status, failed.exitStatus, failed.success], ["FAILED", 137, false]);
            assert.match(failed.errorReport as string, /^Error executing process > 'COUNT \(2\)'/);
            assert.match(failed.errorMessage as string, /`COUNT \(2\)` terminated with an error exit status \(137\)/);
            const again = (await client.get(`/workflow/${id}/launch`)).body.launch;
            const second = await launch({ id: again.id, resume: true, sessionId: again.sessionId });
            assert.equal((await ended(second)).status, "SUCCEEDED");
            const { workflowProgress } = await progress(second);
            assert.deepEqual([workflowProgress.cached, workflowProgress.succeeded], [4, 1]);
        });

        it("are for the runs that they name, and the others go on until they are ended", async () => {
            emulator.setRunScripts([{ runName: "mine", status: "UNKNOWN" }]);
            assert.equal((await ended(await launch({ runName: "mine" }))).status, "UNKNOWN");
            assert.equal((await workflow(await launch({ runName: "other" }))).status, "RUNNING");
            assert.throws(
                () => emulator.setRunScripts([{ status: "DONE" } as unknown as RunScript]),
                /^Error: runScripts\[0\]\.status: "DONE" is neither null nor one of SUCCEEDED/,
            );
        });

        it("that ignore a cancellation end by force, and their tasks are aborted", async () => {
            emulator.setRunScripts([{ running: { polls: 10 }, status: null, ignoresCancel: true, processes }]);
            const id = await launch();
            await workflow(id);
            assert.equal((await client.post(`/workflow/${id}/cancel`)).status, 204);
            assert.equal((await workflow(id)).status, "RUNNING");
            assert.equal((await client.post(`/workflow/${id}/cancel`, {}, { force: true })).status, 204);
            assert.equal((await workflow(id)).status, "CANCELLED");
            assert.equal((await progress(id)).workflowProgress.aborted, 4);
        });

        it("have tasks, searched and in pages, with the log and the metrics that there are", async () => {
            emulator.setRunScripts([{ processes }]);
            const id = await launch();
            await ended(id);
            const all = (await client.get(`/workflow/${id}/tasks`, { max: 2, sortBy: "taskId", sortDir: "desc" })).body;
            assert.deepEqual(
                [all.total, all.tasks.map(({ task }: any) => [task.taskId, task.name, task.status])],
                [
                    4,
                    [
                        [4, "COUNT (1)", "COMPLETED"],
                        [3, "ALIGN (3)", "COMPLETED"],
                    ],
                ],
            );
            assert.equal((await client.get(`/workflow/${id}/tasks`, { search: "count" })).body.total, 1);
            assert.equal((await client.get(`/workflow/${id}/task/1`)).body.task.process, "ALIGN");
            assert.equal((await client.get(`/workflow/${id}/task/9`)).status, 400);
            assert.equal((await client.get(`/workflow/${id}/log/1`)).body.log.message, "Task log is not available");
            const { metrics } = (await client.get(`/workflow/${id}/metrics`)).body;
            assert.deepEqual(
                metrics.map(({ process }: { process: string }) => process),
                ["ALIGN", "COUNT"],
            );
        });
    });

    describe("logs", () => {
        it("are read by tokens, which come again when there is no more, and are pending while it runs", async () => {
            const log = Array.from({ length: 10 }, (_, i) => `line ${i}`);
            emulator.setRunScripts([{ running: { polls: 2 }, log }]);
            const id = await launch();
            const read = async (query: object): Promise<any> =>
                (await client.get(`/workflow/${id}/log`, { ...query })).body.log;
            assert.equal((await read({})).entries.length, 0);
            await workflow(id);
            const first = await read({ maxLength: 15 });
            assert.deepEqual([first.entries, first.pending, first.truncated], [log.slice(0, 2), true, true]);
            const second = await read({ next: first.forwardToken });
            assert.deepEqual([second.entries, second.truncated], [log.slice(2, 5), false]);
            assert.equal((await read({ next: second.forwardToken })).forwardToken, second.forwardToken);
            await ended(id);
            const last = await read({ next: second.forwardToken });
            assert.deepEqual([last.entries, last.pending], [log.slice(5), false]);
            assert.deepEqual((await read({ next: last.forwardToken })).entries, []);
            assert.equal((await client.get(`/workflow/${id}/log`, { next: "x" })).status, 400);
        });
    });

    it("are deleted, many at once, those that run by force alone", async () => {
        const [first, second] = [await launch(), await launch()];
        await client.post(`/workflow/${first}/cancel`);
        const remove = async (query: object = {}): Promise<unknown> =>
            (await client.post("/workflow/delete", { workflowIds: [first, second, "nope"] }, { ...query })).body;
        assert.deepEqual(await remove(), { failedWorkflowIds: [second, "nope"] });
        assert.deepEqual(await remove({ force: true }), { failedWorkflowIds: [first, "nope"] });
        assert.deepEqual(emulator.state.runs, []);
    });
});
