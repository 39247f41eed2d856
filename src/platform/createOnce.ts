/**
 * Makes an object exactly once over a connection that can lose answers. A POST is not idempotent: sent again blindly
 * it makes a duplicate or ends in "name taken"; given up, it leaves an orphan. So after a lost answer the object is
 * looked for, taken over if this very attempt made it, and only made again when it is certainly not there.
 */

import { isPlatformError, type PlatformError } from "./errors";
import type { CallLimits } from "./settings";
import { systemTiming, type Timing, withJitter } from "./timing";

/** What a look-up saw. */
export type Sighting<Id> =
    /** The object that this attempt made. */
    | { seen: "ours"; id: Id }
    | { seen: "nothing" }
    /** Something else has the name: making it again cannot succeed. */
    | { seen: "foreign"; error: Error };

/** The limits are the look-up's own: it must still be possible when the POST used up the operation's time. */
export type LookUp<Id> = (limits: CallLimits) => Promise<Sighting<Id>>;

export interface CreateOnceSettings {
    /** How often the POST may be sent when its answer is lost. Default 3. */
    attempts: number;
    /**
     * Pauses before the look-ups after a lost answer, in milliseconds. Several, since a request whose answer was lost
     * may still be at work, and a list may lag. Default 0, 1000, 3000.
     */
    lookUpDelaysMs: readonly number[];
    /** How long a look-up that fails for a passing reason is repeated, in milliseconds. Default 60 000. */
    lookUpPatienceMs: number;
    timing: Timing;
    signal?: AbortSignal;
}

export const DEFAULT_CREATE_ONCE: Readonly<CreateOnceSettings> = {
    attempts: 3,
    lookUpDelaysMs: [0, 1_000, 3_000],
    lookUpPatienceMs: 60_000,
    timing: systemTiming,
};

export interface CreateOnce<Id> {
    /** Sends the POST and reads the new object's id. */
    post: () => Promise<Id>;
    /** Looks for the object. It was absent before the first POST: whoever calls `createOnce` has made sure of that. */
    lookUp: LookUp<Id>;
    settings?: Partial<CreateOnceSettings>;
}

export interface Created<Id> {
    id: Id;
    /** True when the answer was lost and the object was found again. */
    adopted: boolean;
    /** How often the POST was sent. */
    posts: number;
}

export async function createOnce<Id>({ post, lookUp, settings }: CreateOnce<Id>): Promise<Created<Id>> {
    const rules = { ...DEFAULT_CREATE_ONCE, ...settings };
    let lost: PlatformError | undefined;
    for (let posts = 1; ; posts++) {
        try {
            return { id: await post(), adopted: false, posts };
        } catch (error) {
            if (isPlatformError(error) && error.mayHaveTakenEffect) {
                lost = error;
            } else if (lost === undefined || !isPlatformError(error, "conflict", "badRequest")) {
                throw error;
            }
            // A refusal after a lost answer is most likely our own object in the way of its second making.
            const sighting = await look(lookUp, lost, rules);
            if (sighting.seen === "ours") {
                return { id: sighting.id, adopted: true, posts };
            }
            if (sighting.seen === "foreign") {
                throw sighting.error;
            }
            if (posts >= rules.attempts || error !== lost || isOver(error)) {
                throw error;
            }
        }
    }
}

/** Looks several times before it believes that there is nothing. */
async function look<Id>(lookUp: LookUp<Id>, lost: PlatformError, rules: CreateOnceSettings): Promise<Sighting<Id>> {
    for (const delay of rules.lookUpDelaysMs) {
        if (delay > 0) {
            await rules.timing.sleep(withJitter(delay, rules.timing), rules.signal);
        }
        const sighting = await lookPatiently(lookUp, lost, rules);
        if (sighting.seen !== "nothing") {
            return sighting;
        }
    }
    return { seen: "nothing" };
}

/** One look-up that outlasts a passing failure: what took the answer away often takes the next ones too. */
async function lookPatiently<Id>(
    lookUp: LookUp<Id>,
    lost: PlatformError,
    rules: CreateOnceSettings,
): Promise<Sighting<Id>> {
    const end = rules.timing.now() + rules.lookUpPatienceMs;
    for (let pause = 1_000; ; pause = Math.min(pause * 2, 8_000)) {
        try {
            return await lookUp({ signal: rules.signal, deadline: end });
        } catch (error) {
            if (!isPlatformError(error)) {
                throw error;
            }
            const passing = error.transient && !rules.signal?.aborted;
            if (!passing || rules.timing.now() + pause > end) {
                // Whether it exists is still open, and that is what the caller must hear.
                throw lost;
            }
            await rules.timing.sleep(withJitter(pause, rules.timing), rules.signal);
        }
    }
}

/** The operation's time is over, or its caller gone: no further POST, but the look-up above was worth it. */
function isOver(error: unknown): boolean {
    return isPlatformError(error, "deadline", "aborted");
}
