import { getNetworkInterfaces } from "@pulumi/aws/ec2/getNetworkInterfaces";
import { getSubnet } from "@pulumi/aws/ec2/getSubnet";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup";
import { AccessPoint } from "@pulumi/aws/efs/accessPoint";
import { FileSystem } from "@pulumi/aws/efs/fileSystem";
import { MountTarget } from "@pulumi/aws/efs/mountTarget";
import { Addon } from "@pulumi/aws/eks/addon";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { reviewFound, validArguments } from "../components/validate";
import { iamName, parseClusterArn } from "./arns";
import { IdentityMethod } from "./enums";
import { EFS_ADDON, EFS_CONTROLLER, EFS_DRIVER, efsClassParameters, efsDriverPolicy } from "./efsDriver";
import { efsStorageRules, networkRules } from "./efsRules";
import { isThere } from "./lookUp";
import { irsaTrust, podIdentityTrust } from "./policies";
import type { StorageArgs } from "../args/volumes";
import type { EfsStorageArgs } from "./args";
import { outputsOf } from "../components/outputs";

/** NFS. */
const PORT = 2049;

/**
 * A work directory on EFS: an encrypted file system that only the nodes can reach, and a volume or storage class of it. Pass `storage`
 * to a `KubernetesComputeEnvironment`. Many small files are slow on EFS; Seqera recommends Fusion on a bucket.
 * See https://docs.aws.amazon.com/eks/latest/userguide/efs-csi.html
 */
export class EfsStorage extends pulumi.ComponentResource {
    /** Argument `storage` of `KubernetesComputeEnvironment`, to which a `mountPath` can be added. */
    public readonly storage: StorageArgs;
    /** Id of the file system. */
    public readonly fileSystemId: pulumi.Output<string>;
    /** Name of the storage class; empty without one. */
    public readonly storageClassName: pulumi.Output<string>;

