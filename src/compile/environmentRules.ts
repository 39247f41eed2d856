import { adoptionRules, CREDENTIAL_PARTS, ENVIRONMENT_PARTS } from "./adoption";
import { storageRules } from "./storage/claimRules";
import { environmentGuardRules } from "./namespace/guardRules";
import { checkCertificateAuthority } from "./rules/certificates";
import { KubernetesPlatform, PodCleanup } from "../args/enums";
import { configRules } from "./nextflow/configRules";
import { checkLabelCount, checkLabelName, checkLabelValue } from "./labels";
import { checkPlatformName } from "./rules/names";
import { accountRules, groups, namespaceName, registryRules, rotationRules, switches } from "./namespace/partRules";
import { checkFusionDirectory, checkMountPath, checkWorkDirectory, workMount } from "./storage/paths";
import { podOptionRules } from "./pods/podRules";
import { checkPodSpec } from "./pods/podSpecs";
import { type Check, show } from "./rules/problems";
import { checkWholeMebibytes } from "./rules/quantities";
import { at, eachKey, eachValue, isGiven, presence, type Rule, together, UNKNOWN, value } from "./rules/rules";
import { taskRules } from "./nextflow/taskRules";
import { checkNextflowConfig, checkScript } from "./nextflow/texts";
import {
    checkDescription,
    checkGiven,
    checkSeconds,
    checkServer,
    checkVariableName,
    checkWholeCpus,
    oneOf,
} from "./rules/checks";

const SEQERA_K8S = "https://docs.seqera.io/platform-cloud/compute-envs/k8s";
const SEQERA_EKS = "https://docs.seqera.io/platform-cloud/compute-envs/eks";
const SEQERA_LABELS = "https://docs.seqera.io/platform-cloud/resource-labels/overview";
const SEQERA_LAUNCH = "https://docs.seqera.io/platform-cloud/launch/advanced";
const SEQERA_FUSION = "https://docs.seqera.io/fusion";

const LAUNCHER_SOURCES = ["serviceAccounts.launcher", "credentials", "tokenRotation"];
const anyText: Check<string> = () => undefined;

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
        return 'is true, but Fusion exists only on the "eks-platform" and "gke-platform"; leave it out, or set cluster.platform';
    }
    return at(args, "waveEnabled") === true
        ? undefined
        : "is true, but Fusion needs Wave; set waveEnabled to true as well";
}

function labelsFault(args: unknown): string | undefined {
    const own = at(args, "labels");
    const ids = at(args, "labelIds");
    const total =
        (typeof own === "object" ? Object.keys(own as object).length : 0) +
        (Array.isArray(ids) ? ids.filter((id) => id !== UNKNOWN).length : 0);
    return checkLabelCount(total, `makes ${total} labels with labelIds`);
}

