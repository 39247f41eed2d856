import { checkAddressRange } from "../compile/clouds/addressRanges";
import { existingNeeds, existingOnly, isExisting, madeOnly, somePods, tags } from "../compile/clouds/cloudRules";
import { decision, namespaceName, objectName } from "../compile/namespace/partRules";
import { checkFilled, checkGiven } from "../compile/rules/checks";
import { connection } from "../compile/rules/connectionRules";
import { type Check, quote, show } from "../compile/rules/problems";
import { always, at, isGiven, type Rule, whenKnown } from "../compile/rules/rules";
import { argumentRules, boolean, choice, list, object, plain, string } from "../compile/rules/shapes";
import type { BucketGrantArgs, EksExistingClusterArgs, EksSeqeraAccessArgs, EksWorkloadIdentityArgs } from "./args";
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

const WRITE_BUCKETS = 'write the buckets that runs use, like [{ name: "genomes", prefix: "work" }]';

const checkClusterName: Check<string> = (name) =>
    /^[0-9A-Za-z][\w-]{0,99}$/.test(name)
        ? undefined
        : `${show(name)} is not a valid EKS cluster name (use at most 100 letters, digits, dashes and underscores; begin with a letter or digit)`;

const checkBucketName: Check<string> = (name) => {
    if (/^(s3:\/\/|arn:)/.test(name)) {
        return `${show(name)} is a URL or ARN, not a bucket name (write only the bucket's name; in buckets, write the path as prefix)`;
    }
    return /^(?=.{3,63}$)[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(name)
        ? undefined
        : `${show(name)} is not a valid bucket name (use 3 to 63 lower-case letters, digits, dots and dashes; begin and end with a letter or digit)`;
};

/** In a policy these stand for anything. */
const checkPrefix: Check<string> = (prefix) =>
    /[*?$]/.test(prefix)
        ? `${show(prefix)} contains *, ? or $, which have a special meaning in policies (write a plain path in the bucket, like "work")`
        : checkGiven(prefix);

const clusterArn = string(checkClusterArn, { source: ARNS, missing: "write the cluster's clusterArn" });

const bucket = object<BucketGrantArgs>({
    name: string(checkBucketName, { missing: "write a string" }),
    prefix: string(checkPrefix),
    access: choice(BucketAccess),
    kmsKeyArn: string(checkKeyArn, { source: ENCRYPTION }),
});

const permissionsBoundary = string(checkFilled, { source: `${IAM}access_policies_boundaries.html` });

export const existingClusterRules: Rule[] = argumentRules<EksExistingClusterArgs>(
    {
        clusterName: string(checkClusterName, { missing: `write it like ${quote("production")}` }),
        region: string(),
        workloadIdentity: plain.choice(IdentityMethod, { source: POD_IDENTITY }),
        accessEntries: decision,
        efs: decision,
        platformInNetwork: decision,
        workBucket: string(checkBucketName, { source: BUCKET_NAMES }),
        platformCidrs: list(string(checkAddressRange), { source: ENDPOINTS }),
        kubeconfigRoleArn: string(checkRoleArn, { source: ARNS }),
        kubeconfigProfile: string(checkGiven, { source: ARNS }),
    },
    CLUSTER_NAMES,
);

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
        : `the cluster is in the partition ${quote(partition)}, where a role cannot trust Seqera Cloud's role (set principal to "user", or set seqeraPrincipalArn to the ARN of your own Platform there)`;
}

