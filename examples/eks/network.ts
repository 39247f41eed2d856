import { getAvailabilityZonesOutput } from "@pulumi/aws/getAvailabilityZones";
import { getRegionOutput } from "@pulumi/aws/getRegion";
import * as ec2 from "@pulumi/aws/ec2";
import * as pulumi from "@pulumi/pulumi";

export interface Network {
    vpcId: pulumi.Output<string>;
    /** Subnets of the nodes. Known when there is a way out of them, which a node needs to become one. */
    nodeSubnetIds: pulumi.Output<string>[];
    publicSubnetId: pulumi.Output<string>;
}

/** A network over two zones, as EKS asks for it, whose nodes have no address on the internet but a way out to it. */
export function createNetwork(): Network {
    const { names: zones } = getAvailabilityZonesOutput({
        state: "available",
        filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
    });
    const vpc = new ec2.Vpc("nextflow", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true });
    const vpcId = vpc.id;
    const internet = new ec2.InternetGateway("nextflow", { vpcId });

    const publicSubnet = new ec2.Subnet("public", { vpcId, cidrBlock: "10.0.0.0/24", availabilityZone: zones[0] });
    const publicRoutes = new ec2.RouteTable("public", {
        vpcId,
        routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: internet.id }],
    });
    const published = new ec2.RouteTableAssociation("public", {
        subnetId: publicSubnet.id,
        routeTableId: publicRoutes.id,
    });

    const address = new ec2.Eip("nat", { domain: "vpc" }, { dependsOn: [internet] });
    const nat = new ec2.NatGateway(
        "nextflow",
        { allocationId: address.id, subnetId: publicSubnet.id },
        { dependsOn: [published] },
    );
    const routes = new ec2.RouteTable("nodes", { vpcId, routes: [{ cidrBlock: "0.0.0.0/0", natGatewayId: nat.id }] });
    // Buckets are reached directly, past the gateway, which is paid for by the gigabyte.
    new ec2.VpcEndpoint("buckets", {
        vpcId,
        serviceName: pulumi.interpolate`com.amazonaws.${getRegionOutput().region}.s3`,
        routeTableIds: [routes.id],
    });

    const nodeSubnetIds = [0, 1].map((zone) => {
        const subnet = new ec2.Subnet(`nodes-${zone}`, {
            vpcId,
            cidrBlock: `10.0.${64 * (zone + 1)}.0/18`,
            availabilityZone: zones[zone],
        });
        const routed = new ec2.RouteTableAssociation(`nodes-${zone}`, {
            subnetId: subnet.id,
            routeTableId: routes.id,
        });
        return pulumi.all([subnet.id, routed.id]).apply(([id]) => id);
    });
    return { vpcId, nodeSubnetIds, publicSubnetId: publicSubnet.id };
}
