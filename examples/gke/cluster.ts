import * as compute from "@pulumi/gcp/compute";
import * as container from "@pulumi/gcp/container";
import * as projects from "@pulumi/gcp/projects";
import * as serviceaccount from "@pulumi/gcp/serviceaccount";
import * as pulumi from "@pulumi/pulumi";
import { SPOT_NODE_CONFIG } from "pulumi-seqera-kubernetes/gke";

export interface NewCluster {
    /** Name of the cluster. Known when its node pools are there. */
    name: pulumi.Output<string>;
}

/** What all nodes have in common, spot or not. */
interface Nodes {
    cluster: container.Cluster;
    location: string;
    serviceAccount: pulumi.Output<string>;
    dependsOn: pulumi.Resource[];
}

/** A network, and a cluster with nodes that stay and, for tasks, nodes that may be taken away. */
export function createCluster(project: string, location: string, config: pulumi.Config): NewCluster {
    const { network, subnetwork, wayOut } = createNetwork(location.split("-").slice(0, 2).join("-"));

    // Nodes are nobody but themselves: logs, metrics and images, and none of what the project's default account may.
    const account = new serviceaccount.Account("nodes", {
        project,
        accountId: `nodes-${pulumi.getStack()}`,
        displayName: "Nodes of the Nextflow cluster",
    });
    const role = new projects.IAMMember("nodes", {
        project,
        role: "roles/container.defaultNodeServiceAccount",
        member: account.member,
    });

    const cluster = new container.Cluster(
        "nextflow",
        {
            project,
            location,
            network: network.id,
            subnetwork: subnetwork.id,
            ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
            // The API server has an address that the Platform reaches; nodes have none.
            privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: false },
            workloadIdentityConfig: { workloadPool: `${project}.svc.id.goog` },
            addonsConfig: { gcpFilestoreCsiDriverConfig: { enabled: true } },
            datapathProvider: "ADVANCED_DATAPATH",
            releaseChannel: { channel: "REGULAR" },
            // Its own node pools, below, come and go without it.
            initialNodeCount: 1,
            removeDefaultNodePool: true,
            nodeConfig: { serviceAccount: account.email },
            deletionProtection: false,
        },
        // Google tells that of the first pool there is, once the default one is gone.
        { ignoreChanges: ["nodeConfig"] },
    );

    const nodes: Nodes = { cluster, location, serviceAccount: account.email, dependsOn: [role, wayOut] };
    const pools = [
        createPool("staying", nodes, { machineType: config.require("nodeSize") }, { least: 1, most: 3 }),
        ...(config.requireBoolean("spot") ? [createSpotPool(nodes, config)] : []),
    ];
    return { name: pulumi.all([cluster.name, ...pools.map((pool) => pool.id)]).apply(([name]) => name) };
}

function createNetwork(region: string) {
    const network = new compute.Network("nextflow", { autoCreateSubnetworks: false });
    const subnetwork = new compute.Subnetwork("nodes", {
        network: network.id,
        region,
        ipCidrRange: "10.0.0.0/20",
        secondaryIpRanges: [
            { rangeName: "pods", ipCidrRange: "10.4.0.0/14" },
            { rangeName: "services", ipCidrRange: "10.8.0.0/20" },
        ],
        privateIpGoogleAccess: true,
    });
    // To the Platform, to registries, and to where pipelines lie.
    const router = new compute.Router("nextflow", { network: network.id, region });
    const wayOut = new compute.RouterNat("nextflow", {
        router: router.name,
        region,
        natIpAllocateOption: "AUTO_ONLY",
        sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
    });
    return { network, subnetwork, wayOut };
}

function createSpotPool(nodes: Nodes, config: pulumi.Config): container.NodePool {
    return createPool(
        "spot",
        nodes,
        { ...SPOT_NODE_CONFIG, machineType: config.require("spotNodeSize") },
        { least: 0, most: config.requireNumber("maxSpotNodes") },
    );
}

function createPool(
    name: string,
    { cluster, location, serviceAccount, dependsOn }: Nodes,
    nodeConfig: pulumi.Unwrap<container.NodePoolArgs["nodeConfig"]>,
    { least, most }: { least: number; most: number },
): container.NodePool {
    return new container.NodePool(
        name,
        {
            project: cluster.project,
            cluster: cluster.name,
            location,
            initialNodeCount: least,
            autoscaling: { totalMinNodeCount: least, totalMaxNodeCount: most, locationPolicy: "ANY" },
            nodeConfig: {
                ...nodeConfig,
                serviceAccount,
                oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
                // Pods are who their service accounts say, and not who the node is.
                workloadMetadataConfig: { mode: "GKE_METADATA" },
            },
        },
        // The number of nodes is the autoscaler's.
        { dependsOn, ignoreChanges: ["initialNodeCount"] },
    );
}
