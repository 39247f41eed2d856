import assert from "node:assert/strict";
import fc from "fast-check";
import { checkLabelName, checkLabelValue } from "../../../src/compile/labelRules";
import { reasonOf } from "./support";

const RULE = "write 2 to 39 letters and digits, with single dashes or underscores between them";

describe("label names", () => {
    for (const name of ["ab", "team", "cost-center", "a_b-c", "A1", "x".repeat(39), "apps", "App", "runname"]) {
        it(`takes ${name}`, () => assert.equal(checkLabelName(name), undefined));
    }

    for (const name of ["app", "runName"]) {
        it(`refuses ${name}, which Nextflow keeps for itself`, () =>
            assert.equal(
                reasonOf(checkLabelName, name),
                `"${name}" is a label that Nextflow reserves, so every task would fail (write another name, such as "app-name")`,
            ));
    }

    for (const name of ["", "a", "x".repeat(40), "-ab", "ab-", "a--b", "a-_b", "a.b", "a/b", "a b", "é1", "ab\n"]) {
        it(`refuses ${JSON.stringify(name).slice(0, 20)}`, () =>
            assert.equal(
                reasonOf(checkLabelName, name),
                `${JSON.stringify(name)} is not a valid name of a resource label (${RULE})`,
            ));
    }

    it("takes exactly the words joined by single dashes and underscores, of 2 to 39 characters", () => {
        const word = fc.stringMatching(/^[A-Za-z0-9]{1,8}$/);
        const joined = fc
            .array(fc.tuple(word, fc.constantFrom("-", "_")), { minLength: 1, maxLength: 8 })
            .map((parts) => parts.map(([text, joint], index) => (index === 0 ? text : joint + text)).join(""));
        fc.assert(
            fc.property(joined, (name) => {
                const expected = name.length >= 2 && name.length <= 39 && name !== "app" && name !== "runName";
                assert.equal(checkLabelName(name) === undefined, expected);
                assert.notEqual(checkLabelName(`${name}-`), undefined);
                assert.notEqual(checkLabelName(`${name}--x`), undefined);
            }),
        );
    });
});

describe("label values", () => {
    for (const value of ["production", "app", "${workflowId}", "${sessionId}", "${userName}"]) {
        it(`takes ${value}`, () => assert.equal(checkLabelValue(value), undefined));
    }

    for (const value of ["", "x", "${runName}", "a${userName}", "two words"]) {
        it(`refuses ${JSON.stringify(value)}`, () =>
            assert.equal(
                reasonOf(checkLabelValue, value),
                `${JSON.stringify(value)} is not a valid value of a resource label (${RULE}, or one of \${workflowId}, \${sessionId}, \${userName})`,
            ));
    }
});
