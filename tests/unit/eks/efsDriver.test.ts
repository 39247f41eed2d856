import assert from "node:assert/strict";
import { efsDriverPolicy } from "../../../src/eks/efsDriver";
import { CLUSTER } from "./clusters";
import { decide } from "./simulation";

const at = (what: string) => `arn:aws:elasticfilesystem:eu-west-1:123456789012:${what}`;
const FILE_SYSTEM = at("file-system/fs-0123456789abcdef0");
const OTHER = at("file-system/fs-ffffffffffffffff0");
const POINT = at("access-point/fsap-0123456789abcdef0");
const ASKED = { "aws:RequestTag/efs.csi.aws.com/cluster": "true" };
const OWN = { "aws:ResourceTag/efs.csi.aws.com/cluster": "true" };

describe("the policy of EFS's driver", () => {
    const policy = efsDriverPolicy(CLUSTER, "fs-0123456789abcdef0");
    const cases: [action: string, resource: string, context: Record<string, string>, expected: RegExp][] = [
        ["elasticfilesystem:DescribeFileSystems", FILE_SYSTEM, {}, /^Allowed$/],
        ["elasticfilesystem:DescribeMountTargets", FILE_SYSTEM, {}, /^Allowed$/],
        ["elasticfilesystem:DescribeAccessPoints", FILE_SYSTEM, {}, /^Allowed$/],
        ["elasticfilesystem:DescribeAccessPoints", POINT, {}, /^Allowed$/],
        ["ec2:DescribeAvailabilityZones", "*", {}, /^Allowed$/],
        ["elasticfilesystem:CreateAccessPoint", FILE_SYSTEM, ASKED, /^Allowed$/],
        [
            "elasticfilesystem:TagResource",
            POINT,
            { "elasticfilesystem:CreateAction": "CreateAccessPoint" },
            /^Allowed$/,
        ],
        ["elasticfilesystem:DeleteAccessPoint", POINT, OWN, /^Allowed$/],
        ["elasticfilesystem:CreateAccessPoint", FILE_SYSTEM, {}, /Denied$/],
        ["elasticfilesystem:CreateAccessPoint", OTHER, ASKED, /Denied$/],
        ["elasticfilesystem:DescribeFileSystems", OTHER, {}, /Denied$/],
        ["elasticfilesystem:DeleteAccessPoint", POINT, {}, /Denied$/],
        ["elasticfilesystem:TagResource", POINT, {}, /Denied$/],
        [
            "elasticfilesystem:TagResource",
            FILE_SYSTEM,
            { "elasticfilesystem:CreateAction": "CreateAccessPoint" },
            /Denied$/,
        ],
        ["elasticfilesystem:DeleteFileSystem", FILE_SYSTEM, {}, /Denied$/],
        ["elasticfilesystem:PutFileSystemPolicy", FILE_SYSTEM, {}, /Denied$/],
        ["elasticfilesystem:DeleteMountTarget", FILE_SYSTEM, {}, /Denied$/],
        ["iam:PassRole", "arn:aws:iam::123456789012:role/admin", {}, /Denied$/],
        ["ec2:CreateNetworkInterface", "arn:aws:ec2:eu-west-1:123456789012:network-interface/*", {}, /Denied$/],
    ];
    for (const [action, resource, context, expected] of cases) {
        const given = Object.keys(context).length === 0 ? "" : ` with ${Object.keys(context).join(", ")}`;
        it(`${expected.source} ${action} on ${resource}${given}`, async () =>
            assert.match(await decide({ action, resource, context }, { identity: policy }), expected));
    }
});
