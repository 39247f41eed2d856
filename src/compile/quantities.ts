import { type Check, quote, show } from "./problems";

/**
 * A Kubernetes quantity in exact arithmetic, in thousand-millionths of its unit: the finest step Kubernetes knows.
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export type Nano = bigint;

const NANO = 1_000_000_000n;

const SUFFIXES: Record<string, { multiply: bigint; divide: bigint }> = {
    n: { multiply: 1n, divide: NANO },
    u: { multiply: 1n, divide: 1_000_000n },
    m: { multiply: 1n, divide: 1000n },
    "": { multiply: 1n, divide: 1n },
    ...Object.fromEntries(
        ["k", "M", "G", "T", "P", "E"].map((s, i) => [s, { multiply: 1000n ** BigInt(i + 1), divide: 1n }]),
    ),
    ...Object.fromEntries(
        ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"].map((s, i) => [s, { multiply: 1024n ** BigInt(i + 1), divide: 1n }]),
    ),
};

const QUANTITY = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,2})|(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei))?$/;

/** Parses a Kubernetes quantity; `undefined` when the text is none, or finer than Kubernetes can say. */
export function parseQuantity(text: string): Nano | undefined {
    const match = QUANTITY.exec(text);
    if (!match) {
        return undefined;
    }
    const [, sign, whole, fraction = "", exponent, suffix = ""] = match;
    const digits = whole + fraction;
    if (digits === "") {
        return undefined;
    }
    const { multiply, divide } = SUFFIXES[suffix];
    const power = BigInt(exponent ?? 0) - BigInt(fraction.length);
    const numerator = BigInt(digits) * multiply * NANO * (power > 0n ? 10n ** power : 1n);
    const denominator = divide * (power < 0n ? 10n ** -power : 1n);
    if (numerator % denominator !== 0n) {
        return undefined;
    }
    const value = numerator / denominator;
    return sign === "-" ? -value : value;
}

/** A size on disk or in memory: a positive quantity. */
export const checkSize: Check<string> = (text) => {
    const value = parseQuantity(text);
    if (value === undefined) {
        const spelling = /^(\d+(?:\.\d+)?)\s*([KMGTP])i?B?$/i.exec(text.trim());
        const example = spelling ? `${spelling[1]}${spelling[2].toUpperCase()}i` : "500Gi";
        return `${show(text)} is not a Kubernetes quantity; write it like ${quote(example)}`;
    }
    return value > 0n ? undefined : `${show(text)} is not more than nothing; write a size like "500Gi"`;
};

const MEBI = 1024n * 1024n * NANO;

/** Memory as the Platform's API takes it: whole mebibytes. */
export const checkWholeMebibytes: Check<string> = (text) => {
    const value = parseQuantity(text);
    if (value === undefined || value <= 0n) {
        return checkSize(text);
    }
    if (value % MEBI !== 0n) {
        const nearest = value / MEBI + 1n;
        return `${show(text)} is not a whole number of mebibytes, which is all the Platform can take; write "${nearest}Mi"`;
    }
    return undefined;
};

/** Whole mebibytes of a quantity; throws the reason where {@link checkWholeMebibytes} has one. */
export function toMebibytes(text: string): number {
    const reason = checkWholeMebibytes(text);
    if (reason !== undefined) {
        throw new RangeError(reason);
    }
    return Number(parseQuantity(text)! / MEBI);
}
