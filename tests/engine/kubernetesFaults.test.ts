import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../src/emulator";
import { recipe } from "../support/operations";
import { apply, kubectl, launcherBinding, objects } from "./support/cluster";
import { crash, restartCluster, useOwnCluster } from "./support/engine";
import { credentials, environments, freshEnvironment, startPlatform } from "./support/platform";
import type { TestStack } from "./support/stack";
import { until } from "./support/wait";
import { denyingWebhook } from "./support/webhook";

useOwnCluster();

const DESTROY = ["--yes", "--skip-preview"];

/**
 * What goes wrong in the cluster: each time one clear error, and one run that ends well once the cause is gone. Each step goes on
 * where the one before has ended.
 */
describe("faults of the cluster, on the real engine", function () {
    this.timeout(240_000);
    this.bail(true);

    let platform: PlatformEmulator;
    let namespace: string;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
        ({ namespace, stack } = await freshEnvironment(platform, {
            createNamespace: false,
            storage: { create: false, claimName: "of-somebody-else" },
        }));
        await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
    });

    after(() => platform?.stop());

    /** One clean run, after which there is one of each, and nothing left to do. */
    async function converges(...flags: string[]): Promise<void> {
        await stack.mustUp(...flags);
        assert.deepEqual(
            environments(platform).map(({ status }) => status),
            ["AVAILABLE"],
        );
        assert.equal(credentials(platform).length, 1);
        assert.equal((await objects(namespace, "deployments")).length, 1);
        await stack.mustRest();
    }

    it("a token Secret that is not filled", async () => {
        await crash("kube-controller-manager");
        await stack.mustFail(/seqera-launcher-token/);
        assert.deepEqual(environments(platform), []);
        await restartCluster();
    });

    it("an admission webhook that denies", async () => {
        await kubectl("--namespace", namespace, "delete", "rolebindings", "--all");
        const end = await denyingWebhook(namespace, "rolebindings", "bindings need a ticket");
        await stack.mustFail(/admission webhook "policy\.example\.com" denied the request: bindings need a ticket/, [
            "up",
            "--yes",
            "--skip-preview",
            "--refresh",
        ]);
        assert.deepEqual(environments(platform), []);
        await end();
    });

    it("a quota that is exceeded", async () => {
        const quota = async (persistentvolumeclaims: string) => {
            const object = { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "small", namespace } };
            await apply({ ...object, spec: { hard: { persistentvolumeclaims } } });
            await until(`the quota is ${persistentvolumeclaims}`, async () => {
                const [{ status }] = await objects(namespace, "resourcequotas");
                return status?.hard?.persistentvolumeclaims === persistentvolumeclaims;
            });
        };
        await quota("0");
        await stack.configure({ storage: undefined });
        await stack.mustFail(
            /exceeded quota: small, requested: persistentvolumeclaims=1, used: persistentvolumeclaims=0/,
        );
        assert.deepEqual(environments(platform), []);
        await quota("1");
    });

    it("an API server that is restarted in the middle", async () => {
        // The Platform turns to the cluster when it is let go.
        platform.faults.add({ kind: "stuck", match: { operation: "CreateComputeEnv" } });
        const running = stack.mustFail(
            /The Platform could not create the compute environment "production-\w+": "Unable to connect to Kubernetes API server .*ECONN(RESET|REFUSED)[\d.: ]*"/,
        );
        await until("an environment is being made", () => environments(platform).length === 1);
        await crash("kube-apiserver");
        platform.faults.remove();
        await running;
        await restartCluster();
        await converges();
    });

    it("an API server that is away, then a claim that is deleted by hand: nothing is changed, and nothing else is lost", async () => {
        const [{ id }] = environments(platform);
        const [claim] = await objects(namespace, "persistentvolumeclaims");
        await crash("kube-apiserver");
        await stack.mustFail(/connection refused|ECONNREFUSED/, ["refresh", "--yes", "--skip-preview"]);
        await restartCluster();
        const held = (...finalizers: string[]) => {
            const patch = JSON.stringify({ metadata: { finalizers } });
            return kubectl("-n", namespace, "patch", "pvc", claim.metadata.name, "--type=merge", "--patch", patch);
        };
        // As a pod that still uses it does.
        await held("example.com/held");
        await kubectl("-n", namespace, "delete", "persistentvolumeclaim", claim.metadata.name, "--wait=false");
        const { output } = await stack.mustUp("--refresh");
        const [, wait] = /was being deleted when Pulumi last read it .* Wait until it is deleted: `kubectl (.*?)`/.exec(
            output,
        )!;
        await held();
        await kubectl(...wait.split(" "));
        await converges("--refresh");
        assert.equal(environments(platform)[0].id, id);
        const [again] = await objects(namespace, "persistentvolumeclaims");
        assert.equal(again.metadata.name, claim.metadata.name);
        assert.notEqual(again.metadata.uid, claim.metadata.uid);
    });

    it("a namespace that somebody deletes and makes again: a refresh sees it, and the environment is whole after the next up (issue 15, point 8)", async () => {
        const [{ id }] = environments(platform);
        await kubectl("delete", "namespace", namespace);
        await apply({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
        await converges("--refresh");
        assert.notEqual(environments(platform)[0].id, id);
        assert.equal((await objects(namespace, "persistentvolumeclaims")).length, 1);
    });

    it("rights that are taken away before destroy", async () => {
        const { metadata } = await launcherBinding(namespace);
        await kubectl("--namespace", namespace, "delete", "rolebinding", metadata.name);
        const { output } = await stack.mustFail(
            /The Platform could not clean up the compute environment "production-\w+": ".*seqera-launcher.* cannot /,
            ["destroy", "--yes", "--skip-preview"],
        );
        assert.match(output, /Fix the cause and run `pulumi destroy` again, or set forceDelete/);
        assert.equal(environments(platform).length, 1);
        await stack.mustFollow(...recipe("Rights that were taken away before destroy"));
        assert.deepEqual([environments(platform), credentials(platform)], [[], []]);
    });

    it("a cluster that is gone for good: the recipe of docs/operations.md removes all that is not in it (case 17)", async () => {
        await stack.configure({ primary: true });
        await stack.mustUp();
        await crash("kube-apiserver");
        await stack.mustFail(/The Platform could not clean up the compute environment/, ["destroy", ...DESTROY]);
        await stack.mustFollow(...recipe("A cluster that is gone for good"));
    });

    it("leaves nothing behind in the end, and kept to the official document throughout", async () => {
        assert.deepEqual([environments(platform), credentials(platform), stack.resources()], [[], [], []]);
        assert.deepEqual(platform.violations, []);
    });
});
