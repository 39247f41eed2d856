import { type Check, show } from "./rules/problems";

/** At most this many resource labels on one compute environment. https://docs.seqera.io/platform-cloud/resource-labels/overview */
const LABELS_MAX = 25;

/**
 * Nextflow sets these on every pod itself and refuses to run a task that carries its own.
 * https://www.nextflow.io/docs/latest/reference/process.html#pod
 */
const RESERVED = ["app", "runName"];

const LABEL_TEXT = /^[A-Za-z0-9](?:[A-Za-z0-9]|[-_](?=[A-Za-z0-9])){1,38}$/;
const DYNAMIC_VALUES = ["${workflowId}", "${sessionId}", "${userName}"];

export const checkLabelName: Check<string> = (name) => {
    if (RESERVED.includes(name)) {
        return `${show(name)} is a label that Nextflow reserves, so every task would fail (write another name, such as "app-name")`;
    }
    return LABEL_TEXT.test(name)
        ? undefined
        : `${show(name)} is not a valid name of a resource label (write 2 to 39 letters and digits, with single dashes or underscores between them)`;
};

export const checkLabelValue: Check<string> = (value) =>
    LABEL_TEXT.test(value) || DYNAMIC_VALUES.includes(value)
        ? undefined
        : `${show(value)} is not a valid value of a resource label (write 2 to 39 letters and digits, with single dashes or underscores between them, or one of ${DYNAMIC_VALUES.join(", ")})`;

export const checkSimpleLabel: Check<string> = (name) =>
    LABEL_TEXT.test(name)
        ? undefined
        : `${show(name)} is not a valid name of a label (write 2 to 39 letters and digits, with single dashes or underscores between them; only a resource label has a value)`;

/** What an object that takes simple labels can carry. */
export const checkSimpleLabelCount: Check<unknown[]> = (labels) =>
    labels.length > LABELS_MAX
        ? `has ${labels.length} labels; the Platform allows at most ${LABELS_MAX} (remove some)`
        : undefined;

/** `what` says where the labels come from, like "has 26 labels". */
export function checkLabelCount(count: number, what: string): string | undefined {
    return count > LABELS_MAX
        ? `${what}; the Platform allows at most ${LABELS_MAX} on one compute environment (remove some)`
        : undefined;
}
