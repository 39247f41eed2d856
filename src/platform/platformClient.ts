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
import { isPlatformError } from "./errors";
import { createRedactor, secretsIn } from "./redact";
import { DEFAULT_RETRY } from "./retry";
import { type CallOptions, type ClientOptions, type ClientSettings, DEFAULT_CLIENT, type QueryValue } from "./settings";

type Method = CallFacts["method"];

const USER_AGENT = `pulumi-seqera-kubernetes/${ownVersion()}`;

/** A file to send. */
export interface UploadFile {
    name: string;
    mediaType: string;
    content: Buffer;
}

/** A form as it is sent, whole: bytes can be sent again, and a stream could not. */
class Form {
    constructor(
        readonly contentType: string,
        readonly bytes: Buffer,
    ) {}
}

export class PlatformClient {
    readonly endpoint: string;
    readonly workspaceId: number | undefined;
    /** Private to the language, so that no log of the client, however deep, shows it. */
    readonly #tokens: readonly string[];
    readonly #unauthorizedRemedy: string | undefined;
    /** Which of the tokens is used: the first that the Platform has not refused. */
    #current = 0;
    readonly #settings: ClientSettings;
    #channel: Promise<Channel> | undefined;
    #closed = false;

    constructor(connection: Connection, options: ClientOptions = {}) {
        this.endpoint = connection.endpoint.replace(/\/+$/, "");
        this.workspaceId = connection.workspaceId;
        this.#tokens = [connection.accessToken, ...(connection.otherTokens ?? [])];
        this.#unauthorizedRemedy = connection.unauthorizedRemedy;
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

    /** Sends a file as a form's field. */
    async upload<T>(
        path: string,
        file: UploadFile,
        options: CallOptions<T> & { read: (body: unknown) => T },
    ): Promise<T> {
        const form = new FormData();
        form.set("file", new Blob([file.content], { type: file.mediaType }), file.name);
        const encoded = new Response(form);
        const body = new Form(encoded.headers.get("content-type")!, Buffer.from(await encoded.arrayBuffer()));
        return this.#call("POST", path, body, options) as Promise<T>;
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

    /** A call that is refused for its token had no effect: the next token makes it once more. */
    async #call<T>(
        method: Method,
        path: string,
        body: object | undefined,
        options: CallOptions<T>,
    ): Promise<T | undefined> {
        for (;;) {
            const tried = this.#current;
            try {
                return await this.#callOnce(method, path, body, options);
            } catch (error) {
                if (!isPlatformError(error, "unauthorized") || tried + 1 >= this.#tokens.length) {
                    throw error;
                }
                if (tried === this.#current) {
                    this.#current++;
                    const former = this.#channel;
                    this.#channel = undefined;
                    (await former)?.release();
                }
            }
        }
    }

    async #callOnce<T>(
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
            proxy: channel.proxy,
            redact: createRedactor([
                ...this.#tokens,
                ...(body instanceof Form ? [] : secretsIn(body)),
                ...(options.secrets ?? []),
            ]),
            remedies: { unauthorized: this.#unauthorizedRemedy, ...options.remedies },
        };
        const call = new Call(facts, options, this.#settings, channel);
        return call.run(`${this.endpoint}${path}`, this.#request(method, body, options));
    }

    #openChannel(): Promise<Channel> {
        this.#channel ??= channelFor(this.endpoint, this.#tokens[this.#current], this.#settings).then((channel) => {
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
                ...(body instanceof Form ? { "content-type": body.contentType } : {}),
                ...(scope === "anonymous" ? {} : { authorization: `Bearer ${this.#tokens[this.#current]}` }),
            },
            ...(body === undefined ? {} : body instanceof Form ? { body: body.bytes } : { json: body }),
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
