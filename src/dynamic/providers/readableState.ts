import type { Provider } from "./provider";

type Form = "string" | "list" | "map";

/** What every version has written of a kind of resource, and `diff` and `update` cannot do without. */
export interface StateShape {
    /** As an error calls it. */
    what: string;
    properties: Record<string, Form>;
}

const HAS_FORM: Record<Form, (value: unknown) => boolean> = {
    string: (value) => typeof value === "string",
    list: (value) => Array.isArray(value),
    map: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

function faults({ properties }: StateShape, state: object): [property: string, fault: string][] {
    return Object.entries(properties)
        .map(([property, form]) => ({ property, form, value: (state as Record<string, unknown>)[property] }))
        .filter(({ form, value }) => !HAS_FORM[form](value))
        .map(({ property, form, value }) => [property, value === undefined ? "missing" : `not a ${form}`]);
}

function assertReadable(shape: StateShape, id: string, state: object): void {
    const found = faults(shape, state).map(([property, fault]) => `${property} is ${fault}`);
    if (found.length > 0) {
        throw new Error(
            `The stack's state of the ${shape.what} (${id}) cannot be read: ${found.join(", ")}. It was changed by hand, or written by another version. The Platform was not called. Run \`pulumi refresh\` to write it again.`,
        );
    }
}

/**
 * Says what is wrong with a state that cannot be read, where a method would stumble over it. `read` and `delete` need no more than
 * the id.
 */
export function withReadableState<Inputs extends object, Outputs extends Inputs>(
    shape: StateShape,
    provider: Provider<Inputs, Outputs>,
): Provider<Inputs, Outputs> {
    return {
        ...provider,
        async diff(id, olds, news) {
            assertReadable(shape, id, olds);
            return provider.diff(id, olds, news);
        },
        async read(id, props) {
            const unreadable = new Set(faults(shape, props).map(([property]) => property));
            const rest = Object.fromEntries(Object.entries(props).filter(([property]) => !unreadable.has(property)));
            return provider.read(id, rest as Outputs);
        },
        async update(id, olds, news) {
            assertReadable(shape, id, olds);
            return provider.update(id, olds, news);
        },
    };
}
