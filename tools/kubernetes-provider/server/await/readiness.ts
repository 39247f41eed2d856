/**
 * When an object is ready, kind by kind: what the official plugin (4.32.0) waits for. Pure functions of the objects, so
 * that each rule can be read and tested by itself.
 */

import { fieldAt, gvkOf, type KubeObject, textAt } from "../kubeObject";
import { equal, isFields, type Plain, isList } from "../../../plugin/server/values";

export interface Readiness {
    readonly ready: boolean;
    /** What keeps it, as the cluster says it. */
    readonly reasons: readonly string[];
    /** It will never be ready: no use to wait on. */
    readonly failed?: boolean;
}

export interface Surroundings {
    /** Of a claim's storage class. */
    readonly volumeBindingMode?: string;
    /** Those that the Deployment made. */
    readonly replicaSets?: readonly KubeObject[];
    /** The object was there before: this is an update. */
    readonly updated?: boolean;
}

const ready: Readiness = { ready: true, reasons: [] };
const waiting = (...reasons: string[]): Readiness => ({ ready: false, reasons });

export const isTokenSecret = (object: KubeObject): boolean =>
    textAt(object, "type") === "kubernetes.io/service-account-token";

/** The token controller fills `data`. */
export function tokenSecretReadiness(secret: KubeObject): Readiness {
    const data = secret["data"];
    return isFields(data) && Object.keys(data).length > 0 ? ready : waiting("the Secret has no data yet");
}

export function claimReadiness(claim: KubeObject, { volumeBindingMode, updated }: Surroundings): Readiness {
    const phase = textAt(claim, "status", "phase");
    if (updated && phase === "Bound") {
        return ready;
    }
    // Such a claim is bound when the first pod uses it, which may be long after this program.
    const wanted = volumeBindingMode === "WaitForFirstConsumer" ? "Pending" : "Bound";
    return phase === wanted ? ready : waiting(`the claim is ${phase || "new"}, not ${wanted}`);
}

export function volumeReadiness(volume: KubeObject): Readiness {
    const phase = textAt(volume, "status", "phase");
    return phase === "Available" || phase === "Bound" ? ready : waiting(`the volume is ${phase || "new"}`);
}

export function quotaReadiness(quota: KubeObject): Readiness {
    const wanted = fieldAt(quota, "spec", "hard");
    const shown = fieldAt(quota, "status", "hard");
    return isFields(wanted) && isFields(shown) && equal(wanted, shown)
        ? ready
        : waiting("the quota's status does not show its limits yet");
}

export function jobReadiness(job: KubeObject): Readiness {
    const failure = condition(job, "Failed");
    const reason = textAt(failure, "reason");
    if (isTrue(failure) && (reason === "BackoffLimitExceeded" || reason === "DeadlineExceeded")) {
        return { ready: false, failed: true, reasons: [`[${reason}] ${textAt(failure, "message")}`] };
    }
    if (textAt(job, "status", "startTime") !== "" && isTrue(condition(job, "Complete"))) {
        return ready;
    }
    const count = (name: string): number => numberAt(job, "status", name) ?? 0;
    return waiting(
        `the Job has not succeeded (Active: ${count("active")} | Succeeded: ${count("succeeded")} | Failed: ${count("failed")})`,
    );
}

const revisionAnnotation = "deployment.kubernetes.io/revision";
const revisionOf = (object: KubeObject): string => textAt(object, "metadata", "annotations", revisionAnnotation);

/** Available, and the ReplicaSet of its newest revision has all its pods ready. */
export function deploymentReadiness(deployment: KubeObject, { replicaSets = [] }: Surroundings): Readiness {
    const generation = numberAt(deployment, "metadata", "generation") ?? 0;
    if ((numberAt(deployment, "status", "observedGeneration") ?? -1) < generation) {
        return waiting("the Deployment's controller has not seen it yet");
    }
    const available = condition(deployment, "Available");
    const progressing = condition(deployment, "Progressing");
    const reasons = [available, progressing].filter((one) => one !== undefined && !isTrue(one)).map(reasonText);
    const revision = revisionOf(deployment);
    const replicaSet = replicaSets.find((one) => revision !== "" && revisionOf(one) === revision);
    const wanted = (replicaSet && numberAt(replicaSet, "spec", "replicas")) ?? 1;
    const running = (replicaSet && numberAt(replicaSet, "status", "readyReplicas")) ?? 0;
    if (replicaSet === undefined || running < wanted) {
        reasons.push(`${running} of ${wanted} pods are ready`);
    }
    // The first revision is not a roll-out: Progressing says nothing about it.
    const rolledOut =
        revision === "1" || (isTrue(progressing) && textAt(progressing, "reason") === "NewReplicaSetAvailable");
    return isTrue(available) && rolledOut && replicaSet !== undefined && running >= wanted
        ? ready
        : waiting(...reasons);
}

/** Kinds that the official plugin waits for and this one does not; the user is told so. */
const unawaited = new Set([
    "/Pod",
    "/ReplicationController",
    "/Service",
    "apps/DaemonSet",
    "apps/StatefulSet",
    "networking.k8s.io/Ingress",
]);

export function isUnawaited(object: KubeObject): boolean {
    const { group, kind } = gvkOf(object);
    return unawaited.has(`${group}/${kind}`);
}

function condition(object: KubeObject, type: string): Plain | undefined {
    const conditions = fieldAt(object, "status", "conditions");
    return isList(conditions) ? conditions.find((one) => textAt(one, "type") === type) : undefined;
}

const isTrue = (one: Plain | undefined): boolean => textAt(one, "status") === "True";
const reasonText = (one: Plain | undefined): string => `[${textAt(one, "reason")}] ${textAt(one, "message")}`;

function numberAt(object: KubeObject, ...path: string[]): number | undefined {
    const value = fieldAt(object, ...path);
    return typeof value === "number" ? value : undefined;
}
