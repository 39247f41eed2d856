import { UNKNOWN } from "../../../src/compile/rules/rules";
import { type Case, EKS, FUSION, LATER } from "./environmentCases";

const LEVELS = 'use one of "privileged", "baseline", "restricted"';
const RANGE = 'write it like "10.0.0.0/16", or "203.0.113.7/32" for one address';
const CONTAINER = "cpu, memory, ephemeral-storage";
const QUOTA = `${CONTAINER}, requests.cpu, requests.memory, requests.ephemeral-storage, limits.cpu, limits.memory, limits.ephemeral-storage, requests.storage, pods, persistentvolumeclaims, configmaps, secrets, services, services.loadbalancers, services.nodeports, replicationcontrollers, resourcequotas`;
const EKS_FUSION = { ...EKS, ...FUSION, workDirectory: "s3://bucket/work" };

/** Every map of amounts is judged alike. */
function amounts(property: string, wrap: (amounts: unknown) => object, all = CONTAINER, memory = '"memory"'): Case[] {
    return [
        [`${property} that is a list`, wrap(["1"]), [`${property}: must be an object, not a list`]],
        [
            `${property} of no resource`,
            wrap({ mem: "1Gi", "nvidia.com/": "1", "hugepages-big": "1Gi" }),
            [
                `${property}.mem: unknown resource (write ${memory})`,
                `${property}.nvidia.com/: unknown resource (use one of ${all})`,
                `${property}.hugepages-big: unknown resource (use one of ${all})`,
            ],
        ],
        [
            `${property} of amounts that are no text`,
            wrap({ memory: ["1Gi"] }),
            [`${property}.memory: must be a string, not a list`],
        ],
        [
            `${property} of bytes that were meant as more`,
            wrap({ memory: 4, "hugepages-2Mi": "512m", "ephemeral-storage": "100" }),
            [
                `${property}.memory: "4" has no unit, so it is a number of bytes (write "4Gi" or "4Mi")`,
                `${property}.hugepages-2Mi: "512m" is in thousandths of a byte (write "512Gi" or "512Mi")`,
                `${property}.ephemeral-storage: "100" has no unit, so it is a number of bytes (write "100Gi" or "100Mi")`,
            ],
        ],
        [
            `${property} that is no quantity`,
            wrap({ memory: "16 GB" }),
            [`${property}.memory: "16 GB" is not a valid Kubernetes quantity (write it like "16Gi")`],
        ],
        [
            `${property} of less than nothing`,
            wrap({ cpu: "-1" }),
            [`${property}.cpu: "-1" is not a valid Kubernetes quantity (write it like "200")`],
        ],
    ];
}

