import assert from "node:assert/strict";
import { PlatformError, type PlatformErrorFields } from "../../../src/platform/errors";
import { DEFAULT_RETRY, parseRetryAfter, retryDelay, type RetryQuestion } from "../../../src/platform/retry";

const unavailable: Partial<PlatformErrorFields> = { kind: "serverError", status: 503, mayHaveTakenEffect: true };

function delay(fields: Partial<PlatformErrorFields>, rest: Partial<RetryQuestion> = {}): number | undefined {
    const error = new PlatformError(
        { kind: "serverError", operation: "GET /x", code: "X", happened: "x", remedy: "x", ...fields },
        (text) => text,
    );
    return retryDelay({
        error,
        idempotent: true,
        attempts: 1,
        remainingMs: 120_000,
        settings: DEFAULT_RETRY,
        random: 1,
        ...rest,
    });
}

describe("retry", () => {
    it("doubles the pause up to a limit", () =>
        assert.deepEqual(
            [1, 2, 3, 4].map((attempts) => delay(unavailable, { attempts })),
            [500, 1_000, 2_000, 4_000],
        ));

    it("ends after the limit", () => {
        assert.equal(delay(unavailable, { attempts: 5 }), undefined);
        const settings = { ...DEFAULT_RETRY, limit: 20 };
        assert.equal(delay(unavailable, { attempts: 20, settings }), DEFAULT_RETRY.maxDelayMs);
    });

    it("spreads the pause over its upper half", () => {
        assert.equal(delay(unavailable, { random: 0 }), 250);
        assert.equal(delay(unavailable, { random: 0.5 }), 375);
    });

    it("does not begin a pause that outlasts the deadline", () => {
        assert.equal(delay(unavailable, { remainingMs: 500 }), undefined);
        assert.equal(delay(unavailable, { remainingMs: 501 }), 500);
    });

    it("takes the Platform's own pause instead of ours, without jitter, up to a limit", () => {
        const limited = { kind: "rateLimited", status: 429 } as const;
        assert.equal(delay({ ...limited, retryAfterMs: 7_000 }, { random: 0 }), 7_000);
        assert.equal(delay({ ...limited, retryAfterMs: 60_000 }), 60_000);
        assert.equal(delay({ ...limited, retryAfterMs: 60_001 }), undefined);
        assert.equal(delay({ ...limited, retryAfterMs: 0 }), 1);
    });

    for (const [what, fields, idempotent, once] of [
        ["429", { kind: "rateLimited", status: 429 }, true, true],
        ["500", { ...unavailable, status: 500 }, true, false],
        ["501", { ...unavailable, status: 501 }, false, false],
        ["409", { kind: "conflict", status: 409 }, false, false],
        ["a refused connection", { kind: "network", networkFault: "refused", transient: true }, true, true],
        ["an unknown host", { kind: "network", networkFault: "dns", transient: true }, true, true],
        ["a proxy that fails", { kind: "network", networkFault: "proxy", transient: true }, true, true],
        ["a proxy that refuses", { kind: "network", networkFault: "proxy", transient: false }, false, false],
        ["a reset", { kind: "network", networkFault: "reset", mayHaveTakenEffect: true, transient: true }, true, false],
        ["a bad certificate", { kind: "network", networkFault: "tls" }, false, false],
        ["a malformed answer", { kind: "malformedAnswer", status: 200, mayHaveTakenEffect: true }, false, false],
    ] as const) {
        it(`after ${what}: ${idempotent ? "again" : "not again"}, as a POST ${once ? "again" : "not again"}`, () => {
            assert.equal(delay(fields) !== undefined, idempotent);
            assert.equal(delay(fields, { idempotent: false }) !== undefined, once);
        });
    }

    it("reads Retry-After in seconds and as a date", () => {
        const now = Date.parse("2026-03-01T12:00:00Z");
        assert.equal(parseRetryAfter("120", now), 120_000);
        assert.equal(parseRetryAfter(" 0 ", now), 0);
        assert.equal(parseRetryAfter("Sun, 01 Mar 2026 12:00:30 GMT", now), 30_000);
        assert.equal(parseRetryAfter("Sun, 01 Mar 2026 11:00:00 GMT", now), 0);
        for (const useless of [undefined, "", "soon"]) {
            assert.equal(parseRetryAfter(useless, now), undefined);
        }
    });
});
