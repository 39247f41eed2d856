/** Delete: with its dependents first, and waited for until the object is gone. */

import { isNotFound } from "../apiError";
import { sleep } from "../apiClient";
import { skipsAwait, timeoutOf } from "../await/awaiter";
import { readCheckpoint, writeCheckpoint } from "../checkpoint";
import { NoSuchKindError } from "../discovery";
import { annotationOf, fieldAt, gvkOf, idOf, type KubeObject, nameOf, parseId, withMetadata } from "../kubeObject";
import type { PropagationPolicy } from "../objects";
import type { Fields } from "../../../plugin/server/values";
import { type Context, PartialError } from "./context";
import type { ResourceName } from "../../../plugin/server/structs";

export interface RemoveRequest extends ResourceName {
    readonly id: string;
    readonly state: Fields;
    readonly timeout: number;
}

const defaultLimit = 600_000;
const firstPause = 50;
const longestPause = 1_000;

/** For these the official plugin leaves out the wait; for all others `skipAwait` counts for creation only. */
const skippable = new Set([
    "/Namespace",
    "/Pod",
    "/ReplicationController",
    "apps/DaemonSet",
    "apps/Deployment",
    "apps/StatefulSet",
    "batch/Job",
]);

export async function remove(request: RemoveRequest, context: Context): Promise<void> {
    const { cluster, log } = context;
    const old = readCheckpoint(request.state);
    const unreachable = await cluster.unreachable;
    if (unreachable !== undefined) {
        log.warn(`configured Kubernetes cluster is unreachable: ${unreachable}`, request.urn);
        if (cluster.options.deleteUnreachable) {
            return;
        }
        throw new Error(
            "configured Kubernetes cluster is unreachable. If the cluster was deleted, set PULUMI_K8S_DELETE_UNREACHABLE " +
                'to "true" and run the operation again to drop the resource from state',
        );
    }
    const { namespace, name } = parseId(request.id);
    const object = withMetadata(old.live, { name, ...(namespace && { namespace }) });
    try {
        await cluster.objects.delete(object, propagationPolicy(old.inputs));
        const { group, kind } = gvkOf(object);
        if (!(skipsAwait(old.inputs) && skippable.has(`${group}/${kind}`))) {
            log.status("waiting until it is gone", request.urn);
            await untilGone(object, request, context);
        }
    } catch (error) {
        if (!isNotFound(error) && !(error instanceof NoSuchKindError)) {
            throw error;
        }
    } finally {
        log.status("", request.urn);
    }
}

async function untilGone(object: KubeObject, request: RemoveRequest, { cluster, signal }: Context): Promise<void> {
    const old = readCheckpoint(request.state);
    const end = Date.now() + (timeoutOf(old.inputs, request.timeout) ?? defaultLimit);
    for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
        const live = await cluster.objects.get(object);
        if (fieldAt(live, "metadata", "uid") !== fieldAt(old.live, "metadata", "uid") && isKnown(old.live)) {
            // Another object has taken the name, so ours is gone.
            return;
        }
        if (Date.now() + pause > end) {
            const finalizers = fieldAt(live, "metadata", "finalizers");
            const held = JSON.stringify(finalizers ?? []);
            const message = `timed out waiting until ${nameOf(object)} is deleted; finalizers might be preventing it: ${held}`;
            throw new PartialError(message, idOf(live), writeCheckpoint({ ...old, live }, request.state), [message]);
        }
        await sleep(pause, signal);
    }
}

const isKnown = (live: KubeObject): boolean => fieldAt(live, "metadata", "uid") !== undefined;

function propagationPolicy(inputs: KubeObject): PropagationPolicy {
    switch (annotationOf(inputs, "pulumi.com/deletionPropagationPolicy").toLowerCase()) {
        case "orphan":
            return "Orphan";
        case "background":
            return "Background";
        default:
            return "Foreground";
    }
}
