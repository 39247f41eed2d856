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
        return `${show(text)} is not a Kubernetes quantity (write it like ${quote(example)})`;
    }
    return value > 0n ? checkUnit(text) : `must be greater than zero, not ${show(text)} (write it like "500Gi")`;
};

const MEBI = 1024n * 1024n * NANO;

/** A size of which the unit was left out, or that of memory taken for that of CPUs: Kubernetes would read bytes, or thousandths of one. */
export const checkUnit: Check<string> = (text) => {
    const [, amount, milli] = /^(\d+(?:\.\d+)?)(m?)$/.exec(text) ?? [];
    const value = parseQuantity(text);
    if (amount === undefined || value === undefined || value <= 0n || value >= MEBI) {
        return undefined;
    }
    const bytes = milli === "" ? "has no unit, so it is a number of bytes" : "is in thousandths of a byte";
    return `${show(text)} ${bytes} (write ${quote(`${amount}Gi`)} or ${quote(`${amount}Mi`)})`;
};

const UNITS = "KMGTP";

/** A size as Nextflow and people write it, `16 GB`, `16 G`, `16GiB` or `8192 Mi`: a multiple of 1024, whatever the unit's spelling. */
const SPOKEN = /^(\d+(?:\.\d+)?|\.\d+)(?:\s+([KMGTP])i?B?|([KMGTP])i?B)$/i;

/**
 * Memory in the one type that everything is printed from: a Kubernetes quantity, or a size as Nextflow writes it. The two
 * agree on what they both can read but for `16G`, which is decimal in Kubernetes and binary in Nextflow; as a quantity it
 * is not a whole number of mebibytes, so {@link checkWholeMebibytes} asks what was meant.
 * https://www.nextflow.io/docs/latest/reference/stdlib-types.html#memoryunit
 */
export function parseMemory(text: string): Nano | undefined {
    const spoken = SPOKEN.exec(text.trim());
    if (!spoken) {
        return parseQuantity(text);
    }
    const [, amount, spaced, joined] = spoken;
    const power = UNITS.indexOf((spaced ?? joined).toUpperCase()) + 1;
    return parseQuantity(`${amount}${UNITS[power - 1]}i`);
}

/** Mebibytes as Kubernetes writes them: `16Gi`, `1536Mi`. */
export function kubernetesMemory(mebibytes: number): string {
    return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}

/** Mebibytes as Nextflow writes them, whose units are powers of 1024: `16 GB`, `1536 MB`. It cannot read `16Gi`. */
export function nextflowMemory(mebibytes: number): string {
    return mebibytes % 1024 === 0 ? `${mebibytes / 1024} GB` : `${mebibytes} MB`;
}

/** Memory as the Platform's API and Nextflow's pods take it: whole mebibytes. */
export const checkWholeMebibytes: Check<string> = (text) => {
    const value = parseMemory(text);
    if (value === undefined) {
        return `${show(text)} is not an amount of memory (write it like ${quote(likeMemory(text))})`;
    }
    if (value <= 0n) {
        return `must be greater than zero, not ${show(text)} (write it like "16 GB" or "16Gi")`;
    }
    return value % MEBI === 0n ? undefined : inexactMemory(text.trim(), value);
};

/** The nearest right spelling of what is not an amount of memory, such as `16Gb/s`. */
function likeMemory(text: string): string {
    const spelling = /^\s*(\d+(?:\.\d+)?)\s*([KMGTP])/i.exec(text);
    return spelling ? `${spelling[1]} ${spelling[2].toUpperCase()}B` : "16 GB";
}

function inexactMemory(text: string, value: Nano): string {
    const decimal = /^(\d+(?:\.\d+)?)([kMGTP])$/.exec(text);
    if (decimal && parseMemory(`${decimal[1]} ${decimal[2]}B`)! % MEBI === 0n) {
        const [, amount, unit] = decimal;
        const binary = `${amount}${unit.toUpperCase()}i`;
        return `${show(text)} is ambiguous: Kubernetes counts in powers of 1000 and Nextflow in powers of 1024 (write ${quote(`${amount} ${unit.toUpperCase()}B`)} or ${quote(binary)})`;
    }
    if (/^\d+$/.test(text)) {
        const meant = Number(text) < 1024 ? `${quote(`${text} GB`)} or ${quote(`${text} MB`)}` : quote(`${text} MB`);
        return `${show(text)} has no unit, so it is a number of bytes, and not a whole number of mebibytes (write ${meant})`;
    }
    const below = value / MEBI;
    const nearest = (below === 0n ? [1n] : [below, below + 1n]).map((mebibytes) => quote(`${mebibytes} MB`));
    return `${show(text)} is not a whole number of mebibytes; the Platform and Nextflow accept no fractions (write ${nearest.join(" or ")})`;
}

/** Whole mebibytes of an amount of memory; throws the reason where {@link checkWholeMebibytes} has one. */
export function toMebibytes(text: string): number {
    const reason = checkWholeMebibytes(text);
    if (reason !== undefined) {
        throw new RangeError(reason);
    }
    return Number(parseMemory(text)! / MEBI);
}

/** CPUs of a task: Nextflow truncates a fraction and drops what is less than one. https://www.nextflow.io/docs/latest/reference/process.html#cpus */
export const checkTaskCpus: Check<number> = (cpus) => {
    if (Number.isSafeInteger(cpus) && cpus > 0) {
        return undefined;
    }
    const below = Number.isFinite(cpus) && cpus > 0 ? Math.floor(cpus) : 0;
    const nearest = below === 0 ? "1" : `${below} or ${below + 1}`;
    return `${cpus} is not a whole number of CPUs greater than zero, which Nextflow requires (write ${nearest})`;
};
