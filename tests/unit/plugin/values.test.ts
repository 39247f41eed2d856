import assert from "node:assert/strict";
import fc from "fast-check";
import {
    equal,
    type Fields,
    fromWire,
    hasSecret,
    hasUnknown,
    isUnknown,
    plain,
    Secret,
    toWire,
    unknown,
    type Value,
} from "../../../tools/plugin/server/values";

const secretOnWire = (value: unknown): unknown => ({
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    value,
});

describe("values on the wire", () => {
    it("hold secrets and the unknown", () => {
        const wire = {
            password: secretOnWire({ a: ["b", null] }),
            later: "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
            count: 3,
            on: true,
        };
        const value = fromWire(wire) as Fields;
        assert.ok(value["password"] instanceof Secret);
        assert.ok(isUnknown(value["later"]));
        assert.deepEqual(plain(value), { password: { a: ["b", null] }, later: unknown, count: 3, on: true });
        assert.deepEqual(toWire(value), wire);
        assert.ok(hasSecret(value) && hasUnknown(value));
    });

    it("that are unknown may be of any type", () => {
        for (const sentinel of ["1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", "dd056dcd-154b-4c76-9bd3-c8f88648b5ff"]) {
            assert.ok(isUnknown(fromWire(sentinel)));
        }
        assert.ok(hasUnknown(fromWire([{ a: secretOnWire("04da6b54-80e4-46f7-96ec-b56ff0331ba9") }])));
    });

    it("are the same after a round trip", () => {
        fc.assert(
            fc.property(fc.jsonValue(), (value) => {
                const json = JSON.parse(JSON.stringify(value)) as Value;
                assert.deepEqual(toWire(fromWire(json)), json);
                assert.ok(equal(plain(fromWire(json)), plain(json)));
                assert.ok(!hasSecret(json) && !hasUnknown(json));
            }),
        );
    });
});
