import type { core } from "@pulumi/kubernetes/types/input";
import type { GroovyValue } from "./groovy";
import { securityContext, toleration } from "../pods/podParts";
import { ordered, picked, sorted, sortedEntries } from "../sorting";
import type { PodOptionsArgs, ProcessArgs, StorageClaimArgs, TaskEnvVarArgs } from "../../args/tasks";
import type { NextflowArguments } from "../environment";
import type { Known } from "../known";

/** One entry of `k8s.pod` and the argument that it comes from. */
export interface PodEntry {
    origin: string;
    entry: Record<string, GroovyValue>;
}

type Part = (spec: NextflowArguments) => Record<string, GroovyValue>[];

/** A part that is one option of its own, named as the argument is. */
function single(option: keyof Known<PodOptionsArgs>): Part {
    return ({ podOptions }) => {
        const given = podOptions?.[option];
        return given === undefined || given === null ? [] : [{ [option]: ordered(given) as GroovyValue }];
    };
}

/**
 * The options of task pods by the argument they come from. Nextflow reads one option of each entry and drops the rest
 * without a word, so every entry has a single one. https://www.nextflow.io/docs/latest/reference/process.html#pod
 */
const PARTS: [origin: string, part: Part][] = [
    ["podOptions.nodeSelector", ({ podOptions }) => nodeSelectorEntries(podOptions?.nodeSelector)],
    ["podOptions.tolerations", ({ podOptions }) => tolerationEntries(podOptions?.tolerations)],
    ["podOptions.affinity", single("affinity")],
    ["podOptions.labels", ({ podOptions }) => named("label", podOptions?.labels)],
    ["podOptions.annotations", ({ podOptions }) => named("annotation", podOptions?.annotations)],
    ["storageClaims", ({ storageClaims }) => (storageClaims ?? []).map(volumeClaim)],
    ["podOptions.scratchVolumes", ({ podOptions }) => (podOptions?.scratchVolumes ?? []).map(emptyDir)],
    ["env", referredVariables],
    ["podOptions.priorityClassName", single("priorityClassName")],
    ["podOptions.schedulerName", single("schedulerName")],
    ["podOptions.runtimeClassName", single("runtimeClassName")],
    ["podOptions.automountServiceAccountToken", single("automountServiceAccountToken")],
    ["podOptions.ttlSecondsAfterFinished", single("ttlSecondsAfterFinished")],
    [
        "podOptions.extra",
        ({ podOptions }) => (podOptions?.extra ?? []).map((entry) => ordered(entry) as Record<string, GroovyValue>),
    ],
];

/** Everything that the arguments say of task pods, as entries of `k8s.pod`. */
export function podEntries(spec: NextflowArguments): PodEntry[] {
    return PARTS.flatMap(([origin, part]) => part(spec).map((entry) => ({ origin, entry })));
}

/**
 * The pod options of some processes apart. Nextflow puts a process's node selector and tolerations in the place of those of
 * `k8s.pod`, so what all tasks tolerate is repeated, wherever it was written.
 */
export function processPodEntries(
    process: Known<ProcessArgs>,
    all: Known<PodOptionsArgs> | undefined,
): Record<string, GroovyValue>[] {
    return [
        ...nodeSelectorEntries(process.nodeSelector),
        ...(process.tolerations?.length
            ? [
                  ...tolerationEntries([...(all?.tolerations ?? []), ...process.tolerations]),
                  ...(all?.extra ?? [])
                      .filter((entry) => "toleration" in entry)
                      .map((entry) => ordered(entry) as Record<string, GroovyValue>),
              ]
            : []),
    ];
}

/** The security context of task pods, where one is asked for. */
export function taskSecurityContext({ podOptions }: NextflowArguments): GroovyValue | undefined {
    const context = securityContext(podOptions?.securityContext ?? {});
    return Object.keys(context).length === 0 ? undefined : context;
}

function nodeSelectorEntries(selector: Record<string, string> | undefined): Record<string, GroovyValue>[] {
    return Object.keys(selector ?? {}).length === 0 ? [] : [{ nodeSelector: sorted(selector!) }];
}

function tolerationEntries(tolerations: Known<core.v1.Toleration>[] | undefined): Record<string, GroovyValue>[] {
    return (tolerations ?? []).map((given) => ({ toleration: toleration(given) }));
}

function named(option: string, map: Record<string, string> | undefined): Record<string, GroovyValue>[] {
    return sortedEntries(map).map(([name, value]) => ({ [option]: name, value }));
}

function volumeClaim({
    claimName,
    mountPath,
    subPath,
    readOnly,
}: Known<StorageClaimArgs>): Record<string, GroovyValue> {
    return {
        volumeClaim: claimName,
        mountPath,
        ...(subPath ? { subPath } : {}),
        ...(readOnly ? { readOnly } : {}),
    };
}

function emptyDir(volume: { mountPath: string; medium?: string; sizeLimit?: string }): Record<string, GroovyValue> {
    return { emptyDir: picked(volume, ["medium", "sizeLimit"]), mountPath: volume.mountPath };
}

/** Values from Secrets and ConfigMaps; plain values go through the Platform's API. */
export function referredVariables({ env }: { env?: Known<TaskEnvVarArgs>[] }): Record<string, GroovyValue>[] {
    return [...(env ?? [])]
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap(({ name, valueFrom: { secretKeyRef, configMapKeyRef } = {} }): Record<string, GroovyValue>[] => [
            ...(secretKeyRef ? [{ env: name, secret: reference(secretKeyRef, name) }] : []),
            ...(configMapKeyRef ? [{ env: name, config: reference(configMapKeyRef, name) }] : []),
        ]);
}

function reference({ name, key }: { name: string; key?: string }, variable: string): string {
    return `${name}/${key ?? variable}`;
}
