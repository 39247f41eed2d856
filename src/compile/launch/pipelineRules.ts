import { adoptedParts, adoptionRule } from "../adoption";
import type { PipelineArgs, PipelineVersionArgs } from "../../args/pipeline";
import { checkSimpleLabel, checkSimpleLabelCount } from "../labelRules";
import { checkDescription, checkGiven, wholeFrom } from "../rules/checks";
import { ADDED_BY_CLASS, connectionOfResource } from "../rules/connectionRules";
import { type Check, show } from "../rules/problems";
import { at, noEffect, type Rule } from "../rules/rules";
import { argumentRules, list, type Members, number, object, string } from "../rules/shapes";
import { LAUNCH_ARGUMENTS } from "./launchRequest";
import { checkRepository, launch, launchRules } from "./launchRules";
import { parsedSchema } from "./parameters";

const LAUNCHPAD = "https://docs.seqera.io/platform-cloud/launch/launchpad";
const VERSIONS = "https://docs.seqera.io/platform-cloud/pipelines/versioning";
const LABELS = "https://docs.seqera.io/platform-cloud/labels/overview";

/** The Platform's own rule. */
const PIPELINE_NAME = /^[a-zA-Z0-9]+(?:[-_.][a-zA-Z0-9]+)*$/;
const NAME_MAX = 99;

const checkPipelineName: Check<string> = (name) =>
    name.length < 2 || name.length > NAME_MAX
        ? `has ${name.length} characters; the Platform allows 2 to ${NAME_MAX} (write another name)`
        : PIPELINE_NAME.test(name)
          ? undefined
          : `${show(name)} must have letters and digits, with single dashes, underscores and dots between them (write it like ${show(pipelineName(name))})`;

/** A text as the name of a pipeline. */
export function pipelineName(text: string): string {
    return text
        .replace(/[^A-Za-z0-9._-]+/g, "-")
        .replace(/([-_.])[-_.]+/g, "$1")
        .replace(/^[-_.]+|[-_.]+$/g, "");
}

const checkVersionName: Check<string> = (name) =>
    checkGiven(name) ??
    (name.length > 255 ? `has ${name.length} characters; the Platform allows at most 255 (shorten it)` : undefined);

/** What can be given up when a pipeline is adopted. */
const ADOPTED_PARTS = ["name", "description", "icon", "labels", "labelIds", ...LAUNCH_ARGUMENTS, "schema"];

const members: Members<PipelineArgs> = {
    ...connectionOfResource,
    name: string(checkPipelineName),
    description: string(checkDescription),
    icon: string(checkGiven),
    repository: string(checkRepository, { missing: 'write its URL, like "https://github.com/nextflow-io/hello"' }),
    ...launch,
    schema: string(schemaFault, { source: "https://www.nextflow.io/docs/latest/cli.html#pipeline-parameters" }),
    version: object<PipelineVersionArgs>({ name: string(checkVersionName) }, { source: VERSIONS }),
    labels: list(string(checkSimpleLabel), { source: LABELS, fault: checkSimpleLabelCount }),
    labelIds: list(number(wholeFrom(1, 1)), { source: LABELS }),
    adopt: string(checkGiven),
    adoptWithout: adoptedParts(ADOPTED_PARTS),
};

function schemaFault(text: string): string | undefined {
    const schema = parsedSchema(text);
    return typeof schema === "string" ? schema : undefined;
}

export const pipelineRules: Rule[] = argumentRules(
    members,
    LAUNCHPAD,
    [
        adoptionRule("", LAUNCHPAD),
        noEffect(
            "schemaName",
            (args) =>
                at(args, "schema") === undefined
                    ? undefined
                    : "schema is given, which takes its place (remove one of the two)",
            LAUNCHPAD,
        ),
        ...launchRules,
    ],
    ADDED_BY_CLASS,
);
