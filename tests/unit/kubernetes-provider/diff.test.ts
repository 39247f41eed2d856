import assert from "node:assert/strict";
import { diffObjects, type ObjectDiff } from "../../../tools/kubernetes-provider/server/diff";
import type { KubeObject } from "../../../tools/kubernetes-provider/server/kubeObject";
import { type PlainFields, unknown } from "../../../tools/plugin/server/values";

interface Case {
    old: KubeObject;
    next: KubeObject;
    /** What the server added. */
    live?: PlainFields;
    ignoreChanges?: string[];
    mutable?: { configMaps: boolean; secrets: boolean };
}

function diff({
    old,
    next,
    live,
    ignoreChanges = [],
    mutable = { configMaps: false, secrets: false },
}: Case): ObjectDiff {
    return diffObjects({ oldInputs: old, oldLive: { ...old, ...live }, newInputs: next, ignoreChanges, mutable });
}

/** `path: kind`, with a "!" where it replaces. */
const summary = (found: ObjectDiff): string[] =>
    [...found.changes].map(([path, { kind, replaces }]) => `${path}: ${kind}${replaces ? "!" : ""}`).sort();

function object(apiVersion: string, kind: string, rest: PlainFields = {}): KubeObject {
    return { apiVersion, kind, metadata: { name: "a", namespace: "ns" }, ...rest };
}

describe("a diff", () => {
    const role = (verbs: string[]): KubeObject =>
        object("rbac.authorization.k8s.io/v1", "Role", { rules: [{ resources: ["pods"], verbs }] });

    it("of the same inputs is empty, whatever the server added", () => {
        const live = { metadata: { name: "a", namespace: "ns", uid: "1", managedFields: [] }, status: { phase: "x" } };
        assert.deepEqual(summary(diff({ old: role(["get"]), next: role(["get"]), live })), []);
    });

    it("names what changed", () => {
        assert.deepEqual(summary(diff({ old: role(["get"]), next: role(["list", "watch"]) })), [
            "rules[0].verbs[0]: update",
            "rules[0].verbs[1]: add",
        ]);
        assert.deepEqual(summary(diff({ old: role(["get", "list"]), next: role(["get"]) })), [
            "rules[0].verbs[1]: delete",
        ]);
    });

    it("sees a live value that a refresh has found changed", () => {
        const drifted = { rules: [{ resources: ["pods"], verbs: ["delete"] }] };
        assert.deepEqual(summary(diff({ old: role(["get"]), next: role(["get"]), live: drifted })), [
            "rules[0].verbs[0]: update",
        ]);
    });

    it("quotes keys with dots", () => {
        const annotated = (annotations: PlainFields): KubeObject =>
            object("v1", "ServiceAccount", { metadata: { name: "a", namespace: "ns", annotations } });
        const found = diff({ old: annotated({ "a.b/c": "1" }), next: annotated({ "a.b/c": "2" }) });
        assert.deepEqual(summary(found), ['metadata.annotations["a.b/c"]: update']);
    });

    it("compares meaning, not text", () => {
        const claim = (storage: string): KubeObject =>
            object("v1", "PersistentVolumeClaim", { spec: { resources: { requests: { storage } } } });
        assert.deepEqual(
            summary(
                diff({
                    old: claim("1024Mi"),
                    next: claim("1Gi"),
                    live: { spec: { resources: { requests: { storage: "1Gi" } } } },
                }),
            ),
            [],
        );
    });

    it("takes no namespace and the default one as the same, and none at all for cluster-scoped kinds", () => {
        const config = (namespace?: string): KubeObject =>
            object("v1", "ConfigMap", { metadata: { name: "a", ...(namespace && { namespace }) } });
        assert.deepEqual(summary(diff({ old: config("default"), next: config() })), []);
        const name = (namespace?: string): KubeObject =>
            object("v1", "Namespace", { metadata: { name: "a", ...(namespace && { namespace }) } });
        assert.deepEqual(summary(diff({ old: name(), next: name("x") })), []);
    });

    it("is empty for what was sent and the server dropped, as it says nothing", () => {
        const account = object("v1", "ServiceAccount", {
            secrets: [],
            metadata: { name: "a", namespace: "ns", labels: {} },
        });
        const live = { secrets: undefined as never, metadata: { name: "a", namespace: "ns" } };
        assert.deepEqual(summary(diff({ old: account, next: account, live })), []);
        // Said for the first time, it may mean something.
        const mounting = { ...account, automountServiceAccountToken: false };
        assert.deepEqual(summary(diff({ old: account, next: mounting, live })), ["automountServiceAccountToken: add"]);
    });

    it("counts an unknown value as changed", () => {
        const config = (x: PlainFields[string]): KubeObject => object("v1", "ConfigMap", { data: { x } });
        assert.deepEqual(summary(diff({ old: config("1"), next: config(unknown) })), ["data.x: update!"]);
    });

    it("leaves out what is to be ignored", () => {
        const quota = (hard: PlainFields): KubeObject => object("v1", "ResourceQuota", { spec: { hard } });
        const changed = { old: quota({ cpu: "1", pods: "1" }), next: quota({ cpu: "2", pods: "2" }) };
        assert.deepEqual(summary(diff({ ...changed, ignoreChanges: ["spec.hard.cpu"] })), ["spec.hard.pods: update"]);
        assert.deepEqual(summary(diff({ ...changed, ignoreChanges: ["spec"] })), []);
        assert.deepEqual(summary(diff({ ...changed, ignoreChanges: ['spec.hard["pods"]'] })), [
            "spec.hard.cpu: update",
        ]);
    });
});

