import type { Case } from "./environmentCases";

const NAME =
    "is not a valid Kubernetes name (use at most 63 letters, digits, dashes, underscores and dots; begin and end with a letter or digit)";
const VALUE = NAME.replace("name", "label value");
const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
const NODES = `podOptions.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms`;
const LIKED = `podOptions.affinity.nodeAffinity.${PREFERRED}`;
const PODS = `podOptions.affinity.podAffinity.${REQUIRED}`;

const nodes = (terms: unknown) => ({
    podOptions: { affinity: { nodeAffinity: { [REQUIRED]: { nodeSelectorTerms: terms } } } },
});
const pods = (...terms: unknown[]) => ({ podOptions: { affinity: { podAffinity: { [REQUIRED]: terms } } } });

/** Affinity, however deep: the API server would refuse a pod, or drop what it does not know. */
export const REFUSED_AFFINITY: Case[] = [
    [
        "an affinity of another kind",
        { podOptions: { affinity: { nodes: {} } }, headPodOptions: { affinity: { nodeAffinity: "gpu" } } },
        [
            'podOptions.affinity.nodes: unknown argument (write "nodeAffinity")',
            "headPodOptions.affinity.nodeAffinity: must be an object, not a string",
        ],
    ],
    [
        "misspelt members of affinities, for all three kinds of pod",
        {
            podOptions: { affinity: { nodeAffinity: { required: {} } } },
            headPodOptions: {
                affinity: {
                    podAffinity: { [REQUIRED]: [{ topologyKey: "zone", labelselector: { matchLabels: {} } }] },
                },
            },
            servicePodOptions: {
                affinity: {
                    podAntiAffinity: { [PREFERRED]: [{ weight: 1, podAffinityTerm: { topologykey: "zone" } }] },
                },
            },
        },
        [
            `podOptions.affinity.nodeAffinity.required: unknown argument (write "${REQUIRED}")`,
            `headPodOptions.affinity.podAffinity.${REQUIRED}[0].labelselector: unknown argument (write "labelSelector")`,
            `servicePodOptions.affinity.podAntiAffinity.${PREFERRED}[0].podAffinityTerm.topologykey: unknown argument (write "topologyKey")`,
        ],
    ],
    ["an affinity to no nodes", nodes([]), [`${NODES}: must not be empty, because no node fulfils it (write a term)`]],
    [
        "an affinity without terms",
        { podOptions: { affinity: { nodeAffinity: { [REQUIRED]: {} } } } },
        [`${NODES}: required (write a list of terms, of which a node must fulfil one)`],
    ],
    [
        "terms that nodes cannot fulfil",
        nodes([
            {},
            {
                matchExpressions: [
                    { key: "-a", operator: "Is", values: ["a b"] },
                    {},
                    { key: "gpu", operator: "In" },
                    { key: "gpu", operator: "Exists", values: ["a"] },
                    { key: "cores", operator: "Gt", values: ["many"] },
                ],
            },
            {
                matchFields: [
                    { key: "spec.nodeName", operator: "Exists", values: ["a"] },
                    {},
                    { key: "metadata.name", operator: "In", values: [] },
                ],
            },
        ]),
        [
            `${NODES}[1].matchExpressions[0].key: "-a" ${NAME}`,
            `${NODES}[1].matchExpressions[1].key: required (write the key of the node's label)`,
            `${NODES}[1].matchExpressions[0].operator: unsupported value "Is" (use one of "In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt")`,
            `${NODES}[1].matchExpressions[1].operator: required (write it like "In" or "Exists")`,
            `${NODES}[1].matchExpressions[0].values[0]: "a b" ${VALUE}`,
            `${NODES}[1].matchExpressions[2]: requires values with the operator "In" (write at least one)`,
            `${NODES}[1].matchExpressions[3]: has values, which the operator "Exists" does not allow (remove them, or write "In")`,
            `${NODES}[1].matchExpressions[4]: requires one whole number as values with the operator "Gt" (write it like ["8"])`,
            `${NODES}[2].matchFields[0].key: unsupported value "spec.nodeName" (use one of "metadata.name")`,
            `${NODES}[2].matchFields[1].key: required (write "metadata.name")`,
            `${NODES}[2].matchFields[0].operator: unsupported value "Exists" (use one of "In", "NotIn")`,
            `${NODES}[2].matchFields[1].operator: required (write "In" or "NotIn")`,
            `${NODES}[2].matchFields[1].values: required (write the name of a node)`,
            `${NODES}[2].matchFields[0]: has values, which the operator "Exists" does not allow (remove them, or write "In")`,
            `${NODES}[2].matchFields[2]: requires values with the operator "In" (write at least one)`,
            `${NODES}[0]: selects no node (write matchExpressions)`,
        ],
    ],
    [
        "nodes that are liked without a term, or too much",
        { podOptions: { affinity: { nodeAffinity: { [PREFERRED]: [{ weight: 101, preference: {} }, {}] } } } },
        [
            `${LIKED}[0].weight: must be a whole number from 1 to 100, not 101 (write it like 50)`,
            `${LIKED}[1].weight: required (write a whole number from 1 to 100)`,
            `${LIKED}[0].preference: selects no node (write matchExpressions)`,
            `${LIKED}[1].preference: required (write the term that nodes should fulfil, like { matchExpressions: [...] })`,
        ],
    ],
    [
        "pods that are liked too little, or not said which",
        { podOptions: { affinity: { podAffinity: { [PREFERRED]: [{ weight: 0 }, { podAffinityTerm: {} }] } } } },
        [
            `podOptions.affinity.podAffinity.${PREFERRED}[0].weight: must be a whole number from 1 to 100, not 0 (write it like 50)`,
            `podOptions.affinity.podAffinity.${PREFERRED}[1].weight: required (write a whole number from 1 to 100)`,
            `podOptions.affinity.podAffinity.${PREFERRED}[1].podAffinityTerm.topologyKey: required (write the key of a node label, like "kubernetes.io/hostname")`,
            `podOptions.affinity.podAffinity.${PREFERRED}[0].podAffinityTerm: required (write the term and its topologyKey)`,
        ],
    ],
    [
        "terms that pods cannot fulfil",
        pods(
            {},
            {
                topologyKey: "",
                labelSelector: {
                    matchLabels: { "-a": "a b" },
                    matchExpressions: [
                        { key: "-a", operator: "Gt", values: ["a b"] },
                        { key: "a", operator: "NotIn" },
                    ],
                },
                namespaces: ["Runs"],
                matchLabelKeys: ["-a"],
                mismatchLabelKeys: ["-a"],
            },
        ),
        [
            `${PODS}[1].topologyKey: "" ${NAME}`,
            `${PODS}[0].topologyKey: required (write the key of a node label, like "kubernetes.io/hostname")`,
            `${PODS}[1].labelSelector.matchLabels.-a: "-a" ${NAME}`,
            `${PODS}[1].labelSelector.matchLabels.-a: "a b" ${VALUE}`,
            `${PODS}[1].labelSelector.matchExpressions[0].key: "-a" ${NAME}`,
            `${PODS}[1].labelSelector.matchExpressions[0].operator: unsupported value "Gt" (use one of "In", "NotIn", "Exists", "DoesNotExist")`,
            `${PODS}[1].labelSelector.matchExpressions[0].values[0]: "a b" ${VALUE}`,
            `${PODS}[1].labelSelector.matchExpressions[1]: requires values with the operator "NotIn" (write at least one)`,
            `${PODS}[1].namespaces[0]: "Runs" is not an RFC 1123 label (use lower-case letters, digits and dashes; begin and end with a letter or digit, like "runs")`,
            `${PODS}[1].matchLabelKeys[0]: "-a" ${NAME}`,
            `${PODS}[1].mismatchLabelKeys[0]: "-a" ${NAME}`,
        ],
    ],
    [
        "what the kernel and SELinux are told under another name",
        {
            podOptions: {
                securityContext: {
                    seLinuxOptions: { levels: "s0" },
                    sysctls: [{ name: "", val: "1" }, { name: "kernel.shm_rmid_forced" }],
                    windowsOptions: { runAsUser: "a" },
                },
            },
        },
        [
            'podOptions.securityContext.seLinuxOptions.levels: unknown argument (write "level")',
            'podOptions.securityContext.sysctls[0].val: unknown argument (write "value")',
            "podOptions.securityContext.sysctls[0].name: must not be empty (write its value)",
            "podOptions.securityContext.sysctls[1].value: required (write its value)",
            'podOptions.securityContext.windowsOptions.runAsUser: unknown argument (write "runAsUserName")',
        ],
    ],
];
