import type * as pulumi from "@pulumi/pulumi";

/** Arguments in which every output is known: what is judged and compiled. */
export type Known<T> = pulumi.Unwrap<T>;

/** Whether another resource's output can be given. */
export type IsInput<T> = [Extract<T, PromiseLike<unknown>>] extends [never] ? false : true;