export const seqeraAccessRules: Rule[] = argumentRules<EksSeqeraAccessArgs>(
    {
        ...connection,
        clusterArn,
        principal: plain.choice(SeqeraPrincipal),
        principalName: string(checkIamName, { source: IAM_NAMES }),
        seqeraPrincipalArn: string(checkCallerArn, { source: ARNS }),
        permissionsBoundary,
        credentialsId: string(checkGiven),
        existingPrincipalArn: string(checkPrincipalArn, { source: ARNS }),
        credentialsName: string(),
        accessEntry: decision,
        kubernetesGroup: string(checkGroup, { source: ACCESS_ENTRIES }),
        buckets: list(bucket, { source: BUCKET_NAMES }),
        tags,
    },
    SEQERA_AWS,
    [
        whenKnown("clusterArn", ["seqeraPrincipalArn", "credentialsId"], partitionFault, SEQERA_EKS),
        always(
            "seqeraPrincipalArn",
            (args) =>
                isGiven(args, "seqeraPrincipalArn") && isUser(args)
                    ? 'cannot be used with principal "user": only a role is assumed (remove this argument, or set principal to "role")'
                    : undefined,
            SEQERA_AWS,
        ),
        existingNeeds("existingPrincipalArn", "ARN of the role or user", ACCESS_ENTRIES),
        existingOnly("existingPrincipalArn", ACCESS_ENTRIES),
        ...[
            "principal",
            "principalName",
            "seqeraPrincipalArn",
            "permissionsBoundary",
            "buckets",
            "credentialsName",
        ].map((property) => madeOnly(property, "role, user or policy", SEQERA_AWS)),
    ],
);

function checkGroup(group: string): string | undefined {
    if (/^(system|eks|aws|amazon|iam):/.test(group)) {
        return `${show(group)} begins with a prefix that EKS reserves and rejects (write another name, like "seqera-launcher")`;
    }
    return checkGiven(group);
}

function noBuckets(buckets: unknown[]): string | undefined {
    return buckets.length === 0
        ? `must not be empty: the identity would have no permissions (${WRITE_BUCKETS})`
        : undefined;
}

export const workloadIdentityRules: Rule[] = argumentRules<EksWorkloadIdentityArgs>(
    {
        clusterArn,
        method: plain.choice(IdentityMethod),
        namespace: namespaceName,
        headServiceAccount: objectName,
        computeServiceAccount: objectName,
        roleName: string(checkIamName, { source: IAM_NAMES }),
        permissionsBoundary,
        headPods: decision,
        taskPods: decision,
        installAgent: decision,
        createOidcProvider: decision,
        fargate: decision,
        oidcIssuerUrl: string(checkIssuer, { source: IRSA }),
        fusion: boolean({ source: FUSION }),
        buckets: plain.list(bucket, { source: BUCKET_NAMES, fault: noBuckets, missing: WRITE_BUCKETS }),
        tags,
    },
    POD_IDENTITY,
    [
        somePods(POD_IDENTITY),
        always(
            "oidcIssuerUrl",
            (args) =>
                isIrsa(args) && !isGiven(args, "oidcIssuerUrl")
                    ? 'required when method is "irsa" (write the cluster\'s oidcIssuerUrl)'
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
                    ? 'cannot be true with Pod Identity: it needs an agent on the node, which Fargate does not run (set method to "irsa")'
                    : undefined,
            POD_IDENTITY,
        ),
        whenKnown(
            "fusion",
            ["fargate"],
            (args) =>
                at(args, "fusion") === true && at(args, "fargate") === true
                    ? "cannot be used with fargate: Fusion's pods are privileged, which Fargate rejects (remove one of the two; without Fusion, keep the work directory on EFS)"
                    : undefined,
            FARGATE,
        ),
    ],
);

export const workloadIdentityWarnings: Rule[] = [
    whenKnown(
        "fusion",
        ["method"],
        (args) =>
            at(args, "fusion") === true && !isIrsa(args)
                ? 'Seqera documents Fusion on EKS only with IRSA (set method to "irsa" to be sure)'
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
                ? `cannot be true when method is ${quote(other)} (remove this argument, or set method to ${quote(own)})`
                : undefined,
        source,
    );
}

function checkIssuer(issuer: string): string | undefined {
    return /^https:\/\/\S+$/.test(issuer)
        ? undefined
        : `${show(issuer)} is not an issuer URL (write the cluster's oidcIssuerUrl)`;
}
