import type { AgentOptions } from "node:http";
import { proxyTo } from "./proxy";
import type { ProxyAgent } from "./proxyAgent";

/** An agent that reaches an address through its proxy; undefined where no proxy is on the way. */
export async function tunnelTo(
    address: string,
    connectTimeoutMs: number,
    sockets: AgentOptions = {},
): Promise<ProxyAgent | undefined> {
    const proxy = proxyTo(new URL(address), process.env);
    if (proxy === undefined) {
        return undefined;
    }
    if (typeof proxy === "string") {
        throw new Error(proxy);
    }
    // Loaded only here, so that a run without a proxy pays nothing.
    const { ProxyAgent } = await import("./proxyAgent.js");
    return new ProxyAgent(proxy, connectTimeoutMs, sockets);
}
