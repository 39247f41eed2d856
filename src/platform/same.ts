/**
 * Is what the Platform shows the same as what was sent? It answers every unset field as an explicit `null`, adds
 * fields of its own, trims texts and paths, and hides what is secret, so only what was sent and is shown is compared,
 * and leniently.
 */

export function sameConfig(sent: object, shown: object | null | undefined): boolean {
    const visible = new Map(Object.entries(shown ?? {}));
    return Object.entries(sent).every(([key, value]) => !visible.has(key) || same(value, visible.get(key)));
}

function same(sent: unknown, shown: unknown): boolean {
    if (isUnset(sent) || isUnset(shown)) {
        return isUnset(sent) && isUnset(shown);
    }
    if (typeof sent === "string" && typeof shown === "string") {
        return plain(sent) === plain(shown);
    }
    if (Array.isArray(sent)) {
        return (
            Array.isArray(shown) &&
            sent.length === shown.length &&
            sent.every((value, index) => same(value, shown[index]))
        );
    }
    if (typeof sent === "object" && sent !== null) {
        return typeof shown === "object" && shown !== null && sameConfig(sent, shown);
    }
    return sent === shown;
}

function isUnset(value: unknown): boolean {
    return value === undefined || value === null || value === "" || value === false || isEmptyList(value);
}

function isEmptyList(value: unknown): boolean {
    return Array.isArray(value) && value.length === 0;
}

function plain(text: string): string {
    return text.replace(/\r\n/g, "\n").trim().replace(/\/+$/, "");
}
