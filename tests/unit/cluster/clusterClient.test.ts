import assert from "node:assert/strict";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { ClusterClient, Unreachable } from "../../../src/cluster/clusterClient";
import { type PreflightInputs, preflightProvider } from "../../../src/dynamic/providers/preflightProvider";
import { close, ConnectProxy, refuse, withProxyVariables } from "../../support/connectProxy";
import { makeAuthority } from "../compile/authority";
import { type Pair, selfSigned } from "../emulator/certificates";

/** A private address, as API servers have it: it is in the certificate, and only the proxy knows where it is. */
const ADDRESS = "10.20.30.40";

describe("the API server behind a proxy (case 3)", () => {
    let pair: Pair;
    let server: Server;
    let proxy: ConnectProxy;
    before(async () => {
        pair = await selfSigned("CN=api-server", [
            { type: "ip", value: ADDRESS },
            { type: "dns", value: "k8s.example.com" },
        ]);
        server = createServer(pair, (request, response) =>
            response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ path: request.url })),
        );
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    });
    after(async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
    });
    beforeEach(async () => {
        proxy = await ConnectProxy.start((server.address() as AddressInfo).port);
    });
    afterEach(() => proxy.stop());

    // By its name: the name of the proxy must not be taken for that of the server.
    const variables = () => ({ HTTPS_PROXY: `http://localhost:${proxy.port}` });

    const ask = (host: string, certificateAuthority = pair.cert, environment: Record<string, string> = variables()) =>
        withProxyVariables(environment, async () => {
            const client = await ClusterClient.open({
                server: `https://${host}:6443`,
                certificateAuthority,
                token: "t",
            });
            return await client.get("api");
        });

    async function unreachable(promise: Promise<unknown>): Promise<Unreachable> {
        const error: unknown = await promise.then(
            () => assert.fail("it was reached"),
            (reason: unknown) => reason,
        );
        assert.ok(error instanceof Unreachable);
        return error;
    }

    for (const host of [ADDRESS, "k8s.example.com"]) {
        it(`at ${host} is verified by its own authority`, async () => {
            assert.deepEqual(await ask(host), { status: 200, message: "", body: { path: "/api" } });
            assert.deepEqual(proxy.targets, [`${host}:6443`]);
        });
    }

    it("is not trusted with another authority, nor under another name or address, such as the proxy's", async () => {
        const { pem } = await makeAuthority();
        const through = `(through the proxy http://localhost:${proxy.port} (HTTPS_PROXY))`;
        for (const promise of [ask(ADDRESS, pem), ask("10.20.30.41"), ask("other.example.com")]) {
            const { untrusted, proxied, message } = await unreachable(promise);
            assert.deepEqual([untrusted, proxied], [true, true]);
            assert.ok(message.endsWith(through), message);
        }
        const named = await selfSigned("CN=proxy", [{ type: "dns", value: "localhost" }]);
        server.setSecureContext(named);
        try {
            assert.equal((await unreachable(ask(ADDRESS, named.cert))).untrusted, true);
        } finally {
            server.setSecureContext(pair);
        }
    });

    it("that the proxy does not reach is not reached, and the message says by which proxy", async () => {
        for (const [reaction, says] of [
            [refuse("403 No"), `answered CONNECT ${ADDRESS}:6443 with HTTP 403 Forbidden`],
            [refuse("407 No"), `answered CONNECT ${ADDRESS}:6443 with HTTP 407 Proxy Authentication Required`],
            [refuse("502 Bad"), `answered CONNECT ${ADDRESS}:6443 with HTTP 502 Bad Gateway`],
        ] as const) {
            const refusing = await ConnectProxy.start(1, { reaction });
            try {
                const environment = { HTTPS_PROXY: `http://me:secret@127.0.0.1:${refusing.port}` };
                const { message, untrusted, proxied } = await unreachable(ask(ADDRESS, pair.cert, environment));
                assert.equal(message, `the proxy http://127.0.0.1:${refusing.port} (HTTPS_PROXY) ${says}`);
                assert.deepEqual([untrusted, proxied], [false, true]);
            } finally {
                await refusing.stop();
            }
        }
    });

    it("is not taken for an untrusted one where only the proxy is", async () => {
        const secure = await ConnectProxy.start(1, { tls: await selfSigned("CN=proxy"), reaction: close });
        try {
            const environment = { HTTPS_PROXY: `https://127.0.0.1:${secure.port}` };
            const { message, untrusted } = await unreachable(ask(ADDRESS, pair.cert, environment));
            assert.match(
                message,
                /^could not connect to the proxy https:\S+ \(HTTPS_PROXY\) \(DEPTH_ZERO_SELF_SIGNED_CERT\)$/,
            );
            assert.equal(untrusted, false);
        } finally {
            await secure.stop();
        }
    });

    it("is refused at preview where the variable names no proxy, unless NO_PROXY covers it", async () => {
        const failures = (environment: Record<string, string>) =>
            withProxyVariables(environment, async () => {
                const inputs = { server: `https://${ADDRESS}:6443` } as PreflightInputs;
                return (await preflightProvider.check({}, inputs)).failures;
            });
        const [{ property, reason }] = await failures({ HTTPS_PROXY: "socks5://me:secret@proxy:1080" });
        assert.equal(property, "cluster.server");
        assert.match(reason, /^HTTPS_PROXY is not the address of an HTTP proxy \(write http:/);
        assert.doesNotMatch(reason, /secret/);
        assert.deepEqual(await failures({ HTTPS_PROXY: "socks5://proxy:1080", NO_PROXY: "10.0.0.0/8" }), []);
    });

    it("is asked directly where NO_PROXY covers it, such as a subnet", async () => {
        const { port } = server.address() as AddressInfo;
        const environment = { ...variables(), NO_PROXY: "127.0.0.0/8" };
        const { untrusted, proxied } = await unreachable(
            withProxyVariables(environment, async () => {
                const access = { server: `https://127.0.0.1:${port}`, certificateAuthority: pair.cert, token: "t" };
                return (await ClusterClient.open(access)).get("api");
            }),
        );
        // The certificate is for other addresses: the server has been asked.
        assert.deepEqual([untrusted, proxied], [true, false]);
        assert.deepEqual(proxy.asked, []);
    });
});
