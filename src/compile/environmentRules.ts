import { checkCertificateAuthority } from "./certificates";
import { KubernetesPlatform, PodCleanup } from "./choices";
import { checkLabelName, checkLabelValue, LABELS_MAX } from "./labels";
import { checkDnsLabel, checkDnsSubdomain, checkPlatformName } from "./names";
import { checkAbsolutePath, checkWorkDirectory, DEFAULT_MOUNT_PATH } from "./paths";
import { show } from "./problems";
import { checkSize, checkWholeMebibytes } from "./quantities";
import { at, eachKey, eachValue, type Rule, together, UNKNOWN, value } from "./rules";
import { checkNextflowConfig, checkPodSpec, checkScript } from "./texts";
import { checkDescription, checkSeconds, checkServer, checkVariableName, checkWholeCpus, oneOf } from "./values";

const SEQERA_K8S = "https://docs.seqera.io/platform-cloud/compute-envs/k8s";
const SEQERA_EKS = "https://docs.seqera.io/platform-cloud/compute-envs/eks";
const SEQERA_LABELS = "https://docs.seqera.io/platform-cloud/resource-labels/overview";
const SEQERA_LAUNCH = "https://docs.seqera.io/platform-cloud/launch/advanced";
const KUBERNETES_NAMES = "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/";
const KUBERNETES_QUANTITY = "https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/";

function platformOf(args: unknown): unknown {
    return at(args, "cluster.platform") ?? KubernetesPlatform.Kubernetes;
}

function isGeneric(args: unknown): boolean {
    return platformOf(args) === KubernetesPlatform.Kubernetes;
}

/** An object store as the work directory needs Fusion, which generic Kubernetes does not have. */
function workDirectoryFault(args: unknown): string | undefined {
    const workDirectory = at(args, "workDirectory");
    if (typeof workDirectory !== "string" || (!isGeneric(args) && at(args, "fusionEnabled") === true)) {
        return undefined;
    }
    return checkWorkDirectory(
        workDirectory,
        (at(args, "storage.mountPath") as string | undefined) ?? DEFAULT_MOUNT_PATH,
    );
}

const LAUNCHER_SOURCES = ["serviceAccounts.launcher", "credentials"];

/** What the arguments of a compute environment must fulfil, before anything is made. */
export const environmentRules: Rule[] = [
    value("name", "string", checkPlatformName, SEQERA_K8S),
    value("description", "string", checkDescription, SEQERA_K8S),
    value("cluster.platform", "string", oneOf(KubernetesPlatform), SEQERA_K8S),
    together(
        "cluster.server",
        ["cluster.platform"],
        (args) =>
            isGeneric(args) && at(args, "cluster.server") === undefined
                ? 'is missing; write the address of the cluster\'s API server as in a kubeconfig ("kubectl cluster-info" shows it), like "https://10.0.0.1:6443"'
                : undefined,
        SEQERA_K8S,
    ),
    value("cluster.server", "string", checkServer, SEQERA_K8S),
    value("cluster.certificateAuthority", "string", checkCertificateAuthority, SEQERA_K8S),
    together(
        "cluster.certificateAuthority",
        ["cluster.platform", "credentialsId"],
        (args) =>
            isGeneric(args) &&
            at(args, "credentialsId") !== undefined &&
            at(args, "cluster.certificateAuthority") === undefined
                ? "is missing; with credentialsId there is no launcher token to take it from: write the cluster's certificate authority as PEM, or a kubeconfig's certificate-authority-data"
                : undefined,
        SEQERA_K8S,
    ),
    ...["name", "region"].map((key) =>
        together(
            `cluster.${key}`,
            ["cluster.platform"],
            (args) =>
                !isGeneric(args) && at(args, `cluster.${key}`) === undefined
                    ? `is missing; ${show(platformOf(args))} finds the cluster by its name and region`
                    : undefined,
            SEQERA_EKS,
        ),
    ),
    ...LAUNCHER_SOURCES.map((source) =>
        together(
            "credentialsId",
            [],
            (args) =>
                at(args, "credentialsId") !== undefined && at(args, source) !== undefined
                    ? `is given together with ${source}, which is there to make a credential; keep one of the two`
                    : undefined,
            SEQERA_K8S,
        ),
    ),
    together(
        "credentialsId",
        ["cluster.platform"],
        (args) =>
            !isGeneric(args) && at(args, "credentialsId") === undefined
                ? `is missing; ${show(platformOf(args))} needs a cloud credential, which a launcher token is not: write the id of one, made with Credentials, for example`
                : undefined,
        SEQERA_EKS,
    ),
    value("namespace", "string", checkDnsLabel, KUBERNETES_NAMES),
    ...["launcher", "head", "compute"].map((role) =>
        value(`serviceAccounts.${role}.name`, "string", checkDnsSubdomain, KUBERNETES_NAMES),
    ),
    value("storage.claimName", "string", checkDnsSubdomain, KUBERNETES_NAMES),
    value("storage.size", "string", checkSize, KUBERNETES_QUANTITY),
    value("storage.mountPath", "string", checkAbsolutePath, SEQERA_K8S),
    together(
        "workDirectory",
        ["storage.mountPath", "cluster.platform", "fusionEnabled"],
        workDirectoryFault,
        SEQERA_K8S,
    ),
    together(
        "fusionEnabled",
        ["cluster.platform", "waveEnabled"],
        (args) => {
            if (at(args, "fusionEnabled") !== true) {
                return undefined;
            }
            if (isGeneric(args)) {
                return 'is true, but Fusion exists only on the "eks-platform" and "gke-platform"; leave it out, or set cluster.platform';
            }
            return at(args, "waveEnabled") === true
                ? undefined
                : "is true, but Fusion needs Wave; set waveEnabled to true as well";
        },
        "https://docs.seqera.io/fusion",
    ),
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
    eachKey("environmentVariables", checkVariableName, SEQERA_K8S),
    eachKey("labels", checkLabelName, SEQERA_LABELS),
    eachValue("labels", checkLabelValue, SEQERA_LABELS),
    together(
        "labels",
        ["labelIds"],
        (args) => {
            const count = Object.keys((at(args, "labels") as object | undefined) ?? {}).length;
            const ids = at(args, "labelIds");
            const total = count + (Array.isArray(ids) ? ids.filter((id) => id !== UNKNOWN).length : 0);
            return total > LABELS_MAX
                ? `makes ${total} labels with labelIds; the Platform takes at most ${LABELS_MAX} on one compute environment`
                : undefined;
        },
        SEQERA_LABELS,
    ),
    value("createTimeoutSeconds", "number", checkSeconds, SEQERA_K8S),
    value("deleteTimeoutSeconds", "number", checkSeconds, SEQERA_K8S),
];
