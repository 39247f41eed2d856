/** A piece of Groovy: a word, a string (its value, where it is a plain one), a sign, a number or the end of a line. */
export interface Token {
    kind: "word" | "string" | "number" | "sign" | "newline";
    /** The text; of a string its value. */
    text: string;
    /** Line in the text, from 1. */
    line: number;
    /** True for a string in double quotes with something to be filled in. */
    filledIn?: boolean;
}

/** Text that ends within a string or comment. */
export interface Unfinished {
    what: string;
    line: number;
}

const PIECES =
    /(?<blank>[ \t\r\f]+|\\\r?\n)|(?<comment>\/\/[^\n]*|\/\*[^]*?\*\/)|(?<triple>'''(?:\\[^]|(?!''')[^\\])*'''|"""(?:\\[^]|(?!""")[^\\])*""")|(?<text>'(?:\\[^]|[^'\\\n])*'|"(?:\\[^]|[^"\\\n])*")|(?<newline>\n|;)|(?<word>[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)|(?<number>\d[\w.]*)|(?<sign>[^])/gy;

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", s: " " };

function unescaped(text: string): string {
    return text.replace(
        /\\(?:u+([0-9a-fA-F]{4})|\r?\n|([^]))/g,
        (_, unit: string | undefined, one: string | undefined) =>
            unit !== undefined
                ? String.fromCharCode(parseInt(unit, 16))
                : one === undefined
                  ? ""
                  : (ESCAPES[one] ?? one),
    );
}

/** The tokens of Groovy text without blanks and comments, or where it ends too early. */
export function tokens(text: string): Token[] | Unfinished {
    const found: Token[] = [];
    let line = 1;
    for (const match of text.matchAll(PIECES)) {
        const { triple, text: quoted, newline, word, number, sign } = match.groups!;
        const literal = triple ?? quoted;
        if (literal !== undefined) {
            const width = triple === undefined ? 1 : 3;
            const inner = literal.slice(width, -width);
            const filledIn = literal.startsWith('"') && /(^|[^\\])\$/.test(inner);
            found.push({ kind: "string", text: unescaped(inner), line, ...(filledIn ? { filledIn } : {}) });
        } else if (newline !== undefined) {
            found.push({ kind: "newline", text: newline, line });
        } else if (word !== undefined) {
            found.push({ kind: "word", text: word, line });
        } else if (number !== undefined) {
            found.push({ kind: "number", text: number, line });
        } else if (sign === "'" || sign === '"') {
            return { what: "string", line };
        } else if (sign === "/" && text.startsWith("/*", match.index)) {
            return { what: "comment", line };
        } else if (sign !== undefined) {
            found.push({ kind: "sign", text: sign, line });
        }
        line += match[0].split("\n").length - 1;
    }
    return found;
}
