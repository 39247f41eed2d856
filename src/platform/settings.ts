/** What a client and its calls can be told, with the defaults. All times are in milliseconds. */

import { type ChannelSettings, DEFAULT_CHANNEL } from "./channel";
import type { PlatformErrorKind } from "./errors";
import { DEFAULT_RETRY, type RetrySettings } from "./retry";

export interface ClientSettings extends ChannelSettings {
    /** The longest that one request may take, from its first byte to the answer's last. Default 30 000. */
    requestTimeoutMs: number;
    /** The longest that a call may take with its retries and its waiting in line. Default 120 000. */
    callTimeoutMs: number;
    retry: RetrySettings;
}

export const DEFAULT_CLIENT: Readonly<ClientSettings> = {
    ...DEFAULT_CHANNEL,
    requestTimeoutMs: 30_000,
    callTimeoutMs: 120_000,
    retry: DEFAULT_RETRY,
};

export type ClientOptions = Partial<Omit<ClientSettings, "retry">> & { retry?: Partial<RetrySettings> };

export type QueryValue = string | number | boolean | readonly string[] | undefined;

/** How a call is limited; accepted by every function of this folder that calls the Platform. */
export interface CallLimits {
    /** Aborts the call. */
    signal?: AbortSignal;
    /** The time (as of `Date.now()`) by which the operation that this call belongs to must be done. */
    deadline?: number;
}

export interface CallOptions<T> extends CallLimits {
    query?: Record<string, QueryValue>;
    /** The answer is a file: `read` is given its bytes as a `Buffer`. Default: false, it is JSON. */
    isFile?: boolean;
    /** Reads the answer's body; what it throws makes the answer a malformed one. Left out: there is nothing to read. */
    read?: (body: unknown) => T;
    /** Default: true for GET, PUT and DELETE. Some POSTs set a state and may be sent twice as well. */
    idempotent?: boolean;
    /** Default `workspace`. `none` sends no `workspaceId`; `anonymous` sends no token either. */
    scope?: "workspace" | "none" | "anonymous";
    /** What to do about a kind of failure, where this call knows better than its status says. */
    remedies?: Partial<Record<PlatformErrorKind, string>>;
    /** Further secrets that the answer must not reveal, besides those of the body's secret fields. */
    secrets?: readonly string[];
}
