import { checkAddressRange } from "../compile/clouds/addressRanges";
import { existingNeeds, existingOnly, isExisting, madeOnly, somePods } from "../compile/clouds/cloudRules";
import { chosen, namespaceName, objectName, switches } from "../compile/namespace/partRules";
import { type Check, quote, show } from "../compile/rules/problems";
import {
    at,
    plainValue,
    eachField,
    eachValue,
    isGiven,
    always,
    type Rule,
    whenKnown,
    value,
} from "../compile/rules/rules";
import { checkFilled, checkGiven, oneOf } from "../compile/rules/checks";
import {
    checkCallerArn,
    checkClusterArn,
    checkIamName,
    checkKeyArn,
    checkPrincipalArn,
    checkRoleArn,
    parseClusterArn,
} from "./arns";
import { BucketAccess, IdentityMethod, SeqeraPrincipal } from "./enums";

const EKS = "https://docs.aws.amazon.com/eks/latest/userguide/";
const IAM = "https://docs.aws.amazon.com/IAM/latest/UserGuide/";
const CLUSTER_NAMES = "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html";
const ARNS = `${IAM}reference-arns.html`;
const IAM_NAMES = `${IAM}reference_iam-quotas.html`;
const ACCESS_ENTRIES = `${EKS}access-entries.html`;
const ENDPOINTS = `${EKS}cluster-endpoint.html`;
const POD_IDENTITY = `${EKS}pod-identities.html`;
const IRSA = `${EKS}iam-roles-for-service-accounts.html`;
const FARGATE = `${EKS}fargate.html`;
const BUCKET_NAMES = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html";
const ENCRYPTION = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html";
const SEQERA_EKS = "https://docs.seqera.io/platform-cloud/compute-envs/eks";
const SEQERA_AWS = "https://docs.seqera.io/platform-cloud/credentials/aws_credentials";
const FUSION = "https://docs.seqera.io/fusion/guide/aws-eks";

const checkClusterName: Check<string> = (name) =>
    /^[0-9A-Za-z][\w-]{0,99}$/.test(name)
        ? undefined
        : `${show(name)} is not the name of an EKS cluster; write at most 100 letters, digits, dashes and underscores, beginning with a letter or digit`;

