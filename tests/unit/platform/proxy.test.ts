import assert from "node:assert/strict";
import { PlatformClient } from "../../../src/platform/platformClient";
import { checkConnection } from "../../../src/platform/connection";
import { proxyProblem, proxyTo } from "../../../src/platform/proxy";
import { serviceInfo } from "../../../src/platform/service";
import {
    close,
    ConnectProxy,
    refuse,
    silence as silent,
    terminateTls,
    withProxyVariables,
} from "../../support/connectProxy";
import { selfSigned } from "../emulator/certificates";
import { failure, json, ScriptedPlatform, uniqueToken } from "./support";

const PROXY = "http://proxy.example.com:3128";
const SECRET = "canary-of-the-proxy's-password";

/** How an address is reached with these variables. */
function way(address: string, environment: Record<string, string>): string | undefined {
    const found = proxyTo(new URL(address), environment);
    return typeof found === "string" ? found : found?.name;
}

describe("the variables of a proxy", () => {
    for (const [environment, address, leads] of [
        [{}, "https://api.cloud.seqera.io", undefined],
        [{ HTTPS_PROXY: PROXY }, "https://api.cloud.seqera.io", `the proxy ${PROXY} (HTTPS_PROXY)`],
        [{ https_proxy: PROXY }, "https://api.cloud.seqera.io", `the proxy ${PROXY} (https_proxy)`],
        [{ HTTPS_PROXY: " ", https_proxy: PROXY }, "https://a.example", `the proxy ${PROXY} (https_proxy)`],
        [{ HTTPS_PROXY: PROXY, https_proxy: "http://other" }, "https://a.example", `the proxy ${PROXY} (HTTPS_PROXY)`],
        [{ HTTP_PROXY: PROXY }, "https://api.cloud.seqera.io", undefined],
        [{ HTTP_PROXY: PROXY }, "http://platform.example.com/api", `the proxy ${PROXY} (HTTP_PROXY)`],
        [{ HTTPS_PROXY: "proxy.example.com:3128" }, "https://a.example", `the proxy ${PROXY} (HTTPS_PROXY)`],
        [
            { HTTPS_PROXY: "https://[fd00::1]:3128/" },
            "https://a.example",
            "the proxy https://[fd00::1]:3128 (HTTPS_PROXY)",
        ],
        [{ HTTPS_PROXY: `http://me:${SECRET}@proxy` }, "https://a.example", "the proxy http://proxy (HTTPS_PROXY)"],
        [{ HTTPS_PROXY: `me:${SECRET}@proxy:3128` }, "https://a.example", "the proxy http://proxy:3128 (HTTPS_PROXY)"],
    ] as const) {
        it(`${JSON.stringify(environment)} lead to ${address} by ${leads ?? "no proxy"}`, () =>
            assert.equal(way(address, environment), leads));
    }

    describe("NO_PROXY", () => {
        for (const [noProxy, address, direct] of [
            ["*", "https://10.0.0.1:6443", true],
            ["example.com", "https://example.com", true],
            ["example.com", "https://platform.Example.com/api", true],
            ["EXAMPLE.com", "https://platform.example.com/api", true],
            ["example.com", "https://notexample.com", false],
            [".example.com", "https://platform.example.com/api", true],
            [".example.com", "https://example.com", false],
            ["*.example.com", "https://platform.example.com/api", true],
            ["*.example.com", "https://example.com", false],
            ["example.com:6443", "https://k8s.example.com:6443", true],
            ["example.com:6443", "https://k8s.example.com", false],
            ["example.com:443", "https://k8s.example.com", true],
            ["example.com:80", "http://k8s.example.com", true],
            ["10.0.0.1", "https://10.0.0.1:6443", true],
            ["10.0.0.1", "https://10.0.0.10:6443", false],
            ["10.0.0.1:6443", "https://10.0.0.1:6443", true],
            ["10.0.0.1:6443", "https://10.0.0.1", false],
            ["10.0.0.0/8", "https://10.20.30.40:6443", true],
            ["10.0.0.0/8", "https://11.0.0.1:6443", false],
            ["10.0.0.0/8", "https://10.example.com", false],
            ["10.0.0.0/99", "https://10.0.0.1", false],
            ["10.0.0.0/x", "https://10.0.0.1", false],
            ["fd00::/8", "https://[fd00::1]:6443", true],
            ["fd00::1", "https://[fd00::1]:6443", true],
            ["[fd00::1]:6443", "https://[fd00::1]:6443", true],
            ["[fd00::1]:443", "https://[fd00::1]:6443", false],
            ["svc.local, 192.168.0.0/16 example.com", "https://192.168.1.1", true],
            [",", "https://10.0.0.1", false],
            ["", "https://127.0.0.1:6443", true],
            ["", "https://127.1.2.3", true],
            ["", "https://localhost:8000/api", true],
            ["", "https://[::1]:6443", true],
            ["", "https://[::2]:6443", false],
        ] as const) {
            it(`"${noProxy}" ${direct ? "covers" : "does not cover"} ${address}`, () => {
                const by = way(address, { HTTPS_PROXY: PROXY, HTTP_PROXY: PROXY, NO_PROXY: noProxy });
                assert.equal(by === undefined, direct);
                assert.equal(way(address, { HTTPS_PROXY: PROXY, HTTP_PROXY: PROXY, no_proxy: noProxy }), by);
            });
        }
    });

    for (const value of [
        "socks5://proxy:1080",
        "http://",
        "http://proxy:port",
        `http://me:${SECRET}#1@proxy:3128`,
        `http://me:12/${SECRET}@proxy:3128`,
        `http://me:12?${SECRET}@proxy:3128`,
        `http://me:12#${SECRET}@proxy:3128`,
    ]) {
        it(`are refused with ${value}, which is not repeated`, () => {
            const environment = { HTTPS_PROXY: value, TOWER_ACCESS_TOKEN: "t0ken" };
            const says =
                "HTTPS_PROXY is not the address of an HTTP proxy (write http://<host>:<port>, and percent-encode " +
                "special characters of a user name and password in front of the host)";
            assert.deepEqual(checkConnection({ environment }), [{ property: "endpoint", reason: says }]);
            assert.equal(proxyProblem("https://10.0.0.1:6443", environment), says);
            assert.deepEqual(checkConnection({ environment: { ...environment, NO_PROXY: "seqera.io" } }), []);
        });
    }
});

