import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { IdentityMethod } from "../../../src/eks/enums";
import type { EfsStorageArgs } from "../../../src/eks/args";
import { EfsStorage } from "../../../src/eks/efsStorage";
import { CLUSTER, ISSUER } from "../../unit/eks/clusters";
import { runHosted } from "../hostedProgram";
import { record, valueOf } from "../recorder";
import { itIsRefused, type Refusal } from "../refusedParts";
import { aws } from "./aws";

const PLACE = { clusterArn: CLUSTER.arn, vpcId: pulumi.output("vpc-1") };
const MADE: EfsStorageArgs = {
    ...PLACE,
    subnetIds: ["subnet-a", pulumi.output("subnet-b")],
    nodeSecurityGroupId: pulumi.output("sg-cluster"),
};

const run = (args: Partial<EfsStorageArgs> = {}) => record(() => new EfsStorage("work", { ...MADE, ...args }), aws());

describe("EfsStorage of EKS", () => {
    it("makes a file system that is encrypted and that the nodes alone reach, in each of their subnets", async () => {
        const ran = await run();
        assert.deepEqual(ran.labels(), [
            "EfsStorage work",
            "FileSystem work",
            "MountTarget work-0",
            "MountTarget work-1",
            "SecurityGroup work",
            "SecurityGroupIngressRule work",
        ]);
        assert.equal(ran.one("EfsStorage").type, "pulumi-seqera-kubernetes:index:EfsStorage");
        const { encrypted, throughputMode, region } = ran.one("FileSystem").inputs;
        assert.deepEqual([encrypted, throughputMode, region], [true, "elastic", "eu-west-1"]);
        assert.equal(ran.one("SecurityGroup").inputs.vpcId, "vpc-1");
        const { referencedSecurityGroupId, fromPort, toPort, ipProtocol, cidrIpv4 } =
            ran.one("SecurityGroupIngressRule").inputs;
        assert.deepEqual(
            [referencedSecurityGroupId, fromPort, toPort, ipProtocol, cidrIpv4],
            ["sg-cluster", 2049, 2049, "tcp", undefined],
        );
        assert.deepEqual(
            ran.of("MountTarget").map(({ inputs }) => [inputs.subnetId, inputs.securityGroups]),
            [
                ["subnet-a", ["sg-work"]],
                ["subnet-b", ["sg-work"]],
            ],
        );
    });

    it("is a volume of a compute environment, which comes after its mount targets", async () => {
        const ran = await record(() => {
            const { storage } = new EfsStorage("work", MADE);
            const cluster = { platform: "eks-platform" as const, name: "production", region: "eu-west-1" };
            return new KubernetesComputeEnvironment("prod", { cluster, credentialsId: "mine", storage });
        }, aws());
        const volume = ran.one("PersistentVolume");
        assert.deepEqual(volume.inputs.spec.csi, { driver: "efs.csi.aws.com", volumeHandle: "fs-1" });
        for (const part of ["FileSystem work", "MountTarget work-0", "SecurityGroupIngressRule work"]) {
            assert.ok(volume.dependencies.includes(part), part);
        }
    });

    it("takes a file system that is there already, and makes nothing", async () => {
        const ran = await record(() => new EfsStorage("work", { ...PLACE, fileSystemId: "fs-9" }), aws());
        assert.deepEqual(ran.labels(), ["EfsStorage work"]);
        assert.equal(await valueOf(ran.result.storage.csi!.volumeHandle as pulumi.Output<string>), "fs-9");
    });

    it("can be seen through an access point", async () => {
        const ran = await run({ accessPoint: { uid: 1000 } });
        assert.deepEqual(ran.one("AccessPoint").inputs, {
            fileSystemId: "fs-1",
            region: "eu-west-1",
            posixUser: { uid: 1000, gid: 0 },
            rootDirectory: { path: "/nextflow", creationInfo: { ownerUid: 1000, ownerGid: 0, permissions: "0770" } },
        });
        assert.equal(await valueOf(ran.result.storage.csi!.volumeHandle as pulumi.Output<string>), "fs-1::fsap-1");
    });

    it("can be a storage class of a driver that it installs, which may change this file system alone", async () => {
        const ran = await run({ storageClassName: "efs", installDriver: true });
        const { provisioner, parameters, reclaimPolicy } = ran.one("StorageClass").inputs;
        assert.deepEqual(
            [provisioner, reclaimPolicy, parameters],
            [
                "efs.csi.aws.com",
                "Retain",
                { provisioningMode: "efs-ap", fileSystemId: "fs-1", directoryPerms: "770", uid: "0", gid: "0" },
            ],
        );
        assert.ok(ran.one("StorageClass").dependencies.includes("Addon work-driver"));
        assert.deepEqual(ran.one("Addon").inputs.podIdentityAssociations, [
            {
                roleArn: "arn:aws:iam::123456789012:role/efs-driver-work-production",
                serviceAccount: "efs-csi-controller-sa",
            },
        ]);
        assert.ok(ran.one("Addon").dependencies.includes("RolePolicy work-driver"));
        assert.match(ran.one("RolePolicy").inputs.policy, /file-system\/fs-1/);
        assert.deepEqual(ran.result.storage, { storageClassName: ran.result.storageClassName });
    });

    it("lets the cluster's issuer vouch for the driver on demand, and gives one without a class no rights at all", async () => {
        const irsa = await run({
            ...{ storageClassName: "efs", installDriver: true },
            ...{ driverIdentity: IdentityMethod.Irsa, oidcIssuerUrl: ISSUER },
        });
        const { serviceAccountRoleArn, podIdentityAssociations } = irsa.one("Addon").inputs;
        assert.match(serviceAccountRoleArn, /role\/efs-driver-work-production$/);
        assert.equal(podIdentityAssociations, undefined);
        const plain = await run({ installDriver: true });
        assert.deepEqual(plain.of("Role"), []);
        assert.deepEqual(plain.one("Addon").inputs, {
            clusterName: "production",
            region: "eu-west-1",
            addonName: "aws-efs-csi-driver",
        });
    });

    it("can be protected, and be left where it is", async () => {
        const { protect, retainOnDelete } = (await run({ protect: true, retainOnDelete: true })).one("FileSystem");
        assert.deepEqual([protect, retainOnDelete], [true, true]);
    });
});

