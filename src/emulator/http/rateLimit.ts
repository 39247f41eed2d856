import { ApiError } from "./api";

/** Calls per second and token, in a sliding window (https://docs.seqera.io/platform-api: 20 a second). */
export class RateLimiter {
    private readonly calls = new Map<number, number[]>();

    constructor(
        private readonly limit: number | false,
        private readonly retryAfter: number | false,
    ) {}

    /** Counts a call of a token, or refuses it. Refused calls do not count. */
    take(tokenIndex: number, now = performance.now()): void {
        if (this.limit === false) {
            return;
        }
        const recent = (this.calls.get(tokenIndex) ?? []).filter((at) => now - at < 1000);
        this.calls.set(tokenIndex, recent);
        if (recent.length >= this.limit) {
            const headers: Record<string, string> =
                this.retryAfter === false ? {} : { "Retry-After": String(this.retryAfter) };
            const message = `Too many requests: more than ${this.limit} calls in one second`;
            throw new ApiError(429, message, { message }, headers);
        }
        recent.push(now);
    }
}
