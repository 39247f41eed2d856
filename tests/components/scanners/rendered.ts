import { stringify } from "yaml";
import type { KubernetesComputeEnvironmentArgs } from "../../../src/components/environmentArgs";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { record } from "../recorder";

export interface KubernetesObject {
    apiVersion: string;
    kind: string;
    metadata: { name: string; namespace?: string };
    [part: string]: unknown;
}

/** Every object that an environment makes in the cluster, as manifests. */
export async function rendered(args: KubernetesComputeEnvironmentArgs): Promise<KubernetesObject[]> {
    const { all } = await record(() => new KubernetesComputeEnvironment("prod", args));
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
