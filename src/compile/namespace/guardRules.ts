import { ComputeResourceType, NetworkProtocol, PodSecurityLevel } from "../../args/enums";
import type {
    EgressArgs,
    GuardArgs,
    LimitRangeArgs,
    NetworkPolicyArgs,
    PodSecurityArgs,
    ResourceQuotaArgs,
} from "../../args/namespace";
import { oneOf } from "../rules/checks";
import { show } from "../rules/problems";
import { checkUnit, type Nano, parseMemory, parseQuantity } from "../rules/quantities";
import { always, at, isGiven, type Rule, whenKnown, whole } from "../rules/rules";
import { boolean, choice, list, map, type Members, number, object, plain, string } from "../rules/shapes";
import { needsPrivileged, podSecurityDefault } from "./guardRails";
import { checkContainerResource, checkQuotaResource } from "./resourceNames";

const POD_SECURITY = "https://kubernetes.io/docs/concepts/security/pod-security-admission/";
const NETWORK_POLICY = "https://kubernetes.io/docs/concepts/services-networking/network-policies/";
const QUOTA = "https://kubernetes.io/docs/concepts/policy/resource-quotas/";
const LIMIT_RANGE = "https://kubernetes.io/docs/concepts/policy/limit-range/";
const FUSION = "https://docs.seqera.io/fusion";

const PORT_MAX = 65_535;

function checkCidr(text: string): string | undefined {
    const [, address, length] = /^(.*)\/(\d{1,3})$/.exec(text) ?? [];
    const bits = address === undefined ? 0 : addressBits(address);
    return bits > 0 && Number(length) <= bits
        ? undefined
        : `${show(text)} is not a CIDR range (write it like "10.0.0.0/16", or "203.0.113.7/32" for one address)`;
}

function addressBits(address: string): number {
    if (/^(\d{1,3}\.){3}\d{1,3}$/.test(address)) {
        return address.split(".").every((part) => Number(part) <= 255) ? 32 : 0;
    }
    return address.includes(":") && URL.canParse(`http://[${address}]/`) ? 128 : 0;
}

function checkPort(port: number): string | undefined {
    return Number.isInteger(port) && port > 0 && port <= PORT_MAX
        ? undefined
        : `must be a port from 1 to ${PORT_MAX}, not ${port}`;
}

function checkAmount(resource: string, amount: string): string | undefined {
    const isSize = /(memory|storage)$|hugepages-/.test(resource);
    const parsed = parseQuantity(amount);
    if (parsed === undefined || parsed < 0n) {
        return `${show(amount)} is not a valid Kubernetes quantity (write it like ${isSize ? '"16Gi"' : '"200"'})`;
    }
    return isSize ? checkUnit(amount) : undefined;
}

/** What a container has of each resource. */
const amounts = map({ key: checkContainerResource, pair: checkAmount });

const level = choice(PodSecurityLevel);

function checkEnforced(level: string): string | undefined {
    return level === PodSecurityLevel.Restricted
        ? '"restricted" rejects every pod of Nextflow, because Nextflow cannot set the container settings that it requires (write "baseline", and set warn to "restricted")'
        : oneOf(PodSecurityLevel)(level);
}

/** In Kubernetes, an empty list of addresses or ports allows all of them. */
function emptyFault(what: string): (given: unknown[]) => string | undefined {
    return (given) =>
        given.length === 0
            ? `must not be empty, because Kubernetes then allows all ${what} (write those to allow, or remove it)`
            : undefined;
}

function limitsFault(given: Record<string, unknown>): string | undefined {
    return Object.values(given).some((amounts) => amounts !== undefined && Object.keys(amounts as object).length > 0)
        ? undefined
        : "has no effect because it limits nothing (write default, defaultRequest, max or min, or remove it)";
}

function hardFault(given: Record<string, unknown>): string | undefined {
    return Object.keys(given).length > 0
        ? undefined
        : 'has no effect because it limits nothing (write amounts by resource, like { "requests.cpu": "200" }, or remove it)';
}

function portsFault({ ports, protocol }: Record<string, unknown>): string | undefined {
    return protocol !== undefined && ports === undefined
        ? "has a protocol but no ports (set ports, or remove protocol to allow all traffic)"
        : undefined;
}

/** What Kubernetes requires of each resource in a LimitRange, smallest first. */
const LIMIT_ORDER = ["min", "defaultRequest", "default", "max"];

