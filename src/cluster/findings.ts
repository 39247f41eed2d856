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

type Explain = (match: RegExpExecArray, about: PodArguments, said: string) => Problem;

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
        /exceeded quota: ([^,]+), requested: (.+), used: (.+), limited: (.+)$/,
        ([, quota, requested, used, limited], { resources }) => ({
            property: resources,
            reason: `exceeds quota "${quota}": requested ${requested}, used ${used}, limited to ${limited} (request less, or raise the quota)`,
        }),
    ],
    [
        /failed quota: ([^:]+): must specify (.+)$/,
        ([, quota, missing], { resources }) => ({
            property: resources,
            reason: `must set ${missing}, because quota "${quota}" requires it for every pod (set it, or give containers defaults with limitRange)`,
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
        ([what], { resources }) => ({
            property: resources,
            reason: `conflicts with the LimitRange of the namespace: ${what.replace(/\.$/, "")} (request an amount that it allows, or change the LimitRange)`,
        }),
    ],
];

/** A policy engine judges images as well, and the one that is tried is not the one that will run. */
export function isWebhook(said: string): boolean {
    return /admission webhook "[^"]+" denied/.test(said);
}

/** Why a pod would not be let in, in the terms of the arguments that it is made of. */
export function refusedPod(kind: "head" | "task", about: PodArguments, said: string): Problem {
    for (const [pattern, explain] of REFUSALS) {
        const match = pattern.exec(said);
        if (match !== null) {
            return explain(match, about, said);
        }
    }
    return { property: about.options, reason: `the API server rejects ${kind} pods: ${said}` };
}
