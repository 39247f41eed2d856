import assert from "node:assert/strict";
import { strategicMerge } from "../../../src/compile/pods/strategicMerge";

type Json = Record<string, unknown>;

const CASES: [what: string, base: Json, patch: Json, merged: Json][] = [
    [
        "maps key by key",
        { nodeSelector: { a: "1" } },
        { nodeSelector: { b: "2" } },
        { nodeSelector: { a: "1", b: "2" } },
    ],
    ["scalars by the patch", { priority: 1 }, { priority: 2 }, { priority: 2 }],
    ["null away", { priority: 1, hostname: "a" }, { priority: null }, { hostname: "a" }],
    [
        "plain lists as a whole",
        { tolerations: [{ key: "a" }] },
        { tolerations: [{ key: "b" }] },
        { tolerations: [{ key: "b" }] },
    ],
    [
        "containers by name, variables in them too",
        {
            containers: [
                {
                    name: "a",
                    env: [
                        { name: "X", value: "1" },
                        { name: "Y", value: "1" },
                    ],
                    image: "i",
                },
            ],
        },
        { containers: [{ name: "b" }, { name: "a", env: [{ name: "X", value: "2" }] }] },
        {
            containers: [
                {
                    name: "a",
                    env: [
                        { name: "X", value: "2" },
                        { name: "Y", value: "1" },
                    ],
                    image: "i",
                },
                { name: "b" },
            ],
        },
    ],
    [
        "volumes by name, with one source",
        { volumes: [{ name: "v", persistentVolumeClaim: { claimName: "c" } }] },
        { volumes: [{ name: "v", emptyDir: {} }] },
        { volumes: [{ name: "v", emptyDir: {} }] },
    ],
    [
        "mounts by their path",
        { volumeMounts: [{ mountPath: "/a", name: "x" }] },
        { volumeMounts: [{ mountPath: "/a", name: "y" }] },
        { volumeMounts: [{ mountPath: "/a", name: "y" }] },
    ],
    [
        "an entry away",
        { volumes: [{ name: "a" }, { name: "b" }] },
        {
            volumes: [
                { name: "a", $patch: "delete" },
                { name: "z", $patch: "delete" },
            ],
        },
        { volumes: [{ name: "b" }] },
    ],
    [
        "a whole list anew",
        { volumes: [{ name: "a" }] },
        { volumes: [{ $patch: "replace" }, { name: "b" }] },
        { volumes: [{ name: "b" }] },
    ],
    [
        "a whole map anew",
        { nodeSelector: { a: "1" } },
        { nodeSelector: { $patch: "replace", b: "2" } },
        { nodeSelector: { b: "2" } },
    ],
    [
        "nothing of null in what is new",
        {},
        { affinity: { nodeAffinity: null, podAffinity: {} } },
        { affinity: { podAffinity: {} } },
    ],
];

describe("strategic merge takes", () => {
    for (const [what, base, patch, merged] of CASES) {
        it(what, () => {
            const before = structuredClone([base, patch]);
            assert.deepEqual(strategicMerge(base, patch), merged);
            assert.deepEqual([base, patch], before, "neither side is changed");
        });
    }
});
