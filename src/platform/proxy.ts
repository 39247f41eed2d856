/**
 * The proxy on the way to an address, by the usual variables. They are read as Go reads them, because Pulumi, its Kubernetes plugin and
 * kubectl do, in the same run: https://pkg.go.dev/golang.org/x/net/http/httpproxy. The libraries for Node.js know no subnets in NO_PROXY.
 */

import { BlockList, isIP } from "node:net";

type Environment = Record<string, string | undefined>;

export interface Proxy {
    url: URL;
    /** As messages name it: with the variable that it comes from, and without its user name and password. */
    name: string;
    variable: string;
}

/** The proxy gave no way to the address, so the request was never sent. */
export class ProxyFault extends Error {
    constructor(
        message: string,
        readonly code: string,
        /** What to do about it, as whole sentences. */
        readonly remedy: string,
        /** The same call may succeed later without anybody changing anything. */
        readonly transient: boolean,
    ) {
        super(message);
    }
}

/** What is wrong with the variable that names the proxy for this address; undefined where there is none, too. */
export function proxyProblem(address: string, environment: Environment = process.env): string | undefined {
    const found = URL.canParse(address) ? proxyTo(new URL(address), environment) : undefined;
    return typeof found === "string" ? found : undefined;
}

/** The proxy for an address, or what is wrong with the variable that names it. */
export function proxyTo(address: URL, environment: Environment): Proxy | string | undefined {
    const variable = given(address.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY", environment);
    if (variable === undefined || isDirect(address, environment[given("NO_PROXY", environment) ?? ""] ?? "")) {
        return undefined;
    }
    const text = environment[variable]?.trim() ?? "";
    const whole = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
    const url = URL.canParse(whole) ? new URL(whole) : undefined;
    // A "#", "?" or "/" in a password ends the host, and what looks like a host then is the user name.
    if (url === undefined || !/^https?:\/\/([^/]*@)?[^/@]+\/$/.test(url.href)) {
        return (
            `${variable} is not the address of an HTTP proxy (write http://<host>:<port>, and percent-encode ` +
            "special characters of a user name and password in front of the host)"
        );
    }
    return { url, variable, name: `the proxy ${url.origin} (${variable})` };
}

function given(variable: string, environment: Environment): string | undefined {
    return [variable, variable.toLowerCase()].find((each) => (environment[each] ?? "").trim() !== "");
}

/** This machine is always reached directly, as Go does it. */
const LOOPBACK = "localhost,127.0.0.0/8,::1";

function isDirect({ hostname, port, protocol }: URL, noProxy: string): boolean {
    const host = hostname.replace(/^\[|\]$/g, "");
    const effectivePort = port === "" ? (protocol === "https:" ? "443" : "80") : port;
    return `${LOOPBACK},${noProxy.toLowerCase()}`
        .split(/[\s,]+/)
        .some((entry) => entry !== "" && covers(entry, host, effectivePort));
}

/** `*`, a host with its subdomains, `.host` for its subdomains only, an IP address or a subnet; a port may follow. */
function covers(entry: string, host: string, port: string): boolean {
    const [, name, entryPort] = /^(.+?)(?::(\d+))?$/.exec(isIP(entry) === 6 ? `[${entry}]` : entry)!;
    if (entryPort !== undefined && entryPort !== port) {
        return false;
    }
    const bare = name.replace(/^\[|\]$/g, "");
    const [network, bits] = bare.split("/");
    if (isIP(network) !== 0) {
        return isIP(host) !== 0 && contains(network, bits, host);
    }
    const domain = bare.replace(/^\*(?=\.)/, "");
    return bare === "*" || host === domain || host.endsWith(domain.startsWith(".") ? domain : `.${domain}`);
}

function contains(network: string, bits: string | undefined, host: string): boolean {
    const longest = isIP(network) === 6 ? 128 : 32;
    const length = bits ?? String(longest);
    if (!/^\d+$/.test(length) || Number(length) > longest) {
        return false;
    }
    const list = new BlockList();
    list.addSubnet(network, Number(length), family(network));
    return list.check(host, family(host));
}

function family(ip: string): "ipv4" | "ipv6" {
    return isIP(ip) === 6 ? "ipv6" : "ipv4";
}
