import assert from "node:assert/strict";
import {
    markSecrets,
    objectOf,
    readCheckpoint,
    writeCheckpoint,
} from "../../../tools/kubernetes-provider/server/checkpoint";
import { type Fields, Secret } from "../../../tools/plugin/server/values";

describe("the state of an object", () => {
    const inputs = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { x: "1", y: "2" } };
    const live = { ...inputs, metadata: { name: "a", uid: "u" } };

    it("is the live object with its inputs and what has to be remembered", () => {
        const state = writeCheckpoint({ inputs, live, initialApiVersion: "v1", fieldManager: "m" }, inputs);
        assert.deepEqual(state, { ...live, __inputs: inputs, __initialApiVersion: "v1", __fieldManager: "m" });
        assert.deepEqual(readCheckpoint(state), { inputs, live, initialApiVersion: "v1", fieldManager: "m" });
    });

    it("keeps secret what the program gave as a secret, in the inputs and in the live object", () => {
        const given = { ...inputs, data: { x: new Secret("1"), y: "2" } };
        const state = writeCheckpoint({ inputs, live, initialApiVersion: "v1", fieldManager: "m" }, given);
        assert.deepEqual((state["data"] as Fields)["x"], new Secret("1"));
        assert.deepEqual(((state["__inputs"] as Fields)["data"] as Fields)["x"], new Secret("1"));
        assert.equal((state["data"] as Fields)["y"], "2");
        assert.deepEqual(readCheckpoint(state).live, live);
    });

    it("keeps a list secret as a whole", () => {
        const marked = markSecrets({ list: ["a", "b"] }, { list: ["a", new Secret("b")] });
        assert.deepEqual(marked, { list: new Secret(["a", "b"]) });
    });

    it("keeps a Secret's data secret, whatever the program said", () => {
        const secret = { apiVersion: "v1", kind: "Secret", data: { token: "eA==" }, type: "Opaque" };
        assert.deepEqual(markSecrets(secret, {}), { ...secret, data: new Secret({ token: "eA==" }) });
        assert.deepEqual(markSecrets({ ...secret, data: new Secret({}) }, {})["data"], new Secret({}));
    });

    it("has the keys of custom resource definitions with underscores, the API server's with dashes", () => {
        const definition = { schema: { x_kubernetes_preserve_unknown_fields: true } };
        assert.deepEqual(objectOf(definition), { schema: { "x-kubernetes-preserve-unknown-fields": true } });
        const state = writeCheckpoint(
            { inputs: {}, live: objectOf(definition), initialApiVersion: "", fieldManager: "" },
            {},
        );
        assert.deepEqual(state["schema"], definition.schema);
    });
});
