/** Waiting for an object after it was created or updated, with the official plugin's limits. */

import { isList } from "../../../plugin/server/values";
import { sleep } from "../apiClient";
import { messageOf } from "../apiError";
import { annotationOf, fieldAt, gvkOf, type KubeObject, nameOf, textAt } from "../kubeObject";
import type { ObjectsApi } from "../objects";
import {
    claimReadiness,
    deploymentReadiness,
    isTokenSecret,
    jobReadiness,
    quotaReadiness,
    type Readiness,
    type Surroundings,
    tokenSecretReadiness,
    volumeReadiness,
} from "./readiness";

export const skipAwaitAnnotation = "pulumi.com/skipAwait";
const timeoutAnnotation = "pulumi.com/timeoutSeconds";

/** What an object is waited for with, by group and kind. */
interface AwaitRule {
    readonly readiness: (object: KubeObject, surroundings: Surroundings) => Readiness;
    /** Fixed by the official plugin for some kinds, whatever `customTimeouts` says. */
    readonly limit?: number;
    readonly surroundings?: (object: KubeObject, objects: ObjectsApi, last: Surroundings) => Promise<Surroundings>;
    /** Refresh looks at it too and records what is not ready. */
    readonly onRead?: boolean;
    readonly applies?: (object: KubeObject) => boolean;
}

const minute = 60_000;
const defaultLimit = 10 * minute;
const pollInterval = 500;

const rules: Record<string, AwaitRule> = {
    "/PersistentVolume": { readiness: volumeReadiness, limit: 5 * minute },
    "/PersistentVolumeClaim": { readiness: claimReadiness, limit: 5 * minute, surroundings: claimSurroundings },
    "/ResourceQuota": { readiness: quotaReadiness, limit: minute },
    "/Secret": { readiness: tokenSecretReadiness, limit: 5_000, applies: isTokenSecret },
    "apps/Deployment": { readiness: deploymentReadiness, surroundings: deploymentSurroundings, onRead: true },
    "batch/Job": { readiness: jobReadiness, onRead: true },
};

/** The object is there, but was not ready in time or never will be. */
export class NotReadyError extends Error {
    constructor(
        message: string,
        readonly object: KubeObject,
        readonly reasons: readonly string[],
    ) {
        super(message);
        this.name = "NotReadyError";
    }
}

export interface AwaitRequest {
    readonly inputs: KubeObject;
    readonly outputs: KubeObject;
    readonly objects: ObjectsApi;
    readonly updated: boolean;
    /** `customTimeouts`, in seconds; 0 where the program sets none. */
    readonly timeout: number;
    readonly signal: AbortSignal;
    readonly progress: (message: string) => void;
}

export async function awaitReady(request: AwaitRequest): Promise<KubeObject> {
    const rule = ruleFor(request.inputs, request.outputs);
    if (rule === undefined) {
        return request.outputs;
    }
    const limit = rule.limit ?? timeoutOf(request.inputs, request.timeout) ?? defaultLimit;
    const end = Date.now() + limit;
    let object = request.outputs;
    let state: Readiness = { ready: false, reasons: [] };
    let surroundings: Surroundings = { updated: request.updated };
    for (;;) {
        try {
            object = await request.objects.get(object);
            surroundings = { ...surroundings, ...(await rule.surroundings?.(object, request.objects, surroundings)) };
            state = rule.readiness(object, surroundings);
        } catch (error) {
            throw new NotReadyError(messageOf(error), object, state.reasons);
        }
        if (state.ready) {
            return object;
        }
        if (state.failed) {
            throw new NotReadyError(`${nameOf(object)} failed`, object, state.reasons);
        }
        if (Date.now() + pollInterval > end) {
            throw new NotReadyError(`Timeout occurred polling for '${nameOf(object)}'`, object, state.reasons);
        }
        request.progress(state.reasons.join("; "));
        try {
            await sleep(pollInterval, request.signal);
        } catch (error) {
            throw new NotReadyError(messageOf(error), object, state.reasons);
        }
    }
}

/** One look, for a refresh. */
export async function checkReady(inputs: KubeObject, live: KubeObject, objects: ObjectsApi): Promise<void> {
    const rule = ruleFor(inputs, live);
    if (!rule?.onRead) {
        return;
    }
    const surroundings = (await rule.surroundings?.(live, objects, {})) ?? {};
    const state = rule.readiness(live, { ...surroundings, updated: true });
    if (!state.ready) {
        const name = nameOf(live);
        throw new NotReadyError(`Resource '${name}' was created but failed to initialize`, live, state.reasons);
    }
}

export const skipsAwait = (inputs: KubeObject): boolean => annotationOf(inputs, skipAwaitAnnotation) === "true";

/** In milliseconds, from the resource's options or the annotation. */
export function timeoutOf(inputs: KubeObject, customTimeout: number): number | undefined {
    const seconds = customTimeout || Number.parseInt(annotationOf(inputs, timeoutAnnotation), 10);
    return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
}

function ruleFor(inputs: KubeObject, object: KubeObject): AwaitRule | undefined {
    const { group, kind } = gvkOf(object);
    const rule = skipsAwait(inputs) ? undefined : rules[`${group}/${kind}`];
    return rule?.applies?.(object) === false ? undefined : rule;
}

async function claimSurroundings(claim: KubeObject, objects: ObjectsApi, last: Surroundings): Promise<Surroundings> {
    const name = textAt(claim, "spec", "storageClassName");
    if (name === "" || last.volumeBindingMode !== undefined) {
        return {};
    }
    try {
        const type = { apiVersion: "storage.k8s.io/v1", kind: "StorageClass" };
        const storageClass = await objects.get({ ...type, metadata: { name } });
        return { volumeBindingMode: textAt(storageClass, "volumeBindingMode") };
    } catch {
        // Who may make claims may not be allowed to read classes: then only a bound claim counts.
        return {};
    }
}

async function deploymentSurroundings(deployment: KubeObject, objects: ObjectsApi): Promise<Surroundings> {
    const namespace = textAt(deployment, "metadata", "namespace");
    const all = await objects.list({ apiVersion: "apps/v1", kind: "ReplicaSet", metadata: { namespace } });
    const uid = textAt(deployment, "metadata", "uid");
    const owned = (one: KubeObject): boolean => {
        const owners = fieldAt(one, "metadata", "ownerReferences");
        return isList(owners) && owners.some((owner) => textAt(owner, "uid") === uid);
    };
    return { replicaSets: all.filter(owned) };
}
