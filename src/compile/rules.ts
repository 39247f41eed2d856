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

/** True when something stands at the path, be it known yet or not. */
export function isGiven(args: unknown, path: string): boolean {
    return at(args, path) !== undefined;
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

/** A rule about every value of a map or list of texts. */
export function eachValue(property: string, check: Check<string>, source: string): Rule {
    return {
        property: `${property}.*`,
        source,
        judge: (args) =>
            entries(at(args, property)).flatMap(([step, inner]) => problems(property + step, inner, "string", check)),
    };
}

/** A rule about one text of every entry of a list; each entry needs it. */
export function eachField(property: string, field: string, check: Check<string>, source: string): Rule {
    return {
        property: `${property}.*.${field}`,
        source,
        judge: (args) =>
            entries(at(args, property)).flatMap(([step, entry]) => {
                const path = `${property}${step}.${field}`;
                const given = at(entry, field);
                return given === undefined
                    ? [{ property: path, reason: "is missing; write a string" }]
                    : problems(path, given, "string", check);
            }),
    };
}

/** A rule about every key of a map. */
export function eachKey(property: string, check: Check<string>, source: string): Rule {
    return {
        property: `${property}.*`,
        source,
        judge: (args) =>
            entries(at(args, property)).flatMap(([step]) => problems(property + step, step.slice(1), "string", check)),
    };
}

/**
 * A rule about an argument that decides which resources there are. A program must know that by itself: what another
 * resource's output says comes too late for preview to show it.
 */
export function decided(property: string, type: "boolean" | "object", source: string): Rule {
    const parent = property.slice(0, Math.max(0, property.lastIndexOf(".")));
    return {
        property,
        source,
        judge: (args) => {
            const given = at(args, property);
            const reason =
                given === UNKNOWN
                    ? "is another resource's output, but decides what is made; write a plain value"
                    : wrongKind(given, type);
            return given === undefined || reason === undefined || (parent !== "" && at(args, parent) === UNKNOWN)
                ? []
                : [{ property, reason }];
        },
    };
}

/** A rule about which arguments are given, whatever they are: judged even where their values are not known yet. */
export function presence(property: string, check: (args: unknown) => string | undefined, source: string): Rule {
    return {
        property,
        source,
        judge: (args) => {
            const reason = check(args);
            return reason === undefined ? [] : [{ property, reason }];
        },
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
        judge: (args) =>
            [property, ...others].some((path) => at(args, path) === UNKNOWN)
                ? []
                : presence(property, check, source).judge(args),
    };
}

/** All faults of the arguments, in the order of the rules. */
export function judge(rules: Rule[], args: unknown): Problem[] {
    return rules.flatMap((rule) => rule.judge(args));
}

/** The entries of a list or map, each with its step in a property path: `[0]` or `.key`. */
function entries(value: unknown): [string, unknown][] {
    if (typeof value !== "object" || value === null) {
        return [];
    }
    return Array.isArray(value)
        ? value.map((inner, index) => [`[${index}]`, inner])
        : Object.entries(value).map(([key, inner]) => [`.${key}`, inner]);
}

function wrongKind(given: unknown, type: "string" | "number" | "boolean" | "object"): string | undefined {
    const kind = given === null ? "null" : Array.isArray(given) ? "list" : typeof given;
    const article = (noun: string) => (noun === "null" ? noun : /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`);
    return kind === type ? undefined : `is ${article(kind)}; write ${article(type)}`;
}

function problems<T>(property: string, given: unknown, type: "string" | "number", check: Check<T>): Problem[] {
    if (isUnset(given)) {
        return [];
    }
    const reason = wrongKind(given, type) ?? check(given as T);
    return reason === undefined ? [] : [{ property, reason }];
}
