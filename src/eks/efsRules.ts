import { chosen, switches } from "../compile/namespace/partRules";
import { type Check, quote, show } from "../compile/rules/problems";
import { at, plainValue, eachValue, isGiven, always, type Rule, value } from "../compile/rules/rules";
import { checkDnsSubdomain } from "../compile/rules/names";
import { wholeFrom } from "../compile/rules/checks";
import { checkClusterArn, checkKeyArn } from "./arns";
import { IdentityMethod } from "./enums";

const EFS = "https://docs.aws.amazon.com/efs/latest/ug/";
const DRIVER = "https://docs.aws.amazon.com/eks/latest/userguide/efs-csi.html";
const PARAMETERS = "https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/parameters.md";
const MOUNT_TARGETS = `${EFS}accessing-fs.html`;
const ACCESS_POINTS = `${EFS}efs-access-points.html`;
const VPC_IDS = "https://docs.aws.amazon.com/vpc/latest/userguide/what-is-amazon-vpc.html";
const PULUMI_COMPONENTS = "https://www.pulumi.com/docs/iac/concepts/components/";

/** An id of AWS's, such as `subnet-0123456789abcdef0`. */
function idOf(kind: string, what: string): Check<string> {
    return (id) =>
        new RegExp(`^${kind}-[0-9a-z-]+$`).test(id)
            ? undefined
            : `${show(id)} is not the id of ${what}; write it like ${quote(`${kind}-0123456789abcdef0`)}`;
}

const isExisting = (args: unknown) => isGiven(args, "fileSystemId");

/** What is needed for a file system that is made, and has no effect on one that is there already. */
function madeOnly(property: string, remedy: string): Rule {
    return always(
        property,
        (args) => {
            if (isExisting(args)) {
                return isGiven(args, property)
                    ? "is given, but fileSystemId names a file system that is there already; leave one of the two out"
                    : undefined;
            }
            return isGiven(args, property) ? undefined : `is missing; ${remedy}`;
        },
        MOUNT_TARGETS,
    );
}

export const efsStorageRules: Rule[] = [
    value("clusterArn", "string", checkClusterArn, DRIVER, "write the cluster's clusterArn"),
    value("vpcId", "string", idOf("vpc", "a network"), VPC_IDS, "write the cluster's vpcId"),
    value("fileSystemId", "string", idOf("fs", "a file system"), MOUNT_TARGETS),
    plainValue("subnetIds", "list", PULUMI_COMPONENTS),
    madeOnly("subnetIds", "write the ids of the nodes' subnets, one in each zone"),
    always(
        "subnetIds",
        (args) => {
            const subnets = at(args, "subnetIds");
            return Array.isArray(subnets) && subnets.length === 0
                ? "name none, so no node could mount the file system; write the ids of the nodes' subnets, one in each zone"
                : undefined;
        },
        MOUNT_TARGETS,
    ),
    eachValue("subnetIds", idOf("subnet", "a subnet"), MOUNT_TARGETS),
    value("nodeSecurityGroupId", "string", idOf("sg", "a security group"), MOUNT_TARGETS),
    madeOnly("nodeSecurityGroupId", "write the cluster's clusterSecurityGroupId"),
    value("kmsKeyArn", "string", checkKeyArn, `${EFS}encryption-at-rest.html`),
    plainValue("accessPoint", "object", PULUMI_COMPONENTS),
    value("accessPoint.uid", "number", wholeFrom(0, 1000), ACCESS_POINTS),
    value("accessPoint.gid", "number", wholeFrom(0, 1000), ACCESS_POINTS),
    value(
        "accessPoint.path",
        "string",
        (path: string) =>
            /^\/[^/]+(\/[^/]+){0,3}$/.test(path)
                ? undefined
                : `${show(path)} is not a path that an access point can have; write it like "/nextflow", at most four directories deep`,
        ACCESS_POINTS,
    ),
    value("storageClassName", "string", checkDnsSubdomain, PARAMETERS),
    always(
        "storageClassName",
        (args) =>
            isGiven(args, "storageClassName") && isGiven(args, "accessPoint")
                ? "is given, and so is accessPoint, but a storage class makes access points by itself; leave one of the two out"
                : undefined,
        PARAMETERS,
    ),
    ...switches("installDriver", "protect", "retainOnDelete"),
    chosen("driverIdentity", IdentityMethod, DRIVER),
    always(
        "driverIdentity",
        (args) =>
            isGiven(args, "driverIdentity") &&
            !(at(args, "installDriver") === true && isGiven(args, "storageClassName"))
                ? "is given, but the driver needs an identity only where it is installed for a storage class; set installDriver and storageClassName too, or leave it out"
                : undefined,
        DRIVER,
    ),
    always(
        "oidcIssuerUrl",
        (args) =>
            at(args, "driverIdentity") === IdentityMethod.Irsa && !isGiven(args, "oidcIssuerUrl")
                ? 'is missing, but driverIdentity is "irsa"; write the cluster\'s oidcIssuerUrl'
                : undefined,
        DRIVER,
    ),
];

/** What was looked up: where the file system can be reached, and where the nodes are. */
export interface FoundNetwork {
    vpcId: string;
    /** Networks of the subnets, by their ids. */
    subnets: Record<string, string>;
    /** Whether a file system that is there already has a mount target in the network. */
    reachable?: boolean;
    fileSystemId?: string;
}

/** What makes a network of no use. */
export const networkRules: Rule[] = [
    always(
        "subnetIds",
        (args) => {
            const { vpcId, subnets } = args as FoundNetwork;
            const elsewhere = Object.entries(subnets).filter(([, network]) => network !== vpcId);
            return elsewhere.length === 0
                ? undefined
                : `are not all in the cluster's network ${vpcId}: ${elsewhere.map(([id, network]) => `${id} is in ${network}`).join(", ")}; write subnets of ${vpcId}, where the nodes are`;
        },
        MOUNT_TARGETS,
    ),
    always(
        "fileSystemId",
        (args) => {
            const { vpcId, reachable, fileSystemId } = args as FoundNetwork;
            return reachable === false
                ? `${quote(fileSystemId ?? "")} has no mount target in the cluster's network ${vpcId}, so no node could mount it; write one of a file system that has, or make mount targets there first`
                : undefined;
        },
        MOUNT_TARGETS,
    ),
];
