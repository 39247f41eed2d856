/**
 * From what came back (a status, a broken connection, an unreadable body) to a `PlatformError` that says what to do.
 * How the API uses its statuses: https://docs.seqera.io/platform-api; a 403 also stands for objects that are gone and
 * for a wrong workspace.
 */

import { endpointHint } from "./connection";
import { type NetworkFault, PlatformError, type PlatformErrorFields, type PlatformErrorKind } from "./errors";
import { ProxyFault } from "./proxy";
import type { Redact } from "./redact";

/** Longer messages of the Platform are cut: an HTML page or a stack trace helps nobody on a terminal. */
const LONGEST_MESSAGE = 600;

/** The call that went wrong. */
export interface CallFacts {
    method: "GET" | "POST" | "PUT" | "DELETE";
    path: string;
    endpoint: string;
    workspaceId?: number;
    /** The proxy on the way, as messages name it. */
    proxy?: string;
    redact: Redact;
    /** Remedies that know more about this call than its status says. */
    remedies?: Partial<Record<PlatformErrorKind, string>>;
    attempts?: number;
    /** An earlier attempt of the same call may have taken effect. */
    earlierLost?: boolean;
}

/** The body and headers of an answer, as far as errors need them. */
export interface AnswerFacts {
    status: number;
    body: string;
    contentType?: string;
    location?: string;
    retryAfterMs?: number;
}

export function statusKind(status: number): PlatformErrorKind {
    switch (true) {
        case status === 401:
            return "unauthorized";
        case status === 403:
            return "forbidden";
        case status === 404 || status === 410:
            return "notFound";
        case status === 409:
            return "conflict";
        case status === 429:
            return "rateLimited";
        case status === 408 || status >= 500:
            return "serverError";
        case status >= 300 && status < 400:
            return "malformedAnswer";
        default:
            return "badRequest";
    }
}

/** An answer whose status is not a success. */
export function statusError(call: CallFacts, answer: AnswerFacts): PlatformError {
    const kind = statusKind(answer.status);
    return make(call, {
        kind,
        code: `HTTP_${answer.status}`,
        happened: `HTTP ${answer.status}${redirectTarget(answer)}`,
        status: answer.status,
        platformMessage: messageOf(answer),
        remedy: call.remedies?.[kind] ?? statusRemedy(kind, call, answer),
        mayHaveTakenEffect: kind === "serverError",
        transient: kind === "serverError" || kind === "rateLimited",
        retryAfterMs: answer.retryAfterMs,
    });
}

/** A success whose body is not what the API documents. For a call that creates, that is as good as no answer. */
export function malformedError(call: CallFacts, answer: AnswerFacts, fault: string): PlatformError {
    const html = isHtml(answer);
    return make(call, {
        kind: "malformedAnswer",
        code: "MALFORMED_ANSWER",
        happened: `HTTP ${answer.status}, but ${html ? "the response is an HTML page" : fault}`,
        status: answer.status,
        remedy: call.remedies?.malformedAnswer ?? notTheApi(call),
        mayHaveTakenEffect: true,
        transient: true,
    });
}

/** No complete answer came. */
export function networkError(call: CallFacts, cause: unknown): PlatformError {
    const error = (cause as Error | undefined)?.cause;
    if (error instanceof ProxyFault) {
        return make(call, {
            kind: "network",
            networkFault: "proxy",
            code: error.code,
            happened: error.message,
            remedy: call.remedies?.network ?? error.remedy,
            transient: error.transient,
            cause,
        });
    }
    const { fault, code } = networkFaultOf(cause);
    const text = NETWORK_TEXTS[fault];
    const through = call.proxy === undefined ? "" : ` through ${call.proxy}`;
    return make(call, {
        kind: "network",
        networkFault: fault,
        code,
        happened: `${text.happened(call.endpoint)}${through} (${code})`,
        remedy: call.remedies?.network ?? text.remedy(call.endpoint, code),
        mayHaveTakenEffect: !neverSent(fault),
        transient: fault !== "tls",
        cause,
    });
}

