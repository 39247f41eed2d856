import type { IsInput, Known } from "../known";
import { oneOf } from "./checks";
import type { Problem } from "../../platform/problem";
import type { Check, GroupCheck } from "./problems";
import {
    at,
    eachKey,
    eachPair,
    found,
    inOrder,
    join,
    type Kind,
    onlyKeys,
    plainValue,
    type Rule,
    value,
    whole,
} from "./rules";

/** What an argument must be, wherever it stands. */
export interface Shape<T> {
    /** The rules about it at a path. `source` is that of the group around it, for a shape without one of its own. */
    rulesAt(path: string, source?: string): Rule[];
    /** What to write where the argument must be given. */
    readonly missing?: string;
    /** The values that it takes: nothing at run time. */
    readonly takes?: (given: T) => void;
}

/** One for an argument that a program must know by itself, since it decides which resources there are. */
export interface PlainShape<T> extends Shape<T> {
    readonly isPlain: true;
}

interface Options {
    /** Default: that of the group. */
    source?: string;
    /** What to write: the argument must be given. */
    missing?: string;
}

/** A shape for each argument of a group, a plain one where no output can be given. */
export type Members<T> = { [K in keyof T]-?: MemberShape<NonNullable<T[K]>> };
type MemberShape<V> = IsInput<V> extends true ? Shape<NonNullable<Known<V>>> : PlainShape<NonNullable<Known<V>>>;

function scalar<T>(kind: Kind, check: Check<T> | undefined, { source: own, missing }: Options): Shape<T> {
    return { missing, rulesAt: (path, source = "") => [value(path, kind, check, own ?? source)] };
}

export const string = (check?: Check<string>, options: Options = {}): Shape<string> => scalar("string", check, options);
export const number = (check?: Check<number>, options: Options = {}): Shape<number> => scalar("number", check, options);
export const boolean = (options: Options = {}): Shape<boolean> => scalar<boolean>("boolean", undefined, options);

/** A text that may look like something else: YAML reads `300` and `true` as a number and a boolean. */
export const text = (check?: Check<string>, options: Options = {}): Shape<string> => scalar("text", check, options);

/** One of a closed set of texts. */
export const choice = (choices: Record<string, string>, options: Options = {}): Shape<string> =>
    string(oneOf(choices), options);

/** An argument that a program must know by itself. */
export const plain = {
    string: (check?: Check<string>, options: PlainOptions = {}): PlainShape<string> =>
        plainScalar("string", check, options),
    choice: (choices: Record<string, string>, options: PlainOptions = {}): PlainShape<string> =>
        plain.string(oneOf(choices), options),
    boolean: (options: Options = {}): PlainShape<boolean> => plainScalar<boolean>("boolean", undefined, options),
    /** An object whose members are judged each by itself, and which must be there for that. */
    object: <T extends object>(members: Members<T>, options: ObjectOptions = {}): PlainShape<Known<T>> => ({
        ...object(members, options),
        isPlain: true,
        rulesAt: (path, source = "") => [
            plainValue(path, "object", options.source ?? source),
            ...object(members, options).rulesAt(path, source),
        ],
    }),
    /** A map of texts, whose keys must be there. */
    map: (checks: MapChecks, options: Options = {}): PlainShape<Record<string, string>> => ({
        ...map(checks, options),
        isPlain: true,
        rulesAt: (path, source = "") => [
            plainValue(path, "object", options.source ?? source),
            ...map(checks, options).rulesAt(path, source),
        ],
    }),
    list: <T>(item: Shape<T>, options: Options & { fault?: Check<unknown[]> } = {}): PlainShape<T[]> => ({
        ...list(item, options),
        isPlain: true,
        rulesAt: (path, source = "") => [
            plainValue(path, "list", options.source ?? source, options.fault),
            ...item.rulesAt(`${path}.*`, options.source ?? source),
        ],
    }),
};

interface PlainOptions extends Options {
    /** What to write instead of an output. Default: a plain value. */
    remedy?: string;
}

function plainScalar<T>(kind: Kind, check: Check<T> | undefined, options: PlainOptions): PlainShape<T> {
    const { source: own, missing, remedy } = options;
    return {
        missing,
        isPlain: true,
        rulesAt: (path, source = "") => [plainValue(path, kind, own ?? source, check, remedy)],
    };
}

/** `fault` is about the items together. */
export function list<T>(
    item: Shape<T>,
    { source: own, missing, fault }: Options & { fault?: Check<unknown[]> } = {},
): Shape<T[]> {
    return {
        missing,
        rulesAt: (path, source = "") => [
            value(path, "list", fault, own ?? source),
            ...item.rulesAt(`${path}.*`, own ?? source),
        ],
    };
}

interface MapChecks {
    key?: Check<string>;
    value?: Check<string>;
    pair?: (key: string, value: string) => string | undefined;
}

/** An object whose members are judged elsewhere. */
export const anyObject: Shape<object> = { rulesAt: (path, source = "") => [value(path, "object", undefined, source)] };

/** A map of texts. */
export function map(checks: MapChecks, { source: own, missing }: Options = {}): Shape<Record<string, string>> {
    return {
        missing,
        rulesAt: (path, group = "") => {
            const source = own ?? group;
            return [
                value(path, "object", undefined, source),
                ...(checks.key === undefined ? [] : [eachKey(path, checks.key, source)]),
                value(`${path}.*`, "text", checks.value, source),
                ...(checks.pair === undefined ? [] : [eachPair(path, checks.pair, source)]),
            ];
        },
    };
}

interface ObjectOptions extends Options {
    /** What is wrong with members that stand side by side, judged when all of them are known. */
    faults?: GroupCheck[];
    /** Further members, which no user writes. */
    unnamed?: string[];
}

/** A group of arguments. One that it does not have is refused. */
export function object<T extends object>(
    members: Members<T>,
    { source: own, missing, faults = [], unnamed }: ObjectOptions = {},
): Shape<Known<T>> {
    const shapes = Object.entries<Shape<never>>(members);
    return {
        missing,
        rulesAt: (path, group = "") => {
            const source = own ?? group;
            return [
                // The arguments of a component are an object in any case.
                ...(path === "" ? [] : [value(path, "object", undefined, source)]),
                onlyKeys(path, Object.keys(members), source, unnamed),
                ...shapes.flatMap(([key, shape]) => [
                    ...shape.rulesAt(join(path, key), source),
                    ...(shape.missing === undefined ? [] : [required(path, key, shape.missing, source)]),
                ]),
                ...faults.map((fault) => whole(path, fault, source)),
            ];
        },
    };
}

/** A member without which a group that is given is not complete. */
function required(path: string, key: string, remedy: string, source: string): Rule {
    return {
        property: join(path, key),
        source,
        validate: (args) =>
            found(args, path).flatMap(([place, given]): Problem[] =>
                // A program that gives a component no arguments at all lacks all of them.
                (path === "" || (typeof given === "object" && given !== null)) && at(given, key) === undefined
                    ? [{ property: join(place, key), reason: `required (${remedy})` }]
                    : [],
            ),
    };
}

/**
 * The rules of a component's or resource's own arguments, in the order in which they are written here: what each must be by itself, and
 * what they must be beside each other.
 */
export function argumentRules<T extends object>(
    members: Members<T>,
    source: string,
    others: Rule[] = [],
    unnamed: string[] = [],
): Rule[] {
    return inOrder(Object.keys(members), [...object(members, { source, unnamed }).rulesAt(""), ...others]);
}
