import * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../platform/problem";
import { refusal } from "./validate";

/** What a component makes of which there can be only one, and the argument that says so. */
export interface Single extends Problem {
    /** What there is one of, such as `namespace nextflow`. */
    of: string;
    /** Where there is one of it: the provider of a cluster, or a text, such as `default` for the default provider's. */
    within: unknown;
}

/** By the run (several may share a process), then by the place, whose each thing is. */
const taken = new WeakMap<object, Map<unknown, Map<string, string>>>();

/**
 * Throws one error for all that another component of the program makes already: the second would fail in the middle of a run. What this
 * one makes is taken when it says so, by the function that is returned, and not by a component that is not made after all.
 */
export function assertNoClash(component: string, singles: Single[]): () => void {
    const run: object | undefined = pulumi.runtime.getMonitor();
    if (run === undefined) {
        return () => undefined;
    }
    const places = taken.get(run) ?? new Map<unknown, Map<string, string>>();
    taken.set(run, places);
    const problems = singles.flatMap(({ property, reason, of, within }) => {
        const owner = places.get(within)?.get(of);
        // Two of one name are the engine's to refuse, and one after the other in tests that share Pulumi's mocks.
        return owner === undefined || owner === component ? [] : [{ property, reason: `${owner} ${reason}` }];
    });
    // What is made of one argument clashes as a whole: one line says so.
    const lines = problems.filter(
        ({ property }, index) => problems.findIndex((each) => each.property === property) === index,
    );
    if (lines.length > 0) {
        throw refusal(`${component} conflicts with another component of this program`, lines);
    }
    return () => {
        for (const { of, within } of singles) {
            const owners = places.get(within) ?? new Map<string, string>();
            places.set(within, owners.set(of, component));
        }
    };
}
