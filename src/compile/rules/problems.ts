/** One fault in the arguments: where it is, as the user wrote it, and one line that says what is wrong and what to write. */
export interface Problem {
    /** Path of the property in the user's own terms, such as `storage.size`. */
    property: string;
    /** What is wrong with the value and what to write instead. */
    reason: string;
    /** True where a list or object is something else, so that nothing can be said of what lies in it. */
    wrongKind?: true;
}

/** Judges one value: `undefined` when it is right, otherwise the reason of a {@link Problem}. */
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
