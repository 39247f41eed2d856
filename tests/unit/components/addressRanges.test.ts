import assert from "node:assert/strict";
import { isAddressRange, notCovered } from "../../../src/compile/clouds/addressRanges";

describe("ranges of addresses", () => {
    for (const text of ["10.0.0.1", "10.0.0.0/8", "0.0.0.0/0", "::1", "2001:db8::/32", " 10.0.0.1/32 "]) {
        it(`are read: ${text}`, () => assert.ok(isAddressRange(text)));
    }
    for (const text of [
        "",
        "10.0.0",
        "10.0.0.0/33",
        "10.0.0.0/x",
        "10.0.0.0/",
        "10.0.0.0/8/8",
        "a.example",
        "::/129",
    ]) {
        it(`are not read where there is none: "${text}"`, () => assert.ok(!isAddressRange(text)));
    }

    const cases: [wanted: string[], allowed: string[], missing: string[]][] = [
        [["10.0.0.1"], ["10.0.0.1"], []],
        [["10.0.0.1/32"], ["10.0.0.0/24"], []],
        [["10.0.1.0/24"], ["10.0.0.0/23"], []],
        [["10.0.0.0/23"], ["10.0.0.0/24", "10.0.1.0/24"], ["10.0.0.0/23"]],
        [["10.0.2.1", "10.0.0.9"], ["10.0.0.0/23"], ["10.0.2.1"]],
        [["18.169.21.18/32"], ["0.0.0.0/0"], []],
        [["2001:db8::1"], ["0.0.0.0/0"], ["2001:db8::1"]],
        [["2001:db8::1"], ["2001:db8::/64"], []],
        [["10.0.0.1"], [], ["10.0.0.1"]],
        [["10.0.0.1"], ["what is this"], ["10.0.0.1"]],
    ];
    for (const [wanted, allowed, missing] of cases) {
        it(`${wanted.join()} in ${allowed.join() || "none"}`, () =>
            assert.deepEqual(notCovered(wanted, allowed), missing));
    }
});
