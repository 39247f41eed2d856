import { createHash } from "node:crypto";
import { type Check, show } from "../compile/rules/problems";

/** What the ARN of a cluster says of it: all that is needed to name its neighbours in the account. */
export interface ClusterArn {
    arn: string;
    partition: string;
    region: string;
    account: string;
    name: string;
}

const CLUSTER = /^arn:(aws[a-z-]*):eks:([a-z0-9-]+):(\d{12}):cluster\/([0-9A-Za-z][\w-]{0,99})$/;
const PRINCIPAL = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/;
const CALLER = /^arn:aws[a-z-]*:iam::\d{12}:((role|user)\/[\w+=,.@/-]+|root)$/;
const KEY = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

/** IAM takes names of at most this many characters; a cluster's alone can have 100. */
const NAME_MAX = 64;

/** Reads the ARN of a cluster; `undefined` when it is none. */
export function parseClusterArn(arn: string): ClusterArn | undefined {
    const [, partition, region, account, name] = CLUSTER.exec(arn) ?? [];
    return partition === undefined ? undefined : { arn, partition, region, account, name };
}

export const checkClusterArn: Check<string> = (arn) =>
    CLUSTER.test(arn)
        ? undefined
        : `${show(arn)} is not the ARN of an EKS cluster (write the cluster's clusterArn, like "arn:aws:eks:eu-west-1:123456789012:cluster/production")`;

export const checkPrincipalArn: Check<string> = (arn) =>
    PRINCIPAL.test(arn)
        ? undefined
        : `${show(arn)} is not the ARN of a role or user, which an access entry requires (write it like "arn:aws:iam::123456789012:role/seqera")`;

export const checkRoleArn: Check<string> = (arn) =>
    PRINCIPAL.test(arn) && arn.includes(":role/")
        ? undefined
        : `${show(arn)} is not the ARN of a role (write it like "arn:aws:iam::123456789012:role/deployer")`;

export const checkCallerArn: Check<string> = (arn) =>
    CALLER.test(arn)
        ? undefined
        : `${show(arn)} is not the ARN of a role, user or account (write it like "arn:aws:iam::123456789012:role/seqera")`;

export const checkKeyArn: Check<string> = (arn) =>
    KEY.test(arn)
        ? undefined
        : `${show(arn)} is not the ARN of a key, and policies do not accept an alias (write it like "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab")`;

export const checkIamName: Check<string> = (name) =>
    /^[\w+=,.@-]{1,64}$/.test(name)
        ? undefined
        : `${show(name)} is not a valid IAM name (use 1 to 64 letters, digits and any of +=,.@_-)`;

/** A name that fits: the end of one that is too long becomes a digest, so that it stays one of its own. */
export function iamName(...parts: string[]): string {
    const name = parts.join("-").replaceAll(/[^\w+=,.@-]/g, "-");
    const digest = createHash("sha256").update(name).digest("hex").slice(0, 8);
    return name.length <= NAME_MAX ? name : `${name.slice(0, NAME_MAX - digest.length - 1)}-${digest}`;
}

/** The ARN that a role or user of the cluster's account will have: known before it is there. */
export function principalArn({ partition, account }: ClusterArn, kind: "role" | "user", name: string): string {
    return `arn:${partition}:iam::${account}:${kind}/${name}`;
}

/** An issuer as trust policies write it: without its scheme, with which no key of a condition would ever match. */
export function issuerHost(issuerUrl: string): string {
    return issuerUrl.replace(/^https:\/\//, "");
}

/** The ARN of the OIDC provider that speaks for the cluster's service accounts. */
export function oidcProviderArn({ partition, account }: ClusterArn, issuerUrl: string): string {
    return `arn:${partition}:iam::${account}:oidc-provider/${issuerHost(issuerUrl)}`;
}
