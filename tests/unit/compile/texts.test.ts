import assert from "node:assert/strict";
import { checkNextflowConfig, checkPodSpec, checkScript } from "../../../src/compile/texts";
import { reasonOf } from "./support";

describe("scripts", () => {
    it("are measured in bytes", () => {
        assert.equal(checkScript("x".repeat(1024)), undefined);
        assert.equal(checkScript("é".repeat(512)), undefined);
        assert.equal(checkScript(""), undefined);
        assert.equal(
            reasonOf(checkScript, "é".repeat(513)),
            "has 1026 bytes; the Platform takes at most 1024: put the rest in a file on the work claim or in the pipeline's repository and call that",
        );
        assert.match(reasonOf(checkScript, "x".repeat(1025)), /^has 1025 bytes; /);
    });
});

describe("Nextflow configurations", () => {
    it("are measured in characters", () => {
        assert.equal(checkNextflowConfig("é".repeat(3200)), undefined);
        assert.equal(
            reasonOf(checkNextflowConfig, "x".repeat(3201)),
            "has 3201 characters; the Platform takes at most 3200: move what belongs to one pipeline into that pipeline's nextflow.config",
        );
    });
});

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

    const SHAPE = 'write YAML that begins with "spec:" and has the PodSpec below it';
    const refused: Record<string, [text: string, reason: string]> = {
        "without spec": ["nodeSelector:\n  a: b\n", `is not a pod spec; ${SHAPE}`],
        "with a list as spec": ["spec: []", `is not a pod spec; ${SHAPE}`],
        "with an empty spec": ["spec:\n", `is not a pod spec; ${SHAPE}`],
        "as a text": ["spec", `is not a pod spec; ${SHAPE}`],
        empty: ["", `is not a pod spec; ${SHAPE}`],
        "as a whole Pod": [
            "apiVersion: v1\nkind: Pod\nspec: {}\n",
            'has "apiVersion", "kind" beside "spec"; the Platform reads nothing but the "spec" of a pod: leave it out',
        ],
        "with bad indentation": [
            "spec:\n  a: b: c\n",
            `is not YAML: Nested mappings are not allowed in compact mappings at line 2, column 6; ${SHAPE}`,
        ],
        "with the same key twice": [
            "spec:\n  a: 1\n  a: 2\n",
            `is not YAML: Map keys must be unique at line 3, column 3; ${SHAPE}`,
        ],
        "as two documents": ["spec: {}\n---\nspec: {}\n", `has more than one YAML document; ${SHAPE}`],
        "with an alias that nothing defines": [
            "spec: {a: *nowhere}\n",
            `is not YAML: Unresolved alias (the anchor must be set before the alias): nowhere; ${SHAPE}`,
        ],
        "with a bomb of aliases": [
            `a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [${"*a,".repeat(10)}]\nc: &c [${"*b,".repeat(10)}]\nspec: {d: [${"*c,".repeat(10)}]}\n`,
            `is not YAML: Excessive alias count indicates a resource exhaustion attack; ${SHAPE}`,
        ],
    };
    for (const [what, [text, reason]] of Object.entries(refused)) {
        it(`are refused ${what}`, () => assert.equal(reasonOf(checkPodSpec, text), reason));
    }
});
