import * as pulumi from "@pulumi/pulumi";
import { type Problem, problemLine } from "../platform/problem";
import { withoutNulls } from "../compile/nulls";
import { validate, type Rule, UNKNOWN } from "../compile/rules/rules";
import { isOutput } from "../dynamic/resource";
import { heardInTests, plainError } from "./plainError";

/** The arguments with {@link UNKNOWN} wherever another resource's output stands: what can be judged at once. */
function knownPart(value: unknown): unknown {
    if (isOutput(value)) {
        return UNKNOWN;
    }
    if (Array.isArray(value)) {
        return value.map(knownPart);
    }
    // A resource where a value belongs is wrong as a whole, and endless to look into.
    return value !== null && typeof value === "object" && !pulumi.Resource.isInstance(value)
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, knownPart(inner)]))
        : value;
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

/** Arguments with what is null left out, also in what is known only later. */
export function givenArguments<A>(args: A): A {
    return withoutNulls(args, (value) => {
        if (isOutput(value)) {
            return pulumi.output(value).apply((known) => withoutNulls(known));
        }
        return pulumi.Resource.isInstance(value) ? value : undefined;
    });
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
 * them as far as they are known, before anything is made. `further` finds faults that no rule does; of a property that a rule has
 * refused, nothing else is said.
 */
export function validArguments<A extends object>(
    component: string,
    rules: Rule[],
    args: A,
    further: (given: A) => Problem[] = () => [],
): A {
    const given = (givenArguments(args) as A | undefined) ?? ({} as A);
    const ours = rules
        .filter(({ isText }) => isText)
        .reduce<unknown>((all, { property }) => withTexts(all, property.split(".")), given) as A;
    assertValid(component, rules, ours, further(ours));
    return ours;
}

function assertValid(component: string, rules: Rule[], args: unknown, further: Problem[] = []): void {
    const found = validate(rules, knownPart(args));
    const problems = [...found, ...further.filter((each) => !found.some(({ property }) => property === each.property))];
    if (problems.length > 0) {
        throw refusal(`${component} has invalid arguments`, problems);
    }
}

/** Judges a value that is known only later by the rules about its property, in the words of the user's own argument. */
export function validatedOutput<T>(
    component: string,
    rules: Rule[],
    property: string,
    given: pulumi.Output<T>,
): pulumi.Output<T> {
    const about = rules.filter((rule) => rule.property === property);
    return given.apply((known) => {
        heardInTests(() => assertValid(component, about, nested(property, known)));
        return known;
    });
}

function nested(property: string, value: unknown): unknown {
    return property.split(".").reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);
}

/**
 * Judges arguments, parts of which are known only later, by the rules about the first of them and what lies below it; the
 * others are those that the rules look at besides.
 */
export function validatedArgument<A extends object, K extends keyof A & string>(
    component: string,
    rules: Rule[],
    args: A,
    property: K,
    others: readonly (keyof A & string)[] = [],
): pulumi.Output<pulumi.Unwrap<A[K]>> {
    const about = rules.filter((rule) => rule.property === property || rule.property.startsWith(`${property}.`));
    const given = Object.fromEntries([property, ...others].map((key) => [key, args[key]]));
    return pulumi.output(given).apply((known) => {
        heardInTests(() => assertValid(component, about, { ...args, ...known }));
        return known[property] as pulumi.Unwrap<A[K]>;
    });
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
