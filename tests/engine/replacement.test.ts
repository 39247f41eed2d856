import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../src/emulator";
import { PlatformClient } from "../../src/platform";
import { connection, environments, environmentStack, freshNamespace, startPlatform, TOKEN } from "./support/platform";
import type { CliRun, TestStack } from "./support/stack";

describe("an environment that is replaced, on the real engine", function () {
    this.timeout(240_000);

    const namespace = freshNamespace();
    let platform: PlatformEmulator;
    let stack: TestStack;
    let client: PlatformClient;
    let cpus = 1;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform({ rateLimit: false });
        stack = await environmentStack(platform, namespace, { primary: true });
        const workspaceId = Number(connection(platform)["seqera:workspaceId"]);
        client = new PlatformClient({ endpoint: platform.endpoint, accessToken: TOKEN, workspaceId });
        await succeeded(stack.up());
        const launch = {
            computeEnvId: environments(platform)[0].id,
            pipeline: "https://github.com/nextflow-io/hello",
            workDir: "/scratch/work",
        };
        await client.post("/pipelines", { name: "rnaseq", launch });
        await client.post("/pipelines", { name: "sarek", launch });
        await client.post("/actions", { name: "nightly", source: "tower", launch });
    });

    after(async () => {
        await client?.close();
        await platform?.stop();
    });

    async function succeeded(run: Promise<CliRun>): Promise<CliRun> {
        const done = await run;
        assert.equal(done.code, 0, done.output);
        return done;
    }

    /** Changes what the Platform cannot change in place. */
    const change = (config: Record<string, unknown> = {}) =>
        stack.configure({ nextflowConfig: `process.cpus = ${++cpus}`, ...config });

    /** The environments on which the pipelines and the action launch, each once. */
    function places(): (string | null)[] {
        const { pipelines, actions } = platform.state;
        return [...new Set([...pipelines, ...actions].map(({ launch }) => launch.computeEnvId))];
    }

    /** One environment is left; it is primary, and everything launches on it. */
    function converged(): void {
        const envs = environments(platform);
        assert.deepEqual(
            envs.map(({ status, primary }) => [status, primary]),
            [["AVAILABLE", true]],
        );
        assert.deepEqual(places(), [envs[0].id]);
    }

    async function until(what: () => boolean): Promise<void> {
        for (let waited = 0; !what(); waited += 50) {
            assert.ok(waited < 120_000, `never: ${what.toString()}`);
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
    }

    it("moves pipelines and actions, sets primary, waits for active runs, and then deletes the old one", async () => {
        const [old] = environments(platform);
        const run = platform.addRun(old.id);
        await change();
        const up = stack.up();
        await until(() => platform.requests.some(({ method, path }) => method === "DELETE" && path.endsWith(old.id)));
        const [kept, made] = environments(platform);
        assert.deepEqual([kept.id, kept.status, made.primary], [old.id, "AVAILABLE", true]);
        assert.deepEqual(places(), [made.id]);
        platform.endRun(run, "SUCCEEDED");
        const { output } = await succeeded(up);
        assert.match(
            output,
            /Moved to the compute environment "production-\w+": pipeline "\w+", pipeline "\w+", action/,
        );
        assert.match(output, /has active runs; waiting for them to end/);
        converged();
        const { movedPipelines, unmovedPipelines } = await stack.outputs();
        assert.deepEqual(movedPipelines.sort(), ['action "nightly"', 'pipeline "rnaseq"', 'pipeline "sarek"']);
        assert.deepEqual(unmovedPipelines, []);
        assert.deepEqual(Object.keys((await succeeded(stack.up())).changes), ["unchanged"]);
    });

    it("keeps the old one while a pipeline cannot be moved, and says which and why", async () => {
        const [old] = environments(platform);
        const refused = platform.state.pipelines.find(({ name }) => name === "sarek")!.pipelineId;
        const match = { method: "PUT", path: `/pipelines/${refused}`, times: 100 };
        const fault = platform.faults.add({ kind: "status", status: 403, message: "Forbidden", match });
        await change();
        const { code, output } = await stack.up();
        assert.notEqual(code, 0);
        assert.match(output, /1 of the pipelines and actions could not be moved .* pipeline "sarek": PUT .* HTTP 403/);
        assert.equal(environments(platform)[0].id, old.id);
        platform.faults.remove(fault);
        await succeeded(stack.up());
        converged();
    });

    it("mends one that failed to come up, and only then moves and deletes", async () => {
        const [old] = environments(platform);
        const message = "no node has room";
        const match = { operation: "CreateComputeEnv" };
        platform.faults.add({ kind: "outcome", status: "ERRORED", message, match });
        await change();
        const { code, output } = await stack.up();
        assert.notEqual(code, 0);
        assert.match(output, /no node has room/);
        assert.deepEqual(places(), [old.id]);
        assert.ok(stack.resources().some(({ initErrors }) => initErrors?.join().includes(message)));
        await succeeded(stack.up());
        converged();
    });

    it("is finished by the next run after one that was killed in the middle of the move", async () => {
        const [old] = environments(platform);
        const match = { method: "PUT", path: "/actions/*", times: 1 };
        platform.faults.add({ kind: "delay", delayMs: 5_000, match });
        await change();
        let pid = 0;
        const up = stack.run(["up", "--yes", "--skip-preview"], { onStart: (started) => (pid = started) });
        await until(() => places().length === 2);
        process.kill(pid, "SIGKILL");
        await up;
        assert.ok(environments(platform).some(({ id }) => id === old.id));
        await stack.must(["cancel", "--yes"]);
        await succeeded(stack.up());
        converged();
    });

    it("says at preview that a fixed name leaves a gap, and moves after it", async () => {
        await stack.configure({ name: "fixed" });
        await succeeded(stack.up());
        await change();
        const gap =
            /"fixed" has to be replaced \(config\), and its fixed name leaves no room for two: the old one is deleted first/;
        assert.match((await stack.must(["preview"])).output, gap);
        await succeeded(stack.up());
        converged();
    });

    it("leaves them where they are when that is asked for, and takes them along later", async () => {
        const [old] = environments(platform);
        await change({ movePipelines: false });
        await succeeded(stack.up());
        assert.deepEqual(places(), [old.id]);
        await stack.configure({ movePipelines: undefined });
        await succeeded(stack.up());
        converged();
    });

    it("leaves nothing behind, and kept to the official document throughout", async () => {
        await succeeded(stack.destroy());
        assert.deepEqual(environments(platform), []);
        assert.deepEqual(platform.violations, []);
    });
});
