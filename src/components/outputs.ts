import * as pulumi from "@pulumi/pulumi";
import type { ComputeConfigArgs } from "../args/computeEnv";
import { type AnyConfigEntry, CONFIG_ENTRIES } from "../compile/computeConfig";
import type { EnvironmentParts } from "../compile/environment";

/** One member of an argument: known even where another member of it is not yet. */
export function member<T extends object, K extends keyof T>(
    given: pulumi.Input<T> | undefined,
    key: K,
): pulumi.Output<pulumi.Unwrap<T[K]> | undefined> {
    const later = pulumi.Output.isInstance(given) || given instanceof Promise;
    const found = later
        ? pulumi.output(given).apply((known) => (known as T | undefined)?.[key])
        : pulumi.output(given?.[key]);
    return found as pulumi.Output<pulumi.Unwrap<T[K]> | undefined>;
}

/**
 * The name of an object, for what must come after it. While a change of the object is previewed its own outputs are unknown, and
 * everything that is made of its name would seem to be replaced; its URN is not.
 */
export function nameOf(object: pulumi.Resource, name: string): pulumi.Output<string> {
    return object.urn.apply(() => name);
}

/** An object in the cluster. */
export type ClusterObject = pulumi.CustomResource & { metadata: pulumi.Output<{ uid: string }> };

/** What Kubernetes tells an object by from one of the same name that was there before; empty before it is made. */
export function uidOf({ metadata }: ClusterObject): pulumi.Output<string> {
    return metadata.apply(({ uid }) => uid ?? "");
}

/** What a configuration is made of, some of it known later. */
export type EnvironmentInputs = { [Part in keyof EnvironmentParts]: pulumi.Input<EnvironmentParts[Part]> };

/** The configuration as an output for each key, so that preview shows and checks all that is known. */
export function compiledConfig(inputs: EnvironmentInputs): Omit<ComputeConfigArgs, "sslCert"> {
    const config = Object.entries<AnyConfigEntry>(CONFIG_ENTRIES).map(([key, { parts, compile }]) => {
        const given = Object.fromEntries(parts.map((part) => [part, inputs[part]]));
        return [key, pulumi.output(given).apply((known) => compile(known as unknown as EnvironmentParts))];
    });
    return Object.fromEntries(config) as Omit<ComputeConfigArgs, "sslCert">;
}
