import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";

const LOOK_EVERY_MS = 50;

type Falsy = false | null | undefined | "" | 0;

/** Waits until something is so, and says what was waited for when it is not so in time. Gives back what it found. */
export async function until<T>(
    what: string,
    look: () => T | Promise<T>,
    withinMs = 60_000,
): Promise<Exclude<T, Falsy>> {
    const deadline = Date.now() + withinMs;
    for (;;) {
        const found = await look();
        if (found) {
            return found as Exclude<T, Falsy>;
        }
        assert.ok(Date.now() < deadline, `${what}: not within ${withinMs / 1000} s`);
        await sleep(LOOK_EVERY_MS);
    }
}
