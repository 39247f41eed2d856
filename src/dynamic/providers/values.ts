import { canonicalJson } from "../../compile/rules/names";
import { UNKNOWN } from "../../compile/rules/rules";

/** How a value that is not known at preview arrives in a dynamic provider. */
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** True for a value, or one with a part, that is not known yet. */
export function isUnknown(value: unknown): boolean {
    return value === UNKNOWN_TEXT;
}

/** True when any part of the value is not known yet. */
export function hasUnknown(value: unknown): boolean {
    return (
        isUnknown(value) ||
        (value !== null && typeof value === "object" && Object.values(value).some((inner) => hasUnknown(inner)))
    );
}

/** The value with {@link UNKNOWN} for what is not known, as rules are judged on. */
export function withUnknown(value: unknown): unknown {
    if (isUnknown(value)) {
        return UNKNOWN;
    }
    if (Array.isArray(value)) {
        return value.map(withUnknown);
    }
    return value !== null && typeof value === "object"
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withUnknown(inner)]))
        : value;
}

/** True when both mean the same: unset is null, and the order of keys does not count. */
export function same(a: unknown, b: unknown): boolean {
    return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}

/** True when both texts mean the same: unset is empty, and line ends and space at the end do not count. */
export function sameText(a: string | null | undefined, b: string | null | undefined): boolean {
    const plain = (text: string | null | undefined) => (text ?? "").replace(/\r\n/g, "\n").trimEnd();
    return plain(a) === plain(b);
}

/** An optional text as the Platform shows it: as it was written where it means the same, left out where it is unset. */
export function observedText<K extends string>(
    key: K,
    written: string | undefined,
    shown: string | null | undefined,
): Partial<Record<K, string>> {
    const now = sameText(written, shown) ? (written ?? undefined) : shown || undefined;
    return now === undefined ? {} : ({ [key]: now } as Record<K, string>);
}

/**
 * Outputs as the wire takes them: an `undefined`, however deep, would fail only after the object was made, and orphan it.
 */
export function wireSafe<T extends object>(outs: T): T {
    return JSON.parse(JSON.stringify(outs)) as T;
}

/** The value without some of its keys. */
export function without<T extends object, K extends keyof T>(value: T, keys: readonly K[]): Omit<T, K> {
    return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key as K))) as Omit<T, K>;
}
