import { canonicalJson } from "./rules/names";
import { yaml } from "./pods/podSpecs";

interface Kubeconfig {
    "current-context"?: string;
    clusters?: { name: string; cluster: object }[];
    contexts?: { name: string; context: { cluster: string } }[];
}

/**
 * What a kubeconfig says of the cluster that is used, in one spelling: where this changes, Pulumi's provider takes it for another cluster.
 * Nothing where that cannot tell either, which then leaves everything in place.
 * https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/util.go (getActiveClusterFromConfig)
 */
export function activeCluster(kubeconfig: string, context?: string, cluster?: string): string | undefined {
    const { clusters, contexts, "current-context": current } = (yaml().parse(kubeconfig) ?? {}) as Kubeconfig;
    const used = contexts?.find(({ name }) => name === (context ?? current))?.context.cluster;
    const found = used === undefined ? undefined : clusters?.find(({ name }) => name === (cluster ?? used));
    return found && canonicalJson(found.cluster);
}
