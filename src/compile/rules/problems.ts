import type { Problem } from "../../platform/problem";

/** A problem that a rule has found. */
export interface RuleProblem extends Problem {
    /** True where a value is of another kind, so that nothing else can be said of it and what lies in it. */
    wrongKind?: true;
    /** The argument that a misspelt one stands for, so that its absence is the same mistake. */
    instead?: string;
}

/** Judges an object, which can have several faults. */
export type GroupCheck = (value: Record<string, unknown>) => string | string[] | undefined;

/** Judges one value: `undefined` when it is right, otherwise the reason of a problem. */
export type Check<T> = (value: T) => string | undefined;

/** Shows a value in a message: quoted and short, so that a message stays one readable line. */
export function show(value: unknown): string {
    const text = JSON.stringify(value) ?? String(value);
    return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Quotes what a message tells the user to write: whole, since it is there to be copied. */
export function quote(text: string): string {
    return JSON.stringify(text);
}
