import { ApiError, badRequest } from "./api";

const NAME = /^[a-zA-Z0-9_-]{1,100}$/;

/** The rule for names of compute environments and credentials. */
export function checkName(kind: string, name: string | undefined): asserts name is string {
    if (name === undefined || name === "") {
        throw badRequest(`Missing required field 'name' in the ${kind}`);
    }
    if (!NAME.test(name)) {
        throw badRequest(
            `The ${kind} name '${name}' is not valid: it must have 1 to 100 letters, digits, dashes or underscores`,
        );
    }
}

/** Names are unique within a workspace. */
export function duplicate(kind: string, name: string): ApiError {
    return new ApiError(409, `Duplicate element: a ${kind} named '${name}' exists already`);
}
