import { type Token, tokens } from "./groovyTokens";

/** One statement of a configuration that somebody wrote. */
export interface WrittenSetting {
    /** Where it sets something: `process.withLabel:gpu.cpus`. */
    path: string;
    line: number;
    /** `a = 1`, `a { … }` or, in the classic syntax alone, `a 1`. */
    form: "assigned" | "block" | "bare";
    /** What is assigned. */
    value: Token[];
}

/** What somebody's configuration sets, and where it breaks off, if it does. */
export interface Scan {
    settings: WrittenSetting[];
    fault?: string;
}

const OPENING = "([{";
const CLOSING = ")]}";
const SELECTOR = /^with(Label|Name)$/;

/**
 * Reads what a Nextflow configuration sets, without running it: enough to tell which settings it makes and which literals
 * it gives them. Anything else, closures among them, is passed over. https://www.nextflow.io/docs/latest/config.html
 */
export function scan(text: string): Scan {
    const found = tokens(text);
    if (!Array.isArray(found)) {
        return {
            settings: [],
            fault: `line ${found.line} begins a ${found.what} that never ends (close or remove it)`,
        };
    }
    const reader = new Reader(found);
    reader.body("");
    return { settings: reader.settings, fault: reader.fault() };
}

function isName(token: Token | undefined): boolean {
    return token?.kind === "word" || token?.kind === "string";
}

function isLineEnd(token: Token | undefined): boolean {
    return token?.kind === "newline" && token.text !== ";";
}

/** Words between two values. */
const BETWEEN = /^(as|in|instanceof)$/;

/** Whether an expression goes on behind the end of a line: its operator is the last thing before, or the first thing after. */
function goesOn(before: Token | undefined, end: Token, after: Token | undefined): boolean {
    const joins = (token: Token | undefined, signs: RegExp) =>
        token !== undefined &&
        ((token.kind === "sign" && signs.test(token.text)) || (token.kind === "word" && BETWEEN.test(token.text)));
    return end.text !== ";" && (joins(before, /[-+*/%<>=!&|^?:.,~]/) || joins(after, /[*/%<>=!&|^?:.]/));
}

class Reader {
    readonly settings: WrittenSetting[] = [];
    private position = 0;
    private readonly open: number[] = [];
    private stray: Token | undefined;

    constructor(private readonly all: Token[]) {}

    fault(): string | undefined {
        const line = this.open.at(-1);
        if (line !== undefined) {
            return `line ${line} opens a bracket that is never closed (close or remove it)`;
        }
        return (
            this.stray && `line ${this.stray.line} has a "${this.stray.text}" without an opening bracket (remove it)`
        );
    }

    /** The statements of one scope, up to its closing brace. */
    body(path: string): void {
        for (let token = this.next(); token !== undefined; token = this.next()) {
            if (token.kind === "sign" && token.text === "}") {
                if (path !== "" && this.open.pop() !== undefined) {
                    return;
                }
                this.stray ??= token;
            } else if (token.kind === "word" || token.kind === "string") {
                this.statement(path === "" ? token.text : `${path}.${token.text}`, token);
            }
        }
    }

    private statement(first: string, { line, text, kind }: Token): void {
        let path = first;
        while (this.peek()?.text === "." && this.peek()?.kind === "sign" && isName(this.peek(1))) {
            this.next();
            path += `.${this.next()!.text}`;
        }
        if (kind === "word" && SELECTOR.test(text) && this.peek()?.text === ":") {
            this.next();
            const selector = this.upTo("{").map((token) => token.text);
            this.block(`${path}:${selector.join("")}`, line);
            return;
        }
        const sign = this.ahead();
        if (sign?.kind === "sign" && sign.text === "{") {
            this.block(path, line);
        } else if (sign?.kind === "sign" && sign.text === "=" && this.ahead(1)?.text !== "=") {
            this.skipLineEnds();
            this.next();
            this.skipLineEnds();
            this.settings.push({ path, line, form: "assigned", value: this.value() });
        } else {
            this.settings.push({ path, line, form: "bare", value: this.value() });
        }
    }

    private block(path: string, line: number): void {
        this.skipLineEnds();
        const brace = this.next();
        if (brace === undefined) {
            return;
        }
        this.settings.push({ path, line, form: "block", value: [] });
        this.open.push(brace.line);
        this.body(path);
    }

    /** The tokens to the end of the statement, whatever is nested in them. */
    private value(): Token[] {
        const found: Token[] = [];
        const opened: number[] = [];
        for (let token = this.peek(); token !== undefined; token = this.peek()) {
            const sign = token.kind === "sign" ? token.text : "";
            const ends = token.kind === "newline" ? !goesOn(found.at(-1), token, this.ahead()) : sign === "}";
            if (opened.length === 0 && ends) {
                return found;
            }
            if (sign !== "" && OPENING.includes(sign)) {
                opened.push(token.line);
            } else if (sign !== "" && CLOSING.includes(sign)) {
                opened.pop();
            }
            if (token.kind !== "newline") {
                found.push(token);
            }
            this.next();
        }
        this.open.push(...opened);
        return found;
    }

    private upTo(sign: string): Token[] {
        const found: Token[] = [];
        while (this.peek() !== undefined && this.peek()!.text !== sign) {
            const token = this.next()!;
            if (token.kind !== "newline") {
                found.push(token);
            }
        }
        return found;
    }

    /** What comes next, on this line or a later one. */
    private ahead(beyond = 0): Token | undefined {
        let position = this.position;
        while (isLineEnd(this.all[position])) {
            position += 1;
        }
        return this.all[position + beyond];
    }

    private skipLineEnds(): void {
        while (isLineEnd(this.peek())) {
            this.next();
        }
    }

    private peek(ahead = 0): Token | undefined {
        return this.all[this.position + ahead];
    }

    private next(): Token | undefined {
        return this.all[this.position++];
    }
}
