import assert from "node:assert/strict";
import { keepIgnored, migration, mustForce } from "../../../tools/kubernetes-provider/server/managedFields";
import { parsePath } from "../../../tools/kubernetes-provider/server/paths";
import type { PlainFields } from "../../../tools/plugin/server/values";

const entry = (manager: string, operation: string, fieldsV1: PlainFields, rest: PlainFields = {}): PlainFields => ({
    manager,
    operation,
    fieldsV1,
    ...rest,
});
const live = (...managedFields: PlainFields[]): PlainFields => ({ metadata: { resourceVersion: "7", managedFields } });

describe("managed fields", () => {
    it("of the create go to the resource's own manager", () => {
        const kept = entry("somebody", "Update", { "f:x": {} });
        assert.deepEqual(migration(live(entry("pulumi-kubernetes", "Update", { "f:data": {} }), kept), "mine"), [
            {
                op: "replace",
                path: "/metadata/managedFields",
                value: [kept, entry("mine", "Apply", { "f:data": {} })],
            },
            { op: "replace", path: "/metadata/resourceVersion", value: "7" },
        ]);
    });

    it("are joined with those it has, and with kubectl's", () => {
        const patch = migration(
            live(
                entry("mine", "Apply", { "f:metadata": { "f:labels": { "f:a": {} } } }),
                entry("kubectl-client-side-apply", "Update", {
                    "f:metadata": { "f:labels": { "f:b": {} } },
                    "f:spec": {},
                }),
            ),
            "mine",
        ) as [{ value: PlainFields[] }];
        assert.deepEqual(patch[0].value, [
            entry("mine", "Apply", { "f:metadata": { "f:labels": { "f:a": {}, "f:b": {} } }, "f:spec": {} }),
        ]);
    });

    it("of controllers and of the status stay", () => {
        const status = entry("pulumi-kubernetes", "Update", { "f:status": {} }, { subresource: "status" });
        assert.equal(migration(live(entry("kube-controller-manager", "Update", {}), status), "mine"), undefined);
        assert.equal(migration(live(entry("mine", "Apply", {})), "mine"), undefined);
    });

    it("that nobody manages are taken; in a preview those of the create, which cannot be moved before", () => {
        const created = live(entry("pulumi-kubernetes", "Update", {}));
        assert.equal(mustForce({}, false), true);
        assert.equal(mustForce(created, false), false);
        assert.equal(mustForce(created, true), true);
        assert.equal(mustForce(live(entry("mine", "Apply", {})), true), false);
    });

    it("that are ignored are not taken from others, and not given up", () => {
        const object = {
            spec: { replicas: 5, paused: true },
            ...live(
                entry("scaler", "Update", { "f:spec": { "f:replicas": {} } }),
                entry("mine", "Apply", { "f:spec": { "f:paused": {} } }),
            ),
        };
        const inputs = { spec: { replicas: 1, paused: false, other: 1 } };
        assert.deepEqual(keepIgnored(inputs, object, "mine", [parsePath("spec.replicas"), parsePath("spec.paused")]), {
            spec: { paused: true, other: 1 },
        });
    });
});
