import type {
    AdvancedArgs,
    ComputeResourcesArgs,
    EnvVarArgs,
    EnvVarSourceArgs,
    KeySelectorArgs,
    ProcessArgs,
    RetriesArgs,
    StorageClaimArgs,
    TaskEnvVarArgs,
} from "../../args/tasks";
import { ComputeResourceType, EnvironmentTarget, ErrorStrategy, ImagePullPolicy } from "../../args/enums";
import { nodeSelector, tolerations } from "../pods/podRules";
import { checkGiven, checkVariableName, wholeFrom } from "../rules/checks";
import { checkAcceleratorType, checkDuration, checkSubPath } from "../rules/kubernetesNames";
import { checkDnsLabel, checkDnsSubdomain } from "../rules/names";
import { show } from "../rules/problems";
import { checkTaskCpus, checkWholeMebibytes, toMebibytes } from "../rules/quantities";
import { at, always, found, repeatedFault, type Rule } from "../rules/rules";
import { boolean, choice, list, type Members, number, object, plain, string, text } from "../rules/shapes";
import { furtherClaimFault, madeClaimName, volumeMembers } from "../storage/volumeRules";
import { checkMountPath } from "../storage/paths";
import { claimPathFault, claimNameFault, variableFault } from "./taskFaults";

const PROCESS = "https://www.nextflow.io/docs/latest/reference/process.html";
const NEXTFLOW_K8S = "https://www.nextflow.io/docs/latest/reference/config.html#k8s";
const SELECTORS = "https://www.nextflow.io/docs/latest/config.html#process-selectors";
const VOLUMES = "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#volumes-1";
const NAMES = "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/";
const SEQERA_K8S = "https://docs.seqera.io/platform-cloud/compute-envs/k8s";
const PULL_SECRETS = "https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/";

/** What a task of all processes or of some asks for. */
const resources = {
    cpus: number(checkTaskCpus, { source: `${PROCESS}#cpus` }),
    memory: text(checkWholeMebibytes, { source: `${PROCESS}#memory` }),
    disk: text(checkWholeMebibytes, { source: `${PROCESS}#disk` }),
    time: text(checkDuration, { source: `${PROCESS}#time` }),
    accelerators: number(wholeFrom(1, 1), { source: `${PROCESS}#accelerator` }),
    acceleratorType: string(checkAcceleratorType, { source: `${PROCESS}#accelerator` }),
};

function acceleratorFault({ accelerators, acceleratorType }: Record<string, unknown>): string | undefined {
    return acceleratorType !== undefined && accelerators === undefined
        ? "acceleratorType requires accelerators (set accelerators to the number per task, or remove acceleratorType)"
        : undefined;
}

const LIMITED: [key: string, most: string][] = [
    ["cpus", "maxCpus"],
    ["memory", "maxMemory"],
];

/** More than any task may have is asked for in vain: Nextflow gives the task the most that it may have, without a word. */
function limitFaults(asked: unknown, limits: unknown, path: string): string[] {
    return LIMITED.flatMap(([key, most]) => {
        const [own, limit] = [at(asked, key), at(limits, most)];
        return exceeds(own, limit)
            ? [
                  `${key} (${show(own)}) exceeds ${path}${most} (${show(limit)}), so Nextflow lowers it (raise ${path}${most}, or lower ${key})`,
              ]
            : [];
    });
}

/** Of CPUs, which are numbers, or of memory. */
function exceeds(a: unknown, b: unknown): boolean {
    if (typeof a === "number" && typeof b === "number") {
        return a > b;
    }
    const isMemory = (text: unknown) => typeof text === "string" && checkWholeMebibytes(text) === undefined;
    return isMemory(a) && isMemory(b) && toMebibytes(a as string) > toMebibytes(b as string);
}

const processLimits: Rule = {
    property: "processes.*",
    source: `${PROCESS}#resourcelimits`,
    validate: (args) =>
        found(args, "processes.*").flatMap(([property, process]) =>
            limitFaults(process, at(args, "computeResources"), "computeResources.").map((reason) => ({
                property,
                reason,
            })),
        ),
};

export const computeResources = object<ComputeResourcesArgs>(
    {
        ...resources,
        maxCpus: number(checkTaskCpus, { source: `${PROCESS}#resourcelimits` }),
        maxMemory: text(checkWholeMebibytes, { source: `${PROCESS}#resourcelimits` }),
        cpuLimits: boolean({ source: NEXTFLOW_K8S }),
    },
    { source: PROCESS, faults: [acceleratorFault, (given) => limitFaults(given, given, "")] },
);

function retryFault({ strategy, maxRetries }: Record<string, unknown>): string | undefined {
    const others: unknown[] = Object.values(ErrorStrategy).filter((each) => each !== ErrorStrategy.Retry);
    return others.includes(strategy) && maxRetries !== undefined
        ? `maxRetries has no effect with the strategy ${show(strategy)} (remove it, or set strategy to "retry")`
        : undefined;
}

