import assert from "node:assert/strict";
import { got } from "got";
import type { PlatformEmulator } from "../../../src/emulator";
import {
    Client,
    createComputeEnv,
    createCredentials,
    settled,
    startEmulator,
    stopEmulators,
    workspaceId,
} from "./support";

/** What Nextflow tells by itself, in the order of `io.seqera.tower.plugin.TowerClient`. */
describe("emulator: what Nextflow tells of a run", () => {
    let emulator: PlatformEmulator;
    let client: Client;
    let id: string;

    const SESSION = "8ff7e4f5-6d4c-4a2f-9ad5-a9a3a6b3b0d1";

    beforeEach(async () => {
        emulator = await startEmulator();
        client = new Client(emulator.endpoint);
        const computeEnvId = await createComputeEnv(client, await createCredentials(client));
        await settled(client, computeEnvId);
        const launch = { computeEnvId, pipeline: "https://github.com/nextflow-io/hello", workDir: "/scratch/work" };
        id = (await client.post("/workflow/launch", { launch })).body.workflowId as string;
    });

    afterEach(stopEmulators);

    const workflow = {
        commandLine: "nextflow run hello",
        projectName: "nextflow-io/hello",
        runName: "x",
        sessionId: SESSION,
        submit: "2026-03-01T10:00:00Z",
        userName: "root",
        workDir: "/scratch/work",
        scriptName: "main.nf",
        commitId: "b".repeat(40),
    };

    const task = (taskId: number, status: string, more: object = {}): object => ({
        ...{ taskId, status, process: "ALIGN", name: `ALIGN (${taskId})`, hash: "ab/cdef01", attempt: 1 },
        ...more,
    });

    async function told(path: string, body: object): Promise<any> {
        const answer = await (path === "create"
            ? client.post("/trace/create", body)
            : client.put(`/trace/${id}/${path}`, body));
        assert.equal(answer.status, 200, JSON.stringify(answer.body));
        return answer.body;
    }

    it("is taken from its begin to its end, tasks as often as they change", async () => {
        const { workflowId, watchUrl } = await told("create", { workflowId: id, sessionId: SESSION, runName: "x" });
        assert.deepEqual([workflowId, new URL(watchUrl as string).searchParams.get("run")], [id, id]);
        await told("begin", { workflow, processNames: ["ALIGN", "COUNT"], towerLaunch: true });
        await told("progress", { tasks: [task(1, "RUNNING"), task(2, "SUBMITTED")] });
        const { progress } = (await client.get(`/workflow/${id}/progress`)).body;
        assert.deepEqual(
            progress.processesProgress.map((each: any) => [each.process, each.running, each.submitted]),
            [
                ["ALIGN", 1, 1],
                ["COUNT", 0, 0],
            ],
        );
        await told("heartbeat", {});
        const done = { realtime: 1000, peakRss: 2048, pcpu: 50 };
        await told("progress", { tasks: [task(1, "COMPLETED", done), task(2, "FAILED", { exit: 3, ...done })] });
        const { metrics } = (await client.get(`/workflow/${id}/metrics`)).body;
        assert.deepEqual([metrics[0].time.mean, metrics[0].mem.maxLabel], [1000, "ALIGN (2)"]);
        await told("complete", {
            workflow: {
                ...workflow,
                success: false,
                exitStatus: 3,
                errorMessage: "oops",
                errorReport: "Error in ALIGN",
            },
            metrics: [{ process: "ALIGN" }],
        });
        const found = (await client.get(`/workflow/${id}`)).body;
        assert.deepEqual(
            [found.workflow.status, found.workflow.exitStatus, found.workflow.errorMessage, found.workflow.errorReport],
            ["FAILED", 3, "oops", "Error in ALIGN"],
        );
        assert.deepEqual([found.workflow.sessionId, found.workflow.commitId], [SESSION, workflow.commitId]);
        assert.notEqual(found.workflow.runName, "x");
        assert.equal(found.progress.workflowProgress.failed, 1);
        assert.deepEqual((await client.get(`/workflow/${id}/metrics`)).body.metrics, [{ process: "ALIGN" }]);
    });

    it("is taken with a token as Nextflow sends one that is no JWT", async () => {
        const answer = await got.put(`${emulator.endpoint}/trace/${id}/heartbeat?workspaceId=${workspaceId}`, {
            username: "@token",
            password: "seqera-emulator-token",
            json: {},
        });
        assert.equal(answer.statusCode, 200);
    });

    it("is refused of runs that were not launched here", async () => {
        assert.equal((await client.post("/trace/create", { workflowId: "nope" })).status, 403);
        assert.equal((await client.post("/trace/create", { runName: "x" })).status, 400);
    });
});
