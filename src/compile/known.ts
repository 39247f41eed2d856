import type * as pulumi from "@pulumi/pulumi";

/** Arguments in which every output is known: what is judged and compiled. */
export type Known<T> = pulumi.Unwrap<T>;
