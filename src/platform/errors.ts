/**
 * What can go wrong with a call, as one typed error. The message is one line: which call, what happened, the
 * Platform's own words, what to do. No field of it ever holds a token or key.
 */

import type { Redact } from "./redact";

export type PlatformErrorKind =
    /** 401: the token is wrong or expired. */
    | "unauthorized"
    /** 403: the token's role, the wrong workspace, or an object that is gone (the API does not tell them apart). */
    | "forbidden"
    /** 404 and 410. */
    | "notFound"
    /** 409: active runs, a name that is taken, a deletion under way. */
    | "conflict"
    /** 400 and the other 4xx: the Platform refuses the request itself. */
    | "badRequest"
    /** 429, after all retries. */
    | "rateLimited"
    /** 5xx and 408, after all retries. */
    | "serverError"
    /** No answer: see `networkFault`. */
    | "network"
    /** An answer that is not the API's: not JSON, not the documented shape, a redirect, an HTML page. */
    | "malformedAnswer"
    /** The operation's own time limit passed, retries and waiting in line included. */
    | "deadline"
    /** The caller's signal aborted it. */
    | "aborted";

export type NetworkFault =
    /** Nothing listens there. */
    | "refused"
    /** The name does not resolve. */
    | "dns"
    /** The server's certificate or the TLS handshake. */
    | "tls"
    /** No route, or no connection within the time limit. */
    | "unreachable"
    /** Connected, but no answer within the time limit. */
    | "timeout"
    /** The connection broke before the answer was complete. */
    | "reset"
    /** The proxy does not answer, or makes no connection to the Platform. */
    | "proxy";

export interface PlatformErrorFields {
    kind: PlatformErrorKind;
    /** Method and path, such as `POST /compute-envs`. */
    operation: string;
    /** For programs: `HTTP_409`, `ECONNREFUSED`, `DEADLINE`… */
    code: string;
    /** What happened, without a full stop. */
    happened: string;
    /** What the user can do about it, as whole sentences. */
    remedy: string;
    status?: number;
    /** The Platform's own message. */
    platformMessage?: string;
    networkFault?: NetworkFault;
    /** The call changes something, and it may have been carried out although no answer said so. */
    mayHaveTakenEffect?: boolean;
    /** The same call may succeed later without anybody changing anything. */
    transient?: boolean;
    /** How long the Platform asked to wait, in milliseconds. */
    retryAfterMs?: number;
    /** How often the request was sent. */
    attempts?: number;
    cause?: unknown;
}

export class PlatformError extends Error {
    override readonly name = "PlatformError";
    readonly kind: PlatformErrorKind;
    readonly operation: string;
    readonly code: string;
    readonly happened: string;
    readonly remedy: string;
    readonly status?: number;
    readonly platformMessage?: string;
    readonly networkFault?: NetworkFault;
    readonly mayHaveTakenEffect: boolean;
    readonly transient: boolean;
    readonly retryAfterMs?: number;
    readonly attempts?: number;

    /** `redact` is applied to every text here, so that nobody who makes an error can forget it. */
    constructor(fields: PlatformErrorFields, redact: Redact) {
        const platformMessage = optional(fields.platformMessage, redact);
        const said = platformMessage === undefined ? "" : `: "${platformMessage}"`;
        const doubt = fields.mayHaveTakenEffect ? " The call may still have succeeded." : "";
        const message = `${fields.operation}: ${fields.happened}${said}.${doubt} ${fields.remedy}`;
        const cause = safeCause(fields.cause, redact);
        super(redact(oneLine(message)), cause === undefined ? undefined : { cause });
        this.kind = fields.kind;
        this.operation = redact(fields.operation);
        this.code = fields.code;
        this.happened = redact(fields.happened);
        this.remedy = redact(fields.remedy);
        this.status = fields.status;
        this.platformMessage = platformMessage;
        this.networkFault = fields.networkFault;
        this.mayHaveTakenEffect = fields.mayHaveTakenEffect ?? false;
        this.transient = fields.transient ?? false;
        this.retryAfterMs = fields.retryAfterMs;
        this.attempts = fields.attempts;
    }

    /** `JSON.stringify` leaves out an error's message: it belongs there, and here it is known to be clean. */
    toJSON(): object {
        return { ...this, message: this.message };
    }
}

/** Is it this kind of error (or one of these)? */
export function isPlatformError(error: unknown, ...kinds: PlatformErrorKind[]): error is PlatformError {
    return error instanceof PlatformError && (kinds.length === 0 || kinds.includes(error.kind));
}

/**
 * The original error carries the whole request, headers included, in its properties. Only its text is kept.
 */
function safeCause(cause: unknown, redact: Redact): Error | undefined {
    if (!(cause instanceof Error)) {
        return undefined;
    }
    const { code } = cause as { code?: unknown };
    const safe = new Error(redact(cause.message));
    safe.name = cause.name;
    safe.stack = redact(cause.stack ?? `${cause.name}: ${cause.message}`);
    return typeof code === "string" ? Object.assign(safe, { code }) : safe;
}

function optional(text: string | undefined, redact: Redact): string | undefined {
    return text === undefined ? undefined : redact(oneLine(text));
}

function oneLine(text: string): string {
    return text.replace(/\s+/g, " ").trim();
}
