/**
 * What to keep in state when the answer to a change was lost for good, and nobody knows whether it took effect.
 *
 * After a create the object may be there, and nobody knows its id. Nothing in state would mean an orphan as soon as the
 * program changes or the stack is destroyed, so it is kept under its name: an `up` takes over what it finds, or makes it;
 * a deletion deletes what it finds; a refresh forgets it when there is nothing. After an update the old properties may
 * hold or the new ones, so what is kept equals neither, and the next `up` says again what it wants.
 */

import { isPlatformError } from "../../platform";
import { LOST_PREFIX } from "./keptTexts";
import { Unfinished } from "./provider";

export function isLost(id: string): boolean {
    return id.startsWith(LOST_PREFIX);
}

/** Makes an object; one that may be there although no answer said so is kept in state, with what was asked for. */
export async function keepingLost<T>(name: string, asked: () => object, make: () => Promise<T>): Promise<T> {
    try {
        return await make();
    } catch (error) {
        if (!isPlatformError(error) || !error.mayHaveTakenEffect) {
            throw error;
        }
        throw new Unfinished(
            `${LOST_PREFIX}${name}`,
            asked(),
            `${error.message} The object stays in state under its name, and the next run looks for it.`,
        );
    }
}

/** Changes an object; when it is not known whether it has changed, `unsure` is kept in state. */
export async function keepingUnsure(id: string, unsure: () => object, change: () => Promise<void>): Promise<void> {
    try {
        await change();
    } catch (error) {
        if (!isPlatformError(error) || !error.mayHaveTakenEffect) {
            throw error;
        }
        throw new Unfinished(id, unsure(), error.message);
    }
}
