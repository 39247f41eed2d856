import { ApiError, badRequest, type Call, type Operation } from "../http/api";

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

/** What has a name in a workspace. */
interface Named {
    id: string;
    scope: string;
    name: string;
    deleted: boolean;
}

/** Names are unique within a workspace, and held until deletion has ended. */
export function requireFreeName(kind: string, holders: Named[], call: Call, name: string, self?: string): void {
    const { key } = call.scope;
    if (holders.some((each) => each.scope === key && each.name === name && !each.deleted && each.id !== self)) {
        throw duplicate(kind, name);
    }
}

/** The call that says whether a name may be given. */
export function nameValidation(kind: string, holders: () => Named[]): Operation["handle"] {
    return (call) => {
        const name = call.query.get("name") ?? undefined;
        checkName(kind, name);
        requireFreeName(kind, holders(), call, name);
        return { status: 204 };
    };
}

/** The refusal of a name that something else has. */
export function duplicate(kind: string, name: string): ApiError {
    return new ApiError(409, `Duplicate element: a ${kind} named '${name}' exists already`);
}
