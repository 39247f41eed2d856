import type { ClusterFacts, FoundCluster } from "../../../src/eks/clusterRules";
import type { ClusterArn } from "../../../src/eks/arns";

export const CLUSTER: ClusterArn = {
    arn: "arn:aws:eks:eu-west-1:123456789012:cluster/production",
    partition: "aws",
    region: "eu-west-1",
    account: "123456789012",
    name: "production",
};

export const ISSUER = "https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE";

/** A cluster as people usually have it. */
export const GOOD: ClusterFacts = {
    name: CLUSTER.name,
    region: CLUSTER.region,
    status: "ACTIVE",
    accessConfigs: [{ authenticationMode: "API_AND_CONFIG_MAP" }],
    computeConfigs: [],
    identities: [{ oidcs: [{ issuer: ISSUER }] }],
    vpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] },
};

export const READY: FoundCluster = { cluster: GOOD };

/** The same, with what else AWS answers of it. */
export const clusterAnswer = {
    ...GOOD,
    arn: CLUSTER.arn,
    endpoint: "https://EXAMPLE.gr7.eu-west-1.eks.amazonaws.com",
    certificateAuthorities: [{ data: Buffer.from("certificate of the cluster").toString("base64") }],
    version: "1.35",
    vpcConfig: {
        ...GOOD.vpcConfig,
        vpcId: "vpc-1",
        subnetIds: ["subnet-b", "subnet-a"],
        clusterSecurityGroupId: "sg-cluster",
    },
};
