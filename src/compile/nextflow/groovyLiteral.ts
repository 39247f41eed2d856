import type { Token } from "./groovyTokens";

/** Stands for what is not a literal: a closure, a call, a string with something to be filled in. */
export const OPAQUE: unique symbol = Symbol("no literal");

export type Literal = string | number | boolean | null | typeof OPAQUE | Literal[] | { [key: string]: Literal };

const WORDS: Record<string, boolean | null> = { true: true, false: false, null: null };

/** The value that the tokens of an assignment are, as far as they are literals. */
export function literal(tokens: Token[]): Literal {
    const { value, end } = read(tokens, 0);
    return end === tokens.length ? value : OPAQUE;
}

function read(tokens: Token[], from: number): { value: Literal; end: number } {
    const token = tokens[from] as Token | undefined;
    if (token === undefined) {
        return { value: OPAQUE, end: from };
    }
    if (isSign(token, "[")) {
        return readList(tokens, from);
    }
    if (token.text === "-" && tokens[from + 1]?.kind === "number") {
        const value = scalar(tokens[from + 1]);
        return { value: typeof value === "number" ? -value : OPAQUE, end: from + 2 };
    }
    if (token.kind === "sign") {
        return { value: OPAQUE, end: from };
    }
    return { value: scalar(token), end: from + 1 };
}

/** A sign, and not a string that looks like one. */
function isSign(token: Token | undefined, text: string): boolean {
    return token?.kind === "sign" && token.text === text;
}

function scalar({ kind, text, filledIn }: Token): Literal {
    if (kind === "string") {
        return filledIn ? OPAQUE : text;
    }
    if (kind === "number") {
        return numberOf(text.replaceAll("_", ""));
    }
    return Object.hasOwn(WORDS, text) ? WORDS[text] : OPAQUE;
}

/** A zero in front is octal, and a letter behind says how the number is kept. https://groovy-lang.org/syntax.html#_numbers */
function numberOf(text: string): Literal {
    const whole = /^(0[xXbB])?([\da-fA-F]+?)[lLiIgG]?$/.exec(text);
    const value =
        whole !== null && (whole[1] !== undefined || /^\d+$/.test(whole[2]))
            ? Number(`${whole[1] ?? (/^0\d/.test(whole[2]) ? "0o" : "")}${whole[2]}`)
            : Number(/^([\d.]+(?:[eE]\d+)?)[fFdDgG]?$/.exec(text)?.[1] ?? NaN);
    return Number.isNaN(value) ? OPAQUE : value;
}

/** A list `[a, b]` or a map `[a: 1]`; `[:]` is a map with nothing in it. */
function readList(tokens: Token[], from: number): { value: Literal; end: number } {
    const values: Literal[] = [];
    const map: Record<string, Literal> = {};
    let position = from + 1;
    for (;;) {
        const token = tokens[position] as Token | undefined;
        if (token === undefined || isSign(token, "]")) {
            const isMap = Object.keys(map).length > 0 || isSign(tokens[position - 1], ":");
            return { value: isMap ? map : values, end: position + 1 };
        }
        if (isSign(token, ",") || isSign(token, ":")) {
            position += 1;
        } else if (isSign(tokens[position + 1], ":") && token.kind !== "sign") {
            const [value, end] = element(tokens, position + 2);
            map[token.text] = value;
            position = end;
        } else {
            const [value, end] = element(tokens, position);
            values.push(value);
            position = end;
        }
    }
}

/** One element, up to the comma or bracket that ends it: what goes on after a literal makes it none. */
function element(tokens: Token[], from: number): [Literal, number] {
    const { value, end } = read(tokens, from);
    let depth = 0;
    let position = end;
    for (; position < tokens.length; position += 1) {
        const { text, kind } = tokens[position];
        if (kind === "sign" && depth === 0 && (text === "," || text === "]")) {
            break;
        }
        depth += kind === "sign" && "([{".includes(text) ? 1 : kind === "sign" && ")]}".includes(text) ? -1 : 0;
    }
    return [position === end ? value : OPAQUE, Math.max(position, from + 1)];
}
