import { KubernetesPlatform, PodCleanup } from "../args/enums";
import type {
    ClusterArgs,
    HeadJobArgs,
    KubernetesComputeEnvironmentArgs,
    LauncherCredentialArgs,
    StagingOptionsArgs,
} from "../args/environment";
import { adoptedParts, adoptionRule, CREDENTIAL_PARTS, ENVIRONMENT_PARTS } from "./adoption";
import { checkLabelCount, checkLabelName, checkLabelValue } from "./labelRules";
import { guardRails, guardRules, guardWarnings } from "./namespace/guardRules";
import {
    accountFaults,
    decision,
    existingNamespace,
    imagePullSecrets,
    namespaceName,
    objectName,
    rbacSubjects,
    registries,
    serviceAccounts,
    tokenRotation,
} from "./namespace/partRules";
import { configRules, configWarnings } from "./nextflow/configRules";
import { advanced, computeResources, processes, retries, storageClaims, taskRules, env } from "./nextflow/taskRules";
import { checkNextflowConfig, checkScript, scriptWarnings } from "./nextflow/texts";
import { nextflowVariableWarnings, secretWarnings, shellWarnings } from "./nextflow/variables";
import { knowingOtherNames } from "./otherNames";
import { placementWarnings } from "./pods/placementRules";
import { platformPodOptions, podOptionRules, podOptions } from "./pods/podRules";
import { podSpecRules } from "./pods/podSpecRules";
import { checkPodSpec } from "./pods/podSpecs";
import { checkCertificateAuthority } from "./rules/certificates";
import {
    checkDescription,
    checkGiven,
    checkSeconds,
    checkServer,
    checkVariableName,
    checkWholeCpus,
} from "./rules/checks";
import { connection } from "./rules/connectionRules";
import { checkPlatformName } from "./rules/names";
import { show } from "./rules/problems";
import { checkWholeMebibytes } from "./rules/quantities";
import { always, at, isGiven, noEffect, type Rule, UNKNOWN, whenKnown } from "./rules/rules";
import {
    argumentRules,
    boolean,
    choice,
    list,
    map,
    type Members,
    number,
    object,
    plain,
    string,
    text,
} from "./rules/shapes";
import { storage, storageRules, storageWarnings } from "./storage/claimRules";
import { checkFusionDirectory, checkWorkDirectory, workMount } from "./storage/paths";

const SEQERA_K8S = "https://docs.seqera.io/platform-cloud/compute-envs/k8s";
const SEQERA_EKS = "https://docs.seqera.io/platform-cloud/compute-envs/eks";
const SEQERA_LABELS = "https://docs.seqera.io/platform-cloud/resource-labels/overview";
const SEQERA_LAUNCH = "https://docs.seqera.io/platform-cloud/launch/advanced";
const SEQERA_FUSION = "https://docs.seqera.io/fusion";

const LAUNCHER_SOURCES = ["serviceAccounts.launcher", "credentials", "tokenRotation"];

function platformOf(args: unknown): unknown {
    return at(args, "cluster.platform") ?? KubernetesPlatform.Kubernetes;
}

function isGeneric(args: unknown): boolean {
    return platformOf(args) === KubernetesPlatform.Kubernetes;
}

/** EKS and GKE, which find a cluster by its name and have Fusion; not a platform that is unknown or misspelt. */
function isCloud(args: unknown): boolean {
    return platformOf(args) === KubernetesPlatform.Eks || platformOf(args) === KubernetesPlatform.Gke;
}

/** An object store as the work directory needs Fusion, which generic Kubernetes does not have. */
function workDirectoryFault(args: unknown): string | undefined {
    const directory = at(args, "workDirectory");
    const mount = workMount(args);
    if (directory !== undefined && typeof directory !== "string") {
        return undefined;
    }
    if (isCloud(args) && at(args, "fusionEnabled") === true) {
        return checkFusionDirectory(directory, platformOf(args) === KubernetesPlatform.Eks ? "s3" : "gs");
    }
    // Against a mount path that is wrong itself, every directory would be.
    return directory === undefined || mount.path === undefined
        ? undefined
        : checkWorkDirectory(directory, mount.path, mount.property);
}

