/**
 * Reads answers field by field. The API may add fields and enum values at any time, so nothing more is asked of an
 * answer than what we use; what is missing from it throws, and the client makes a `malformedAnswer` of that.
 */

type Fields = Record<string, unknown>;

export function object(body: unknown, what = "the response"): Fields {
    if (typeof body !== "object" || body === null || Array.isArray(body)) {
        throw new TypeError(`${what} is not an object`);
    }
    return body as Fields;
}

/** The objects of a list, each with the given fields present in the given types. */
export function list<T>(body: unknown, key: string, fields: Record<string, "string" | "number">): T[] {
    const entries = object(body)[key];
    if (!Array.isArray(entries)) {
        throw new TypeError(`the response has no list "${key}"`);
    }
    return entries.map((entry) => shaped<T>(entry, fields, `an entry of "${key}"`));
}

/** An object with the given fields present in the given types. */
export function shaped<T>(body: unknown, fields: Record<string, "string" | "number">, what = "the response"): T {
    const found = object(body, what);
    for (const [key, type] of Object.entries(fields)) {
        if (typeof found[key] !== type || found[key] === "") {
            throw new TypeError(`${what} has no ${type} "${key}"`);
        }
    }
    return found as T;
}

/** One segment of a path. An empty id would turn "this one" into "all of them". */
export function segment(id: string | number): string {
    const text = String(id);
    if (text === "" || text === "." || text === "..") {
        throw new TypeError(`"${text}" is not a valid Platform id`);
    }
    return encodeURIComponent(text);
}
