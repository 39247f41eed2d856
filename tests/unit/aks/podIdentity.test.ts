import assert from "node:assert/strict";
import { federationName, hasPolicies, headLabelPolicy, nextflowConfig, subject } from "../../../src/aks/podIdentity";
import { checkNextflowConfig } from "../../../src/compile/nextflow/texts";

describe("the identity of pods", () => {
    it("trusts a service account by its name", () =>
        assert.equal(subject("nextflow", "nextflow-head"), "system:serviceaccount:nextflow:nextflow-head"));

    it("is told to Nextflow in lines that it can stand beside others", () => {
        const text = nextflowConfig("genomes", "1a-2b");
        assert.equal(text, "azure.storage.accountName = 'genomes'\nazure.managedIdentity.clientId = '1a-2b'\n");
        assert.equal(checkNextflowConfig(text), undefined);
    });

    it("has credentials with names that Azure takes", () => {
        assert.equal(federationName("nextflow", "head.example"), "nextflow-head-example");
        assert.match(federationName("n".repeat(63), "a".repeat(253)), /^[A-Za-z0-9][A-Za-z0-9_-]{2,119}$/);
    });

    for (const [version, expected] of [
        ["1.36.0", true],
        ["v1.36", true],
        ["1.40.2-beta.1", true],
        ["2.0.0", true],
        ["1.35.9", false],
        ["1.9.0", false],
        ["", undefined],
        ["latest", undefined],
        ["1.x", undefined],
    ] as const) {
        it(`can be put onto head pods from 1.36 on: "${version}"`, () => assert.equal(hasPolicies(version), expected));
    }

    it("is put onto the pods of the head service account, by a path that escapes the slash", () => {
        const { matchConditions, mutations } = headLabelPolicy("nextflow-head");
        assert.match(matchConditions[0].expression, /object\.spec\.serviceAccountName == "nextflow-head"$/);
        assert.match(mutations[0].jsonPatch.expression, /"\/metadata\/labels\/azure\.workload\.identity~1use"/);
    });
});
