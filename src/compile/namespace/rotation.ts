import { createHash } from "node:crypto";
import { canonicalJson } from "../rules/names";

/** When a token is to be replaced by another one. */
export interface RotationWish {
    /** Whatever it says, another one asks for another token. */
    request?: string | null;
    /** Days until the next `up` asks for another token by itself. */
    everyDays?: number | null;
}

/** Which token it is by now. */
export interface Rotation {
    /** Tells this token from all others, in a name. */
    generation: string;
    /** The day on which it was asked for, in UTC: `2026-11-26`. */
    since: string;
}

const DAY_MS = 86_400_000;

/**
 * The token that is due on a day. It is all in days and follows from what is remembered, so that a preview and the `up` behind it
 * agree.
 */
export function rotationDue(before: Partial<Rotation> & RotationWish, wish: RotationWish, now: Date): Rotation {
    const today = now.toISOString().slice(0, 10);
    const { generation, since } = before;
    const known = generation !== undefined && since !== undefined;
    if (known && (before.request ?? null) === (wish.request ?? null) && !isOver(since, wish.everyDays, today)) {
        return { generation, since };
    }
    // What was before is in it, so that going back to an earlier request is another token, too.
    const content = canonicalJson([generation ?? null, wish.request ?? null, today]);
    return { generation: createHash("sha256").update(content).digest("hex").slice(0, 7), since: today };
}

function isOver(since: string, everyDays: number | null | undefined, today: string): boolean {
    return typeof everyDays === "number" && Date.parse(today) >= Date.parse(since) + everyDays * DAY_MS;
}
