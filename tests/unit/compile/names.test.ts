import assert from "node:assert/strict";
import fc from "fast-check";
import {
    canonicalJson,
    checkDnsLabel,
    checkDnsSubdomain,
    checkPlatformName,
    generatedName,
    PLATFORM_NAME_MAX,
} from "../../../src/compile/rules/names";
import { reasonOf, remedy } from "./support";

describe("names in the Platform", () => {
    for (const name of ["a", "A-1_b", "-", "x".repeat(100)]) {
        it(`takes ${name.slice(0, 20)}`, () => assert.equal(checkPlatformName(name), undefined));
    }

    it("refuses an empty one", () =>
        assert.equal(
            reasonOf(checkPlatformName, ""),
            "must not be empty (write 1 to 100 letters, digits, dashes or underscores, or leave it out to generate a name)",
        ));

    it("refuses one that is too long", () =>
        assert.equal(
            reasonOf(checkPlatformName, "x".repeat(101)),
            "has 101 characters; the Platform allows at most 100 (shorten it)",
        ));

    it("refuses other characters and says what to write", () =>
        assert.equal(
            reasonOf(checkPlatformName, "my env (prod)"),
            '"my env (prod)" contains characters other than letters, digits, dashes and underscores (write it like "my-env-prod-")',
        ));

    it("suggests only what it takes", () =>
        fc.assert(
            fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }), (name) => {
                const reason = checkPlatformName(name);
                const suggestion = reason === undefined ? undefined : remedy(reason);
                assert.equal(suggestion === undefined ? undefined : checkPlatformName(suggestion), undefined);
            }),
        ));
});

describe("names in Kubernetes", () => {
    for (const name of ["a", "0", "nextflow", "a-b", "x".repeat(63)]) {
        it(`takes the label ${name.slice(0, 20)}`, () => assert.equal(checkDnsLabel(name), undefined));
    }

    for (const name of ["a.b", "a.b-c.d", "x".repeat(253)]) {
        it(`takes the subdomain ${name.slice(0, 20)}`, () => assert.equal(checkDnsSubdomain(name), undefined));
    }

    const LABEL =
        "is not an RFC 1123 label (use lower-case letters, digits and dashes; begin and end with a letter or digit";
    const SUBDOMAIN =
        "is not an RFC 1123 subdomain (use lower-case letters, digits, dashes and dots; begin and end with a letter or digit";
    const refused: [check: typeof checkDnsLabel, name: string, reason: string][] = [
        [checkDnsLabel, "Nextflow", `"Nextflow" ${LABEL}, like "nextflow")`],
        [checkDnsLabel, "next_flow", `"next_flow" ${LABEL}, like "next-flow")`],
        [checkDnsLabel, "a.b", `"a.b" ${LABEL}, like "a-b")`],
        [checkDnsLabel, "-a-", `"-a-" ${LABEL}, like "a")`],
        [checkDnsLabel, "", `"" ${LABEL})`],
        [checkDnsLabel, "x".repeat(64), "has 64 characters; Kubernetes allows at most 63 here (shorten it)"],
        [checkDnsSubdomain, "My_Account", `"My_Account" ${SUBDOMAIN}, like "my-account")`],
        [checkDnsSubdomain, ".a", `".a" ${SUBDOMAIN}, like "a")`],
        [checkDnsSubdomain, "a..b", `"a..b" ${SUBDOMAIN})`],
        [checkDnsSubdomain, "x".repeat(254), "has 254 characters; Kubernetes allows at most 253 here (shorten it)"],
    ];
    for (const [check, name, reason] of refused) {
        it(`refuses ${JSON.stringify(name).slice(0, 20)} as a ${check === checkDnsLabel ? "label" : "subdomain"}`, () =>
            assert.equal(reasonOf(check, name), reason));
    }

    for (const check of [checkDnsLabel, checkDnsSubdomain]) {
        it("suggests only what it takes", () =>
            fc.assert(
                fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (name) => {
                    const reason = check(name);
                    const suggestion = reason === undefined ? undefined : remedy(reason);
                    assert.equal(suggestion === undefined ? undefined : check(suggestion), undefined);
                }),
            ));
    }

    it("takes every label as a subdomain, and every chain of them", () =>
        fc.assert(
            fc.property(
                fc.array(fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,5}[a-z0-9])?$/), { minLength: 1 }),
                (parts) => {
                    assert.equal(checkDnsLabel(parts[0]), undefined);
                    assert.equal(checkDnsSubdomain(parts.slice(0, 30).join(".")), undefined);
                },
            ),
        ));
});

/** The same value with the keys of every object in another order. */
function shuffled(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(shuffled);
    }
    return value !== null && typeof value === "object"
        ? Object.fromEntries(
              Object.entries(value)
                  .reverse()
                  .map(([key, inner]) => [key, shuffled(inner)]),
          )
        : value;
}

describe("canonical JSON", () => {
    it("sorts keys and drops what is unset, at every depth", () =>
        assert.equal(
            canonicalJson({ b: [{ d: undefined, c: null, a: 1 }], a: { y: "", x: false } }),
            '{"a":{"x":false,"y":""},"b":[{"a":1}]}',
        ));

    it("is the same whatever the order of keys, and parses back to the same content", () =>
        fc.assert(
            fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
                assert.equal(canonicalJson(shuffled(value)), canonicalJson(value));
                assert.equal(canonicalJson(JSON.parse(canonicalJson(value))), canonicalJson(value));
            }),
        ));

    it("tells contents apart", () =>
        fc.assert(
            fc.property(fc.dictionary(fc.string(), fc.integer()), fc.dictionary(fc.string(), fc.integer()), (a, b) => {
                const equal = JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
                assert.equal(canonicalJson(a) === canonicalJson(b), equal);
            }),
        ));
});

describe("generated names", () => {
    it("are these, in every version: they are how a killed create is found again", () => {
        assert.equal(generatedName("production", { a: 1, b: "x" }), "production-ecf9e98");
        assert.equal(generatedName("production", { b: "x", a: 1 }), "production-ecf9e98");
        assert.equal(generatedName("production", { a: 2, b: "x" }), "production-e5a7104");
    });

    it("are names that the Platform takes, whatever the prefix", () =>
        fc.assert(
            fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.jsonValue(), (prefix, content) => {
                const name = generatedName(prefix, content);
                assert.equal(checkPlatformName(name), undefined);
                assert.ok(name.length <= PLATFORM_NAME_MAX);
            }),
        ));

    it("do not depend on the order of keys", () =>
        fc.assert(
            fc.property(
                fc.jsonValue(),
                (content) => generatedName("x", content) === generatedName("x", shuffled(content)),
            ),
        ));
});
