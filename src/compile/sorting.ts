/** The entries of a map in the order of its keys, whatever order they were written in. */
export function sortedEntries<T>(map: Record<string, T> | undefined): [string, T][] {
    return Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** A map with its keys in order. */
export function sorted<T>(map: Record<string, T>): Record<string, T> {
    return Object.fromEntries(sortedEntries(map));
}

/** The given keys of an object, in the given order, as far as they are set. */
export function picked<T extends object>(from: T, keys: readonly (keyof T & string)[]): Partial<T> {
    return Object.fromEntries(
        keys.filter((key) => from[key] !== undefined && from[key] !== null).map((key) => [key, from[key]]),
    ) as Partial<T>;
}

/** A value with the keys of its maps in order, however deep. */
export function ordered(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(ordered);
    }
    return typeof value === "object" && value !== null
        ? Object.fromEntries(
              sortedEntries(value as Record<string, unknown>).map(([key, inner]) => [key, ordered(inner)]),
          )
        : value;
}