function limitOrderFaults(given: Record<string, unknown>): string[] {
    const groups = LIMIT_ORDER.map((key) => ({ key, amounts: (given[key] ?? {}) as Record<string, unknown> }));
    return groups.flatMap((lower, index) =>
        groups.slice(index + 1).flatMap((upper) =>
            Object.keys(lower.amounts)
                .filter((resource) => exceeds(lower.amounts[resource], upper.amounts[resource]))
                .map((resource) => {
                    const [least, most] = [lower, upper].map(({ amounts }) => show(amounts[resource]));
                    return `${lower.key}.${resource} (${least}) exceeds ${upper.key}.${resource} (${most}), so Kubernetes rejects the LimitRange (lower ${lower.key}, or raise ${upper.key})`;
                }),
        ),
    );
}

function exceeds(a: unknown, b: unknown): boolean {
    const [more, less] = [amount(a), amount(b)];
    return more !== undefined && less !== undefined && more > less;
}

/** The guard rails of a namespace. */
export const guardRails: Members<GuardArgs> = {
    podSecurity: object<PodSecurityArgs>(
        { enforce: string(checkEnforced), warn: level, audit: level },
        { source: POD_SECURITY },
    ),
    networkPolicy: plain.object<NetworkPolicyArgs>(
        {
            egressCidrs: list(string(checkCidr), { fault: emptyFault("addresses") }),
            apiServerCidrs: list(string(checkCidr), { fault: emptyFault("addresses") }),
            apiServerPort: number(checkPort),
            metadataAccess: boolean(),
            egress: list(
                object<EgressArgs>(
                    {
                        cidr: string(checkCidr, { missing: 'write a CIDR range like "10.0.0.0/16"' }),
                        ports: list(number(checkPort), { fault: emptyFault("ports") }),
                        protocol: choice(NetworkProtocol),
                    },
                    { faults: [portsFault] },
                ),
            ),
        },
        { source: NETWORK_POLICY },
    ),
    resourceQuota: plain.object<ResourceQuotaArgs>(
        {
            hard: map(
                { key: checkQuotaResource, pair: checkAmount },
                { missing: 'write amounts by resource, like { "requests.cpu": "200", "requests.memory": "800Gi" }' },
            ),
        },
        { source: QUOTA },
    ),
    limitRange: plain.object<LimitRangeArgs>(
        { default: amounts, defaultRequest: amounts, max: amounts, min: amounts },
        { source: LIMIT_RANGE, faults: [limitsFault, limitOrderFaults] },
    ),
};

/** What one limit of the namespace must leave room for, or pods are refused when they are made. */
interface Room {
    guard: string;
    /** Names under which the limit may stand. */
    resources: string[];
    asked: string;
    pods: string;
}

const CPU = ["requests.cpu", "cpu"];
const MEMORY = ["requests.memory", "memory"];

const ROOMS: Room[] = [
    { guard: "resourceQuota.hard", resources: CPU, asked: "headJob.cpus", pods: "head pod" },
    { guard: "resourceQuota.hard", resources: MEMORY, asked: "headJob.memory", pods: "head pod" },
    { guard: "resourceQuota.hard", resources: CPU, asked: "computeResources.cpus", pods: "task" },
    { guard: "resourceQuota.hard", resources: MEMORY, asked: "computeResources.memory", pods: "task" },
    ...["limitRange.default", "limitRange.max"].flatMap((guard): Room[] => [
        { guard, resources: ["cpu"], asked: "headJob.cpus", pods: "head pod" },
        { guard, resources: ["memory"], asked: "headJob.memory", pods: "head pod" },
    ]),
    // Nextflow limits a task's memory to what it requests, so a default touches its CPUs alone.
    { guard: "limitRange.default", resources: ["cpu"], asked: "computeResources.cpus", pods: "task" },
    { guard: "limitRange.max", resources: ["cpu"], asked: "computeResources.cpus", pods: "task" },
    { guard: "limitRange.max", resources: ["cpu"], asked: "computeResources.maxCpus", pods: "task of that size" },
    { guard: "limitRange.max", resources: ["memory"], asked: "computeResources.memory", pods: "task" },
    { guard: "limitRange.max", resources: ["memory"], asked: "computeResources.maxMemory", pods: "task of that size" },
];

