/** A Platform that answers what a test tells it to, and clients that are quick about it. */

import assert from "node:assert/strict";
import {
    createServer,
    type IncomingHttpHeaders,
    type IncomingMessage,
    type Server,
    type ServerResponse,
} from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { PlatformClient } from "../../../src/platform/platformClient";
import type { PlatformError } from "../../../src/platform/errors";
import { isPlatformError } from "../../../src/platform/errors";
import type { ClientOptions } from "../../../src/platform/settings";
import type { Timing } from "../../../src/platform/timing";

export interface Received {
    /** Method and path, such as `GET /compute-envs`. */
    call: string;
    query: URLSearchParams;
    headers: IncomingHttpHeaders;
    body: unknown;
    at: number;
}

export type Answer = (response: ServerResponse, request: Received, socket: Socket) => void;

export const json =
    (body: unknown, status = 200, headers: Record<string, string> = {}): Answer =>
    (response) =>
        void response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

export const text =
    (body: string, status = 200, contentType = "text/plain"): Answer =>
    (response) =>
        void response.writeHead(status, { "content-type": contentType }).end(body);

export const empty =
    (status = 204, headers: Record<string, string> = {}): Answer =>
    (response) =>
        void response.writeHead(status, headers).end();

export const message = (status: number, words: string): Answer => json({ message: words }, status);

/** Takes the request and breaks the connection. */
export const reset: Answer = (_response, _request, socket) => void socket.destroy();

/** Begins an answer and breaks the connection in the middle of it. */
export const truncated =
    (body: unknown): Answer =>
    (response, _request, socket) => {
        const whole = JSON.stringify(body);
        response.writeHead(200, { "content-type": "application/json", "content-length": String(whole.length) });
        response.write(whole.slice(0, whole.length / 2), () => socket.destroy());
    };

/** Takes the request and says nothing. */
export const silence: Answer = () => undefined;

export const after =
    (milliseconds: number, answer: Answer): Answer =>
    (...args) =>
        void setTimeout(() => answer(...args), milliseconds);

export class ScriptedPlatform {
    readonly received: Received[] = [];
    /** The calls whose answer has gone out. */
    answered = 0;
    readonly #script = new Map<string, Answer[]>();
    #clients: PlatformClient[] = [];

    private constructor(private readonly server: Server) {}

    static async start(): Promise<ScriptedPlatform> {
        const server = createServer();
        const platform = new ScriptedPlatform(server);
        server.on("request", (request, response) => void platform.#serve(request, response));
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        return platform;
    }

    get endpoint(): string {
        return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    }

    /** The answers to a call in their order; the last one repeats. */
    on(call: string, ...answers: Answer[]): this {
        this.#script.set(call, answers);
        return this;
    }

    /** The calls so far, in their order. */
    get calls(): string[] {
        return this.received.map(({ call }) => call);
    }

    count(call: string): number {
        return this.calls.filter((each) => each === call).length;
    }

    client(options: ClientOptions & { accessToken?: string; workspaceId?: number } = {}): PlatformClient {
        const { accessToken, workspaceId, ...rest } = options;
        const client = new PlatformClient(
            { endpoint: this.endpoint, accessToken: accessToken ?? uniqueToken(), workspaceId },
            { callsPerSecond: 1_000, ...rest, retry: { baseDelayMs: 1, ...rest.retry } },
        );
        this.#clients.push(client);
        return client;
    }

    async stop(): Promise<void> {
        await Promise.all(this.#clients.map((client) => client.close()));
        this.server.closeAllConnections();
        await new Promise((resolve) => this.server.close(resolve));
    }

    async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
        let raw = "";
        for await (const chunk of request) {
            raw += String(chunk);
        }
        const url = new URL(request.url ?? "/", "http://platform");
        const received: Received = {
            call: `${request.method} ${url.pathname}`,
            query: url.searchParams,
            headers: request.headers,
            body: raw === "" ? undefined : JSON.parse(raw),
            at: Date.now(),
        };
        this.received.push(received);
        const answers = this.#script.get(received.call) ?? [message(404, `not in the script: ${received.call}`)];
        const answer = answers.length > 1 ? answers.shift() : answers[0];
        response.once("finish", () => this.answered++);
        answer?.(response, received, request.socket);
    }
}

let tokens = 0;

/** A token of its own for each client: what clients of one token share must not leak from test to test. */
export function uniqueToken(): string {
    return `token-of-test-${process.pid}-${++tokens}`;
}

/** The error of a promise that must fail with a `PlatformError`. */
export async function failure(promise: Promise<unknown>): Promise<PlatformError> {
    try {
        await promise;
    } catch (error) {
        if (isPlatformError(error)) {
            return error;
        }
        throw error;
    }
    throw new Error("it succeeded, and should have failed");
}

/** Time that passes only by sleeping. It begins now, so that deadlines made from it hold for real calls too. */
export class SkippedTime implements Timing {
    readonly sleeps: number[] = [];
    readonly #start = Date.now();
    #passed = 0;

    now(): number {
        return this.#start + this.#passed;
    }

    get elapsed(): number {
        return this.#passed;
    }

    pass(milliseconds: number): void {
        this.#passed += milliseconds;
    }

    async sleep(milliseconds: number): Promise<void> {
        this.sleeps.push(milliseconds);
        this.#passed += milliseconds;
    }

    /** The middle of the range: no jitter either way. */
    random(): number {
        return 0.5;
    }
}

export async function waitUntil(condition: () => boolean): Promise<void> {
    const end = Date.now() + 5_000;
    while (!condition()) {
        assert.ok(Date.now() < end, "it did not come to pass");
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
}
