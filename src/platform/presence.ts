/**
 * "Gone", with certainty. A deleted object is answered as 404, as 400 or 403, or as 200 with `deleted: true`, and a
 * token that lost its rights is answered as 403 too; see Seqera's Terraform provider, which has met each of them
 * (https://github.com/seqeralabs/terraform-provider-seqera). So an object counts as gone only when a list call that
 * succeeds does not know it either, and a list call that is refused is a lost permission, never a deletion.
 */

import { isPlatformError } from "./errors";

export interface Presence<T> {
    describe: () => Promise<T>;
    /** Says a described object by itself that it is deleted? */
    isDeleted: (found: T) => boolean;
    /** Does the list, read now, still have it? */
    isListed: () => Promise<boolean>;
}

/** The object, or undefined when it is gone. Throws when it cannot be told, with the error that says why. */
export async function findOrGone<T>({ describe, isDeleted, isListed }: Presence<T>): Promise<T | undefined> {
    let found: T;
    try {
        found = await describe();
    } catch (error) {
        if (!isPlatformError(error, "notFound", "forbidden", "badRequest")) {
            throw error;
        }
        if (await isListed()) {
            // It exists and may not be read: the first error is the one that tells.
            throw error;
        }
        return undefined;
    }
    return isDeleted(found) && !(await isListed()) ? undefined : found;
}

/** What became of a deletion. */
export type DeletionOutcome =
    /** Accepted now; it may take until later to be gone. */
    | "accepted"
    /** Was under way already. */
    | "underway"
    /** Was gone already. */
    | "gone";

/**
 * A deletion that is refused may be one that was asked for before: by an earlier attempt whose answer was lost, or by
 * an earlier run that was interrupted. So a refusal stands only if the object is still there and not being deleted.
 */
export async function deleteOrGone<T>(deletion: {
    remove: () => Promise<void>;
    find: () => Promise<T | undefined>;
    isUnderway: (found: T) => boolean;
}): Promise<DeletionOutcome> {
    try {
        await deletion.remove();
        return "accepted";
    } catch (error) {
        if (!isPlatformError(error, "notFound", "forbidden", "badRequest", "conflict")) {
            throw error;
        }
        const found = await deletion.find();
        if (found === undefined) {
            return "gone";
        }
        if (deletion.isUnderway(found)) {
            return "underway";
        }
        throw error;
    }
}
