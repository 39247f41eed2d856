import { show } from "../rules/problems";
import { KEYWORDS } from "./groovy";
import { type Token, tokens } from "./groovyTokens";

/** One statement of a configuration that somebody wrote. */
export interface WrittenSetting {
    /** Where it sets something: `process.withLabel:gpu.cpus`. */
    path: string;
    line: number;
    /** `a = 1`, `a { … }` or, where neither follows, what a call or a slip looks like: `a 1`. */
    form: "assigned" | "block" | "bare";
    /** What is assigned. */
    value: Token[];
}

/** What somebody's configuration sets, and the first place of it that neither of Nextflow's parsers reads, if there is one. */
export interface Scan {
    settings: WrittenSetting[];
    fault?: string;
    /** The text in pieces. */
    tokens: Token[];
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
            tokens: [],
            fault: `line ${found.line} ${found.reason}`,
        };
    }
    const reader = new Reader(found);
    reader.body("");
    return { settings: reader.settings, tokens: found, fault: reader.fault() };
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

/** What begins a statement in Groovy, though none that sets something. */
const BEGINS = /[([{}@!~+]/;

const EXPECTED = 'write settings like "process.cpus = 2", and comments behind //';

/** Whether the text defines a variable or function, as the classic syntax allows: `def x`, `String x`, `x ->`, `x in`. */
export function isDefined(name: string, all: Token[]): boolean {
    return all.some(({ text, kind }, index) => {
        const [before, next] = [all[index - 1] as Token | undefined, all[index + 1] as Token | undefined];
        return (
            kind === "word" &&
            text === name &&
            ((before?.kind === "word" && (KEYWORDS.has(before.text) || /^[A-Z]/.test(before.text))) ||
                next?.text === "in" ||
                (next?.text === "-" && all[index + 2]?.text === ">"))
        );
    });
}

/** What a configuration may call without brackets: a function of Nextflow's or Groovy's, or one that it defines. */
export function isCall(path: string, all: Token[]): boolean {
    const name = path.split(".").at(-1)!;
    return /^(includeConfig|id|print|println|printf|sleep)$/.test(name) || isDefined(name, all);
}

/** `String greeting = 'hello'`, which the classic syntax has. */
export function isDeclaration(path: string, name: Token, next: Token | undefined): boolean {
    return (
        /^[A-Z]/.test(path) &&
        name.kind === "word" &&
        (next === undefined || (next.kind === "sign" && /[=(,]/.test(next.text)))
    );
}

class Reader {
    readonly settings: WrittenSetting[] = [];
    private position = 0;
    private readonly open: number[] = [];
    private stray: Token | undefined;
    /** The first statement that neither parser takes for one, or that neither gets anything from. */
    private strange: string | undefined;

    constructor(private readonly all: Token[]) {}

    fault(): string | undefined {
        if (this.strange !== undefined) {
            return this.strange;
        }
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
            } else if (token.kind !== "newline") {
                this.strange ??= this.strangeBeginning(token);
                this.value();
            }
        }
    }

    /** What begins like another language: JSON, a heading of an INI file, a list of YAML, prose. */
    private strangeBeginning({ kind, text, line }: Token): string | undefined {
        const next = this.ahead();
        if (text === "{" && next?.kind === "string" && this.ahead(1)?.text === ":") {
            return `line ${line} begins JSON, which Nextflow cannot read (write it like "process { cpus = 2 }")`;
        }
        const isHeading =
            text === "[" && next?.kind === "word" && this.ahead(1)?.text === "]" && this.ahead(2)?.text !== ".";
        return kind === "number" || isHeading || !BEGINS.test(text)
            ? `line ${line} begins with ${kind === "sign" ? show(text) : "a number"}, where Nextflow expects the name of a setting (${EXPECTED})`
            : undefined;
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
        const isCode = kind === "word" && KEYWORDS.has(text);
        if (!isCode && this.peek()?.kind === "sign" && this.peek()!.text === ":") {
            this.strange ??= this.colon(path, line);
            this.value();
            return;
        }
        const sign = this.ahead();
        if (sign?.kind === "sign" && sign.text === "{") {
            this.block(path, line);
            const behind = this.peek();
            if (
                !isCode &&
                behind !== undefined &&
                behind.kind !== "sign" &&
                behind.kind !== "newline" &&
                !KEYWORDS.has(behind.text)
            ) {
                this.strange ??= `line ${behind.line} goes on behind the block ${path} (begin a new line there)`;
            }
        } else if (sign?.kind === "sign" && sign.text === "=" && this.ahead(1)?.text !== "=") {
            this.skipLineEnds();
            this.next();
            this.skipLineEnds();
            this.settings.push({ path, line, form: "assigned", value: this.value() });
        } else {
            const value = this.value();
            if (!isCode) {
                this.strange ??= this.strangeStatement(path, line, value);
                this.settings.push({ path, line, form: "bare", value });
            }
        }
    }

    /** To Groovy, a name with a colon is a label, which sets nothing. */
    private colon(path: string, line: number): string {
        const name = path.split(".").at(-1)!;
        const selector = ["withLabel", "withName"].find((each) => each.toLowerCase() === name.toLowerCase());
        const remedy =
            selector !== undefined
                ? `${selector}:`
                : isLineEnd(this.peek(1)) || this.peek(1) === undefined
                  ? `${name} { … }`
                  : `${name} = …`;
        return `line ${line} writes ${path} with a colon, which sets nothing in Nextflow (write "${remedy}")`;
    }

    /** A statement of words alone: a call of what does not exist, or of nothing. */
    private strangeStatement(path: string, line: number, [first, second]: Token[]): string | undefined {
        if (first === undefined) {
            return `line ${line} has a name without a value (write an equals sign and a value behind it, or remove it)`;
        }
        const isTop = !path.includes(".");
        return isTop && first.kind !== "sign" && !isCall(path, this.all) && !isDeclaration(path, first, second)
            ? `line ${line} has words where Nextflow expects a setting (${EXPECTED})`
            : undefined;
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
