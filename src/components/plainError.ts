import * as pulumi from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

/**
 * An error of which Pulumi prints the message and nothing else, thrown at once or by an output that resolves later.
 *
 * Pulumi knows such an error by the mark. For one that an output throws that is not enough: each property on the way
 * writes its name in front of the message, and after the program's last line the stack is printed as well. So both stay
 * as they are. The stack does more harm than that: it leads through `node_modules/@pulumi/output.ts`, and Node 20 never
 * ends describing such a line in colour, which Pulumi does with every error, so that `pulumi up` hangs instead of failing.
 */
export function plainError<E extends Error>(error: E): E {
    const { message } = error;
    return Object.defineProperties(error, {
        __pulumiRunError: { value: true },
        message: { get: () => message, set: () => undefined },
        stack: { value: message },
    });
}

/** The run of a unit test, under Pulumi's mocks. */
export function mockRun(): object | undefined {
    const run: unknown = pulumi.runtime.getMonitor();
    return run instanceof MockMonitor ? run : undefined;
}

/** The runs under Pulumi's mocks that have been told of an error. */
const told = new WeakSet<object>();

/**
 * Runs what may throw inside an output. In a unit test the error is thrown once more, outside all promises: what waits for the output is
 * never settled by Pulumi, and a test runner such as mocha drops a rejection that nobody handles, so that the test would only time out.
 */
export function heardInTests<T>(work: () => T): T {
    try {
        return work();
    } catch (error) {
        const run = mockRun();
        if (run !== undefined && !told.has(run)) {
            told.add(run);
            setImmediate(() => {
                throw error;
            });
        }
        throw error;
    }
}
