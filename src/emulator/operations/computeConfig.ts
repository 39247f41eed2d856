import type { ComputeConfig, ConfigEnvVariable, KubernetesPlatform } from "../../platform/types";
import { badRequest, isObject, optionalText } from "../http/api";

type ValueType = "string" | "integer" | "boolean" | "array";

const COMMON: Record<string, ValueType> = {
    workDir: "string",
    preRunScript: "string",
    postRunScript: "string",
    nextflowConfig: "string",
    environment: "array",
    server: "string",
    sslCert: "string",
    namespace: "string",
    headServiceAccount: "string",
    computeServiceAccount: "string",
    storageClaimName: "string",
    storageMountPath: "string",
    podCleanup: "string",
    headPodSpec: "string",
    servicePodSpec: "string",
    headJobCpus: "integer",
    headJobMemoryMb: "integer",
};

const CLOUD: Record<string, ValueType> = {
    ...COMMON,
    region: "string",
    clusterName: "string",
    waveEnabled: "boolean",
    fusion2Enabled: "boolean",
};

interface PlatformRules {
    /** Every key that `config` may have, beside the discriminator. */
    keys: Record<string, ValueType>;
    /** Keys without which the Platform could not reach the cluster or start the head job. */
    required: string[];
    /** `provider` of the credentials that fit. */
    credentials: string;
}

/** `K8sComputeConfig`, `EksComputeConfig` and `GkeComputeConfig` of the OpenAPI document. */
export const PLATFORMS: Record<KubernetesPlatform, PlatformRules> = {
    "k8s-platform": {
        keys: COMMON,
        required: ["server", "sslCert", "namespace", "headServiceAccount", "storageClaimName"],
        credentials: "k8s",
    },
    "eks-platform": {
        keys: CLOUD,
        required: ["region", "clusterName", "namespace", "headServiceAccount"],
        credentials: "aws",
    },
    "gke-platform": {
        keys: CLOUD,
        required: ["region", "clusterName", "namespace", "headServiceAccount"],
        credentials: "google",
    },
};

/** Default of `storageMountPath` (https://docs.seqera.io/platform-cloud/compute-envs/k8s). */
const DEFAULT_MOUNT_PATH = "/scratch";

/** Limit of pre- and post-run scripts on Cloud (https://docs.seqera.io/platform-cloud/launch/advanced: 1 KB). */
const SCRIPT_BYTES = 1024;

export function isServedPlatform(platform: string): platform is KubernetesPlatform {
    return platform in PLATFORMS;
}

/** Checks the `config` of a create request and returns what is stored: the known keys that were given. */
export function acceptConfig(platform: KubernetesPlatform, given: unknown): ComputeConfig {
    if (!isObject(given)) {
        throw badRequest("Missing required field 'config' in the compute environment");
    }
    const discriminator = optionalText(given, "discriminator") ?? platform;
    if (discriminator !== platform) {
        throw badRequest(`The config of a '${platform}' compute environment is of type '${discriminator}'`);
    }
    const rules = PLATFORMS[platform];
    const config: Record<string, unknown> = { discriminator: platform };
    for (const [key, type] of Object.entries(rules.keys)) {
        const value = given[key];
        if (value === undefined || value === null) {
            continue;
        }
        if (!isOfType(value, type)) {
            throw badRequest(`Field 'config.${key}' must be of type ${type}`);
        }
        config[key] = value;
    }
    for (const key of rules.required) {
        if (config[key] === undefined || config[key] === "") {
            throw badRequest(`Missing required field 'config.${key}' for platform '${platform}'`);
        }
    }
    const accepted = config as unknown as ComputeConfig;
    checkValues(accepted);
    return accepted;
}

function isOfType(value: unknown, type: ValueType): boolean {
    switch (type) {
        case "integer":
            return Number.isInteger(value);
        case "array":
            return Array.isArray(value);
        default:
            return typeof value === type;
    }
}

function checkValues(config: ComputeConfig): void {
    for (const script of ["preRunScript", "postRunScript"] as const) {
        const bytes = Buffer.byteLength(config[script] ?? "");
        if (bytes > SCRIPT_BYTES) {
            throw badRequest(`Field 'config.${script}' is ${bytes} bytes long, the limit is ${SCRIPT_BYTES} bytes`);
        }
    }
    if (config.podCleanup !== undefined && !["on_success", "always", "never"].includes(config.podCleanup)) {
        throw badRequest(`Field 'config.podCleanup' must be one of on_success, always, never`);
    }
    if (config.fusion2Enabled && !config.waveEnabled) {
        throw badRequest("Fusion file system requires Wave containers to be enabled");
    }
    (config.environment ?? []).forEach(checkVariable);
}

function checkVariable(variable: ConfigEnvVariable, index: number): void {
    if (!isObject(variable) || typeof variable.name !== "string" || variable.name === "") {
        throw badRequest(`Environment variable ${index + 1} has no name`);
    }
    if (variable.head !== true && variable.compute !== true) {
        throw badRequest(`Environment variable '${variable.name}' must target the head job, the compute jobs, or both`);
    }
}

/** The mount path that a stored config means. */
export function mountPath(config: ComputeConfig): string {
    return config.storageMountPath ?? DEFAULT_MOUNT_PATH;
}

/** A config as describe calls answer it: every known key, an explicit null where it is unset. */
export function describeConfig(platform: KubernetesPlatform, config: ComputeConfig): Record<string, unknown> {
    const described: Record<string, unknown> = {};
    for (const key of Object.keys(PLATFORMS[platform].keys)) {
        described[key] = (config as unknown as Record<string, unknown>)[key] ?? null;
    }
    described.discriminator = platform;
    return described;
}
