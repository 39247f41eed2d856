/** A piece of Groovy: a word, a string (its value, where it is a plain one), a sign, a number or the end of a line. */
export interface Token {
    kind: "word" | "string" | "number" | "sign" | "newline";
    /** The text; of a string its value; of the end of a statement the semicolon, if it is one. */
    text: string;
    /** Line in the text, from 1. */
    line: number;
    /** True for a string with something to be filled in. */
    filledIn?: boolean;
}

/** What no Groovy has: a string or comment that never ends, or a character that means nothing. */
export interface Unreadable {
    reason: string;
    line: number;
}

/** Words are what Java takes for names. https://docs.oracle.com/javase/8/docs/api/java/lang/Character.html#isJavaIdentifierPart-int- */
const PIECES =
    /(?<blank>[ \t\f]+|\\(?:\r\n?|\n))|(?<comment>\/\/[^\r\n]*|\/\*[^]*?\*\/)|(?<triple>'''(?:\\[^]|(?!''')[^\\])*''')|(?<text>'(?:\\[^]|[^'\\\r\n])*')|(?<dollar>\$\/(?:\$[$/]|(?!\/\$)[^])*\/\$)|(?<newline>\r\n?|\n|;)|(?<word>[\p{L}\p{Nl}\p{Sc}\p{Pc}][\p{L}\p{Nl}\p{Sc}\p{Pc}\p{Nd}\p{M}\p{Cf}]*)|(?<number>\d[\w.]*)|(?<sign>[^])/uy;

/** Characters that come from word processors, web pages and other languages, each with what to write for it. */
const STRANGE: [characters: RegExp, remedy: string][] = [
    [/#/, "write comments behind //"],
    [/[`\u2018-\u201b\u2032]/, "write '"],
    [/[\u201c-\u201f\u2033\u00ab\u00bb]/, 'write "'],
    [/[\u2010-\u2015\u2212]/, "write -"],
    [/[\p{Z}\p{Cf}]/u, "write a plain space"],
    [/[\\\P{ASCII}]/u, "remove it, or write it within quotes"],
];

function strangeness(sign: string): string | undefined {
    const remedy = STRANGE.find(([characters]) => characters.test(sign))?.[1];
    const shown = /[\p{Z}\p{Cf}]/u.test(sign)
        ? `U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`
        : sign;
    return remedy && `has the character ${shown}, which Nextflow cannot read (${remedy})`;
}

const endless = (what: string) => `begins a ${what} that never ends (close or remove it)`;

/** A string between slashes, which may go over several lines. https://groovy-lang.org/syntax.html#_slashy_string */
const SLASHY = /\/(?!\*)((?:\\\/|[^/])+)\//y;

const ESCAPES: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", s: " " };

function unescaped(text: string): string {
    return text.replace(
        /\r\n|\\(?:u+([0-9a-fA-F]{4})|([0-3]?[0-7]{1,2})|\r\n?|\n|([^]))/g,
        (all, unit: string | undefined, octal: string | undefined, one: string | undefined) => {
            if (unit !== undefined || octal !== undefined) {
                return String.fromCharCode(unit === undefined ? parseInt(octal!, 8) : parseInt(unit, 16));
            }
            return all === "\r\n" ? "\n" : one === undefined ? "" : (ESCAPES[one] ?? one);
        },
    );
}

/** The tokens of Groovy text without blanks, comments and a first line for a shell, or why it has none. */
export function tokens(text: string): Token[] | Unreadable {
    const lexer = new Lexer(text, /^(#!.*)?/.exec(text)![0].length, 1);
    return lexer.read() ?? lexer.found;
}

class Lexer {
    readonly found: Token[] = [];

    constructor(
        private readonly text: string,
        private position: number,
        private line: number,
    ) {}

    /** Reads to the end of the text; or, where something is filled in within a string, to the brace that ends it. */
    read(within = false): Unreadable | undefined {
        for (let depth = 0; this.position < this.text.length;) {
            const before = this.found.length;
            const unreadable = this.text[this.position] === '"' ? this.quoted() : (this.slashy() ?? this.piece());
            if (typeof unreadable === "object") {
                return unreadable;
            }
            const token = this.found[before] as Token | undefined;
            depth += token?.kind !== "sign" ? 0 : token.text === "{" ? 1 : token.text === "}" ? -1 : 0;
            if (within && depth < 0) {
                return undefined;
            }
        }
        return within ? { reason: endless("string"), line: this.line } : undefined;
    }

    private piece(): Unreadable | undefined {
        PIECES.lastIndex = this.position;
        const match = PIECES.exec(this.text)!;
        const { blank, comment, triple, text, dollar, newline, word, number, sign } = match.groups!;
        const { line } = this;
        if (sign === "'" || (sign === "/" && this.text.startsWith("/*", match.index))) {
            return { reason: endless(sign === "/" ? "comment" : "string"), line };
        }
        const reason = sign === undefined ? undefined : strangeness(sign);
        if (reason !== undefined) {
            return { reason, line };
        }
        this.take(match[0]);
        const string = triple?.slice(3, -3) ?? text?.slice(1, -1);
        if (dollar !== undefined) {
            this.found.push({ kind: "string", text: dollar.slice(2, -2), line, filledIn: true });
        } else if (string !== undefined) {
            this.found.push({ kind: "string", text: unescaped(string), line });
        } else if (blank === undefined && comment === undefined) {
            const kind =
                newline !== undefined
                    ? "newline"
                    : word !== undefined
                      ? "word"
                      : number !== undefined
                        ? "number"
                        : "sign";
            this.found.push({ kind, text: match[0], line });
        }
        return undefined;
    }

    /** `false` where a slash divides, or where there is none. */
    private slashy(): false | undefined {
        SLASHY.lastIndex = this.position;
        const match = this.divides() ? null : SLASHY.exec(this.text);
        if (match === null) {
            return undefined;
        }
        const { line } = this;
        this.take(match[0]);
        const filledIn = /\$[\p{L}_{]/u.test(match[1]);
        const text = match[1].replaceAll("\\/", "/").replaceAll("\r\n", "\n");
        this.found.push({ kind: "string", text, line, ...(filledIn ? { filledIn } : {}) });
        return false;
    }

    /** A slash behind a value divides it. */
    private divides(): boolean {
        const last = this.found.at(-1);
        return last !== undefined && (last.kind === "sign" ? /[)\]}]/.test(last.text) : last.kind !== "newline");
    }

    /** A string in double quotes, in which what is filled in may have strings of its own. */
    private quoted(): Unreadable | undefined {
        const { line } = this;
        const mark = this.text.startsWith('"""', this.position) ? '"""' : '"';
        this.take(mark);
        const start = this.position;
        let filledIn = false;
        while (!this.text.startsWith(mark, this.position) || this.text.startsWith(`${mark}"`, this.position)) {
            const rest = this.text.slice(this.position, this.position + 2);
            if (rest === "" || (mark === '"' && /^[\r\n]/.test(rest))) {
                return { reason: endless("string"), line };
            }
            filledIn ||= rest.startsWith("$");
            this.take(rest.startsWith("\\") || rest === "${" ? rest : rest[0]);
            if (rest === "${") {
                const inner = new Lexer(this.text, this.position, this.line);
                if (inner.read(true) !== undefined) {
                    return { reason: endless("string"), line };
                }
                this.take(this.text.slice(this.position, inner.position));
            }
        }
        const text = unescaped(this.text.slice(start, this.position));
        this.take(mark);
        this.found.push({ kind: "string", text, line, ...(filledIn ? { filledIn } : {}) });
        return undefined;
    }

    private take(piece: string): void {
        this.position += piece.length;
        this.line += piece.match(/\r\n?|\n/g)?.length ?? 0;
    }
}
