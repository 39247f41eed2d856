import { X509Certificate } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { got, HTTPError, RequestError, type Got } from "got";
import type { ComputeConfig } from "../../platform/types";
import { KubernetesError } from "./kubernetesError";

interface ClientOptions {
    requestTimeoutMs: number;
    authorizationGraceMs: number;
    signal: AbortSignal;
}

/** The few calls that the Platform makes on a Kubernetes API server. */
export class KubernetesClient {
    private readonly http: Got;
    private readonly server: string;

    constructor(
        config: ComputeConfig,
        keys: Record<string, string>,
        private readonly options: ClientOptions,
    ) {
        this.server = serverUrl(config.server ?? "");
        this.http = got.extend({
            prefixUrl: this.server,
            headers: keys.token ? { authorization: `Bearer ${keys.token}` } : {},
            https: {
                certificateAuthority: certificateAuthority(config.sslCert ?? ""),
                ...(keys.certificate ? { certificate: keys.certificate, key: keys.privateKey } : {}),
            },
            responseType: "json",
            timeout: { request: options.requestTimeoutMs },
            retry: { limit: 0 },
            followRedirect: false,
        });
    }

    /** The object at a path, or `undefined` when there is none. */
    async get(path: string): Promise<unknown> {
        return this.call(`get ${path}`, () => this.http.get(path, { signal: this.options.signal }), [404]);
    }

    /** What is at a path that answers plain text, or `undefined` when there is nothing. */
    async text(path: string): Promise<string | undefined> {
        const send = () => this.http.get(path, { signal: this.options.signal, responseType: "text" });
        return (await this.call(`get ${path}`, send, [404])) as string | undefined;
    }

    /** Makes an object. One that exists already is what an interrupted earlier attempt made. */
    async create(path: string, object: object): Promise<void> {
        await this.call(
            `create ${path}`,
            () => this.http.post(path, { json: object, signal: this.options.signal }),
            [409],
        );
    }

    /** Deletes an object, if it is there. */
    async remove(path: string): Promise<void> {
        const json = { propagationPolicy: "Background" };
        await this.call(`delete ${path}`, () => this.http.delete(path, { json, signal: this.options.signal }), [404]);
    }

    private async call(what: string, send: () => Promise<{ body: unknown }>, expected: number[]): Promise<unknown> {
        const deadline = performance.now() + this.options.authorizationGraceMs;
        for (;;) {
            try {
                return (await send()).body;
            } catch (error) {
                const status = error instanceof HTTPError ? error.response.statusCode : undefined;
                if (status !== undefined && expected.includes(status) && isStatus(error, status)) {
                    return undefined;
                }
                if ((status !== 401 && status !== 403) || performance.now() >= deadline) {
                    throw this.failure(what, error);
                }
            }
            await sleep(200, undefined, { signal: this.options.signal });
        }
    }

    private failure(what: string, error: unknown): Error {
        if (error instanceof HTTPError) {
            const { statusCode, statusMessage } = error.response;
            const message = statusText(error.response.body) ?? `${statusCode} ${statusMessage ?? ""}`.trim();
            return new KubernetesError(`Kubernetes API server refused to ${what}: ${message}`);
        }
        if (error instanceof RequestError) {
            return new KubernetesError(`Unable to connect to Kubernetes API server ${this.server}: ${error.message}`);
        }
        return error instanceof Error ? error : new Error(String(error));
    }
}

/** The message of a `Status` object, which comes as text where text was asked for. */
function statusText(body: unknown): string | undefined {
    try {
        const status = (typeof body === "string" ? JSON.parse(body) : body) as { message?: unknown } | null | undefined;
        return typeof status?.message === "string" ? status.message : undefined;
    } catch {
        return undefined;
    }
}

/**
 * Whether an expected status is really the API server's word about the object: a 404 from a proxy or a wrong path has
 * no `Status` object and must not be taken for "there is none".
 */
function isStatus(error: unknown, code: number): boolean {
    const body = (error as HTTPError).response.body as { kind?: unknown; code?: unknown } | undefined;
    return body?.kind === "Status" && body.code === code;
}

/** `config.server` is a URL; a bare host means https. */
function serverUrl(server: string): string {
    const url = /^https?:\/\//i.test(server) ? server : `https://${server}`;
    if (!URL.canParse(url)) {
        throw new KubernetesError(`Invalid Kubernetes control plane URL: ${server}`);
    }
    return url;
}

/** `config.sslCert` as PEM: the API does not say whether it takes PEM or, as a kubeconfig has it, base64 of PEM. */
function certificateAuthority(sslCert: string): string {
    const pem = sslCert.includes("-----BEGIN") ? sslCert : Buffer.from(sslCert, "base64").toString("utf8");
    try {
        new X509Certificate(pem);
    } catch {
        throw new KubernetesError("Invalid SSL certificate: neither PEM nor base64 of PEM");
    }
    return pem;
}
