/**
 * What all clients of one endpoint and token share in this process: the rate limit, which the Platform counts per
 * token, the cap on calls in flight, and the connections.
 */

import { createHash } from "node:crypto";
import { Agent as HttpAgent, type AgentOptions } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { ProxyAgent } from "./proxyAgent";
import type { Timing } from "./timing";
import { tunnelTo } from "./tunnel";

export interface ChannelSettings {
    /**
     * The Platform allows 20 calls a second and token. Half of it leaves room for others with the same token, and for calls of two
     * seconds that arrive in one, as they do from a busy machine. Default 10.
     */
    callsPerSecond: number;
    /** Calls in flight at a time. Default 10. */
    maxConcurrentCalls: number;
    /** The longest that a connection may take to be made, in milliseconds, as part of the request. Default 10 000. */
    connectTimeoutMs: number;
}

export const DEFAULT_CHANNEL: Readonly<ChannelSettings> = {
    callsPerSecond: 10,
    maxConcurrentCalls: 10,
    connectTimeoutMs: 10_000,
};

export class Channel {
    readonly agents: { http: HttpAgent; https: HttpsAgent };
    /** The proxy that the connections go through, as messages name it. */
    readonly proxy: string | undefined;
    #users = 0;
    #pausedUntil = 0;

    private constructor(
        private readonly limit: <T>(call: () => Promise<T>) => Promise<T>,
        private readonly throttle: () => Promise<void>,
        sockets: AgentOptions,
        tunnel: ProxyAgent | undefined,
    ) {
        this.agents = { http: tunnel ?? new HttpAgent(sockets), https: tunnel ?? new HttpsAgent(sockets) };
        this.proxy = tunnel?.through.name;
    }

    static async create(endpoint: string, settings: ChannelSettings): Promise<Channel> {
        // ECMAScript modules, loaded at the first call: importing this package must cost next to nothing.
        const [{ default: pLimit }, { default: pThrottle }] = await Promise.all([
            import("p-limit"),
            import("p-throttle"),
        ]);
        const throttled = pThrottle({ limit: settings.callsPerSecond, interval: 1_000, strict: true });
        // Node takes idle kept-alive sockets out of the event loop's count, so they never keep the process alive.
        const sockets: AgentOptions = { keepAlive: true, maxSockets: settings.maxConcurrentCalls, scheduling: "lifo" };
        return new Channel(
            pLimit(settings.maxConcurrentCalls),
            throttled(async () => undefined),
            sockets,
            await tunnelTo(endpoint, settings.connectTimeoutMs, sockets),
        );
    }

    acquire(): void {
        this.#users++;
    }

    /** The last one out closes the connections. The limiter stays: the Platform still counts the calls just made. */
    release(): void {
        this.#users--;
        if (this.#users === 0) {
            this.agents.http.destroy();
            this.agents.https.destroy();
        }
    }

    /** Runs a call, retries included, in one of the places for calls in flight. */
    async run<T>(call: () => Promise<T>): Promise<T> {
        return this.limit(call);
    }

    /** Resolves when one more request may be sent. */
    async turn(signal: AbortSignal, timing: Timing): Promise<void> {
        await this.throttle();
        for (let pause = this.#pausedUntil - timing.now(); pause > 0; pause = this.#pausedUntil - timing.now()) {
            await timing.sleep(pause, signal);
            signal.throwIfAborted();
        }
    }

    /** The Platform asked for a pause: it means everyone with this token. */
    pauseUntil(time: number): void {
        this.#pausedUntil = Math.max(this.#pausedUntil, time);
    }
}

const channels = new Map<string, Promise<Channel>>();

/** The channel of this endpoint and token; the first client's settings hold for all of them. */
export function channelFor(endpoint: string, accessToken: string, settings: ChannelSettings): Promise<Channel> {
    const key = createHash("sha256").update(`${endpoint}\n${accessToken}`).digest("hex");
    let channel = channels.get(key);
    if (channel === undefined) {
        channel = Channel.create(endpoint, settings);
        channels.set(key, channel);
    }
    return channel;
}
