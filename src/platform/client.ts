/**
 * The client of the Platform's API: one method per HTTP verb, on `got`. It knows how to send and when to send again;
 * what the endpoints mean is in the files beside it.
 */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { OptionsOfTextResponseBody } from "got";
import { Call } from "./call";
import { type Channel, channelFor } from "./channel";
import type { Connection } from "./connection";
import type { CallFacts } from "./diagnose";
import { createRedactor, secretsIn } from "./redact";
import { DEFAULT_RETRY } from "./retry";
import { type CallOptions, type ClientOptions, type ClientSettings, DEFAULT_CLIENT, type QueryValue } from "./settings";

type Method = CallFacts["method"];

const USER_AGENT = `pulumi-seqera-kubernetes/${ownVersion()}`;

export class PlatformClient {
    readonly endpoint: string;
    readonly workspaceId: number | undefined;
    /** Private to the language, so that no log of the client, however deep, shows it. */
    readonly #accessToken: string;
    readonly #settings: ClientSettings;
    #channel: Promise<Channel> | undefined;
    #closed = false;

    constructor(connection: Connection, options: ClientOptions = {}) {
        this.endpoint = connection.endpoint.replace(/\/+$/, "");
        this.workspaceId = connection.workspaceId;
        this.#accessToken = connection.accessToken;
        this.#settings = { ...DEFAULT_CLIENT, ...options, retry: { ...DEFAULT_RETRY, ...options.retry } };
    }

    get<T>(path: string, options: CallOptions<T> & { read: (body: unknown) => T }): Promise<T>;
    get(path: string, options?: CallOptions<void>): Promise<void>;
    get<T>(path: string, options: CallOptions<T> = {}): Promise<T | void> {
        return this.#call("GET", path, undefined, options);
    }

    post<T>(path: string, body: object, options: CallOptions<T> & { read: (body: unknown) => T }): Promise<T>;
    post(path: string, body: object, options?: CallOptions<void>): Promise<void>;
    post<T>(path: string, body: object, options: CallOptions<T> = {}): Promise<T | void> {
        return this.#call("POST", path, body, options);
    }

    put<T>(path: string, body: object, options: CallOptions<T> & { read: (body: unknown) => T }): Promise<T>;
    put(path: string, body: object, options?: CallOptions<void>): Promise<void>;
    put<T>(path: string, body: object, options: CallOptions<T> = {}): Promise<T | void> {
        return this.#call("PUT", path, body, options);
    }

    delete(path: string, options: CallOptions<void> = {}): Promise<void> {
        return this.#call("DELETE", path, undefined, options);
    }

    /** Closes the connections, if no other client shares them. A closed client may not be used again. */
    async close(): Promise<void> {
        this.#closed = true;
        const channel = this.#channel;
        this.#channel = undefined;
        (await channel)?.release();
    }

    async #call<T>(
        method: Method,
        path: string,
        body: object | undefined,
        options: CallOptions<T>,
    ): Promise<T | undefined> {
        if (this.#closed) {
            throw new Error(`${method} ${path}: this client is closed.`);
        }
        const channel = await this.#openChannel();
        const facts: CallFacts = {
            method,
            path,
            endpoint: this.endpoint,
            workspaceId: this.workspaceId,
            redact: createRedactor([this.#accessToken, ...secretsIn(body), ...(options.secrets ?? [])]),
            remedies: options.remedies,
        };
        const call = new Call(facts, options, this.#settings, channel);
        return call.run(`${this.endpoint}${path}`, this.#request(method, body, options));
    }

    #openChannel(): Promise<Channel> {
        this.#channel ??= channelFor(this.endpoint, this.#accessToken, this.#settings).then((channel) => {
            channel.acquire();
            return channel;
        });
        return this.#channel;
    }

    #request(method: Method, body: object | undefined, options: CallOptions<unknown>): OptionsOfTextResponseBody {
        const scope = options.scope ?? "workspace";
        const query = scope === "workspace" ? { workspaceId: this.workspaceId, ...options.query } : options.query;
        return {
            method,
            searchParams: searchParams(query ?? {}),
            headers: {
                accept: "application/json",
                "accept-version": "1",
                "user-agent": USER_AGENT,
                ...(scope === "anonymous" ? {} : { authorization: `Bearer ${this.#accessToken}` }),
            },
            ...(body === undefined ? {} : { json: body }),
            timeout: {
                lookup: this.#settings.connectTimeoutMs,
                connect: this.#settings.connectTimeoutMs,
                secureConnect: this.#settings.connectTimeoutMs,
                request: this.#settings.requestTimeoutMs,
            },
        };
    }
}

function searchParams(query: Record<string, QueryValue>): URLSearchParams {
    const result = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
        for (const each of Array.isArray(value) ? (value as readonly string[]) : [value]) {
            if (each !== undefined) {
                result.append(key, String(each));
            }
        }
    }
    return result;
}

function ownVersion(): string {
    // Two folders up both from `src/platform` and from `dist/platform`.
    const manifest = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8")) as {
        version: string;
    };
    return manifest.version;
}
