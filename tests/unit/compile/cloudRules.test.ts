import assert from "node:assert/strict";
import {
    existingNeeds,
    existingOnly,
    isExisting,
    madeOnly,
    namedOnce,
    somePods,
} from "../../../src/compile/clouds/cloudRules";
import { UNKNOWN } from "../../../src/compile/rules/rules";
import { lines } from "./support";

const SOURCE = "https://example.com/source";
const NOT_LISTS = [{}, { list: null }, { list: UNKNOWN }, { list: "text" }, undefined, UNKNOWN];

describe("rules that the clouds share", () => {
    it("about names in a list: each once", () => {
        const rules = [namedOnce("list", SOURCE)];
        const named = (...names: unknown[]) => ({ list: names.map((name) => ({ name })) });
        assert.deepEqual(lines(rules, named("a", "b", "a", "b")), [
            'list: contains the name "a" twice (remove one of the two)',
        ]);
        for (const args of [named("a", "b"), named(UNKNOWN, UNKNOWN), named(undefined, undefined), ...NOT_LISTS]) {
            assert.deepEqual(lines(rules, args), []);
        }
    });

    it("about whom an identity is for: heads, tasks or both", () => {
        const rules = [somePods(SOURCE)];
        assert.deepEqual(lines(rules, { headPods: false, taskPods: false }), [
            "taskPods: cannot be false when headPods is false: no pod would use the identity (remove one of the two)",
        ]);
        for (const args of [{}, { headPods: false }, { taskPods: false }, { headPods: false, taskPods: true }]) {
            assert.deepEqual(lines(rules, args), []);
        }
    });

    it("about a credential that is there already, though its id be known only later", () => {
        assert.deepEqual([{}, { credentialsId: null }].map(isExisting), [false, false]);
        assert.deepEqual([{ credentialsId: "mine" }, { credentialsId: UNKNOWN }].map(isExisting), [true, true]);
    });

    for (const credentialsId of ["mine", UNKNOWN]) {
        it(`about what belongs to such a credential, or to one that is made: ${String(credentialsId)}`, () => {
            const rules = [
                madeOnly("role", "role or key", SOURCE),
                existingOnly("email", SOURCE),
                existingNeeds("email", "e-mail address", SOURCE),
            ];
            assert.deepEqual(lines(rules, { credentialsId, role: UNKNOWN }), [
                "role: cannot be used with credentialsId: no role or key is created for an existing credential (remove one of the two)",
                "email: required with credentialsId (write the e-mail address that the credential uses)",
            ]);
            assert.deepEqual(lines(rules, { email: UNKNOWN }), [
                "email: requires credentialsId: it belongs to an existing credential (set credentialsId too, or remove this argument)",
            ]);
            for (const args of [{}, { role: "a" }, { credentialsId, email: UNKNOWN }]) {
                assert.deepEqual(lines(rules, args), []);
            }
        });
    }
});
