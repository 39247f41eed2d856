import type { ComputeConfigArgs, ComputeEnvArgs, ConfigEnvVariableArgs } from "../args/computeEnv";
import { KubernetesPlatform, PodCleanup } from "../args/enums";
import { adoptedParts, adoptionRule, ENVIRONMENT_PARTS } from "./adoption";
import { checkLabelCount } from "./labelRules";
import { checkNextflowConfig, checkSentScript } from "./nextflow/texts";
import { checkPodSpec } from "./pods/podSpecs";
import { checkCertificateAuthority } from "./rules/certificates";
import {
    checkDescription,
    checkGiven,
    checkSeconds,
    checkServer,
    checkVariableName,
    checkWholeCpus,
    checkWholeMegabytes,
} from "./rules/checks";
import { ADDED_BY_CLASS, connectionOfResource } from "./rules/connectionRules";
import { checkDnsLabel, checkDnsSubdomain, checkPlatformName } from "./rules/names";
import { show } from "./rules/problems";
import { at, isGiven, type Rule, UNKNOWN, whenKnown } from "./rules/rules";
import { argumentRules, boolean, choice, list, type Members, number, object, string } from "./rules/shapes";
import { checkFusionDirectory, checkMountPath, checkWorkDirectory, DEFAULT_MOUNT_PATH } from "./storage/paths";

const SOURCE = "https://docs.seqera.io/platform-cloud/compute-envs/k8s";

const CLOUDS: unknown[] = [KubernetesPlatform.Eks, KubernetesPlatform.Gke];
const ALL: unknown[] = Object.values(KubernetesPlatform);
const GENERIC: unknown[] = [KubernetesPlatform.Kubernetes];

/** What each platform needs, and what to write for it. */
const REQUIRED: [property: string, platforms: unknown[], remedy: string][] = [
    ["credentialsId", ALL, "the id of a credential, such as the credentialsId of a Credentials resource"],
    ["config.workDir", ALL, 'Nextflow\'s work directory, like "/scratch/work"'],
    ["config.namespace", ALL, 'the namespace of all pods, like "nextflow"'],
    ["config.headServiceAccount", ALL, 'the service account of the head pods, like "nextflow-head"'],
    ["config.server", GENERIC, 'the cluster\'s API server as in a kubeconfig, like "https://10.0.0.1:6443"'],
    [
        "config.sslCert",
        GENERIC,
        "the cluster's certificate authority as PEM, or a kubeconfig's certificate-authority-data",
    ],
    ["config.storageClaimName", GENERIC, 'the name of a ReadWriteMany claim, like "nextflow-work"'],
    ["config.clusterName", CLOUDS, "the cluster's name"],
    ["config.region", CLOUDS, "the cluster's region"],
];

const required: Rule[] = REQUIRED.map(([property, platforms, remedy]) =>
    whenKnown(
        property,
        ["platform"],
        (args) => {
            const platform = at(args, "platform");
            return platforms.includes(platform) && !isGiven(args, property)
                ? `required for the platform ${show(platform)} (write ${remedy})`
                : undefined;
        },
        SOURCE,
    ),
);

function workDirFault(args: unknown): string | undefined {
    const directory = at(args, "config.workDir");
    const mountPath = at(args, "config.storageMountPath") ?? DEFAULT_MOUNT_PATH;
    const platform = at(args, "platform");
    if (typeof directory !== "string" || typeof mountPath !== "string") {
        return undefined;
    }
    if (CLOUDS.includes(platform) && at(args, "config.fusion2Enabled") === true) {
        return checkFusionDirectory(directory, platform === KubernetesPlatform.Eks ? "s3" : "gs");
    }
    // Against a mount path that is wrong itself, every directory would be.
    return checkMountPath(mountPath) === undefined
        ? checkWorkDirectory(directory, mountPath, "config.storageMountPath")
        : undefined;
}

