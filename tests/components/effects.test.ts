import assert from "node:assert/strict";
import { ARGUMENTS, CONTEXTS, FIRST, itHasEffects } from "./effects";

describe("an argument (case 5)", () => {
    it("has a value each", () =>
        assert.deepEqual(
            ARGUMENTS.filter(([, value]) => value === undefined),
            [],
        ));

    itHasEffects(Object.keys(CONTEXTS).slice(0, FIRST));
});
