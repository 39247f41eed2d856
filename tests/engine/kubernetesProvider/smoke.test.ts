import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { freshNamespace } from "../support/platform";
import { type Bench, sharedBench } from "./bench";
import type { Operation, TestStack } from "./testStack";

/** All that it does is in the files beside this one, which `make test-long` runs. */
describe("Kubernetes objects under the plugin that is in use", function () {
    this.timeout(120_000);
    this.bail(true);

    const namespace = freshNamespace();
    let bench: Bench;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        bench = await sharedBench();
        await bench.kubectl(["create", "namespace", namespace]);
        stack = await bench.stack(namespace);
    });

    after(async () => {
        await bench?.kubectl(["delete", "namespace", namespace, "--wait=false"]);
    });

    const program =
        (step: string): PulumiFn =>
        async () => {
            new k8s.core.v1.ServiceAccount("account", {
                metadata: { name: "launcher", namespace, labels: { step } },
            });
            new k8s.core.v1.ConfigMap("settings", { metadata: { name: "settings", namespace }, data: { step } });
            new k8s.rbac.v1.Role("reader", {
                metadata: { namespace },
                rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
            });
        };

    const changed = ({ steps }: Operation): string[] =>
        [...steps]
            .filter(([, op]) => op !== "same")
            .map(([name, op]) => `${name}: ${op}`)
            .sort();

    it("are made", async () => {
        const up = await stack.up(program("one"));
        assert.deepEqual(changed(up), ["account: create", "reader: create", "settings: create"]);
        const { id, inputs } = (await stack.state()).get("reader");
        assert.match(id, new RegExp(`^${namespace}/reader-[0-9a-f]{8}$`));
        assert.equal((await bench.get("role", inputs.metadata.name, namespace)).rules[0].verbs[0], "get");
    });

    it("are changed in place, or replaced where they cannot be; what is the same is left alone", async () => {
        const before = await bench.get("configmap", "settings", namespace);
        assert.equal(before.data.step, "one");
        const up = await stack.up(program("two"));
        assert.deepEqual(changed(up), ["account: update", "settings: replace"]);
        const after = await bench.get("configmap", "settings", namespace);
        assert.equal(after.data.step, "two");
        assert.notEqual(after.metadata.uid, before.metadata.uid);
        assert.equal((await bench.get("serviceaccount", "launcher", namespace)).metadata.labels.step, "two");
    });

    it("that others have changed or deleted are known after a refresh, and put right by the next update", async () => {
        await bench.kubectl(["label", "--overwrite", "serviceaccount", "launcher", "-n", namespace, "step=drifted"]);
        await bench.kubectl(["delete", "configmap", "settings", "-n", namespace]);
        await stack.refresh();
        const state = await stack.state();
        assert.equal(state.get("account").outputs.metadata.labels.step, "drifted");
        assert.equal(state.has("settings"), false);
        assert.deepEqual(changed(await stack.up(program("two"))), ["account: update", "settings: create"]);
        assert.equal((await bench.get("serviceaccount", "launcher", namespace)).metadata.labels.step, "two");
    });

    it("are deleted", async () => {
        await stack.destroy();
        await assert.rejects(bench.get("serviceaccount", "launcher", namespace), /NotFound/);
        assert.equal((await stack.state()).size, 0);
    });
});
