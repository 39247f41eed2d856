/** Actions, which launch a pipeline by themselves: https://docs.seqera.io/platform-api (tag `actions`). */

import type { PlatformClient } from "./platformClient";
import type { ActionDto, ActionEntry, UpdateActionRequest } from "./launchTypes";
import type { CallLimits } from "./settings";
import { list, object, segment, shaped } from "./shapes";

const PATH = "/actions";

/** All actions of the workspace; the API does not page this list. */
export async function listActions(client: PlatformClient, limits: CallLimits = {}): Promise<ActionEntry[]> {
    return client.get(PATH, {
        ...limits,
        read: (body) => list<ActionEntry>(body, "actions", { id: "string", name: "string" }),
    });
}

/** One action, with what it launches. */
export async function describeAction(client: PlatformClient, id: string, limits: CallLimits = {}): Promise<ActionDto> {
    return client.get(`${PATH}/${segment(id)}`, {
        ...limits,
        read: (body) => {
            const found = shaped<ActionDto>(object(body).action, { id: "string", name: "string" }, "the action");
            shaped(found.launch, { id: "string" }, "the action's launch");
            return found;
        },
    });
}

/** Changes an action. The launch must have the id that it has. */
export async function updateAction(
    client: PlatformClient,
    id: string,
    changes: UpdateActionRequest,
    limits: CallLimits = {},
): Promise<void> {
    await client.put(`${PATH}/${segment(id)}`, changes, limits);
}
