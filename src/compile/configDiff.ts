import type { ComputeConfig, ConfigEnvVariable, Nullable } from "../platform/types";
import { PodCleanup } from "../args/enums";
import { CONFIG_ENTRIES } from "./computeConfig";
import { inSelectorOrder } from "./nextflow/selectorOrder";
import { byName } from "./nextflow/variables";
import { podSpecMeaning } from "./pods/podSpecs";
import { plainAuthority } from "./rules/certificates";
import { canonicalJson } from "./rules/names";
import { DEFAULT_MOUNT_PATH } from "./storage/paths";

type ConfigKey = keyof ComputeConfig;

/** All that a configuration has, but for the tag that repeats the platform. */
export const CONFIG_KEYS = [...Object.keys(CONFIG_ENTRIES), "sslCert"] as ConfigKey[];

const POD_SPECS: readonly ConfigKey[] = ["headPodSpec", "servicePodSpec"];

/** Where a slash at the end says nothing. */
const ADDRESSES: readonly ConfigKey[] = ["server", "workDir", "storageMountPath"];

/** What the Platform takes where nothing is given. See https://docs.seqera.io/platform-cloud/compute-envs/k8s */
export const CONFIG_DEFAULTS: Partial<Record<ConfigKey, string>> = {
    computeServiceAccount: "default",
    storageMountPath: DEFAULT_MOUNT_PATH,
    podCleanup: PodCleanup.OnSuccess,
};

/** What a configuration value means, so that two spellings of the same thing compare equal. */
function meaning(key: ConfigKey, value: unknown): string {
    const said = spelling(key, value);
    return said === CONFIG_DEFAULTS[key] ? "" : said;
}

function spelling(key: ConfigKey, value: unknown): string {
    if (value === null || value === undefined || value === false || (Array.isArray(value) && value.length === 0)) {
        return "";
    }
    // Not a list where it is not known yet, at preview: then it is compared as the text that says so.
    if (key === "environment" && Array.isArray(value)) {
        return canonicalJson((value as Nullable<ConfigEnvVariable>[]).map(wholeVariable).sort(byName));
    }
    if (typeof value !== "string") {
        return canonicalJson(value);
    }
    const text = value
        .replace(/\r\n/g, "\n")
        .replace(/^([ \t]*\n)+/, "")
        .trimEnd();
    if (text === "") {
        return "";
    }
    if (key === "sslCert") {
        return plainAuthority(text);
    }
    if (ADDRESSES.includes(key)) {
        return text.replace(/(?<=[^/:])\/+$/, "");
    }
    if (key === "nextflowConfig" && !/'''|"""/.test(text)) {
        // Behind a backslash, and within a text of several lines, white space at the end of a line says something.
        return inSelectorOrder(text.replace(/(?<!\\)[ \t]+$/gm, ""));
    }
    return POD_SPECS.includes(key) ? podSpecMeaning(text) : text;
}

function wholeVariable({ name, value, head, compute }: Nullable<ConfigEnvVariable>): ConfigEnvVariable {
    return { name: name ?? "", value: value ?? "", head: head ?? false, compute: compute ?? false };
}

/**
 * True when both values mean the same: unset is null is empty is the Platform's default; line ends, blank lines around a text, a slash at the end of
 * an address, the spelling of YAML and of a certificate, and the order of variables and of processes that do not overlap do not count.
 */
export function sameConfigValue(key: ConfigKey, a: unknown, b: unknown): boolean {
    return meaning(key, a) === meaning(key, b);
}

/**
 * The declared keys in which what the Platform shows differs in meaning. Keys that it adds by itself do not count, nor the
 * tag that repeats the platform.
 */
export function differingKeys(declared: ComputeConfig, shown: Nullable<ComputeConfig>): ConfigKey[] {
    return (Object.keys(declared) as ConfigKey[]).filter(
        (key) => key !== "discriminator" && !sameConfigValue(key, declared[key], shown[key]),
    );
}

/** Whether a configuration is the one that was sent. An older Platform does not show every key. */
export function sameConfig(sent: ComputeConfig, shown: Nullable<ComputeConfig>): boolean {
    return differingKeys(sent, shown).every((key) => !(key in shown));
}

/** The keys in which two configurations differ in meaning, sorted. */
export function changedConfigKeys(a: Nullable<ComputeConfig>, b: Nullable<ComputeConfig>): ConfigKey[] {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<ConfigKey>;
    return [...keys].filter((key) => !sameConfigValue(key, a[key], b[key])).sort();
}
