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
    const both = pulumi.all([looked, pulumi.output(wishes)]) as unknown as pulumi.Output<[Cluster, Known<Wishes>]>;
    return both.apply(async ([cluster, known]) => {
        const found = { ...known, ...(await facts(cluster, known)) };
        reviewFound(component, `the cluster "${cluster.name}"`, review, found, resource);
        return cluster;
    }) as pulumi.Output<Cluster>;
}

/** The Kubernetes provider of a cluster, which stays the same one when certificates or addresses change. */
export function makeClusterProvider(
    name: string,
    { kubeconfig, id }: { kubeconfig: pulumi.Output<string>; id: pulumi.Output<string> },
    parent: pulumi.Resource,
): kubernetes.Provider {
    return new kubernetes.Provider(name, { kubeconfig, clusterIdentifier: id }, { parent });
}
