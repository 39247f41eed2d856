import { type Document, parseDocument } from "yaml";
import type { Check } from "./problems";

/** The Platform takes pre-run and post-run scripts of at most this many bytes. https://docs.seqera.io/platform-cloud/launch/advanced */
export const SCRIPT_MAX_BYTES = 1024;

/** The Platform takes a global Nextflow configuration of at most this many characters. */
export const NEXTFLOW_CONFIG_MAX = 3200;

export const checkScript: Check<string> = (script) => {
    const bytes = Buffer.byteLength(script, "utf8");
    return bytes <= SCRIPT_MAX_BYTES
        ? undefined
        : `has ${bytes} bytes; the Platform takes at most ${SCRIPT_MAX_BYTES}: put the rest in a file on the work claim or in the pipeline's repository and call that`;
};

export const checkNextflowConfig: Check<string> = (config) =>
    config.length <= NEXTFLOW_CONFIG_MAX
        ? undefined
        : `has ${config.length} characters; the Platform takes at most ${NEXTFLOW_CONFIG_MAX}: move what belongs to one pipeline into that pipeline's nextflow.config`;

/** Aliases are resolved only when the document is read: one without its anchor, or a bomb of them, shows up then. */
function aliasFault(document: Document.Parsed): string | undefined {
    try {
        document.toJS();
        return undefined;
    } catch (error) {
        return (error as Error).message;
    }
}

const REMEDY = 'write YAML that begins with "spec:" and has the PodSpec below it';

/** `headPodSpec` and `servicePodSpec` are YAML with a PodSpec under the one key `spec`. */
export const checkPodSpec: Check<string> = (text) => {
    const document = parseDocument(text);
    const [error] = document.errors;
    if (error?.code === "MULTIPLE_DOCS") {
        return `has more than one YAML document; ${REMEDY}`;
    }
    const wrong = error?.message ?? aliasFault(document);
    if (wrong !== undefined) {
        return `is not YAML: ${wrong.split("\n")[0].replace(/[:.]$/, "")}; ${REMEDY}`;
    }
    const value: unknown = document.toJS();
    const isMap = (x: unknown): x is Record<string, unknown> =>
        typeof x === "object" && x !== null && !Array.isArray(x);
    if (!isMap(value) || !isMap(value.spec)) {
        return `is not a pod spec; ${REMEDY}`;
    }
    const others = Object.keys(value).filter((key) => key !== "spec");
    return others.length === 0
        ? undefined
        : `has ${others.map((key) => `"${key}"`).join(", ")} beside "spec"; the Platform reads nothing but the "spec" of a pod: leave it out`;
};
