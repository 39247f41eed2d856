import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { audit } from "../support/cluster";
import { until } from "../support/wait";
import { type Bench, sharedBench } from "./bench";
import type { TestStack } from "./testStack";

const namespace = "creation";

describe("creating Kubernetes objects", function () {
    this.timeout(120_000);
    let bench: Bench;
    let stack: TestStack;

    before(async () => {
        bench = await sharedBench();
        await bench.kubectl(["create", "namespace", namespace]);
    });

    const config =
        (value: string, name = "taken", within = namespace): PulumiFn =>
        async () => {
            new k8s.core.v1.ConfigMap("config", { metadata: { name, namespace: within }, data: { value } });
        };

    it("passes the preview where the object exists, and is refused then", async () => {
        stack = await bench.stack("existing");
        await bench.kubectl(["create", "configmap", "taken", "-n", namespace, "--from-literal=value=theirs"]);
        const preview = await stack.preview(config("ours"));
        assert.equal(preview.steps.get("config"), "create");
        assert.match(preview.messages, /Retry #0; creation failed: .*already exists/);
        const up = await stack.up(config("ours"), { fails: true });
        assert.match(up.messages, /configmaps "taken" already exists/);
        assert.equal((await stack.state()).has("config"), false);
        assert.equal((await bench.get("configmap", "taken", namespace)).data.value, "theirs");
    });

    it("takes over what exists when it is told to, unless another manager owns the field", async () => {
        stack = await bench.stack("upsert", { PULUMI_K8S_UPSERT_EXISTING_OBJECTS: "true" });
        const refused = await stack.up(config("ours"), { fails: true });
        assert.match(refused.messages, /conflict/i);
        await bench.kubectl(["delete", "configmap", "taken", "-n", namespace]);
        await bench.kubectl(["create", "configmap", "taken", "-n", namespace, "--from-literal=more=theirs"]);
        await stack.up(config("ours"));
        assert.deepEqual((await bench.get("configmap", "taken", namespace)).data, { value: "ours", more: "theirs" });
    });

    it("says nothing of a missing namespace in the preview, and waits for it then", async () => {
        stack = await bench.stack("late-namespace");
        const program = config("x", "late", "created-late");
        const preview = await stack.preview(program);
        assert.equal(preview.steps.get("config"), "create");
        const refused = async () => (await audit("created-late")).some(({ code, dryRun }) => code === 404 && !dryRun);
        const coming = until("the first attempt is refused", refused).then(
            async () => await bench.kubectl(["create", "namespace", "created-late"]),
        );
        const up = await stack.up(program);
        await coming;
        assert.match(up.messages, /Retry #\d; creation failed: namespaces "created-late" not found/);
        assert.equal((await bench.get("configmap", "late", "created-late")).data.value, "x");
    });

    it("fails in the preview already for what the API server finds wrong", async () => {
        stack = await bench.stack("invalid");
        const preview = await stack.preview(config("x", "Not A Name"), { fails: true });
        assert.match(preview.messages, /Invalid value: "Not A Name"/);
    });

    it("records a token Secret that gets no token, and mends it when there is an account", async () => {
        stack = await bench.stack("orphan-token");
        const program: PulumiFn = async () => {
            new k8s.core.v1.Secret("token", {
                type: "kubernetes.io/service-account-token",
                metadata: {
                    name: "orphan",
                    namespace,
                    annotations: { "kubernetes.io/service-account.name": "nobody" },
                },
            });
        };
        const up = await stack.up(program, { fails: true });
        assert.match(up.messages, /failed to fully initialize or become live/);
        assert.ok((await stack.state()).get("token").initErrors.length > 0);
        await bench.kubectl(["create", "serviceaccount", "nobody", "-n", namespace]);
        // The token controller removes the Secret of an account that is not there.
        await stack.refresh();
        await stack.up(program);
        const token = (await stack.state()).get("token");
        assert.equal(token.initErrors, undefined);
        assert.ok((await bench.get("secret", "orphan", namespace)).data.token);
    });

    it("waits for a Deployment as long as the program says, records it, and goes on with the next update", async () => {
        stack = await bench.stack("unready");
        const program =
            (annotations: Record<string, string>): PulumiFn =>
            async () => {
                new k8s.apps.v1.Deployment(
                    "deployment",
                    {
                        metadata: { name: "unready", namespace, annotations },
                        spec: {
                            selector: { matchLabels: { app: "x" } },
                            template: {
                                metadata: { labels: { app: "x" } },
                                spec: { containers: [{ name: "x", image: "x" }] },
                            },
                        },
                    },
                    { customTimeouts: { create: "2s", update: "2s" } },
                );
            };
        const up = await stack.up(program({}), { fails: true });
        assert.match(up.messages, /MinimumReplicasUnavailable/);
        assert.ok((await stack.state()).get("deployment").initErrors.length > 0);
        const refresh = await stack.refresh({ mayFail: true });
        assert.match(refresh.messages, /failed to initialize/);
        const next = await stack.up(program({ "pulumi.com/skipAwait": "true" }));
        assert.equal(next.steps.get("deployment"), "update");
        assert.equal((await stack.state()).get("deployment").initErrors, undefined);
    });

    const volumes = { "of a class": "by-hand", "without a class": "" };
    for (const [index, [which, storageClassName]] of Object.entries(volumes).entries()) {
        it(`waits for a claim ${which} to be bound, and for a volume to be available`, async () => {
            stack = await bench.stack(`volumes-${index}`);
            const spec = { accessModes: ["ReadWriteOnce"], storageClassName };
            await stack.up(async () => {
                const volume = new k8s.core.v1.PersistentVolume("volume", {
                    metadata: { name: `creation-volume-${index}` },
                    spec: { ...spec, capacity: { storage: "1024Mi" }, hostPath: { path: "/nowhere" } },
                });
                new k8s.core.v1.PersistentVolumeClaim("claim", {
                    metadata: { name: `bound-${index}`, namespace },
                    spec: { ...spec, volumeName: volume.metadata.name, resources: { requests: { storage: "1Gi" } } },
                });
            });
            const state = await stack.state();
            assert.equal(state.get("volume").outputs.status.phase, "Available");
            assert.equal(state.get("claim").outputs.status.phase, "Bound");
            // To a volume, no class and an empty one are the same; to a claim they are not.
            assert.equal(state.get("volume").inputs.spec.storageClassName, storageClassName || undefined);
            assert.equal(state.get("claim").inputs.spec.storageClassName, storageClassName);
        });
    }

    it("waits for a custom kind whose definition is made beside it", async () => {
        stack = await bench.stack("custom");
        const program =
            (colour: string, description: string): PulumiFn =>
            async () => {
                new k8s.apiextensions.v1.CustomResourceDefinition("things", {
                    metadata: { name: "things.example.com" },
                    spec: {
                        group: "example.com",
                        scope: "Namespaced",
                        names: { plural: "things", kind: "Thing" },
                        versions: [
                            {
                                name: "v1",
                                served: true,
                                storage: true,
                                schema: {
                                    openAPIV3Schema: {
                                        type: "object",
                                        description,
                                        properties: {
                                            spec: { type: "object", x_kubernetes_preserve_unknown_fields: true },
                                        },
                                    },
                                },
                            },
                        ],
                    },
                });
                new k8s.apiextensions.CustomResource("thing", {
                    apiVersion: "example.com/v1",
                    kind: "Thing",
                    metadata: { name: "thing", namespace },
                    spec: { colour },
                });
            };
        await stack.up(program("red", "a thing"));
        assert.deepEqual((await bench.get("things.example.com", "thing", namespace)).spec, { colour: "red" });
        const next = await stack.up(program("blue", "a thing of a colour"));
        assert.deepEqual(Object.fromEntries(next.steps), { things: "update", thing: "update" });
        assert.deepEqual((await bench.get("things.example.com", "thing", namespace)).spec, { colour: "blue" });
        const same = await stack.up(program("blue", "a thing of a colour"));
        assert.deepEqual(Object.fromEntries(same.steps), { things: "same", thing: "same" });
    });

    it("waits for a Job, and fails with it", async () => {
        stack = await bench.stack("job");
        // Without a node no pod runs, so that the Job runs out of its time.
        const job =
            (name: string, activeDeadlineSeconds: number): PulumiFn =>
            async () => {
                new k8s.batch.v1.Job(
                    "job",
                    {
                        metadata: { name, namespace },
                        spec: {
                            activeDeadlineSeconds,
                            template: { spec: { restartPolicy: "Never", containers: [{ name: "x", image: "x" }] } },
                        },
                    },
                    { customTimeouts: { create: "20s" } },
                );
            };
        const up = await stack.up(job("late", 1), { fails: true });
        assert.match(up.messages, /DeadlineExceeded/);
        assert.ok((await stack.state()).get("job").initErrors.length > 0);
    });
});