const checkBucketName: Check<string> = (name) => {
    if (/^(s3:\/\/|arn:)/.test(name)) {
        return `${show(name)} is an address or ARN; write the bucket's name alone, and what lies in it as prefix`;
    }
    return /^(?=.{3,63}$)[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(name)
        ? undefined
        : `${show(name)} is not the name of a bucket; write 3 to 63 lower-case letters, digits, dots and dashes, beginning and ending with a letter or digit`;
};

/** In a policy these stand for anything. */
const checkPrefix: Check<string> = (prefix) =>
    /[*?$]/.test(prefix)
        ? `${show(prefix)} has characters that policies read as patterns; write a plain path within the bucket, like "work"`
        : checkGiven(prefix);

const clusterArn = value("clusterArn", "string", checkClusterArn, ARNS, "write the cluster's clusterArn");

const bucketRules: Rule[] = [
    value("buckets", "list", undefined, BUCKET_NAMES),
    eachField("buckets", "name", checkBucketName, BUCKET_NAMES),
    value("buckets.*.prefix", "string", checkPrefix, BUCKET_NAMES),
    value("buckets.*.access", "string", oneOf(BucketAccess), BUCKET_NAMES),
    value("buckets.*.kmsKeyArn", "string", checkKeyArn, ENCRYPTION),
];

export const existingClusterRules: Rule[] = [
    value("clusterName", "string", checkClusterName, CLUSTER_NAMES, `write it like ${quote("production")}`),
    chosen("identity", IdentityMethod, POD_IDENTITY),
    ...switches("accessEntries", "efs", "platformInNetwork"),
    value("workBucket", "string", checkBucketName, BUCKET_NAMES),
    value("platformCidrs", "list", undefined, ENDPOINTS),
    eachValue("platformCidrs", checkAddressRange, ENDPOINTS),
    value("kubeconfigRoleArn", "string", checkRoleArn, ARNS),
    value("kubeconfigProfile", "string", checkGiven, ARNS),
];

const isUser = (args: unknown) => at(args, "principal") === SeqeraPrincipal.User;

function partitionFault(args: unknown): string | undefined {
    const arn = at(args, "clusterArn");
    const partition = typeof arn === "string" ? parseClusterArn(arn)?.partition : undefined;
    return partition === undefined ||
        partition === "aws" ||
        isUser(args) ||
        isExisting(args) ||
        isGiven(args, "seqeraPrincipalArn")
        ? undefined
        : `is in the partition ${quote(partition)}, where no role can trust Seqera Cloud's; set principal to "user", or seqeraPrincipalArn to that of a Platform of your own there`;
}

export const seqeraAccessRules: Rule[] = [
    clusterArn,
    whenKnown("clusterArn", ["seqeraPrincipalArn", "credentialsId"], partitionFault, SEQERA_EKS),
    chosen("principal", SeqeraPrincipal, SEQERA_AWS),
    value("principalName", "string", checkIamName, IAM_NAMES),
    value("seqeraPrincipalArn", "string", checkCallerArn, ARNS),
    always(
        "seqeraPrincipalArn",
        (args) =>
            isGiven(args, "seqeraPrincipalArn") && isUser(args)
                ? 'is given, but nobody assumes a user; leave it out, or set principal to "role"'
                : undefined,
        SEQERA_AWS,
    ),
    value("permissionsBoundary", "string", checkFilled, `${IAM}access_policies_boundaries.html`),
    value("credentialsId", "string", checkGiven, SEQERA_AWS),
    value("existingPrincipalArn", "string", checkPrincipalArn, ARNS),
    existingNeeds("existingPrincipalArn", "ARN of the role or user", ACCESS_ENTRIES),
    existingOnly("existingPrincipalArn", ACCESS_ENTRIES),
    ...["principal", "principalName", "seqeraPrincipalArn", "permissionsBoundary", "buckets", "credentialsName"].map(
        (property) => madeOnly(property, "role, user or policy", SEQERA_AWS),
    ),
    ...switches("accessEntry"),
    value("kubernetesGroup", "string", checkGroup(), ACCESS_ENTRIES),
    ...bucketRules,
];

function checkGroup(): Check<string> {
    return (group) => {
        if (/^(system|eks|aws|amazon|iam):/.test(group)) {
            return `${show(group)} begins with a word that EKS keeps for itself, and refuses; write a name of your own, like "seqera-launcher"`;
        }
        return checkGiven(group);
    };
}

export const workloadIdentityRules: Rule[] = [
    clusterArn,
    chosen("method", IdentityMethod, POD_IDENTITY),
    ...namespaceName.rulesAt("namespace"),
    ...objectName.rulesAt("headServiceAccount"),
    ...objectName.rulesAt("computeServiceAccount"),
    value("roleName", "string", checkIamName, IAM_NAMES),
    value("permissionsBoundary", "string", checkFilled, `${IAM}access_policies_boundaries.html`),
    ...switches("headPods", "taskPods", "installAgent", "createOidcProvider", "fargate"),
    somePods(POD_IDENTITY),
    value("oidcIssuerUrl", "string", checkIssuer, IRSA),
    always(
        "oidcIssuerUrl",
        (args) =>
            isIrsa(args) && !isGiven(args, "oidcIssuerUrl")
                ? 'is missing, but method is "irsa"; write the cluster\'s oidcIssuerUrl'
                : undefined,
        IRSA,
    ),
    onlyFor("installAgent", false, POD_IDENTITY),
    onlyFor("createOidcProvider", true, IRSA),
    whenKnown(
        "fargate",
        ["method"],
        (args) =>
            at(args, "fargate") === true && !isIrsa(args)
                ? 'is true, but Pod Identity needs an agent on the node, which Fargate has not; set method to "irsa"'
                : undefined,
        POD_IDENTITY,
    ),
    whenKnown(
        "fusion",
        ["fargate"],
        (args) =>
            at(args, "fusion") === true && at(args, "fargate") === true
                ? "is true, but Fusion's pods are privileged, which Fargate refuses; leave one of the two out, and keep the work directory on EFS"
                : undefined,
        FARGATE,
    ),
    value("fusion", "boolean", undefined, FUSION),
    plainValue("buckets", "list", BUCKET_NAMES),
    always(
        "buckets",
        (args) => {
            const buckets = at(args, "buckets");
            return buckets === undefined || (Array.isArray(buckets) && buckets.length === 0)
                ? 'name none, so that the identity could do nothing; write the buckets that runs use, like [{ name: "genomes", prefix: "work" }]'
                : undefined;
        },
        BUCKET_NAMES,
    ),
    ...bucketRules.filter(({ property }) => property !== "buckets"),
];

export const workloadIdentityWarnings: Rule[] = [
    whenKnown(
        "fusion",
        ["method"],
        (args) =>
            at(args, "fusion") === true && !isIrsa(args)
                ? 'is true, but Seqera documents Fusion on EKS with IRSA alone; set method to "irsa" to be sure'
                : undefined,
        FUSION,
    ),
];

function isIrsa(args: unknown): boolean {
    return at(args, "method") === IdentityMethod.Irsa;
}

/** A switch that belongs to one of the two ways. */
function onlyFor(property: string, irsa: boolean, source: string): Rule {
    const [own, other] = irsa ? ["irsa", "podIdentity"] : ["podIdentity", "irsa"];
    return whenKnown(
        property,
        ["method"],
        (args) =>
            at(args, property) === true && isIrsa(args) !== irsa
                ? `is true, but method is ${quote(other)}; leave it out, or set method to ${quote(own)}`
                : undefined,
        source,
    );
}

function checkIssuer(issuer: string): string | undefined {
    return /^https:\/\/\S+$/.test(issuer)
        ? undefined
        : `${show(issuer)} is not the address of an issuer; write the cluster's oidcIssuerUrl`;
}
