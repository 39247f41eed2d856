import { parse } from "yaml";
import type { ComputeConfig, ConfigEnvVariable, Nullable } from "../platform/types";
import { canonicalJson } from "./names";
import type { EnvironmentSpec } from "./environment";
import { toMebibytes } from "./quantities";

/** The keys that are compiled from an environment's arguments. */
export const COMPILED_KEYS = [
    "server",
    "clusterName",
    "region",
    "namespace",
    "headServiceAccount",
    "computeServiceAccount",
    "storageClaimName",
    "storageMountPath",
    "workDir",
    "podCleanup",
    "headJobCpus",
    "headJobMemoryMb",
    "headPodSpec",
    "servicePodSpec",
    "preRunScript",
    "postRunScript",
    "nextflowConfig",
    "environment",
    "waveEnabled",
    "fusion2Enabled",
] as const satisfies (keyof ComputeConfig)[];

/** The compiled part of a configuration. */
export type CompiledConfig = Pick<ComputeConfig, (typeof COMPILED_KEYS)[number]>;

/** The environment's arguments in the shape the Platform's API takes, certificate authority apart. */
export function computeConfig(spec: EnvironmentSpec): CompiledConfig {
    return {
        server: spec.cluster.server,
        clusterName: spec.cluster.name,
        region: spec.cluster.region,
        namespace: spec.namespace,
        headServiceAccount: spec.headServiceAccount,
        computeServiceAccount: spec.computeServiceAccount,
        storageClaimName: spec.claimName,
        storageMountPath: spec.mountPath,
        workDir: spec.workDirectory,
        podCleanup: spec.podCleanup,
        headJobCpus: spec.headJob?.cpus,
        headJobMemoryMb: spec.headJob?.memory === undefined ? undefined : toMebibytes(spec.headJob.memory),
        headPodSpec: spec.headPodSpec,
        servicePodSpec: spec.servicePodSpec,
        preRunScript: spec.preRunScript,
        postRunScript: spec.postRunScript,
        nextflowConfig: spec.nextflowConfig,
        environment: environmentEntries(spec.environmentVariables ?? []),
        waveEnabled: spec.waveEnabled,
        fusion2Enabled: spec.fusionEnabled,
    };
}

/** Sorted by name, so that the order in which variables were written changes nothing. */
function environmentEntries(
    variables: NonNullable<EnvironmentSpec["environmentVariables"]>,
): ConfigEnvVariable[] | undefined {
    return variables.length === 0
        ? undefined
        : variables
              .map(({ name, value, head, compute }) => ({ name, value, head: head ?? true, compute: compute ?? true }))
              .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

type ConfigKey = keyof ComputeConfig;

const POD_SPECS: readonly ConfigKey[] = ["headPodSpec", "servicePodSpec"];

/** What a configuration value means, so that two spellings of the same thing compare equal. */
function meaning(key: ConfigKey, value: unknown): string {
    if (
        value === null ||
        value === undefined ||
        value === "" ||
        value === false ||
        (Array.isArray(value) && value.length === 0)
    ) {
        return "";
    }
    if (key === "environment") {
        const entries = (value as ConfigEnvVariable[]).map((entry) => ({
            ...entry,
            head: entry.head ?? false,
            compute: entry.compute ?? false,
        }));
        return canonicalJson(entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)));
    }
    if (typeof value !== "string") {
        return canonicalJson(value);
    }
    const text = value.replace(/\r\n/g, "\n").trimEnd();
    if (POD_SPECS.includes(key)) {
        try {
            return canonicalJson(parse(text));
        } catch {
            return text; // Somebody else's broken YAML: compare it as the text it is.
        }
    }
    return text;
}

/** True when both values mean the same: unset is null is empty, line ends and YAML spelling do not count. */
export function sameConfigValue(key: ConfigKey, a: unknown, b: unknown): boolean {
    return meaning(key, a) === meaning(key, b);
}

/** The keys in which two configurations differ in meaning, sorted. */
export function changedConfigKeys(a: Nullable<ComputeConfig>, b: Nullable<ComputeConfig>): ConfigKey[] {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<ConfigKey>;
    return [...keys].filter((key) => !sameConfigValue(key, a[key], b[key])).sort();
}
