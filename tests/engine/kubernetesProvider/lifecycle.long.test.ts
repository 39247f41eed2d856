import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { type Bench, objectRequests, sharedBench } from "./bench";
import type { Operation, TestStack } from "./testStack";

/** What the program says; each test changes a little of it. */
interface Wishes {
    label: string;
    verbs: string[];
    setting: string;
    password: string;
    role: "reader" | "other";
    pods: string;
}

const first: Wishes = { label: "one", verbs: ["get"], setting: "a", password: "secret", role: "reader", pods: "10" };
const namespaceName = "lifecycle";

const programFor =
    (wishes: Wishes): PulumiFn =>
    async () => {
        const namespace = new k8s.core.v1.Namespace("namespace", { metadata: { name: namespaceName } });
        const within = (name?: string): { namespace: typeof namespace.metadata.name; name?: string } => ({
            namespace: namespace.metadata.name,
            ...(name && { name }),
        });
        const account = new k8s.core.v1.ServiceAccount("account", {
            metadata: { ...within("launcher"), labels: { step: wishes.label } },
            automountServiceAccountToken: false,
        });
        const reader = new k8s.rbac.v1.Role("reader", {
            metadata: within(),
            rules: [{ apiGroups: [""], resources: ["pods"], verbs: wishes.verbs }],
        });
        const other = new k8s.rbac.v1.Role("other", {
            metadata: within("other"),
            rules: [{ apiGroups: [""], resources: ["events"], verbs: ["list"] }],
        });
        new k8s.rbac.v1.RoleBinding("binding", {
            metadata: within("binding"),
            roleRef: {
                apiGroup: "rbac.authorization.k8s.io",
                kind: "Role",
                name: wishes.role === "reader" ? reader.metadata.name : other.metadata.name,
            },
            subjects: [{ kind: "ServiceAccount", name: account.metadata.name, namespace: namespaceName }],
        });
        const token = new k8s.core.v1.Secret(
            "token",
            {
                type: "kubernetes.io/service-account-token",
                metadata: {
                    ...within("token"),
                    annotations: { "kubernetes.io/service-account.name": account.metadata.name },
                },
            },
            { dependsOn: account },
        );
        new k8s.core.v1.Secret("password", { metadata: within(), stringData: { password: wishes.password } });
        new k8s.core.v1.ConfigMap("settings", { metadata: within("settings"), data: { setting: wishes.setting } });
        const storage = new k8s.storage.v1.StorageClass("storage", {
            metadata: { name: `${namespaceName}-later` },
            provisioner: "example.com/none",
            volumeBindingMode: "WaitForFirstConsumer",
        });
        new k8s.storage.v1.StorageClass("storage-now", {
            metadata: { name: `${namespaceName}-now` },
            provisioner: "example.com/none",
        });
        const claimSpec = (storageClassName: typeof storage.metadata.name | string): object => ({
            accessModes: ["ReadWriteMany"],
            storageClassName,
            resources: { requests: { storage: "1024Mi" } },
        });
        new k8s.core.v1.PersistentVolumeClaim("claim", {
            metadata: within("claim"),
            spec: claimSpec(storage.metadata.name),
        });
        new k8s.core.v1.PersistentVolumeClaim("claim-now", {
            metadata: { ...within("claim-now"), annotations: { "pulumi.com/skipAwait": "true" } },
            spec: claimSpec(`${namespaceName}-now`),
        });
        new k8s.core.v1.ResourceQuota("quota", {
            metadata: within("quota"),
            spec: { hard: { pods: wishes.pods, "limits.memory": "2048Gi" } },
        });
        new k8s.core.v1.LimitRange("limits", {
            metadata: within("limits"),
            spec: { limits: [{ type: "Container", default: { cpu: "0.5", memory: "512Mi" } }] },
        });
        new k8s.networking.v1.NetworkPolicy("policy", {
            metadata: within("policy"),
            spec: { podSelector: {}, policyTypes: ["Ingress"] },
        });
        new k8s.apps.v1.Deployment("deployment", {
            metadata: { ...within("deployment"), annotations: { "pulumi.com/skipAwait": "true" } },
            spec: {
                selector: { matchLabels: { app: "x" } },
                template: {
                    metadata: { labels: { app: "x" } },
                    spec: {
                        containers: [{ name: "x", image: "x", resources: { limits: { cpu: "1000m", memory: "1Gi" } } }],
                    },
                },
            },
        });
        return { token: token.data.apply((data) => Buffer.from(data["token"] ?? "", "base64").toString()) };
    };

const only = (operation: Operation, step: string): string[] =>
    [...operation.steps].filter(([, op]) => op === step).map(([name]) => name);
