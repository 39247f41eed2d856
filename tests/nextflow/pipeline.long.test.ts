import assert from "node:assert/strict";
import { rightsInUse } from "../../tools/pipeline/rightsTable";
import { TAKEN_AWAY } from "../../tools/pipeline/takenAway";
import { pipelineTests } from "./pipelineTests";

describe("nextflow: a pipeline on a real node, then without each right that it uses", () => {
    const result = pipelineTests(TAKEN_AWAY);

    it("is all rights, here or where no node is needed", () => {
        const taken = TAKEN_AWAY.map(({ role, right }) => `${role} ${right.verb} ${right.resource}`);
        assert.deepEqual(taken.sort(), [...rightsInUse("service pod"), ...rightsInUse("run")].sort());
    });

    for (const { role, right, effect, status, said } of TAKEN_AWAY) {
        it(`without "${right.verb} ${right.resource}", the ${role} ${effect}`, () => {
            const outcome = result().without.find((each) => each.role === role && each.right === right)!;
            const cannot = new RegExp(`cannot ${right.verb} resource \\\\?"${right.resource}\\\\?"`);
            assert.match(outcome.said, said ?? cannot);
            assert.equal(outcome.status, status);
        });
    }
});
