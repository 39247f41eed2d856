import type { KubernetesComputeEnvironmentArgs } from "../../../src/args/environment";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { record, type Recording } from "../../components/recorder";
import { apply, kubectl } from "./cluster";
import { testEngine } from "./engine";

/** What the component makes in a namespace before the Platform comes. */
const KINDS = ["ServiceAccount", "Role", "RoleBinding", "PersistentVolumeClaim"];

/** Where the component gives no name, the provider would make one of the resource's. */
const named = (name: string, { metadata }: Record<string, any>) => ({ metadata: { name, ...metadata } });

/** Makes objects, in this order, or updates them. */
export const applyAll = (items: object[]) => apply({ apiVersion: "v1", kind: "List", items });

/** Makes a namespace with the component's objects in it, without a run of Pulumi, and gives what the component registers. */
export async function rendered(
    namespace: string,
    args: Omit<KubernetesComputeEnvironmentArgs, "cluster"> = {},
    { labels, objects = [] }: { labels?: Record<string, string>; objects?: object[] } = {},
): Promise<Recording<KubernetesComputeEnvironment>> {
    const { server, certificateAuthority } = (await testEngine()).cluster;
    const cluster = { server, certificateAuthority };
    const ran = await record(
        () => new KubernetesComputeEnvironment("production", { cluster, namespace, createNamespace: false, ...args }),
        { adds: (_type, name, inputs) => named(name, inputs) },
    );
    await applyAll([
        { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels } },
        ...KINDS.flatMap((kind) => ran.of(kind)).map(({ name, inputs }) => ({ ...inputs, ...named(name, inputs) })),
        ...objects,
    ]);
    return ran;
}

/** A token of a service account, which the API server gives. */
export const tokenOf = async (namespace: string, account: string) =>
    (await kubectl("--namespace", namespace, "create", "token", account)).trim();
