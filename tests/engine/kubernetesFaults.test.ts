import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { PlatformEmulator } from "../../src/emulator";
import { apply, kubectl, objects } from "./support/cluster";
import { crash, restartCluster, testEngine, useOwnCluster } from "./support/engine";
import { environments, environmentStack, freshNamespace, startPlatform } from "./support/platform";
import type { TestStack } from "./support/stack";
import { denyingWebhook } from "./support/webhook";

useOwnCluster();

/** What goes wrong in the cluster: each time one clear error, and one run that ends well once the cause is gone. */
describe("faults of the cluster, on the real engine", function () {
    this.timeout(240_000);

    let platform: PlatformEmulator;
    let namespace: string;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        await testEngine();
    });

    beforeEach(async () => {
        platform = await startPlatform();
    });

    /** The last run of every test, after which nothing of it is left. */
    afterEach(async () => {
        const { code, output } = await stack.destroy();
        await platform.stop();
        assert.equal(code, 0, output);
        assert.deepEqual(environments(platform), [], "environments are left behind");
        assert.deepEqual(
            platform.state.credentials.filter(({ deleted }) => !deleted),
            [],
            "credentials are left behind",
        );
        assert.deepEqual(stack.resources(), []);
        assert.deepEqual(platform.violations, []);
    });

    async function start(config: Record<string, unknown> = {}): Promise<void> {
        namespace = freshNamespace();
        stack = await environmentStack(platform, namespace, config);
    }

    async function refused(said: RegExp): Promise<void> {
        const { code, output } = await stack.up();
        assert.notEqual(code, 0, output);
        assert.match(output, said);
        assert.doesNotMatch(output, /\n\s+at .*\.js/);
    }

    /** One clean run, after which there is one of each, and nothing left to do. */
    async function converges(...flags: string[]): Promise<void> {
        const { code, output } = await stack.up(...flags);
        assert.equal(code, 0, output);
        assert.deepEqual(
            environments(platform).map(({ status }) => status),
            ["AVAILABLE"],
        );
        assert.equal(platform.state.credentials.filter(({ deleted }) => !deleted).length, 1);
        assert.equal((await objects(namespace, "deployments")).length, 1);
        assert.deepEqual(await stack.preview(), []);
    }

    it("an API server that is restarted in the middle", async () => {
        await start();
        // Time to crash before the Platform turns to the cluster.
        platform.faults.add({ kind: "delay", delayMs: 5_000, match: { operation: "CreateComputeEnv" } });
        const running = stack.up();
        await until(() => platform.requests.some(({ operation }) => operation === "CreateCredentials"));
        await crash("kube-apiserver");
        const { code, output } = await running;
        await restartCluster();
        assert.notEqual(code, 0, output);
        assert.match(
            output,
            /The Platform could not make the compute environment "production-\w+": "Unable to connect to Kubernetes API server .*ECONN(RESET|REFUSED [\d.:]+)"/,
        );
        await converges();
    });

    it("an API server that is away: nothing is changed, and nothing lost", async () => {
        await start();
        await converges();
        const [{ id }] = environments(platform);
        await crash("kube-apiserver");
        const { code, output } = await stack.refresh();
        await restartCluster();
        assert.notEqual(code, 0, output);
        assert.match(output, /connection refused|ECONNREFUSED/);
        await converges("--refresh");
        assert.deepEqual(
            environments(platform).map((each) => each.id),
            [id],
        );
    });

    it("an admission webhook that denies", async () => {
        await start();
        const end = await denyingWebhook(namespace, "rolebindings", "bindings need a ticket");
        await refused(/admission webhook "policy\.example\.com" denied the request: bindings need a ticket/);
        assert.deepEqual(environments(platform), []);
        await end();
        await converges();
    });

    it("a quota that is exceeded", async () => {
        await start({ createNamespace: false });
        await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
        const quota = (hard: object) =>
            apply({ apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "small", namespace }, spec: { hard } });
        await quota({ persistentvolumeclaims: "0" });
        await until(async () => (await objects(namespace, "resourcequotas"))[0].status?.hard !== undefined);
        await refused(/exceeded quota: small, requested: persistentvolumeclaims=1, used: persistentvolumeclaims=0/);
        assert.deepEqual(environments(platform), []);
        await quota({ persistentvolumeclaims: "1" });
        await until(
            async () => (await objects(namespace, "resourcequotas"))[0].status?.hard?.persistentvolumeclaims === "1",
        );
        await converges();
    });

    it("a namespace that is stuck terminating", async () => {
        await start();
        await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
        const stuck = { name: "stuck", namespace, finalizers: ["example.com/never"] };
        await apply({ apiVersion: "v1", kind: "ConfigMap", metadata: stuck });
        await kubectl("delete", "namespace", namespace, "--wait=false");
        await refused(new RegExp(`object is being deleted: namespaces "${namespace}" already exists`));
        assert.deepEqual(environments(platform), []);
        await kubectl("-n", namespace, "patch", "configmap", "stuck", "--type=json", "-p", NO_FINALIZERS);
        await kubectl("wait", "--for=delete", `namespace/${namespace}`, "--timeout=60s");
        await converges();
    });

    it("a token Secret that is not filled", async () => {
        await start();
        await crash("kube-controller-manager");
        const { code, output } = await stack.up();
        await restartCluster();
        assert.notEqual(code, 0, output);
        assert.match(output, /seqera-launcher-token/);
        assert.deepEqual(environments(platform), []);
        await converges();
    });

    it("a claim that is deleted by hand", async () => {
        await start();
        await converges();
        const [claim] = await objects(namespace, "persistentvolumeclaims");
        await kubectl("-n", namespace, "delete", "persistentvolumeclaim", claim.metadata.name);
        await converges("--refresh");
        const [again] = await objects(namespace, "persistentvolumeclaims");
        assert.equal(again.metadata.name, claim.metadata.name);
        assert.notEqual(again.metadata.uid, claim.metadata.uid);
    });

    it("rights that are taken away before destroy", async () => {
        await start();
        await converges();
        const bindings = await objects(namespace, "rolebindings");
        const launcher = bindings.find(({ subjects }) => subjects[0].name === "seqera-launcher").metadata.name;
        await kubectl("--namespace", namespace, "delete", "rolebinding", launcher);
        const { code, output } = await stack.destroy();
        assert.notEqual(code, 0, output);
        assert.match(
            output,
            new RegExp(
                `The Platform could not clean up the compute environment "production-\\w+": ".*seqera-launcher.* cannot `,
            ),
        );
        assert.match(output, /Mend the cause and run `pulumi destroy` again, or set forceDelete/);
        assert.equal(environments(platform).length, 1);
        // The bindings come back by an `up`, which also replaces the environment that is ERRORED by now.
        await converges("--refresh");
    });
});

const NO_FINALIZERS = JSON.stringify([{ op: "remove", path: "/metadata/finalizers" }]);

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
    const end = Date.now() + 60_000;
    while (!(await condition())) {
        assert.ok(Date.now() < end, "It did not happen");
        await sleep(20);
    }
}