function fusionFault(args: unknown): string | undefined {
    if (at(args, "fusionEnabled") !== true) {
        return undefined;
    }
    if (isGeneric(args)) {
        return 'is only available on "eks-platform" and "gke-platform" (remove it, or set cluster.platform)';
    }
    return at(args, "waveEnabled") === true ? undefined : "requires Wave (set waveEnabled to true as well)";
}

function labelsFault(args: unknown): string | undefined {
    const own = at(args, "resourceLabels");
    const ids = at(args, "labelIds");
    const total =
        (typeof own === "object" ? Object.keys(own as object).length : 0) +
        (Array.isArray(ids) ? ids.filter((id) => id !== UNKNOWN).length : 0);
    return checkLabelCount(total, `has ${total} labels together with labelIds`);
}

const seconds = number(checkSeconds);

/** What each argument of a compute environment must be by itself. */
const members: Members<KubernetesComputeEnvironmentArgs> = {
    name: string(checkPlatformName),
    description: string(checkDescription),
    ...connection,
    cluster: object<ClusterArgs>({
        platform: choice(KubernetesPlatform),
        server: string(checkServer),
        certificateAuthority: string(checkCertificateAuthority),
        name: string(checkGiven, { source: SEQERA_EKS }),
        region: string(checkGiven, { source: SEQERA_EKS }),
    }),
    credentialsId: string(checkGiven),
    credentials: plain.object<LauncherCredentialArgs>({
        name: string(),
        description: string(),
        adopt: string(checkGiven),
        adoptWithout: adoptedParts(CREDENTIAL_PARTS),
    }),
    namespace: namespaceName,
    createNamespace: decision,
    serviceAccounts,
    serviceAccount: objectName,
    rbacSubjects,
    registries,
    imagePullSecrets,
    tokenRotation,
    storage,
    workDirectory: string(),
    podCleanup: choice(PodCleanup),
    headJob: object<HeadJobArgs>({ cpus: number(checkWholeCpus), memory: text(checkWholeMebibytes) }),
    headPodSpec: string(checkPodSpec),
    servicePodSpec: string(checkPodSpec),
    stagingOptions: object<StagingOptionsArgs>(
        { preRunScript: string(checkScript), postRunScript: string(checkScript) },
        { source: SEQERA_LAUNCH },
    ),
    nextflowConfig: string(checkNextflowConfig),
    computeResources,
    retries,
    processes,
    storageClaims,
    env,
    advanced,
    podOptions,
    headPodOptions: platformPodOptions,
    servicePodOptions: platformPodOptions,
    ...guardRails,
    environmentVariables: map({ key: checkVariableName }),
    waveEnabled: boolean(),
    fusionEnabled: boolean(),
    resourceLabels: plain.map({ key: checkLabelName, value: checkLabelValue }, { source: SEQERA_LABELS }),
    labelIds: list(number(), { source: SEQERA_LABELS }),
    primary: decision,
    moveLaunches: boolean({ source: SEQERA_LAUNCH }),
    preflight: decision,
    preflightAtPreview: decision,
    adopt: string(checkGiven),
    adoptWithout: adoptedParts(ENVIRONMENT_PARTS),
    createTimeoutSeconds: seconds,
    deleteTimeoutSeconds: seconds,
    forceDelete: boolean(),
};

