import * as pulumi from "@pulumi/pulumi";
import { isOutput } from "../dynamic/resource";

/** One member of an argument: known even where another member of it is not yet. */
export function member<T extends object, K extends keyof T>(
    given: pulumi.Input<T> | undefined,
    key: K,
): pulumi.Output<pulumi.Unwrap<T[K]> | undefined> {
    const found = isOutput(given)
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

/** A value for what must come after a resource as well. Known wherever the value is. */
export function valueAfter<T>(resource: pulumi.Resource, given: pulumi.Output<T>): pulumi.Output<T> {
    return pulumi.all([given, resource.urn]).apply(([value]) => value) as pulumi.Output<T>;
}

/** An object in the cluster. */
export type ClusterObject = pulumi.CustomResource & { metadata: pulumi.Output<{ uid: string }> };

/** What Kubernetes tells an object by from one of the same name that was there before; empty before it is made. */
export function uidOf({ metadata }: ClusterObject): pulumi.Output<string> {
    return metadata.apply(({ uid }) => uid ?? "");
}

/** What a component registers as its outputs: each public field, except resources such as a provider. Pulumi's own fields begin with `__`. */
export function outputsOf(component: pulumi.ComponentResource): pulumi.Inputs {
    const fields = Object.entries(component).filter(([name]) => name !== "urn" && !name.startsWith("__"));
    return Object.fromEntries(fields.filter(([, value]) => !pulumi.Resource.isInstance(value)));
}
