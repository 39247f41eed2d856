import type { Check } from "../rules/problems";

/** The Platform takes pre-run and post-run scripts of at most this many bytes. https://docs.seqera.io/platform-cloud/launch/advanced */
export const SCRIPT_MAX_BYTES = 1024;

/** The Platform takes a global Nextflow configuration of at most this many characters. */
export const NEXTFLOW_CONFIG_MAX = 3200;

export const checkScript: Check<string> = (script) => {
    const bytes = Buffer.byteLength(script, "utf8");
    return bytes <= SCRIPT_MAX_BYTES
        ? undefined
        : `has ${bytes} bytes; the Platform allows at most ${SCRIPT_MAX_BYTES} (move the rest into a file on the work claim or in the pipeline's repository, and call that file)`;
};

export const checkNextflowConfig: Check<string> = (config) =>
    config.length <= NEXTFLOW_CONFIG_MAX
        ? undefined
        : `has ${config.length} characters; the Platform allows at most ${NEXTFLOW_CONFIG_MAX} (move the settings of one pipeline into that pipeline's nextflow.config)`;