describe("a replacement", () => {
    const cases: [string, KubeObject, KubeObject, string[]][] = [
        [
            "of a Secret for its data",
            object("v1", "Secret", { data: { a: "YQ==" } }),
            object("v1", "Secret", { data: { a: "Yg==" } }),
            ["data.a"],
        ],
        [
            "of a Secret for its type",
            object("v1", "Secret", { type: "a" }),
            object("v1", "Secret", { type: "b" }),
            ["type"],
        ],
        [
            "of a ConfigMap for added data",
            object("v1", "ConfigMap", { data: { a: "1" } }),
            object("v1", "ConfigMap", { data: { a: "1", b: "2" } }),
            ["data.b"],
        ],
        [
            "of a ConfigMap for its first data",
            object("v1", "ConfigMap"),
            object("v1", "ConfigMap", { binaryData: { a: "YQ==" } }),
            ["binaryData"],
        ],
        [
            "of a RoleBinding for its role, not for its subjects",
            object("rbac.authorization.k8s.io/v1", "RoleBinding", {
                roleRef: { name: "a" },
                subjects: [{ name: "a" }],
            }),
            object("rbac.authorization.k8s.io/v1", "RoleBinding", {
                roleRef: { name: "b" },
                subjects: [{ name: "b" }],
            }),
            ["roleRef.name"],
        ],
        [
            "of a claim for its class and modes, not for its size",
            object("v1", "PersistentVolumeClaim", {
                spec: {
                    storageClassName: "a",
                    accessModes: ["ReadWriteOnce"],
                    resources: { requests: { storage: "1Gi" } },
                },
            }),
            object("v1", "PersistentVolumeClaim", {
                spec: {
                    storageClassName: "b",
                    accessModes: ["ReadWriteMany"],
                    resources: { requests: { storage: "2Gi" } },
                },
            }),
            ["spec.accessModes[0]", "spec.storageClassName"],
        ],
        [
            "of a volume for its source, not for its capacity",
            object("v1", "PersistentVolume", { spec: { capacity: { storage: "1Gi" }, hostPath: { path: "/a" } } }),
            object("v1", "PersistentVolume", {
                spec: { capacity: { storage: "2Gi" }, nfs: { path: "/a", server: "s" } },
            }),
            ["spec.hostPath", "spec.nfs"],
        ],
        [
            "of a Job for its template",
            object("batch/v1", "Job", { spec: { template: { spec: { restartPolicy: "Never" } }, suspend: true } }),
            object("batch/v1", "Job", { spec: { template: { spec: { restartPolicy: "OnFailure" } }, suspend: false } }),
            ["spec.template.spec.restartPolicy"],
        ],
        [
            "of a Deployment for its selector, not for its template",
            object("apps/v1", "Deployment", {
                spec: { selector: { matchLabels: { a: "1" } }, template: { metadata: { labels: { a: "1" } } } },
            }),
            object("apps/v1", "Deployment", {
                spec: { selector: { matchLabels: { a: "2" } }, template: { metadata: { labels: { a: "2" } } } },
            }),
            ["spec.selector.matchLabels.a"],
        ],
        [
            "of a quota for its scopes, not for its limits",
            object("v1", "ResourceQuota", { spec: { scopes: ["NotTerminating"], hard: { pods: "1" } } }),
            object("v1", "ResourceQuota", { spec: { scopes: ["Terminating"], hard: { pods: "2" } } }),
            ["spec.scopes[0]"],
        ],
        [
            "of a storage class for its provisioner, not for its expansion",
            object("storage.k8s.io/v1", "StorageClass", { provisioner: "a", allowVolumeExpansion: true }),
            object("storage.k8s.io/v1", "StorageClass", { provisioner: "b", allowVolumeExpansion: false }),
            ["provisioner"],
        ],
        [
            "of a pod for a container's image",
            object("v1", "Pod", { spec: { containers: [{ name: "a", image: "x" }] } }),
            object("v1", "Pod", { spec: { containers: [{ name: "a", image: "y" }] } }),
            ["spec.containers[0].image"],
        ],
        [
            "of anything for its name",
            object("networking.k8s.io/v1", "NetworkPolicy"),
            object("networking.k8s.io/v1", "NetworkPolicy", { metadata: { name: "b", namespace: "ns" } }),
            ["metadata.name"],
        ],
        [
            "of anything for its namespace",
            object("v1", "LimitRange"),
            object("v1", "LimitRange", { metadata: { name: "a", namespace: "other" } }),
            ["metadata.namespace"],
        ],
    ];
    for (const [title, old, next, replaces] of cases) {
        it(title, () => assert.deepEqual([...diff({ old, next }).replaces].sort(), replaces));
    }

    it("is not made of what has no such fields", () => {
        for (const [apiVersion, kind] of [
            ["v1", "Namespace"],
            ["v1", "ServiceAccount"],
            ["batch/v1", "CronJob"],
        ] as const) {
            const found = diff({ old: object(apiVersion, kind, { x: 1 }), next: object(apiVersion, kind, { x: 2 }) });
            assert.deepEqual(found.replaces, [], kind);
            assert.equal(found.changes.size, 1);
        }
    });

    it("is an update where the provider is told that data may change, unless the object says it may not", () => {
        const mutable = { configMaps: true, secrets: true };
        const config = (a: string, rest: PlainFields = {}): KubeObject =>
            object("v1", "ConfigMap", { data: { a }, ...rest });
        assert.deepEqual(diff({ old: config("1"), next: config("2"), mutable }).replaces, []);
        const fixed = { immutable: true };
        assert.deepEqual(diff({ old: config("1", fixed), next: config("2", fixed), mutable }).replaces, ["data.a"]);
        const secret = (type: string, a: string): KubeObject => object("v1", "Secret", { type, data: { a } });
        assert.deepEqual(diff({ old: secret("x", "YQ=="), next: secret("x", "Yg=="), mutable }).replaces, []);
        assert.deepEqual(diff({ old: secret("x", "YQ=="), next: secret("y", "YQ=="), mutable }).replaces, ["type"]);
    });

    it("deletes first only where old and new have the same name that the program gave", () => {
        const config = (a: string, metadata: PlainFields): KubeObject => ({
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata,
            data: { a },
        });
        const named = { name: "a", namespace: "ns" };
        const first = (old: PlainFields, next: PlainFields): boolean =>
            diff({ old: config("1", old), next: config("2", next) }).deleteBeforeReplace;
        assert.equal(first(named, named), true);
        assert.equal(first(named, { ...named, name: "b" }), false);
        assert.equal(first(named, { ...named, namespace: "other" }), false);
        const autonamed = { ...named, annotations: { "pulumi.com/autonamed": "true" } };
        assert.equal(first(autonamed, autonamed), false);
    });

    it("is not made when the program writes down the name that was made for it", () => {
        const made = object("v1", "Namespace", {
            metadata: { name: "a-12345678", annotations: { "pulumi.com/autonamed": "true" } },
        });
        const found = diff({ old: made, next: object("v1", "Namespace", { metadata: { name: "a-12345678" } }) });
        assert.deepEqual(found.replaces, []);
    });
});
