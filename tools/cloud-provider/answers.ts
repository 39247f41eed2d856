/** What a cloud would answer, as a table that a test keeps beside itself; the stand-in knows no cloud. */

import type { PlainFields } from "../plugin/server/values";

export type { PlainFields } from "../plugin/server/values";

/** Who is asked for what. */
export interface Asked {
    /** Logical name of the resource or component; empty for a function. */
    readonly name: string;
    /** Configuration of the provider, such as the region. */
    readonly config: PlainFields;
    /** What the test says about its world, such as the address of its API server. */
    readonly facts: PlainFields;
}

/** One kind of resource. */
export interface ResourceAnswer {
    /** The property that the provider makes a name for where a program gives none. */
    readonly autoname?: string;
    /** Properties that cannot be changed in place. */
    readonly replaceOn?: readonly string[];
    /** The id, and what the cloud adds to the inputs. */
    made(inputs: PlainFields, asked: Asked): { id: string; outputs?: PlainFields };
}

/** The kinds of resources, functions and components that a test's programs may use, by their tokens; others are refused. */
export interface CloudAnswers {
    readonly resources?: Readonly<Record<string, ResourceAnswer>>;
    readonly functions?: Readonly<Record<string, (args: PlainFields, asked: Asked) => PlainFields>>;
    readonly components?: Readonly<Record<string, (inputs: PlainFields, asked: Asked) => PlainFields>>;
}
