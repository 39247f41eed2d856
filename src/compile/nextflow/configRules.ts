import { NEXTFLOW_ARGUMENTS, type NextflowArguments } from "../environment";
import { writtenWarnings } from "./knownSettings";
import { configCosts, generatedSettings, nextflowConfig } from "./nextflowConfig";
import { argumentStatements, clash, isForAllTasks, type PodStatement, remedyOf } from "./podPairs";
import { workFault } from "./taskFaults";
import { at, hasUnknown, type Rule } from "../rules/rules";
import type { Problem } from "../../platform/problem";
import { NEXTFLOW_CONFIG_MAX } from "./texts";
import { writtenFaults } from "./writtenConfig";

const SEQERA_K8S = "https://docs.seqera.io/platform-cloud/compute-envs/k8s";
const NEXTFLOW_POD = "https://www.nextflow.io/docs/latest/reference/process.html#pod";
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

/** What is made of the arguments, where anything can be: other rules say what is wrong with the rest. */
function made<T>(args: unknown, make: (spec: NextflowArguments) => T): T | undefined {
    const spec = nextflowArguments(args);
    if (Object.values(spec).some(hasUnknown) || typeof (spec.nextflowConfig ?? "") !== "string") {
        return undefined;
    }
    try {
        return make(spec);
    } catch {
        return undefined;
    }
}

function compilable(args: unknown): NextflowArguments | undefined {
    return made(args, (spec) => {
        nextflowConfig(spec);
        return spec;
    });
}

function podStatements(args: unknown): PodStatement[] {
    return made(args, (spec) => argumentStatements(spec, args)) ?? [];
}

const written: Rule = {
    property: "nextflowConfig",
    source: NEXTFLOW_CONFIG,
    validate: (args) => {
        const text = at(args, "nextflowConfig");
        if (typeof text !== "string") {
            return [];
        }
        const generated = made(args, generatedSettings) ?? [];
        return writtenFaults(text, generated, podStatements(args)).map((reason) => ({
            property: "nextflowConfig",
            reason,
        }));
    },
};

/** What is worth a warning about a configuration that somebody wrote. */
export const configWarnings: Rule[] = [
    {
        property: "nextflowConfig",
        source: NEXTFLOW_CONFIG,
        validate: (args) => {
            const text = at(args, "nextflowConfig");
            const reasons = typeof text === "string" ? writtenWarnings(text) : [];
            return reasons.map((reason) => ({ property: "nextflowConfig", reason }));
        },
    },
];

/** An entry of `podOptions.extra` that takes the effect of an argument or of another entry. */
const extra: Rule = {
    property: "podOptions.extra.*",
    source: NEXTFLOW_POD,
    validate: (args) => {
        const entries = at(args, "podOptions.extra");
        const statements = Array.isArray(entries) ? podStatements(args).filter(isForAllTasks) : [];
        return statements.flatMap((statement, index): Problem[] => {
            const { origin: property, subject } = statement;
            const entry = /^podOptions\.extra\[(\d+)\]$/.exec(property)?.[1];
            if (entry === undefined) {
                return [];
            }
            const path: unknown = at((entries as unknown[])[Number(entry)], "mountPath");
            const work = typeof path === "string" ? workFault(path, args) : undefined;
            if (work !== undefined) {
                return [{ property: `${property}.mountPath`, reason: work }];
            }
            const other = statements.slice(0, index).find((each) => clash(statement, each));
            return other === undefined
                ? []
                : [
                      {
                          property,
                          reason: `sets ${subject}, which ${other.origin} also sets; Nextflow uses only one of the two (${remedyOf(statement)})`,
                      },
                  ];
        });
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
export const configRules: Rule[] = [written, extra, budget];
