import assert from "node:assert/strict";
import fc from "fast-check";
import {
    checkSize,
    checkWholeMebibytes,
    parseMemory,
    parseQuantity,
    toMebibytes,
} from "../../../src/compile/rules/quantities";
import { reasonOf, remedy } from "./support";

const NANO = 1_000_000_000n;

/** Every suffix of https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ as a fraction. */
const SUFFIXES: Record<string, [numerator: bigint, denominator: bigint]> = {
    n: [1n, 10n ** 9n],
    u: [1n, 10n ** 6n],
    m: [1n, 10n ** 3n],
    "": [1n, 1n],
    k: [10n ** 3n, 1n],
    M: [10n ** 6n, 1n],
    G: [10n ** 9n, 1n],
    T: [10n ** 12n, 1n],
    P: [10n ** 15n, 1n],
    E: [10n ** 18n, 1n],
    Ki: [2n ** 10n, 1n],
    Mi: [2n ** 20n, 1n],
    Gi: [2n ** 30n, 1n],
    Ti: [2n ** 40n, 1n],
    Pi: [2n ** 50n, 1n],
    Ei: [2n ** 60n, 1n],
};

const sign = fc.constantFrom("", "+", "-");
const digits = fc.stringMatching(/^[0-9]{1,15}$/);
const suffix = fc.constantFrom(...Object.keys(SUFFIXES));

describe("quantities", () => {
    const examples: [text: string, nano: bigint][] = [
        ["0", 0n],
        ["1", NANO],
        ["500m", NANO / 2n],
        ["0.5", NANO / 2n],
        [".5", NANO / 2n],
        ["5.", 5n * NANO],
        ["1n", 1n],
        ["1u", 1000n],
        ["1e3", 1000n * NANO],
        ["1E3", 1000n * NANO],
        ["1E", 10n ** 18n * NANO],
        ["12e-1", (12n * NANO) / 10n],
        ["1.5Gi", 3n * 2n ** 29n * NANO],
        ["-128Mi", -(2n ** 27n) * NANO],
        ["+1k", 1000n * NANO],
        ["9223372036854775807", 9223372036854775807n * NANO],
    ];
    for (const [text, nano] of examples) {
        it(`reads ${text}`, () => assert.equal(parseQuantity(text), nano));
    }

    for (const text of [
        "",
        "Gi",
        ".",
        "-",
        "1 Gi",
        " 1",
        "1gi",
        "1KI",
        "1K",
        "1e",
        "1e1.5",
        "0x10",
        "1.2.3",
        "1mm",
        "1_000",
        "∞",
        "1GB",
    ]) {
        it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseQuantity(text), undefined));
    }

    it("refuses what is finer than Kubernetes can say", () => {
        assert.equal(parseQuantity("0.5n"), undefined);
        assert.equal(parseQuantity("1e-10"), undefined);
        assert.equal(parseQuantity("0.0000000001"), undefined);
    });

    it("is exact: the same as in rational arithmetic", () =>
        fc.assert(
            fc.property(sign, digits, fc.option(digits, { nil: undefined }), suffix, (plus, whole, fraction, unit) => {
                const text = `${plus}${whole}${fraction === undefined ? "" : `.${fraction}`}${unit}`;
                const [multiply, divide] = SUFFIXES[unit];
                const numerator = BigInt(whole + (fraction ?? "")) * multiply * NANO * (plus === "-" ? -1n : 1n);
                const denominator = 10n ** BigInt(fraction?.length ?? 0) * divide;
                const expected = numerator % denominator === 0n ? numerator / denominator : undefined;
                assert.equal(parseQuantity(text), expected);
            }),
            { numRuns: 500 },
        ));

    it("is exact with exponents", () =>
        fc.assert(
            fc.property(digits, fc.integer({ min: -9, max: 30 }), fc.constantFrom("e", "E"), (whole, exponent, e) => {
                const scaled = BigInt(whole) * NANO * 10n ** BigInt(exponent + 9);
                const expected = scaled % 10n ** 9n === 0n ? scaled / 10n ** 9n : undefined;
                assert.equal(parseQuantity(`${whole}${e}${exponent}`), expected);
            }),
        ));

    it("keeps order and sums: what is more as a number is more as a quantity", () =>
        fc.assert(
            fc.property(fc.nat(), fc.nat(), fc.constantFrom("m", "", "k", "Mi", "G"), (a, b, unit) => {
                const [x, y, sum] = [a, b, a + b].map((n) => parseQuantity(`${n}${unit}`)!);
                assert.equal(x + y, sum);
                assert.equal(x < y, a < b);
            }),
        ));

    it("never throws and is quick, whatever the text", () =>
        fc.assert(fc.property(fc.string({ maxLength: 500 }), (text) => void parseQuantity(text))));
});

