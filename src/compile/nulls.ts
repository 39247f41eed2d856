/**
 * The value with what is null left out at every level: that is how YAML and JSON say that something is not set. From a list nothing can
 * be left out, so there null stays, for the rules to refuse. `ofOther` answers for what is not to be looked into.
 */
export function withoutNulls<T>(given: T, ofOther: (value: object) => unknown = () => undefined): T {
    return settled(given, ofOther) as T;
}

function settled(given: unknown, ofOther: (value: object) => unknown): unknown {
    if (given === null || typeof given !== "object") {
        return given ?? undefined;
    }
    const other = ofOther(given);
    if (other !== undefined) {
        return other;
    }
    return Array.isArray(given)
        ? given.map((item) => settled(item, ofOther) ?? null)
        : Object.fromEntries(
              Object.entries(given)
                  .map(([key, inner]) => [key, settled(inner, ofOther)])
                  .filter(([, inner]) => inner !== undefined),
          );
}
