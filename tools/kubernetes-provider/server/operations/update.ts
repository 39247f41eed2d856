/** Update: read, hand the fields to our own manager, apply. A preview is the apply as a dry run. */

import { isConflict, isForbidden, messageOf } from "../apiError";
import { NotReadyError } from "../await/awaiter";
import { objectOf, readCheckpoint, writeCheckpoint } from "../checkpoint";
import {
    annotationOf,
    gvkOf,
    idOf,
    isCustomResourceDefinition,
    type KubeObject,
    nameOf,
    textAt,
    withMetadata,
} from "../kubeObject";
import { asksForForce, keepIgnored, migration, mustForce } from "../managedFields";
import { fieldManagerName } from "../naming";
import { normalize } from "../normalize";
import { parsePath } from "../paths";
import { type Fields, hasUnknown } from "../../../plugin/server/values";
import { type Context, PartialError } from "./context";
import type { ResourceName } from "../../../plugin/server/structs";
import { whenReady } from "./ready";

export interface UpdateRequest extends ResourceName {
    readonly olds: Fields;
    readonly news: Fields;
    readonly ignoreChanges: readonly string[];
    readonly timeout: number;
    readonly preview: boolean;
}

const managerAnnotation = "pulumi.com/patchFieldManager";
const conflictGuide =
    "https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/";

export async function update(request: UpdateRequest, context: Context): Promise<Fields> {
    const { cluster } = context;
    const inputs = normalize(objectOf(request.news));
    if (request.preview && (hasUnknown(inputs) || !(await cluster.knows(gvkOf(inputs))))) {
        return request.news;
    }
    await cluster.mustBeReachable();
    const old = readCheckpoint(request.olds);
    const fieldManager = annotationOf(inputs, managerAnnotation) || old.fieldManager || fieldManagerName();
    const checkpoint = (live: KubeObject): Fields =>
        writeCheckpoint(
            {
                inputs,
                live,
                initialApiVersion: old.initialApiVersion || textAt(old.inputs, "apiVersion"),
                fieldManager,
            },
            request.news,
        );
    try {
        return checkpoint(await change(inputs, old.live, fieldManager, request, context));
    } catch (error) {
        if (request.preview && isForbidden(error)) {
            return request.news;
        }
        throw await withState(explained(error, fieldManager), old.live, request, context, checkpoint);
    }
}

async function change(
    inputs: KubeObject,
    oldLive: KubeObject,
    fieldManager: string,
    request: UpdateRequest,
    context: Context,
): Promise<KubeObject> {
    const { objects, options } = context.cluster;
    const dryRun = request.preview;
    // Under the old name: the inputs' own may be what a generated name became.
    const found = await objects.get(withMetadata(inputs, { name: nameOf(oldLive) }));
    let changed: KubeObject;
    if (isCustomResourceDefinition(inputs)) {
        const resourceVersion = textAt(found, "metadata", "resourceVersion");
        changed = await objects.replace(withMetadata(inputs, { resourceVersion }), { fieldManager, dryRun });
        objects.discovery.forget();
    } else {
        const patch = request.preview ? undefined : migration(found, fieldManager);
        const live = patch === undefined ? found : await objects.jsonPatch(found, patch);
        const wanted = keepIgnored(inputs, live, fieldManager, request.ignoreChanges.map(parsePath));
        const asked = options.patchForce || asksForForce(inputs);
        changed = await objects.apply(wanted, { fieldManager, dryRun, force: asked || mustForce(live, dryRun) });
    }
    if (request.preview) {
        return changed;
    }
    const { urn, timeout } = request;
    return await whenReady({ urn, inputs, outputs: changed, updated: true, timeout }, context);
}

/** What failed, with the object as it is now: the engine must record what the update may have left behind. */
async function withState(
    error: Error,
    oldLive: KubeObject,
    request: UpdateRequest,
    { cluster }: Context,
    checkpoint: (live: KubeObject) => Fields,
): Promise<Error> {
    let live: KubeObject;
    try {
        live = await cluster.objects.get(oldLive);
    } catch (unread) {
        return new Error(
            `update of resource "${request.urn}" failed: ${error.message}\nunable to get cluster state: ${messageOf(unread)}`,
        );
    }
    const id = idOf(live);
    const message = `the Kubernetes API server reported that "${id}" failed to fully initialize or become live: ${error.message}`;
    const reasons = error instanceof NotReadyError ? error.reasons : [];
    return new PartialError(message, id, checkpoint(live), [message, ...reasons]);
}

function explained(error: unknown, fieldManager: string): Error {
    if (!isConflict(error)) {
        return error instanceof Error ? error : new Error(messageOf(error));
    }
    return new Error(
        `server-side apply field conflict detected: field manager "${fieldManager}" and another one both want to set a ` +
            `field (see ${conflictGuide}, or set the annotation pulumi.com/patchForce: "true"): ${messageOf(error)}`,
    );
}