function variableFault(variable: unknown): string | undefined {
    const [name, head, compute] = ["name", "head", "compute"].map((key) => at(variable, key));
    if ([name, head, compute].includes(UNKNOWN)) {
        return undefined;
    }
    return head === true || compute === true
        ? undefined
        : `has the variable ${show(name)}, which is not set in any pod (set its head, compute or both to true)`;
}

function switchFault(key: string): Rule {
    return whenKnown(
        `config.${key}`,
        ["platform"],
        (args) =>
            at(args, `config.${key}`) === true && at(args, "platform") === KubernetesPlatform.Kubernetes
                ? 'is only available on "eks-platform" and "gke-platform" (remove it)'
                : undefined,
        SOURCE,
    );
}

const seconds = number(checkSeconds);

const config = object<ComputeConfigArgs>({
    server: string(checkServer),
    sslCert: string(checkCertificateAuthority),
    clusterName: string(checkGiven),
    region: string(checkGiven),
    namespace: string(checkDnsLabel),
    headServiceAccount: string(checkDnsSubdomain),
    computeServiceAccount: string(checkDnsSubdomain),
    storageClaimName: string(checkDnsSubdomain),
    storageMountPath: string(checkMountPath),
    workDir: string(),
    waveEnabled: boolean(),
    fusion2Enabled: boolean(),
    podCleanup: choice(PodCleanup),
    headJobCpus: number(checkWholeCpus),
    headJobMemoryMb: number(checkWholeMegabytes),
    headPodSpec: string(checkPodSpec),
    servicePodSpec: string(checkPodSpec),
    preRunScript: string(checkSentScript),
    postRunScript: string(checkSentScript),
    nextflowConfig: string(checkNextflowConfig),
    environment: list(
        object<ConfigEnvVariableArgs>({
            name: string(checkVariableName, { missing: "write a string" }),
            value: string(),
            head: boolean(),
            compute: boolean(),
        }),
    ),
});

const members: Members<ComputeEnvArgs> = {
    ...connectionOfResource,
    name: string(checkPlatformName),
    description: string(checkDescription),
    platform: choice(KubernetesPlatform),
    credentialsId: string(checkGiven),
    adopt: string(checkGiven),
    adoptWithout: adoptedParts(ENVIRONMENT_PARTS),
    config,
    labelIds: list(number()),
    fusionMetricsCollectionEnabled: boolean(),
    objectUids: list(string()),
    createTimeoutSeconds: seconds,
    deleteTimeoutSeconds: seconds,
    forceDelete: boolean(),
};

const together: Rule[] = [
    ...required,
    adoptionRule("", SOURCE),
    whenKnown("config.workDir", ["config.storageMountPath", "config.fusion2Enabled", "platform"], workDirFault, SOURCE),
    switchFault("waveEnabled"),
    switchFault("fusion2Enabled"),
    whenKnown(
        "config.fusion2Enabled",
        ["platform", "config.waveEnabled"],
        (args) =>
            CLOUDS.includes(at(args, "platform")) &&
            at(args, "config.fusion2Enabled") === true &&
            at(args, "config.waveEnabled") !== true
                ? "requires Wave (set config.waveEnabled to true as well)"
                : undefined,
        SOURCE,
    ),
    whenKnown(
        "config.environment",
        [],
        (args) => {
            const variables = at(args, "config.environment");
            return Array.isArray(variables)
                ? variables.map(variableFault).find((fault) => fault !== undefined)
                : undefined;
        },
        SOURCE,
    ),
    whenKnown(
        "labelIds",
        [],
        (args) => {
            const ids = at(args, "labelIds");
            return Array.isArray(ids) ? checkLabelCount(ids.length, `has ${ids.length} labels`) : undefined;
        },
        SOURCE,
    ),
];

/** What the inputs of one compute environment, in the API's own shape, must fulfil. */
export const computeEnvRules: Rule[] = argumentRules(members, SOURCE, together, ADDED_BY_CLASS);
