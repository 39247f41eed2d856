import { ComputeResourceType, EnvironmentTarget, ErrorStrategy, ImagePullPolicy } from "../../args/enums";
import { furtherClaimRules, VOLUME_KEYS } from "../storage/claimRules";
import { checkAcceleratorType, checkDuration, checkSubPath } from "../rules/kubernetesNames";
import { checkDnsLabel, checkDnsSubdomain } from "../rules/names";
import { checkMountPath } from "../storage/paths";
import { placementRules } from "../pods/podRules";
import { show } from "../rules/problems";
import { checkTaskCpus, checkWholeMebibytes, toMebibytes } from "../rules/quantities";
import { at, eachValue, onlyKeys, presence, type Rule, value, whole } from "../rules/rules";
import { claimPathFault, claimNameFault, variableFault } from "./taskFaults";
import { checkGiven, checkVariableName, oneOf, wholeFrom } from "../rules/checks";

const PROCESS = "https://www.nextflow.io/docs/latest/reference/process.html";
const NEXTFLOW_K8S = "https://www.nextflow.io/docs/latest/reference/config.html#k8s";
const SELECTORS = "https://www.nextflow.io/docs/latest/config.html#process-selectors";
const VOLUMES = "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1";
const NAMES = "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/";
const SEQERA_K8S = "https://docs.seqera.io/platform-cloud/compute-envs/k8s";
const PULL_SECRETS = "https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/";

const RESOURCE_KEYS = ["cpus", "memory", "disk", "time", "accelerators", "acceleratorType"];

function resourceRules(property: string): Rule[] {
    return [
        value(`${property}.cpus`, "number", checkTaskCpus, `${PROCESS}#cpus`),
        value(`${property}.memory`, "string", checkWholeMebibytes, `${PROCESS}#memory`),
        value(`${property}.disk`, "string", checkWholeMebibytes, `${PROCESS}#disk`),
        value(`${property}.time`, "string", checkDuration, `${PROCESS}#time`),
        value(`${property}.accelerators`, "number", wholeFrom(1, 1), `${PROCESS}#accelerator`),
        value(`${property}.acceleratorType`, "string", checkAcceleratorType, `${PROCESS}#accelerator`),
        whole(
            property,
            ({ accelerators, acceleratorType }) =>
                acceleratorType !== undefined && accelerators === undefined
                    ? "has an acceleratorType without accelerators; write how many, or leave it out"
                    : undefined,
            `${PROCESS}#accelerator`,
        ),
    ];
}

/** More than any task may have is asked for in vain. */
function limitFault({ cpus, maxCpus, memory, maxMemory }: Record<string, unknown>): string | undefined {
    if (typeof cpus === "number" && typeof maxCpus === "number" && cpus > maxCpus) {
        return `asks for ${cpus} CPUs, of which maxCpus leaves ${maxCpus}; write a maxCpus that is not less than cpus`;
    }
    const [asked, most] = [memory, maxMemory].map((text) =>
        typeof text === "string" && checkWholeMebibytes(text) === undefined ? text : undefined,
    );
    return asked !== undefined && most !== undefined && toMebibytes(asked) > toMebibytes(most)
        ? `asks for ${show(asked)} of memory, of which maxMemory leaves ${show(most)}; write a maxMemory that is not less than memory`
        : undefined;
}

const resources: Rule[] = [
    value("computeResources", "object", undefined, PROCESS),
    onlyKeys("computeResources", [...RESOURCE_KEYS, "maxCpus", "maxMemory", "cpuLimits"], PROCESS),
    ...resourceRules("computeResources"),
    value("computeResources.maxCpus", "number", checkTaskCpus, `${PROCESS}#resourcelimits`),
    value("computeResources.maxMemory", "string", checkWholeMebibytes, `${PROCESS}#resourcelimits`),
    value("computeResources.cpuLimits", "boolean", undefined, NEXTFLOW_K8S),
    whole("computeResources", limitFault, `${PROCESS}#resourcelimits`),
];

function retryFault({ strategy, maxRetries }: Record<string, unknown>): string | undefined {
    return strategy !== undefined && strategy !== "retry" && maxRetries !== undefined
        ? `has maxRetries beside the strategy ${show(strategy)}, which retries nothing; leave it out, or set strategy to "retry"`
        : undefined;
}

function retryRules(property: string): Rule[] {
    return [
        value(`${property}.strategy`, "string", oneOf(ErrorStrategy), `${PROCESS}#errorstrategy`),
        value(`${property}.maxRetries`, "number", wholeFrom(0, 3), `${PROCESS}#maxretries`),
        whole(property, retryFault, `${PROCESS}#maxretries`),
    ];
}

const retries: Rule[] = [
    value("retries", "object", undefined, PROCESS),
    onlyKeys("retries", ["strategy", "maxRetries", "maxErrors"], PROCESS),
    ...retryRules("retries"),
    value("retries.maxErrors", "number", wholeFrom(-1, -1), `${PROCESS}#maxerrors`),
];

