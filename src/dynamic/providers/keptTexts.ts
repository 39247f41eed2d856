/** Text that the Platform keeps, and with which later versions of the package compare: never change one. */

import { generatedName } from "../../compile/rules/names";
import type { NameInputs } from "./knownNames";

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
