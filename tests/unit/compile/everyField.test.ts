import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentRules } from "../../../src/compile/environmentRules";
import { compiledText } from "./compiled";
import { everyField } from "./everyField";
import { lines } from "./support";

const GOLDEN = join(__dirname, "golden", "everyField.txt");

/** The same value with the keys of every object in the opposite order. */
function turned<T>(value: T): T {
    if (Array.isArray(value)) {
        return value.map(turned) as T;
    }
    return typeof value === "object" && value !== null
        ? (Object.fromEntries(
              Object.entries(value)
                  .reverse()
                  .map(([key, inner]) => [key, turned(inner)]),
          ) as T)
        : value;
}

describe("every field at once", () => {
    it("is accepted", () => assert.deepEqual(lines(environmentRules, everyField), []));

    // Made anew with `UPDATE_GOLDEN=1`, and then read by whoever reviews it.
    it("compiles to its golden file", () => {
        const text = compiledText(everyField);
        if (process.env.UPDATE_GOLDEN === "1") {
            writeFileSync(GOLDEN, text);
        }
        assert.equal(text, readFileSync(GOLDEN, "utf8"));
    });

    it("is the same bytes in any order of keys", () =>
        assert.equal(compiledText(turned(everyField)), compiledText(everyField)));
});