describe("an EfsStorage of EKS that cannot work", () => {
    const cases: Refusal[] = [
        [
            "an identity of the driver that another resource decides",
            { driverIdentity: pulumi.output("irsa"), installDriver: true, storageClassName: "efs" },
            ["driverIdentity: must be known at preview; outputs are not allowed here (write a plain value)"],
        ],
        [
            "nothing to make a file system of",
            { subnetIds: undefined, nodeSecurityGroupId: undefined },
            [
                "subnetIds: required (write the ids of the nodes' subnets, one in each zone)",
                "nodeSecurityGroupId: required (write the cluster's clusterSecurityGroupId)",
            ],
        ],
        [
            "no subnet at all",
            { subnetIds: [] },
            [
                "subnetIds: must not be empty: no node could mount the file system (write the ids of the nodes' subnets, one in each zone)",
            ],
        ],
        [
            "subnets of another resource as a whole",
            { subnetIds: pulumi.output(["subnet-a"]) },
            ["subnetIds: must be known at preview; outputs are not allowed here (write a plain value)"],
        ],
        [
            "a file system that is there already, beside what is made for one",
            { fileSystemId: "fs-9" },
            [
                "subnetIds: cannot be used with fileSystemId, which names an existing file system (remove one of the two)",
                "nodeSecurityGroupId: cannot be used with fileSystemId, which names an existing file system (remove one of the two)",
            ],
        ],
        [
            "ids that are none",
            {
                vpcId: "production",
                subnetIds: ["a"],
                nodeSecurityGroupId: "default",
                accessPoint: { uid: -1, path: "nextflow" },
            },
            [
                'vpcId: "production" is not the id of a network (write it like "vpc-0123456789abcdef0")',
                'subnetIds[0]: "a" is not the id of a subnet (write it like "subnet-0123456789abcdef0")',
                'nodeSecurityGroupId: "default" is not the id of a security group (write it like "sg-0123456789abcdef0")',
                "accessPoint.uid: must be a whole number of at least 0, not -1 (write it like 1000)",
                'accessPoint.path: "nextflow" is not a valid path of an access point (write it like "/nextflow", at most four directories deep)',
            ],
        ],
        [
            "an access point beside a class that makes its own",
            { accessPoint: {}, storageClassName: "efs" },
            [
                "storageClassName: cannot be used with accessPoint: a storage class creates access points itself (remove one of the two)",
            ],
        ],
        [
            "an identity for a driver that needs none",
            { driverIdentity: "irsa", installDriver: true },
            [
                "driverIdentity: requires installDriver and storageClassName: the driver needs an identity only when it is installed for a storage class (set both, or remove this argument)",
                'oidcIssuerUrl: required when driverIdentity is "irsa" (write the cluster\'s oidcIssuerUrl)',
            ],
        ],
    ];
    itIsRefused('EfsStorage "work"', (args) => new EfsStorage("work", { ...MADE, ...args }), cases);

    const program = (args: string) =>
        `new (part("eks").EfsStorage)("work", { clusterArn: "${CLUSTER.arn}", vpcId: "vpc-1", ${args} });`;

    it("is refused where its subnets are in another network", async () => {
        const ran = await runHosted(program('subnetIds: ["subnet-a"], nodeSecurityGroupId: "sg-a"'), {
            getSubnet: { vpcId: "vpc-2" },
        });
        assert.deepEqual(ran.errors, [
            'EfsStorage "work" cannot use the network "vpc-1":\n  subnetIds: must all be in the cluster\'s network vpc-1: subnet-a is in vpc-2 (write subnets of vpc-1, where the nodes are)',
        ]);
    });

    for (const answer of [{ ids: [] }, new Error("no matching network interfaces found")]) {
        it(`is refused where its file system has no mount target in the network: ${answer instanceof Error ? "an error" : "none"}`, async () => {
            const ran = await runHosted(program('fileSystemId: "fs-9"'), { getNetworkInterfaces: answer });
            assert.deepEqual(ran.errors, [
                'EfsStorage "work" cannot use the network "vpc-1":\n  fileSystemId: "fs-9" has no mount target in the cluster\'s network vpc-1, so no node could mount it (use a file system that has one, or create mount targets there first)',
            ]);
        });
    }
});
