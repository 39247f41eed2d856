import type { Document } from "yaml";
import { canonicalJson } from "../rules/names";
import type { Check } from "../rules/problems";

/** Loaded when the first pod spec is looked at: it would be most of what importing this package costs. */
export function yaml(): typeof import("yaml") {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    return require("yaml") as typeof import("yaml");
}

/** Aliases are resolved only when the document is read: one without its anchor, or a bomb of them, shows up then. */
function aliasFault(document: Document.Parsed): string | undefined {
    try {
        document.toJS();
        return undefined;
    } catch (error) {
        return (error as Error).message;
    }
}

function isMap(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

const REMEDY = 'write YAML with the PodSpec under the key "spec"';

/** `headPodSpec` and `servicePodSpec` are YAML with a PodSpec under the one key `spec`. */
export const checkPodSpec: Check<string> = (text) => {
    const document = yaml().parseDocument(text);
    const [error] = document.errors;
    if (error?.code === "MULTIPLE_DOCS") {
        return `contains more than one YAML document (${REMEDY})`;
    }
    const wrong = error?.message ?? aliasFault(document);
    if (wrong !== undefined) {
        return `is not valid YAML: ${wrong.split("\n")[0].replace(/[:.]$/, "")} (${REMEDY})`;
    }
    const value: unknown = document.toJS();
    if (!isMap(value) || !isMap(value.spec)) {
        return `${isMap(value) && !("spec" in value) ? 'has no key "spec"' : "is not a pod spec"} (${REMEDY})`;
    }
    const others = Object.keys(value).filter((key) => key !== "spec");
    return others.length === 0
        ? undefined
        : `has ${others.map((key) => `"${key}"`).join(", ")} in addition to "spec"; the Platform only reads "spec" (remove everything else)`;
};

/** The same text for pod specs that say the same, however their YAML is spelt. */
export function podSpecMeaning(text: string): string {
    try {
        return canonicalJson(yaml().parse(text, { logLevel: "error" }));
    } catch {
        return text; // Somebody else's broken YAML: compare it as the text it is.
    }
}
