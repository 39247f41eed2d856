import assert from "node:assert/strict";
import { rightsInUse } from "../../tools/pipeline/rightsTable";
import { TAKEN_AWAY } from "../../tools/pipeline/revokedRights";
import { pipelineTests } from "./pipelineTests";

describe("nextflow: a pipeline on a real node, then without each right that it uses", () => {
    pipelineTests(TAKEN_AWAY);

    it("is all rights, here or where no node is needed", () => {
        const taken = TAKEN_AWAY.map(({ role, right }) => `${role} ${right.verb} ${right.resource}`);
        assert.deepEqual(taken.sort(), [...rightsInUse("service pod"), ...rightsInUse("run")].sort());
    });
});
