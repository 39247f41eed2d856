import { isObject } from "./api";
import { PROVIDERS } from "../operations/credentialKeys";

const REDACTED = "[redacted]";

const READABLE_KEYS = new Set(["discriminator", ...Object.values(PROVIDERS).flatMap(({ readable }) => readable)]);

/**
 * A request body as the log may show it. Inside `keys`, everything is hidden that no provider answers again: a list of
 * what is secret would miss a misspelled key.
 */
export function redact(body: unknown, insideKeys = false): unknown {
    if (Array.isArray(body)) {
        return body.map((item) => redact(item, insideKeys));
    }
    if (!isObject(body)) {
        return body;
    }
    return Object.fromEntries(
        Object.entries(body).map(([key, value]) => [
            key,
            insideKeys && !READABLE_KEYS.has(key) ? REDACTED : redact(value, insideKeys || key === "keys"),
        ]),
    );
}
