import assert from "node:assert/strict";
import { completeSubject, headRules, launcherRules, type PolicyRule } from "../../../src/compile/namespace/rbac";

/** Every right as "verb group/resource". */
function rights(rules: PolicyRule[]): Set<string> {
    return new Set(
        rules.flatMap(({ apiGroups, resources, verbs }) =>
            apiGroups.flatMap((group) =>
                resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`)),
            ),
        ),
    );
}

function all(verbs: string[], resources: string[]): string[] {
    return resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource}`));
}

const FIVE = ["get", "list", "watch", "create", "delete"];

describe("the launcher's rights", () => {
    it("are those of the role that Seqera documents, with podtemplates and without jobs/log", () =>
        assert.deepEqual(
            rights(launcherRules()),
            new Set(
                all(FIVE, [
                    "/pods",
                    "/pods/status",
                    "/pods/log",
                    "/pods/exec",
                    "/persistentvolumeclaims",
                    "/configmaps",
                    "/podtemplates",
                    "apps/deployments",
                    "batch/jobs",
                    "batch/jobs/status",
                ]),
            ),
        ));
});

describe("the head's rights", () => {
    it("are what Nextflow calls", () =>
        assert.deepEqual(
            rights(headRules()),
            new Set([
                ...all(FIVE, ["/pods", "batch/jobs"]),
                ...all(["get"], ["/pods/status", "/pods/log", "batch/jobs/status"]),
            ]),
        ));

    it("are a part of the launcher's", () => {
        const launcher = rights(launcherRules());
        assert.deepEqual(
            [...rights(headRules())].filter((right) => !launcher.has(right)),
            [],
        );
    });

    it("do not reach into other pods", () =>
        assert.ok(![...rights(headRules())].some((right) => right.includes("pods/exec"))));
});

describe("both roles", () => {
    for (const [who, rules] of Object.entries({ launcher: launcherRules(), head: headRules() })) {
        it(`give the ${who} no Secrets, no service accounts, no roles, no wildcards`, () => {
            for (const right of rights(rules)) {
                assert.doesNotMatch(right, /\*|secrets|serviceaccounts|roles|rolebindings|impersonate|escalate|bind/);
            }
        });
    }
});

describe("subjects", () => {
    it("that are service accounts belong to the core group and, unless told otherwise, to the environment's namespace", () => {
        assert.deepEqual(completeSubject({ kind: "ServiceAccount", name: "x" }, "nextflow"), {
            kind: "ServiceAccount",
            name: "x",
            namespace: "nextflow",
        });
        assert.deepEqual(completeSubject({ kind: "ServiceAccount", name: "x", namespace: "other" }, "nextflow"), {
            kind: "ServiceAccount",
            name: "x",
            namespace: "other",
        });
    });

    for (const kind of ["User", "Group"]) {
        it(`that are a ${kind} belong to the group of RBAC and to no namespace`, () =>
            assert.deepEqual(completeSubject({ kind, name: "x", namespace: "ignored" }, "nextflow"), {
                kind,
                name: "x",
                apiGroup: "rbac.authorization.k8s.io",
            }));
    }

    it("keep an API group of their own", () =>
        assert.equal(completeSubject({ kind: "User", name: "x", apiGroup: "other" }, "n").apiGroup, "other"));
});
