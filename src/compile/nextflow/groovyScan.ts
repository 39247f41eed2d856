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

    private statement(path: string, { line, text, kind }: Token): void {
        const sign = this.peek()?.text;
        if (kind === "word" && SELECTOR.test(text) && sign === ":") {
            this.next();
            const selector = this.upTo("{").map((token) => token.text);
            this.block(`${path}:${selector.join("")}`, line);
        } else if (sign === "{") {
            this.block(path, line);
        } else if (sign === "=" && this.peek(1)?.text !== "=") {
            this.next();
            while (this.peek()?.kind === "newline") {
                this.next();
            }
            this.settings.push({ path, line, form: "assigned", value: this.value() });
        } else {
            this.settings.push({ path, line, form: "bare", value: this.value() });
        }
    }

    private block(path: string, line: number): void {
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
            if (opened.length === 0 && (token.kind === "newline" || sign === "}")) {
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
            found.push(this.next()!);
        }
        return found;
    }

    private peek(ahead = 0): Token | undefined {
        return this.all[this.position + ahead];
    }

    private next(): Token | undefined {
        return this.all[this.position++];
    }
}
