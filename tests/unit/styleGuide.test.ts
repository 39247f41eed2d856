import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { REFUSED } from "./compile/refused";

const ROOT = join(__dirname, "..", "..");
const SRC = join(ROOT, "src");

/** What the guide in CONTRIBUTING.md says to avoid: the quoted phrases of its line. */
function avoided(): RegExp[] {
    const line = /^- .*Avoid (".*")\.$/m.exec(readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8"));
    assert.ok(line, "a line with the phrases to avoid");
    return [...line[1].matchAll(/"([^"]+)"/g)].map(
        ([, phrase]) => new RegExp(`(?<!there )\\b${phrase.replace(/ ?…$/, " (?!longer)")}`, "i"),
    );
}

/** The Platform's own words, and text that state or the Platform keeps. */
const NOT_OURS = /^(emulator\/(operations|state|http|kubernetes)\/|dynamic\/providers\/keptTexts)/;

interface Text {
    where: string;
    text: string;
}

/** Every text of three words or more that the package may print, with what is inserted into it as `…`; and every documentation comment. */
function textsOfSource(): { messages: Text[]; comments: Text[] } {
    const messages: Text[] = [];
    const comments: Text[] = [];
    const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    for (const file of files.filter((name) => !NOT_OURS.test(name))) {
        const source = ts.createSourceFile(file, readFileSync(join(SRC, file), "utf8"), ts.ScriptTarget.Latest, true);
        const where = (node: ts.Node) =>
            `${relative(ROOT, join(SRC, file))}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
        const visit = (node: ts.Node): void => {
            const text = ts.isStringLiteralLike(node)
                ? node.text
                : ts.isTemplateExpression(node)
                  ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("…")
                  : undefined;
            if (text !== undefined && /\S+ \S+ \S+/.test(text)) {
                messages.push({ where: where(node), text });
            }
            for (const comment of ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc)) {
                comments.push({ where: where(node), text: ts.getTextOfJSDocComment(comment.comment) ?? "" });
            }
            ts.forEachChild(node, visit);
        };
        visit(source);
    }
    return { messages, comments };
}

describe("the style guide", () => {
    const { messages, comments } = textsOfSource();
    const faults = (texts: Text[], isFault: (text: string) => boolean) =>
        texts.filter(({ text }) => isFault(text)).map(({ where, text }) => `${where} ${text}`);

    it("finds the texts", () =>
        assert.ok(messages.length > 400 && comments.length > 800, `${messages.length} ${comments.length}`));

    for (const phrase of avoided()) {
        it(`no message and no documentation comment says ${String(phrase)}`, () =>
            assert.deepEqual(
                faults([...messages, ...comments], (text) => phrase.test(text)),
                [],
            ));
    }

    it("what to write stands in brackets, at the end of a line about an argument", () => {
        assert.deepEqual(
            faults(messages, (text) => /; (write|leave|set|use|give|make|choose|put) [^()]*$/.test(text)),
            [],
        );
        const lines = REFUSED.flatMap(([, , lines]) => lines);
        assert.deepEqual(
            lines.filter((line) => !/^[^\s:]\S*(?: \S+)*?: (?:must be [^()]+|.+ \(.+\))$/.test(line)),
            [],
        );
    });
});