describe("sizes", () => {
    for (const text of ["500Gi", "1048576", "0.5Ti", "1e9", "100M"]) {
        it(`takes ${text}`, () => assert.equal(checkSize(text), undefined));
    }

    const refused: Record<string, string> = {
        "500GB": '"500GB" is not a Kubernetes quantity (write it like "500Gi")',
        "500 gb": '"500 gb" is not a Kubernetes quantity (write it like "500Gi")',
        "1.5tib": '"1.5tib" is not a Kubernetes quantity (write it like "1.5Ti")',
        "16G ": '"16G " is not a Kubernetes quantity (write it like "16Gi")',
        big: '"big" is not a Kubernetes quantity (write it like "500Gi")',
        "1.2.3GB": '"1.2.3GB" is not a Kubernetes quantity (write it like "500Gi")',
        "": '"" is not a Kubernetes quantity (write it like "500Gi")',
        "100": '"100" has no unit, so it is a number of bytes (write "100Gi" or "100Mi")',
        "1.5": '"1.5" has no unit, so it is a number of bytes (write "1.5Gi" or "1.5Mi")',
        "512m": '"512m" is in thousandths of a byte (write "512Gi" or "512Mi")',
        "0": 'must be greater than zero, not "0" (write it like "500Gi")',
        "0Gi": 'must be greater than zero, not "0Gi" (write it like "500Gi")',
        "-1Gi": 'must be greater than zero, not "-1Gi" (write it like "500Gi")',
    };
    for (const [text, reason] of Object.entries(refused)) {
        it(`refuses ${JSON.stringify(text)}`, () => assert.equal(reasonOf(checkSize, text), reason));
    }

    it("suggests only what it takes", () =>
        fc.assert(
            fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9.]{1,6} ?[kmgtKMGT]i?[bB]?$/)), (text) => {
                const suggestion = remedy(checkSize(text) ?? "");
                // "0GB" is told to be "0Gi", whose own fault is the next message.
                assert.ok(suggestion === undefined || parseQuantity(suggestion) !== undefined, suggestion);
            }),
        ));
});

describe("whole mebibytes", () => {
    for (const [text, mebibytes] of [
        ["4Gi", 4096],
        ["1Mi", 1],
        ["1.5Gi", 1536],
        ["1048576", 1],
        ["2048Ki", 2],
        ["1048576000m", 1],
    ] as const) {
        it(`takes ${text}`, () => {
            assert.equal(checkWholeMebibytes(text), undefined);
            assert.equal(toMebibytes(text), mebibytes);
        });
    }

    const refused: Record<string, string> = {
        "4G": '"4G" is ambiguous: Kubernetes counts in powers of 1000 and Nextflow in powers of 1024 (write "4 GB" or "4Gi")',
        "1500Ki":
            '"1500Ki" is not a whole number of mebibytes; the Platform and Nextflow accept no fractions (write "1 MB" or "2 MB")',
        "0": 'must be greater than zero, not "0" (write it like "16 GB" or "16Gi")',
    };
    for (const [text, reason] of Object.entries(refused)) {
        it(`refuses ${text}`, () => {
            assert.equal(reasonOf(checkWholeMebibytes, text), reason);
            assert.throws(() => toMebibytes(text), { name: "RangeError", message: reason });
        });
    }

    it("suggests the nearest whole numbers of mebibytes", () =>
        fc.assert(
            fc.property(fc.bigInt({ min: 2n ** 20n, max: 2n ** 50n }), (bytes) => {
                const text = `${bytes * 1000n}m`;
                const reason = checkWholeMebibytes(text);
                const suggestions = [...(reason ?? `write "${text}"`).matchAll(/"([^"]+)"/g)].map(([, each]) => each);
                const [below, above] = reason === undefined ? [text, text] : suggestions.slice(1);
                for (const suggestion of [below, above]) {
                    const missing = parseMemory(suggestion)! / NANO - bytes;
                    assert.equal(checkWholeMebibytes(suggestion), undefined);
                    assert.ok(missing > -(2n ** 20n) && missing < 2n ** 20n);
                }
            }),
        ));
});
