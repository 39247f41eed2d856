/** Create: one POST, and the wait until the object is ready. A preview is the same POST as a dry run. */

import { isAlreadyExists, isDryRunRefused, isForbidden, isNamespaceMissing, isNotFound, messageOf } from "../apiError";
import { sleep } from "../apiClient";
import { NotReadyError } from "../await/awaiter";
import { objectOf, writeCheckpoint } from "../checkpoint";
import { NoSuchKindError } from "../discovery";
import { annotationOf, gvkOf, idOf, isCustomResourceDefinition, type KubeObject, textAt, without } from "../kubeObject";
import { asksForForce, createManager } from "../managedFields";
import { fieldManagerName } from "../naming";
import { type Fields, hasUnknown } from "../../../plugin/server/values";
import { type Context, PartialError } from "./context";
import type { ResourceName } from "../../../plugin/server/structs";
import { whenReady } from "./ready";

export interface CreateRequest extends ResourceName {
    readonly inputs: Fields;
    readonly timeout: number;
    readonly preview: boolean;
}

export interface CreateResult {
    readonly id: string;
    readonly state: Fields;
}

/** A namespace or a CustomResourceDefinition may be on its way in another resource: seconds until the next try. */
const retryPauses = [1, 2, 4, 8, 16, 32];

export async function create(request: CreateRequest, context: Context): Promise<CreateResult> {
    const { cluster } = context;
    const inputs = objectOf(request.inputs);
    if (request.preview && (hasUnknown(request.inputs) || !(await cluster.knows(gvkOf(inputs))))) {
        return { id: "", state: request.inputs };
    }
    await cluster.mustBeReachable();
    const fieldManager = annotationOf(inputs, "pulumi.com/patchFieldManager") || fieldManagerName();
    let created: KubeObject;
    try {
        created = await createWithRetries(inputs, fieldManager, request, context);
    } catch (error) {
        const swallowed = [isForbidden, isNamespaceMissing, isAlreadyExists, isDryRunRefused];
        if (request.preview && swallowed.some((matches) => matches(error))) {
            return { id: "", state: request.inputs };
        }
        throw refused(error, request.urn);
    }
    const checkpoint = (live: KubeObject): Fields =>
        writeCheckpoint(
            { inputs, live, initialApiVersion: textAt(inputs, "apiVersion"), fieldManager },
            request.inputs,
        );
    if (request.preview) {
        // A status that the dry run makes up would be read by the program as if it were one.
        return { id: "", state: checkpoint(without(created, "status")) };
    }
    if (isCustomResourceDefinition(inputs)) {
        cluster.objects.discovery.forget();
    }
    try {
        const { urn, timeout } = request;
        const live = await whenReady({ urn, inputs, outputs: created, updated: false, timeout }, context);
        return { id: idOf(live), state: checkpoint(live) };
    } catch (error) {
        throw error instanceof NotReadyError ? notReady(error, request.urn, checkpoint) : error;
    }
}

async function createWithRetries(
    inputs: KubeObject,
    fieldManager: string,
    request: CreateRequest,
    { cluster, log, signal }: Context,
): Promise<KubeObject> {
    const { objects, options } = cluster;
    for (let attempt = 0; ; attempt++) {
        try {
            if (options.upsert) {
                const force = request.preview || options.patchForce || asksForForce(inputs);
                return await objects.apply(inputs, { fieldManager, dryRun: request.preview, force });
            }
            return await objects.create(inputs, { fieldManager: createManager, dryRun: request.preview });
        } catch (error) {
            if (request.preview && isNamespaceMissing(error)) {
                throw error;
            }
            log.status(`Retry #${attempt}; creation failed: ${messageOf(error)}`, request.urn);
            const pause = retryPauses[attempt];
            const mayCome = isNotFound(error) || error instanceof NoSuchKindError;
            if (request.preview || !mayCome || pause === undefined) {
                throw error;
            }
            await sleep(pause * 1000, signal);
            objects.discovery.forget();
        }
    }
}

function notReady(error: NotReadyError, urn: string, checkpoint: (live: KubeObject) => Fields): PartialError {
    const message =
        `resource "${urn}" was successfully created, but the Kubernetes API server ` +
        `reported that it failed to fully initialize or become live: ${error.message}`;
    return new PartialError(message, idOf(error.object), checkpoint(error.object), [message, ...error.reasons]);
}

function refused(error: unknown, urn: string): Error {
    const advice = isAlreadyExists(error)
        ? "\n\nAn object of this name is in the cluster already. Import it (`pulumi import`, or the `import` option), give " +
          "the new one another name, or let creates take over what exists (`upsertExistingObjects` on the provider)."
        : error instanceof NoSuchKindError
          ? "\n\nIs the CustomResourceDefinition for it installed?"
          : "";
    return new Error(
        `resource "${urn}" was not successfully created by the Kubernetes API server: ${messageOf(error)}${advice}`,
    );
}
