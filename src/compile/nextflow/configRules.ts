import { NEXTFLOW_ARGUMENTS, type NextflowArguments } from "../environment";
import { configCosts, generatedSettings, nextflowConfig } from "./nextflowConfig";
import { at, hasUnknown, type Rule } from "../rules/rules";
import { NEXTFLOW_CONFIG_MAX } from "./texts";
import { writtenFaults } from "./writtenConfig";

const SEQERA_K8S = "https://docs.seqera.io/platform-cloud/compute-envs/k8s";
const NEXTFLOW_CONFIG = "https://www.nextflow.io/docs/latest/config.html";

/** The arguments that Nextflow's configuration is made of, as far as they are known. */
export function nextflowArguments(args: unknown): NextflowArguments {
    const given = Object.fromEntries(NEXTFLOW_ARGUMENTS.map((key) => [key, at(args, key)])) as NextflowArguments;
    // Of the others in `advanced`, none says anything here.
    const advanced = {
        imagePullPolicy: given.advanced?.imagePullPolicy,
        computeResourceType: given.advanced?.computeResourceType,
    };
    return { ...given, advanced };
}

/** What can be compiled at all: other rules say what is wrong with the rest. */
function compilable(args: unknown): NextflowArguments | undefined {
    const spec = nextflowArguments(args);
    if (Object.values(spec).some(hasUnknown) || typeof (spec.nextflowConfig ?? "") !== "string") {
        return undefined;
    }
    try {
        nextflowConfig(spec);
        return spec;
    } catch {
        return undefined;
    }
}

const written: Rule = {
    property: "nextflowConfig",
    source: NEXTFLOW_CONFIG,
    validate: (args) => {
        const text = at(args, "nextflowConfig");
        if (typeof text !== "string") {
            return [];
        }
        const spec = compilable(args);
        const generated = spec === undefined ? [] : generatedSettings(spec);
        return writtenFaults(text, generated).map((reason) => ({ property: "nextflowConfig", reason }));
    },
};

/** Beyond what the user wrote, which has a limit of its own. */
const budget: Rule = {
    property: "nextflowConfig",
    source: SEQERA_K8S,
    validate: (args) => {
        const spec = compilable(args);
        const total = spec === undefined ? 0 : (nextflowConfig(spec)?.length ?? 0);
        if (spec === undefined || total <= NEXTFLOW_CONFIG_MAX || (spec.nextflowConfig ?? "").length === total) {
            return [];
        }
        const costs = configCosts(spec).map(([origin, characters]) => `${origin} ${characters}`);
        return [
            {
                property: "nextflowConfig",
                reason: `has ${total} characters together with the settings of other arguments: ${costs.join(", ")}; the Platform allows at most ${NEXTFLOW_CONFIG_MAX} (shorten the largest, or move the settings of one pipeline into that pipeline's nextflow.config)`,
            },
        ];
    },
};

/** What Nextflow's configuration as a whole must fulfil. */
export const configRules: Rule[] = [written, budget];
