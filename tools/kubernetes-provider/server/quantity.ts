/**
 * Kubernetes quantities in their canonical text, as the API server writes them: the same amount with the largest suffix
 * that keeps the number whole, and the kind of suffix that was given (`1000m` → `1`, `0.5` → `500m`, `1024Mi` → `1Gi`).
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

const pattern = /^([+-]?)(\d+\.?\d*|\.\d+)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,3}))?$/;

const decimalSuffixes: Record<number, string> = {
    [-9]: "n",
    [-6]: "u",
    [-3]: "m",
    0: "",
    3: "k",
    6: "M",
    9: "G",
    12: "T",
    15: "P",
    18: "E",
};
const decimalExponents = new Map(Object.entries(decimalSuffixes).map(([power, suffix]) => [suffix, Number(power)]));
const binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/** Smaller amounts than this power of ten do not exist; they are rounded up. */
const smallest = -9;

/** The canonical text, or undefined where `text` is no quantity (the API server will say so itself). */
export function canonicalQuantity(text: string): string | undefined {
    const match = pattern.exec(text.trim());
    if (!match) {
        return undefined;
    }
    const [, sign = "", digits = "", suffix = "", exponent] = match;
    const [whole = "", fraction = ""] = digits.split(".");
    const binary = suffix.endsWith("i");
    let amount = BigInt(whole + fraction);
    let scale = -fraction.length;
    if (binary) {
        amount <<= BigInt(10 * binarySuffixes.indexOf(suffix));
    } else {
        scale += exponent === undefined ? (decimalExponents.get(suffix) ?? 0) : Number(exponent);
    }
    if (scale < smallest) {
        const divisor = 10n ** BigInt(smallest - scale);
        amount = (amount + divisor - 1n) / divisor;
        scale = smallest;
    }
    if (amount === 0n) {
        return "0";
    }
    while (amount % 10n === 0n) {
        amount /= 10n;
        scale += 1;
    }
    const minus = sign === "-" ? "-" : "";
    // Binary text is kept only for whole amounts of at least 1024: below that it would say nothing that decimal does not.
    if (binary && scale >= 0 && amount * 10n ** BigInt(scale) >= 1024n) {
        return minus + binaryText(amount * 10n ** BigInt(scale));
    }
    return minus + decimalText(amount, scale, exponent !== undefined);
}

function binaryText(amount: bigint): string {
    let power = 0;
    while (amount % 1024n === 0n && power < binarySuffixes.length - 1) {
        amount /= 1024n;
        power += 1;
    }
    return `${amount}${binarySuffixes[power]}`;
}

function decimalText(amount: bigint, scale: number, exponential: boolean): string {
    const power = Math.min(Math.floor(scale / 3) * 3, exponential ? Infinity : 18);
    const number = amount * 10n ** BigInt(scale - power);
    if (exponential) {
        return power === 0 ? `${number}` : `${number}e${power}`;
    }
    return `${number}${decimalSuffixes[power]}`;
}
