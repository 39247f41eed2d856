import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../src/emulator";
import { OPERATIONS, recipe } from "../support/operations";
import { apply, kubectl, objects } from "./support/cluster";
import { clearAfterKill, killedUp } from "./support/kill";
import { calls, credentials, environments, freshEnvironment, request, startPlatform } from "./support/platform";
import { COMPUTE_ENV, CREDENTIALS, type TestStack } from "./support/stack";
import { until } from "./support/wait";

/** Each step goes on where the one before has ended. */
describe("what fails stays in state and is mended, on the real engine", function () {
    this.timeout(180_000);
    this.bail(true);

    let platform: PlatformEmulator;
    let namespace: string;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
        ({ namespace, stack } = await freshEnvironment(platform, { createTimeoutSeconds: 2 }));
    });

    after(async () => {
        await platform?.stop();
        assert.deepEqual(platform.violations, []);
    });

    const stuck = () => platform.faults.add({ kind: "stuck", match: { operation: "CreateComputeEnv" } });
    const idsInState = (type: string) =>
        stack
            .resources()
            .filter((each) => each.type === type)
            .map(({ id }) => id);
    const posts = (path: string) => calls(platform).filter((call) => call === `POST ${path}`).length;

    /** The one environment that there is, which is usable. */
    function only() {
        const [env, ...more] = environments(platform);
        assert.deepEqual([env.status, more], ["AVAILABLE", []]);
        assert.deepEqual(idsInState(COMPUTE_ENV), [env.id]);
        return env;
    }

    /** An environment that the Platform has begun to make beside what there is. */
    const begun = (there: number) => () => until("another environment", () => environments(platform)[there]);

    it("one that takes too long: kept, and waited for again", async () => {
        platform.faults.add({ kind: "truncated", match: { operation: "CreateCredentials" } });
        stuck();
        await stack.mustFail(
            /is still CREATING after \d+ s\. It stays in state, and the next `pulumi up` continues to wait/,
        );
        const [{ id }] = environments(platform);
        assert.equal(credentials(platform).length, 1, "the answer that was lost has left another credential");
        platform.faults.remove();
        await stack.configure({ createTimeoutSeconds: undefined });
        await stack.mustUp();
        assert.equal(only().id, id);
        assert.deepEqual([posts("/compute-envs"), posts("/credentials")], [1, 1]);
    });

    it("a forced replacement: never the loss of what is there, and another one when state is looked at first", async () => {
        const { id } = only();
        const { urn } = stack.resource(COMPUTE_ENV)!;
        const kept = await stack.mustUp("--replace", urn);
        assert.match(kept.output, /is kept: its replacement took it over/);
        assert.equal(only().id, id);
        // The answer to the create is lost, too: there is one environment all the same.
        platform.faults.add({ kind: "reset-after", match: { operation: "CreateComputeEnv" } });
        await stack.mustUp("--refresh", "--replace", urn);
        assert.notEqual(only().id, id);
        assert.equal(credentials(platform).length, 1);
        await stack.mustRest();
    });

    it("a kill while CREATING, under a generated name, leaves no orphan and no error", async () => {
        const old = only();
        await stack.configure({ nextflowConfig: "process.cpus = 2" });
        stuck();
        await killedUp(stack, begun(1));
        platform.faults.remove();
        const made = environments(platform)[1];
        const [cancel, refresh, up] = recipe("A run that was killed");
        stack.cutOffStateAttributes();
        assert.match((await stack.follow(cancel)).output, /failed to load checkpoint: EOF/);
        const [, attributes] = /Remove `([^`]+)`; the state itself is whole/.exec(OPERATIONS)!;
        await stack.mustFollow(`rm ${attributes.replace(/<\w+>/g, "*")}`, cancel, refresh);
        assert.deepEqual(idsInState(COMPUTE_ENV), [old.id]);
        const { output } = await stack.mustFollow(up);
        assert.match(output, /already exists, left by an interrupted run; taking it over/);
        assert.equal(only().id, made.id);
    });

    it("an interrupt while CREATING loses nothing: the CLI waits, and the environment is in state", async () => {
        const old = only();
        await stack.configure({ nextflowConfig: "process.cpus = 3" });
        stuck();
        let cli = 0;
        let said = "";
        const running = stack.run(["up", "--yes", "--skip-preview"], {
            onStart: (pid) => (cli = pid),
            onOutput: (text) => (said = text),
        });
        const { id } = await begun(1)();
        process.kill(cli, "SIGINT");
        await until("the CLI's answer to the interrupt", () => /\^C received; cancelling/.test(said));
        platform.faults.remove();
        await running;
        assert.deepEqual(idsInState(COMPUTE_ENV).sort(), [old.id, id].sort());
        await stack.mustUp();
        assert.equal(only().id, id);
    });

    it("a namespace that is deleted, refreshed half gone and gone: the next up makes the environment whole (issue 15, point 8)", async () => {
        const old = only();
        const held = { name: "held", namespace, finalizers: ["example.com/nobody"] };
        await apply({ apiVersion: "v1", kind: "ConfigMap", metadata: held });
        await kubectl("delete", "namespace", namespace, "--wait=false");
        await stack.mustRefresh();
        const wait = `kubectl wait --for=delete namespace/${namespace}`;
        const { output } = await stack.mustFail(/was being deleted when Pulumi last read it/, ["preview"]);
        assert.ok(output.includes(`Wait until it is deleted: \`${wait}\`. Then run \`pulumi up --refresh\``), output);
        await kubectl(
            "-n",
            namespace,
            "patch",
            "configmap",
            "held",
            "--type=merge",
            "-p",
            '{"metadata":{"finalizers":[]}}',
        );
        await kubectl(...wait.split(" ").slice(1));
        const planned = (await stack.preview("--refresh")).filter(({ type }) => type === COMPUTE_ENV);
        assert.ok(planned.some(({ replaceReasons }) => replaceReasons.includes("objectUids")));
        const { output: said } = await stack.mustUp("--refresh");
        assert.match(said, /must be replaced: its namespace was deleted and created again/);
        assert.notEqual(only().id, old.id);
        const kinds = (await objects(namespace, "deployments,podtemplates,persistentvolumeclaims")).map(
            ({ kind }) => kind,
        );
        assert.deepEqual(kinds.sort(), ["Deployment", "PersistentVolumeClaim", "PodTemplate"]);
        await stack.mustRest();
    });

    it("what state forgets, with all that depends on it, stays in the Platform", async () => {
        const { id, credentialsId } = only();
        const { urn } = stack.resource(CREDENTIALS)!;
        await stack.must(["state", "delete", urn, "--target-dependents", "--yes"]);
        assert.deepEqual([...idsInState(COMPUTE_ENV), ...idsInState(CREDENTIALS)], []);
        assert.deepEqual([environments(platform)[0].id, credentials(platform)[0].id], [id, credentialsId]);
        await request(platform, "DELETE", `/compute-envs/${id}`);
        await until("the environment is gone", () => environments(platform).length === 0);
        await request(platform, "DELETE", `/credentials/${credentialsId}`);
    });

    it("a credential with a name of its own that a killed run has left: refused by its name", async () => {
        await stack.configure({ name: "prod", credentials: { name: "launcher" } });
        platform.faults.add({ kind: "delay", delayMs: 2_000, match: { operation: "CreateCredentials" } });
        platform.clearRequests();
        await killedUp(stack, () => until("a credential is asked for", () => posts("/credentials") > 0));
        await until("the credential is made", () => credentials(platform).length === 1);
        await clearAfterKill(stack);
        await stack.mustFail(/Credentials named "launcher" already exist in workspace \d+/);
        assert.equal(credentials(platform).length, 1);
    });

    it("a kill while CREATING, under a name of its own, leaves no orphan and no error; the credential is adopted", async () => {
        const [{ id: credentialsId }] = credentials(platform);
        await stack.configure({ credentials: { name: "launcher", adopt: "launcher" } });
        stuck();
        await killedUp(stack, begun(0));
        platform.faults.remove();
        const [{ id }] = environments(platform);
        await clearAfterKill(stack);
        assert.deepEqual([idsInState(COMPUTE_ENV), idsInState(CREDENTIALS)], [[], [credentialsId]]);
        // Asked for once, it is the stack's own.
        await stack.configure({ credentials: { name: "launcher" } });
        platform.clearRequests();
        await stack.mustUp();
        assert.deepEqual([only().id, only().credentialsId], [id, credentialsId]);
        assert.deepEqual(
            calls(platform).filter((call) => /^P.* \/credentials/.test(call)),
            [],
        );
        assert.deepEqual(
            credentials(platform).map((each) => each.id),
            [credentialsId],
        );
        await stack.mustRest();
    });

    it("leaves nothing behind", async () => {
        assert.equal((await objects(namespace, "deployments")).length, 1);
        await stack.mustDestroy();
        assert.deepEqual([environments(platform), credentials(platform)], [[], []]);
    });
});
