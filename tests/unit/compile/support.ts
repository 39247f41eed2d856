import assert from "node:assert/strict";
import type { Check } from "../../../src/compile/rules/problems";
import { validate, type Rule } from "../../../src/compile/rules/rules";
import { problemLine } from "../../../src/platform/problem";

/** The reason a check gives, which must read as the rest of one line after the property's name. */
export function reasonOf<T>(check: Check<T>, value: T): string {
    const reason = check(value);
    assert.ok(reason !== undefined, `${String(value)} was accepted`);
    assertReadable(reason);
    return reason;
}

export function assertReadable(reason: string): void {
    assert.ok(!/[\r\n]/.test(reason), `more than one line: ${reason}`);
    assert.ok(!/undefined|NaN|\[object/.test(reason), `a value shows through that nobody wrote: ${reason}`);
    assert.match(reason, /^must be |\(.+\)$/, `no remedy: ${reason}`);
}

/** What a message tells the user to write, where it gives the whole text. */
export function remedy(reason: string): string | undefined {
    const quoted = /(?:write|such as|like) ("(?:[^"\\]|\\.)*")/.exec(reason)?.[1];
    return quoted === undefined ? undefined : (JSON.parse(quoted) as string);
}

/** All problems as the lines that a user reads. */
export function lines(rules: Rule[], args: unknown): string[] {
    return validate(rules, args).map((problem) => {
        assertReadable(problem.reason);
        return problemLine(problem);
    });
}
