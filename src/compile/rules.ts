import type { Check, Problem } from "./problems";

/** Stands for a value that is not known yet: another resource's output. What is not known is not judged. */
export const UNKNOWN = Symbol("not known yet");

/** One thing that the arguments must fulfil. */
export interface Rule {
    /** Path of the property it is about, `*` standing for every entry of a list or map. */
    property: string;
    /** Where the rule comes from. */
    source: string;
    /** The faults that the given arguments have by this rule. */
    judge(args: unknown): Problem[];
}

/** The value at a dotted path; {@link UNKNOWN} where it, or anything on the way to it, is not known yet. */
export function at(args: unknown, path: string): unknown {
    let value = args;
    for (const step of path.split(".")) {
        if (value === UNKNOWN || value === undefined || value === null) {
            return value ?? undefined;
        }
        value = (value as Record<string, unknown>)[step];
    }
    return value ?? undefined;
}

function isUnset(value: unknown): value is undefined | typeof UNKNOWN {
    return value === undefined || value === UNKNOWN;
}

/** A rule about one value, judged where it is given and known. `type` guards the check against values of another kind. */
export function value<T>(property: string, type: "string" | "number", check: Check<T>, source: string): Rule {
    return {
        property,
        source,
        judge: (args) => problems(property, at(args, property), type, check),
    };
}

/** A rule about every value of a map or list. */
export function eachValue(property: string, check: Check<string>, source: string): Rule {
    return {
        property: `${property}.*`,
        source,
        judge: (args) =>
            entries(at(args, property)).flatMap(([key, inner]) =>
                problems(`${property}.${key}`, inner, "string", check),
            ),
    };
}

/** A rule about every key of a map. */
export function eachKey(property: string, check: Check<string>, source: string): Rule {
    return {
        property: `${property}.*`,
        source,
        judge: (args) =>
            entries(at(args, property)).flatMap(([key]) => problems(`${property}.${key}`, key, "string", check)),
    };
}

/** A rule about several values together; it is judged when all of them are known. */
export function together(
    property: string,
    others: string[],
    check: (args: unknown) => string | undefined,
    source: string,
): Rule {
    return {
        property,
        source,
        judge: (args) => {
            const known = [property, ...others].every((path) => at(args, path) !== UNKNOWN);
            const reason = known ? check(args) : undefined;
            return reason === undefined ? [] : [{ property, reason }];
        },
    };
}

/** All faults of the arguments, in the order of the rules. */
export function judge(rules: Rule[], args: unknown): Problem[] {
    return rules.flatMap((rule) => rule.judge(args));
}

function entries(value: unknown): [string, unknown][] {
    return isUnset(value) || typeof value !== "object" || value === null ? [] : Object.entries(value);
}

function problems<T>(property: string, given: unknown, type: "string" | "number", check: Check<T>): Problem[] {
    if (isUnset(given)) {
        return [];
    }
    const reason = typeof given === type ? check(given as T) : `is a ${typeof given}; write a ${type}`;
    return reason === undefined ? [] : [{ property, reason }];
}
