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
            ? "is empty; leave it out"
            : `has ${keys.map(quote).join(", ")}, which is no pod option of Nextflow; write one of ${Object.keys(OPTIONS).join(", ")}`;
    }
    const others = keys.filter((key) => key !== option && !OPTIONS[option].includes(key));
    if (others.length > 0) {
        return `has ${others.map(quote).join(", ")} beside ${quote(option)}, of which Nextflow reads one and drops the rest without a word; write an entry for each`;
    }
    return valueFault(option, entry);
}

function valueFault(option: string, entry: Record<string, unknown>): string | undefined {
    const given = entry[option];
    if (MOUNTED.has(option) && (entry.mountPath === undefined || entry.mountPath === "")) {
        return `has no "mountPath" beside ${quote(option)}; write where it is mounted`;
    }
    if (NAMED.has(option) && (typeof entry.value === "string" ? entry.value === "" : isPlain(entry.value))) {
        return `has ${show(entry.value ?? null)} as the value of the ${option} ${show(given)}, which Nextflow refuses; write a string that is not empty`;
    }
    if (option === "label" && RESERVED_POD_LABELS.includes(given as string)) {
        return `has the label ${show(given)}, which Nextflow keeps for itself, and every task would fail; write "app.kubernetes.io/name", for example`;
    }
    if (option === "env" && ["value", "fieldPath", "secret", "config"].every((key) => !entry[key])) {
        return `gives the variable ${show(given)} nothing, which Nextflow refuses; write its value, secret, config or fieldPath`;
    }
    return option === "imagePullSecret" && Array.isArray(given)
        ? "names a list of pull Secrets, of which Nextflow makes one name; leave it out, and give them in imagePullSecrets"
        : undefined;
}

/** Not a string, and not something that is only known when Nextflow runs. */
function isPlain(value: unknown): boolean {
    return typeof value !== "symbol";
}
