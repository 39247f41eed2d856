import assert from "node:assert/strict";
import { createPrivateKey, createPublicKey, X509Certificate } from "node:crypto";
import { createServer, request } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import "reflect-metadata";
import { X509Certificate as PeculiarCertificate } from "@peculiar/x509";
import {
    createAuthority,
    createKeyPair,
    issueClient,
    issueServer,
    type KeyedCertificate,
} from "../../../../tools/cluster/certificates";

const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

function parse({ certificate }: KeyedCertificate): X509Certificate {
    return new X509Certificate(certificate);
}

describe("tools/cluster: certificates", () => {
    let authority: KeyedCertificate;
    before(async () => {
        authority = await createAuthority("kubernetes");
    });

    it("are signed by the authority, with their own keys, and valid for years from yesterday on", async () => {
        const issued = await issueClient(authority, { commonName: "alice" });
        const [root, leaf] = [parse(authority), parse(issued)];
        assert.ok(root.ca && root.verify(root.publicKey));
        assert.ok(!leaf.ca && leaf.verify(root.publicKey) && leaf.checkIssued(root));
        assert.ok(leaf.checkPrivateKey(createPrivateKey(issued.privateKey)));
        assert.ok(Date.parse(leaf.validFrom) < Date.now() - 23 * 3_600_000);
        assert.ok(Date.parse(leaf.validTo) > Date.now() + 9 * 365 * 24 * 3_600_000);
    });

    it("name their issuer in the very bytes of its own name, as Go's verification wants it", async () => {
        for (const leaf of [
            await issueClient(authority, { commonName: "alice" }),
            await issueServer(authority, { commonName: "x", alternativeNames: ["localhost"] }),
        ]) {
            const issuer = new PeculiarCertificate(leaf.certificate).issuerName.toArrayBuffer();
            const root = new PeculiarCertificate(authority.certificate).subjectName.toArrayBuffer();
            assert.deepEqual(Buffer.from(issuer), Buffer.from(root));
        }
    });

    it("name a user and groups that may hold any character", async () => {
        const commonName = 'system:node:a,b="c"+d\\e';
        const leaf = parse(
            await issueClient(authority, { commonName, organizations: ["system:nodes", "x, O=system:masters"] }),
        );
        const { subject } = leaf.toLegacyObject();
        assert.equal(subject.CN, commonName);
        assert.deepEqual(subject.O, ["system:nodes", "x, O=system:masters"]);
        assert.deepEqual(leaf.keyUsage, [CLIENT_AUTH]);
    });

    it("of servers hold their names and addresses", async () => {
        const identity = { commonName: "kube-apiserver", alternativeNames: ["localhost", "127.0.0.1", "fd00::1"] };
        const leaf = parse(await issueServer(authority, identity));
        assert.equal(leaf.subjectAltName, "DNS:localhost, IP Address:127.0.0.1, IP Address:FD00:0:0:0:0:0:0:1");
        assert.deepEqual(leaf.keyUsage, [SERVER_AUTH]);
        const both = parse(await issueServer(authority, { ...identity, alsoClient: true }));
        assert.deepEqual(both.keyUsage, [SERVER_AUTH, CLIENT_AUTH]);
    });

    it("have positive serial numbers that differ", async () => {
        const leaves = await Promise.all(Array.from({ length: 20 }, () => issueClient(authority, { commonName: "x" })));
        const serials = leaves.map((leaf) => parse(leaf).serialNumber);
        assert.equal(new Set(serials).size, 20);
        serials.forEach((serial) =>
            assert.ok(serial.length <= 32 && parseInt(serial.padStart(32, "0")[0], 16) < 8, serial),
        );
    });

    it("let a client and a server trust each other, and nobody of another authority", async () => {
        const server = await issueServer(authority, { commonName: "x", alternativeNames: ["127.0.0.1"] });
        const listening = createServer(
            {
                cert: server.certificate,
                key: server.privateKey,
                ca: authority.certificate,
                requestCert: true,
                rejectUnauthorized: true,
            },
            (incoming, response) => response.end((incoming.socket as TLSSocket).getPeerCertificate().subject.CN),
        );
        await new Promise<void>((done) => listening.listen(0, "127.0.0.1", done));
        const ask = (client: KeyedCertificate, ca: string): Promise<string> =>
            new Promise((resolve, reject) => {
                const { port } = listening.address() as AddressInfo;
                const options = { ca, cert: client.certificate, key: client.privateKey, agent: false } as const;
                request(`https://127.0.0.1:${port}`, options, (response) => {
                    response.on("data", (chunk: Buffer) => resolve(chunk.toString()));
                })
                    .on("error", reject)
                    .end();
            });
        try {
            const alice = await issueClient(authority, { commonName: "alice" });
            assert.equal(await ask(alice, authority.certificate), "alice");
            const other = await createAuthority("kubernetes");
            const mallory = await issueClient(other, { commonName: "alice" });
            await assert.rejects(ask(mallory, authority.certificate));
            await assert.rejects(ask(alice, other.certificate), /unable to verify|self.signed|signature/);
        } finally {
            listening.closeAllConnections();
            await new Promise((done) => listening.close(done));
        }
    });

    it("have beside them key pairs whose halves belong together", async () => {
        const { privateKey, publicKey } = await createKeyPair();
        assert.match(publicKey, /^-----BEGIN PUBLIC KEY-----/);
        const derived = createPublicKey(createPrivateKey(privateKey)).export({ type: "spki", format: "der" });
        assert.ok(derived.equals(createPublicKey(publicKey).export({ type: "spki", format: "der" })));
    });
});
