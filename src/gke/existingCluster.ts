import { getClusterOutput, type GetClusterResult } from "@pulumi/gcp/container/getCluster";
import { getBucket } from "@pulumi/gcp/storage/getBucket";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesPlatform } from "../args/enums";
import type { ClusterArgs } from "../args/environment";
import { assertValid, reviewFound } from "../components/validate";
import { existingClusterRules } from "./argumentRules";
import { clusterRules, clusterWarnings, type FoundCluster, workloadPoolOf } from "./clusterRules";
import { gkeKubeconfig } from "./kubeconfig";
import { type ClusterId, parseClusterId } from "./names";
import type { GkeExistingClusterArgs } from "./args";

/**
 * A cluster of GKE that is there already, looked up and judged: what cannot work is refused at preview, all of it at once. Give
 * `cluster` and `provider` to a `KubernetesComputeEnvironment`. Whoever runs it needs `container.clusters.get`, the program
 * `gke-gcloud-auth-plugin`, and in the cluster the right to make what the environment is made of.
 * See https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl
 */
export class GkeExistingCluster extends pulumi.ComponentResource {
    /** What `KubernetesComputeEnvironment` takes as `cluster`: the Platform finds a cluster of GKE by name and region or zone. */
    public readonly cluster: pulumi.Output<pulumi.Unwrap<ClusterArgs>>;
    /** Provider of what is made in the cluster. It stays the same one when certificates or addresses change. */
    public readonly provider: kubernetes.Provider;
    /** Kubeconfig of the provider. It asks Google's plugin for a token, so there is no secret in it. */
    public readonly kubeconfig: pulumi.Output<string>;
    /** Id of the cluster: `projects/…/locations/…/clusters/…`. */
    public readonly clusterId: pulumi.Output<string>;
    /** Id of the cluster's project, for `GkeSeqeraAccess` and `GkeWorkloadIdentity`. */
    public readonly projectId: pulumi.Output<string>;
    /** Region of the cluster, or zone of a zonal one. */
    public readonly location: pulumi.Output<string>;
    /** Version of Kubernetes that the control plane runs, such as `1.35.2-gke.1269000`. */
    public readonly kubernetesVersion: pulumi.Output<string>;
    /** Workload identity pool of the cluster, for `GkeWorkloadIdentity`; empty where it has none. */
    public readonly workloadPool: pulumi.Output<string>;
    /** Whether Google manages the nodes, and refuses privileged pods. */
    public readonly autopilot: pulumi.Output<boolean>;
    /** Network that nodes are in, as volumes of Filestore need it. */
    public readonly network: pulumi.Output<string>;

    constructor(name: string, args: GkeExistingClusterArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `GkeExistingCluster "${name}"`;
        assertValid(label, existingClusterRules, args);
        super("pulumi-seqera-kubernetes:index:GkeExistingCluster", name, args, opts);

        const child = { parent: this };
        const about = { name: args.clusterName, location: args.location, project: args.projectId };
        const found = validated(getClusterOutput(about, child), this);

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
        this.provider = new kubernetes.Provider(
            name,
            { kubeconfig: this.kubeconfig, clusterIdentifier: this.clusterId },
            child,
        );
        this.registerOutputs({
            cluster: this.cluster,
            kubeconfig: this.kubeconfig,
            clusterId: this.clusterId,
            projectId: this.projectId,
            location: this.location,
            kubernetesVersion: this.kubernetesVersion,
            workloadPool: this.workloadPool,
            autopilot: this.autopilot,
            network: this.network,
        });

        function validated(looked: pulumi.Output<GetClusterResult>, resource: pulumi.Resource) {
            const { workloadIdentity, fusion, filestore, gcsFuse, spotNodes, platformInNetwork } = args;
            return pulumi
                .all([looked, args.workBucket, args.platformCidrs])
                .apply(async ([cluster, workBucket, platformCidrs]) => {
                    const id = idOf(cluster);
                    const found: FoundCluster = {
                        ...{ id, cluster, platformCidrs, platformInNetwork },
                        ...{ workloadIdentity, fusion, filestore, gcsFuse, spotNodes },
                        workBucket: workBucket === undefined ? undefined : await getBucket({ name: workBucket }, child),
                    };
                    reviewFound(
                        label,
                        `the cluster "${cluster.name}"`,
                        { refused: clusterRules, warned: clusterWarnings },
                        found,
                        resource,
                    );
                    return { ...cluster, id, clusterId: cluster.id };
                });
        }
    }
}

/** By the id, since project and location are told as they were asked for: not at all, where the provider's were meant. */
function idOf({ id, name, project = "", location = "" }: GetClusterResult): ClusterId {
    return parseClusterId(id) ?? { projectId: project, location, name };
}