const retry = {
    strategy: choice(ErrorStrategy, { source: `${PROCESS}#errorstrategy` }),
    maxRetries: number(wholeFrom(0, 3), { source: `${PROCESS}#maxretries` }),
};

export const retries = object<RetriesArgs>(
    { ...retry, maxErrors: number(wholeFrom(-1, -1), { source: `${PROCESS}#maxerrors` }) },
    { source: PROCESS, faults: [retryFault] },
);

function selectorFault({ label, name }: Record<string, unknown>): string | undefined {
    return (label === undefined) === (name === undefined)
        ? `has ${label === undefined ? "neither label nor name" : "both label and name"} (write one of the two to select processes)`
        : undefined;
}

/** Of two lists of pod options for the same selector, Nextflow takes one. */
function twiceFault(given: unknown[]): string | undefined {
    const remedy = "write all about it in one entry";
    return repeatedFault(given, "label", remedy) ?? repeatedFault(given, "name", remedy);
}

function nothingFault({ label, name, ...settings }: Record<string, unknown>): string | undefined {
    return (label === undefined) === (name === undefined) || Object.values(settings).some((each) => each !== undefined)
        ? undefined
        : `has no effect because it sets nothing for ${label === undefined ? "its name" : "its label"} (write a setting, such as memory, or remove the entry)`;
}

export const processes = list(
    object<ProcessArgs>(
        { label: string(checkGiven), name: string(checkGiven), ...resources, ...retry, nodeSelector, tolerations },
        { faults: [selectorFault, nothingFault, acceleratorFault, retryFault] },
    ),
    { source: SELECTORS, fault: twiceFault },
);

export const storageClaims = plain.list(
    object<StorageClaimArgs>(
        {
            name: string(checkDnsLabel, { source: NAMES }),
            claimName: string(checkDnsSubdomain, {
                source: NAMES,
                missing: 'write the name of a claim in the namespace, like "reference-data"',
            }),
            mountPath: string(checkMountPath, { missing: 'write the mount path, like "/mnt/reference"' }),
            readOnly: boolean(),
            subPath: string(checkSubPath),
            ...volumeMembers,
        },
        { faults: [furtherClaimFault] },
    ),
    { source: VOLUMES },
);

const keySelector = object<KeySelectorArgs>(
    { name: string(checkDnsSubdomain, { source: NAMES, missing: "write its name" }), key: string(checkGiven) },
    { source: `${PROCESS}#pod` },
);

const variable: Members<TaskEnvVarArgs> = {
    name: string(checkVariableName, { missing: "write the variable's name" }),
    value: text(),
    valueFrom: object<EnvVarSourceArgs>({ secretKeyRef: keySelector, configMapKeyRef: keySelector }),
};

export const env = list(object<EnvVarArgs>({ ...variable, target: choice(EnvironmentTarget) }), { source: SEQERA_K8S });

/** Variables that can only reach tasks. */
export const taskEnv = list(object<TaskEnvVarArgs>(variable), { source: `${PROCESS}#pod` });

export const advanced = plain.object<AdvancedArgs>(
    {
        headServiceAccount: plain.string(checkDnsSubdomain, { source: NAMES }),
        imagePullPolicy: choice(ImagePullPolicy, { source: NEXTFLOW_K8S }),
        imagePullSecrets: list(string(checkDnsSubdomain), { source: PULL_SECRETS }),
        storageClassName: string(),
        storageMountPath: string(checkMountPath),
        computeResourceType: choice(ComputeResourceType, { source: NEXTFLOW_K8S }),
    },
    { source: SEQERA_K8S },
);

/** Where the design has a name of its own for what another argument says: one of the two is enough. */
const ALIASES: [alias: string, argument: string][] = [
    ["serviceAccount", "serviceAccounts.compute.name"],
    ["advanced.headServiceAccount", "serviceAccounts.head.name"],
    ["advanced.imagePullSecrets", "imagePullSecrets"],
    ["advanced.storageClassName", "storage.storageClassName"],
    ["advanced.storageMountPath", "storage.mountPath"],
];

const aliases: Rule[] = ALIASES.map(([alias, argument]) =>
    always(
        alias,
        (args) =>
            at(args, alias) !== undefined && at(args, argument) !== undefined
                ? `cannot be used with ${argument}, which sets the same value (remove one of the two)`
                : undefined,
        SEQERA_K8S,
    ),
);

/** What the arguments about tasks must fulfil beside others. */
export const taskRules: Rule[] = [
    madeClaimName,
    claimPathFault(VOLUMES),
    claimNameFault(VOLUMES),
    variableFault(SEQERA_K8S),
    processLimits,
    ...aliases,
];