/** What the arguments of a compute environment must fulfil, before anything is made. */
export const environmentRules: Rule[] = [
    value("name", "string", checkPlatformName, SEQERA_K8S),
    value("description", "string", checkDescription, SEQERA_K8S),
    value("cluster.platform", "string", oneOf(KubernetesPlatform), SEQERA_K8S),
    together(
        "cluster.server",
        ["cluster.platform"],
        (args) =>
            isGeneric(args) && !isGiven(args, "cluster.server")
                ? 'is missing; write the address of the cluster\'s API server as in a kubeconfig ("kubectl cluster-info" shows it), like "https://10.0.0.1:6443"'
                : undefined,
        SEQERA_K8S,
    ),
    value("cluster.server", "string", checkServer, SEQERA_K8S),
    value("cluster.certificateAuthority", "string", checkCertificateAuthority, SEQERA_K8S),
    presence(
        "cluster.certificateAuthority",
        (args) =>
            isGeneric(args) && isGiven(args, "credentialsId") && !isGiven(args, "cluster.certificateAuthority")
                ? "is missing; with credentialsId there is no launcher token to take it from: write the cluster's certificate authority as PEM, or a kubeconfig's certificate-authority-data"
                : undefined,
        SEQERA_K8S,
    ),
    ...["name", "region"].flatMap((key) => [
        together(
            `cluster.${key}`,
            ["cluster.platform"],
            (args) =>
                isCloud(args) && !isGiven(args, `cluster.${key}`)
                    ? `is missing; ${show(platformOf(args))} finds the cluster by its name and region: write the cluster's ${key}`
                    : undefined,
            SEQERA_EKS,
        ),
        value(`cluster.${key}`, "string", checkGiven, SEQERA_EKS),
    ]),
    ...LAUNCHER_SOURCES.map((source) =>
        presence(
            "credentialsId",
            (args) =>
                isGiven(args, "credentialsId") && isGiven(args, source)
                    ? `is given together with ${source}, which is there to make a credential; keep one of the two`
                    : undefined,
            SEQERA_K8S,
        ),
    ),
    value("credentialsId", "string", checkGiven, SEQERA_K8S),
    presence(
        "credentialsId",
        (args) =>
            isCloud(args) && !isGiven(args, "credentialsId")
                ? `is missing; ${show(platformOf(args))} needs a cloud credential, which a launcher token is not: write the id of one, made with Credentials, for example`
                : undefined,
        SEQERA_EKS,
    ),
    namespaceName("namespace"),
    ...switches("createNamespace", "primary", "preflight"),
    ...accountRules("serviceAccounts"),
    ...registryRules,
    ...rotationRules("tokenRotation"),
    ...groups("storage", "advanced", "labels"),
    ...storageRules,
    value("storage.mountPath", "string", checkMountPath, SEQERA_K8S),
    together(
        "workDirectory",
        ["storage.mountPath", "advanced.storageMountPath", "cluster.platform", "fusionEnabled"],
        workDirectoryFault,
        SEQERA_K8S,
    ),
    together("fusionEnabled", ["cluster.platform", "waveEnabled"], fusionFault, SEQERA_FUSION),
    together(
        "waveEnabled",
        ["cluster.platform"],
        (args) =>
            at(args, "waveEnabled") === true && isGeneric(args)
                ? 'is true, but the Platform has this switch only on the "eks-platform" and "gke-platform"; leave it out, and set "wave.enabled = true" in nextflowConfig'
                : undefined,
        "https://docs.seqera.io/wave",
    ),
    value("podCleanup", "string", oneOf(PodCleanup), SEQERA_K8S),
    value("headJob.cpus", "number", checkWholeCpus, SEQERA_K8S),
    value("headJob.memory", "string", checkWholeMebibytes, SEQERA_K8S),
    value("headPodSpec", "string", checkPodSpec, SEQERA_K8S),
    value("servicePodSpec", "string", checkPodSpec, SEQERA_K8S),
    value("stagingOptions.preRunScript", "string", checkScript, SEQERA_LAUNCH),
    value("stagingOptions.postRunScript", "string", checkScript, SEQERA_LAUNCH),
    value("nextflowConfig", "string", checkNextflowConfig, SEQERA_K8S),
    ...configRules,
    ...taskRules,
    ...podOptionRules,
    ...environmentGuardRules,
    eachKey("environmentVariables", checkVariableName, SEQERA_K8S),
    eachValue("environmentVariables", anyText, SEQERA_K8S),
    eachKey("labels", checkLabelName, SEQERA_LABELS),
    eachValue("labels", checkLabelValue, SEQERA_LABELS),
    together("labels", ["labelIds"], labelsFault, SEQERA_LABELS),
    value("movePipelines", "boolean", undefined, SEQERA_LAUNCH),
    ...["adopt", "credentials.adopt"].map((property) => value(property, "string", checkGiven, SEQERA_K8S)),
    ...adoptionRules(ENVIRONMENT_PARTS, SEQERA_K8S),
    ...adoptionRules(CREDENTIAL_PARTS, SEQERA_K8S, "credentials."),
    value("createTimeoutSeconds", "number", checkSeconds, SEQERA_K8S),
    value("deleteTimeoutSeconds", "number", checkSeconds, SEQERA_K8S),
];
