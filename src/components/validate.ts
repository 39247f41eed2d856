import * as pulumi from "@pulumi/pulumi";
import { type Problem, problemLine } from "../platform/problem";
import { withoutNulls } from "../compile/nulls";
import { validate, type Rule, UNKNOWN } from "../compile/rules/rules";
import { isOutput } from "../dynamic/resource";
import { heardInTests, plainError } from "./plainError";

/** A group or list of arguments. A resource where a value belongs is wrong as a whole, and endless to look into. */
function isGroup(value: unknown): value is object {
    return value !== null && typeof value === "object" && !pulumi.Resource.isInstance(value);
}

/** The outputs in arguments. */
export function outputsIn(value: unknown): unknown[] {
    if (isOutput(value)) {
        return [value];
    }
    return isGroup(value) ? Object.values(value).flatMap(outputsIn) : [];
}

/** The arguments with what their outputs hold, and {@link UNKNOWN} for what is not known: what can be judged. */
function knownPart(value: unknown, held: (output: unknown) => unknown = () => UNKNOWN): unknown {
    if (isOutput(value)) {
        return knownPart(held(value));
    }
    if (pulumi.isUnknown(value)) {
        return UNKNOWN;
    }
    if (Array.isArray(value)) {
        return value.map((item) => knownPart(item, held));
    }
    return isGroup(value)
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, knownPart(inner, held)]))
        : value;
}

/** What an output holds, with Pulumi's own mark for what this run does not know, of which `apply` says nothing. */
function heldBy(output: unknown): Promise<unknown> {
    return (pulumi.output(output) as unknown as { promise(withUnknowns: true): Promise<unknown> }).promise(true);
}

/** One error for all faults, a line each. */
export function refusal(heading: string, problems: Problem[]): Error {
    const lines = problems.map(problemLine);
    return plainError(
        // Programs in other languages get the faults property by property.
        new pulumi.InputPropertiesError({
            message: [`${heading}:`, ...lines.map((line) => `  ${line}`)].join("\n"),
            errors: problems.map(({ property, reason }) => ({ propertyPath: property, reason })),
        }),
    );
}

/** Arguments with other outputs in the place of their own; what is null is left out. */
function mapped<A>(args: A, change: (output: pulumi.Output<unknown>) => pulumi.Output<unknown>): A {
    return withoutNulls(args, (value) => {
        if (isOutput(value)) {
            return change(pulumi.output(value));
        }
        return pulumi.Resource.isInstance(value) ? value : undefined;
    });
}

/** Arguments with what is null left out, also in what is known only later. */
export function givenArguments<A>(args: A): A {
    return mapped(args, (output) => output.apply((known) => withoutNulls(known)));
}

/** The value with texts for what stands at a path, `*` standing for every entry of a list or map. */
function withTexts(value: unknown, [step, ...others]: string[]): unknown {
    if (isOutput(value)) {
        return (pulumi.output(value) as pulumi.Output<unknown>).apply((known) => withTexts(known, [step, ...others]));
    }
    if (step === undefined) {
        return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
    }
    if (typeof value !== "object" || value === null || pulumi.Resource.isInstance(value)) {
        return value;
    }
    if (Array.isArray(value)) {
        return step === "*" ? value.map((item) => withTexts(item, others)) : value;
    }
    const changed = Object.entries(value)
        .filter(([key]) => step === "*" || step === key)
        .map(([key, inner]) => [key, withTexts(inner, others)]);
    return { ...value, ...(Object.fromEntries(changed) as object) };
}

/**
 * The arguments of a component, with what is null left out, and texts where texts are meant. Throws one error that names every fault of
 * them as far as they are known, before anything is made. What their outputs hold is judged as soon as it is known, in one error as well:
 * until then no output gives on what it holds, so that neither the component nor anything in it is made. `further` finds faults that no
 * rule does; of a property that a rule has refused, nothing else is said.
 */
export function validArguments<A extends object>(
    component: string,
    rules: Rule[],
    args: A,
    further: (known: A) => Problem[] = () => [],
): A {
    const texts = rules.filter(({ isText }) => isText).map(({ property }) => property.split("."));
    const prepared = (given: unknown) => texts.reduce(withTexts, givenArguments(given) ?? {}) as A;
    const assertValid = (known: A) => {
        const found = validate(rules, known);
        const others = further(known).filter((each) => !found.some(({ property }) => property === each.property));
        const problems = [...found, ...others];
        if (problems.length > 0) {
            throw refusal(`${component} has invalid arguments`, problems);
        }
    };
    assertValid(prepared(knownPart(args)));
    const outputs = outputsIn(args);
    if (outputs.length === 0) {
        return prepared(args);
    }
    const judged = Promise.all(outputs.map(heldBy)).then((values) => {
        const held = (output: unknown) => values[outputs.indexOf(output)];
        heardInTests(() => assertValid(prepared(knownPart(args, held))));
    });
    return mapped(prepared(args), (output) => output.apply((known) => judged.then(() => known)));
}

/** Warns of what can work but is likely a slip, as far as the arguments are known. */
export function warnOf(component: string, rules: Rule[], args: unknown, resource: pulumi.Resource): void {
    for (const problem of validate(rules, knownPart(args))) {
        void pulumi.log.warn(`${component}: ${problemLine(problem)}`, resource);
    }
}

/** https://www.pulumi.com/registry/packages/kubernetes/api-docs/provider/#upsertexistingobjects_nodejs */
const UPSERT = "PULUMI_K8S_UPSERT_EXISTING_OBJECTS";

/** Warns of creates that take over what exists: a replacement then deletes, as the old object, what it has just taken over as the new one. */
export function warnOfUpsert(component: string, resource: pulumi.Resource): void {
    if (/^(1|t|true)$/i.test(process.env[UPSERT] ?? "")) {
        void pulumi.log.warn(
            `${component}: ${UPSERT} is on, so a replacement takes over the object that it then deletes, for example a namespace with all claims in it (set it only for the one \`pulumi up\` that takes over what a killed run left, and unset it afterwards)`,
            resource,
        );
    }
}

/** What a looked-up thing, such as a cluster, must fulfil, and what is likely a slip. */
export interface Review {
    refused: Rule[];
    warned: Rule[];
}

/** Judges what was looked up: one error for all that cannot work, since invokes run at preview too, and warnings. */
export function reviewFound(
    component: string,
    found: string,
    { refused, warned }: Review,
    facts: unknown,
    resource: pulumi.Resource,
): void {
    const problems = validate(refused, facts);
    heardInTests(() => {
        if (problems.length > 0) {
            throw refusal(`${component} cannot use ${found}`, problems);
        }
    });
    for (const problem of validate(warned, facts)) {
        void pulumi.log.warn(`${component} found ${found}: ${problemLine(problem)}`, resource);
    }
}
