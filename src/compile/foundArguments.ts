import type { ComputeEnvDto } from "../platform/types";
import { pemOf } from "./rules/certificates";
import { KubernetesPlatform } from "../args/enums";
import { shownValue, withoutSecrets } from "./nextflow/variables";

type Arguments = Record<string, unknown>;

/**
 * An environment that is there as arguments of a `KubernetesComputeEnvironment`, which refer to what is there and make nothing of it
 * anew. Its launcher is not told: nobody can see whose token the credential has.
 */
export function foundArguments(found: ComputeEnvDto, adopt: string): Arguments {
    const { config, platform } = found;
    const cloud = platform !== KubernetesPlatform.Kubernetes;
    const labels = (found.labels ?? []).filter(({ resource, isDefault }) => resource !== false && isDefault !== true);
    const authority = config.sslCert ? Buffer.from(pemOf(config.sslCert)).toString("base64") : undefined;
    const account = (name: string | null | undefined) => ({ name: name || "default", create: false });
    const all: Arguments = {
        adopt,
        description: found.description,
        cluster: cloud
            ? { platform, name: config.clusterName, region: config.region }
            : { server: config.server, certificateAuthority: authority },
        ...(cloud ? { credentialsId: found.credentialsId } : { credentials: { adopt: found.credentialsId } }),
        namespace: config.namespace,
        createNamespace: false,
        serviceAccounts: {
            head: account(config.headServiceAccount),
            compute: account(config.computeServiceAccount),
        },
        storage: config.storageClaimName && {
            claimName: config.storageClaimName,
            create: false,
            mountPath: config.storageMountPath,
        },
        workDirectory: config.workDir,
        podCleanup: config.podCleanup,
        headJob: {
            cpus: config.headJobCpus,
            memory: config.headJobMemoryMb ? `${config.headJobMemoryMb}Mi` : undefined,
        },
        headPodSpec: config.headPodSpec,
        servicePodSpec: config.servicePodSpec,
        stagingOptions: { preRunScript: config.preRunScript, postRunScript: config.postRunScript },
        nextflowConfig: config.nextflowConfig,
        env: config.environment?.map(({ name, value, head, compute }) => ({
            name,
            value: shownValue(name ?? "", value ?? ""),
            ...(head && compute ? {} : { target: head ? "head" : "compute" }),
        })),
        waveEnabled: config.waveEnabled || undefined,
        fusionEnabled: config.fusion2Enabled || undefined,
        resourceLabels: Object.fromEntries(labels.map(({ name, value }) => [name, value])),
        primary: found.primary || undefined,
    };
    return withoutEmpty(all) as Arguments;
}

/** Without what says nothing, however deep. */
function withoutEmpty(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.length === 0 ? undefined : value;
    }
    if (typeof value === "object" && value !== null) {
        const entries = Object.entries(value)
            .map(([key, inner]) => [key, withoutEmpty(inner)] as const)
            .filter(([, inner]) => inner !== undefined);
        return entries.length === 0 ? undefined : Object.fromEntries(entries);
    }
    return value === null || value === "" ? undefined : value;
}

/** The longest line that a list or object is written on. */
const LINE = 80;

/** Arguments as TypeScript, secrets hidden. Text of several lines stays right however a terminal indents it. */
export function typescript(args: Arguments, indent = ""): string {
    return members(args, indent).join("\n");
}

function members(args: Arguments, indent: string): string[] {
    return Object.entries(args).map(([key, value]) => `${indent}${propertyName(key)}: ${literal(value, indent)},`);
}

function propertyName(key: string): string {
    return /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
}

function literal(value: unknown, indent: string): string {
    const deeper = `${indent}    `;
    if (Array.isArray(value)) {
        return bracketed(
            "[",
            value.map((item) => `${deeper}${literal(item, deeper)},`),
            "]",
            indent,
        );
    }
    if (typeof value === "object" && value !== null) {
        return bracketed("{ ", members(value as Arguments, deeper), " }", indent);
    }
    if (typeof value !== "string") {
        return JSON.stringify(value);
    }
    const lines = withoutSecrets(value).split("\n");
    return lines.length === 1
        ? JSON.stringify(lines[0])
        : `[\n${lines.map((line) => `${deeper}${JSON.stringify(line)},\n`).join("")}${indent}].join("\\n")`;
}

function bracketed(open: string, lines: string[], close: string, indent: string): string {
    const all = lines
        .map((line) => line.trimStart())
        .join(" ")
        .replace(/,$/, "");
    return all.length <= LINE && !all.includes("\n")
        ? `${open}${all}${close}`
        : `${open.trim()}\n${lines.join("\n")}\n${indent}${close.trim()}`;
}
