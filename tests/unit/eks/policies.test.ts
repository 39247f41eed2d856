import assert from "node:assert/strict";
import { BucketAccess } from "../../../src/eks/enums";
import {
    awsAuthSnippet,
    irsaTrust,
    platformPolicy,
    platformTrust,
    podIdentityTrust,
    podPolicy,
    type PolicyDocument,
    SEQERA_CLOUD_PRINCIPAL,
} from "../../../src/eks/policies";
import { CLUSTER, ISSUER } from "./clusters";
import { ACCOUNT, type Call, decide } from "./simulation";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const OTHER_KEY = KEY.replace("1234abcd", "ffffffff");
const ROLE = `arn:aws:iam::${ACCOUNT}:role/pods`;
const object = (path: string) => `arn:aws:s3:::${path}`;

const platform = platformPolicy(CLUSTER, [{ name: "genomes", prefix: "work" }]);
const pods = podPolicy("aws", [
    { name: "genomes", prefix: "/work/", access: BucketAccess.ReadWrite, kmsKeyArn: KEY },
    { name: "references" },
]);

/** What neither the Platform nor a pod may ever do: each would lead to more. */
const ESCALATIONS: [string, string][] = [
    ["iam:PassRole", `arn:aws:iam::${ACCOUNT}:role/admin`],
    ["iam:CreateAccessKey", `arn:aws:iam::${ACCOUNT}:user/admin`],
    ["iam:AttachRolePolicy", `arn:aws:iam::${ACCOUNT}:role/simulated`],
    ["iam:PutRolePolicy", `arn:aws:iam::${ACCOUNT}:role/simulated`],
    ["iam:UpdateAssumeRolePolicy", `arn:aws:iam::${ACCOUNT}:role/simulated`],
    ["sts:AssumeRole", `arn:aws:iam::${ACCOUNT}:role/admin`],
    ["eks:CreateAccessEntry", CLUSTER.arn],
    ["eks:AssociateAccessPolicy", `${CLUSTER.arn.replace(":cluster/", ":access-entry/")}/role/${ACCOUNT}/x/y`],
    ["eks:CreatePodIdentityAssociation", CLUSTER.arn],
    ["eks:UpdateClusterConfig", CLUSTER.arn],
    ["s3:PutBucketPolicy", object("genomes")],
    ["s3:DeleteBucket", object("genomes")],
    ["s3:PutObjectAcl", object("genomes/work/a")],
    ["kms:CreateGrant", KEY],
    ["kms:PutKeyPolicy", KEY],
];

function table(policy: PolicyDocument, allowed: [string, string][], denied: [string, string][]): void {
    const name = ([action, resource]: [string, string]) => `${action} on ${resource}`;
    for (const [action, resource] of allowed) {
        it(`allows ${name([action, resource])}`, async () =>
            assert.equal(await decide({ action, resource }, { identity: policy }), "Allowed"));
    }
    for (const [action, resource] of [...denied, ...ESCALATIONS]) {
        it(`denies ${name([action, resource])}`, async () =>
            assert.match(await decide({ action, resource }, { identity: policy }), /Denied$/));
    }
}

describe("the policy of the Platform", () => {
    table(
        platform,
        [
            ["eks:ListClusters", "*"],
            ["eks:DescribeCluster", CLUSTER.arn],
            ["s3:ListBucket", object("genomes")],
            ["s3:GetObject", object("genomes/work/ab/1234/.command.log")],
        ],
        [
            ["eks:DescribeCluster", CLUSTER.arn.replace("production", "other")],
            ["eks:DescribeCluster", CLUSTER.arn.replace("eu-west-1", "us-east-1")],
            ["eks:DescribeNodegroup", `${CLUSTER.arn.replace(":cluster/", ":nodegroup/")}/a/b`],
            ["eks:AccessKubernetesApi", CLUSTER.arn],
            ["s3:ListBucket", object("others")],
            ["s3:GetObject", object("genomes/results/a")],
            ["s3:GetObject", object("genomes/work")],
            ["s3:GetObject", object("genomes/work-of-others/a")],
            ["s3:GetObject", object("others/work/a")],
            ["s3:PutObject", object("genomes/work/a")],
            ["s3:DeleteObject", object("genomes/work/a")],
            ["s3:ListAllMyBuckets", "*"],
            ["ec2:DescribeInstances", "*"],
        ],
    );

    it("can be for Data Explorer, too, with a key", async () => {
        const explorer = platformPolicy(CLUSTER, [{ name: "genomes", access: BucketAccess.ReadWrite, kmsKeyArn: KEY }]);
        for (const [action, resource, expected] of [
            ["s3:PutObject", object("genomes/a"), /^Allowed$/],
            ["s3:DeleteObject", object("genomes/a"), /^Allowed$/],
            ["kms:GenerateDataKey", KEY, /^Allowed$/],
            ["kms:GenerateDataKey", OTHER_KEY, /Denied$/],
            ["s3:PutObject", object("others/a"), /Denied$/],
        ] as const) {
            assert.match(await decide({ action, resource }, { identity: explorer }), expected, action);
        }
    });
});

