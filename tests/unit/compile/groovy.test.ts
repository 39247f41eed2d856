import assert from "node:assert/strict";
import fc from "fast-check";
import { groovy, groovyString } from "../../../src/compile/nextflow/groovy";
import { literal } from "../../../src/compile/nextflow/groovyLiteral";
import { scan } from "../../../src/compile/nextflow/groovyScan";

/** What our own reader of configurations finds in `x = …`. */
function readBack(text: string): unknown {
    const { settings, fault } = scan(`x = ${text}\n`);
    assert.equal(fault, undefined);
    assert.deepEqual(
        settings.map(({ path }) => path),
        ["x"],
    );
    return literal(settings[0].value);
}

/** Strings with all that can go wrong in them. */
const nasty = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({
        unit: fc.constantFrom(
            "'",
            '"',
            "\\",
            "$",
            "{",
            "}",
            "\n",
            "\r",
            "\t",
            "/",
            "*",
            "[",
            "]",
            "\u0000",
            "é",
            "😀",
            "u",
        ),
    }),
);
const value = fc.letrec((tie) => ({
    value: fc.oneof(
        { depthSize: "small" },
        nasty,
        fc.integer(),
        fc.boolean(),
        fc.array(tie("value"), { maxLength: 4 }),
        fc.dictionary(
            nasty.filter((key) => key !== "" && key !== "__proto__"),
            tie("value"),
            { maxKeys: 4, noNullPrototype: true },
        ),
    ),
})).value;

describe("Groovy literals", () => {
    const strings: [text: string, written: string][] = [
        ["", "''"],
        ["it's", String.raw`'it\'s'`],
        ["a\\b", String.raw`'a\\b'`],
        ["$HOME ${x}", "'$HOME ${x}'"],
        ["a\nb\r\tc", String.raw`'a\nb\r\tc'`],
        ["é😀\u0000", String.raw`'\u00e9\ud83d\ude00\u0000'`],
    ];
    for (const [text, written] of strings) {
        it(`write ${JSON.stringify(text)} as ${written}`, () => assert.equal(groovyString(text), written));
    }

    it("quote a map's keys unless they are plain names", () =>
        assert.equal(
            groovy({ a: 1, "cloud.google.com/gke-spot": "true", in: true, "": [], b2: {} }),
            "[a: 1, 'cloud.google.com/gke-spot': 'true', 'in': true, '': [], b2: [:]]",
        ));

    it("are printable ASCII on one line, whatever the string", () =>
        fc.assert(fc.property(nasty, (text) => assert.match(groovyString(text), /^'[\x20-\x7e]*'$/))));

    it("are told from strings that look like signs", () => {
        for (const given of [[{ "]": [] }], ["[", "]", ",", ":"], { ":": ",", "a]": ["]"] }]) {
            assert.deepEqual(readBack(groovy(given)), given);
        }
    });

    it("come back as the value that went in", () =>
        fc.assert(fc.property(value, (given) => assert.deepEqual(readBack(groovy(given as never)), given))));
});
