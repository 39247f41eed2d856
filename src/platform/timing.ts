/** Time as an argument, so that whatever waits can be tested without waiting. All durations are in milliseconds. */
export interface Timing {
    now(): number;
    /** Resolves after the time, or early when the signal aborts. */
    sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
    /** A number in [0, 1), for jitter. */
    random(): number;
}

export const systemTiming: Timing = {
    now: () => Date.now(),
    sleep: (milliseconds, signal) =>
        new Promise((resolve) => {
            if (signal?.aborted) {
                resolve();
                return;
            }
            const finish = (): void => {
                clearTimeout(timer);
                signal?.removeEventListener("abort", finish);
                resolve();
            };
            const timer = setTimeout(finish, milliseconds);
            signal?.addEventListener("abort", finish);
        }),
    random: () => Math.random(),
};

/** Spreads a delay by up to a fifth either way, so that many resources do not call in step. */
export function withJitter(milliseconds: number, timing: Timing): number {
    return Math.round(milliseconds * (0.8 + 0.4 * timing.random()));
}
