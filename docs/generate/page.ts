import { computeEnvRules } from "../../src/compile/computeEnvRules";
import { environmentRules } from "../../src/compile/environmentRules";
import { type Field, fieldMap } from "./fieldMap";
import type { Rule } from "../../src/compile/rules/rules";
import { REFUSED } from "../../tests/unit/compile/refused";
import { type Model, type Property, propertyAt, readModel, type Resource, type Shape } from "./model";

const MAIN = "KubernetesComputeEnvironment";

/** The rules whose sources belong to a class's arguments. */
const RULES: Record<string, Rule[]> = { [MAIN]: environmentRules, ComputeEnv: computeEnvRules };

/** What a reader needs to know before the tables. */
const HEAD = `<!-- Made by \`make docs\` from the types, their comments and the rules: change those. -->

# Reference

Every class, its arguments and outputs, as the types have them; then which argument goes where, and who reads it.

An argument that says *plain* decides what is made or is judged before anything is, so it cannot be another resource's output; every
other takes one. A path in an error, such as \`podOptions.tolerations[0].effect\`, is the argument's own. All errors of one object are told
together, at preview: the property, what is wrong with the value, and what to write instead. The links after an argument are the sources of
its rules.
`;

/** The page, the same bytes on every machine. */
export function referencePage(): string {
    const model = readModel();
    const resources = [...model.resources].sort((a, b) => rank(a) - rank(b) || compare(a.name, b.name));
    return [
        HEAD,
        `## Contents\n\n${resources.map(({ name }) => `- [${name}](#${name.toLowerCase()})`).join("\n")}\n- [Shapes](#shapes)\n- [Choices](#choices)\n- [Where arguments go](#where-arguments-go)\n- [What is refused](#what-is-refused)\n`,
        ...resources.map((resource) => resourceSection(model, resource)),
        shapesSection(model, resources),
        choicesSection(model),
        fieldsSection(),
        refusedSection(),
    ].join("\n");
}

const rank = ({ name }: Resource) => (name === MAIN ? 0 : 1);
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function resourceSection(model: Model, { name, text, args, outputs }: Resource): string {
    const shape = model.shapes.get(args);
    return [
        `## ${name}\n`,
        `${text}\n`,
        ...(shape === undefined
            ? []
            : [`### Arguments of ${name}\n`, table(shape, sourcesOf(model, args, RULES[name] ?? []))]),
        ...(outputs.length === 0 ? [] : [`### Outputs of ${name}\n`, outputTable(outputs)]),
    ].join("\n");
}

/** Interfaces that lie in the arguments of some class. */
function shapesSection(model: Model, resources: Resource[]): string {
    const own = new Set(resources.map(({ args }) => args));
    const nested = [...model.shapes.values()]
        .filter(({ name }) => !own.has(name))
        .sort((a, b) => compare(a.name, b.name));
    const sources = sourcesByShape(model);
    return [
        "## Shapes\n",
        ...nested.map(
            (shape) => `### ${shape.name}\n\n${shape.text}\n\n${table(shape, sources.get(shape.name) ?? NO_SOURCES)}`,
        ),
    ].join("\n");
}

function choicesSection(model: Model): string {
    const choices = [...model.choices.values()].sort((a, b) => compare(a.name, b.name));
    return [
        "## Choices\n",
        ...choices.map(({ name, text, members }) =>
            [
                `### ${name}\n`,
                `${text}\n`,
                rows(
                    ["value", "meaning"],
                    members.map((member) => [`\`${member.value}\``, member.text]),
                ),
            ].join("\n"),
        ),
    ].join("\n");
}

function fieldsSection(): string {
    return [
        "## Where arguments go\n",
        "Most of what a Nextflow user calls the environment's settings does not exist in the Platform's API. `config` is the Platform's compute " +
            "configuration, `nextflow` the Nextflow configuration in it, `head pod` and `service pod` the PodSpecs in it; the others are objects " +
            "of the cluster or the Platform. The design's names are those of the Terraform resource `seqera_compute_kubernetes`.\n",
        rows(
            ["argument", "touches pods", "becomes", "design's name"],
            fieldMap.map(({ argument, pods, to, design }: Field) => [
                `\`${argument}\``,
                pods,
                to.map((each) => `\`${each}\``).join(", ") || "nothing: it decides what may change",
                design === undefined ? "" : `\`${design}\``,
            ]),
        ),
    ].join("\n");
}

/** Every message that the tests provoke, by its argument: what is refused at preview, and what to write instead. */
function refusedSection(): string {
    const lines = [...new Set(REFUSED.flatMap(([, , messages]) => messages))].map((line) => {
        const at = line.indexOf(" ");
        return [line.slice(0, at), line.slice(at + 1)];
    });
    return [
        "## What is refused\n",
        "Each line as it is told at preview, after the argument that it is about; all lines of one object come together.\n",
        rows(
            ["argument", "message"],
            lines.sort(([a], [b]) => compare(a, b)).map(([argument, reason]) => [`\`${argument}\``, reason]),
        ),
    ].join("\n");
}

type Sources = Map<string, Set<string>>;

const NO_SOURCES: Sources = new Map<string, Set<string>>();

/** Where the rules about each property of an interface come from. */
function sourcesOf(model: Model, root: string, rules: Rule[]): Sources {
    return sourcesByShape(model, root, rules).get(root) ?? NO_SOURCES;
}

function sourcesByShape(model: Model, root = `${MAIN}Args`, rules = environmentRules): Map<string, Sources> {
    const all = new Map<string, Sources>();
    for (const { property, source } of rules) {
        const place = propertyAt(model, root, property);
        if (place !== undefined) {
            const shape = all.get(place.shape.name) ?? new Map<string, Set<string>>();
            all.set(place.shape.name, shape);
            shape.set(place.property.name, (shape.get(place.property.name) ?? new Set<string>()).add(source));
        }
    }
    return all;
}

function table({ properties }: Shape, sources: Sources): string {
    return rows(
        ["argument", "type", "default", "what it is"],
        properties.map((property) => [
            `\`${property.name}\`${property.optional ? "" : " (required)"}`,
            typeOf(property),
            property.default ?? "",
            [property.text, links(sources.get(property.name))].filter((part) => part !== "").join(" "),
        ]),
    );
}

function outputTable(properties: Property[]): string {
    return rows(
        ["output", "type", "what it is"],
        properties.map((property) => [`\`${property.name}\``, typeOf(property), property.text]),
    );
}

function typeOf({ type, shape, output, optional }: Property): string {
    const words = shape === undefined ? type : type.replace(shape, `[${shape}](#${shape.toLowerCase()})`);
    return output || !optional ? words : `${words}, plain`;
}

function links(sources: Set<string> | undefined): string {
    return [...(sources ?? [])]
        .sort()
        .map((source, index) => `[[${index + 1}]](${source})`)
        .join(" ");
}

function rows(head: string[], body: string[][]): string {
    const line = (cells: string[]) =>
        `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replace(/\s*\n\s*/g, "<br>")).join(" | ")} |`;
    return `${[line(head), line(head.map(() => "---")), ...body.map(line)].join("\n")}\n`;
}
