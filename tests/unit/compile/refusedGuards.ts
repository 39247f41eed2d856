import { UNKNOWN } from "../../../src/compile/rules/rules";
import { type Case, EKS, FUSION, LATER } from "./environmentCases";

const LEVELS = 'write one of "privileged", "baseline", "restricted"';
const RANGE = 'write it like "10.0.0.0/16", or "203.0.113.7/32" for one address';
const PORT = "write a whole number from 1 to 65535";
const RESOURCE = 'write it like "requests.cpu", "requests.memory", "pods" or "count/jobs.batch"';
const EKS_FUSION = { ...EKS, ...FUSION, workDirectory: "s3://bucket/work" };

/** Every map of amounts is judged alike. */
function amounts(property: string, wrap: (amounts: unknown) => object): Case[] {
    return [
        [`${property} that is a list`, wrap(["1"]), [`${property}: must be an object, not a list`]],
        [
            `${property} of no resource`,
            wrap({ "Requests CPU": "1" }),
            [`${property}.Requests CPU "Requests CPU" is no name of a resource; ${RESOURCE}`],
        ],
        [`${property} with a number`, wrap({ pods: 5 }), [`${property}.pods: must be a string, not a number`]],
        [
            `${property} that is no quantity`,
            wrap({ memory: "16 GB" }),
            [`${property}.memory is "16 GB", which is no Kubernetes quantity; write it like "16Gi"`],
        ],
        [
            `${property} of less than nothing`,
            wrap({ pods: "-1" }),
            [`${property}.pods is "-1", which is no Kubernetes quantity; write it like "200"`],
        ],
    ];
}