describe("the Platform behind a proxy (case 3)", () => {
    let platform: ScriptedPlatform;
    let proxies: { stop(): Promise<void> }[];
    beforeEach(async () => {
        platform = await ScriptedPlatform.start();
        platform.on("GET /service-info", json({ serviceInfo: { version: "1" } }));
        proxies = [];
    });
    afterEach(async () => {
        await Promise.all(proxies.map((each) => each.stop()));
        await platform.stop();
    });

    const port = (): number => Number(new URL(platform.endpoint).port);

    async function proxyWith(...options: [Parameters<typeof ConnectProxy.start>[1]?, number?]): Promise<ConnectProxy> {
        const proxy = await ConnectProxy.start(options[1] ?? port(), options[0]);
        proxies.push(proxy);
        return proxy;
    }

    async function client<T>(
        endpoint: string,
        variables: Record<string, string>,
        work: (client: PlatformClient) => Promise<T>,
        options: ConstructorParameters<typeof PlatformClient>[1] = {},
    ): Promise<T> {
        const opened = new PlatformClient(
            { endpoint, accessToken: uniqueToken() },
            { retry: { limit: 0 }, callsPerSecond: 1_000, ...options },
        );
        try {
            return await withProxyVariables(variables, () => work(opened));
        } finally {
            await opened.close();
        }
    }

    const faultOf = (endpoint: string, variables: Record<string, string>, options = {}) =>
        client(endpoint, variables, (opened) => failure(serviceInfo(opened)), options);

    it("is asked through a tunnel, which several calls share", async () => {
        const proxy = await proxyWith();
        await client(
            "http://platform.example.com/",
            { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` },
            async (opened) => {
                assert.equal((await serviceInfo(opened)).version, "1");
                assert.equal((await serviceInfo(opened)).version, "1");
            },
        );
        assert.deepEqual(proxy.asked, [{ target: "platform.example.com:80", authorization: undefined }]);
        assert.equal(platform.received[0].headers.host, "platform.example.com");
        assert.equal(platform.received[0].headers["proxy-authorization"], undefined);
    });

    it("is asked with the user name and password that the variable has, decoded", async () => {
        const proxy = await proxyWith({ basic: "me:p@ss#1" });
        const HTTP_PROXY = `http://me:p%40ss%231@127.0.0.1:${proxy.port}`;
        const info = await client("http://platform.example.com", { HTTP_PROXY }, (opened) => serviceInfo(opened));
        assert.equal(info.version, "1");
    });

    it("is asked directly where NO_PROXY says so, and on this machine", async () => {
        const proxy = await proxyWith();
        const info = await client(platform.endpoint, { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` }, (opened) =>
            serviceInfo(opened),
        );
        assert.equal(info.version, "1");
        const error = await faultOf("http://platform.invalid", {
            HTTP_PROXY: `http://127.0.0.1:${proxy.port}`,
            NO_PROXY: "platform.invalid",
        });
        assert.equal(error.networkFault, "dns");
        assert.match(error.message, /machine's DNS\. If a proxy leads to the Platform, set HTTPS_PROXY\.$/);
        assert.deepEqual(proxy.asked, []);
    });

    it("is not trusted for a certificate that nobody vouches for, and the error names the proxy", async () => {
        const server = await terminateTls(await selfSigned("CN=inspecting-proxy"), port());
        proxies.push(server);
        const proxy = await proxyWith({}, server.port);
        const error = await faultOf("https://platform.example.com/api", {
            HTTPS_PROXY: `http://me:${SECRET}@127.0.0.1:${proxy.port}`,
        });
        assert.equal(
            error.message,
            `GET /service-info: could not establish a trusted TLS connection to https://platform.example.com/api through the proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY) (DEPTH_ZERO_SELF_SIGNED_CERT). ` +
                "Check the server's certificate and this machine's clock. For a private certificate authority, or a proxy that inspects TLS, set NODE_EXTRA_CA_CERTS to the authority's PEM file.",
        );
        assert.deepEqual(proxy.targets, ["platform.example.com:443"]);
    });

    for (const [what, options, transient, says] of [
        [
            "wants another password",
            { basic: "me:another" },
            false,
            "answered CONNECT platform.example.com:443 with HTTP 407 Proxy Authentication Required. Write a user name and password that the proxy accepts in front of the host in HTTPS_PROXY, with special characters percent-encoded.",
        ],
        [
            "does not allow it",
            { reaction: refuse("403 No") },
            false,
            "answered CONNECT platform.example.com:443 with HTTP 403 Forbidden. Check that the proxy reaches platform.example.com:443 and allows connections to it, or add the host to NO_PROXY if this machine reaches it without a proxy.",
        ],
        [
            "does not reach it",
            { reaction: refuse("502 Bad") },
            true,
            "answered CONNECT platform.example.com:443 with HTTP 502 Bad Gateway. Check that the proxy reaches",
        ],
        [
            "closes the connection",
            { reaction: close },
            true,
            "closed the connection without an answer to CONNECT platform.example.com:443 (ECONNRESET). Check the address in HTTPS_PROXY and that the proxy is running",
        ],
        [
            "does not answer",
            { reaction: silent },
            true,
            "did not answer CONNECT platform.example.com:443 within 0.2 s (ETIMEDOUT). Check the address in HTTPS_PROXY",
        ],
        [
            "is no proxy",
            { reaction: (socket: { end(text: string): void }) => socket.end("SSH-2.0-OpenSSH_9.6\r\n\r\n\r\n") },
            false,
            "answered CONNECT platform.example.com:443 with what is not HTTP. Check that the proxy reaches",
        ],
    ] as const) {
        it(`through one that ${what} fails with its name, and nothing was sent`, async () => {
            const proxy = await proxyWith(options);
            const error = await faultOf(
                "https://platform.example.com/api",
                { HTTPS_PROXY: `http://me:${encodeURIComponent(SECRET)}@127.0.0.1:${proxy.port}` },
                { connectTimeoutMs: 200 },
            );
            assert.deepEqual(
                [error.kind, error.networkFault, error.mayHaveTakenEffect, error.transient, error.status],
                ["network", "proxy", false, transient, undefined],
            );
            const name = `the proxy http://127.0.0.1:${proxy.port} (HTTPS_PROXY)`;
            assert.ok(error.message.startsWith(`GET /service-info: ${name} ${says}`), error.message);
            assert.deepEqual(platform.calls, []);
        });
    }

    it("through one that is not there, or has no certificate that is trusted, fails likewise", async () => {
        const gone = await ConnectProxy.start(port());
        const { port: nobody } = gone;
        await gone.stop();
        const error = await faultOf("https://platform.example.com", { https_proxy: `127.0.0.1:${nobody}` });
        assert.match(
            error.message,
            /: could not connect to the proxy http:\/\/127\.0\.0\.1:\d+ \(https_proxy\) \(ECONNREFUSED\)\. Check the address in https_proxy and that the proxy is running/,
        );
        const proxy = await proxyWith({ tls: await selfSigned("CN=proxy") });
        const untrusted = await faultOf("https://platform.example.com", {
            HTTPS_PROXY: `https://127.0.0.1:${proxy.port}`,
        });
        assert.match(
            untrusted.message,
            /: could not connect to the proxy https:\S+ \(HTTPS_PROXY\) \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. Check the proxy's certificate\. .* NODE_EXTRA_CA_CERTS/,
        );
        assert.equal(untrusted.transient, false);
    });

    it("is asked again where a proxy fails for a moment, also with a POST", async () => {
        let first = true;
        const failing = await proxyWith({
            reaction: (socket) => refuse(first ? "503 Later" : "403 No")(socket),
        });
        await client(
            "http://platform.example.com",
            { HTTP_PROXY: `http://127.0.0.1:${failing.port}` },
            async (opened) => {
                const error = await failure(opened.post("/things", {}).finally(() => (first = false)));
                assert.equal(error.attempts, 3);
                assert.equal((await failure(opened.post("/things", {}))).attempts, 1);
            },
            { retry: { limit: 2, baseDelayMs: 1 } },
        );
    });
});
