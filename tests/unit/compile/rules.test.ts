import assert from "node:assert/strict";
import {
    at,
    plainValue,
    eachKey,
    isGiven,
    validate,
    always,
    type Rule,
    whenKnown,
    UNKNOWN,
    value,
} from "../../../src/compile/rules/rules";

const SOURCE = "https://example.com/source";
const never = () => "is wrong";

function validated(rule: Rule, args: unknown): string[] {
    return validate([rule], args).map(({ property, reason }) => `${property}: ${reason}`);
}

describe("values at a path", () => {
    it("are found at any depth", () => assert.equal(at({ a: { b: { c: 1 } } }, "a.b.c"), 1));

    it("are unset where anything on the way is, null included", () => {
        assert.equal(at({ a: { b: null } }, "a.b"), undefined);
        assert.equal(at({ a: null }, "a.b"), undefined);
        assert.equal(at({}, "a.b.c"), undefined);
        assert.equal(at(undefined, "a"), undefined);
        assert.equal(at(null, "a"), undefined);
        assert.equal(at({ a: 5 }, "a.b"), undefined);
    });

    it("are unknown where anything on the way is", () => {
        assert.equal(at({ a: UNKNOWN }, "a"), UNKNOWN);
        assert.equal(at({ a: UNKNOWN }, "a.b.c"), UNKNOWN);
        assert.equal(at(UNKNOWN, "a"), UNKNOWN);
    });

    it("keep false, zero and the empty text", () => {
        assert.equal(at({ a: false }, "a"), false);
        assert.equal(at({ a: 0 }, "a"), 0);
        assert.equal(at({ a: "" }, "a"), "");
    });

    it("are given when they are unknown", () => {
        assert.ok(isGiven({ a: UNKNOWN }, "a.b"));
        assert.ok(isGiven({ a: false }, "a"));
        assert.ok(!isGiven({ a: null }, "a"));
    });
});

describe("a rule about one value", () => {
    const rule = value<string>("a.b", "string", (text) => (text === "good" ? undefined : "is not good"), SOURCE);

    it("says where it comes from", () => assert.deepEqual([rule.property, rule.source], ["a.b", SOURCE]));
    it("judges it", () => {
        assert.deepEqual(validated(rule, { a: { b: "good" } }), []);
        assert.deepEqual(validated(rule, { a: { b: "bad" } }), ["a.b: is not good"]);
        assert.deepEqual(validated(rule, { a: { b: "" } }), ["a.b: is not good"]);
    });
    it("lets what is unset or unknown pass", () => {
        for (const args of [{}, { a: null }, { a: { b: null } }, { a: { b: UNKNOWN } }, { a: UNKNOWN }]) {
            assert.deepEqual(validated(rule, args), []);
        }
    });
    it("refuses another kind of value before the check could stumble over it", () => {
        assert.deepEqual(validated(rule, { a: { b: 1 } }), [
            "a.b: must be a string, not a number (write it in quotes, or add --type string to pulumi config set)",
        ]);
        assert.deepEqual(validated(rule, { a: { b: true } }), [
            "a.b: must be a string, not a boolean (write it in quotes, or add --type string to pulumi config set)",
        ]);
        assert.deepEqual(validated(rule, { a: { b: {} } }), ["a.b: must be a string, not an object"]);
        assert.deepEqual(validated(rule, { a: { b: [] } }), ["a.b: must be a string, not a list"]);
        assert.deepEqual(validated(value("n", "number", never, SOURCE), { n: "5" }), [
            "n: must be a number, not a string",
        ]);
    });
});

describe("a rule about the entries of a map or list", () => {
    const short = (text: string) => (text.length < 3 ? undefined : `${text} is long`);

    it("judges each value", () => {
        const rule = value("m.*", "string", short, SOURCE);
        assert.deepEqual(validated(rule, { m: { a: "x", b: "long", c: UNKNOWN, d: 5, e: null } }), [
            "m.b: long is long",
            "m.d: must be a string, not a number (write it in quotes, or add --type string to pulumi config set)",
            "m.e: must be a string, not null",
        ]);
        assert.deepEqual(validated(rule, { m: ["long", "x"] }), ["m[0]: long is long"]);
    });

    it("judges each key, though the value be unknown", () =>
        assert.deepEqual(validated(eachKey("m", short, SOURCE), { m: { ab: "x", long: UNKNOWN } }), [
            "m.long: long is long",
        ]));

    it("lets a map or list pass that is unset, unknown or no such thing", () => {
        for (const rule of [value("m.*", "string", never, SOURCE), eachKey("m", never, SOURCE)]) {
            for (const args of [{}, { m: null }, { m: UNKNOWN }, UNKNOWN, { m: {} }, { m: [] }, { m: "text" }]) {
                assert.deepEqual(validated(rule, args), []);
            }
        }
    });
});

describe("a rule about several values", () => {
    const rule = whenKnown("a", ["b.c"], never, SOURCE);

    it("judges when all of them are known or unset", () => {
        assert.deepEqual(validated(rule, { a: 1, b: { c: 2 } }), ["a: is wrong"]);
        assert.deepEqual(validated(rule, {}), ["a: is wrong"]);
    });

    it("does not judge while one of them is unknown", () => {
        for (const args of [{ a: UNKNOWN, b: { c: 2 } }, { a: 1, b: UNKNOWN }, { a: 1, b: { c: UNKNOWN } }, UNKNOWN]) {
            assert.deepEqual(validated(rule, args), []);
        }
    });
});

describe("a rule about what is given", () => {
    it("judges whether or not it is known", () => {
        const rule = always("a", (args) => (isGiven(args, "a") ? "is given" : undefined), SOURCE);
        assert.deepEqual(validated(rule, { a: UNKNOWN }), ["a: is given"]);
        assert.deepEqual(validated(rule, { a: 1 }), ["a: is given"]);
        assert.deepEqual(validated(rule, {}), []);
    });
});

describe("a rule about what decides which resources there are", () => {
    const rule = plainValue("a.b", "boolean", SOURCE);
    const LATER = "must be known at preview; outputs are not allowed here (write a plain value)";

    it("takes a plain value of its kind, and none", () => {
        for (const args of [{ a: { b: false } }, { a: { b: true } }, { a: {} }, {}, { a: { b: null } }]) {
            assert.deepEqual(validated(rule, args), []);
        }
    });

    it("refuses what is known only later, once", () => {
        assert.deepEqual(validated(rule, { a: { b: UNKNOWN } }), [`a.b: ${LATER}`]);
        assert.deepEqual(validated(rule, { a: UNKNOWN }), []);
        assert.deepEqual(validated(plainValue("a", "object", SOURCE), { a: UNKNOWN }), [`a: ${LATER}`]);
    });

    it('refuses another kind of value: the text "false" is not false', () =>
        assert.deepEqual(validated(rule, { a: { b: "false" } }), ["a.b: must be a boolean, not a string"]));
});

describe("all rules together", () => {
    it("give every fault, in the order of the rules", () => {
        const rules = [
            value("b", "string", never, SOURCE),
            value("a", "string", never, SOURCE),
            always("c", never, SOURCE),
        ];
        assert.deepEqual(validate(rules, { a: "x", b: "y" }), [
            { property: "b", reason: "is wrong" },
            { property: "a", reason: "is wrong" },
            { property: "c", reason: "is wrong" },
        ]);
    });
});
