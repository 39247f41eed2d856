/**
 * Property values as they travel between the engine and a provider.
 *
 * The engine sends plain JSON in which a secret is an object with a signature and a value that is not known yet is one
 * of seven fixed strings. Everything behind this file works with `Value`, where both have types of their own, or with
 * `Plain`, where secrets have been opened (the API server knows no secrets) and only the unknown is left.
 */

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** One sentinel a type: the engine picks it by the type of the value that is missing (pulumi/pulumi, plugin/rpc.go). */
const unknownSentinels = new Set([
    "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string
    "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
    "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
    "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
    "030794c1-ac77-496b-92df-f27374a8bd58", // asset
    "e48ece36-62e2-4504-bad9-02848725956a", // archive
    "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);
const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

class Unknown {
    toString(): string {
        return "<unknown>";
    }
}

export const unknown = new Unknown();

export class Secret {
    constructor(readonly value: Value) {}
}

export type Scalar = null | boolean | number | string;
export type Value = Scalar | Unknown | Secret | Value[] | { [key: string]: Value };
export type Fields = { [key: string]: Value };
export type Plain = Scalar | Unknown | Plain[] | { [key: string]: Plain };
export type PlainFields = { [key: string]: Plain };

export function isUnknown(value: unknown): value is Unknown {
    return value instanceof Unknown;
}

/** True for objects with fields; false for lists, secrets and the unknown. */
export function isFields(value: Plain | undefined): value is PlainFields;
export function isFields(value: Value | undefined): value is Fields;
export function isFields(value: unknown): boolean {
    return (
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value) &&
        !(value instanceof Unknown) &&
        !(value instanceof Secret)
    );
}

export function isList(value: Plain | undefined): value is Plain[];
export function isList(value: Value | undefined): value is Value[];
export function isList(value: unknown): boolean {
    return Array.isArray(value);
}

export function fromWire(wire: unknown): Value {
    if (typeof wire === "string") {
        return unknownSentinels.has(wire) ? unknown : wire;
    }
    if (Array.isArray(wire)) {
        return wire.map(fromWire);
    }
    if (typeof wire === "object" && wire !== null) {
        const entries = wire as Record<string, unknown>;
        if (entries[signatureKey] === secretSignature) {
            return new Secret(fromWire(entries["value"]));
        }
        return mapFields(entries, fromWire);
    }
    return wire === undefined ? null : wire;
}

export function toWire(value: Value): unknown {
    if (value instanceof Unknown) {
        return unknownString;
    }
    if (value instanceof Secret) {
        return { [signatureKey]: secretSignature, value: toWire(value.value) };
    }
    if (isList(value)) {
        return value.map(toWire);
    }
    return isFields(value) ? mapFields(value, toWire) : value;
}

/** The same value with every secret opened. */
export function plain(value: Value): Plain {
    if (value instanceof Secret) {
        return plain(value.value);
    }
    if (isList(value)) {
        return value.map(plain);
    }
    return isFields(value) ? mapFields(value, plain) : value;
}

export function hasUnknown(value: Value): boolean {
    if (value instanceof Secret) {
        return hasUnknown(value.value);
    }
    if (isList(value)) {
        return value.some(hasUnknown);
    }
    return isUnknown(value) || (isFields(value) && Object.values<Value>(value).some(hasUnknown));
}

export function hasSecret(value: Value): boolean {
    if (value instanceof Secret) {
        return true;
    }
    if (isList(value)) {
        return value.some(hasSecret);
    }
    return isFields(value) && Object.values<Value>(value).some(hasSecret);
}

export function mapFields<A, B>(fields: { [key: string]: A }, change: (value: A) => B): { [key: string]: B } {
    return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, change(value)]));
}

/** Deep equality of JSON; fields in any order. */
export function equal(a: Plain | undefined, b: Plain | undefined): boolean {
    if (isList(a) && isList(b)) {
        return a.length === b.length && a.every((item, index) => equal(item, b[index]));
    }
    if (isFields(a) && isFields(b)) {
        const keys = Object.keys(a);
        return keys.length === Object.keys(b).length && keys.every((key) => key in b && equal(a[key], b[key]));
    }
    return a === b;
}