/** What a namespace is guarded by. */
export const REFUSED_GUARDS: Case[] = [
    ["a preflight that another resource decides about", { preflight: UNKNOWN }, [`preflight ${LATER}`]],
    // Pod Security.
    [
        "a level under another name",
        { podSecurity: { level: "baseline" } },
        ["podSecurity.level: unknown argument (use one of enforce, warn, audit)"],
    ],
    ...["enforce", "warn", "audit"].map((mode): Case => [
        `a level to ${mode} that is none`,
        { podSecurity: { [mode]: "strict" } },
        [`podSecurity.${mode} "strict" is no such choice; ${LEVELS}`],
    ]),
    [
        "restricted pods, which Nextflow's are not",
        { podSecurity: { enforce: "restricted" } },
        [
            'podSecurity.enforce is "restricted", which refuses every pod of Nextflow: it asks for container settings that Nextflow cannot write; write "baseline", and "restricted" for warn',
        ],
    ],
    [
        "a level of a namespace that is there already",
        { createNamespace: false, podSecurity: { enforce: "baseline" } },
        [
            "podSecurity is given, but the namespace is there already and keeps its own labels; leave it out, or label the namespace where it is made",
        ],
    ],
    [
        "baseline with Fusion",
        { ...EKS_FUSION, podSecurity: { enforce: "baseline" } },
        [
            'podSecurity.enforce is "baseline", which refuses Fusion\'s task pods, since they are privileged; write "privileged", or "fusion.privileged = false" in nextflowConfig where the nodes have the FUSE device plugin',
        ],
    ],
    [
        "a directory of the node, by default",
        { podOptions: { extra: [{ hostPath: "/data", mountPath: "/data" }] } },
        [
            'podOptions.extra mounts a directory of the node, which Pod Security "baseline" refuses; leave that out, or set podSecurity.enforce to "privileged"',
        ],
    ],
    [
        "privileged tasks, by default",
        { podOptions: { extra: [{ privileged: true }] } },
        [
            'podOptions.extra is privileged, which Pod Security "baseline" refuses; leave that out, or set podSecurity.enforce to "privileged"',
        ],
    ],
    // Network policy.
    ...["networkPolicy", "resourceQuota", "limitRange"].map((guard): Case => [
        `a ${guard} of another resource`,
        { [guard]: UNKNOWN },
        [`${guard} ${LATER}`],
    ]),
    [
        "a range under another name",
        { networkPolicy: { cidrs: ["10.0.0.0/8"] } },
        [
            "networkPolicy.cidrs: unknown argument (use one of egressCidrs, apiServerCidrs, apiServerPort, metadataAccess, egress)",
        ],
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
            [`networkPolicy.${ranges}[0] "10.0.0.1" is no range of addresses; ${RANGE}`],
        ],
        [
            `${ranges} with a length beyond the address`,
            { networkPolicy: { [ranges]: ["::1/128", "10.0.0.0/33"] } },
            [`networkPolicy.${ranges}[1] "10.0.0.0/33" is no range of addresses; ${RANGE}`],
        ],
    ]),
    ["a port of zero", { networkPolicy: { apiServerPort: 0 } }, [`networkPolicy.apiServerPort 0 is no port; ${PORT}`]],
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
        ["networkPolicy.egress[0].port: unknown argument (use one of cidr, ports, protocol)"],
    ],
    [
        "egress to nowhere",
        { networkPolicy: { egress: [{ ports: [443] }] } },
        ['networkPolicy.egress[0].cidr: required (write a range like "10.0.0.0/16")'],
    ],
    [
        "egress to a name",
        { networkPolicy: { egress: [{ cidr: "db.example.com" }] } },
        [`networkPolicy.egress[0].cidr "db.example.com" is no range of addresses; ${RANGE}`],
    ],
    [
        "ports of egress that are no list",
        { networkPolicy: { egress: [{ cidr: "10.0.0.0/8", ports: 443 }] } },
        ["networkPolicy.egress[0].ports: must be a list, not a number"],
    ],
    [
        "a port of egress beyond all ports",
        { networkPolicy: { egress: [{ cidr: "10.0.0.0/8", ports: [443, 70000] }] } },
        [`networkPolicy.egress[0].ports[1] 70000 is no port; ${PORT}`],
    ],
    [
        "a protocol of egress that is none",
        { networkPolicy: { egress: [{ cidr: "10.0.0.0/8", ports: [443], protocol: "https" }] } },
        ['networkPolicy.egress[0].protocol: unsupported value "https" (use one of "TCP", "UDP", "SCTP")'],
    ],
    [
        "a protocol of egress without ports",
        { networkPolicy: { egress: [{ cidr: "10.0.0.0/8", protocol: "UDP" }] } },
        [
            "networkPolicy.egress[0] has a protocol and no ports; write the ports, or leave the protocol out to allow everything",
        ],
    ],
    // Quota and limits.
    [
        "a quota without amounts",
        { resourceQuota: {} },
        [
            'resourceQuota.hard: required (write amounts by the resource, like { "requests.cpu": "200", "requests.memory": "800Gi" })',
        ],
    ],
    [
        "a quota with amounts in the wrong place",
        { resourceQuota: { hard: { pods: "5" }, pods: "5" } },
        ["resourceQuota.pods: unknown argument (use one of hard)"],
    ],
    ...amounts("resourceQuota.hard", (hard) => ({ resourceQuota: { hard } })),
    [
        "a quota on limits of CPUs, which Nextflow does not set",
        { resourceQuota: { hard: { "limits.cpu": "10" } } },
        [
            'resourceQuota.hard has "limits.cpu", so Kubernetes refuses every pod without a limit of CPUs, which Nextflow sets only on demand; set computeResources.cpuLimits to true, or write "requests.cpu" instead',
        ],
    ],
    [
        "a quota that no head pod fits in",
        { headJob: { cpus: 4, memory: "8 GB" }, resourceQuota: { hard: { cpu: "2", "requests.memory": "4Gi" } } },
        [
            'resourceQuota.hard leaves "2" of cpu, less than the 4 of headJob.cpus, so no head pod could start; write more there, or lower headJob.cpus',
            'resourceQuota.hard leaves "4Gi" of requests.memory, less than the "8 GB" of headJob.memory, so no head pod could start; write more there, or lower headJob.memory',
        ],
    ],
    [
        "a limit under another name",
        { limitRange: { defaults: { memory: "1Gi" } } },
        ["limitRange.defaults: unknown argument (use one of default, defaultRequest, max, min)"],
    ],
    ...["default", "defaultRequest", "max", "min"].flatMap((key) =>
        amounts(`limitRange.${key}`, (given) => ({ limitRange: { [key]: given } })),
    ),
    ...["default", "max"].map((key): Case => [
        `a ${key} limit below the head job`,
        { headJob: { cpus: 4, memory: "8 GB" }, limitRange: { [key]: { cpu: "2", memory: "4Gi" } } },
        [
            `limitRange.${key} leaves "2" of cpu, less than the 4 of headJob.cpus, so no head pod could start; write more there, or lower headJob.cpus`,
            `limitRange.${key} leaves "4Gi" of memory, less than the "8 GB" of headJob.memory, so no head pod could start; write more there, or lower headJob.memory`,
        ],
    ]),
    [
        "a default limit below what tasks request",
        { computeResources: { cpus: 4 }, limitRange: { default: { cpu: "2" } } },
        [
            'limitRange.default leaves "2" of cpu, less than the 4 of computeResources.cpus, so no task could start; write more there, or lower computeResources.cpus',
        ],
    ],
    [
        "most that is less than tasks request",
        {
            computeResources: { cpus: 4, maxCpus: 8, memory: "8 GB", maxMemory: "16 GB" },
            limitRange: { max: { cpu: "2", memory: "4Gi" } },
        },
        [
            'limitRange.max leaves "2" of cpu, less than the 4 of computeResources.cpus, so no task could start; write more there, or lower computeResources.cpus',
            'limitRange.max leaves "2" of cpu, less than the 8 of computeResources.maxCpus, so no task of that size could start; write more there, or lower computeResources.maxCpus',
            'limitRange.max leaves "4Gi" of memory, less than the "8 GB" of computeResources.memory, so no task could start; write more there, or lower computeResources.memory',
            'limitRange.max leaves "4Gi" of memory, less than the "16 GB" of computeResources.maxMemory, so no task of that size could start; write more there, or lower computeResources.maxMemory',
        ],
    ],
];
