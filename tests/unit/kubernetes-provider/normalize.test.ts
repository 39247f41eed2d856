import assert from "node:assert/strict";
import { normalize, pruneObject } from "../../../tools/kubernetes-provider/server/normalize";
import { unknown } from "../../../tools/plugin/server/values";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

describe("normalised inputs", () => {
    it("have canonical quantities where the kind has quantities", () => {
        const { spec } = normalize({
            apiVersion: "apps/v1",
            kind: "Deployment",
            spec: {
                template: {
                    spec: {
                        containers: [
                            {
                                name: "a",
                                resources: { limits: { cpu: "1000m", memory: "1024Mi" }, requests: { cpu: 0.5 } },
                            },
                        ],
                        nodeSelector: { size: "1000m" },
                    },
                },
            },
        });
        assert.deepEqual(spec, {
            template: {
                spec: {
                    containers: [
                        { name: "a", resources: { limits: { cpu: "1", memory: "1Gi" }, requests: { cpu: "500m" } } },
                    ],
                    nodeSelector: { size: "1000m" },
                },
            },
        });
    });

    it("hold a claim's size, a quota's and a limit range's amounts", () => {
        const claim = {
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            spec: { resources: { requests: { storage: "1024Gi" } } },
        };
        assert.deepEqual(normalize(claim)["spec"], { resources: { requests: { storage: "1Ti" } } });
        const quota = {
            apiVersion: "v1",
            kind: "ResourceQuota",
            spec: { hard: { "requests.cpu": "4000m", pods: 10 } },
        };
        assert.deepEqual(normalize(quota)["spec"], { hard: { "requests.cpu": "4", pods: "10" } });
        const limits = {
            apiVersion: "v1",
            kind: "LimitRange",
            spec: { limits: [{ type: "Container", default: { cpu: "0.25" } }] },
        };
        assert.deepEqual(normalize(limits)["spec"], { limits: [{ type: "Container", default: { cpu: "250m" } }] });
    });

    it("keep a text that is no quantity, for the API server to refuse", () => {
        const claim = {
            apiVersion: "v1",
            kind: "PersistentVolumeClaim",
            spec: { resources: { requests: { storage: "a lot" } } },
        };
        assert.deepEqual(normalize(claim), claim);
    });

    it("hold a Secret's stringData as data, over data of the same key", () => {
        const secret = {
            apiVersion: "v1",
            kind: "Secret",
            data: { a: base64("old"), b: base64("kept") },
            stringData: { a: "né" },
        };
        assert.deepEqual(normalize(secret), {
            apiVersion: "v1",
            kind: "Secret",
            data: { a: base64("né"), b: base64("kept") },
        });
    });

    it("hold a Secret's data without line breaks, and leave what is not base64 to the API server", () => {
        const data = { wrapped: "YWJj\nZGVm", wrong: "not base64!" };
        assert.deepEqual(normalize({ apiVersion: "v1", kind: "Secret", data })["data"], {
            wrapped: "YWJjZGVm",
            wrong: "not base64!",
        });
    });

    it("have no nulls and no metadata of the server's", () => {
        const object = {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: {
                name: "a",
                uid: "1",
                resourceVersion: "2",
                labels: { x: null, y: "z" },
                creationTimestamp: null,
            },
            immutable: null,
        };
        assert.deepEqual(normalize(object), {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "a", labels: { y: "z" } },
        });
    });

    it("have no empty class of a volume, but that of a claim", () => {
        const withClass = (kind: string) => ({ apiVersion: "v1", kind, spec: { storageClassName: "" } });
        assert.deepEqual(normalize(withClass("PersistentVolume"))["spec"], {});
        assert.deepEqual(normalize(withClass("PersistentVolumeClaim"))["spec"], { storageClassName: "" });
    });

    it("are left alone while a value is unknown", () => {
        const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: unknown }, stringData: { a: "b" } };
        assert.deepEqual(normalize(secret), secret);
    });

    it("of custom resources are left alone", () => {
        const custom = { apiVersion: "example.com/v1", kind: "Secret", stringData: { a: "b" }, spec: { x: null } };
        assert.deepEqual(normalize(custom), custom);
    });
});

describe("a live object pruned to the inputs", () => {
    it("keeps what the inputs speak of, with the live values", () => {
        const live = { a: 1, b: { c: 2, d: 3 }, list: [{ x: 1, y: 2 }, { x: 3 }], text: "live" };
        const inputs = { a: 9, b: { c: 9 }, list: [{ x: 9 }], text: { was: "an object" }, missing: true };
        assert.deepEqual(pruneObject(live, inputs), { a: 1, b: { c: 2 }, list: [{ x: 1 }], text: "live" });
    });
});
