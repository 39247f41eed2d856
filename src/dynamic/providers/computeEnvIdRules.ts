import { at, type Rule, whenKnown, value } from "../../compile/rules/rules";

const SOURCE = "https://docs.seqera.io/platform-cloud/compute-envs/overview";
const REMEDY = "(write the id of the compute environment)";

/** Of a resource that refers to a compute environment. */
export const computeEnvIdRules: Rule[] = [
    // A program can leave out what its types require: by an output that turns out to hold nothing.
    whenKnown(
        "computeEnvId",
        [],
        (inputs) => (at(inputs, "computeEnvId") === undefined ? `required ${REMEDY}` : undefined),
        SOURCE,
    ),
    value("computeEnvId", "string", (id: string) => (id === "" ? `must not be empty ${REMEDY}` : undefined), SOURCE),
];
