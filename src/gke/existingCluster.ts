import { getClusterOutput, type GetClusterResult } from "@pulumi/gcp/container/getCluster";
import { getBucket } from "@pulumi/gcp/storage/getBucket";
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesPlatform } from "../args/enums";
import type { ClusterArgs } from "../args/environment";
import { makeClusterProvider, reviewedCluster } from "../components/existingCluster";
import { validArguments } from "../components/validate";
import { existingClusterRules } from "./argumentRules";
import { clusterRules, clusterWarnings, type FoundCluster, workloadPoolOf } from "./clusterRules";
import { gkeKubeconfig } from "./kubeconfig";
import { type ClusterId, parseClusterId } from "./gcpNames";
import type { GkeExistingClusterArgs } from "./args";
import { outputsOf } from "../components/outputs";

/**
 * Looks up and checks an existing cluster of GKE. A preview reports all problems at once. Pass `cluster` and
 * `provider` to a `KubernetesComputeEnvironment`. The identity that runs the program needs `container.clusters.get`, the program
 * `gke-gcloud-auth-plugin`, and in the cluster the right to create the objects of the environment.
 * See https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl
 */
export class GkeExistingCluster extends pulumi.ComponentResource {
    /** Argument `cluster` of `KubernetesComputeEnvironment`: the Platform finds a GKE cluster by name and region or zone. */
    public readonly cluster: pulumi.Output<pulumi.Unwrap<ClusterArgs>>;
    /** Kubernetes provider of the cluster. It stays the same when certificates or addresses change. */
    public readonly provider: kubernetes.Provider;
    /** Kubeconfig of the provider. It runs Google's plugin for a token, so it does not contain a secret. */
    public readonly kubeconfig: pulumi.Output<string>;
    /** Id of the cluster: `projects/…/locations/…/clusters/…`. */
    public readonly clusterId: pulumi.Output<string>;
    /** Id of the cluster's project, for `GkeSeqeraAccess` and `GkeWorkloadIdentity`. */
    public readonly projectId: pulumi.Output<string>;
    /** Region of the cluster, or zone of a zonal one. */
    public readonly location: pulumi.Output<string>;
    /** Kubernetes version of the control plane, such as `1.35.2-gke.1269000`. */
    public readonly kubernetesVersion: pulumi.Output<string>;
    /** Workload identity pool of the cluster, for `GkeWorkloadIdentity`; empty where the cluster has none. */
    public readonly workloadPool: pulumi.Output<string>;
    /** Whether the cluster is an Autopilot one, whose nodes Google manages and which rejects privileged pods. */
    public readonly autopilot: pulumi.Output<boolean>;
    /** Network of the nodes, for `FilestoreStorage`. */
    public readonly network: pulumi.Output<string>;

    constructor(name: string, args: GkeExistingClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `GkeExistingCluster "${name}"`;
        args = validArguments(label, existingClusterRules, args);
        super("pulumi-seqera-kubernetes:index:GkeExistingCluster", name, args, opts);

        const child = { parent: this };
        const about = { name: args.clusterName, location: args.location, project: args.projectId };
        const { workloadIdentity, fusion, filestore, gcsFuse, spotNodes, platformInNetwork, platformCidrs } = args;
        const found = reviewedCluster(
            label,
            getClusterOutput(about, child),
            {
                ...{ workloadIdentity, fusion, filestore, gcsFuse, spotNodes, platformInNetwork, platformCidrs },
                bucketName: args.workBucket,
            },
            { refused: clusterRules, warned: clusterWarnings, facts },
            this,
        ).apply((cluster) => ({ ...cluster, id: idOf(cluster), clusterId: cluster.id }));

        this.cluster = found.apply(({ id }) => ({
            platform: KubernetesPlatform.Gke,
            name: id.name,
            region: id.location,
        }));
        this.kubeconfig = found.apply(({ id, endpoint, masterAuths }) =>
            gkeKubeconfig({
                name: id.name,
                endpoint,
                certificateAuthority: masterAuths[0]?.clusterCaCertificate ?? "",
                applicationDefaultCredentials: args.applicationDefaultCredentials,
            }),
        );
        this.projectId = found.apply(({ id }) => id.projectId);
        this.location = found.apply(({ id }) => id.location);
        this.clusterId = found.apply(({ clusterId }) => clusterId);
        this.kubernetesVersion = found.apply(({ masterVersion }) => masterVersion);
        this.workloadPool = found.apply(workloadPoolOf);
        this.autopilot = found.apply(({ enableAutopilot }) => enableAutopilot);
        this.network = found.apply(({ network }) => network);
        this.provider = makeClusterProvider(name, { kubeconfig: this.kubeconfig, id: this.clusterId }, this);
        this.registerOutputs(outputsOf(this));

        async function facts(
            cluster: GetClusterResult,
            { bucketName }: { bucketName?: string },
        ): Promise<Partial<FoundCluster>> {
            return {
                cluster,
                id: idOf(cluster),
                workBucket: bucketName === undefined ? undefined : await getBucket({ name: bucketName }, child),
            };
        }
    }
}

/** By the id, since project and location are told as they were asked for: not at all, where the provider's were meant. */
function idOf({ id, name, project = "", location = "" }: GetClusterResult): ClusterId {
    return parseClusterId(id) ?? { projectId: project, location, name };
}