/** The operation's time ran out, or the caller gave up. */
export function abandonedError(
    call: CallFacts,
    how: { kind: "deadline" | "aborted"; inFlight: boolean; lastFailure?: PlatformError; limitMs?: number },
): PlatformError {
    const last = how.lastFailure === undefined ? "" : `; the last attempt failed: ${how.lastFailure.happened}`;
    const limit = how.limitMs === undefined ? "" : ` of ${Math.round(how.limitMs / 100) / 10} s`;
    return make(call, {
        kind: how.kind,
        code: how.kind === "deadline" ? "DEADLINE" : "ABORTED",
        happened: how.kind === "deadline" ? `did not finish within the time limit${limit}${last}` : `aborted${last}`,
        status: how.lastFailure?.status,
        platformMessage: how.lastFailure?.platformMessage,
        remedy:
            call.remedies?.[how.kind] ??
            (how.kind === "deadline"
                ? `Check that ${call.endpoint} responds, then run again.`
                : "Run again to finish the operation."),
        mayHaveTakenEffect: how.inFlight,
        transient: how.kind === "deadline",
    });
}

/** A fault on the way to the Platform itself. */
type DirectFault = Exclude<NetworkFault, "proxy">;

export function networkFaultOf(error: unknown): { fault: DirectFault; code: string } {
    const { code, syscall, event, name } = (error ?? {}) as Record<string, unknown>;
    const text = typeof code === "string" ? code : "UNKNOWN";
    return { fault: faultOf(text, { syscall, event, name, cause: (error as Error | undefined)?.cause }), code: text };
}

/** With these the request never left, so even a POST may be sent again. */
export function neverSent(fault: DirectFault): boolean {
    return fault === "refused" || fault === "dns" || fault === "unreachable" || fault === "tls";
}

