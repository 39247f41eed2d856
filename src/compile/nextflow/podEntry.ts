import { quote, show } from "../rules/problems";

/** What Nextflow can be told of a pod, each with what may stand beside it. https://www.nextflow.io/docs/latest/reference/process.html#pod */
const OPTIONS: Record<string, string[]> = {
    env: ["value", "fieldPath", "secret", "config"],
    secret: ["mountPath"],
    config: ["mountPath"],
    csi: ["mountPath"],
    emptyDir: ["mountPath"],
    volumeClaim: ["mountPath", "subPath", "readOnly"],
    hostPath: ["mountPath"],
    label: ["value"],
    annotation: ["value"],
    ...Object.fromEntries(
        [
            "imagePullPolicy",
            "imagePullSecret",
            "nodeSelector",
            "affinity",
            "toleration",
            "securityContext",
            "runAsUser",
            "automountServiceAccountToken",
            "priorityClassName",
            "privileged",
            "schedulerName",
            "ttlSecondsAfterFinished",
            "runtimeClassName",
        ].map((option) => [option, []]),
    ),
};

const MOUNTED = new Set(["secret", "config", "csi", "emptyDir", "volumeClaim", "hostPath"]);
const NAMED = new Set(["label", "annotation"]);

/** Labels that Nextflow sets on every pod itself: with one of one's own, every task fails. */
export const RESERVED_POD_LABELS = ["app", "runName"];

/** What is wrong with one entry of a list of pod options, as Nextflow reads it: one option, the rest dropped without a word. */
export function podEntryFault(entry: Record<string, unknown>): string | undefined {
    const keys = Object.keys(entry);
    const options = keys.filter((key) => key in OPTIONS);
    const [option] = keys.includes("env") ? ["env"] : options;
    if (option === undefined) {
        return keys.length === 0
            ? "is empty (remove it)"
            : `has ${keys.map(quote).join(", ")}, which is not a pod option of Nextflow (use one of ${Object.keys(OPTIONS).join(", ")})`;
    }
    const others = keys.filter((key) => key !== option && !OPTIONS[option].includes(key));
    if (others.length > 0) {
        return `has ${others.map(quote).join(", ")} in addition to ${quote(option)}; Nextflow reads one option per entry and silently ignores the others (write one entry per option)`;
    }
    return valueFault(option, entry);
}

function valueFault(option: string, entry: Record<string, unknown>): string | undefined {
    const given = entry[option];
    if (MOUNTED.has(option) && (entry.mountPath === undefined || entry.mountPath === "")) {
        return `has ${quote(option)} without a "mountPath" (write the mount path)`;
    }
    if (NAMED.has(option) && (typeof entry.value === "string" ? entry.value === "" : isPlain(entry.value))) {
        return `sets the ${option} ${show(given)} to ${show(entry.value ?? null)}, which Nextflow rejects (write a non-empty string)`;
    }
    if (option === "label" && RESERVED_POD_LABELS.includes(given as string)) {
        return `has the label ${show(given)}, which Nextflow reserves, so every task would fail (use another label, like "app.kubernetes.io/name")`;
    }
    if (option === "runAsUser" && typeof given !== "number" && isPlain(given)) {
        return userFault(given);
    }
    if (option === "securityContext" && (typeof given !== "object" || given === null) && isPlain(given)) {
        return `has ${show(given)} as securityContext, which Nextflow ignores (write a map, like "[fsGroup: 1000]")`;
    }
    if (option === "env" && ["value", "fieldPath", "secret", "config"].every((key) => !entry[key])) {
        return `sets the variable ${show(given)} without a value, which Nextflow rejects (write its value, secret, config or fieldPath)`;
    }
    return option === "imagePullSecret" && Array.isArray(given)
        ? "has a list as imagePullSecret, which Nextflow reads as one name (remove it and set the argument imagePullSecrets)"
        : undefined;
}

/** Kubernetes knows users by their number alone. */
export function userFault(given: unknown): string {
    return `has ${show(given)} as runAsUser, which Kubernetes rejects (write the number of the user, like 1000)`;
}

/** Not a string, and not something that is only known when Nextflow runs. */
function isPlain(value: unknown): boolean {
    return typeof value !== "symbol";
}
