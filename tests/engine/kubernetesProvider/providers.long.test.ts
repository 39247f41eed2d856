import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { type Bench, sharedBench } from "./bench";
import type { TestStack } from "./testStack";

const namespace = "providers";

describe("the Kubernetes provider's configuration", function () {
    this.timeout(120_000);
    let bench: Bench;
    let stack: TestStack;
    let kubeconfig: string;

    before(async () => {
        bench = await sharedBench();
        kubeconfig = await readFile(bench.cluster.kubeconfig, "utf8");
        await bench.kubectl(["create", "namespace", namespace]);
    });

    const elsewhere = (): string => kubeconfig.replace(/server: .*/, "server: https://127.0.0.1:1");
    const program =
        (args: k8s.ProviderArgs, value = "1"): PulumiFn =>
        async () => {
            const provider = new k8s.Provider("cluster", args);
            new k8s.core.v1.ConfigMap("config", { metadata: { name: "config" }, data: { value } }, { provider });
        };

    it("takes a kubeconfig's content or path, and a namespace for objects that say none", async () => {
        stack = await bench.stack("explicit", { KUBECONFIG: "/nowhere" });
        await stack.up(program({ kubeconfig, namespace }));
        assert.equal((await stack.state()).get("config").id, `${namespace}/config`);
        assert.equal((await bench.get("configmap", "config", namespace)).data.value, "1");
        const same = await stack.up(program({ kubeconfig: bench.cluster.kubeconfig, namespace }));
        assert.equal(same.steps.get("config"), "same");
    });

    it("makes objects anew for another server, unless the cluster's identifier says it is the same", async () => {
        const moved = await stack.preview(program({ kubeconfig: elsewhere(), namespace }));
        assert.equal(moved.steps.get("config"), "replace");
        await stack.up(program({ kubeconfig, namespace, clusterIdentifier: "one" }));
        const pinned = await stack.preview(program({ kubeconfig: elsewhere(), namespace, clusterIdentifier: "one" }));
        assert.equal(pinned.steps.get("config"), "same");
        const renamed = await stack.preview(program({ kubeconfig, namespace, clusterIdentifier: "two" }));
        assert.equal(renamed.steps.get("config"), "replace");
    });

    it("shows everything replaced while the kubeconfig is unknown, and then changes nothing", async () => {
        const later =
            (isUnknown: boolean): PulumiFn =>
            async () => {
                const known = pulumi.output(isUnknown && pulumi.runtime.isDryRun() ? pulumi.unknown : kubeconfig);
                await program({ kubeconfig: known as pulumi.Output<string>, namespace })();
            };
        await stack.up(later(false));
        const preview = await stack.preview(later(true));
        assert.equal(preview.steps.get("config"), "replace");
        assert.equal((await stack.up(later(true))).steps.get("config"), "same");
        await stack.up(program({ kubeconfig, namespace, clusterIdentifier: "one" }));
    });

    it("passes a preview and an unchanged update where the server cannot be reached, and nothing else", async () => {
        const unreachable = { kubeconfig: elsewhere(), namespace, clusterIdentifier: "one" };
        assert.equal((await stack.preview(program(unreachable, "2"))).steps.get("config"), "replace");
        const unchanged = await stack.up(program(unreachable));
        assert.equal(unchanged.steps.get("config"), "same");
        const changed = await stack.up(program(unreachable, "2"), { fails: true });
        assert.match(changed.messages, /unreachable/);
        const refresh = await stack.refresh({ fails: true });
        assert.match(refresh.messages, /unreachable/);
        const destroy = await stack.destroy({ fails: true });
        assert.match(destroy.messages, /unreachable/);
        assert.equal((await bench.get("configmap", "config", namespace)).data.value, "1");
    });

    it("lets go of what is in an unreachable cluster when it is told to", async () => {
        stack.environment({ PULUMI_K8S_DELETE_UNREACHABLE: "true" });
        await stack.refresh();
        assert.equal((await stack.state()).has("config"), false);
    });

    it("passes a preview with a kubeconfig that cannot be read, and fails to create", async () => {
        stack = await bench.stack("unreadable");
        const unreadable = program({ kubeconfig: "no: [kubeconfig" });
        assert.equal((await stack.preview(unreadable)).steps.get("config"), "create");
        const up = await stack.up(unreadable, { fails: true });
        assert.match(up.messages, /unreachable/);
    });
});
