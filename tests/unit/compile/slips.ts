import assert from "node:assert/strict";
import fc from "fast-check";
import { distance } from "fastest-levenshtein";
import { environmentRules, environmentWarnings } from "../../../src/compile/environmentRules";
import { withoutNulls } from "../../../src/compile/nulls";
import { UNKNOWN, validate } from "../../../src/compile/rules/rules";
import { SAMPLES } from "../../components/fieldSamples";
import { computeConfig, partsOf } from "./compiled";
import { assertReadable, lines } from "./support";

type Step = string | number;

/** One argument of a sample, or a member of one, however deep. */
interface Node {
    sample: object;
    path: Step[];
    value: unknown;
}

function entries(value: unknown): [Step, unknown][] {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    return Array.isArray(value) ? value.map((item, index) => [index, item]) : Object.entries(value);
}

function nodesOf(sample: object, value: unknown, path: Step[]): Node[] {
    const below = entries(value).flatMap(([step, inner]) => nodesOf(sample, inner, [...path, step]));
    return value === undefined ? [] : [...(path.length === 0 ? [] : [{ sample, path, value }]), ...below];
}

function changed(value: any, [step, ...others]: Step[], change: (group: any, step: Step) => any): any {
    if (others.length === 0) {
        return change(Array.isArray(value) ? [...value] : { ...value }, step);
    }
    const copy = Array.isArray(value) ? [...value] : { ...value };
    copy[step] = changed(copy[step], others, change);
    return copy;
}

const put = ({ sample, path }: Node, other: unknown) =>
    changed(sample, path, (group, step) => {
        group[step] = other;
        return group;
    }) as object;

const pathOf = (path: Step[]) =>
    path.map((step, index) => (typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${step}`)).join("");

function isAt(property: string, path: Step[]): boolean {
    const steps = property === "" ? [] : property.split(".");
    return steps.length === path.length && steps.every((step, index) => step === "*" || step === path[index]);
}

const NODES = SAMPLES.flatMap((sample) => nodesOf(sample, sample, []));
/** Those that the rules speak of, and not what lies in a value that Kubernetes or Nextflow judges. */
const JUDGED = NODES.filter(({ path }) =>
    environmentRules.some(({ property, about }) => about !== "members" && isAt(property, path)),
);
const GROUPS = environmentRules.filter(({ about }) => about === "members").map(({ property }) => property);
const MEMBERS = NODES.filter(({ path }) =>
    GROUPS.some((group) => isAt(group, path) && typeof path.at(-1) === "string"),
);

function ofOtherTypes(value: unknown): unknown[] {
    switch (typeof value) {
        case "string":
            return [["x"], { a: "b" }];
        case "object":
            return Array.isArray(value) ? ["text", { a: "b" }] : ["text", ["x"]];
        default:
            return ["text", ["x"]];
    }
}

const SLIPS: ((name: string, at: number) => string)[] = [
    (name, at) => name.slice(0, at) + name.slice(at + 1),
    (name, at) => name.slice(0, at + 1) + name.slice(at),
    (name, at) =>
        name.slice(0, at) +
        name
            .slice(at, at + 2)
            .split("")
            .reverse()
            .join("") +
        name.slice(at + 2),
];

const runs = (numRuns: number) => ({ numRuns });

/** What a slip in one argument, or one member of it, leads to. */
export function describeSlips(count: number): void {
    it("null is the same as left out, and refused in a list (case 4)", () =>
        fc.assert(
            fc.property(fc.constantFrom(...JUDGED), (node) => {
                const withNull = withoutNulls(put(node, null));
                if (typeof node.path.at(-1) === "number") {
                    const refusal = lines(environmentRules, withNull).filter((line) =>
                        line.startsWith(`${pathOf(node.path)}: must be `),
                    );
                    return assert.match(refusal.join(), /, not null/);
                }
                const without = put(node, undefined);
                const told = lines(environmentRules, withNull);
                assert.deepEqual(told, lines(environmentRules, without));
                if (told.length === 0) {
                    assert.deepEqual(compiled(withNull), compiled(withoutNulls(without)));
                }
            }),
            runs(count),
        ));

    it("a misspelt name is refused, with the nearest one (case 10)", () =>
        fc.assert(
            fc.property(fc.constantFrom(...MEMBERS), fc.constantFrom(...SLIPS), fc.nat(), (node, slip, place) => {
                const name = node.path.at(-1) as string;
                const misspelt = slip(name, place % name.length);
                const group = GROUPS.find((each) => isAt(each, node.path))!;
                fc.pre(misspelt !== name && misspelt !== "" && !isMember(group, misspelt));
                const args = changed(node.sample, node.path, (members) => {
                    const { [name]: own, ...others } = members;
                    return { ...others, [misspelt]: own };
                }) as object;
                const at = `${pathOf([...node.path.slice(0, -1), misspelt])}: unknown argument (`;
                const line = lines(environmentRules, args).find((each) => each.startsWith(at)) ?? "no line";
                const [, remedy, names] = /\((write|use one of) (.*)\)$/.exec(line)!;
                const told = names.split(/, | or /).map((each) => each.replaceAll('"', ""));
                const far = (each: string) => distance(each.toLowerCase(), misspelt.toLowerCase());
                // Another name may be as near or nearer.
                assert.ok(told.includes(name) || told.some((each) => far(each) <= far(name)), line);
                assert.ok(remedy === "write" || name.length <= 3, line);
            }),
            runs(count),
        ));

    it("a value of another type is refused", () =>
        fc.assert(
            fc.property(fc.constantFrom(...JUDGED), fc.nat(), (node, choice) => {
                const others = ofOtherTypes(node.value);
                const told = lines(environmentRules, put(node, others[choice % others.length]));
                assert.match(
                    told.find((line) => line.startsWith(`${pathOf(node.path)}: must be `)) ?? told.join("\n"),
                    /: must be an? \w+, not an? \w+/,
                );
            }),
            runs(count),
        ));

    it("what is not known yet is taken, or must be known at preview, and never an error of our own", () =>
        fc.assert(
            fc.property(fc.constantFrom(...NODES), (node) => {
                const args = put(node, UNKNOWN);
                for (const { reason } of [
                    ...validate(environmentRules, args),
                    ...validate(environmentWarnings, args),
                ]) {
                    assertReadable(reason);
                }
                const own = lines(environmentRules, args).filter((line) =>
                    line.startsWith(`${pathOf(node.path)}: must`),
                );
                assert.deepEqual(
                    own.filter((line) => !/: must be known at preview; outputs are not allowed here \(/.test(line)),
                    [],
                );
            }),
            runs(count),
        ));
}

/** Whether a group has a member of this name; what is told of one that it has not says so. */
function isMember(group: string, name: string): boolean {
    const property = group.replace(/\*$/, name);
    return environmentRules.some((rule) => rule.property === property || rule.property.startsWith(`${property}.`));
}

function compiled(args: object): unknown {
    return computeConfig(partsOf(args as never));
}
