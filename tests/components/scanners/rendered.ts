import { stringify } from "yaml";
import type { KubernetesComputeEnvironmentArgs } from "../../../src/args/environment";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { record, type Recording } from "../recorder";

export interface KubernetesObject {
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace?: string };
    [part: string]: unknown;
}

/** Every object that an environment makes in the cluster. */
export async function rendered(args: KubernetesComputeEnvironmentArgs): Promise<KubernetesObject[]> {
    return objectsOf(await record(() => new KubernetesComputeEnvironment("prod", args)));
}

/** Every object that a program makes in the cluster, as manifests. */
export function objectsOf({ all }: Recording<unknown>): KubernetesObject[] {
    return all
        .filter(({ type }) => type.startsWith("kubernetes:"))
        .map(({ name, inputs: { apiVersion, kind, metadata, ...others } }) => ({
            apiVersion: apiVersion as string,
            kind: kind as string,
            // The engine gives names to those that have none.
            metadata: { name, ...(metadata as object) },
            ...others,
        }));
}

/** As one file. */
export function manifests(objects: object[]): string {
    return objects.map((each) => `---\n${stringify(each)}`).join("");
}
