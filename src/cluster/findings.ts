import { parseQuantity } from "../compile/rules/quantities";
import type { Problem } from "../platform/problem";

/** Which arguments a pod of one kind is made of. */
export interface PodArguments {
    serviceAccount: string;
    resources: string;
    options: string;
    /** The argument that the priority class comes from: that of tasks where head pods have taken it over. */
    priority: string;
}

export const HEAD_ARGUMENTS: PodArguments = {
    serviceAccount: "serviceAccounts.head",
    resources: "headJob",
    options: "headPodOptions",
    priority: "headPodOptions.priorityClassName",
};

export const TASK_ARGUMENTS: PodArguments = {
    serviceAccount: "serviceAccounts.compute",
    resources: "computeResources",
    options: "podOptions",
    priority: "podOptions.priorityClassName",
};

/** Where a pod was tried, and which guard rails the program gives that namespace. */
export interface PodPlace {
    namespace: string;
    guards: { resourceQuota?: object; limitRange?: object };
}

type Explain = (match: RegExpExecArray, about: PodArguments, place: PodPlace) => Problem;

const EXCEEDED = /exceeded quota: ([^,]+), requested: (.+), used: (.+), limited: (.+)$/;

/**
 * What the API server says when it refuses a pod, by what it is about. The words are those of Kubernetes' own admission, which
 * have been the same for years; what is not recognised is passed on as it is.
 */
const REFUSALS: [RegExp, Explain][] = [
    [
        /error looking up service account \S+: serviceaccount "([^"]+)" not found/,
        ([, name], { serviceAccount }) => ({
            property: `${serviceAccount}.name`,
            reason: `service account "${name}" does not exist in the namespace (create it, or set ${serviceAccount}.create to true)`,
        }),
    ],
    [
        EXCEEDED,
        ([, quota, requested, used, limited], { resources }, place) => ({
            property: resources,
            reason: `exceeds quota "${quota}": requested ${requested}, used ${used}, limited to ${limited} (request less, or raise the quota${removalOfQuota(quota, place)})`,
        }),
    ],
    [
        /failed quota: ([^:]+): must specify (.+)$/,
        ([, quota, missing], { resources }, place) => ({
            property: resources,
            reason: `must set ${missing}, because quota "${quota}" requires it for every pod (set it, or give containers defaults with limitRange${removalOfQuota(quota, place)})`,
        }),
    ],
    [
        /violates PodSecurity "([^"]+)": (.+)$/,
        ([, level, what], { options }) => ({
            property: options,
            reason: `violates Pod Security level "${level}" of the namespace: ${what} (remove the setting, or lower the namespace's level)`,
        }),
    ],
    [
        /no PriorityClass with name (\S+) was found/,
        ([, name], { priority }) => ({
            property: priority,
            reason: `PriorityClass "${name}" does not exist in the cluster (create it, or remove this argument)`,
        }),
    ],
    [
        /RuntimeClass "([^"]+)" not found/,
        ([, name], { options }) => ({
            property: `${options}.runtimeClassName`,
            reason: `RuntimeClass "${name}" does not exist in the cluster (create it, or remove this argument)`,
        }),
    ],
    [
        /(?:maximum|minimum) (\S+) usage per (?:Container|Pod) is [^.]+\.?|must be less than or equal to (\S+) limit(?: of \S+)?/,
        ([what], { resources }, { namespace, guards }) => ({
            property: resources,
            reason: `conflicts with the LimitRange of the namespace: ${what.replace(/\.$/, "")} (request an amount that it allows, or change the LimitRange${guards.limitRange === undefined ? removal("limitrange", "<name>", namespace) : ""})`,
        }),
    ],
];

function removalOfQuota(quota: string, { namespace, guards }: PodPlace): string {
    return guards.resourceQuota === undefined ? removal("resourcequota", quota, namespace) : "";
}

/** Pulumi deletes last, so what the run is going to delete still rejects the pods that are tried. */
function removal(kind: string, name: string, namespace: string): string {
    return `; if it was removed from the program, it is only deleted at the end of a run, so delete it first: kubectl --namespace ${namespace} delete ${kind} ${name}`;
}

/** A quota that would admit the pod if less were running. What waits for room, as Jobs do, is admitted later. */
export function isUsedUp(said: string): boolean {
    const [, , requested, , limited] = EXCEEDED.exec(said) ?? [];
    const limits = amounts(limited);
    return (
        requested !== undefined &&
        [...amounts(requested)].every(([resource, amount]) => amount <= (limits.get(resource) ?? -1n))
    );
}

/** Amounts as the API server lists them: `requests.cpu=2,requests.memory=8Gi`. */
function amounts(list = ""): Map<string, bigint> {
    return new Map(
        list.split(",").map((each) => {
            const [resource, amount] = each.split("=");
            return [resource, parseQuantity(amount) ?? 0n];
        }),
    );
}

/** A policy engine judges images as well, and the one that is tried is not the one that will run. */
export function isWebhook(said: string): boolean {
    return /admission webhook "[^"]+" denied/.test(said);
}

/** Why a pod would not be let in, in the terms of the arguments that it is made of. */
export function refusedPod(kind: "head" | "task", about: PodArguments, place: PodPlace, said: string): Problem {
    for (const [pattern, explain] of REFUSALS) {
        const match = pattern.exec(said);
        if (match !== null) {
            return explain(match, about, place);
        }
    }
    return { property: about.options, reason: `the API server rejects ${kind} pods: ${said}` };
}
