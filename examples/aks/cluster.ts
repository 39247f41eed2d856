import * as authorization from "@pulumi/azure-native/authorization";
import * as containerservice from "@pulumi/azure-native/containerservice";
import * as managedidentity from "@pulumi/azure-native/managedidentity";
import * as network from "@pulumi/azure-native/network";
import * as pulumi from "@pulumi/pulumi";
import { SPOT_POOL } from "pulumi-seqera-kubernetes/aks";

export interface NewCluster {
    /** Name of the cluster. Known when its node pools are there. */
    name: pulumi.Output<string>;
    /** Subnet of the nodes, which reaches storage accounts directly. */
    subnetId: pulumi.Output<string>;
}

/** "Network Contributor": what AKS asks for on the subnet of its nodes. https://learn.microsoft.com/azure/aks/configure-azure-cni */
const NETWORK_CONTRIBUTOR = "4d97b98b-1d4f-4787-a291-c67834d212e7";

/** A network, and a cluster with nodes that stay and, for tasks, nodes that may be taken away. */
export function createCluster(resourceGroupName: pulumi.Input<string>, config: pulumi.Config): NewCluster {
    const vnet = new network.VirtualNetwork("nextflow", {
        resourceGroupName,
        addressSpace: { addressPrefixes: ["10.224.0.0/16"] },
    });
    const subnet = new network.Subnet("nodes", {
        resourceGroupName,
        virtualNetworkName: vnet.name,
        addressPrefix: "10.224.0.0/20",
        serviceEndpoints: [{ service: "Microsoft.Storage" }],
    });

    const identity = new managedidentity.UserAssignedIdentity("cluster", { resourceGroupName });
    const inSubnet = new authorization.RoleAssignment("cluster-in-subnet", {
        principalId: identity.principalId,
        principalType: authorization.PrincipalType.ServicePrincipal,
        roleDefinitionId: subnet.id.apply(
            (id) =>
                `${id.split("/resourceGroups/")[0]}/providers/Microsoft.Authorization/roleDefinitions/${NETWORK_CONTRIBUTOR}`,
        ),
        scope: subnet.id,
    });

    const adminGroupId = config.get("adminGroupId");
    const cluster = new containerservice.ManagedCluster(
        "nextflow",
        {
            resourceGroupName,
            dnsPrefix: "nextflow",
            identity: {
                type: containerservice.ResourceIdentityType.UserAssigned,
                userAssignedIdentities: [identity.id],
            },
            ...(adminGroupId
                ? { aadProfile: { managed: true, adminGroupObjectIDs: [adminGroupId] }, disableLocalAccounts: true }
                : {}),
            enableRBAC: true,
            oidcIssuerProfile: { enabled: true },
            securityProfile: { workloadIdentity: { enabled: true } },
            networkProfile: {
                networkPlugin: containerservice.NetworkPlugin.Azure,
                networkPluginMode: containerservice.NetworkPluginMode.Overlay,
                networkDataplane: containerservice.NetworkDataplane.Cilium,
                networkPolicy: containerservice.NetworkPolicy.Cilium,
            },
            agentPoolProfiles: [
                {
                    name: "system",
                    mode: containerservice.AgentPoolMode.System,
                    vmSize: config.require("nodeSize"),
                    vnetSubnetID: subnet.id,
                    enableAutoScaling: true,
                    count: 1,
                    minCount: 1,
                    maxCount: 3,
                },
            ],
        },
        // The number of nodes is the autoscaler's.
        { dependsOn: [inSubnet], ignoreChanges: ["agentPoolProfiles[0].count"] },
    );
    const pools = config.requireBoolean("spot") ? [createSpotPool(resourceGroupName, cluster, subnet, config)] : [];

    return {
        name: pulumi.all([cluster.name, ...pools.map((pool) => pool.id)]).apply(([name]) => name),
        subnetId: subnet.id,
    };
}

function createSpotPool(
    resourceGroupName: pulumi.Input<string>,
    cluster: containerservice.ManagedCluster,
    subnet: network.Subnet,
    config: pulumi.Config,
): containerservice.AgentPool {
    return new containerservice.AgentPool(
        "spot",
        {
            ...SPOT_POOL,
            resourceGroupName,
            // Of the cluster; its own name is the other one.
            resourceName: cluster.name,
            agentPoolName: "spot",
            vmSize: config.require("spotNodeSize"),
            vnetSubnetID: subnet.id,
            enableAutoScaling: true,
            count: 0,
            minCount: 0,
            maxCount: config.requireNumber("maxSpotNodes"),
        },
        { ignoreChanges: ["count"] },
    );
}
