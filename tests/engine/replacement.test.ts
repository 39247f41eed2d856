import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../src/emulator";
import { PlatformClient } from "../../src/platform";
import { recipe } from "../support/operations";
import { objects } from "./support/cluster";
import { connection, environments, freshEnvironment, startPlatform, TOKEN } from "./support/platform";
import { COMPUTE_ENV, type TestStack } from "./support/stack";
import { until } from "./support/wait";

/** Each step goes on where the one before has ended. */
describe("an environment that is replaced, on the real engine", function () {
    this.timeout(240_000);
    this.bail(true);

    let platform: PlatformEmulator;
    let namespace: string;
    let stack: TestStack;
    let client: PlatformClient;
    let cpus = 1;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform({ rateLimit: false });
        ({ namespace, stack } = await freshEnvironment(platform, { primary: true }));
        const workspaceId = Number(connection(platform)["seqera:workspaceId"]);
        client = new PlatformClient({ endpoint: platform.endpoint, accessToken: TOKEN, workspaceId });
        await stack.mustUp();
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

    /** What changed something in the Platform since the requests were forgotten, each once, in order. */
    const changing = () => [
        ...new Set(
            platform.requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`),
        ),
    ];

    it("moves pipelines and actions (case 18), sets primary, waits for active runs, and then deletes the old one", async () => {
        const [old] = environments(platform);
        const run = platform.addRun(old.id);
        await change();
        platform.clearRequests();
        const up = stack.mustUp();
        await until("the old one's deletion", () => changing().includes(`DELETE /compute-envs/${old.id}`));
        const [kept, made] = environments(platform);
        assert.deepEqual([kept.id, kept.status, made.primary], [old.id, "AVAILABLE", true]);
        assert.equal(made.config.nextflowConfig, `process.cpus = ${cpus}`);
        assert.deepEqual(places(), [made.id]);
        platform.endRun(run, "SUCCEEDED");
        const { output } = await up;
        assert.match(
            output,
            /Moved to the compute environment "production-\w+": pipeline "\w+" \(version "\w+-2" after "\w+-1"\), pipeline .*, action/,
        );
        assert.match(output, /has active runs; waiting for them to end/);
        assert.deepEqual(
            changing().filter((call) => !/^PUT | \/pipelines\//.test(call)),
            ["POST /compute-envs", `POST /compute-envs/${made.id}/primary`, `DELETE /compute-envs/${old.id}`],
        );
        assert.equal((await objects(namespace, "deployments")).length, 1);
        converged();
        const { movedLaunches, unmovedLaunches } = stack.resource("pulumi:pulumi:Stack")!.outputs;
        assert.deepEqual(movedLaunches.sort(), [
            'action "nightly"',
            'pipeline "rnaseq" (version "rnaseq-2" after "rnaseq-1")',
            'pipeline "sarek" (version "sarek-2" after "sarek-1")',
        ]);
        assert.deepEqual(unmovedLaunches, []);
        await stack.mustRest();
    });

    it("keeps the old one while a pipeline cannot be moved, and says which and why", async () => {
        converged();
        const [old] = environments(platform);
        const refused = platform.state.pipelines.find(({ name }) => name === "sarek")!.pipelineId;
        const match = { method: "POST", path: `/pipelines/${refused}/versions/*`, times: 100 };
        const fault = platform.faults.add({ kind: "status", status: 403, message: "Forbidden", match });
        await change();
        await stack.mustFail(
            /1 of the pipelines and actions could not be moved .* pipeline "sarek" \(version "sarek-2"\): POST .* HTTP 403/,
        );
        assert.equal(environments(platform)[0].id, old.id);
        platform.faults.remove(fault);
        await stack.mustUp();
        converged();
    });

    it("mends one that failed to come up, and only then moves and deletes", async () => {
        converged();
        const [old] = environments(platform);
        const message = "no node has room";
        const match = { operation: "CreateComputeEnv" };
        platform.faults.add({ kind: "outcome", status: "ERRORED", message, match });
        await change();
        await stack.mustFail(
            /The Platform could not create the compute environment "production-\w+": "no node has room"/,
        );
        const [kept, failed, ...more] = environments(platform);
        assert.deepEqual([kept.id, kept.status, more], [old.id, "AVAILABLE", []]);
        assert.deepEqual(places(), [old.id]);
        const made = stack.resources().find(({ initErrors }) => initErrors?.join().includes(message));
        assert.deepEqual([made?.id, made?.outputs.status], [failed.id, "ERRORED"]);
        assert.match(await planned(), /was ERRORED when last checked: "no node has room"; `pulumi up` replaces it/);
        converged();
        assert.notEqual(environments(platform)[0].id, failed.id);
    });

    it("with --target leaves its pipelines and loses primary, as the page says, and the next plain up mends it (case 16)", async () => {
        converged();
        const [old] = environments(platform);
        await change();
        const { output } = await stack.mustUp("--target", stack.resource(COMPUTE_ENV)!.urn);
        assert.match(output, /With --target, add --target '\*\*::production-pipelines'/);
        const [now, ...more] = environments(platform);
        assert.notEqual(now.id, old.id);
        assert.deepEqual([more, now.primary === true, places()], [[], false, [old.id]]);
        await stack.mustUp();
        converged();
        // What else the page says to target.
        await change();
        await stack.mustFollow(...recipe("An environment that is left for deletion", { name: "production" }));
        converged();
    });

    it("is finished by the next run after one that was killed in the middle of the move", async () => {
        converged();
        const [old] = environments(platform);
        const match = { method: "PUT", path: "/actions/*", times: 1 };
        platform.faults.add({ kind: "delay", delayMs: 5_000, match });
        await change({ name: "fixed" });
        let pid = 0;
        const up = stack.run(["up", "--yes", "--skip-preview"], { onStart: (started) => (pid = started) });
        await until("pipelines are moved, and the action is not", () => places().length === 2);
        process.kill(pid, "SIGKILL");
        await up;
        assert.ok(environments(platform).some(({ id }) => id === old.id));
        await stack.must(["cancel", "--yes"]);
        await stack.mustUp();
        converged();
    });

    it("says at preview that a fixed name leaves a gap, and moves after it", async () => {
        converged();
        const [old] = environments(platform);
        assert.equal(old.name, "fixed");
        await change();
        platform.clearRequests();
        assert.match(
            await planned(),
            /"fixed" must be replaced \(config\)\. Because its name is fixed, it is deleted before its replacement is created/,
        );
        converged();
        assert.equal(environments(platform)[0].name, "fixed");
        assert.deepEqual(changing().slice(0, 2), [`DELETE /compute-envs/${old.id}`, "POST /compute-envs"]);
    });

    it("leaves nothing behind, and kept to the official document throughout", async () => {
        await stack.mustDestroy();
        assert.deepEqual(environments(platform), []);
        assert.deepEqual(platform.violations, []);
    });

    /** What an `up` says at its preview, which it then carries out. */
    async function planned(): Promise<string> {
        const { output } = await stack.must(["up", "--yes"]);
        const [plan, done] = output.split(/^Updating /m);
        assert.match(done, /^Resources:/m);
        return plan;
    }
});