describe("the policy of pods", () => {
    table(
        pods,
        [
            ...["s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging"].map(
                (action): [string, string] => [action, object("genomes/work/ab/1234/reads.bam")],
            ),
            ["s3:DeleteObject", object("genomes/work/a")],
            ["s3:AbortMultipartUpload", object("genomes/work/a")],
            ["s3:ListBucket", object("genomes")],
            ["s3:GetBucketLocation", object("genomes")],
            ["s3:ListBucket", object("references")],
            ["s3:GetObject", object("references/hg38.fa")],
            ["kms:Decrypt", KEY],
            ["kms:GenerateDataKey", KEY],
        ],
        [
            ["s3:PutObject", object("references/hg38.fa")],
            ["s3:DeleteObject", object("references/hg38.fa")],
            ["s3:GetObject", object("genomes/results/a")],
            ["s3:PutObject", object("genomes/results/a")],
            ["s3:PutObject", object("genomes/workflows/a")],
            ["s3:GetObject", object("genomes-of-others/work/a")],
            ["s3:ListBucket", object("others")],
            ["s3:ListAllMyBuckets", "*"],
            ["kms:Decrypt", OTHER_KEY],
            ["eks:DescribeCluster", CLUSTER.arn],
            ["eks:ListClusters", "*"],
        ],
    );
});

describe("the trust of the Platform's role", () => {
    const trust = platformTrust(SEQERA_CLOUD_PRINCIPAL, "external-1");
    const seqera = { principal: SEQERA_CLOUD_PRINCIPAL, resource: ROLE };
    // The caller's own account must allow it, too.
    const identity: PolicyDocument = {
        Version: "2012-10-17",
        Statement: [{ Sid: "All", Effect: "Allow", Action: ["sts:*"], Resource: ["*"] }],
    };
    const cases: [what: string, call: Call, expected: RegExp][] = [
        [
            "the external id",
            { ...seqera, action: "sts:AssumeRole", context: { "sts:ExternalId": "external-1" } },
            /^Allowed$/,
        ],
        ["a tag of the session", { ...seqera, action: "sts:TagSession" }, /^Allowed$/],
        ["no external id", { ...seqera, action: "sts:AssumeRole" }, /Denied$/],
        [
            "that of another workspace",
            { ...seqera, action: "sts:AssumeRole", context: { "sts:ExternalId": "external-2" } },
            /Denied$/,
        ],
        [
            "somebody else, with the external id",
            {
                ...seqera,
                principal: "arn:aws:iam::999999999999:role/other",
                action: "sts:AssumeRole",
                context: { "sts:ExternalId": "external-1" },
            },
            /Denied$/,
        ],
        [
            "another role of Seqera's account",
            {
                ...seqera,
                principal: SEQERA_CLOUD_PRINCIPAL.replace("SeqeraPlatform", "Other"),
                action: "sts:AssumeRole",
                context: { "sts:ExternalId": "external-1" },
            },
            /Denied$/,
        ],
    ];
    for (const [what, call, expected] of cases) {
        it(`is for ${what}: ${expected.source}`, async () =>
            assert.match(await decide(call, { identity, trust }), expected));
    }
});

