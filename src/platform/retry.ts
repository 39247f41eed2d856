/** When a call is sent again, and after how long. Pure. */

import type { PlatformError } from "./errors";

export interface RetrySettings {
    /** How often a call may be sent again after its first time. Default 4. */
    limit: number;
    /** The first pause, in milliseconds; it doubles each time. Default 500. */
    baseDelayMs: number;
    /** The longest pause that we choose ourselves, in milliseconds. Default 8000. */
    maxDelayMs: number;
    /** The longest `Retry-After` that is waited for, in milliseconds. Default 60 000. */
    maxRetryAfterMs: number;
}

export const DEFAULT_RETRY: Readonly<RetrySettings> = {
    limit: 4,
    baseDelayMs: 500,
    maxDelayMs: 8_000,
    maxRetryAfterMs: 60_000,
};

const RETRIED_STATUSES = new Set([408, 429, 500, 502, 503, 504]);

export interface RetryQuestion {
    error: PlatformError;
    /** Sending it twice is the same as sending it once. */
    idempotent: boolean;
    /** How often the call has been sent. */
    attempts: number;
    /** Time left to the call's deadline, in milliseconds. */
    remainingMs: number;
    settings: RetrySettings;
    /** A number in [0, 1). */
    random: number;
}

/** The pause before the next attempt in milliseconds, or undefined when there is none. */
export function retryDelay(question: RetryQuestion): number | undefined {
    const { error, settings, attempts, remainingMs } = question;
    if (attempts > settings.limit || !mayBeSentAgain(error, question.idempotent)) {
        return undefined;
    }
    const delay =
        error.retryAfterMs ??
        Math.min(settings.maxDelayMs, settings.baseDelayMs * 2 ** (attempts - 1)) * (0.5 + question.random / 2);
    if (error.retryAfterMs !== undefined && error.retryAfterMs > settings.maxRetryAfterMs) {
        return undefined;
    }
    // A pause that outlasts the deadline only delays the bad news.
    return delay >= remainingMs ? undefined : Math.max(1, Math.ceil(delay));
}

/**
 * A POST that was refused with 429, or never left this machine, had no effect. Any other failure of a POST leaves
 * open whether the object exists, and only looking can tell (see `createOnce`).
 */
function mayBeSentAgain(error: PlatformError, idempotent: boolean): boolean {
    if (error.kind === "network") {
        return error.transient && (idempotent || !error.mayHaveTakenEffect);
    }
    return (
        error.status !== undefined &&
        RETRIED_STATUSES.has(error.status) &&
        error.kind !== "malformedAnswer" &&
        (idempotent || error.kind === "rateLimited")
    );
}

/** `Retry-After` in milliseconds, given in seconds or as an HTTP date (RFC 9110, section 10.2.3). */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
    const text = header?.trim();
    if (text === undefined || text === "") {
        return undefined;
    }
    const milliseconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now;
    return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
