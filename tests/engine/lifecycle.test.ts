import assert from "node:assert/strict";
import { headRules, launcherRules } from "../../src/compile/namespace/rbac";
import type { PlatformEmulator } from "../../src/emulator";
import { audit, kubectl, launcherOf, launcherToken, objects } from "./support/cluster";
import {
    calls,
    credentials,
    environments,
    environmentStack,
    freshNamespace,
    startPlatform,
    TOKEN,
} from "./support/platform";
import { rightsIn, rightsOf, serviceAccount, written } from "./support/rights";
import { COMPUTE_ENV, type TestStack } from "./support/stack";

describe("the life of an environment, on the real engine", function () {
    this.timeout(120_000);
    this.bail(true);

    const namespace = freshNamespace();
    const launcher = launcherOf(namespace);
    let platform: PlatformEmulator;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
        stack = await environmentStack(platform, namespace, { resourceLabels: { team: "genomics" }, primary: true });
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
        await stack.mustUp();
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
            // That of the environment, and that of the preflight.
            "GET /compute-envs": 2,
            "GET /credentials/validate": 1,
            "GET /labels": 1,
            "GET /service-info": 1,
            "GET /user-info": 1,
            "GET /user/{id}/workspaces": 1,
            "POST /compute-envs": 1,
            "POST /compute-envs/{id}/primary": 1,
            "POST /credentials": 1,
            "POST /labels": 1,
            "PUT /compute-envs/{id}": 1,
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
        const token = await launcherToken(namespace);
        const state = stack.stateText();
        for (const secret of [TOKEN, token, Buffer.from(token).toString("base64")]) {
            assert.ok(secret.length > 20);
            assert.ok(!state.includes(secret), "a secret is in state in plain text");
        }
    });

    it("changes nothing, and calls nobody, when nothing changed", async () => {
        platform.clearRequests();
        await stack.mustRest();
        assert.deepEqual(calls(platform), []);
    });

    it("changes in place what the Platform can change", async () => {
        const before = environments(platform);
        await stack.configure({ description: "for the genomics team" });
        platform.clearRequests();
        const { output, changes } = await stack.mustUp();
        // The environment, and the component's own record.
        assert.deepEqual([changes.updated, Object.keys(changes).sort()], [2, ["unchanged", "updated"]], output);
        const [env] = environments(platform);
        assert.equal(env.id, before[0].id);
        assert.equal(env.description, "for the genomics team");
        assert.deepEqual(
            calls(platform).filter((call) => !call.startsWith("GET /user")),
            ["PUT /compute-envs/{id}", "GET /compute-envs/{id}"],
        );
    });

    it("destroys backwards and leaves nothing behind", async () => {
        platform.clearRequests();
        await stack.mustDestroy();
        assert.deepEqual(environments(platform), []);
        assert.deepEqual(credentials(platform), []);
        assert.deepEqual(platform.state.labels, []);
        await assert.rejects(kubectl("get", "namespace", namespace), /NotFound/);
        assert.deepEqual(stack.resources(), []);
        // The Platform removed its own objects itself, with the launcher's token, while it still had its rights.
        const own = (await audit(namespace)).filter(({ user }) => user === launcher);
        assert.deepEqual(
            own.filter(({ code }) => code === 403),
            [],
        );
        const removals = own.filter(({ verb }) => verb === "delete");
        assert.ok(removals.some(({ resource }) => resource === "deployments"));
        assert.ok(
            removals.every(({ code }) => code === 200),
            JSON.stringify(removals),
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
