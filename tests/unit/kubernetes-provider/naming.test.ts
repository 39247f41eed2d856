import assert from "node:assert/strict";
import {
    autonamedAnnotation,
    isAutonamed,
    isGenerateName,
    isNamed,
    keepName,
    nameNew,
} from "../../../tools/kubernetes-provider/server/naming";
import { nameOf } from "../../../tools/kubernetes-provider/server/kubeObject";
import { unknown } from "../../../tools/plugin/server/values";

const request = {
    logicalName: "work",
    urn: "urn:pulumi:dev::p::kubernetes:core/v1:ConfigMap::work",
    seed: new Uint8Array(),
};

describe("names", () => {
    it("are made of the logical name and eight hex digits, and marked", () => {
        const named = nameNew({ metadata: { labels: { a: "b" } } }, request);
        assert.match(nameOf(named), /^work-[0-9a-f]{8}$/);
        assert.deepEqual(named["metadata"], {
            labels: { a: "b" },
            name: nameOf(named),
            annotations: { [autonamedAnnotation]: "true" },
        });
        assert.notEqual(nameOf(nameNew({}, request)), nameOf(named));
    });

    it("are the same for the same seed and resource, as in a plan and its execution", () => {
        const seed = new Uint8Array([1, 2, 3]);
        const first = nameOf(nameNew({}, { ...request, seed }));
        assert.equal(nameOf(nameNew({}, { ...request, seed })), first);
        assert.notEqual(nameOf(nameNew({}, { ...request, urn: `${request.urn}2`, seed })), first);
    });

    it("of the program are kept, known or not", () => {
        for (const name of ["mine", unknown]) {
            const inputs = { metadata: { name } };
            assert.equal(nameNew(inputs, request), inputs);
            assert.ok(isNamed(inputs));
        }
        const generated = { metadata: { generateName: "mine-" } };
        assert.equal(nameNew(generated, request), generated);
        assert.ok(isGenerateName(generated));
    });

    it("follow the stack's own naming", () => {
        assert.equal(nameOf(nameNew({}, { ...request, naming: { mode: "propose", name: "theirs" } })), "theirs");
        assert.equal(nameOf(nameNew({}, { ...request, naming: { mode: "enforce", name: "theirs" } })), "theirs");
        assert.throws(() => nameNew({}, { ...request, naming: { mode: "disable" } }), /set metadata.name/);
    });

    it("stay what they were made, unless the program gives one", () => {
        const old = nameNew({}, request);
        const kept = keepName({ metadata: {} }, old);
        assert.equal(nameOf(kept), nameOf(old));
        assert.ok(isAutonamed(kept));
        assert.ok(!isAutonamed(keepName({ metadata: { name: "mine" } }, old)));
        // The name was the program's, which now gives none: a new one has to be made.
        assert.equal(nameOf(keepName({}, { metadata: { name: "mine" } })), "");
    });
});
