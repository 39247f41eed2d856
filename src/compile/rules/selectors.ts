import type { meta } from "@pulumi/kubernetes/types/input";
import { checkLabelText, checkQualifiedName } from "./kubernetesNames";
import { quote } from "./problems";
import { choice, list, map, object, string } from "./shapes";

const OPERATORS = { in: "In", notIn: "NotIn", exists: "Exists", doesNotExist: "DoesNotExist" };

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements */
export function valuesFault({ operator, values }: Record<string, unknown>): string | undefined {
    const count = Array.isArray(values) ? values.length : 0;
    if ((operator === OPERATORS.in || operator === OPERATORS.notIn) && count === 0) {
        return `requires values with the operator ${quote(operator)} (write at least one)`;
    }
    return (operator === OPERATORS.exists || operator === OPERATORS.doesNotExist) && count > 0
        ? `has values, which the operator ${quote(operator)} does not allow (remove them, or write "In")`
        : undefined;
}

/** What selects objects by their labels. */
export const labelSelector = object<meta.v1.LabelSelector>({
    matchLabels: map({ key: checkQualifiedName, value: checkLabelText }),
    matchExpressions: list(
        object<meta.v1.LabelSelectorRequirement>(
            {
                key: string(checkQualifiedName, { missing: "write the label's key" }),
                operator: choice(OPERATORS, { missing: 'write "In", "NotIn", "Exists" or "DoesNotExist"' }),
                values: list(string(checkLabelText)),
            },
            { faults: [valuesFault] },
        ),
    ),
});
