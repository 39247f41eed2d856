import type { CloudAnswers, PlainFields, ResourceAnswer } from "../../../tools/cloud-provider";

const ACCOUNT = "123456789012";
const REGION = "eu-west-1";
const ISSUER = `https://oidc.eks.${REGION}.amazonaws.com/id/EXAMPLE`;
export const EXISTING_SUBNETS = ["subnet-0a", "subnet-0b"];

function text(value: unknown): string {
    return String(value);
}

/** A resource that AWS gives an id of its own kind. */
function withId(kind: string, adds: (id: string) => PlainFields = () => ({})): ResourceAnswer {
    return {
        made: (_, { name }) => ({ id: `${kind}-${name}`, outputs: adds(`${kind}-${name}`) }),
    };
}

/** A resource of IAM, by its name. */
function inIam(kind: string): ResourceAnswer {
    return {
        autoname: "name",
        replaceOn: ["name"],
        made: ({ name }) => ({
            id: text(name),
            outputs: { arn: `arn:aws:iam::${ACCOUNT}:${kind}/${text(name)}` },
        }),
    };
}

/** A resource within another one, by both names. */
function within(
    parent: string,
    named: string,
    adds: (inputs: PlainFields) => PlainFields = () => ({}),
): ResourceAnswer {
    return {
        autoname: named,
        replaceOn: [parent, named],
        made: (inputs) => ({ id: `${text(inputs[parent])}:${text(inputs[named])}`, outputs: adds(inputs) }),
    };
}

/** The kubeconfig's own, by which AWS describes where the API server is. */
function fromKubeconfig(facts: PlainFields, key: string): string {
    return new RegExp(`\\b${key}: (\\S+)`).exec(text(facts["kubeconfig"]))![1];
}

/** The cluster as AWS describes it; what a test says of its cluster wins. */
function cluster(args: PlainFields, facts: PlainFields): PlainFields {
    const name = text(args["name"]);
    return {
        name,
        arn: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${name}`,
        region: REGION,
        status: "ACTIVE",
        version: "1.35",
        endpoint: fromKubeconfig(facts, "server"),
        certificateAuthorities: [{ data: fromKubeconfig(facts, "certificate-authority-data") }],
        accessConfigs: [{ authenticationMode: "API" }],
        computeConfigs: [],
        identities: [{ oidcs: [{ issuer: ISSUER }] }],
        vpcConfig: {
            endpointPublicAccess: true,
            publicAccessCidrs: ["0.0.0.0/0"],
            vpcId: "vpc-nextflow",
            subnetIds: EXISTING_SUBNETS,
            clusterSecurityGroupId: "sg-cluster",
        },
        ...(facts["cluster"] as PlainFields),
    };
}

export const answers: CloudAnswers = {
    resources: {
        "aws:ec2/vpc:Vpc": withId("vpc"),
        "aws:ec2/subnet:Subnet": withId("subnet"),
        "aws:ec2/internetGateway:InternetGateway": withId("igw"),
        "aws:ec2/eip:Eip": withId("eipalloc"),
        "aws:ec2/natGateway:NatGateway": withId("nat"),
        "aws:ec2/routeTable:RouteTable": withId("rtb"),
        "aws:ec2/routeTableAssociation:RouteTableAssociation": withId("rtbassoc"),
        "aws:ec2/vpcEndpoint:VpcEndpoint": withId("vpce"),
        "aws:ec2/securityGroup:SecurityGroup": withId("sg"),
        "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": withId("sgr"),
        "aws:efs/fileSystem:FileSystem": withId("fs"),
        "aws:efs/mountTarget:MountTarget": withId("fsmt"),
        "aws:iam/role:Role": inIam("role"),
        "aws:iam/rolePolicy:RolePolicy": within("role", "name"),
        "aws:iam/rolePolicyAttachment:RolePolicyAttachment": within("role", "policyArn"),
        "aws:eks/nodeGroup:NodeGroup": within("clusterName", "nodeGroupName"),
        "aws:eks/addon:Addon": within("clusterName", "addonName"),
        "aws:eks/accessEntry:AccessEntry": within("clusterName", "principalArn"),
        "aws:s3/bucket:Bucket": {
            autoname: "bucket",
            replaceOn: ["bucket"],
            made: ({ bucket }) => ({ id: text(bucket), outputs: { arn: `arn:aws:s3:::${text(bucket)}` } }),
        },
    },
    functions: {
        "aws:index/getAvailabilityZones:getAvailabilityZones": () => ({
            names: ["a", "b", "c"].map((z) => REGION + z),
        }),
        "aws:index/getPartition:getPartition": () => ({ partition: "aws" }),
        "aws:index/getRegion:getRegion": () => ({ region: REGION }),
        "aws:eks/getCluster:getCluster": (args, { facts }) => cluster(args, facts),
        "aws:eks/getAddon:getAddon": ({ addonName }) => ({ addonName: addonName! }),
        "aws:iam/getOpenIdConnectProvider:getOpenIdConnectProvider": (args, { facts }) => {
            if (facts["oidcProvider"] === false) {
                throw new Error("NoSuchEntity: no OpenIDConnect provider of this address");
            }
            return { url: args["url"]!, arn: `arn:aws:iam::${ACCOUNT}:oidc-provider/EXAMPLE` };
        },
        "aws:ec2/getSubnet:getSubnet": (_, { facts }) => ({ vpcId: facts["subnetsVpc"] ?? "vpc-nextflow" }),
    },
    components: {
        "eks:index:Cluster": () => ({
            clusterSecurityGroupId: "sg-cluster",
            oidcIssuer: ISSUER,
            oidcProviderArn: `arn:aws:iam::${ACCOUNT}:oidc-provider/EXAMPLE`,
        }),
    },
};
