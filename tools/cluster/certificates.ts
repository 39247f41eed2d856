import "reflect-metadata";
import { randomBytes, type webcrypto } from "node:crypto";
import { isIP } from "node:net";
import * as x509 from "@peculiar/x509";

/** A certificate or a key is handled as PEM text: that is what files, kubeconfigs and flags hold. */
export interface KeyedCertificate {
    certificate: string;
    privateKey: string;
}

export interface KeyPair {
    privateKey: string;
    publicKey: string;
}

export interface ClientIdentity {
    /** The user name that Kubernetes sees. */
    commonName: string;
    /** The groups that Kubernetes sees. */
    organizations?: string[];
}

export interface ServerIdentity {
    commonName: string;
    /** Host names and IP addresses. */
    alternativeNames: string[];
    /** etcd members are each other's clients too. */
    alsoClient?: boolean;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Longer than any cluster of ours lives; leaves are issued anew at every start. */
const VALID_DAYS = 3650;
const { clientAuth, serverAuth } = x509.ExtendedKeyUsage;

export async function createAuthority(commonName: string): Promise<KeyedCertificate> {
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.createSelfSigned({
        ...validity(),
        name: new x509.Name([{ CN: [exactly(commonName)] }]),
        keys,
        signingAlgorithm: ALGORITHM,
        extensions: [
            new x509.BasicConstraintsExtension(true, undefined, true),
            new x509.KeyUsagesExtension(
                x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign | x509.KeyUsageFlags.digitalSignature,
                true,
            ),
            await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
        ],
    });
    return { certificate: pem(certificate.rawData, "CERTIFICATE"), privateKey: await privateKeyPem(keys.privateKey) };
}

export async function issueClient(authority: KeyedCertificate, identity: ClientIdentity): Promise<KeyedCertificate> {
    const { commonName, organizations = [] } = identity;
    const subject = new x509.Name([
        { CN: [exactly(commonName)] },
        ...organizations.map((organization) => ({ O: [exactly(organization)] })),
    ]);
    return await issue(authority, subject, [new x509.ExtendedKeyUsageExtension([clientAuth])]);
}

export async function issueServer(authority: KeyedCertificate, identity: ServerIdentity): Promise<KeyedCertificate> {
    const names = identity.alternativeNames.map(
        (value) => ({ type: isIP(value) === 0 ? "dns" : "ip", value }) satisfies x509.JsonGeneralName,
    );
    return await issue(authority, new x509.Name([{ CN: [exactly(identity.commonName)] }]), [
        new x509.ExtendedKeyUsageExtension(identity.alsoClient ? [serverAuth, clientAuth] : [serverAuth]),
        new x509.SubjectAlternativeNameExtension(names),
    ]);
}

/** A key pair without a certificate: what signs and proves service account tokens. */
export async function createKeyPair(): Promise<KeyPair> {
    const { privateKey, publicKey } = await generateKeys();
    const spki = await crypto.subtle.exportKey("spki", publicKey);
    return { privateKey: await privateKeyPem(privateKey), publicKey: pem(spki, "PUBLIC KEY") };
}

async function issue(
    authority: KeyedCertificate,
    subject: x509.Name,
    extensions: x509.Extension[],
): Promise<KeyedCertificate> {
    const issuer = new x509.X509Certificate(authority.certificate);
    const [pkcs8] = x509.PemConverter.decode(authority.privateKey);
    const signingKey = await crypto.subtle.importKey("pkcs8", pkcs8, ALGORITHM, false, ["sign"]);
    const keys = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.create({
        ...validity(),
        subject,
        // Byte for byte: Go holds the same name in another encoding for another name.
        issuer: issuer.subjectName,
        publicKey: keys.publicKey,
        signingKey,
        signingAlgorithm: ALGORITHM,
        extensions: [
            new x509.BasicConstraintsExtension(false, undefined, true),
            new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
            await x509.AuthorityKeyIdentifierExtension.create(issuer),
            ...extensions,
        ],
    });
    return { certificate: pem(certificate.rawData, "CERTIFICATE"), privateKey: await privateKeyPem(keys.privateKey) };
}

/** As plain text the library would take quotes and a leading `#` for syntax. */
function exactly(text: string): { utf8String: string } {
    return { utf8String: text };
}

function pem(content: ArrayBuffer, tag: "CERTIFICATE" | "PRIVATE KEY" | "PUBLIC KEY"): string {
    return `${x509.PemConverter.encode(content, tag)}\n`;
}

function validity(): { serialNumber: string; notBefore: Date; notAfter: Date } {
    // A day back, for clocks that disagree; the first bit is cleared, because serial numbers are positive.
    const serial = randomBytes(16);
    serial[0] &= 0x7f;
    return {
        serialNumber: serial.toString("hex"),
        notBefore: new Date(Date.now() - DAY_MS),
        notAfter: new Date(Date.now() + VALID_DAYS * DAY_MS),
    };
}

async function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
    return await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
    return pem(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");
}
