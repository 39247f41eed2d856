import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Known } from "../compile/known";
import { type Review, reviewFound } from "./validate";

/** How a cloud judges a cluster: by its rules about the cluster, the arguments, and what else is looked up for them. */
export interface ClusterReview<Cluster, Wishes> extends Review {
    facts: (cluster: Cluster, wishes: Known<Wishes>) => object | Promise<object>;
}

/** The cluster that was looked up, once the rules accept it together with the arguments: one error names everything that is wrong. */
export function reviewedCluster<Cluster extends { name: string }, Wishes extends object>(
    component: string,
    looked: pulumi.Output<Cluster>,
    wishes: Wishes,
    { facts, ...review }: ClusterReview<Cluster, Wishes>,
    resource: pulumi.Resource,
): pulumi.Output<Cluster> {
    return pulumi.all([looked, pulumi.output(wishes)]).apply(async ([found, wished]) => {
        const [cluster, asked] = [found as Cluster, wished as Known<Wishes>];
        const judged = { ...asked, ...(await facts(cluster, asked)) };
        reviewFound(component, `the cluster "${cluster.name}"`, review, judged, resource);
        return cluster;
    });
}

/** The Kubernetes provider of a cluster, which stays the same one when certificates or addresses change. */
export function makeClusterProvider(
    name: string,
    { kubeconfig, id }: { kubeconfig: pulumi.Output<string>; id: pulumi.Output<string> },
    parent: pulumi.Resource,
): kubernetes.Provider {
    return new kubernetes.Provider(name, { kubeconfig, clusterIdentifier: id }, { parent });
}
