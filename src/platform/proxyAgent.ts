import { type AgentOptions, type ClientRequest, STATUS_CODES } from "node:http";
import { isIPv6, type Socket } from "node:net";
import { unescape } from "node:querystring";
import { checkServerIdentity, type ConnectionOptions } from "node:tls";
import { HttpsProxyAgent } from "https-proxy-agent";
import { networkFaultOf } from "./diagnose";
import { type Proxy, ProxyFault } from "./proxy";

type Agent = HttpsProxyAgent<`http://${string}`>;
type ConnectOptions = Parameters<Agent["connect"]>[1];

/** An agent for `http:` and `https:` addresses, which the proxy reaches with CONNECT: it sees neither tokens nor what is answered. */
export class ProxyAgent extends HttpsProxyAgent<`http://${string}`> {
    constructor(
        readonly through: Proxy,
        private readonly connectTimeoutMs: number,
        sockets: AgentOptions,
    ) {
        // The library prints the address where DEBUG is set, so that has no password in it.
        super(new URL(through.url.origin), { ...sockets, headers: authorization(through.url) });
    }

    override async connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
        const host = options.host ?? "";
        const target = `${isIPv6(host) ? `[${host}]` : host}:${options.port}`;
        const limit = new AbortController();
        const timer = setTimeout(() => limit.abort(), this.connectTimeoutMs);
        this.connectOpts = { ...this.connectOpts, signal: limit.signal };
        let status = 0;
        request.once("proxyConnect", ({ statusCode }: { statusCode: number }) => (status = statusCode));
        try {
            const socket = await super.connect(request, {
                ...options,
                // The library leaves the host out of the options for TLS, and without it the certificate of an address that has no
                // name would be compared with the proxy's.
                checkServerIdentity: (_, certificate) => checkServerIdentity(host, certificate),
            } as ConnectOptions & ConnectionOptions);
            if (status === 200) {
                return socket;
            }
            // An answer of the proxy, which the library would pass on as one of the server's.
            socket.destroy();
        } catch (error) {
            throw this.unanswered(error as NodeJS.ErrnoException, target);
        } finally {
            clearTimeout(timer);
        }
        throw this.refused(status, target);
    }

    private refused(status: number, target: string): ProxyFault {
        const { name, variable } = this.through;
        const isHttp = Number.isInteger(status);
        const said = isHttp ? `HTTP ${status} ${STATUS_CODES[status] ?? ""}`.trim() : "what is not HTTP";
        const remedy =
            status === 407
                ? `Write a user name and password that the proxy accepts in front of the host in ${variable}, with special characters percent-encoded.`
                : `Check that the proxy reaches ${target} and allows connections to it, or add the host to NO_PROXY if this machine reaches it without a proxy.`;
        return new ProxyFault(
            `${name} answered CONNECT ${target} with ${said}`,
            isHttp ? `PROXY_${status}` : "PROXY_MALFORMED",
            remedy,
            status === 408 || status === 429 || status >= 500,
        );
    }

    private unanswered(error: NodeJS.ErrnoException, target: string): ProxyFault {
        const { name, variable } = this.through;
        const running = `Check the address in ${variable} and that the proxy is running, or add the host to NO_PROXY if this machine reaches it without a proxy.`;
        const { fault, code } = networkFaultOf(error);
        if (error.code === "ABORT_ERR") {
            const seconds = this.connectTimeoutMs / 1_000;
            const message = `${name} did not answer CONNECT ${target} within ${seconds} s (ETIMEDOUT)`;
            return new ProxyFault(message, "ETIMEDOUT", running, true);
        }
        if (fault === "reset") {
            const message = `${name} closed the connection without an answer to CONNECT ${target} (ECONNRESET)`;
            return new ProxyFault(message, "ECONNRESET", running, true);
        }
        const trust = `Check the proxy's certificate. For a private certificate authority, set NODE_EXTRA_CA_CERTS to its PEM file. For a proxy without TLS, write http:// into ${variable}.`;
        const remedy = fault === "tls" ? trust : running;
        return new ProxyFault(`could not connect to ${name} (${code})`, code, remedy, fault !== "tls");
    }
}

function authorization({ username, password }: URL): Record<string, string> {
    const given = `${unescape(username)}:${unescape(password)}`;
    return given === ":" ? {} : { "Proxy-Authorization": `Basic ${Buffer.from(given).toString("base64")}` };
}
