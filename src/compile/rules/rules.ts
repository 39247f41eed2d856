import { distance } from "fastest-levenshtein";
import type { Problem } from "../../platform/problem";
import { type Check, type GroupCheck, quote, type RuleProblem, show } from "./problems";

/** Stands for a value that is not known yet: another resource's output. What is not known is not judged. */
export const UNKNOWN = Symbol("not known yet");

/** One thing that the arguments must fulfil. */
export interface Rule {
    /** Path of the property it is about, `*` standing for every entry of a list or map. */
    property: string;
    /** Where the rule comes from. */
    source: string;
    /** What it is about, where that is only the kind of a value or the members of a group. */
    about?: "kind" | "members";
    /** The names that a group has, if it is about these. */
    members?: string[];
    /** Whether a number or true and false, as YAML reads them without quotes, are meant as texts. */
    isText?: true;
    /** The faults that the given arguments have by this rule. */
    validate(args: unknown): RuleProblem[];
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

/** `text` is a string that may look like something else: YAML reads `300` and `true` as a number and a boolean. */
export type Kind = "string" | "text" | "number" | "boolean" | "object" | "list";

/** The path of a member; that of the arguments themselves is empty. */
export function join(path: string, member: string): string {
    return path === "" ? member : `${path}.${member}`;
}

/** Every value that is given at a path in which `*` stands for each entry of a list or map, with its own path. */
export function found(args: unknown, property: string): [path: string, value: unknown][] {
    return property === "" ? [["", args]] : below("", args, property.split("."));
}

function below(path: string, value: unknown, [step, ...others]: string[]): [path: string, value: unknown][] {
    if (value === undefined || step === undefined) {
        return value === undefined ? [] : [[path, value]];
    }
    return step === "*"
        ? entries(value).flatMap(([own, inner]) => below(path + own, inner, others))
        : below(join(path, step), at(value, step), others);
}

/** A rule about one value, judged where it is given and known. `kind` guards the check against values of another one; without a check, it is the whole rule. */
export function value<T>(property: string, kind: Kind, check: Check<T> | undefined, source: string): Rule {
    return {
        property,
        source,
        ...(check === undefined ? { about: "kind" } : {}),
        ...(kind === "text" ? { isText: true } : {}),
        validate: (args) =>
            found(args, property).flatMap(([path, inner]) => problems(path, inner, kind, check ?? (() => undefined))),
    };
}

/** A rule about every key of a map. */
export function eachKey(property: string, check: Check<string>, source: string): Rule {
    return {
        property: `${property}.*`,
        source,
        validate: (args) =>
            found(args, property).flatMap(([path, map]) =>
                entries(map).flatMap(([step]) => problems(path + step, step.slice(1), "string", check)),
            ),
    };
}

/** A rule about every key of a map with its value. */
export function eachPair(
    property: string,
    check: (key: string, value: string) => string | undefined,
    source: string,
): Rule {
    return {
        property: `${property}.*`,
        source,
        validate: (args) =>
            found(args, property).flatMap(([path, map]) =>
                entries(map).flatMap(([step, inner]) =>
                    problems<string>(path + step, inner, "text", (text) => check(step.slice(1), text)),
                ),
            ),
    };
}

/** A rule about an entry of a list as a whole, or an object, judged when all of it is known. */
export function whole(property: string, check: GroupCheck, source: string): Rule {
    return {
        property,
        source,
        validate: (args) =>
            found(args, property).flatMap(([path, entry]) =>
                typeof entry !== "object" || entry === null || Array.isArray(entry) || hasUnknown(entry)
                    ? problems(path, entry, "object", () => undefined)
                    : [check(entry as Record<string, unknown>)]
                          .flat()
                          .filter((reason) => reason !== undefined)
                          .map((reason) => ({ property: path, reason })),
            ),
    };
}

/** That two entries of a list have the same text for a member, of which there can be one. */
export function repeatedFault(given: unknown[], key: string, remedy: string): string | undefined {
    const all = given.map((entry) => at(entry, key));
    const second = all.findIndex((own, index) => typeof own === "string" && all.indexOf(own) < index);
    return second === -1
        ? undefined
        : `has the ${key} ${show(all[second])} in the entries ${all.indexOf(all[second])} and ${second} (${remedy})`;
}

/** True when something in it is not known yet. */
export function hasUnknown(given: unknown): boolean {
    return given === UNKNOWN || entries(given).some(([, inner]) => hasUnknown(inner));
}

/** A name as `snake_case`, `kebab-case` and `camelCase` have in common. */
export function plainName(name: string): string {
    return name.replaceAll(/[-_]/g, "").toLowerCase();
}

/**
 * The names that a misspelt one may stand for: the same in another case; else the nearest ones, and those that it is part of or that are
 * part of it; else those of which one word is near.
 */
function meantKeys(given: string, keys: string[]): string[] {
    const name = plainName(given);
    const same = keys.filter((key) => plainName(key) === name);
    if (same.length > 0) {
        return same;
    }
    const isPart = (key: string) => plainName(key).includes(name) || name.includes(plainName(key));
    const parts = keys.filter((key) => Math.min(key.length, name.length) >= 3 && isPart(key));
    const alike = [...new Set([...nearest(name, keys, (key) => [plainName(key)]), ...parts])];
    return alike.length > 0
        ? alike
        : nearest(name, keys, (key) => key.split(/(?=[A-Z])/).map((word) => word.toLowerCase()));
}

/** Those with the fewest other letters in one of their readings, if that is at most every third. */
function nearest(name: string, keys: string[], readings: (key: string) => string[]): string[] {
    const others = (key: string) => Math.min(...readings(key).map((reading) => distance(name, reading)));
    const fewest = Math.min(...keys.map(others));
    return fewest > Math.ceil(name.length / 3) ? [] : keys.filter((key) => others(key) === fewest);
}

/** What is said of a name that is none of those that there are, with the nearest. */
export function unknownKey(given: string, keys: string[], what = "argument"): string {
    const meant = meantKeys(given, keys);
    const remedy = meant.length > 0 ? `write ${meant.map(quote).join(" or ")}` : `use one of ${keys.join(", ")}`;
    return `unknown ${what} (${remedy})`;
}

/**
 * A rule about the names in an object: one that means nothing is a slip, or the design of another tool. `unnamed` are taken, too, and
 * told to nobody.
 */
export function onlyKeys(property: string, keys: string[], source: string, unnamed: string[] = []): Rule {
    return {
        property: join(property, "*"),
        source,
        about: "members",
        members: keys,
        validate: (args) =>
            found(args, property).flatMap(([path, object]) =>
                (Array.isArray(object) ? [] : entries(object))
                    .filter(([step, given]) => given !== undefined && ![...keys, ...unnamed].includes(step.slice(1)))
                    .map(([step]) => {
                        const meant = meantKeys(step.slice(1), keys);
                        const instead = meant.length === 1 && at(object, meant[0]) === undefined ? meant[0] : undefined;
                        return {
                            property: join(path, step.slice(1)),
                            reason: unknownKey(step.slice(1), keys),
                            ...(instead === undefined ? {} : { instead: join(path, instead) }),
                        };
                    }),
            ),
    };
}

/**
 * A rule about an argument that decides which resources there are. A program must know that by itself: what another
 * resource's output says comes too late for preview to show it.
 */
export function plainValue<T>(
    property: string,
    type: Kind,
    source: string,
    check?: Check<T>,
    remedy = "write a plain value",
): Rule {
    const problemsOf = (path: string, given: unknown): RuleProblem[] =>
        given === UNKNOWN
            ? [{ property: path, reason: `must be known at preview; outputs are not allowed here (${remedy})` }]
            : problems<T>(path, given, type, check ?? (() => undefined));
    const cut = property.lastIndexOf(".");
    const key = property.slice(cut + 1);
    return {
        property,
        source,
        ...(check === undefined ? { about: "kind" } : {}),
        // Of what lies in something that is not known yet, that alone is told.
        validate: (args) =>
            (cut < 0 ? [["", args] as const] : found(args, property.slice(0, cut)))
                .filter(([, parent]) => parent !== UNKNOWN)
                .flatMap(([path, parent]) =>
                    key === "*"
                        ? entries(parent).flatMap(([step, inner]) => problemsOf(path + step, inner))
                        : problemsOf(join(path, key), at(parent, key)),
                ),
    };
}

/** A rule about which arguments are given, whatever they are: judged even where their values are not known yet. */
export function always(property: string, check: (args: unknown) => string | undefined, source: string): Rule {
    return {
        property,
        source,
        validate: (args) => {
            const reason = check(args);
            return reason === undefined ? [] : [{ property, reason }];
        },
    };
}

/** A rule about an argument that says nothing where others stand as `reason` tells, or where it says no more than `silent`. */
export function noEffect(
    property: string,
    reason: (args: unknown) => string | undefined,
    source: string,
    silent?: unknown,
): Rule {
    return always(
        property,
        (args) => {
            const [, group] = /^(.+)\.[^.]+$/.exec(property) ?? [];
            const given = group !== undefined && at(args, group) === UNKNOWN ? undefined : at(args, property);
            const why = given === undefined || given === silent ? undefined : reason(args);
            return why === undefined ? undefined : `has no effect because ${why}`;
        },
        source,
    );
}

/** A rule about several values together; it is judged when all of them are known. */
export function whenKnown(
    property: string,
    others: string[],
    check: (args: unknown) => string | undefined,
    source: string,
): Rule {
    return {
        property,
        source,
        validate: (args) =>
            [property, ...others].some((path) => at(args, path) === UNKNOWN)
                ? []
                : always(property, check, source).validate(args),
    };
}

/** Rules by the argument that they are about, so that all lines about one stand together. */
export function inOrder(members: string[], rules: Rule[]): Rule[] {
    const place = ({ property }: Rule) => members.indexOf(property.split(".")[0]);
    return [...rules].sort((a, b) => place(a) - place(b));
}

/**
 * All faults of the arguments, in the order of the rules; each once. Of a value of another kind nothing else is said, nor of what lies in
 * it, and of an argument that is misspelt not that it is missing.
 */
export function validate(rules: Rule[], args: unknown): Problem[] {
    const all = rules.flatMap((rule) => rule.validate(args));
    const wrong = all.filter(({ wrongKind }) => wrongKind).map(({ property }) => property);
    const misspelt = all.map(({ instead }) => instead);
    const told = new Set<string>();
    return all
        .filter(
            ({ property, wrongKind }) =>
                !wrong.some((other) => (property === other ? !wrongKind : isWithin(property, other))) &&
                !misspelt.includes(property),
        )
        .filter(({ property, reason }) => {
            const line = `${property} ${reason}`;
            return !told.has(line) && told.add(line);
        })
        .map(({ property, reason }) => ({ property, reason }));
}

function isWithin(property: string, other: string): boolean {
    return property.startsWith(other) && /^[.[]/.test(property.slice(other.length));
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

function wrongKind(given: unknown, type: Exclude<Kind, "text">): string | undefined {
    const kind = given === null ? "null" : Array.isArray(given) ? "list" : typeof given;
    const article = (noun: string) => (noun === "null" ? noun : /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`);
    const quoted = type === "string" && (kind === "number" || kind === "boolean");
    const remedy = quoted ? " (write it in quotes, or add --type string to pulumi config set)" : "";
    return kind === type ? undefined : `must be ${article(type)}, not ${article(kind)}${remedy}`;
}

function problems<T>(property: string, given: unknown, type: Kind, check: Check<T>): RuleProblem[] {
    if (isUnset(given)) {
        return [];
    }
    const isText = type === "text" && (typeof given === "number" || typeof given === "boolean");
    const value = isText ? String(given) : given;
    const wrong = wrongKind(value, type === "text" ? "string" : type);
    if (wrong !== undefined) {
        return [{ property, reason: wrong, wrongKind: true }];
    }
    const reason = check(value as T);
    return reason === undefined ? [] : [{ property, reason }];
}
