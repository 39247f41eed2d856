import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../src/emulator";
import { descendants, end } from "../chaos/processes";
import { kubectl, objects } from "./support/cluster";
import { calls, environments, environmentStack, freshNamespace, startPlatform } from "./support/platform";
import type { TestStack } from "./support/stack";

const COMPUTE_ENV = "pulumi-nodejs:dynamic/seqera:ComputeEnv";

describe("what fails stays in state and is mended, on the real engine", function () {
    this.timeout(180_000);

    let platform: PlatformEmulator;
    let namespace: string;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
    });

    afterEach(async () => {
        const { code, output } = await stack.destroy();
        assert.equal(code, 0, output);
        assert.deepEqual(environments(platform), [], "environments are left behind");
        platform.clearRequests();
    });

    after(async () => {
        await platform?.stop();
        assert.deepEqual(platform.violations, []);
    });

    async function start(config: Record<string, unknown> = {}): Promise<void> {
        namespace = freshNamespace();
        stack = await environmentStack(platform, namespace, config);
    }

    async function mustUp(): Promise<string> {
        const { code, output } = await stack.up();
        assert.equal(code, 0, output);
        return output;
    }

    it("an environment that ends ERRORED: kept with the Platform's reason, replaced by the next up", async () => {
        await start({ storage: { create: false, claimName: "not-there" }, preflight: false });
        const { code, output } = await stack.up();
        assert.notEqual(code, 0);
        assert.match(output, /The Platform could not make the compute environment "production-\w+": ".*not-there.*"/);
        assert.doesNotMatch(output, /\n\s+at .*\.js/);
        const failed = stack.resource(COMPUTE_ENV);
        assert.equal(failed?.outputs.status, "ERRORED");
        assert.equal(failed?.id, environments(platform)[0].id);
        assert.match(failed?.initErrors?.[0] ?? "", /not-there/);

        await stack.configure({ storage: { claimName: "not-there" } });
        const planned = await stack.run(["preview"]);
        assert.match(planned.output, /was ERRORED when last looked at: ".*not-there.*"; `pulumi up` replaces it/);
        await mustUp();
        const [env, ...more] = environments(platform);
        assert.equal(more.length, 0);
        assert.notEqual(env.id, failed?.id);
        assert.equal((await stack.outputs()).status, "AVAILABLE");
    });

    it("one that takes too long: kept, and waited for again", async () => {
        await start({ createTimeoutSeconds: 2 });
        const fault = platform.faults.add({ match: { operation: "CreateComputeEnv" }, kind: "stuck" });
        const { code, output } = await stack.up();
        assert.notEqual(code, 0);
        assert.match(
            output,
            /is still CREATING after \d+ s\. It stays in state, and the next `pulumi up` goes on waiting/,
        );
        const [{ id }] = environments(platform);
        platform.faults.remove(fault);
        await mustUp();
        assert.deepEqual(
            environments(platform).map((env) => [env.id, env.status]),
            [[id, "AVAILABLE"]],
        );
        assert.equal(calls(platform).filter((call) => call === "POST /compute-envs").length, 1);
    });

    it("an answer that is lost after the effect: one environment, found again", async () => {
        await start();
        platform.faults.add({ match: { operation: "CreateComputeEnv" }, kind: "reset-after" });
        platform.faults.add({ match: { operation: "CreateCredentials" }, kind: "truncated" });
        await mustUp();
        assert.equal(environments(platform).length, 1);
        assert.equal(platform.state.credentials.filter(({ deleted }) => !deleted).length, 1);
    });

    it("a right that is taken away: the server's message, the old environment kept, mended when it is back", async () => {
        await start();
        await mustUp();
        const [old] = environments(platform);
        const bindings = await objects(namespace, "rolebindings");
        const launcher = bindings.find(({ subjects }) => subjects[0].name === "seqera-launcher").metadata.name;
        await kubectl("--namespace", namespace, "delete", "rolebinding", launcher);
        await stack.configure({ nextflowConfig: "process.cpus = 2" });
        const { code, output } = await stack.up();
        assert.notEqual(code, 0);
        assert.match(output, new RegExp(`system:serviceaccount:${namespace}:seqera-launcher.* cannot `));
        assert.equal(environments(platform).find(({ id }) => id === old.id)?.status, "AVAILABLE");

        assert.equal((await stack.refresh()).code, 0);
        await mustUp();
        const [env, ...more] = environments(platform);
        assert.equal(more.length, 0);
        assert.equal(env.status, "AVAILABLE");
        assert.notEqual(env.id, old.id);
    });

    it("drift: a refresh shows it, the next up mends it; gone means made again; a lost right is an error", async () => {
        await start({ name: "drifting", description: "ours" });
        await mustUp();
        const [{ id }] = environments(platform);
        await request(platform, "PUT", `/compute-envs/${id}`, { description: "theirs" });
        assert.match((await stack.refresh()).output, /ComputeEnv production updated/);
        assert.equal(stack.resource(COMPUTE_ENV)?.inputs.description, "theirs");
        await mustUp();
        assert.equal(environments(platform)[0].description, "ours");

        platform.faults.add({ match: { path: "/compute-envs/*" }, kind: "status", status: 403 });
        platform.faults.add({ match: { path: "/compute-envs" }, kind: "status", status: 403, message: "Forbidden" });
        const refused = await stack.refresh();
        assert.notEqual(refused.code, 0);
        assert.match(refused.output, /GET \/compute-envs: .*403/);
        assert.equal(stack.resource(COMPUTE_ENV)?.id, id);

        await request(platform, "DELETE", `/compute-envs/${id}`);
        await until(() => environments(platform).length === 0);
        assert.equal((await stack.refresh()).code, 0);
        assert.equal(stack.resource(COMPUTE_ENV), undefined);
        await mustUp();
        assert.notEqual(environments(platform)[0].id, id);
    });

    it("an environment that state has lost: taken over by its generated name", async () => {
        await start();
        await mustUp();
        const [{ id }] = environments(platform);
        const { urn } = stack.resource(COMPUTE_ENV)!;
        await stack.must(["state", "delete", urn, "--target-dependents", "--yes"]);
        const output = await mustUp();
        assert.match(output, /is there already, left by a run that was interrupted; taking it over/);
        assert.deepEqual(
            environments(platform).map((env) => env.id),
            [id],
        );
    });

    it("an environment of somebody else: refused by its name, adopted when asked to", async () => {
        await start({ name: "by-hand" });
        await mustUp();
        const [{ id }] = environments(platform);
        const { urn } = stack.resource(COMPUTE_ENV)!;
        await stack.must(["state", "delete", urn, "--target-dependents", "--yes"]);
        const refused = await stack.up();
        assert.notEqual(refused.code, 0);
        assert.match(refused.output, /A compute environment named "by-hand" exists in workspace \d+/);

        await stack.configure({ adopt: id });
        await mustUp();
        assert.deepEqual(
            environments(platform).map((env) => env.id),
            [id],
        );
        await stack.configure({ adopt: undefined });
        assert.deepEqual(await stack.preview(), []);
    });

    it("a credential with a name of its own that a killed run has left: refused by its name, adopted when asked to", async () => {
        await start({ credentials: { name: "launcher" } });
        const left = platform.state.credentials.length;
        platform.faults.add({ kind: "delay", delayMs: 2_000, match: { operation: "CreateCredentials" } });
        let cli = 0;
        const running = stack.run(["up", "--yes", "--skip-preview"], { onStart: (pid) => (cli = pid) });
        await until(() => calls(platform).includes("POST /credentials"), 60_000);
        const plugins = await descendants(cli);
        end(cli);
        plugins.forEach(({ pid }) => end(pid));
        await running;
        await until(() => platform.state.credentials.length > left);
        await stack.run(["cancel", "--yes"]);
        await stack.must(["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]);
        const refused = await stack.up();
        assert.notEqual(refused.code, 0);
        assert.match(refused.output, /Credentials named "launcher" exist in workspace \d+/);
        assert.doesNotMatch(refused.output, /\n\s+at .*\.js/);

        await stack.configure({ credentials: { name: "launcher", adopt: "launcher" } });
        await mustUp();
        const [{ id }, ...more] = platform.state.credentials.slice(left);
        assert.deepEqual(more, []);
        assert.deepEqual(
            environments(platform).map(({ status, credentialsId }) => [status, credentialsId]),
            [["AVAILABLE", id]],
        );
        await stack.configure({ credentials: { name: "launcher" } });
        assert.deepEqual(await stack.preview(), []);
    });

    it("a forced replacement: never the loss of what is there, and another one when state is looked at first", async () => {
        await start();
        await mustUp();
        const [{ id }] = environments(platform);
        const { urn } = stack.resource(COMPUTE_ENV)!;
        const kept = await stack.up("--replace", urn);
        assert.equal(kept.code, 0, kept.output);
        assert.match(kept.output, /is kept: its replacement took it over/);
        assert.deepEqual(
            environments(platform).map((env) => [env.id, env.status]),
            [[id, "AVAILABLE"]],
        );
        const made = await stack.up("--refresh", "--replace", urn);
        assert.equal(made.code, 0, made.output);
        const [env, ...more] = environments(platform);
        assert.equal(more.length, 0);
        assert.notEqual(env.id, id);
        assert.deepEqual(await stack.preview(), []);
    });
});

async function request(platform: PlatformEmulator, method: string, path: string, body?: object): Promise<void> {
    const [{ workspaceId }] = environments(platform);
    const response = await fetch(`${platform.endpoint}${path}?workspaceId=${workspaceId}`, {
        method,
        headers: { authorization: "Bearer canary-access-token-5f2b9c", "content-type": "application/json" },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    assert.ok(response.ok, await response.text());
}

async function until(condition: () => boolean, withinMs = 5_000): Promise<void> {
    for (const last = Date.now() + withinMs; Date.now() < last && !condition();) {
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.ok(condition());
}
