import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../tools/test/files";

export const OPERATIONS = readFileSync(join(ROOT, "docs", "operations.md"), "utf8");

/** The commands that docs/operations.md prints for a shell under a heading, a line each, with its `<…>` filled in. */
export function recipe(heading: string, fill: Record<string, string> = {}): string[] {
    const [, section] = OPERATIONS.split(`# ${heading}\n`);
    const [, block] = /```sh\n([^]*?)\n *```/.exec((section ?? "").split(/^#+ /m)[0]) ?? [];
    assert.ok(block !== undefined, `docs/operations.md prints no commands under "${heading}"`);
    const filled = Object.entries(fill).reduce((text, [name, value]) => text.replaceAll(`<${name}>`, value), block);
    assert.doesNotMatch(filled, /<[\w ]+>/);
    return filled.split("\n").map((line) => line.trim());
}
