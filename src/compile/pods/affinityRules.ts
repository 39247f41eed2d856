import type { core } from "@pulumi/kubernetes/types/input";
import { checkLabelText, checkQualifiedName } from "../rules/kubernetesNames";
import { checkDnsLabel } from "../rules/names";
import { show } from "../rules/problems";
import { labelSelector, valuesFault } from "../rules/selectors";
import { choice, list, number, object, string } from "../rules/shapes";

const NODES = "https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/";

const OPERATORS = {
    in: "In",
    notIn: "NotIn",
    exists: "Exists",
    doesNotExist: "DoesNotExist",
    gt: "Gt",
    lt: "Lt",
};

function checkWeight(weight: number): string | undefined {
    return Number.isInteger(weight) && weight >= 1 && weight <= 100
        ? undefined
        : `must be a whole number from 1 to 100, not ${weight} (write it like 50)`;
}

function numberFault({ operator, values }: Record<string, unknown>): string | undefined {
    const compares = operator === OPERATORS.gt || operator === OPERATORS.lt;
    return compares && !(Array.isArray(values) && values.length === 1 && /^\d+$/.test(String(values[0])))
        ? `requires one whole number as values with the operator ${show(operator)} (write it like ["8"])`
        : undefined;
}

function termFault({ matchExpressions, matchFields }: Record<string, unknown>): string | undefined {
    return [matchExpressions, matchFields].some((each) => Array.isArray(each) && each.length > 0)
        ? undefined
        : "selects no node (write matchExpressions)";
}

const requirements = list(
    object<core.v1.NodeSelectorRequirement>(
        {
            key: string(checkQualifiedName, { missing: "write the key of the node's label" }),
            operator: choice(OPERATORS, { missing: 'write it like "In" or "Exists"' }),
            values: list(string(checkLabelText)),
        },
        { faults: [valuesFault, numberFault] },
    ),
);

const term = {
    matchExpressions: requirements,
    matchFields: list(
        object<core.v1.NodeSelectorRequirement>(
            {
                key: choice({ name: "metadata.name" }, { missing: 'write "metadata.name"' }),
                operator: choice({ in: "In", notIn: "NotIn" }, { missing: 'write "In" or "NotIn"' }),
                values: list(string(), { missing: "write the name of a node" }),
            },
            { faults: [valuesFault] },
        ),
    ),
};

const weight = number(checkWeight, { missing: "write a whole number from 1 to 100" });

const nodeAffinity = object<core.v1.NodeAffinity>({
    requiredDuringSchedulingIgnoredDuringExecution: object<core.v1.NodeSelector>({
        nodeSelectorTerms: list(object<core.v1.NodeSelectorTerm>(term, { faults: [termFault] }), {
            missing: "write a list of terms, of which a node must fulfil one",
            fault: (terms) =>
                terms.length === 0 ? "must not be empty, because no node fulfils it (write a term)" : undefined,
        }),
    }),
    preferredDuringSchedulingIgnoredDuringExecution: list(
        object<core.v1.PreferredSchedulingTerm>({
            weight,
            preference: object<core.v1.NodeSelectorTerm>(term, {
                faults: [termFault],
                missing: "write the term that nodes should fulfil, like { matchExpressions: [...] }",
            }),
        }),
    ),
});

const podTerm = {
    topologyKey: string(checkQualifiedName, {
        missing: 'write the key of a node label, like "kubernetes.io/hostname"',
    }),
    labelSelector,
    namespaceSelector: labelSelector,
    namespaces: list(string(checkDnsLabel)),
    matchLabelKeys: list(string(checkQualifiedName)),
    mismatchLabelKeys: list(string(checkQualifiedName)),
};

const podAffinity = {
    requiredDuringSchedulingIgnoredDuringExecution: list(object<core.v1.PodAffinityTerm>(podTerm)),
    preferredDuringSchedulingIgnoredDuringExecution: list(
        object<core.v1.WeightedPodAffinityTerm>({
            weight,
            podAffinityTerm: object<core.v1.PodAffinityTerm>(podTerm, {
                missing: "write the term and its topologyKey",
            }),
        }),
    ),
};

/** Near which nodes and pods a pod is placed. */
export const affinity = object<core.v1.Affinity>(
    {
        nodeAffinity,
        podAffinity: object<core.v1.PodAffinity>(podAffinity),
        podAntiAffinity: object<core.v1.PodAntiAffinity>(podAffinity),
    },
    { source: NODES },
);