    constructor(name: string, args: EfsStorageArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `EfsStorage "${name}"`;
        args = validArguments(label, efsStorageRules, args);
        super("pulumi-seqera-kubernetes:index:EfsStorage", name, args, opts);

        const child = { parent: this };
        const held = { ...child, protect: args.protect, retainOnDelete: args.retainOnDelete };
        const { tags } = args;
        const cluster = pulumi.output(args.clusterArn).apply((arn) => parseClusterArn(arn)!);
        const region = cluster.apply((each) => each.region);
        const vpcId = judgedNetwork(this);

        const made = args.fileSystemId === undefined ? createFileSystem() : [];
        const [fileSystem] = made;
        const fileSystemId = fileSystem?.id ?? pulumi.output(args.fileSystemId!);
        const driver = args.installDriver ? installDriver() : [];
        // Pods come after all of it, and go before any of it. A URN is known at preview, too.
        const usable = pulumi
            .all([fileSystemId, vpcId, ...[...made, ...driver].map(({ urn }) => urn)])
            .apply(([id]) => id);

        this.fileSystemId = usable;
        this.storageClassName = args.storageClassName === undefined ? pulumi.output("") : createClass();
        this.storage =
            args.storageClassName === undefined
                ? { csi: { driver: EFS_DRIVER, volumeHandle: volumeHandle() } }
                : { storageClassName: this.storageClassName };
        this.registerOutputs(outputsOf(this));

        /** The network, when what is in it was seen to be in it. */
        function judgedNetwork(resource: pulumi.Resource): pulumi.Output<string> {
            return pulumi
                .all([args.vpcId, args.subnetIds, args.fileSystemId, region])
                .apply(async ([network, subnetIds, existing, where]) => {
                    const subnets = await Promise.all(
                        (subnetIds ?? []).map(
                            async (id) => [id, (await getSubnet({ id, region: where }, child)).vpcId] as const,
                        ),
                    );
                    const found = {
                        vpcId: network,
                        subnets: Object.fromEntries(subnets),
                        fileSystemId: existing,
                        reachable: existing === undefined ? undefined : await hasMountTarget(existing, network, where),
                    };
                    reviewFound(
                        label,
                        `the network "${network}"`,
                        { refused: networkRules, warned: [] },
                        found,
                        resource,
                    );
                    return network;
                });
        }

        /** By the interfaces that mount targets are: AWS's provider can only look one of them up by its own id. */
        async function hasMountTarget(id: string, network: string, where: string): Promise<boolean> {
            const filters = [
                { name: "vpc-id", values: [network] },
                { name: "description", values: [`EFS mount target for ${id} *`] },
            ];
            let ids: string[] = [];
            const there = await isThere(
                getNetworkInterfaces({ filters, region: where }, child).then((found) => {
                    ids = found.ids;
                }),
            );
            return there && ids.length > 0;
        }

        function createFileSystem(): pulumi.CustomResource[] {
            const system = new FileSystem(
                name,
                {
                    encrypted: true,
                    kmsKeyId: args.kmsKeyArn,
                    // Paid for as it is used; the other mode runs out of credits in the middle of a run.
                    throughputMode: "elastic",
                    region,
                    tags,
                },
                held,
            );
            const group = new SecurityGroup(
                name,
                { description: "NFS from the nodes of an EKS cluster", vpcId, region, tags },
                child,
            );
            const ingress = new SecurityGroupIngressRule(
                name,
                {
                    securityGroupId: group.id,
                    referencedSecurityGroupId: args.nodeSecurityGroupId!,
                    ipProtocol: "tcp",
                    fromPort: PORT,
                    toPort: PORT,
                    description: "NFS from the nodes",
                    region,
                    tags,
                },
                child,
            );
            const targets = (args.subnetIds ?? []).map(
                (subnetId, index) =>
                    new MountTarget(
                        `${name}-${index}`,
                        { fileSystemId: system.id, subnetId, securityGroups: [group.id], region },
                        child,
                    ),
            );
            return [system, ingress, ...targets];
        }

        function installDriver(): pulumi.CustomResource[] {
            const identity = args.storageClassName === undefined ? undefined : createDriverRole();
            const [serviceAccount] = EFS_CONTROLLER.serviceAccounts;
            const withIrsa = args.driverIdentity === IdentityMethod.Irsa;
            const addon = new Addon(
                `${name}-driver`,
                {
                    clusterName: cluster.apply((each) => each.name),
                    region,
                    addonName: EFS_ADDON,
                    serviceAccountRoleArn: withIrsa ? identity?.role.arn : undefined,
                    podIdentityAssociations:
                        withIrsa || identity === undefined
                            ? undefined
                            : [{ roleArn: identity.role.arn, serviceAccount }],
                    tags,
                },
                { ...child, dependsOn: identity === undefined ? [] : [identity.allowed] },
            );
            return [addon];
        }

        function createDriverRole() {
            const trust = pulumi
                .all([cluster, args.oidcIssuerUrl])
                .apply(([each, issuer]) =>
                    JSON.stringify(
                        args.driverIdentity === IdentityMethod.Irsa
                            ? irsaTrust(each, issuer!, EFS_CONTROLLER)
                            : podIdentityTrust(each, EFS_CONTROLLER),
                    ),
                );
            const role = new Role(
                `${name}-driver`,
                {
                    name: cluster.apply((each) => iamName("efs-driver", name, each.name)),
                    description: "The storage driver of EFS in an EKS cluster",
                    assumeRolePolicy: trust,
                    tags,
                },
                child,
            );
            const policy = pulumi
                .all([cluster, fileSystemId])
                .apply(([each, id]) => JSON.stringify(efsDriverPolicy(each, id)));
            return { role, allowed: new RolePolicy(`${name}-driver`, { role: role.name, policy }, child) };
        }

        function createClass(): pulumi.Output<string> {
            const storageClass = new kubernetes.storage.v1.StorageClass(
                name,
                {
                    metadata: { name: args.storageClassName },
                    provisioner: EFS_DRIVER,
                    parameters: usable.apply(efsClassParameters),
                    volumeBindingMode: "Immediate",
                    // The claim holds what runs have written, as with a volume made beforehand.
                    reclaimPolicy: "Retain",
                },
                child,
            );
            return storageClass.metadata.name;
        }

        function volumeHandle(): pulumi.Output<string> {
            if (args.accessPoint === undefined) {
                return usable;
            }
            const point = pulumi.output(args.accessPoint).apply((given) => ({
                uid: given?.uid ?? 0,
                gid: given?.gid ?? 0,
                path: given?.path ?? "/nextflow",
            }));
            const { id } = new AccessPoint(
                name,
                {
                    fileSystemId,
                    posixUser: point.apply(({ uid, gid }) => ({ uid, gid })),
                    rootDirectory: point.apply(({ uid, gid, path }) => ({
                        path,
                        creationInfo: { ownerUid: uid, ownerGid: gid, permissions: "0770" },
                    })),
                    region,
                    tags,
                },
                held,
            );
            return pulumi.interpolate`${usable}::${id}`;
        }
    }
}
