import assert from "node:assert/strict";
import { useQuickstart } from "./quickstart";

describe("make quickstart, run again", function () {
    this.timeout(1_800_000);

    const { quickstart } = useQuickstart();

    it("changes nothing the second time", async () => {
        assert.doesNotMatch(await quickstart("up"), /nothing changed/);
        assert.match(await quickstart("up"), /Done: nothing changed/);
    });
});
