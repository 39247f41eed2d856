import { tags } from "../compile/clouds/cloudRules";
import { decision } from "../compile/namespace/partRules";
import { wholeFrom } from "../compile/rules/checks";
import { checkDnsSubdomain } from "../compile/rules/names";
import { type Check, quote, show } from "../compile/rules/problems";
import { always, at, isGiven, type Rule } from "../compile/rules/rules";
import { argumentRules, number, plain, string } from "../compile/rules/shapes";
import type { EfsAccessPointArgs, EfsStorageArgs } from "./args";
import { checkClusterArn, checkKeyArn } from "./arns";
import { IdentityMethod } from "./enums";

const EFS = "https://docs.aws.amazon.com/efs/latest/ug/";
const DRIVER = "https://docs.aws.amazon.com/eks/latest/userguide/efs-csi.html";
const PARAMETERS = "https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/parameters.md";
const MOUNT_TARGETS = `${EFS}accessing-fs.html`;
const ACCESS_POINTS = `${EFS}efs-access-points.html`;
const VPC_IDS = "https://docs.aws.amazon.com/vpc/latest/userguide/what-is-amazon-vpc.html";

/** An id of AWS's, such as `subnet-0123456789abcdef0`. */
function idOf(kind: string, what: string): Check<string> {
    return (id) =>
        new RegExp(`^${kind}-[0-9a-z-]+$`).test(id)
            ? undefined
            : `${show(id)} is not the id of ${what} (write it like ${quote(`${kind}-0123456789abcdef0`)})`;
}

const isExisting = (args: unknown) => isGiven(args, "fileSystemId");

/** What is needed for a file system that is made, and has no effect on one that is there already. */
function madeOnly(property: string, remedy: string): Rule {
    return always(
        property,
        (args) => {
            if (isExisting(args)) {
                return isGiven(args, property)
                    ? "cannot be used with fileSystemId, which names an existing file system (remove one of the two)"
                    : undefined;
            }
            return isGiven(args, property) ? undefined : `required (${remedy})`;
        },
        MOUNT_TARGETS,
    );
}

const checkDirectory: Check<string> = (path) =>
    /^\/[^/]+(\/[^/]+){0,3}$/.test(path)
        ? undefined
        : `${show(path)} is not a valid path of an access point (write it like "/nextflow", at most four directories deep)`;

function noSubnets(subnets: unknown[]): string | undefined {
    return subnets.length === 0
        ? "must not be empty: no node could mount the file system (write the ids of the nodes' subnets, one in each zone)"
        : undefined;
}

export const efsStorageRules: Rule[] = argumentRules<EfsStorageArgs>(
    {
        clusterArn: string(checkClusterArn, { missing: "write the cluster's clusterArn" }),
        vpcId: string(idOf("vpc", "a network"), { source: VPC_IDS, missing: "write the cluster's vpcId" }),
        fileSystemId: string(idOf("fs", "a file system"), { source: MOUNT_TARGETS }),
        subnetIds: plain.list(string(idOf("subnet", "a subnet")), { source: MOUNT_TARGETS, fault: noSubnets }),
        nodeSecurityGroupId: string(idOf("sg", "a security group"), { source: MOUNT_TARGETS }),
        kmsKeyArn: string(checkKeyArn, { source: `${EFS}encryption-at-rest.html` }),
        accessPoint: plain.object<EfsAccessPointArgs>(
            { uid: number(wholeFrom(0, 1000)), gid: number(wholeFrom(0, 1000)), path: string(checkDirectory) },
            { source: ACCESS_POINTS },
        ),
        storageClassName: plain.string(checkDnsSubdomain, { source: PARAMETERS }),
        installDriver: decision,
        driverIdentity: plain.choice(IdentityMethod),
        oidcIssuerUrl: string(),
        protect: decision,
        retainOnDelete: decision,
        tags,
    },
    DRIVER,
    [
        madeOnly("subnetIds", "write the ids of the nodes' subnets, one in each zone"),
        madeOnly("nodeSecurityGroupId", "write the cluster's clusterSecurityGroupId"),
        always(
            "storageClassName",
            (args) =>
                isGiven(args, "storageClassName") && isGiven(args, "accessPoint")
                    ? "cannot be used with accessPoint: a storage class creates access points itself (remove one of the two)"
                    : undefined,
            PARAMETERS,
        ),
        always(
            "driverIdentity",
            (args) =>
                isGiven(args, "driverIdentity") &&
                !(at(args, "installDriver") === true && isGiven(args, "storageClassName"))
                    ? "requires installDriver and storageClassName: the driver needs an identity only when it is installed for a storage class (set both, or remove this argument)"
                    : undefined,
            DRIVER,
        ),
        always(
            "oidcIssuerUrl",
            (args) =>
                at(args, "driverIdentity") === IdentityMethod.Irsa && !isGiven(args, "oidcIssuerUrl")
                    ? 'required when driverIdentity is "irsa" (write the cluster\'s oidcIssuerUrl)'
                    : undefined,
            DRIVER,
        ),
    ],
);

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
                : `must all be in the cluster's network ${vpcId}: ${elsewhere.map(([id, network]) => `${id} is in ${network}`).join(", ")} (write subnets of ${vpcId}, where the nodes are)`;
        },
        MOUNT_TARGETS,
    ),
    always(
        "fileSystemId",
        (args) => {
            const { vpcId, reachable, fileSystemId } = args as FoundNetwork;
            return reachable === false
                ? `${quote(fileSystemId ?? "")} has no mount target in the cluster's network ${vpcId}, so no node could mount it (use a file system that has one, or create mount targets there first)`
                : undefined;
        },
        MOUNT_TARGETS,
    ),
];