const UNREACHABLE = new Set(["EHOSTUNREACH", "ENETUNREACH", "EADDRNOTAVAIL", "EHOSTDOWN", "ENETDOWN", "EACCES"]);
const DNS = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA", "EAI_NONAME", "ENODATA"]);
/** OpenSSL's names for what is wrong with a certificate: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const TLS =
    /^(CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|DEPTH_ZERO|SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH|ERR_TLS_|ERR_SSL_|EPROTO$)/;

function faultOf(code: string, error: Record<string, unknown>): DirectFault {
    if (code === "ECONNREFUSED") {
        return "refused";
    }
    if (DNS.has(code)) {
        return "dns";
    }
    if (TLS.test(code)) {
        return "tls";
    }
    if (UNREACHABLE.has(code)) {
        return "unreachable";
    }
    if (code === "ETIMEDOUT") {
        // got's phases before the request is written; the system's own connect timeout has a syscall instead.
        const connecting = ["lookup", "connect", "secureConnect"].includes(String(error.event));
        const { syscall } = (error.cause ?? error) as { syscall?: unknown };
        return connecting || syscall === "connect" ? "unreachable" : "timeout";
    }
    return "reset";
}

const NETWORK_TEXTS: Record<
    DirectFault,
    { happened: (endpoint: string) => string; remedy: (endpoint: string, code: string) => string }
> = {
    refused: {
        happened: (endpoint) => `${endpoint} refused the connection`,
        remedy: () => "Check the endpoint's host and port, and that the Platform is running.",
    },
    dns: {
        happened: (endpoint) => `the host name of ${endpoint} does not resolve`,
        remedy: () =>
            "Check the endpoint's spelling and this machine's DNS. If a proxy leads to the Platform, set HTTPS_PROXY.",
    },
    tls: {
        happened: (endpoint) => `could not establish a trusted TLS connection to ${endpoint}`,
        remedy: (_, code) =>
            code === "EPROTO" || code.startsWith("ERR_SSL_")
                ? "Check that the endpoint's port serves HTTPS."
                : "Check the server's certificate and this machine's clock. For a private certificate authority, or a proxy " +
                  "that inspects TLS, set NODE_EXTRA_CA_CERTS to the authority's PEM file.",
    },
    unreachable: {
        happened: (endpoint) => `could not connect to ${endpoint}`,
        remedy: () =>
            "Check the endpoint, and the network, VPN or firewall between this machine and the Platform. If a proxy leads to it, set HTTPS_PROXY.",
    },
    timeout: {
        happened: (endpoint) => `${endpoint} did not respond in time`,
        remedy: () => "Run again later. If the problem persists, check the Platform's health.",
    },
    reset: {
        happened: (endpoint) => `the connection to ${endpoint} closed before the response was complete`,
        remedy: () =>
            "Run again later. If the problem persists, check the proxies and load balancers in front of the Platform.",
    },
};

function statusRemedy(kind: PlatformErrorKind, call: CallFacts, answer: AnswerFacts): string {
    const where = workspaceText(call.workspaceId);
    switch (kind) {
        case "unauthorized":
            return (
                `The access token is invalid or expired, or belongs to an installation other than ${call.endpoint}. ` +
                "Check accessToken, seqera:accessToken or TOWER_ACCESS_TOKEN."
            );
        case "forbidden":
            return (
                `Either the token's role in ${where} lacks this permission (creating and deleting require Owner or Admin), ` +
                "or the object no longer exists, or it is in another workspace. Check the workspace id and the role."
            );
        case "notFound":
            return [
                endpointHint(call.endpoint),
                `The object does not exist in ${where}. Check its id and the workspace id.`,
            ]
                .filter((each) => each !== undefined)
                .join(" Otherwise: ");
        case "conflict":
            return call.method === "DELETE"
                ? "It is still in use: wait for its active runs to end or cancel them, then run again."
                : `The name is already in use in ${where}. Choose another name, or delete or import the object that has it.`;
        case "rateLimited":
            return "Too many calls were made with this token: the Platform allows 20 a second for all users of a token together. Run again later.";
        case "serverError":
            return "The Platform failed to handle the call. Run again later, and give Seqera's support the error id if there is one.";
        case "malformedAnswer":
            return notTheApi(call);
        default:
            return answer.status === 400
                ? "Fix what the Platform reports, then run again."
                : "This version of the Platform does not accept the call. Compare its version with the version that this package needs.";
    }
}

function notTheApi(call: CallFacts): string {
    return (
        endpointHint(call.endpoint) ??
        `Check that ${call.endpoint} is the Platform's API, and that no proxy or login page responds in its place.`
    );
}

export function workspaceText(workspaceId: number | undefined): string {
    return workspaceId === undefined ? "the personal workspace" : `workspace ${workspaceId}`;
}

function redirectTarget({ status, location }: AnswerFacts): string {
    return status >= 300 && status < 400 && location !== undefined ? `, a redirect to ${location}` : "";
}

/** The envelope is `{"message": …}`; some answers list conflicts or errors besides; proxies send HTML or text. */
function messageOf(answer: AnswerFacts): string | undefined {
    const text = answer.body.trim();
    if (text === "" || isHtml(answer)) {
        return text === "" ? undefined : "(an HTML page)";
    }
    let body: unknown;
    try {
        body = JSON.parse(text);
    } catch {
        return text;
    }
    const { message, errors, conflicts } = (typeof body === "object" && body !== null ? body : {}) as Record<
        string,
        unknown
    >;
    const parts = [
        ...(typeof message === "string" && message !== "" ? [message] : []),
        ...listed(errors, (entry) => entry.message),
        ...listed(conflicts, (entry) => [entry.type, entry.name ?? entry.id].filter(Boolean).join(" ")),
    ];
    return parts.length > 0 ? parts.join("; ") : undefined;
}

function listed(value: unknown, text: (entry: Record<string, unknown>) => unknown): string[] {
    return Array.isArray(value)
        ? value
              .filter((entry): entry is Record<string, unknown> => typeof entry === "object" && entry !== null)
              .map(text)
              .filter((part): part is string => typeof part === "string" && part !== "")
        : [];
}

function isHtml({ body, contentType }: AnswerFacts): boolean {
    return /^text\/html\b/i.test(contentType ?? "") || /^\s*<(!doctype|html)/i.test(body);
}

function make(call: CallFacts, fields: Omit<PlatformErrorFields, "operation">): PlatformError {
    const changes = call.method !== "GET";
    const platformMessage = cut(fields.platformMessage, call.redact);
    return new PlatformError(
        {
            ...fields,
            platformMessage,
            operation: `${call.method} ${call.path}`,
            mayHaveTakenEffect: changes && (fields.mayHaveTakenEffect === true || call.earlierLost === true),
            attempts: call.attempts,
        },
        call.redact,
    );
}

/** Redacted before it is cut, or the cut could leave a piece of a secret that is too short to be recognised. */
function cut(text: string | undefined, redact: Redact): string | undefined {
    if (text === undefined) {
        return undefined;
    }
    const clean = redact(text);
    return clean.length <= LONGEST_MESSAGE ? clean : `${clean.slice(0, LONGEST_MESSAGE)}…`;
}
