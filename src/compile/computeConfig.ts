import { posix } from "node:path";
import type { ComputeConfig } from "../platform/types";
import { PodCleanup } from "../args/enums";
import { type EnvironmentParts, NEXTFLOW_ARGUMENTS } from "./environment";
import { nextflowConfig } from "./nextflow/nextflowConfig";
import { unixScript } from "./nextflow/texts";
import { claimMountPath } from "./storage/paths";
import { headPodSpec, servicePodSpec } from "./pods/platformPods";
import { toMebibytes } from "./rules/quantities";
import { plainVariables } from "./nextflow/variables";

/** One key of the configuration: what it is made of, and how. */
interface ConfigEntry<P extends keyof EnvironmentParts, T> {
    parts: readonly P[];
    compile: (given: Pick<EnvironmentParts, P>) => T;
}

function from<const P extends keyof EnvironmentParts, T>(
    parts: readonly P[],
    compile: (given: Pick<EnvironmentParts, P>) => T,
): ConfigEntry<P, T> {
    return { parts, compile };
}

function as<const P extends keyof EnvironmentParts>(part: P): ConfigEntry<P, EnvironmentParts[P]> {
    return from([part], (given) => given[part]);
}

/** The tag repeats the platform, and the certificate authority comes out of the cluster. */
type CompiledKey = Exclude<keyof ComputeConfig, "discriminator" | "sslCert">;

/**
 * The configuration key by key, so that a part that is not known yet, at preview, hides only what is made of it. An
 * entry cannot read a part that it does not name: that is a type error.
 */
export const CONFIG_ENTRIES = {
    server: as("server"),
    clusterName: as("clusterName"),
    region: as("region"),
    namespace: as("namespace"),
    headServiceAccount: as("headServiceAccount"),
    computeServiceAccount: as("computeServiceAccount"),
    storageClaimName: as("claimName"),
    storageMountPath: from(["mountPath", "claimName"], (given) =>
        given.claimName ? claimMountPath(given) : undefined,
    ),
    workDir: from(
        ["workDirectory", "mountPath"],
        (given) => given.workDirectory ?? posix.join(claimMountPath(given), "work"),
    ),
    podCleanup: from(["podCleanup"], ({ podCleanup }) => podCleanup ?? PodCleanup.OnSuccess),
    headJobCpus: as("headCpus"),
    headJobMemoryMb: from(["headMemory"], ({ headMemory }) => (headMemory ? toMebibytes(headMemory) : undefined)),
    headPodSpec: from(["podOptions", "headPodOptions", "storageClaims", "headPodSpec"], headPodSpec),
    servicePodSpec: from(
        ["podOptions", "headPodOptions", "servicePodOptions", "storageClaims", "servicePodSpec"],
        servicePodSpec,
    ),
    preRunScript: from(["stagingOptions"], ({ stagingOptions }) => unixScript(stagingOptions?.preRunScript)),
    postRunScript: from(["stagingOptions"], ({ stagingOptions }) => unixScript(stagingOptions?.postRunScript)),
    nextflowConfig: from(NEXTFLOW_ARGUMENTS, nextflowConfig),
    environment: from(["environmentVariables", "env"], ({ environmentVariables, env }) => {
        const variables = plainVariables(environmentVariables, env);
        return variables.length === 0 ? undefined : variables;
    }),
    waveEnabled: as("waveEnabled"),
    fusion2Enabled: as("fusionEnabled"),
} satisfies { [Key in CompiledKey]-?: { compile: (given: never) => ComputeConfig[Key] } };

/** An entry, whatever it is made of. */
export type AnyConfigEntry = ConfigEntry<keyof EnvironmentParts, unknown>;

type ConfigEntries = typeof CONFIG_ENTRIES;

/** The compiled part of a configuration. */
export type CompiledConfig = { [Key in keyof ConfigEntries]: ReturnType<ConfigEntries[Key]["compile"]> };
