import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

export interface Pair {
    cert: string;
    key: string;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

async function exportKey(keys: webcrypto.CryptoKeyPair): Promise<string> {
    const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
    return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, "$&\n")}\n-----END PRIVATE KEY-----\n`;
}

/** A certificate that is its own authority, for 127.0.0.1 if nothing else is said. */
export async function selfSigned(
    name = "CN=emulator-test",
    servers: x509.JsonGeneralNames = [{ type: "ip", value: "127.0.0.1" }],
): Promise<Pair> {
    const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        name,
        keys,
        signingAlgorithm: algorithm,
        notBefore: new Date(Date.now() - 60_000),
        notAfter: new Date(Date.now() + 3_600_000),
        extensions: [new x509.BasicConstraintsExtension(true), new x509.SubjectAlternativeNameExtension(servers)],
    });
    return { cert: certificate.toString("pem"), key: await exportKey(keys) };
}
