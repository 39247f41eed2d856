/**
 * Text that users' states or the Platform keep, and with which later versions of the package compare: never change one.
 */

import { generatedName } from "../../compile/rules/names";
import type { NameInputs } from "./knownObjects";

/** Stands before the name that is an object's id in state while nobody knows the id. */
export const LOST_PREFIX = "lost:";

/**
 * The doubt that a lost answer leaves: the old keys may hold or the new ones. It goes with the next write, and until then
 * there is no time to compare with.
 */
export const ANSWER_LOST = "the answer to an update was lost";

/**
 * What the description of an environment says until it is made and its id on the way into state: whose it is. By this alone
 * what a killed create has left can be told from what is finished, which may have left state on purpose and is never touched,
 * and from what is another resource's or somebody else's, whatever the program says by now.
 */
export function unfinishedMark({ nameSeed, resourceUrn }: NameInputs): string | undefined {
    if (nameSeed === undefined || resourceUrn === undefined) {
        return undefined;
    }
    const resource = generatedName(resourceUrn.split("::").at(-1)!, resourceUrn);
    return `Being made by Pulumi, stack ${nameSeed}, resource ${resource}. If this stays, the run was interrupted: run \`pulumi up\` again.`;
}

const UNFINISHED = /^Being made by Pulumi, stack .*\. If this stays, the run was interrupted: /;

/** Whether a description is that of an environment that a create has not finished, whose ever it is. */
export function isUnfinished(description: string | null | undefined): boolean {
    return UNFINISHED.test(description ?? "");
}
