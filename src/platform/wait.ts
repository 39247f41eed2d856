/**
 * Waiting for something to become so. It asks early and often at first, since most things are quick, and seldom later;
 * a passing failure does not end it; and whatever ends it, the last state that was seen is kept.
 */

import { isPlatformError, type PlatformError } from "./errors";
import type { CallLimits } from "./settings";
import { systemTiming, type Timing, withJitter } from "./timing";

/**
 * Pauses between the first polls in milliseconds; the last one repeats. Each is spread by up to a fifth. Most environments are
 * ready within half a minute, so that until then nobody waits longer than two seconds too long.
 */
export const DEFAULT_INTERVALS_MS: readonly number[] = [
    ...[250, 500, 1_000, 1_000, 1_500],
    ...Array<number>(13).fill(2_000),
    ...[3_000, 4_000, 5_000, 6_000, 8_000, 10_000],
];

/** What a poll that is begun when the time is up may still take, in milliseconds. */
const LAST_POLL_GRACE_MS = 5_000;

export interface WaitSettings {
    /** Default `DEFAULT_INTERVALS_MS`. */
    intervalsMs?: readonly number[];
    /** The longest that is waited, in milliseconds. */
    timeoutMs: number;
    /** Told after every poll; what it throws is not our concern and ends nothing. */
    onProgress?: (progress: WaitProgress<unknown>) => void;
    /** Ends the waiting early. */
    signal?: AbortSignal;
    timing?: Timing;
}

export interface WaitProgress<S> {
    /** The last state that was seen. */
    last: S | undefined;
    /** Why the latest poll saw nothing, if it failed for a passing reason. */
    lastError?: PlatformError;
    polls: number;
    elapsedMs: number;
    /** When it asks again, in milliseconds; left out when this was the end. */
    nextPollMs?: number;
}

export interface Wait<S, D> extends Omit<WaitSettings, "onProgress"> {
    poll: (limits: CallLimits) => Promise<S>;
    /** The answer that ends the waiting, or undefined to go on. */
    done: (state: S) => D | undefined;
    onProgress?: (progress: WaitProgress<S>) => void;
}

interface WaitEnd<S> {
    /** The last state that was seen; undefined if none ever was. */
    last: S | undefined;
    polls: number;
    elapsedMs: number;
}

export type Waited<S, D> = WaitEnd<S> &
    (
        | { outcome: "done"; result: D }
        /** `lastError` is set when the last poll failed, so that the state is not known any more. */
        | { outcome: "timeout"; lastError?: PlatformError }
        /** A failure that will not pass by itself, such as a lost permission. */
        | { outcome: "failed"; error: PlatformError }
        | { outcome: "aborted" }
    );

export async function waitFor<S, D>(wait: Wait<S, D>): Promise<Waited<S, D>> {
    const timing = wait.timing ?? systemTiming;
    const intervals = wait.intervalsMs ?? DEFAULT_INTERVALS_MS;
    const start = timing.now();
    const end = start + wait.timeoutMs;
    let last: S | undefined;
    for (let polls = 1; ; polls++) {
        let lastError: PlatformError | undefined;
        let result: D | undefined;
        try {
            last = await wait.poll({
                signal: wait.signal,
                deadline: Math.max(end, timing.now() + LAST_POLL_GRACE_MS),
            });
            result = wait.done(last);
        } catch (error) {
            if (!isPlatformError(error)) {
                throw error;
            }
            lastError = error;
        }
        const elapsedMs = timing.now() - start;
        const soFar = { last, polls, elapsedMs };
        const pause = Math.min(
            withJitter(intervals[Math.min(polls, intervals.length) - 1] ?? 0, timing),
            end - timing.now(),
        );
        const ended = conclude<S, D>({
            result,
            lastError,
            aborted: wait.signal?.aborted === true,
            expired: pause <= 0,
        });
        report(wait.onProgress, { ...soFar, lastError, nextPollMs: ended === undefined ? pause : undefined });
        if (ended !== undefined) {
            return { ...soFar, ...ended };
        }
        await timing.sleep(pause, wait.signal);
        if (wait.signal?.aborted) {
            return { ...soFar, elapsedMs: timing.now() - start, outcome: "aborted" };
        }
    }
}

type Conclusion<S, D> = Waited<S, D> extends infer W ? (W extends unknown ? Omit<W, keyof WaitEnd<S>> : never) : never;

function conclude<S, D>(seen: {
    result: D | undefined;
    lastError: PlatformError | undefined;
    aborted: boolean;
    expired: boolean;
}): Conclusion<S, D> | undefined {
    if (seen.result !== undefined) {
        return { outcome: "done", result: seen.result };
    }
    if (seen.aborted) {
        return { outcome: "aborted" };
    }
    if (seen.lastError !== undefined && !seen.lastError.transient) {
        return { outcome: "failed", error: seen.lastError };
    }
    return seen.expired ? { outcome: "timeout", lastError: seen.lastError } : undefined;
}

/** A display that fails must not lose the id of something that was just made. */
function report<S>(onProgress: Wait<S, unknown>["onProgress"], progress: WaitProgress<S>): void {
    try {
        onProgress?.(progress);
    } catch {
        // See above.
    }
}
