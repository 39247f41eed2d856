import * as pulumi from "@pulumi/pulumi";
import { ErrorStrategy } from "../args/enums";
import type { KubernetesComputeEnvironmentArgs } from "../args/environment";
import type { PlatformPodOptionsArgs, PodOptionsArgs } from "../args/tasks";

/** How the nodes of a cloud are told apart. */
export interface SpotNodes {
    /** What puts task pods on spot nodes. */
    spot: PodOptionsArgs;
    /** What keeps head and service pods on other nodes. */
    lasting: PlatformPodOptionsArgs;
}

/** Task pods on spot nodes, and again up to three times where a node is taken away; head and service pods on other nodes. */
export function spotTasks(
    { spot, lasting }: SpotNodes,
    args: KubernetesComputeEnvironmentArgs,
): KubernetesComputeEnvironmentArgs {
    return {
        ...args,
        podOptions: merged(spot, args.podOptions),
        headPodOptions: merged(lasting, args.headPodOptions),
        servicePodOptions: merged(lasting, args.servicePodOptions),
        retries: merged({ strategy: ErrorStrategy.Retry, maxRetries: 3 }, args.retries),
    };
}

/** What is given over a preset: maps key by key, lists one after the other. Only what is an output itself becomes one. */
function merged<T>(preset: T, given: pulumi.Input<T> | undefined): pulumi.Input<T> {
    if (pulumi.Output.isInstance(given) || given instanceof Promise) {
        return pulumi.output(given).apply((known) => pulumi.output(merged(preset, known as T))) as pulumi.Output<T>;
    }
    if (Array.isArray(preset) && Array.isArray(given)) {
        return [...preset, ...given] as T;
    }
    if (!isPlainObject(preset) || !isPlainObject(given)) {
        return given ?? preset;
    }
    const members = Object.entries(preset).map(([key, value]) => [key, merged(value, given[key])]);
    return { ...given, ...Object.fromEntries(members) } as T;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}
