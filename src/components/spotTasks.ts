import * as pulumi from "@pulumi/pulumi";
import { ErrorStrategy } from "../args/enums";
import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import type { PlatformPodOptionsArgs, PodOptionsArgs, RetriesArgs } from "../args/tasks";
import type { Known } from "../compile/known";
import { givenArguments, outputsIn } from "./validate";
import { headPlacement, type Placement, servicePlacement } from "../compile/pods/placement";

/** How the nodes of a cloud are told apart. */
export interface SpotNodes {
    /** What puts task pods on spot nodes. */
    spot: PodOptionsArgs;
    /** Labels of the nodes that head and service pods stay on. */
    lasting: Record<string, string>;
}

type Tasks = Known<PodOptionsArgs> | undefined;
type Pods = Known<PlatformPodOptionsArgs> | undefined;

/**
 * Task pods on spot nodes, and again up to three times where a node is taken away. Head and service pods go where they would without
 * spot nodes, and to lasting nodes only.
 */
export function spotTasks(
    { spot, lasting }: SpotNodes,
    all: KubernetesComputeEnvironmentArgs,
): KubernetesComputeEnvironmentArgs {
    const args = givenArguments(all);
    const { podOptions, headPodOptions, servicePodOptions, retries } = args;
    const stay = (own: Pods, { nodeSelector, tolerations = [] }: Placement) =>
        isArguments(own) ? { ...own, nodeSelector: { ...lasting, ...nodeSelector }, tolerations } : own;
    return {
        ...args,
        podOptions: whenKnown([podOptions], (tasks: Tasks) => (isArguments(tasks) ? merged(spot, tasks ?? {}) : tasks)),
        headPodOptions: whenKnown([podOptions, headPodOptions], (tasks: Tasks, head: Pods) =>
            stay(head, headPlacement(tasks, head)),
        ),
        servicePodOptions: whenKnown(
            [podOptions, headPodOptions, servicePodOptions],
            (tasks: Tasks, head: Pods, service: Pods) => stay(service, servicePlacement(tasks, head, service)),
        ),
        retries: whenKnown([retries], (given: Known<RetriesArgs> | undefined) =>
            isArguments(given) && (given?.strategy ?? ErrorStrategy.Retry) === ErrorStrategy.Retry
                ? { strategy: ErrorStrategy.Retry, maxRetries: 3, ...given }
                : given,
        ),
    } as KubernetesComputeEnvironmentArgs;
}

/** What is given over a preset: maps key by key; lists one after the other, each item once. */
function merged(preset: object, given: object): object {
    const members = Object.entries(preset).map(([key, value]: [string, unknown]): [string, unknown] => {
        const own = (given as Record<string, unknown>)[key];
        if (Array.isArray(value) && Array.isArray(own)) {
            const [others, items]: unknown[][] = [value, own];
            const isNew = (each: unknown) => !items.some((one) => JSON.stringify(one) === JSON.stringify(each));
            return [key, [...others.filter(isNew), ...items]];
        }
        return [key, own === undefined ? value : isArguments(own) ? { ...(value as object), ...(own as object) } : own];
    });
    return { ...given, ...Object.fromEntries<unknown>(members) };
}

/** Anything else, such as a resource, which is endless to look into, is left to the rules, which refuse it. */
function isArguments(given: unknown): boolean {
    const isObject = typeof given === "object" && given !== null && !Array.isArray(given);
    return given === undefined || (isObject && !pulumi.Resource.isInstance(given));
}

/** What is made of arguments: at once, so that a preview shows it, unless something in them is an output. */
function whenKnown<T extends unknown[]>(inputs: unknown[], make: (...known: T) => unknown): unknown {
    return outputsIn(inputs).length > 0
        ? pulumi.output(inputs).apply((known) => make(...(known as unknown[] as T)))
        : make(...(inputs as T));
}
