/** Read: what the cluster has now, for a refresh (only what the inputs speak of), an import or a `get` (all of it). */

import { isNotFound, messageOf } from "../apiError";
import { checkReady, NotReadyError } from "../await/awaiter";
import { fieldsOf, markSecrets, objectOf, readCheckpoint, writeCheckpoint } from "../checkpoint";
import { NoSuchKindError } from "../discovery";
import {
    apiVersionOf,
    gvkOfType,
    idOf,
    type KubeObject,
    kindOf,
    parseId,
    textAt,
    withMetadata,
    without,
} from "../kubeObject";
import { fieldManagerName } from "../naming";
import { normalize, pruneObject, serverMetadata } from "../normalize";
import type { Fields } from "../../../plugin/server/values";
import { type Context, PartialError } from "./context";
import type { ResourceName } from "../../../plugin/server/structs";

export interface ReadRequest extends ResourceName {
    readonly id: string;
    readonly state: Fields;
    readonly inputs: Fields;
}

export interface ReadResult {
    readonly id: string;
    readonly state: Fields;
    readonly inputs: Fields;
}

/** Undefined where the object is gone. */
export async function read(request: ReadRequest, context: Context): Promise<ReadResult | undefined> {
    const { cluster, log } = context;
    const unreachable = await cluster.unreachable;
    if (unreachable !== undefined) {
        log.warn(`configured Kubernetes cluster is unreachable: ${unreachable}`, request.urn);
        if (cluster.options.deleteUnreachable) {
            return undefined;
        }
        throw new Error(
            "failed to read resource state due to unreachable cluster. If the cluster was deleted, set " +
                'PULUMI_K8S_DELETE_UNREACHABLE to "true" and run the operation again to drop the resource from state',
        );
    }
    const { namespace, name } = parseId(request.id);
    if (name === "") {
        throw new Error(`"${request.id}" is not the id of an object: it should be "namespace/name" or "name"`);
    }
    const old = readCheckpoint(request.state);
    const known = normalize(objectOf(request.inputs));
    const isNew = kindOf(known) === "" && kindOf(old.live) === "";
    const oldInputs = kindOf(known) === "" ? identified(known, old.live, request.type, namespace, name) : known;
    let live: KubeObject;
    try {
        // The id, not the inputs, says where the object is: the inputs may hold no namespace.
        live = await cluster.objects.get(withMetadata(oldInputs, { name, ...(namespace && { namespace }) }));
    } catch (error) {
        if (isNotFound(error) || error instanceof NoSuchKindError) {
            return undefined;
        }
        throw error;
    }
    const liveInputs = isNew ? importedInputs(live) : pruneObject(live, oldInputs);
    const result = {
        id: request.id || idOf(live),
        inputs: markSecrets(fieldsOf(liveInputs), request.inputs),
        state: writeCheckpoint(
            {
                inputs: liveInputs,
                live,
                initialApiVersion: old.initialApiVersion || textAt(oldInputs, "apiVersion"),
                fieldManager: old.fieldManager || fieldManagerName(),
            },
            request.inputs,
        ),
    };
    if (!isNew) {
        await recordUnready(oldInputs, live, result, context);
    }
    return result;
}

async function recordUnready(
    inputs: KubeObject,
    live: KubeObject,
    result: ReadResult,
    context: Context,
): Promise<void> {
    try {
        await checkReady(inputs, live, context.cluster.objects);
    } catch (error) {
        if (!(error instanceof NotReadyError)) {
            throw error;
        }
        const reasons = [messageOf(error), ...error.reasons];
        throw new PartialError(error.message, result.id, result.state, reasons, result.inputs);
    }
}

function identified(
    inputs: KubeObject,
    oldLive: KubeObject,
    type: string,
    namespace: string,
    name: string,
): KubeObject {
    const gvk = gvkOfType(type);
    const object = {
        ...inputs,
        apiVersion: textAt(oldLive, "apiVersion") || apiVersionOf(gvk),
        kind: kindOf(oldLive) || gvk.kind,
    };
    return withMetadata(object, { name, ...(namespace && { namespace }) });
}

/** All that a program could have said: the object without what only the server writes. */
function importedInputs(live: KubeObject): KubeObject {
    const removed = [
        ["status"],
        ...serverMetadata.map((field) => ["metadata", field]),
        ["metadata", "annotations", "deployment.kubernetes.io/revision"],
        ["metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"],
    ];
    return removed.reduce((rest, path) => without(rest, ...path), live);
}
