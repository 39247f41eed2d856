import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { type Bench, sharedBench } from "./bench";
import type { TestStack } from "./testStack";

const namespace = "adoption";

describe("Kubernetes objects that were there before", function () {
    this.timeout(120_000);
    let bench: Bench;
    let stack: TestStack;

    before(async () => {
        bench = await sharedBench();
        await bench.kubectl(["create", "namespace", namespace]);
        await bench.kubectl(["create", "configmap", "old", "-n", namespace, "--from-literal=a=1"]);
        await bench.kubectl(["create", "serviceaccount", "old", "-n", namespace]);
    });

    it("are imported as they are", async () => {
        stack = await bench.stack("import");
        const program: PulumiFn = async () => {
            new k8s.core.v1.ConfigMap(
                "config",
                { metadata: { name: "old", namespace }, data: { a: "1" } },
                { import: `${namespace}/old` },
            );
        };
        const up = await stack.up(program);
        assert.match(up.steps.get("config") ?? "", /^import/);
        const { id, inputs, outputs } = (await stack.state()).get("config");
        assert.equal(id, `${namespace}/old`);
        assert.deepEqual(inputs, {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "old", namespace },
            data: { a: "1" },
        });
        assert.ok(outputs.metadata.uid);
        const next = await stack.up(program);
        assert.equal(next.steps.get("config") ?? "same", "same");
    });

    it("are imported and then updated where the program says otherwise", async () => {
        stack = await bench.stack("import-update");
        await stack.up(async () => {
            new k8s.core.v1.ServiceAccount(
                "account",
                { metadata: { name: "old", namespace, labels: { ours: "yes" } } },
                { import: `${namespace}/old` },
            );
        });
        assert.equal((await bench.get("sa", "old", namespace)).metadata.labels.ours, "yes");
    });

    it("are read without being managed", async () => {
        stack = await bench.stack("get");
        const up = await stack.up(async () => {
            const found = k8s.core.v1.ConfigMap.get("found", "kube-system/kube-root-ca.crt");
            return { ca: found.data.apply((data) => data["ca.crt"]) };
        });
        assert.match(up.outputs["ca"], /BEGIN CERTIFICATE/);
        await stack.destroy();
        assert.ok(await bench.get("configmap", "kube-root-ca.crt", "kube-system"));
    });
});
