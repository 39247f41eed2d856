import assert from "node:assert/strict";
import { headRules, launcherRules, type PolicyRule } from "../../../src/compile/namespace/rbac";
import { rightsTable } from "../../../tools/pipeline/rightsTable";

const each = (identity: string, rules: PolicyRule[]) =>
    rules.flatMap(({ resources, verbs }) =>
        resources.flatMap((resource) => verbs.map((verb) => `${identity} ${verb} ${resource}`)),
    );

describe("the table of rights in the documentation", () => {
    const rows = rightsTable();

    it("has every right that is granted, once, and no other", () => {
        const told = rows.flatMap(({ identity, verbs, resource }) =>
            verbs.map((verb) => `${identity} ${verb} ${resource}`),
        );
        const granted = [...each("launcher", launcherRules()), ...each("head", headRules())];
        assert.deepEqual(told.sort(), granted.sort());
    });

    it("says where each is used, or from what source it comes", () => {
        for (const { identity, resource, used, why } of rows) {
            assert.ok(
                used === "–" ? why.startsWith("[") : ["environment", "service pod", "run"].includes(used),
                `${identity} ${resource}`,
            );
            assert.ok(why.length > 10);
        }
    });
});
