import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { IdentityMethod } from "../../../src/eks/enums";
import type { EksExistingClusterArgs } from "../../../src/eks/args";
import { EksExistingCluster } from "../../../src/eks/existingCluster";
import { CLUSTER, clusterAnswer, ISSUER } from "../../unit/eks/clusters";
import { runHosted } from "../hostedProgram";
import { HIDDEN, overheard, record } from "../recorder";
import { itIsRefused } from "../refusedParts";
import { aws } from "./aws";

const ARGS: EksExistingClusterArgs = { clusterName: "production" };

const run = (args: Partial<EksExistingClusterArgs> = {}) =>
    record(() => new EksExistingCluster("cluster", { ...ARGS, ...args }), aws());

/** Tokens and arguments of what AWS is asked. */
async function asked(args: Partial<EksExistingClusterArgs>): Promise<[string, object][]> {
    const { asked, options } = overheard(aws());
    await record(() => new EksExistingCluster("cluster", { ...ARGS, ...args }), options);
    return asked;
}

describe("EksExistingCluster of EKS", () => {
    it("asks for a token each time, as whom one says", async () => {
        const { exec } = parse((await run()).one("kubernetes").inputs.kubeconfig).users[0].user;
        assert.deepEqual(exec, {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["--region", "eu-west-1", "eks", "get-token", "--cluster-name", "production", "--output", "json"],
            interactiveMode: "Never",
        });
        const ran = await run({
            kubeconfigRoleArn: "arn:aws:iam::123456789012:role/deployer",
            kubeconfigProfile: "research",
        });
        const [{ user }] = parse(ran.one("kubernetes").inputs.kubeconfig).users;
        assert.deepEqual(user.exec.args.slice(-2), ["--role-arn", "arn:aws:iam::123456789012:role/deployer"]);
        assert.deepEqual(user.exec.env, [{ name: "AWS_PROFILE", value: "research" }]);
    });

    it("says what other components need, and nothing of it is a secret", async () => {
        const ran = await run();
        assert.notEqual(ran.one("kubernetes").shown.kubeconfig, HIDDEN);
        const { kubeconfig, ...outputs } = ran.one("EksExistingCluster").outputs!;
        assert.equal(parse(kubeconfig).clusters[0].cluster.server, clusterAnswer.endpoint);
        assert.deepEqual(outputs, {
            cluster: { platform: "eks-platform", name: "production", region: "eu-west-1" },
            clusterArn: CLUSTER.arn,
            region: "eu-west-1",
            kubernetesVersion: "1.35",
            oidcIssuerUrl: ISSUER,
            vpcId: "vpc-1",
            subnetIds: ["subnet-a", "subnet-b"],
            clusterSecurityGroupId: "sg-cluster",
        });
    });

    it("asks AWS about what is wished for, and nothing else", async () => {
        const name = "production";
        const region = "eu-west-1";
        assert.deepEqual(await asked({}), [["getCluster", { name }]]);
        assert.deepEqual(await asked({ workloadIdentity: IdentityMethod.Irsa, region }), [
            ["getCluster", { name, region }],
            ["getOpenIdConnectProvider", { url: ISSUER }],
        ]);
        assert.deepEqual(
            await asked({
                workloadIdentity: IdentityMethod.PodIdentity,
                efs: true,
                workBucket: pulumi.output("genomes"),
            }),
            [
                ["getCluster", { name }],
                ["getAddon", { clusterName: name, addonName: "eks-pod-identity-agent", region }],
                ["getAddon", { clusterName: name, addonName: "aws-efs-csi-driver", region }],
                ["getBucket", { bucket: "genomes" }],
            ],
        );
    });

    it("gives a compute environment its name, its region and its provider", async () => {
        const ran = await record(() => {
            const { cluster, provider } = new EksExistingCluster("cluster", ARGS);
            return new KubernetesComputeEnvironment("prod", { cluster, credentialsId: "mine" }, { provider });
        }, aws());
        const { platform, config } = ran.one("ComputeEnv").inputs;
        assert.equal(platform, "eks-platform");
        assert.deepEqual([config.clusterName, config.region], ["production", "eu-west-1"]);
        assert.equal(ran.one("Namespace").provider, "cluster");
    });
});

describe("an EksExistingCluster of EKS that cannot work", () => {
    itIsRefused('EksExistingCluster "cluster"', (args) => new EksExistingCluster("cluster", args), [
        [
            "values that are none",
            {
                clusterName: "prod/uction",
                workloadIdentity: "oidc",
                efs: pulumi.output(true),
                workBucket: "s3://genomes",
                platformCidrs: ["18.169.21.18", "seqera.io"],
                kubeconfigRoleArn: "deployer",
            },
            [
                'clusterName: "prod/uction" is not a valid EKS cluster name (use at most 100 letters, digits, dashes and underscores; begin with a letter or digit)',
                'workloadIdentity: unsupported value "oidc" (use one of "podIdentity", "irsa")',
                "efs: must be known at preview; outputs are not allowed here (write a plain value)",
                'workBucket: "s3://genomes" is a URL or ARN, not a bucket name (write only the bucket\'s name; in buckets, write the path as prefix)',
                'platformCidrs[1]: "seqera.io" is not a CIDR range (write it like "18.169.21.18/32")',
                'kubeconfigRoleArn: "deployer" is not the ARN of a role (write it like "arn:aws:iam::123456789012:role/deployer")',
            ],
        ],
    ]);

    const program = (args = "") =>
        `new (part("eks").EksExistingCluster)("cluster", { clusterName: "production", ${args} });`;

    for (const [what, args, message, expected] of [
        [
            "an add-on that is not there",
            'workloadIdentity: "podIdentity"',
            "couldn't find resource: ResourceNotFoundException: No addon: eks-pod-identity-agent found in cluster",
            /addons\.eks-pod-identity-agent: must be installed/,
        ],
        [
            "a provider that is not there",
            'workloadIdentity: "irsa"',
            "finding IAM OIDC Provider by url: not found",
            /must have an OIDC provider in IAM/,
        ],
        [
            "a right that is missing, which is told as it is",
            'workloadIdentity: "podIdentity"',
            "AccessDeniedException: not authorized to perform eks:DescribeAddon",
            /AccessDeniedException/,
        ],
    ] as const) {
        it(`hears of ${what}`, async () => {
            const run = await runHosted(program(args), {
                getCluster: clusterAnswer,
                getAddon: new Error(message),
                getOpenIdConnectProvider: new Error(message),
            });
            assert.equal(run.errors.length, 1, run.errors.join("\n"));
            assert.match(run.errors[0], expected);
        });
    }
});
