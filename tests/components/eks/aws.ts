import { CLUSTER, clusterAnswer } from "../../unit/eks/clusters";
import type { RecordOptions } from "../recorder";

export const EXTERNAL_ID = "external-id-of-the-credential";

/** What AWS answers about the cluster, and what it and the Platform add to what is made. */
export function aws(cluster: object = {}, partition = "aws"): RecordOptions {
    const lookUps: Record<string, Record<string, unknown>> = {
        getCluster: { ...clusterAnswer, ...cluster },
        getBucket: { bucketRegion: CLUSTER.region },
        getSubnet: { vpcId: "vpc-1" },
        getNetworkInterfaces: { ids: ["eni-1"] },
        getAvailabilityZones: { names: ["a", "b", "c"].map((zone) => `${CLUSTER.region}${zone}`) },
        getPartition: { partition },
        getRegion: { region: CLUSTER.region },
    };
    return {
        calls: (token) => lookUps[token.split(":").at(-1)!] ?? {},
        adds: (type, name, inputs) => {
            const arn = (kind: string) => ({ arn: `arn:aws:iam::${CLUSTER.account}:${kind}/${inputs.name}` });
            switch (type) {
                case "aws:iam/role:Role":
                    return arn("role");
                case "aws:iam/user:User":
                    return arn("user");
                case "aws:iam/accessKey:AccessKey":
                    return { id: "AKIAEXAMPLE", secret: "secret-of-the-key" };
                case "pulumi-nodejs:dynamic/seqera:Credentials":
                    return { id: "credentials-1", externalId: inputs.aws?.accessKey === undefined ? EXTERNAL_ID : "" };
                case "aws:s3/bucket:Bucket":
                    return { bucket: `${name}-bucket` };
                case "aws:efs/fileSystem:FileSystem":
                    return {
                        id: "fs-1",
                        arn: `arn:aws:elasticfilesystem:eu-west-1:${CLUSTER.account}:file-system/fs-1`,
                    };
                case "aws:efs/accessPoint:AccessPoint":
                    return { id: "fsap-1" };
                case "aws:ec2/subnet:Subnet":
                    return { id: `subnet-${name}` };
                case "aws:ec2/securityGroup:SecurityGroup":
                    return { id: `sg-${name}` };
                default:
                    return {};
            }
        },
    };
}