/** What arguments must fulfil beside others. */
const together: Rule[] = [
    whenKnown(
        "cluster.server",
        ["cluster.platform"],
        (args) =>
            isGeneric(args) && !isGiven(args, "cluster.server")
                ? 'required (write the address of the cluster\'s API server, like "https://10.0.0.1:6443"; "kubectl cluster-info" shows it)'
                : undefined,
        SEQERA_K8S,
    ),
    always(
        "cluster.certificateAuthority",
        (args) =>
            isGeneric(args) && isGiven(args, "credentialsId") && !isGiven(args, "cluster.certificateAuthority")
                ? "required with credentialsId, because no launcher token provides it (write the cluster's certificate authority as PEM, or a kubeconfig's certificate-authority-data)"
                : undefined,
        SEQERA_K8S,
    ),
    ...["name", "region"].map((key) =>
        whenKnown(
            `cluster.${key}`,
            ["cluster.platform"],
            (args) =>
                isCloud(args) && !isGiven(args, `cluster.${key}`)
                    ? `required because ${show(platformOf(args))} finds the cluster by its name and region (write the cluster's ${key})`
                    : undefined,
            SEQERA_EKS,
        ),
    ),
    ...["name", "region"].map((key) =>
        noEffect(
            `cluster.${key}`,
            (args) =>
                isGeneric(args)
                    ? `${show(platformOf(args))} reaches the cluster by its server (remove it, or set cluster.platform)`
                    : undefined,
            SEQERA_K8S,
        ),
    ),
    existingNamespace("namespace", "createNamespace"),
    ...accountFaults(
        "serviceAccounts",
        ["registries", "imagePullSecrets", "advanced.imagePullSecrets"],
        (args) => isGiven(args, "credentialsId"),
        { head: "advanced.headServiceAccount", compute: "serviceAccount" },
    ),
    ...LAUNCHER_SOURCES.map((source) =>
        always(
            "credentialsId",
            (args) =>
                isGiven(args, "credentialsId") && isGiven(args, source)
                    ? `cannot be used with ${source}, which is for a credential that is created here (remove one of the two)`
                    : undefined,
            SEQERA_K8S,
        ),
    ),
    always(
        "credentialsId",
        (args) =>
            isCloud(args) && !isGiven(args, "credentialsId")
                ? `required because ${show(platformOf(args))} needs a cloud credential, not a launcher token (write the id of one, such as the credentialsId of a Credentials resource)`
                : undefined,
        SEQERA_EKS,
    ),
    whenKnown(
        "workDirectory",
        ["storage.mountPath", "advanced.storageMountPath", "cluster.platform", "fusionEnabled"],
        workDirectoryFault,
        SEQERA_K8S,
    ),
    whenKnown("fusionEnabled", ["cluster.platform", "waveEnabled"], fusionFault, SEQERA_FUSION),
    whenKnown(
        "waveEnabled",
        ["cluster.platform"],
        (args) =>
            at(args, "waveEnabled") === true && isGeneric(args)
                ? 'is only available on "eks-platform" and "gke-platform" (remove it, and set "wave.enabled = true" in nextflowConfig)'
                : undefined,
        "https://docs.seqera.io/wave",
    ),
    whenKnown("resourceLabels", ["labelIds"], labelsFault, SEQERA_LABELS),
    always(
        "preflightAtPreview",
        (args) =>
            at(args, "preflightAtPreview") === true && at(args, "preflight") === false
                ? "has no effect with preflight set to false (remove one of the two)"
                : undefined,
        SEQERA_K8S,
    ),
    ...["", "credentials."].map((within) => adoptionRule(within, SEQERA_K8S)),
];

/** What the arguments of a compute environment must fulfil, before anything is made. */
export const environmentRules: Rule[] = knowingOtherNames(
    argumentRules(members, SEQERA_K8S, [
        ...together,
        ...storageRules,
        ...configRules,
        ...taskRules,
        ...podOptionRules,
        ...podSpecRules,
        ...guardRules,
    ]),
);

/** What can work, but likely not as meant. */
export const environmentWarnings: Rule[] = [
    ...secretWarnings,
    ...shellWarnings,
    ...nextflowVariableWarnings,
    ...configWarnings,
    ...guardWarnings,
    ...placementWarnings,
    ...storageWarnings,
    ...scriptWarnings("stagingOptions.", "compute environment"),
];