function roomRule({ guard, resources, asked, pods }: Room): Rule {
    const check = (args: unknown): string | undefined => {
        const limits = at(args, guard);
        const limit = resources.find((resource) => hasKey(limits, resource));
        const most = limit === undefined ? undefined : (limits as Record<string, unknown>)[limit];
        const [left, wanted] = [most, at(args, asked)].map(amount);
        // A limit on a task's CPUs that Nextflow sets itself is the task's own request.
        const own =
            guard === "limitRange.default" && pods === "task" && at(args, "computeResources.cpuLimits") === true;
        return left === undefined || wanted === undefined || left >= wanted || own
            ? undefined
            : `${limit} (${show(most)}) is less than ${asked} (${show(at(args, asked))}), so no ${pods} could start (raise it, or lower ${asked})`;
    };
    return whenKnown(
        guard,
        [asked, "computeResources.cpuLimits"],
        check,
        guard.startsWith("limit") ? LIMIT_RANGE : QUOTA,
    );
}

/** Names of resources have dots, which are no steps of a path here. */
function hasKey(limits: unknown, resource: string): boolean {
    return typeof limits === "object" && limits !== null && resource in limits;
}

/** An amount of CPUs or memory, however it is written; `undefined` where it is none, or not known. */
function amount(given: unknown): Nano | undefined {
    if (typeof given === "number" && Number.isFinite(given)) {
        return parseQuantity(String(given));
    }
    return typeof given === "string" ? parseMemory(given) : undefined;
}

function cpuQuotaFault(args: unknown): string | undefined {
    const limits = at(args, "resourceQuota.hard");
    if (!hasKey(limits, "limits.cpu") || at(args, "computeResources.cpuLimits") === true) {
        return undefined;
    }
    return 'contains "limits.cpu", so Kubernetes rejects every pod without a CPU limit, which Nextflow does not set by default (set computeResources.cpuLimits to true, or use "requests.cpu" instead)';
}

function fusionFault(args: unknown): string | undefined {
    const enforced = at(args, "podSecurity.enforce");
    return enforced === PodSecurityLevel.Baseline &&
        needsPrivileged(at(args, "fusionEnabled"), at(args, "nextflowConfig"))
        ? '"baseline" rejects the task pods of Fusion, because they are privileged (write "privileged", or set "fusion.privileged = false" in nextflowConfig if the nodes have the FUSE device plugin)'
        : undefined;
}

/** What a task's pod asks for that only Pod Security `privileged` lets in. */
function privilegedEntry(entry: unknown): string | undefined {
    if (isGiven(entry, "hostPath") && isGiven(entry, "mountPath")) {
        return "has an entry that mounts a directory of the node";
    }
    return at(entry, "privileged") === true ? "has an entry that is privileged" : undefined;
}

function privilegedFault(args: unknown): string | undefined {
    const enforced =
        at(args, "podSecurity.enforce") ??
        podSecurityDefault(needsPrivileged(at(args, "fusionEnabled"), at(args, "nextflowConfig")));
    const extra = at(args, "podOptions.extra");
    if (enforced === PodSecurityLevel.Privileged || at(args, "createNamespace") === false || !Array.isArray(extra)) {
        return undefined;
    }
    const what = extra.map(privilegedEntry).find((each) => each !== undefined);
    return what === undefined
        ? undefined
        : `${what}, which Pod Security ${show(enforced)} rejects (remove the entry, or set podSecurity.enforce to "privileged")`;
}

/** The guard rails beside what else a compute environment is told. */
export const guardRules: Rule[] = [
    always(
        "podSecurity",
        (args) =>
            isGiven(args, "podSecurity") && at(args, "createNamespace") === false
                ? "has no effect because createNamespace is false and an existing namespace keeps its labels (remove it, or label the namespace where it is created)"
                : undefined,
        POD_SECURITY,
    ),
    whenKnown("podSecurity.enforce", ["fusionEnabled", "nextflowConfig"], fusionFault, FUSION),
    whenKnown(
        "podOptions.extra",
        ["podSecurity.enforce", "createNamespace", "fusionEnabled", "nextflowConfig"],
        privilegedFault,
        POD_SECURITY,
    ),
    whenKnown("resourceQuota.hard", ["computeResources.cpuLimits"], cpuQuotaFault, QUOTA),
    whole("resourceQuota.hard", hardFault, QUOTA),
    ...ROOMS.map(roomRule),
];

/** What can work, but likely not as meant. */
export const guardWarnings: Rule[] = [
    whenKnown(
        "resourceQuota",
        ["advanced.computeResourceType"],
        (args) =>
            isGiven(args, "resourceQuota") && at(args, "advanced.computeResourceType") !== ComputeResourceType.Job
                ? 'makes Kubernetes reject the pods of tasks that exceed the quota, and those tasks fail (set advanced.computeResourceType to "Job", so that tasks wait)'
                : undefined,
        QUOTA,
    ),
];
