import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { type Bench, sharedBench } from "./bench";
import type { TestStack } from "./testStack";

const namespace = "updates";

describe("updating Kubernetes objects", function () {
    this.timeout(120_000);
    let bench: Bench;
    let stack: TestStack;

    before(async () => {
        bench = await sharedBench();
        await bench.kubectl(["create", "namespace", namespace]);
    });

    const account =
        (name: string, step: string, annotations: Record<string, string> = {}): PulumiFn =>
        async () => {
            new k8s.core.v1.ServiceAccount("account", {
                metadata: { name, namespace, labels: { step }, annotations },
            });
        };
    const takeOver = async (name: string, step: string): Promise<void> => {
        const object = {
            apiVersion: "v1",
            kind: "ServiceAccount",
            metadata: { name, namespace, labels: { step } },
        };
        const apply = ["apply", "--server-side", "--force-conflicts", "--field-manager=somebody", "-f", "-"];
        await bench.kubectl(apply, object);
    };

    it("loses a conflict with another field manager, records that, and wins it when it is told to", async () => {
        stack = await bench.stack("conflict");
        await stack.up(account("contested", "one"));
        await stack.up(account("contested", "two"));
        await takeOver("contested", "theirs");
        const refused = await stack.up(account("contested", "three"), { fails: true });
        assert.match(refused.messages, /conflict/);
        assert.match(refused.messages, /somebody/);
        assert.equal((await bench.get("sa", "contested", namespace)).metadata.labels.step, "theirs");
        await stack.up(account("contested", "three", { "pulumi.com/patchForce": "true" }));
        assert.equal((await bench.get("sa", "contested", namespace)).metadata.labels.step, "three");
    });

    it("hides in the preview a conflict about an object that has not been updated before", async () => {
        stack = await bench.stack("hidden-conflict");
        await stack.up(account("hidden", "one"));
        // Owned by two managers with the same value: the migration of ours comes with the first update.
        await takeOver("hidden", "one");
        const preview = await stack.preview(account("hidden", "two"));
        assert.equal(preview.steps.get("account"), "update");
        const up = await stack.up(account("hidden", "two"), { fails: true });
        assert.match(up.messages, /conflict/);
    });

    it("fails in the preview for an immutable field that plans as an update", async () => {
        stack = await bench.stack("immutable");
        const claim =
            (volumeMode: string): PulumiFn =>
            async () => {
                new k8s.core.v1.PersistentVolumeClaim("claim", {
                    metadata: { name: "claim", namespace, annotations: { "pulumi.com/skipAwait": "true" } },
                    spec: { accessModes: ["ReadWriteOnce"], volumeMode, resources: { requests: { storage: "1Gi" } } },
                });
            };
        await stack.up(claim("Filesystem"));
        const preview = await stack.preview(claim("Block"), { fails: true });
        assert.match(preview.messages, /spec: Forbidden/);
    });

    it("fails for an object that is gone", async () => {
        stack = await bench.stack("gone");
        await stack.up(account("gone", "one"));
        await bench.kubectl(["delete", "sa", "gone", "-n", namespace]);
        const up = await stack.up(account("gone", "two"), { fails: true });
        assert.match(up.messages, /not found/);
    });

    it("leaves fields alone that the program ignores and another manager has taken", async () => {
        stack = await bench.stack("ignored");
        const program =
            (step: string, pods: string): PulumiFn =>
            async () => {
                const hard = { pods, services: step };
                new k8s.core.v1.ResourceQuota(
                    "quota",
                    { metadata: { name: "quota", namespace }, spec: { hard } },
                    { ignoreChanges: ["spec.hard.pods"] },
                );
            };
        await stack.up(program("1", "5"));
        const object = {
            apiVersion: "v1",
            kind: "ResourceQuota",
            metadata: { name: "quota", namespace },
            spec: { hard: { pods: "9" } },
        };
        await bench.kubectl(
            ["apply", "--server-side", "--force-conflicts", "--field-manager=somebody", "-f", "-"],
            object,
        );
        await stack.up(program("2", "5"));
        assert.deepEqual((await bench.get("resourcequota", "quota", namespace)).spec.hard, {
            pods: "9",
            services: "2",
        });
    });
});
