import { withoutNulls } from "../../compile/nulls";
import { type Problem, problemLine } from "../../platform/problem";

/** The methods of a dynamic provider, all of them: one that is missing loses outputs or updates without being asked. */
export interface Provider<Inputs, Outputs> {
    configure: (request: { config: { get(key: string): string | undefined } }) => void;
    check: (olds: Partial<Inputs>, news: Inputs) => Promise<{ inputs: Inputs; failures: Problem[] }>;
    diff: (id: string, olds: Outputs, news: Inputs) => Promise<Diff>;
    create: (inputs: Inputs) => Promise<{ id: string; outs: Outputs }>;
    read: (id: string, props: Outputs) => Promise<{ id?: string; props?: Outputs; inputs?: Inputs }>;
    update: (id: string, olds: Outputs, news: Inputs) => Promise<{ outs: Outputs }>;
    delete: (id: string, props: Outputs) => Promise<void>;
}

/** What a change of inputs leads to. */
export interface Diff {
    changes: boolean;
    replaces: string[];
    deleteBeforeReplace: boolean;
}

/** Nothing is left of an object that is gone: an answer without an id. */
export const GONE = {};

/**
 * An object that exists but is not as it should be. Pulumi keeps it in state with the reasons and calls `update` on the
 * next run. The properties are kept verbatim, so they must have all inputs, the provider line among them.
 */
export class Unfinished extends Error {
    readonly reasons: string[];

    constructor(
        readonly id: string,
        readonly properties: object,
        reason: string,
    ) {
        super(reason);
        this.reasons = [reason];
    }
}

/**
 * Errors as a user should see them. The host prints message and stack of whatever `check`, `diff`, `read` and `delete`
 * throw; the stack is ours, and tells its reader nothing.
 */
export function withPlainErrors<Inputs, Outputs>(provider: Provider<Inputs, Outputs>): Provider<Inputs, Outputs> {
    const plain =
        <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
        async (...args: A): Promise<R> => {
            try {
                return await method(...args);
            } catch (error) {
                if (error instanceof Error) {
                    Object.defineProperties(error, { stack: { value: "" }, toString: { value: () => error.message } });
                }
                throw error;
            }
        };
    return {
        configure: provider.configure,
        check: plain(async (olds, news) => {
            const { inputs, failures } = await provider.check(olds, withoutNulls(news));
            // The engine prints the whole value of a property that a failure names, secrets included; so only the line names it.
            return { inputs, failures: failures.map((each) => ({ property: "", reason: problemLine(each) })) };
        }),
        diff: plain(provider.diff),
        create: plain(provider.create),
        read: plain(provider.read),
        update: plain(provider.update),
        delete: plain(provider.delete),
    };
}
