import assert from "node:assert/strict";
import { nodeSupport } from "../../../../tools/cluster";

describe("where a node can run", () => {
    it("is nowhere when none is asked for, and says how to have one", async () =>
        assert.deepEqual(await nodeSupport(() => {}, { NODE_PARTS: "none" }), {
            possible: false,
            reason: "NODE_PARTS=none asks for no node",
            remedy: "Unset NODE_PARTS for one.",
        }));
});
