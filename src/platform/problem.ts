/** One thing that is wrong: where it is, as the user wrote it, and what is wrong with it and what to write. */
export interface Problem<Property extends string = string> {
    /** Path of the property in the user's own terms, such as `storage.size`. */
    property: Property;
    /** What is wrong, and in brackets what to write. Never a secret, never more than one line. */
    reason: string;
}

/** A problem as one line of a message. */
export function problemLine({ property, reason }: Problem): string {
    return `${property}: ${reason}`;
}