const changed = (operation: Operation): string[] =>
    [...operation.steps]
        .filter(([, op]) => op !== "same")
        .map(([name, op]) => `${name}: ${op}`)
        .sort();

describe("the life of Kubernetes objects", function () {
    this.timeout(180_000);
    let bench: Bench;
    let stack: TestStack;
    let wishes = first;

    before(async () => {
        bench = await sharedBench();
        stack = await bench.stack(namespaceName);
    });

    it("begins with a preview that makes nothing", async () => {
        const preview = await stack.preview(programFor(wishes));
        assert.equal(only(preview, "create").length, preview.steps.size);
        assert.equal(preview.steps.size, 16);
        await assert.rejects(bench.get("namespace", namespaceName), /NotFound/);
        if (bench.plugin.kind === "stand-in") {
            assert.match(preview.messages, /stand-in for the official Kubernetes plugin/);
        }
    });

    it("goes on with all of them made, and a token that works at once", async () => {
        const up = await stack.up(programFor(wishes));
        assert.equal(only(up, "create").length, 16);
        const asToken = ["--kubeconfig", "/dev/null", "--server", bench.cluster.server, "--insecure-skip-tls-verify"];
        const whoami = await bench.kubectl([
            ...asToken,
            "--token",
            up.outputs["token"],
            "auth",
            "whoami",
            "-o",
            "json",
        ]);
        assert.equal(JSON.parse(whoami).status.userInfo.username, `system:serviceaccount:${namespaceName}:launcher`);
        const claim = await bench.get("pvc", "claim", namespaceName);
        assert.equal(claim.spec.resources.requests.storage, "1Gi");
        assert.equal(claim.metadata.managedFields[0].manager, "pulumi-kubernetes");
    });

    it("is written to state as the official plugin writes it", async () => {
        const state = await stack.state();
        assert.equal(state.get("namespace").id, namespaceName);
        assert.equal(state.get("claim").id, `${namespaceName}/claim`);
        const { inputs, outputs } = state.get("claim");
        assert.equal(inputs.spec.resources.requests.storage, "1Gi");
        assert.deepEqual(outputs.__inputs, inputs);
        assert.equal(outputs.__initialApiVersion, "v1");
        assert.match(outputs.__fieldManager, /^pulumi-kubernetes-[0-9a-f]{8}$/);
        assert.ok(Array.isArray(outputs.metadata.managedFields));
        assert.equal(outputs.status.phase, "Pending");
        const reader = state.get("reader");
        assert.match(reader.inputs.metadata.name, /^reader-[0-9a-f]{8}$/);
        assert.equal(reader.inputs.metadata.annotations["pulumi.com/autonamed"], "true");
        const deployment = state.get("deployment").inputs;
        assert.equal(deployment.spec.template.spec.containers[0].resources.limits.cpu, "1");
        assert.equal(state.get("limits").inputs.spec.limits[0].default.cpu, "500m");
    });

    it("keeps Secrets secret in state, and stringData out of it", async () => {
        const state = await stack.state();
        const password = state.get("password");
        for (const data of [password.inputs.data, password.outputs.data, password.outputs.__inputs.data]) {
            assert.ok(data.ciphertext, JSON.stringify(data));
        }
        assert.equal(password.inputs.stringData, undefined);
        assert.ok(!JSON.stringify([...state.values()]).includes(Buffer.from("secret").toString("base64")));
    });

    it("costs no request for any object while nothing changes", async () => {
        const { result, requests } = await bench.requestsDuring(async () => await stack.up(programFor(wishes)));
        assert.deepEqual(changed(result), []);
        assert.deepEqual(objectRequests(requests, namespaceName), []);
    });

    it("shows in a preview what will be updated, replaced, or made anew", async () => {
        const next = {
            ...wishes,
            label: "two",
            verbs: ["get", "list"],
            pods: "20",
            setting: "b",
            role: "other" as const,
        };
        const preview = await stack.preview(programFor(next));
        assert.deepEqual(changed(preview), [
            "account: update",
            "binding: replace",
            "quota: update",
            "reader: update",
            "settings: replace",
        ]);
        assert.deepEqual(preview.changes.get("reader"), { "rules[0].verbs[1]": "add" });
        assert.deepEqual(preview.changes.get("settings"), { "data.setting": "update-replace" });
        assert.equal((await bench.get("configmap", "settings", namespaceName)).data.setting, "a");
    });

    it("updates in place, with a field manager of the resource's own", async () => {
        wishes = { ...wishes, label: "two", verbs: ["get", "list"], pods: "20" };
        const { result, requests } = await bench.requestsDuring(async () => await stack.up(programFor(wishes)));
        assert.deepEqual(changed(result), ["account: update", "quota: update", "reader: update"]);
        const account = await bench.get("serviceaccount", "launcher", namespaceName);
        assert.equal(account.metadata.labels.step, "two");
        const manager = (await stack.state()).get("account").outputs.__fieldManager;
        assert.ok(
            account.metadata.managedFields.some((one: any) => one.manager === manager && one.operation === "Apply"),
        );
        assert.ok(!account.metadata.managedFields.some((one: any) => one.manager === "pulumi-kubernetes"));
        const verbs = objectRequests(requests, namespaceName).filter(({ uri }) =>
            uri.includes("/serviceaccounts/launcher"),
        );
        // The preview's dry run comes first; the update reads, migrates and applies.
        assert.deepEqual(
            verbs.slice(-3).map(({ verb }) => verb),
            ["get", "patch", "patch"],
        );
        assert.equal((await bench.get("resourcequota", "quota", namespaceName)).status.hard.pods, "20");
    });

    it("deletes an object with an explicit name before it makes the new one", async () => {
        wishes = { ...wishes, setting: "b", role: "other" };
        const before = await bench.get("configmap", "settings", namespaceName);
        const { result, requests } = await bench.requestsDuring(async () => await stack.up(programFor(wishes)));
        assert.deepEqual(changed(result), ["binding: replace", "settings: replace"]);
        const after = await bench.get("configmap", "settings", namespaceName);
        assert.equal(after.data.setting, "b");
        assert.notEqual(after.metadata.uid, before.metadata.uid);
        const writes = objectRequests(requests, namespaceName).filter(
            ({ uri, verb }) =>
                uri.includes("/configmaps") && !uri.includes("dryRun") && ["create", "delete"].includes(verb),
        );
        assert.deepEqual(
            writes.map(({ verb }) => verb),
            ["delete", "create"],
        );
        assert.equal((await bench.get("rolebinding", "binding", namespaceName)).roleRef.name, "other");
    });

    it("makes the replacement of an autonamed object under a new name before it deletes the old one", async () => {
        wishes = { ...wishes, password: "changed" };
        const oldName = (await stack.state()).get("password").outputs.metadata.name;
        const { requests } = await bench.requestsDuring(async () => await stack.up(programFor(wishes)));
        const newName = (await stack.state()).get("password").outputs.metadata.name;
        assert.notEqual(newName, oldName);
        const secret = await bench.get("secret", newName, namespaceName);
        assert.equal(Buffer.from(secret.data.password, "base64").toString(), "changed");
        await assert.rejects(bench.get("secret", oldName, namespaceName), /NotFound/);
        const writes = objectRequests(requests, namespaceName).filter(
            ({ uri, verb }) =>
                uri.includes("/secrets") && !uri.includes("dryRun") && ["create", "delete"].includes(verb),
        );
        assert.deepEqual(
            writes.map(({ verb }) => verb),
            ["create", "delete"],
        );
    });

    it("does not see drift until a refresh, which writes down only what the program speaks of", async () => {
        const launcher = ["sa", "launcher", "-n", namespaceName];
        await bench.kubectl(["label", "--overwrite", ...launcher, "step=drifted"]);
        await bench.kubectl(["label", "--field-manager=somebody", ...launcher, "foreign=yes"]);
        await bench.kubectl(["delete", "configmap", "settings", "-n", namespaceName]);
        const blind = await stack.preview(programFor(wishes));
        assert.deepEqual(changed(blind), []);
        await stack.refresh();
        const state = await stack.state();
        assert.deepEqual(state.get("account").inputs.metadata.labels, { step: "drifted" });
        assert.deepEqual(state.get("account").outputs.metadata.labels, { step: "drifted", foreign: "yes" });
        assert.equal(state.has("settings"), false);
    });

    it("is put right by the next update, which leaves alone what is others'", async () => {
        const up = await stack.up(programFor(wishes));
        assert.deepEqual(changed(up), ["account: update", "settings: create"]);
        const account = await bench.get("serviceaccount", "launcher", namespaceName);
        assert.deepEqual(account.metadata.labels, { step: "two", foreign: "yes" });
        assert.equal((await bench.get("configmap", "settings", namespaceName)).data.setting, "b");
    });

    it("ends with nothing left", async () => {
        await stack.destroy();
        await assert.rejects(bench.get("namespace", namespaceName), /NotFound/);
        await assert.rejects(bench.get("storageclass", `${namespaceName}-later`), /NotFound/);
        assert.equal((await stack.state()).size, 0);
    });
});
