import assert from "node:assert/strict";
import {
    diffConfig,
    providerOptions,
    unsupportedOptions,
} from "../../../tools/kubernetes-provider/server/configuration";
import { Secret, unknown } from "../../../tools/plugin/server/values";

const kubeconfig = (server: string, token = "t"): string =>
    JSON.stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": "one",
        clusters: [
            { name: "c1", cluster: { server } },
            { name: "c2", cluster: { server: "https://other" } },
        ],
        users: [{ name: "u", user: { token } }],
        contexts: [
            { name: "one", context: { cluster: "c1", user: "u" } },
            { name: "two", context: { cluster: "c2", user: "u" } },
        ],
    });

describe("the provider's options", () => {
    it("win over the environment", () => {
        const environment = { PULUMI_K8S_UPSERT_EXISTING_OBJECTS: "true", PULUMI_K8S_ENABLE_PATCH_FORCE: "true" };
        const options = providerOptions({ enablePatchForce: "false", namespace: new Secret("ns") }, environment);
        assert.equal(options.upsert, true);
        assert.equal(options.patchForce, false);
        assert.equal(options.namespace, "ns");
        assert.equal(options.deleteUnreachable, false);
    });

    it("that the stand-in does not have are refused where they mean something", () => {
        const refused = (config: Record<string, string>): string[] =>
            unsupportedOptions(config).map(({ option }) => option);
        assert.deepEqual(refused({ renderYamlToDirectory: "/tmp/x", enableServerSideApply: "false" }), [
            "renderYamlToDirectory",
            "enableServerSideApply",
        ]);
        assert.deepEqual(refused({ skipUpdateUnreachable: "true", strictMode: "true" }), [
            "skipUpdateUnreachable",
            "strictMode",
        ]);
        assert.deepEqual(
            refused({ enableServerSideApply: "true", skipUpdateUnreachable: "false", version: "4.32.0" }),
            [],
        );
    });
});

describe("a change of the provider", () => {
    const replaces = (olds: Record<string, never> | object, news: object): readonly string[] =>
        diffConfig(olds as never, news as never).replaces;

    it("of nothing is none", () => {
        assert.deepEqual(diffConfig({ kubeconfig: new Secret("a") }, { kubeconfig: "a" }), { diffs: [], replaces: [] });
    });

    it("to another cluster replaces", () => {
        const a = { kubeconfig: kubeconfig("https://a") };
        assert.deepEqual(replaces(a, { kubeconfig: kubeconfig("https://b") }), ["kubeconfig"]);
        assert.deepEqual(replaces(a, { kubeconfig: kubeconfig("https://a", "new token") }), []);
        assert.deepEqual(replaces(a, { ...a, context: "two" }), ["context"]);
        assert.deepEqual(replaces(a, { ...a, cluster: "c2" }), ["cluster"]);
        assert.deepEqual(diffConfig(a, { ...a, namespace: "x" }), { diffs: ["namespace"], replaces: [] });
    });

    it("from the ambient configuration does not: nobody knows which cluster that was", () => {
        assert.deepEqual(replaces({}, { kubeconfig: kubeconfig("https://a") }), []);
    });

    it("to a kubeconfig that is not known yet replaces", () => {
        assert.deepEqual(replaces({ kubeconfig: kubeconfig("https://a") }, { kubeconfig: unknown }), ["kubeconfig"]);
    });

    it("with a cluster identifier follows that alone", () => {
        const a = { kubeconfig: kubeconfig("https://a"), clusterIdentifier: "x" };
        const b = { kubeconfig: kubeconfig("https://b"), clusterIdentifier: "x" };
        assert.deepEqual(replaces(a, b), []);
        assert.deepEqual(replaces(a, { ...a, kubeconfig: unknown }), []);
        assert.deepEqual(replaces(a, { ...a, clusterIdentifier: "y" }), ["clusterIdentifier"]);
        assert.deepEqual(replaces({ kubeconfig: a.kubeconfig }, a), []);
    });
});
