import type { Check } from "../rules/problems";
import { type Rule, value } from "../rules/rules";

const SEQERA_LAUNCH = "https://docs.seqera.io/platform-cloud/launch/advanced";

/** The Platform takes pre-run and post-run scripts of at most this many bytes. https://docs.seqera.io/platform-cloud/launch/advanced */
export const SCRIPT_MAX_BYTES = 1024;

/** The Platform takes a global Nextflow configuration of at most this many characters. */
export const NEXTFLOW_CONFIG_MAX = 3200;

const WINDOWS_LINE_END = /\r+(?=\n|$)/g;

/**
 * A script with line feeds as line ends: to bash, a carriage return is a part of the last word of its line. Nextflow's configuration
 * and the YAML of a pod spec need no such care, since their parsers take both as line ends, also within texts of several lines.
 */
export function unixScript(script: string | undefined): string | undefined {
    return script?.replace(WINDOWS_LINE_END, "");
}

/** What is worth a warning about scripts, which are sent with line feeds whatever line ends they have. */
export function scriptWarnings(within: string, receiver: string): Rule[] {
    const carriageReturns: Check<string> = (script) =>
        unixScript(script) === script
            ? undefined
            : `has line ends of Windows (CRLF), which bash reads as part of the words; the ${receiver} gets the script with line feeds (save its file with LF, for example with \`*.sh text eol=lf\` in .gitattributes)`;
    return ["preRunScript", "postRunScript"].map((script) =>
        value(`${within}${script}`, "string", carriageReturns, SEQERA_LAUNCH),
    );
}

export const checkScript: Check<string> = (given) => {
    const script = unixScript(given) ?? "";
    const bytes = Buffer.byteLength(script, "utf8");
    return bytes <= SCRIPT_MAX_BYTES
        ? undefined
        : `has ${bytes} bytes; the Platform allows at most ${SCRIPT_MAX_BYTES} (move the rest into a file on the work claim or in the pipeline's repository, and call that file)`;
};

export const checkNextflowConfig: Check<string> = (config) =>
    config.length <= NEXTFLOW_CONFIG_MAX
        ? undefined
        : `has ${config.length} characters; the Platform allows at most ${NEXTFLOW_CONFIG_MAX} (move the settings of one pipeline into that pipeline's nextflow.config)`;

/** A script of the API's own shape, which is sent as it is. */
export const checkSentScript: Check<string> = (script) =>
    unixScript(script) === script
        ? checkScript(script)
        : "has line ends of Windows (CRLF), which bash reads as part of the words (write it with line feeds, for example script.replaceAll(/\\r\\n/g, '\\n'))";
