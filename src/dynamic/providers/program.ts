/**
 * Has deletions follow the program of this run. The engine deletes with the record in state, and no update changes the record of an
 * object that an earlier run replaced and could not delete. So a deletion takes from the program how to reach the Platform, and whether
 * to use force.
 */

import { type ConnectionInputs, noteProgram } from "./session";
import type { NameInputs } from "./knownObjects";
import type { Provider } from "./provider";
import { hasUnknown, same } from "./values";

/** What is followed, beside the connection. */
const FOLLOWED = ["forceDelete", "deleteTimeoutSeconds"] as const;

/** The access token too: a run knows by whom the program wants to be known. */
const CONNECTION = ["endpoint", "accessToken", "allowInsecureEndpoint"] as const;

type Inputs = ConnectionInputs & NameInputs & Partial<Record<(typeof FOLLOWED)[number], unknown>>;

/** What `check` has been given, by the resource that it was given for. */
const wishes = new Map<string, Inputs>();

/** The kinds of resources that a `check` has been called for. */
const kinds = new Set<string>();

export function noteKind(kind: string): void {
    kinds.add(kind);
}

/**
 * Whether nothing of another kind has come up so far. The engine calls no provider for what `--target` leaves out, and says so nowhere:
 * https://github.com/pulumi/pulumi/blob/master/pkg/resource/deploy/step_generator.go
 */
export function isFirst(kind: string): boolean {
    return [...kinds].every((each) => each === kind);
}

/** What stays the same of a resource from one record to the next, whatever is replaced. */
function resource(kind: string, { nameSeed, namePrefix, name }: NameInputs): string {
    return JSON.stringify([kind, nameSeed, namePrefix ?? null, namePrefix === undefined ? name : null]);
}

function picked<K extends keyof Inputs>(inputs: Inputs, keys: readonly K[]): Pick<Inputs, K> {
    return Object.fromEntries(keys.map((key) => [key, inputs[key]])) as Pick<Inputs, K>;
}

/** The record as the program would have it now. */
function asWished<Outputs extends Inputs>(kind: string, props: Outputs): Outputs {
    const wish = wishes.get(resource(kind, props));
    if (wish === undefined) {
        return props;
    }
    // The program does not describe an object in another workspace.
    const here = same(wish.workspaceId, props.workspaceId) ? picked(wish, CONNECTION) : {};
    return { ...props, ...here, ...picked(wish, FOLLOWED) };
}

/** Notes what the program says, and has deletions listen to it. */
export function withProgram<In extends Inputs, Out extends In>(
    kind: string,
    provider: Provider<In, Out>,
): Provider<In, Out> {
    return {
        ...provider,
        async check(olds, news) {
            noteKind(kind);
            const answer = await provider.check(olds, news);
            const { inputs, failures } = answer;
            if (failures.length === 0 && !hasUnknown(picked(inputs, ["workspaceId", ...CONNECTION, ...FOLLOWED]))) {
                noteProgram(inputs);
                wishes.set(resource(kind, inputs), inputs);
            }
            return answer;
        },
        delete: (id, props) => provider.delete(id, asWished(kind, props)),
    };
}
