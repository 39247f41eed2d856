/**
 * Keeps secrets out of everything that is shown: messages, stacks, causes. A server may echo what it was sent, whole,
 * shortened, re-encoded or broken over lines, so a secret is recognised by any piece of it that is long enough.
 */

export const REDACTED = "[redacted]";

/** The shortest piece of a secret that is recognised: long enough not to hit ordinary words. */
const PIECE = 12;

/** Shorter secrets than this are not looked for: removing them would shred the message and protect nothing. */
const SHORTEST_SECRET = 4;

/** Fields of request bodies that are secret: the write-only keys of credentials in the API's document. */
const SECRET_FIELDS = new Set(["token", "privateKey", "secretKey", "data", "password", "accessToken", "passphrase"]);

/** What looks like a secret wherever it comes from. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
    [/\b(bearer|basic)\s+[\w+/=.~-]{16,}/gi, `$1 ${REDACTED}`],
    [/\b(authorization["']?\s*[:=]\s*["']?)(?!bearer|basic)[^\s"',]+/gi, `$1${REDACTED}`],
    [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
    [/\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g, REDACTED],
    [/(\/\/)[^/\s@"']+@/g, `$1${REDACTED}@`],
];

export type Redact = (text: string) => string;

/** A function that removes these secrets, and what looks like one, from a text. */
export function createRedactor(secrets: Iterable<string>): Redact {
    const whole: string[] = [];
    const pieces = new Set<string>();
    for (const secret of secrets) {
        for (const form of formsOf(secret)) {
            if (form.length < PIECE) {
                whole.push(form);
            }
            for (let at = 0; at + PIECE <= form.length; at++) {
                pieces.add(form.slice(at, at + PIECE));
            }
        }
    }
    return (text) => {
        let result = removePieces(text, pieces);
        for (const secret of whole) {
            result = result.replaceAll(secret, REDACTED);
        }
        return PATTERNS.reduce((current, [pattern, by]) => current.replace(pattern, by), result);
    };
}

/** The secrets of a request's body: the values of its secret fields, at any depth. */
export function secretsIn(body: unknown): string[] {
    const found: string[] = [];
    const visit = (value: unknown): void => {
        if (typeof value !== "object" || value === null) {
            return;
        }
        for (const [key, child] of Object.entries(value)) {
            if (typeof child === "string" && SECRET_FIELDS.has(key)) {
                found.push(...secretLeaves(child));
            } else {
                visit(child);
            }
        }
    };
    visit(body);
    return found;
}

/**
 * A Google key is a JSON text of which only some fields are secret. Taking all of it would also remove the words
 * ("service_account") that the Platform's message needs to be understood.
 */
function secretLeaves(value: string): string[] {
    let parsed: unknown;
    try {
        parsed = JSON.parse(value);
    } catch {
        return [value];
    }
    if (typeof parsed !== "object" || parsed === null) {
        return [value];
    }
    const leaves = Object.entries(parsed)
        .filter(([key, leaf]) => /key|secret|token|password/i.test(key) && typeof leaf === "string")
        .map(([, leaf]) => leaf as string);
    return leaves.length > 0 ? leaves : [value];
}

/** The ways in which a secret may be written: as it is, in base64, in a URL; the armour lines of a PEM are no secret. */
function formsOf(secret: string): string[] {
    const bare = secret.replace(/-----(BEGIN|END) [A-Z0-9 ]+-----/g, "\n");
    const lines = bare
        .split(/(?:\r?\n|\\n)+/)
        .map((line) => line.trim())
        .filter((line) => line.length >= SHORTEST_SECRET);
    return lines.flatMap((line) => {
        const forms = [line, Buffer.from(line).toString("base64").replace(/=+$/, ""), encodeURIComponent(line)];
        return [...new Set(forms)];
    });
}

function removePieces(text: string, pieces: ReadonlySet<string>): string {
    if (pieces.size === 0) {
        return text;
    }
    let result = "";
    let hiddenUpTo = 0;
    for (let at = 0; at < text.length; at++) {
        if (pieces.has(text.slice(at, at + PIECE))) {
            if (at >= hiddenUpTo) {
                result += REDACTED;
            }
            hiddenUpTo = at + PIECE;
        }
        if (at >= hiddenUpTo) {
            result += text[at];
        }
    }
    return result;
}
