/** What a literal can say: no expression, so that Nextflow's classic and strict parsers read the same. */
export type GroovyValue = string | number | boolean | GroovyValue[] | { [key: string]: GroovyValue };

const SHORT_ESCAPES: Record<string, string> = { "\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/**
 * A string in single quotes, where `$` means nothing. Whatever lies outside printable ASCII is escaped by UTF-16 unit: the
 * strict parser knows no other escapes, and the Platform's database takes no four-byte characters.
 * https://groovy-lang.org/syntax.html#_single_quoted_string
 */
export function groovyString(text: string): string {
    const escaped = text.replace(
        /[\\']|[^\x20-\x7e]/g,
        (unit) => SHORT_ESCAPES[unit] ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
    );
    return `'${escaped}'`;
}

/** Words that are no names in Groovy. https://groovy-lang.org/syntax.html#_keywords */
export const KEYWORDS = new Set(
    (
        "abstract as assert boolean break byte case catch char class const continue def default do double else enum " +
        "extends false final finally float for goto if implements import in instanceof int interface long native new " +
        "non null package permits private protected public record return sealed short static strictfp super switch " +
        "synchronized this threadsafe throw throws trait transient true try var void volatile while yield"
    ).split(" "),
);

/** A key of a map, quoted unless it is a plain name. */
function groovyKey(key: string): string {
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !KEYWORDS.has(key) ? key : groovyString(key);
}

/** Any value as a Groovy literal on one line, a map's entries in the order of its keys. */
export function groovy(value: GroovyValue): string {
    if (typeof value === "string") {
        return groovyString(value);
    }
    if (typeof value !== "object") {
        return String(value);
    }
    if (Array.isArray(value)) {
        return `[${value.map(groovy).join(", ")}]`;
    }
    const entries = Object.entries(value).map(([key, inner]) => `${groovyKey(key)}: ${groovy(inner)}`);
    return entries.length === 0 ? "[:]" : `[${entries.join(", ")}]`;
}
