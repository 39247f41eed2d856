import assert from "node:assert/strict";
import fc from "fast-check";
import { createRedactor, REDACTED, secretsIn } from "../../../src/platform/redact";

const SECRET = "s3cr3t-Kq9ZtYwXvUaBcDeFgH";
const PEM_BODY = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
const PEM = `-----BEGIN PRIVATE KEY-----\n${PEM_BODY}\n${PEM_BODY.toLowerCase()}\n-----END PRIVATE KEY-----\n`;

describe("redact", () => {
    for (const [how, echoed] of [
        ["whole", SECRET],
        ["in quotes within JSON", JSON.stringify({ token: SECRET })],
        ["cut off", `${SECRET.slice(0, 15)}...`],
        ["without its beginning", `...${SECRET.slice(8)}`],
        ["in base64", Buffer.from(SECRET).toString("base64")],
        ["twice", `${SECRET} and ${SECRET}`],
    ] as const) {
        it(`hides a secret that is echoed ${how}`, () => {
            const shown = createRedactor([SECRET])(`Bad value ${echoed} given`);
            for (let at = 0; at + 12 <= SECRET.length; at++) {
                assert.ok(!shown.includes(SECRET.slice(at, at + 12)), shown);
            }
            assert.ok(!shown.includes(Buffer.from(SECRET).toString("base64").slice(0, 20)), shown);
            assert.match(shown, /^Bad value .*\[redacted\].* given$/);
        });
    }

    it("hides any secret wherever it stands, and leaves the rest alone", () => {
        const word = fc.string({
            minLength: 4,
            maxLength: 60,
            unit: fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123"),
        });
        const around = fc.string({ maxLength: 30, unit: fc.constantFrom(..."abcdefghijklm :,.") });
        fc.assert(
            fc.property(word, around, around, (secret, before, behind) => {
                assert.equal(createRedactor([secret])(before + secret + behind), before + REDACTED + behind);
            }),
        );
    });

    it("hides a private key line by line, with real and with escaped line breaks", () => {
        const redact = createRedactor(secretsIn({ keys: { privateKey: PEM } }));
        for (const echoed of [PEM, JSON.stringify(PEM), PEM_BODY, PEM_BODY.slice(10, 40)]) {
            assert.doesNotMatch(
                redact(`cannot parse ${echoed} (expected -----BEGIN EC KEY-----)`),
                /MIIE|hkiG9w0|bkqhki/i,
            );
        }
        assert.equal(redact("expected -----BEGIN CERTIFICATE-----"), "expected -----BEGIN CERTIFICATE-----");
    });

    it("hides what looks like a secret although nobody named it", () => {
        const redact = createRedactor([]);
        assert.doesNotMatch(redact(`authorization: Bearer ${SECRET}`), /Kq9Z/);
        assert.doesNotMatch(redact(`"Authorization":"Basic ${SECRET}"`), /Kq9Z/);
        assert.doesNotMatch(redact(PEM), /MIIE/);
        assert.doesNotMatch(redact("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW0ifQ.c2lnbmF0dXJl is bad"), /eyJ/);
        assert.equal(redact("https://me:pass@host/x"), `https://${REDACTED}@host/x`);
        assert.equal(redact("Invalid bearer token"), "Invalid bearer token");
    });

    it("finds the write-only fields of every kind of credentials", () => {
        const google = {
            type: "service_account",
            private_key_id: "0123456789abcdef",
            private_key: PEM,
            client_email: "a@b",
        };
        assert.deepEqual(secretsIn({ credentials: { name: "n", keys: { token: "T0ken" } } }), ["T0ken"]);
        assert.deepEqual(secretsIn({ credentials: { keys: { certificate: "C", privateKey: "PK" } } }), ["PK"]);
        assert.deepEqual(secretsIn({ credentials: { keys: { accessKey: "AKIA", secretKey: "SK" } } }), ["SK"]);
        assert.deepEqual(secretsIn({ credentials: { keys: { data: JSON.stringify(google) } } }), [
            google.private_key_id,
            google.private_key,
        ]);
        assert.deepEqual(secretsIn({ credentials: { keys: { data: "not JSON" } } }), ["not JSON"]);
        assert.deepEqual(secretsIn(undefined), []);
    });

    it("does not shred a message for the sake of a secret of three letters", () =>
        assert.equal(createRedactor(["abc"])("abc abcd"), "abc abcd"));
});
