import { checkCertificateAuthority } from "./certificates";
import { KubernetesPlatform, PodCleanup } from "./choices";
import { LABELS_MAX } from "./labels";
import { checkDnsLabel, checkDnsSubdomain, checkPlatformName } from "./names";
import { checkAbsolutePath, checkWorkDirectory, DEFAULT_MOUNT_PATH } from "./paths";
import { at, type Rule, together, UNKNOWN, value } from "./rules";
import { checkNextflowConfig, checkPodSpec, checkScript } from "./texts";
import { checkDescription, checkSeconds, checkServer, checkWholeCpus, oneOf } from "./values";

const SOURCE = "https://docs.seqera.io/platform-cloud/compute-envs/k8s";

function required(property: string, platforms: string[]): Rule {
    return together(
        property,
        ["platform"],
        (args) =>
            at(args, property) === undefined && platforms.includes(at(args, "platform") as string)
                ? `is missing; the platform "${String(at(args, "platform"))}" needs it`
                : undefined,
        SOURCE,
    );
}

function variableFault(variable: unknown, index: number): string | undefined {
    const given = variable as { name?: unknown; head?: unknown; compute?: unknown };
    if ([given, given.name, given.head, given.compute].includes(UNKNOWN)) {
        return undefined;
    }
    return given.head === true || given.compute === true
        ? undefined
        : `entry ${index} (${String(given.name)}) goes to no pod; set head, compute or both to true`;
}

const ALL = Object.values(KubernetesPlatform);
const GENERIC = [KubernetesPlatform.Kubernetes];
const CLOUDS = [KubernetesPlatform.Eks, KubernetesPlatform.Gke];

/** What the inputs of one compute environment, in the API's own shape, must fulfil. */
export const computeEnvRules: Rule[] = [
    value("name", "string", checkPlatformName, SOURCE),
    value("description", "string", checkDescription, SOURCE),
    value("platform", "string", oneOf(KubernetesPlatform), SOURCE),
    required("credentialsId", ALL),
    ...["config.workDir", "config.namespace", "config.headServiceAccount"].map((property) => required(property, ALL)),
    ...["config.server", "config.sslCert", "config.storageClaimName"].map((property) => required(property, GENERIC)),
    ...["config.clusterName", "config.region"].map((property) => required(property, CLOUDS)),
    value("config.server", "string", checkServer, SOURCE),
    value("config.sslCert", "string", checkCertificateAuthority, SOURCE),
    value("config.namespace", "string", checkDnsLabel, SOURCE),
    ...["config.headServiceAccount", "config.computeServiceAccount", "config.storageClaimName"].map((property) =>
        value(property, "string", checkDnsSubdomain, SOURCE),
    ),
    value("config.storageMountPath", "string", checkAbsolutePath, SOURCE),
    together(
        "config.workDir",
        ["config.storageMountPath", "config.fusion2Enabled", "platform"],
        (args) => {
            const directory = at(args, "config.workDir");
            const fusion = at(args, "config.fusion2Enabled") === true && CLOUDS.includes(at(args, "platform") as never);
            return typeof directory !== "string" || fusion
                ? undefined
                : checkWorkDirectory(
                      directory,
                      (at(args, "config.storageMountPath") as string | undefined) ?? DEFAULT_MOUNT_PATH,
                  );
        },
        SOURCE,
    ),
    value("config.podCleanup", "string", oneOf(PodCleanup), SOURCE),
    value("config.headJobCpus", "number", checkWholeCpus, SOURCE),
    value("config.headPodSpec", "string", checkPodSpec, SOURCE),
    value("config.servicePodSpec", "string", checkPodSpec, SOURCE),
    value("config.preRunScript", "string", checkScript, SOURCE),
    value("config.postRunScript", "string", checkScript, SOURCE),
    value("config.nextflowConfig", "string", checkNextflowConfig, SOURCE),
    together(
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
    together(
        "labelIds",
        [],
        (args) => {
            const ids = at(args, "labelIds");
            return Array.isArray(ids) && ids.length > LABELS_MAX
                ? `has ${ids.length} labels; the Platform takes at most ${LABELS_MAX} on one compute environment`
                : undefined;
        },
        SOURCE,
    ),
    value("createTimeoutSeconds", "number", checkSeconds, SOURCE),
    value("deleteTimeoutSeconds", "number", checkSeconds, SOURCE),
];
