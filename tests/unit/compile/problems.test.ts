import assert from "node:assert/strict";
import fc from "fast-check";
import { quote, show } from "../../../src/compile/rules/problems";

describe("showing values in messages", () => {
    it("quotes texts and leaves numbers as they are", () => {
        assert.equal(show("a b"), '"a b"');
        assert.equal(show(7), "7");
        assert.equal(show(undefined), "undefined");
    });

    it("keeps every text on one line and short", () =>
        fc.assert(
            fc.property(fc.string({ maxLength: 200 }), (text) => {
                assert.ok(show(text).length <= 60);
                assert.ok(!/[\r\n]/.test(show(text)));
            }),
        ));

    it("says that a long text was cut", () => assert.equal(show("x".repeat(100)), `"${"x".repeat(56)}…`));

    it("quotes what is to be copied as a whole", () =>
        fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => JSON.parse(quote(text)) === text)));
});
