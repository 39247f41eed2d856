import { got, type Got, HTTPError } from "got";
import { ProxyFault } from "../platform/proxy";
import { tunnelTo } from "../platform/tunnel";

/** How the Platform will reach the cluster. */
export interface ClusterAccess {
    /** Address of the API server. */
    server: string;
    /** PEM, or base64 of PEM. */
    certificateAuthority: string;
    token: string;
}

/** What the API server answered: an object, or a `Status` that says why not. */
export interface Answer {
    status: number;
    /** The server's own words where it refused. */
    message: string;
    body: unknown;
}

/** The API server gave no answer at all. */
export class Unreachable extends Error {
    constructor(
        message: string,
        /** The connection was made, but the server is not who the certificate authority vouches for. */
        readonly untrusted: boolean,
        /** A proxy was on the way. */
        readonly proxied: boolean,
    ) {
        super(message);
    }
}

const TIMEOUT_MS = 15_000;

/** Codes of Node.js for certificates that cannot be trusted: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME|ISSUER|CRL|SIGNATURE/;

/** The few calls on a cluster's API server that need no more than the launcher's rights. */
export class ClusterClient {
    private constructor(
        private readonly http: Got,
        private readonly proxy: string | undefined,
    ) {}

    static async open({ server, certificateAuthority, token }: ClusterAccess): Promise<ClusterClient> {
        const tunnel = await tunnelTo(server, TIMEOUT_MS);
        const pem = certificateAuthority.includes("-----BEGIN")
            ? certificateAuthority
            : Buffer.from(certificateAuthority, "base64").toString("utf8");
        const http = got.extend({
            prefixUrl: server,
            agent: { https: tunnel },
            headers: { authorization: `Bearer ${token}` },
            https: { certificateAuthority: pem },
            responseType: "json",
            timeout: { request: TIMEOUT_MS },
            retry: { limit: 2, methods: ["GET", "POST"], statusCodes: [429, 500, 502, 503, 504] },
            followRedirect: false,
        });
        return new ClusterClient(http, tunnel?.through.name);
    }

    get(path: string): Promise<Answer> {
        return this.ask(() => this.http.get(path));
    }

    /** Nothing that is posted here may stay: reviews leave nothing behind, and pods are posted with `dryRun=All`. */
    post(path: string, object: object): Promise<Answer> {
        return this.ask(() => this.http.post(path, { json: object }));
    }

    private async ask(send: () => Promise<{ statusCode: number; body: unknown }>): Promise<Answer> {
        try {
            const { statusCode, body } = await send();
            return { status: statusCode, message: "", body };
        } catch (error) {
            if (error instanceof HTTPError) {
                const { statusCode, statusMessage } = error.response;
                const body: unknown = error.response.body;
                const said = (body as { message?: unknown } | undefined)?.message;
                return {
                    status: statusCode,
                    message: typeof said === "string" ? said : `${statusCode} ${statusMessage ?? ""}`.trim(),
                    body,
                };
            }
            const { message, code, cause } = error as { message: string; code?: string; cause?: unknown };
            const ofProxy = cause instanceof ProxyFault;
            const through = ofProxy || this.proxy === undefined ? "" : ` (through ${this.proxy})`;
            const untrusted = !ofProxy && UNTRUSTED.test(code ?? "");
            throw new Unreachable(`${message}${through}`, untrusted, this.proxy !== undefined);
        }
    }
}
