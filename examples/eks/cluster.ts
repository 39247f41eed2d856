import { getPartitionOutput } from "@pulumi/aws/getPartition";
import { NodeGroup } from "@pulumi/aws/eks/nodeGroup";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicyAttachment } from "@pulumi/aws/iam/rolePolicyAttachment";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { createNetwork } from "./network";

export interface NewCluster {
    /** Name of the cluster. Known when its nodes are there. */
    name: pulumi.Output<string>;
    /** Subnets of the nodes, one in each zone. */
    nodeSubnetIds: pulumi.Output<string>[];
}

/** What AWS asks for on nodes. https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html */
const NODE_POLICIES = ["AmazonEKSWorkerNodePolicy", "AmazonEKS_CNI_Policy", "AmazonEC2ContainerRegistryPullOnly"];

/** A network, and a cluster with nodes that stay and, for tasks, nodes that may be taken away. */
export function createCluster(config: pulumi.Config): NewCluster {
    const { vpcId, nodeSubnetIds, publicSubnetId } = createNetwork();
    const name = `${pulumi.getProject()}-${pulumi.getStack()}`;
    const cluster = new eks.Cluster("nextflow", {
        name,
        vpcId,
        privateSubnetIds: nodeSubnetIds,
        publicSubnetIds: [publicSubnetId],
        authenticationMode: eks.AuthenticationMode.Api,
        createOidcProvider: true,
        endpointPrivateAccess: true,
        endpointPublicAccess: true,
        skipDefaultNodeGroup: true,
        // EKS makes one for control plane and nodes by itself.
        skipDefaultSecurityGroups: true,
    });
    // By what is known of it when it is there: nodes come after it, and go before it.
    const clusterName = pulumi.all([cluster.clusterSecurityGroupId, cluster.oidcProviderArn]).apply(() => name);

    const role = new Role("nodes", {
        assumeRolePolicy: JSON.stringify({
            Version: "2012-10-17",
            Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
        }),
    });
    // `aws`, and another one in China and for governments.
    const { partition } = getPartitionOutput();
    const allowed = NODE_POLICIES.map(
        (policy) =>
            new RolePolicyAttachment(`nodes-${policy}`, {
                role: role.name,
                policyArn: pulumi.interpolate`arn:${partition}:iam::aws:policy/${policy}`,
            }),
    );
    const createNodes = (group: string, capacityType: string, instanceTypes: string[], nodes: number, most: number) =>
        new NodeGroup(
            group,
            {
                clusterName,
                nodeRoleArn: role.arn,
                subnetIds: nodeSubnetIds,
                capacityType,
                instanceTypes,
                diskSize: 100,
                scalingConfig: { desiredSize: nodes, minSize: Math.min(nodes, 1), maxSize: most },
            },
            // The number of nodes is an autoscaler's, where there is one.
            { dependsOn: allowed, ignoreChanges: ["scalingConfig.desiredSize"] },
        );
    const groups = [
        createNodes("lasting", "ON_DEMAND", [config.require("nodeType")], 1, 3),
        ...(config.requireBoolean("spot")
            ? [
                  createNodes(
                      "spot",
                      "SPOT",
                      config.requireObject<string[]>("spotNodeTypes"),
                      config.requireNumber("spotNodes"),
                      config.requireNumber("maxSpotNodes"),
                  ),
              ]
            : []),
    ];
    return {
        name: pulumi.all([clusterName, ...groups.map(({ id }) => id)]).apply(([each]) => each),
        nodeSubnetIds,
    };
}
