import assert from "node:assert/strict";
import { checkCertificateAuthority, plainAuthority } from "../../../src/compile/rules/certificates";
import { type Authority, base64, makeAuthority } from "./authority";
import { reasonOf } from "./support";

const NO_PEM =
    "is not a PEM certificate (write the text from the BEGIN CERTIFICATE line to the END CERTIFICATE line, or a kubeconfig's certificate-authority-data)";
const BROKEN =
    "contains a PEM block that is not a certificate (copy the whole block, with its BEGIN CERTIFICATE and END CERTIFICATE lines)";
const KEY = "contains a private key, which the Platform must not receive (write only the certificate)";

describe("certificate authorities", () => {
    let one: Authority;
    let two: Authority;

    before(async () => {
        one = await makeAuthority("CN=one");
        two = await makeAuthority("CN=two");
    });

    describe("are taken", () => {
        it("as PEM", () => assert.equal(checkCertificateAuthority(one.pem), undefined));
        it("as base64 of PEM", () => assert.equal(checkCertificateAuthority(base64(one.pem)), undefined));
        it("as base64 in lines", () =>
            assert.equal(checkCertificateAuthority(base64(one.pem).replace(/.{76}/g, "$&\n")), undefined));
        it("as a bundle", () => assert.equal(checkCertificateAuthority(one.pem + two.pem), undefined));
        it("with the text that openssl writes around", () =>
            assert.equal(checkCertificateAuthority(`subject=CN = one\n${one.pem}\nissuer=x\n`), undefined));
        it("with Windows line ends", () =>
            assert.equal(checkCertificateAuthority(one.pem.replace(/\n/g, "\r\n")), undefined));
    });

    describe("are refused", () => {
        it("when they are none", () => {
            assert.equal(reasonOf(checkCertificateAuthority, "not a certificate"), NO_PEM);
            assert.equal(reasonOf(checkCertificateAuthority, ""), NO_PEM);
            assert.equal(reasonOf(checkCertificateAuthority, base64("hello")), NO_PEM);
            assert.equal(reasonOf(checkCertificateAuthority, "/etc/kubernetes/pki/ca.crt"), NO_PEM);
        });

        it("when cut off", () => assert.equal(reasonOf(checkCertificateAuthority, one.pem.slice(0, 200)), BROKEN));

        it("when one of a bundle is cut off", () =>
            assert.equal(reasonOf(checkCertificateAuthority, one.pem.slice(0, 200) + two.pem), BROKEN));

        it("when there is something else between the lines", () =>
            assert.equal(
                reasonOf(
                    checkCertificateAuthority,
                    "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n",
                ),
                BROKEN,
            ));

        it("with a private key among them, in either spelling, and the message does not repeat it", () => {
            assert.equal(reasonOf(checkCertificateAuthority, one.pem + one.privateKey), KEY);
            assert.equal(reasonOf(checkCertificateAuthority, base64(one.privateKey + one.pem)), KEY);
            assert.equal(
                reasonOf(checkCertificateAuthority, one.pem + one.privateKey.replace(/PRIV/g, "EC PRIV")),
                KEY,
            );
        });
    });

    it("compare equal however they are spelt", () => {
        const spellings = [
            one.pem,
            one.pem.trim(),
            one.pem.replace(/\n/g, "\r\n"),
            base64(one.pem),
            base64(one.pem.trim()).replace(/.{76}/g, "$&\n"),
            `# the cluster's\n${one.pem}`,
        ];
        assert.deepEqual(new Set(spellings.map(plainAuthority)).size, 1);
    });

    it("compare different when they are different", () => {
        assert.notEqual(plainAuthority(one.pem), plainAuthority(two.pem));
        assert.notEqual(plainAuthority(one.pem), plainAuthority(one.pem + two.pem));
        assert.notEqual(plainAuthority(one.pem + two.pem), plainAuthority(two.pem + one.pem));
    });

    it("that are none compare as the text they are", () => assert.equal(plainAuthority(" whatever "), "whatever"));
});
