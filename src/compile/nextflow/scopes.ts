import { groovyString, type GroovyValue } from "./groovy";
import { nextflowMemory, toMebibytes } from "../rules/quantities";
import { podEntries, type PodEntry, processPodEntries, taskSecurityContext } from "./taskPods";
import type { ComputeResourcesArgs, ProcessArgs, RetriesArgs } from "../../args/tasks";
import type { NextflowArguments } from "../environment";
import type { Known } from "../known";

/** One setting, and the argument that it comes from. */
export interface Setting {
    key: string;
    value: GroovyValue;
    origin: string;
}

/** The settings of one scope, the entries of its `pod` list, and its inner scopes. */
export interface Scope {
    header: string;
    settings: Setting[];
    pod: PodEntry[];
    scopes: Scope[];
}

export function setting(key: string, value: GroovyValue | undefined | null, origin: string): Setting[] {
    return value === undefined || value === null ? [] : [{ key, value, origin }];
}

function memory(text: string | undefined): string | undefined {
    return text === undefined || text === null ? undefined : nextflowMemory(toMebibytes(text));
}

/** GPUs are asked for by a limit, since Kubernetes refuses an extended resource that has a request alone. */
function accelerator(count: number | undefined, type: string | undefined): GroovyValue | undefined {
    return count === undefined || count === null || !type ? (count ?? undefined) : { limit: count, type };
}

function resources(asked: Known<ComputeResourcesArgs> | Known<ProcessArgs>, origin: string): Setting[] {
    return [
        ...setting("cpus", asked.cpus, `${origin}.cpus`),
        ...setting("memory", memory(asked.memory), `${origin}.memory`),
        ...setting("disk", memory(asked.disk), `${origin}.disk`),
        ...setting("time", asked.time, `${origin}.time`),
        ...setting("accelerator", accelerator(asked.accelerators, asked.acceleratorType), `${origin}.accelerators`),
    ];
}

/** The most that any task may ask for, whatever its process says. https://www.nextflow.io/docs/latest/reference/process.html#resourcelimits */
function limits({ maxCpus, maxMemory }: Known<ComputeResourcesArgs>): Setting[] {
    const most = Object.fromEntries(
        [...setting("cpus", maxCpus, ""), ...setting("memory", memory(maxMemory), "")].map(({ key, value }) => [
            key,
            value,
        ]),
    );
    const origin =
        maxCpus === undefined || maxCpus === null ? "computeResources.maxMemory" : "computeResources.maxCpus";
    return setting("resourceLimits", Object.keys(most).length === 0 ? undefined : most, origin);
}

/** Retries are asked for by their number alone: Nextflow retries nothing unless its strategy says so. */
function strategy(given: { strategy?: string; maxRetries?: number }, origin: string): Setting[] {
    const asked = given.maxRetries === undefined || given.maxRetries === null ? undefined : "retry";
    return [
        ...setting("errorStrategy", given.strategy ?? asked, `${origin}.${given.strategy ? "strategy" : "maxRetries"}`),
        ...setting("maxRetries", given.maxRetries, `${origin}.maxRetries`),
    ];
}

function retries(given: Known<RetriesArgs>): Setting[] {
    return [...strategy(given, "retries"), ...setting("maxErrors", given.maxErrors, "retries.maxErrors")];
}

function processScope(spec: NextflowArguments): Scope {
    const asked = spec.computeResources ?? {};
    return {
        header: "process",
        settings: [...resources(asked, "computeResources"), ...limits(asked), ...retries(spec.retries ?? {})],
        pod: [],
        scopes: (spec.processes ?? []).map((process, index) => selectorScope(process, index, spec)),
    };
}

function selectorScope(process: Known<ProcessArgs>, index: number, { podOptions }: NextflowArguments): Scope {
    const origin = `processes[${index}]`;
    const podOrigin = `${origin}.${process.nodeSelector ? "nodeSelector" : "tolerations"}`;
    return {
        header: process.label
            ? `withLabel: ${groovyString(process.label)}`
            : `withName: ${groovyString(process.name ?? "")}`,
        settings: [...resources(process, origin), ...strategy(process, origin)],
        pod: processPodEntries(process, podOptions).map((entry) => ({ origin: podOrigin, entry })),
        scopes: [],
    };
}

/**
 * Nothing that the Platform sets itself, which would win without a word: namespace, service account, work claim. The
 * security context and pull policy have places of their own, which a `pod` list in a pipeline's repository leaves alone.
 */
function k8sScope(spec: NextflowArguments): Scope {
    return {
        header: "k8s",
        settings: [
            ...setting("computeResourceType", spec.advanced?.computeResourceType, "advanced.computeResourceType"),
            ...setting("cpuLimits", spec.computeResources?.cpuLimits, "computeResources.cpuLimits"),
            ...setting("imagePullPolicy", spec.advanced?.imagePullPolicy, "advanced.imagePullPolicy"),
            ...setting("securityContext", taskSecurityContext(spec), "podOptions.securityContext"),
        ],
        pod: podEntries(spec),
        scopes: [],
    };
}

/** The generated configuration, scope by scope. */
export function nextflowScopes(spec: NextflowArguments): Scope[] {
    return [processScope(spec), k8sScope(spec)];
}
