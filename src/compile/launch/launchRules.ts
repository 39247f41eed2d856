import { SyntaxParser } from "../../args/enums";
import type { HeadJobArgs } from "../../args/environment";
import type { LaunchArgs } from "../../args/launch";
import { variableFault } from "../nextflow/taskFaults";
import { computeResources, processes, retries, taskEnv } from "../nextflow/taskRules";
import { checkScript, scriptWarnings } from "../nextflow/texts";
import { checkGiven, checkWholeCpus, wholeFrom } from "../rules/checks";
import { type Check, show } from "../rules/problems";
import { checkWholeMebibytes } from "../rules/quantities";
import { at, noEffect, type Rule, whenKnown } from "../rules/rules";
import { anyObject, boolean, choice, list, type Members, number, object, string } from "../rules/shapes";

const LAUNCH = "https://docs.seqera.io/platform-cloud/launch/advanced";
const RUN = "https://www.nextflow.io/docs/latest/reference/cli.html#run";
const EXECUTOR = "https://www.nextflow.io/docs/latest/reference/config.html#executor";

/** A text of one word, as a command line takes it. */
const oneWord: Check<string> = (given) =>
    checkGiven(given) ?? (/\s/.test(given) ? `${show(given)} contains spaces or line breaks (remove them)` : undefined);

export const checkRepository: Check<string> = (given) =>
    oneWord(given) ??
    (/^[a-z][a-z0-9+.-]*:\/\/[^/]*:[^/]*@/i.test(given)
        ? "must not contain a password: the Platform stores and shows it in plain text (remove it, and add a Git credential to the workspace)"
        : undefined);

const checkCommit: Check<string> = (given) =>
    /^[0-9a-f]{40}$/i.test(given)
        ? undefined
        : `${show(given)} is not a commit id (write all 40 hexadecimal digits, as \`git rev-parse HEAD\` prints them, or use revision)`;

const checkNextflowVersion: Check<string> = (given) =>
    /^\d+\.\d+\.\d+(-edge)?$/.test(given)
        ? undefined
        : `${show(given)} is not a version of Nextflow (write it like "25.04.4" or "25.05.0-edge")`;

/** What arguments of a launch must be by themselves. */
export const launch: Members<LaunchArgs> = {
    computeEnvId: string(oneWord, { source: LAUNCH }),
    revision: string(oneWord, { source: RUN }),
    commitId: string(checkCommit, { source: LAUNCH }),
    workDir: string(oneWord, { source: LAUNCH }),
    outputDir: string(oneWord, { source: RUN }),
    params: anyObject,
    configProfiles: list(string(oneWord), { source: RUN }),
    nextflowConfig: string(undefined, { source: "https://www.nextflow.io/docs/latest/config.html" }),
    nextflowVersion: string(checkNextflowVersion, { source: LAUNCH }),
    syntaxParser: choice(SyntaxParser, { source: "https://www.nextflow.io/docs/latest/strict-syntax.html" }),
    preRunScript: string(checkScript, { source: LAUNCH }),
    postRunScript: string(checkScript, { source: LAUNCH }),
    mainScript: string(oneWord, { source: RUN }),
    entryName: string(oneWord, { source: RUN }),
    schemaName: string(oneWord, { source: LAUNCH }),
    pullLatest: boolean({ source: RUN }),
    stubRun: boolean({ source: RUN }),
    headJob: object<HeadJobArgs>(
        { cpus: number(checkWholeCpus), memory: string(checkWholeMebibytes) },
        { source: LAUNCH },
    ),
    computeResources,
    retries,
    processes,
    env: taskEnv,
    queueSize: number(wholeFrom(1, 100), { source: EXECUTOR }),
    userSecrets: list(string(oneWord), { source: "https://docs.seqera.io/platform-cloud/secrets/overview" }),
    workspaceSecrets: list(string(oneWord), { source: "https://docs.seqera.io/platform-cloud/secrets/overview" }),
    towerConfig: string(checkGiven, { source: "https://docs.seqera.io/platform-cloud/reports/overview" }),
};

/** What they must be beside each other. */
export const launchRules: Rule[] = [
    variableFault(LAUNCH),
    noEffect(
        "pullLatest",
        (args) =>
            at(args, "commitId") === undefined
                ? undefined
                : "commitId pins the runs to one commit (remove one of the two)",
        LAUNCH,
        false,
    ),
    whenKnown(
        "env",
        [],
        (args) => {
            const list = at(args, "env");
            const own = Array.isArray(list) ? list.map((each) => at(each, "name")) : [];
            const name = own.find((each) => typeof each === "string" && each.startsWith("NXF_"));
            return name === undefined
                ? undefined
                : `has ${show(name)}, a setting of Nextflow itself that is ignored for tasks (set it in environmentVariables of the compute environment)`;
        },
        "https://www.nextflow.io/docs/latest/reference/env-vars.html",
    ),
];

/** What is worth a warning. */
export const launchWarnings: Rule[] = scriptWarnings("", "launch");
