import assert from "node:assert/strict";
import fc from "fast-check";
import { canonicalQuantity } from "../../../tools/kubernetes-provider/server/quantity";

describe("canonical quantities", () => {
    const cases: [string, string][] = [
        ["1000m", "1"],
        ["0.5", "500m"],
        ["1024Mi", "1Gi"],
        ["1536Mi", "1536Mi"],
        ["1.5Gi", "1536Mi"],
        ["0.5Ki", "512"],
        ["1024", "1024"],
        ["1024Ki", "1Mi"],
        ["2000", "2k"],
        ["1500", "1500"],
        ["1000000", "1M"],
        ["0", "0"],
        ["0Gi", "0"],
        ["-1000m", "-1"],
        ["+5", "5"],
        [".5", "500m"],
        ["1.", "1"],
        ["1e3", "1e3"],
        ["1E3", "1e3"],
        ["1E", "1E"],
        ["1500e3", "1500e3"],
        ["100n", "100n"],
        ["0.1n", "1n"],
        ["1.5k", "1500"],
        ["500Gi", "500Gi"],
        ["1Ei", "1Ei"],
        ["0.3Ki", "307200m"],
        [" 4 ", "4"],
    ];
    for (const [given, canonical] of cases) {
        it(`${JSON.stringify(given)} is ${canonical}`, () => assert.equal(canonicalQuantity(given), canonical));
    }

    for (const text of ["", "16 GB", "1GB", "abc", "1..5", "--1", "1Zi", "0x10"]) {
        it(`${JSON.stringify(text)} is no quantity`, () => assert.equal(canonicalQuantity(text), undefined));
    }

    it("keeps the amount, and a canonical text as it is", () => {
        const powers: Record<string, [bigint, bigint]> = {
            n: [1n, 10n ** 9n],
            u: [1n, 10n ** 6n],
            m: [1n, 1000n],
            "": [1n, 1n],
            k: [1000n, 1n],
            M: [10n ** 6n, 1n],
            G: [10n ** 9n, 1n],
            T: [10n ** 12n, 1n],
            P: [10n ** 15n, 1n],
            E: [10n ** 18n, 1n],
            ...Object.fromEntries(
                ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].map((suffix, index) => [
                    suffix,
                    [1n << BigInt(10 * (index + 1)), 1n],
                ]),
            ),
        };
        // In billionths, the smallest amount there is.
        const amount = (text: string): bigint => {
            const [, digits = "", suffix = ""] = /^(\d+)(\D*)$/.exec(text) ?? [];
            const [times, parts] = powers[suffix];
            return (BigInt(digits) * times * 10n ** 9n) / parts;
        };
        fc.assert(
            fc.property(fc.nat(10 ** 9), fc.constantFrom(...Object.keys(powers)), (number, suffix) => {
                const canonical = canonicalQuantity(`${number}${suffix}`);
                assert.ok(canonical !== undefined);
                assert.equal(amount(canonical), amount(`${number}${suffix}`));
                assert.equal(canonicalQuantity(canonical), canonical);
            }),
        );
    });
});