describe("the trust of the pods' role", () => {
    const accounts = { namespace: "nextflow", serviceAccounts: ["nextflow-head", "nextflow-task"] };
    const issuer = ISSUER.replace("https://", "");
    const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}`;

    it("names issuer, audience and service accounts, the issuer without its scheme", () => {
        const [statement] = irsaTrust(CLUSTER, ISSUER, accounts).Statement;
        assert.deepEqual(statement.Principal, { Federated: provider });
        assert.deepEqual(statement.Condition, {
            StringEquals: {
                [`${issuer}:aud`]: "sts.amazonaws.com",
                [`${issuer}:sub`]: [
                    "system:serviceaccount:nextflow:nextflow-head",
                    "system:serviceaccount:nextflow:nextflow-task",
                ],
            },
        });
        assert.deepEqual(statement.Action, ["sts:AssumeRoleWithWebIdentity"]);
    });

    // Of issuers, the simulator knows the context keys of AWS's own one alone; the statement is made in the same way.
    const known = "https://cognito-identity.amazonaws.com";
    const knownHost = known.replace("https://", "");
    const knownProvider = `arn:aws:iam::${ACCOUNT}:oidc-provider/${knownHost}`;
    const token = {
        [`${knownHost}:aud`]: "sts.amazonaws.com",
        [`${knownHost}:sub`]: "system:serviceaccount:nextflow:nextflow-task",
    };
    const tokens: [what: string, changed: Record<string, string>, principal: string, expected: RegExp][] = [
        ["a task pod", {}, knownProvider, /^Allowed$/],
        [
            "a head pod",
            { [`${knownHost}:sub`]: "system:serviceaccount:nextflow:nextflow-head" },
            knownProvider,
            /^Allowed$/,
        ],
        [
            "another service account",
            { [`${knownHost}:sub`]: "system:serviceaccount:nextflow:default" },
            knownProvider,
            /Denied$/,
        ],
        [
            "another namespace",
            { [`${knownHost}:sub`]: "system:serviceaccount:other:nextflow-task" },
            knownProvider,
            /Denied$/,
        ],
        ["another audience", { [`${knownHost}:aud`]: "https://kubernetes.default.svc" }, knownProvider, /Denied$/],
        ["another cluster's issuer", {}, provider, /Denied$/],
    ];
    for (const [what, changed, principal, expected] of tokens) {
        it(`by IRSA is for ${what}: ${expected.source}`, async () => {
            const action = "sts:AssumeRoleWithWebIdentity";
            const call = { action, resource: ROLE, principal, context: { ...token, ...changed } };
            assert.match(await decide(call, { trust: irsaTrust(CLUSTER, known, accounts) }), expected);
        });
    }

    const trust = podIdentityTrust(CLUSTER, accounts);
    const tags = {
        "aws:RequestTag/eks-cluster-arn": CLUSTER.arn,
        "aws:RequestTag/kubernetes-namespace": "nextflow",
        "aws:RequestTag/kubernetes-service-account": "nextflow-head",
    };
    const cases: [what: string, changed: Record<string, string>, expected: RegExp][] = [
        ["a head pod", {}, /^Allowed$/],
        ["a task pod", { "aws:RequestTag/kubernetes-service-account": "nextflow-task" }, /^Allowed$/],
        ["another service account", { "aws:RequestTag/kubernetes-service-account": "default" }, /Denied$/],
        ["another namespace", { "aws:RequestTag/kubernetes-namespace": "default" }, /Denied$/],
        [
            "another cluster",
            { "aws:RequestTag/eks-cluster-arn": CLUSTER.arn.replace("production", "other") },
            /Denied$/,
        ],
    ];
    for (const [what, changed, expected] of cases) {
        it(`by Pod Identity is for ${what}: ${expected.source}`, async () => {
            const call = {
                action: "sts:AssumeRole",
                resource: ROLE,
                principal: "pods.eks.amazonaws.com",
                context: { ...tags, ...changed },
            };
            assert.match(await decide(call, { trust }), expected);
        });
    }
});

describe("policies as a whole", () => {
    const all = [platform, pods];

    it("have one resource alone that is everything: a listing for which AWS knows none narrower", () => {
        const wide = all
            .flatMap(({ Statement }) => Statement)
            .filter(({ Resource }) => Resource?.some((resource) => resource === "*" || !resource.startsWith("arn:")));
        assert.deepEqual(
            wide.map(({ Action }) => Action),
            [["eks:ListClusters"]],
        );
    });

    it("name actions one by one", () => {
        for (const { Action } of all.flatMap(({ Statement }) => Statement)) {
            assert.deepEqual(
                Action.filter((action) => action.includes("*")),
                [],
            );
        }
    });

    it("are in the partition of the cluster", () => {
        const text = JSON.stringify(
            platformPolicy({ ...CLUSTER, partition: "aws-us-gov" }, [{ name: "genomes", prefix: "work" }]),
        );
        assert.match(text, /arn:aws-us-gov:s3:::genomes\/work\/\*/);
    });

    it("are shown for aws-auth without the path that it does not know", () => {
        assert.equal(
            awsAuthSnippet(`arn:aws:iam::${ACCOUNT}:role/teams/seqera`, "seqera-launcher"),
            [
                `- rolearn: arn:aws:iam::${ACCOUNT}:role/seqera`,
                "  username: seqera-launcher",
                "  groups:",
                "    - seqera-launcher",
                "",
            ].join("\n"),
        );
        assert.match(awsAuthSnippet(`arn:aws:iam::${ACCOUNT}:user/seqera`, "g"), /^- userarn: .*:user\/seqera$/m);
    });
});
