import { KEYWORDS } from "./groovy";
import type { Token } from "./groovyTokens";

/** Digits with letters behind them that Groovy does not take for a number: `4GB`, `2h`. https://groovy-lang.org/syntax.html#_numbers */
const NO_NUMBER = /^(?!0[xXbB])[\d_]+(\.[\d_]+)?(?![lLiIgGfFdD]$|[eE]\d*[fFdDgG]?$)[A-Za-z]\w*$/;

function isSign(token: Token | undefined, signs: RegExp): boolean {
    return token?.kind === "sign" && signs.test(token.text);
}

/** A value behind which nothing can stand but a sign or the end; behind the dot of `4. GB`, a property can. */
function isClosed({ kind, text }: Token): boolean {
    return (
        kind === "string" ||
        (kind === "number" && !text.endsWith(".")) ||
        (kind === "word" && /^(true|false|null)$/.test(text))
    );
}

/** Whether neither parser reads this as a value: two values side by side, `4GB`, or an operator that lacks a side. */
export function isUnreadable(value: Token[]): boolean {
    const depths: string[] = [];
    let colons = 0;
    let commas = false;
    for (const [index, token] of value.entries()) {
        const { kind, text } = token;
        const before = value[index - 1] as Token | undefined;
        if (kind === "sign") {
            if (/[([{]/.test(text)) {
                depths.push(text);
            } else if (/[)\]}]/.test(text)) {
                depths.pop();
            }
            if (depths.length === 0) {
                colons += text === ":" ? 1 : text === "?" ? -1 : 0;
                commas ||= text === ",";
            }
        } else if (kind === "number" && NO_NUMBER.test(text)) {
            return true;
        } else if (before !== undefined && isClosed(before) && depths.at(-1) !== "{") {
            if (kind !== "word" || !KEYWORDS.has(text) || isClosed(token)) {
                return true;
            }
        }
    }
    return (
        colons > 0 ||
        commas ||
        value.length === 0 ||
        isSign(value[0], /[>*/%=,:?&|^)\]]/) ||
        isSign(value.at(-1), /[*/%<>=&|^?:,~!]/)
    );
}