/** What a namespace is guarded by. */
export const REFUSED_GUARDS: Case[] = [
    ["a preflight that another resource decides about", { preflight: UNKNOWN }, [`preflight: ${LATER}`]],
    [
        "a preflight at preview without one",
        { preflight: false, preflightAtPreview: true },
        ["preflightAtPreview: has no effect with preflight set to false (remove one of the two)"],
    ],
    [
        "a preflight at preview that another resource decides about",
        { preflightAtPreview: UNKNOWN },
        [`preflightAtPreview: ${LATER}`],
    ],
    // Pod Security.
    [
        "a level under another name",
        { podSecurity: { level: "baseline" } },
        ["podSecurity.level: unknown argument (use one of enforce, warn, audit)"],
    ],
    ...["enforce", "warn", "audit"].map((mode): Case => [
        `a level to ${mode} that is none`,
        { podSecurity: { [mode]: "strict" } },
        [`podSecurity.${mode}: unsupported value "strict" (${LEVELS})`],
    ]),
    [
        "restricted pods, which Nextflow's are not",
        { podSecurity: { enforce: "restricted" } },
        [
            'podSecurity.enforce: "restricted" rejects every pod of Nextflow, because Nextflow cannot set the container settings that it requires (write "baseline", and set warn to "restricted")',
        ],
    ],
    [
        "a level of a namespace that is there already",
        { createNamespace: false, podSecurity: { enforce: "baseline" } },
        [
            "podSecurity: has no effect because createNamespace is false and an existing namespace keeps its labels (remove it, or label the namespace where it is created)",
        ],
    ],
    [
        "baseline with Fusion",
        { ...EKS_FUSION, podSecurity: { enforce: "baseline" } },
        [
            'podSecurity.enforce: "baseline" rejects the task pods of Fusion, because they are privileged (write "privileged", or set "fusion.privileged = false" in nextflowConfig if the nodes have the FUSE device plugin)',
        ],
    ],
    [
        "a directory of the node, by default",
        { podOptions: { extra: [{ hostPath: "/data", mountPath: "/data" }] } },
        [
            'podOptions.extra: has an entry that mounts a directory of the node, which Pod Security "baseline" rejects (remove the entry, or set podSecurity.enforce to "privileged")',
        ],
    ],
    [
        "privileged tasks, by default",
        { podOptions: { extra: [{ privileged: true }] } },
        [
            'podOptions.extra: has an entry that is privileged, which Pod Security "baseline" rejects (remove the entry, or set podSecurity.enforce to "privileged")',
        ],
    ],
    // Network policy.
    ...["networkPolicy", "resourceQuota", "limitRange"].map((guard): Case => [
        `a ${guard} of another resource`,
        { [guard]: UNKNOWN },
        [`${guard}: ${LATER}`],
    ]),
    [
        "a range under another name",
        { networkPolicy: { cidrs: ["10.0.0.0/8"] } },
        ['networkPolicy.cidrs: unknown argument (write "egressCidrs" or "apiServerCidrs")'],
    ],
    ...["egressCidrs", "apiServerCidrs"].flatMap((ranges): Case[] => [
        [
            `${ranges} that are a text`,
            { networkPolicy: { [ranges]: "10.0.0.0/8" } },
            [`networkPolicy.${ranges}: must be a list, not a string`],
        ],
        [
            `${ranges} without a length`,
            { networkPolicy: { [ranges]: ["10.0.0.1"] } },
            [`networkPolicy.${ranges}[0]: "10.0.0.1" is not a CIDR range (${RANGE})`],
        ],
        [
            `${ranges} with a length beyond the address`,
            { networkPolicy: { [ranges]: ["::1/128", "10.0.0.0/33"] } },
            [`networkPolicy.${ranges}[1]: "10.0.0.0/33" is not a CIDR range (${RANGE})`],
        ],
    ]),
    [
        "a port of zero",
        { networkPolicy: { apiServerPort: 0 } },
        ["networkPolicy.apiServerPort: must be a port from 1 to 65535, not 0"],
    ],
    [
        "metadata access as a text",
        { networkPolicy: { metadataAccess: "no" } },
        ["networkPolicy.metadataAccess: must be a boolean, not a string"],
    ],
    [
        "egress that is no list",
        { networkPolicy: { egress: { cidr: "10.0.0.0/8" } } },
        ["networkPolicy.egress: must be a list, not an object"],
    ],
    [
        "egress with an argument that means nothing",
        { networkPolicy: { egress: [{ cidr: "10.0.0.0/8", port: 5432 }] } },
        ['networkPolicy.egress[0].port: unknown argument (write "ports")'],
    ],
    [
        "egress to nowhere",
        { networkPolicy: { egress: [{ ports: [443] }] } },
        ['networkPolicy.egress[0].cidr: required (write a CIDR range like "10.0.0.0/16")'],
    ],
    [
        "egress to a name",
        { networkPolicy: { egress: [{ cidr: "db.example.com" }] } },
        [`networkPolicy.egress[0].cidr: "db.example.com" is not a CIDR range (${RANGE})`],
    ],
    [
        "ports of egress that are no list",
        { networkPolicy: { egress: [{ cidr: "10.0.0.0/8", ports: 443 }] } },
        ["networkPolicy.egress[0].ports: must be a list, not a number"],
    ],
    [
        "a port of egress beyond all ports",
        { networkPolicy: { egress: [{ cidr: "10.0.0.0/8", ports: [443, 70000] }] } },
        ["networkPolicy.egress[0].ports[1]: must be a port from 1 to 65535, not 70000"],
    ],
    [
        "a protocol of egress that is none",
        { networkPolicy: { egress: [{ cidr: "10.0.0.0/8", ports: [443], protocol: "https" }] } },
        ['networkPolicy.egress[0].protocol: unsupported value "https" (use one of "TCP", "UDP", "SCTP")'],
    ],
    [
        "a protocol of egress without ports",
        { networkPolicy: { egress: [{ cidr: "10.0.0.0/8", protocol: "UDP" }] } },
        ["networkPolicy.egress[0]: has a protocol but no ports (set ports, or remove protocol to allow all traffic)"],
    ],
    // Quota and limits.
    [
        "a quota without amounts",
        { resourceQuota: {} },
        [
            'resourceQuota.hard: required (write amounts by resource, like { "requests.cpu": "200", "requests.memory": "800Gi" })',
        ],
    ],
    [
        "a quota with amounts in the wrong place",
        { resourceQuota: { hard: { pods: "5" }, pods: "5" } },
        ["resourceQuota.pods: unknown argument (use one of hard)"],
    ],
    ...amounts(
        "resourceQuota.hard",
        (hard) => ({ resourceQuota: { hard } }),
        QUOTA,
        '"memory" or "requests.memory" or "limits.memory"',
    ),
    [
        "a quota on resources that it does not count, or not so",
        {
            resourceQuota: {
                hard: {
                    "request.cpu": "200",
                    cpus: "200",
                    "nvidia.com/gpu": "8",
                    "limits.nvidia.com/gpu": "8",
                    pod: "5",
                },
            },
        },
        [
            'resourceQuota.hard.request.cpu: unknown resource (write "requests.cpu" or "cpu")',
            'resourceQuota.hard.cpus: unknown resource (write "cpu")',
            'resourceQuota.hard.nvidia.com/gpu: has no effect because a quota counts a resource of a device plugin by its requests (write "requests.nvidia.com/gpu")',
            'resourceQuota.hard.limits.nvidia.com/gpu: has no effect because a quota counts a resource of a device plugin by its requests (write "requests.nvidia.com/gpu")',
            'resourceQuota.hard.pod: unknown resource (write "pods")',
        ],
    ],
    [
        "limits of a container by the names of a quota",
        { limitRange: { max: { "requests.nvidia.com/gpu": "8", "limits.cpu": "8", pods: "5" } } },
        [
            'limitRange.max.requests.nvidia.com/gpu: unknown resource (write "nvidia.com/gpu")',
            'limitRange.max.limits.cpu: unknown resource (write "cpu")',
            `limitRange.max.pods: unknown resource (use one of ${CONTAINER})`,
        ],
    ],
    [
        "a quota on limits of CPUs, which Nextflow does not set",
        { resourceQuota: { hard: { "limits.cpu": "10" } } },
        [
            'resourceQuota.hard: contains "limits.cpu", so Kubernetes rejects every pod without a CPU limit, which Nextflow does not set by default (set computeResources.cpuLimits to true, or use "requests.cpu" instead)',
        ],
    ],
    [
        "a quota that no head pod fits in",
        { headJob: { cpus: 4, memory: "8 GB" }, resourceQuota: { hard: { cpu: "2", "requests.memory": "4Gi" } } },
        [
            'resourceQuota.hard: cpu ("2") is less than headJob.cpus (4), so no head pod could start (raise it, or lower headJob.cpus)',
            'resourceQuota.hard: requests.memory ("4Gi") is less than headJob.memory ("8 GB"), so no head pod could start (raise it, or lower headJob.memory)',
        ],
    ],
    [
        "a quota that no task fits in",
        {
            computeResources: { cpus: 4, memory: "8 GB" },
            resourceQuota: { hard: { "requests.cpu": "2", memory: "4Gi" } },
        },
        [
            'resourceQuota.hard: requests.cpu ("2") is less than computeResources.cpus (4), so no task could start (raise it, or lower computeResources.cpus)',
            'resourceQuota.hard: memory ("4Gi") is less than computeResources.memory ("8 GB"), so no task could start (raise it, or lower computeResources.memory)',
        ],
    ],
    [
        "limits of which the least is above the most",
        { limitRange: { min: { cpu: "2", memory: "8Gi" }, max: { cpu: "500m", memory: "4Gi" } } },
        [
            'limitRange: min.cpu ("2") exceeds max.cpu ("500m"), so Kubernetes rejects the LimitRange (lower min, or raise max)',
            'limitRange: min.memory ("8Gi") exceeds max.memory ("4Gi"), so Kubernetes rejects the LimitRange (lower min, or raise max)',
        ],
    ],
    [
        "a limit under another name",
        { limitRange: { defaults: { memory: "1Gi" } } },
        ['limitRange.defaults: unknown argument (write "default")'],
    ],
    ...["default", "defaultRequest", "max", "min"].flatMap((key) =>
        amounts(`limitRange.${key}`, (given) => ({ limitRange: { [key]: given } })),
    ),
    ...["default", "max"].map((key): Case => [
        `a ${key} limit below the head job`,
        { headJob: { cpus: 4, memory: "8 GB" }, limitRange: { [key]: { cpu: "2", memory: "4Gi" } } },
        [
            `limitRange.${key}: cpu ("2") is less than headJob.cpus (4), so no head pod could start (raise it, or lower headJob.cpus)`,
            `limitRange.${key}: memory ("4Gi") is less than headJob.memory ("8 GB"), so no head pod could start (raise it, or lower headJob.memory)`,
        ],
    ]),
    [
        "a default limit below what tasks request",
        { computeResources: { cpus: 4 }, limitRange: { default: { cpu: "2" } } },
        [
            'limitRange.default: cpu ("2") is less than computeResources.cpus (4), so no task could start (raise it, or lower computeResources.cpus)',
        ],
    ],
    [
        "most that is less than tasks request",
        {
            computeResources: { cpus: 4, maxCpus: 8, memory: "8 GB", maxMemory: "16 GB" },
            limitRange: { max: { cpu: "2", memory: "4Gi" } },
        },
        [
            'limitRange.max: cpu ("2") is less than computeResources.cpus (4), so no task could start (raise it, or lower computeResources.cpus)',
            'limitRange.max: cpu ("2") is less than computeResources.maxCpus (8), so no task of that size could start (raise it, or lower computeResources.maxCpus)',
            'limitRange.max: memory ("4Gi") is less than computeResources.memory ("8 GB"), so no task could start (raise it, or lower computeResources.memory)',
            'limitRange.max: memory ("4Gi") is less than computeResources.maxMemory ("16 GB"), so no task of that size could start (raise it, or lower computeResources.maxMemory)',
        ],
    ],
];
