import assert from "node:assert/strict";
import { checkPodSpec, podSpecMeaning } from "../../../src/compile/pods/podSpecs";
import { reasonOf } from "./support";

describe("pod specs", () => {
    for (const [what, text] of Object.entries({
        "block style": "spec:\n  nodeSelector:\n    workload: nextflow\n",
        "flow style": "{spec: {nodeSelector: {workload: nextflow}}}",
        JSON: '{"spec": {"tolerations": []}}',
        "a document mark and a comment": "---\n# for the heads\nspec:\n  priority: 1\n",
        anchors: "spec:\n  nodeSelector: &s {a: b}\n  affinity: *s\n",
        "Windows line ends": "spec:\r\n  hostNetwork: false\r\n",
    })) {
        it(`are taken in ${what}`, () => assert.equal(checkPodSpec(text), undefined));
    }

    const SHAPE = '(write YAML with the PodSpec under the key "spec")';
    const refused: Record<string, [text: string, reason: string]> = {
        "without spec": ["nodeSelector:\n  a: b\n", `has no key "spec" ${SHAPE}`],
        "with a list as spec": ["spec: []", `is not a pod spec ${SHAPE}`],
        "with an empty spec": ["spec:\n", `is not a pod spec ${SHAPE}`],
        "as a text": ["spec", `is not a pod spec ${SHAPE}`],
        empty: ["", `is not a pod spec ${SHAPE}`],
        "as a whole Pod": [
            "apiVersion: v1\nkind: Pod\nspec: {}\n",
            'has "apiVersion", "kind" in addition to "spec"; the Platform only reads "spec" (remove everything else)',
        ],
        "with bad indentation": [
            "spec:\n  a: b: c\n",
            `is not valid YAML: Nested mappings are not allowed in compact mappings at line 2, column 6 ${SHAPE}`,
        ],
        "with the same key twice": [
            "spec:\n  a: 1\n  a: 2\n",
            `is not valid YAML: Map keys must be unique at line 3, column 3 ${SHAPE}`,
        ],
        "as two documents": ["spec: {}\n---\nspec: {}\n", `contains more than one YAML document ${SHAPE}`],
        "with an alias that nothing defines": [
            "spec: {a: *nowhere}\n",
            `is not valid YAML: Unresolved alias (the anchor must be set before the alias): nowhere ${SHAPE}`,
        ],
        "with a bomb of aliases": [
            `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${"*a,".repeat(10)}]\nc: &c [${"*b,".repeat(10)}]\nspec: {d: [${"*c,".repeat(10)}]}\n`,
            `is not valid YAML: Excessive alias count indicates a resource exhaustion attack ${SHAPE}`,
        ],
    };
    for (const [what, [text, reason]] of Object.entries(refused)) {
        it(`are refused ${what}`, () => assert.equal(reasonOf(checkPodSpec, text), reason));
    }
});

describe("meaning of pod specs", () => {
    it("is the same however they are spelt", () => {
        assert.equal(podSpecMeaning("spec:\n  b: 1\n  a: [x]\n"), podSpecMeaning('{"spec": {"a": ["x"], "b": 1}}'));
        assert.equal(podSpecMeaning("spec: {a: null, b: 1}"), podSpecMeaning("spec: {b: 1}"));
    });

    it("is the text itself where it is no YAML, a bomb of aliases included", () => {
        assert.equal(podSpecMeaning("a: b: c"), "a: b: c");
        const bomb = `a: &a [${"x,".repeat(20)}]\nb: &b [${"*a,".repeat(20)}]\nc: [${"*b,".repeat(20)}]`;
        assert.equal(podSpecMeaning(bomb), bomb);
    });

    it("is found without a word on the terminal about tags of other programs", () => {
        const warnings: unknown[] = [];
        const note = (warning: unknown) => warnings.push(warning);
        process.on("warning", note);
        podSpecMeaning("spec: {a: !Ref b}");
        return new Promise((resolve) => setImmediate(resolve)).then(() => {
            process.off("warning", note);
            assert.deepEqual(warnings, []);
        });
    });
});