const processes: Rule[] = [
    value("processes", "list", undefined, SELECTORS),
    onlyKeys(
        "processes.*",
        ["label", "name", ...RESOURCE_KEYS, "strategy", "maxRetries", "nodeSelector", "tolerations"],
        SELECTORS,
    ),
    value("processes.*.label", "string", checkGiven, SELECTORS),
    value("processes.*.name", "string", checkGiven, SELECTORS),
    whole(
        "processes.*",
        ({ label, name }) =>
            (label === undefined) === (name === undefined)
                ? `has ${label === undefined ? "neither label nor name" : "both label and name"}; write one of the two, which says what processes it is about`
                : undefined,
        SELECTORS,
    ),
    ...resourceRules("processes.*"),
    ...retryRules("processes.*"),
    ...placementRules("processes.*"),
];

const storageClaims: Rule[] = [
    onlyKeys("storageClaims.*", ["name", "claimName", "mountPath", "readOnly", "subPath", ...VOLUME_KEYS], VOLUMES),
    ...furtherClaimRules,
    value("storageClaims.*.name", "string", checkDnsLabel, NAMES),
    value(
        "storageClaims.*.claimName",
        "string",
        checkDnsSubdomain,
        NAMES,
        'write the name of a claim in the namespace, like "reference-data"',
    ),
    value(
        "storageClaims.*.mountPath",
        "string",
        checkMountPath,
        VOLUMES,
        'write where it is mounted, like "/mnt/reference"',
    ),
    value("storageClaims.*.readOnly", "boolean", undefined, VOLUMES),
    value("storageClaims.*.subPath", "string", checkSubPath, VOLUMES),
    claimPathFault(VOLUMES),
    claimNameFault(VOLUMES),
];

const environment: Rule[] = [
    value("environment", "list", undefined, SEQERA_K8S),
    onlyKeys("environment.*", ["name", "value", "target", "secret", "configMap"], SEQERA_K8S),
    value("environment.*.name", "string", checkVariableName, SEQERA_K8S, "write the variable's name"),
    value("environment.*.value", "string", undefined, SEQERA_K8S),
    value("environment.*.target", "string", oneOf(EnvironmentTarget), SEQERA_K8S),
    ...["secret", "configMap"].flatMap((kind) => [
        value(`environment.*.${kind}`, "object", undefined, `${PROCESS}#pod`),
        value(`environment.*.${kind}.name`, "string", checkDnsSubdomain, NAMES),
        value(`environment.*.${kind}.key`, "string", checkGiven, `${PROCESS}#pod`),
    ]),
    variableFault(SEQERA_K8S),
];

/** Where the design has a name of its own for what another argument says: one of the two is enough. */
const ALIASES: [alias: string, argument: string][] = [
    ["serviceAccount", "serviceAccounts.compute.name"],
    ["advanced.headServiceAccount", "serviceAccounts.head.name"],
    ["advanced.imagePullSecrets", "imagePullSecrets"],
    ["advanced.storageClassName", "storage.storageClassName"],
    ["advanced.storageMountPath", "storage.mountPath"],
];

const aliases: Rule[] = ALIASES.map(([alias, argument]) =>
    presence(
        alias,
        (args) =>
            at(args, alias) !== undefined && at(args, argument) !== undefined
                ? `is given together with ${argument}, which says the same; keep one of the two`
                : undefined,
        SEQERA_K8S,
    ),
);

const ADVANCED_KEYS = [
    "headServiceAccount",
    "imagePullPolicy",
    "imagePullSecrets",
    "storageClassName",
    "storageMountPath",
    "computeResourceType",
];

const advanced: Rule[] = [
    onlyKeys("advanced", ADVANCED_KEYS, SEQERA_K8S),
    value("serviceAccount", "string", checkDnsSubdomain, NAMES),
    value("advanced.headServiceAccount", "string", checkDnsSubdomain, NAMES),
    value("advanced.imagePullPolicy", "string", oneOf(ImagePullPolicy), NEXTFLOW_K8S),
    value("advanced.imagePullSecrets", "list", undefined, PULL_SECRETS),
    eachValue("advanced.imagePullSecrets", checkDnsSubdomain, PULL_SECRETS),
    value("advanced.storageClassName", "string", undefined, SEQERA_K8S),
    value("advanced.storageMountPath", "string", checkMountPath, SEQERA_K8S),
    value("advanced.computeResourceType", "string", oneOf(ComputeResourceType), NEXTFLOW_K8S),
    ...aliases,
];

/** What the arguments about tasks must fulfil. */
export const taskRules: Rule[] = [
    ...resources,
    ...retries,
    ...processes,
    ...storageClaims,
    ...environment,
    ...advanced,
];
