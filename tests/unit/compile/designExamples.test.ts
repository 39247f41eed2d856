import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { environmentRules } from "../../../src/compile/environmentRules";
import { compiledText } from "./designExamples/compiled";
import { DESIGN_EXAMPLES } from "./designExamples";
import { everyField } from "./everyField";
import { lines } from "./support";

/** A golden file is made anew with `UPDATE_GOLDEN=1`, and then read by whoever reviews it. */
function assertGolden(name: string, text: string): void {
    const file = join(__dirname, "designExamples", "golden", `${name}.txt`);
    if (process.env.UPDATE_GOLDEN === "1") {
        writeFileSync(file, text);
    }
    assert.equal(text, readFileSync(file, "utf8"));
}

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

describe("the design's examples", () => {
    it("are ten", () => assert.equal(Object.keys(DESIGN_EXAMPLES).length, 10));

    for (const [name, { args, changed }] of Object.entries(DESIGN_EXAMPLES)) {
        it(`${name} is accepted as a whole`, () => assert.deepEqual(lines(environmentRules, args), []));

        it(`${name} compiles to its golden file`, () => {
            const why = changed.map((each) => `# - ${each}\n`).join("");
            assertGolden(name, `# What differs from the design:\n${why}\n${compiledText(args)}`);
        });

        it(`${name} is the same bytes in any order of keys`, () =>
            assert.equal(compiledText(turned(args)), compiledText(args)));
    }
});

describe("every field at once", () => {
    it("is accepted", () => assert.deepEqual(lines(environmentRules, everyField), []));

    it("compiles to its golden file", () => assertGolden("everyField", compiledText(everyField)));

    it("is the same bytes in any order of keys", () =>
        assert.equal(compiledText(turned(everyField)), compiledText(everyField)));
});
