import assert from "node:assert/strict";
import { headRules, launcherRules } from "../../src/compile/rbac";
import type { PlatformEmulator } from "../../src/emulator";
import { audit, kubectl, objects } from "./support/cluster";
import { calls, environments, environmentStack, freshNamespace, startPlatform, TOKEN } from "./support/platform";
import { rightsIn, rightsOf, serviceAccount, written } from "./support/rights";
import type { TestStack } from "./support/stack";

const COMPUTE_ENV = "pulumi-nodejs:dynamic/seqera:ComputeEnv";

describe("the life of an environment, on the real engine", function () {
    this.timeout(120_000);

    const namespace = freshNamespace();
    const launcher = `system:serviceaccount:${namespace}:seqera-launcher`;
    let platform: PlatformEmulator;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
        stack = await environmentStack(platform, namespace, { labels: { team: "genomics" }, primary: true });
    });

    after(async () => {
        await platform?.stop();
    });

    it("previews on an empty cluster with no call to the Platform", async () => {
        const plan = await stack.preview();
        assert.deepEqual(new Set(plan.map(({ op }) => op)), new Set(["create"]));
        assert.equal(plan.filter(({ type }) => type === COMPUTE_ENV).length, 1);
        assert.deepEqual(calls(platform), []);
    });

    it("makes everything and ends AVAILABLE", async () => {
        const { code, output } = await stack.up();
        assert.equal(code, 0, output);
        const outputs = await stack.outputs();
        const [env] = environments(platform);
        assert.equal(outputs.status, "AVAILABLE");
        assert.equal(outputs.computeEnvId, env.id);
        assert.match(outputs.name, /^production-[0-9a-f]{7}$/);
        assert.equal(env.primary, true);
        assert.match(outputs.launchUrl, /\/orgs\/emulator\/workspaces\/compute\/launchpad$/);
        assert.equal(
            outputs.kubectlCommand,
            `kubectl --namespace ${namespace} get deployments,pods,persistentvolumeclaims`,
        );
        assert.deepEqual(outputs.serviceAccounts, {
            launcher: "seqera-launcher",
            head: "nextflow-head",
            compute: "nextflow-task",
        });
    });

    it("makes no Platform call beyond what the job needs", () => {
        const counts = new Map<string, number>();
        calls(platform).forEach((call) => counts.set(call, (counts.get(call) ?? 0) + 1));
        const polls = counts.get("GET /compute-envs/{id}") ?? 0;
        counts.delete("GET /compute-envs/{id}");
        assert.deepEqual(Object.fromEntries([...counts].sort()), {
            "GET /compute-envs/validate": 1,
            "GET /credentials/validate": 1,
            "GET /labels": 1,
            "GET /user-info": 1,
            "GET /user/{id}/workspaces": 1,
            "POST /compute-envs": 1,
            "POST /compute-envs/{id}/primary": 1,
            "POST /credentials": 1,
            "POST /labels": 1,
        });
        assert.ok(polls >= 1 && polls <= 4, `${polls} polls`);
    });

    it("gives the Platform a token that makes its own objects, and no more rights than it needs", async () => {
        const [deployment] = await objects(namespace, "deployments");
        assert.equal(deployment.spec.template.spec.serviceAccountName, "nextflow-head");
        assert.equal((await objects(namespace, "podtemplates")).length, 1);
        const own = (await audit(namespace)).filter(({ user, dryRun }) => user === launcher && !dryRun);
        assert.deepEqual(
            own
                .filter(({ verb }) => verb === "create")
                .map(({ resource, code }) => `${resource} ${code}`)
                .sort(),
            ["deployments 201", "podtemplates 201"],
        );
        const rights = (account: string) => rightsOf(serviceAccount(namespace, account), namespace);
        assert.deepEqual(await rights("seqera-launcher"), written(rightsIn(namespace, launcherRules())));
        assert.deepEqual(await rights("nextflow-head"), written(rightsIn(namespace, headRules())));
        assert.deepEqual(await rights("nextflow-task"), []);
    });

    it("keeps no secret in plain text in state", async () => {
        const token = Buffer.from(
            await kubectl("-n", namespace, "get", "secret", "seqera-launcher-token", "-o", "jsonpath={.data.token}"),
            "base64",
        ).toString();
        const state = stack.stateText();
        for (const secret of [TOKEN, token, Buffer.from(token).toString("base64")]) {
            assert.ok(secret.length > 20);
            assert.ok(!state.includes(secret), "a secret is in state in plain text");
        }
    });

    it("changes nothing, and calls nobody, when nothing changed", async () => {
        platform.clearRequests();
        const { code, output, changes } = await stack.up();
        assert.equal(code, 0, output);
        assert.deepEqual(Object.keys(changes), ["unchanged"]);
        assert.deepEqual(calls(platform), []);
    });

    it("changes in place what the Platform can change", async () => {
        const before = environments(platform);
        await stack.configure({ description: "for the genomics team" });
        const plan = await stack.preview();
        assert.deepEqual(
            plan.map(({ op, type }) => `${op} ${type}`),
            [`update ${COMPUTE_ENV}`],
        );
        platform.clearRequests();
        const { code, output, changes } = await stack.up();
        assert.equal(code, 0, output);
        assert.equal(changes.created ?? changes.replaced ?? changes.deleted, undefined, output);
        const [env] = environments(platform);
        assert.equal(env.id, before[0].id);
        assert.equal(env.description, "for the genomics team");
        assert.deepEqual(
            calls(platform).filter((call) => !call.startsWith("GET /user")),
            ["PUT /compute-envs/{id}", "GET /compute-envs/{id}"],
        );
    });

    it("plans a replacement for what the Platform cannot change, and says which property", async () => {
        const reasons = async (config: Record<string, unknown>, back: Record<string, unknown>) => {
            await stack.configure(config);
            const plan = await stack.preview();
            await stack.configure(back);
            return plan.filter(({ type, op }) => type === COMPUTE_ENV && op === "replace")[0]?.replaceReasons;
        };
        assert.deepEqual(await reasons({ nextflowConfig: "process.cpus = 2" }, { nextflowConfig: undefined }), [
            "config",
        ]);
        assert.deepEqual(await reasons({ labels: { team: "other" } }, { labels: { team: "genomics" } }), ["labelIds"]);
        assert.deepEqual(await stack.preview(), []);
    });

    it("replaces without a gap: the new one is AVAILABLE and primary before the old one goes", async () => {
        const [old] = environments(platform);
        await stack.configure({ nextflowConfig: "process.cpus = 2" });
        platform.clearRequests();
        const { code, output } = await stack.up();
        assert.equal(code, 0, output);
        const [env, ...more] = environments(platform);
        assert.equal(more.length, 0);
        assert.notEqual(env.id, old.id);
        assert.equal(env.config.nextflowConfig, "process.cpus = 2");
        assert.equal(env.primary, true);
        const order = platform.requests
            .filter(({ method }) => method !== "GET")
            .map(({ method, path }) => `${method} ${path}`);
        assert.deepEqual(order, [
            "POST /compute-envs",
            `POST /compute-envs/${env.id}/primary`,
            `DELETE /compute-envs/${old.id}`,
        ]);
        assert.equal((await objects(namespace, "deployments")).length, 1);
    });

    it("deletes first where a name of the user's own leaves no room for both", async () => {
        await stack.configure({ name: "fixed" });
        assert.equal((await stack.up()).code, 0);
        const [old] = environments(platform);
        await stack.configure({ nextflowConfig: "process.cpus = 3" });
        platform.clearRequests();
        const { code, output } = await stack.up();
        assert.equal(code, 0, output);
        const [env] = environments(platform);
        assert.equal(env.name, "fixed");
        const order = platform.requests
            .filter(({ method }) => method !== "GET")
            .map(({ method, path }) => `${method} ${path}`);
        assert.deepEqual(order.slice(0, 2), [`DELETE /compute-envs/${old.id}`, "POST /compute-envs"]);
    });

    it("rotates the credential in place when the launcher's token changes", async () => {
        const [before] = environments(platform);
        await kubectl("-n", namespace, "delete", "secret", "seqera-launcher-token");
        assert.equal((await stack.refresh()).code, 0);
        platform.clearRequests();
        const { code, output } = await stack.up();
        assert.equal(code, 0, output);
        const [env] = environments(platform);
        assert.equal(env.id, before.id);
        assert.equal(env.credentialsId, before.credentialsId);
        assert.deepEqual(calls(platform), ["PUT /credentials/{id}", "GET /credentials/{id}"]);
    });

    it("destroys backwards and leaves nothing behind", async () => {
        platform.clearRequests();
        const { code, output } = await stack.destroy();
        assert.equal(code, 0, output);
        assert.deepEqual(environments(platform), []);
        assert.deepEqual(
            platform.state.credentials.filter(({ deleted }) => !deleted),
            [],
        );
        assert.deepEqual(platform.state.labels, []);
        await assert.rejects(kubectl("get", "namespace", namespace), /NotFound/);
        assert.deepEqual(stack.resources(), []);
        // The Platform removed its own objects itself, with the launcher's token, while it still had its rights.
        const own = (await audit(namespace)).filter(({ user, verb }) => user === launcher && verb === "delete");
        assert.ok(own.some(({ resource }) => resource === "deployments"));
        assert.ok(
            own.every(({ code }) => code === 200),
            JSON.stringify(own),
        );
        const order = platform.requests
            .filter(({ method }) => method === "DELETE")
            .map(({ path }) => path.split("/")[1]);
        assert.ok(order.indexOf("compute-envs") < order.indexOf("credentials"));
    });

    it("kept to the official document throughout", () => {
        assert.deepEqual(platform.violations, []);
    });
});
