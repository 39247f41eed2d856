import type { ClusterArn } from "./arns";
import type { PolicyDocument, PodIdentities, Statement } from "./policies";

/** EFS's storage driver, as its add-on installs it. https://docs.aws.amazon.com/eks/latest/userguide/efs-csi.html */
export const EFS_DRIVER = "efs.csi.aws.com";
export const EFS_ADDON = "aws-efs-csi-driver";
export const EFS_CONTROLLER: PodIdentities = { namespace: "kube-system", serviceAccounts: ["efs-csi-controller-sa"] };

const TAG = "efs.csi.aws.com/cluster";

/**
 * What the driver's controller does for a storage class: it makes and removes access points. AWS's own policy for it is about every
 * file system of the account; this is about one. https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonEFSCSIDriverPolicy.html
 */
export function efsDriverPolicy({ partition, region, account }: ClusterArn, fileSystemId: string): PolicyDocument {
    const arn = (what: string) => `arn:${partition}:elasticfilesystem:${region}:${account}:${what}`;
    const fileSystem = arn(`file-system/${fileSystemId}`);
    // Their ids are AWS's, so that no narrower one can be named beforehand.
    const accessPoints = arn("access-point/*");
    const allow = (
        Sid: string,
        Action: string[],
        Resource: string[],
        Condition?: Statement["Condition"],
    ): Statement => ({
        Sid,
        Effect: "Allow",
        Action,
        Resource,
        ...(Condition === undefined ? {} : { Condition }),
    });
    return {
        Version: "2012-10-17",
        Statement: [
            allow(
                "DescribeFileSystem",
                ["elasticfilesystem:DescribeFileSystems", "elasticfilesystem:DescribeMountTargets"],
                [fileSystem],
            ),
            allow("DescribeAccessPoints", ["elasticfilesystem:DescribeAccessPoints"], [fileSystem, accessPoints]),
            // AWS knows no narrower resource for it: names of the region's zones, which are no secret.
            allow("DescribeZones", ["ec2:DescribeAvailabilityZones"], ["*"]),
            allow("CreateAccessPoint", ["elasticfilesystem:CreateAccessPoint"], [fileSystem], {
                StringEquals: { [`aws:RequestTag/${TAG}`]: "true" },
            }),
            allow("TagNewAccessPoint", ["elasticfilesystem:TagResource"], [accessPoints], {
                StringEquals: { "elasticfilesystem:CreateAction": "CreateAccessPoint" },
            }),
            allow("DeleteAccessPoint", ["elasticfilesystem:DeleteAccessPoint"], [accessPoints], {
                StringEquals: { [`aws:ResourceTag/${TAG}`]: "true" },
            }),
        ],
    };
}

/** Parameters of the storage class. An access point of root's lets pods be whoever they are among each other's files. */
export function efsClassParameters(fileSystemId: string): Record<string, string> {
    return { provisioningMode: "efs-ap", fileSystemId, directoryPerms: "770", uid: "0", gid: "0" };
}
