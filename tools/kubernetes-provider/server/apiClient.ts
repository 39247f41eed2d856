/**
 * Requests to the API server. `@kubernetes/client-node` reads the kubeconfig (certificates, tokens, exec plugins,
 * proxies); the requests themselves are plain JSON over `node:https`, as the server knows the kinds and we do not.
 */

import http from "node:http";
import https from "node:https";
import type { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import type { KubeObject } from "./kubeObject";
import { ApiError } from "./apiError";

export interface ApiRequest {
    readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
    readonly path: string;
    readonly query?: Readonly<Record<string, string | undefined>>;
    readonly body?: unknown;
    readonly contentType?: string;
}

/** As client-go's dialer: a server that does not answer at all is given up after this. */
const connectTimeout = 30_000;
/** The API server ends requests after 60 s by itself (`--request-timeout`). */
const answerTimeout = 65_000;
const mostRetries = 5;
const longestRetryAfter = 30;

export class ApiClient {
    private agent: http.Agent | undefined;

    constructor(
        private readonly config: KubeConfig,
        private readonly userAgent: string,
        private readonly signal: AbortSignal,
    ) {}

    get server(): string {
        const cluster = this.config.getCurrentCluster();
        if (!cluster?.server) {
            throw new Error(
                "the kubeconfig names no cluster: it has no current context, or the context has no cluster",
            );
        }
        return cluster.server;
    }

    async request<T = KubeObject>(request: ApiRequest): Promise<T> {
        for (let attempt = 0; ; attempt++) {
            const answer = await this.send(request);
            const pause = answer.status === 429 || answer.status >= 500 ? answer.retryAfter : undefined;
            if (pause !== undefined && attempt < mostRetries) {
                await sleep(pause * 1000, this.signal);
                continue;
            }
            const body = parse(answer.text);
            if (answer.status >= 400) {
                throw ApiError.from(answer.status, body ?? answer.text, `${request.method} ${request.path}`);
            }
            return body as T;
        }
    }

    private async send(request: ApiRequest): Promise<Answer> {
        for (;;) {
            const attempt = await this.attempt(request);
            if (attempt !== staleConnection) {
                return attempt;
            }
        }
    }

    private async attempt(request: ApiRequest): Promise<Answer | typeof staleConnection> {
        const url = new URL(this.server.replace(/\/+$/, "") + request.path);
        for (const [key, value] of Object.entries(request.query ?? {})) {
            if (value !== undefined) {
                url.searchParams.set(key, value);
            }
        }
        const options: https.RequestOptions = { headers: {} };
        await this.config.applyToHTTPSOptions(options);
        // One agent for all requests, so that connections are used again; headers are made anew, as tokens expire.
        this.agent ??= keepAlive(options.agent as http.Agent);
        const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
        const transport = url.protocol === "http:" ? http : https;
        return await new Promise((resolve, reject) => {
            const outgoing = transport.request(url, {
                ...options,
                method: request.method,
                agent: this.agent,
                signal: this.signal,
                headers: {
                    ...options.headers,
                    accept: "application/json",
                    "user-agent": this.userAgent,
                    ...(body && {
                        "content-type": request.contentType ?? "application/json",
                        "content-length": body.length,
                    }),
                },
            });
            const unconnected = setTimeout(
                () => outgoing.destroy(new Error(`no connection to ${url.host} within ${connectTimeout / 1000} s`)),
                connectTimeout,
            );
            outgoing.on("socket", (socket) => {
                if (!socket.connecting) {
                    clearTimeout(unconnected);
                }
                socket.once("connect", () => clearTimeout(unconnected));
            });
            outgoing.setTimeout(answerTimeout, () =>
                outgoing.destroy(new Error(`no answer from ${url.host} within ${answerTimeout / 1000} s`)),
            );
            outgoing.on("response", (response) => {
                const chunks: Buffer[] = [];
                response.on("data", (chunk: Buffer) => chunks.push(chunk));
                response.on("error", reject);
                response.on("end", () =>
                    resolve({
                        status: response.statusCode ?? 0,
                        text: Buffer.concat(chunks).toString("utf8"),
                        retryAfter: retryAfter(response.headers["retry-after"]),
                    }),
                );
            });
            outgoing.on("error", (error: NodeJS.ErrnoException) =>
                // The server closed an idle connection while we were about to use it, so the request did not arrive.
                outgoing.reusedSocket && error.code === "ECONNRESET" ? resolve(staleConnection) : reject(error),
            );
            outgoing.on("close", () => clearTimeout(unconnected));
            outgoing.end(body);
        });
    }
}

interface Answer {
    readonly status: number;
    readonly text: string;
    readonly retryAfter: number | undefined;
}

const staleConnection = Symbol("stale connection");

function keepAlive(agent: http.Agent): http.Agent {
    (agent as unknown as { keepAlive: boolean }).keepAlive = true;
    return agent;
}

function retryAfter(header: string | undefined): number | undefined {
    const seconds = Number(header);
    return header === undefined || !Number.isFinite(seconds) ? undefined : Math.min(seconds, longestRetryAfter);
}

function parse(text: string): unknown {
    try {
        return JSON.parse(text) as unknown;
    } catch {
        return undefined;
    }
}

export async function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve, reject) => {
        const end = (): void => {
            clearTimeout(timer);
            reject(new Error("the operation was cancelled"));
        };
        const timer = setTimeout(() => {
            signal.removeEventListener("abort", end);
            resolve();
        }, milliseconds);
        if (signal.aborted) {
            end();
        } else {
            signal.addEventListener("abort", end, { once: true });
        }
    });
}
