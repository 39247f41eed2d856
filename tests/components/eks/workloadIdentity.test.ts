import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { BucketAccess, IdentityMethod } from "../../../src/eks/enums";
import type { EksWorkloadIdentityArgs } from "../../../src/eks/args";
import { EksWorkloadIdentity } from "../../../src/eks/workloadIdentity";
import { CLUSTER, ISSUER } from "../../unit/eks/clusters";
import { runHosted } from "../hostedProgram";
import { record } from "../recorder";
import { itIsRefused, type Refusal } from "../refusedParts";
import { aws } from "./aws";

const ARGS: EksWorkloadIdentityArgs = {
    clusterArn: CLUSTER.arn,
    buckets: [{ name: pulumi.output("genomes"), prefix: "work", access: BucketAccess.ReadWrite }],
};
const IRSA = { method: IdentityMethod.Irsa, oidcIssuerUrl: pulumi.output(ISSUER) };
const ROLE = "arn:aws:iam::123456789012:role/nextflow-pods-production";

const run = (args: Partial<EksWorkloadIdentityArgs> = {}) =>
    record(() => new EksWorkloadIdentity("pods", { ...ARGS, ...args }), aws());

const inEnvironment = (args: Partial<EksWorkloadIdentityArgs>) =>
    record(() => {
        const { serviceAccounts } = new EksWorkloadIdentity("pods", { ...ARGS, ...args });
        const cluster = { platform: "eks-platform" as const, name: "production", region: "eu-west-1" };
        return new KubernetesComputeEnvironment("prod", { cluster, credentialsId: "mine", serviceAccounts });
    }, aws());

describe("EksWorkloadIdentity of EKS", () => {
    it("associates one role with head and task pods by default", async () => {
        const ran = await run();
        assert.deepEqual(ran.labels(), [
            "EksWorkloadIdentity pods",
            "PodIdentityAssociation pods-compute",
            "PodIdentityAssociation pods-head",
            "Role pods",
            "RolePolicy pods",
        ]);
        assert.equal(ran.one("EksWorkloadIdentity").type, "pulumi-seqera-kubernetes:index:EksWorkloadIdentity");
        assert.deepEqual(ran.one("PodIdentityAssociation", "pods-head").inputs, {
            clusterName: "production",
            region: "eu-west-1",
            namespace: "nextflow",
            serviceAccount: "nextflow-head",
            roleArn: ROLE,
        });
        const trust = JSON.parse(ran.one("Role").inputs.assumeRolePolicy);
        assert.deepEqual(trust.Statement[0].Principal, { Service: "pods.eks.amazonaws.com" });
        assert.match(ran.one("RolePolicy").inputs.policy, /arn:aws:s3:::genomes\/work\/\*/);
    });

    it("lets the cluster's issuer vouch for them with IRSA, and names the role on their accounts", async () => {
        const ran = await inEnvironment(IRSA);
        assert.deepEqual(ran.of("PodIdentityAssociation"), []);
        const [statement] = JSON.parse(ran.one("Role", "pods").inputs.assumeRolePolicy).Statement;
        assert.deepEqual(statement.Action, ["sts:AssumeRoleWithWebIdentity"]);
        for (const account of ["prod-accounts-head", "prod-accounts-compute"]) {
            const { inputs, dependencies } = ran.one("ServiceAccount", account);
            assert.deepEqual(inputs.metadata.annotations, {
                "eks.amazonaws.com/role-arn": ROLE,
                "eks.amazonaws.com/sts-regional-endpoints": "true",
            });
            assert.ok(dependencies.includes("RolePolicy pods"));
        }
    });

    it("comes before pods and goes after them with Pod Identity, too", async () => {
        const ran = await inEnvironment({ installAgent: true });
        for (const part of ["Addon pods-agent", "PodIdentityAssociation pods-compute", "RolePolicy pods"]) {
            const { dependencies } = ran.one("ServiceAccount", "prod-accounts-head");
            assert.ok(dependencies.includes(part), `${part} among ${dependencies.join(", ")}`);
        }
        assert.ok(ran.one("ComputeEnv").dependencies.includes("ServiceAccount prod-accounts-head"));
        assert.deepEqual(ran.one("Addon").inputs, {
            clusterName: "production",
            region: "eu-west-1",
            addonName: "eks-pod-identity-agent",
        });
    });

    it("makes the OIDC provider on demand, without a thumbprint that would go out of date", async () => {
        const ran = await run({ ...IRSA, createOidcProvider: true });
        assert.deepEqual(ran.one("OpenIdConnectProvider").inputs, {
            url: ISSUER,
            clientIdLists: ["sts.amazonaws.com"],
        });
    });

    it("can be for head or task pods alone, and for accounts and namespaces of one's own", async () => {
        const heads = await run({ taskPods: false, namespace: "runs", headServiceAccount: "heads" });
        assert.deepEqual(
            heads.of("PodIdentityAssociation").map(({ inputs }) => [inputs.namespace, inputs.serviceAccount]),
            [["runs", "heads"]],
        );
        assert.deepEqual(heads.result.serviceAccounts.compute, { name: "nextflow-task" });
        const tasks = await run({ ...IRSA, headPods: false });
        assert.match(tasks.one("Role").inputs.assumeRolePolicy, /nextflow:nextflow-task"\]/);
    });

    it("associates an account that heads and tasks share once", async () => {
        const ran = await run({ headServiceAccount: "pods", computeServiceAccount: "pods" });
        assert.equal(ran.of("PodIdentityAssociation").length, 1);
    });

    it("cuts the name of its role where IAM takes no longer one, and keeps it one of its own", async () => {
        const names: string[] = [];
        for (const end of ["a", "b"]) {
            const arn = CLUSTER.arn.replace("production", `${"p".repeat(80)}${end}`);
            names.push((await run({ clusterArn: arn })).one("Role").inputs.name);
        }
        assert.deepEqual(
            names.map(({ length }) => length),
            [64, 64],
        );
        assert.notEqual(names[0], names[1]);
    });

    it("warns of Fusion with Pod Identity, and goes on", async () => {
        const { errors, warnings } = await runHosted(`
            const args = { clusterArn: "${CLUSTER.arn}", buckets: [{ name: "genomes" }], fusion: true };
            new (part("eks").EksWorkloadIdentity)("irsa", { ...args, method: "irsa", oidcIssuerUrl: "${ISSUER}" });
            new (part("eks").EksWorkloadIdentity)("pods", args);`);
        assert.deepEqual(errors, []);
        assert.deepEqual(warnings, [
            'EksWorkloadIdentity "pods": fusion: Seqera documents Fusion on EKS only with IRSA (set method to "irsa" to be sure)',
        ]);
    });
});

describe("an EksWorkloadIdentity of EKS that cannot work", () => {
    const cases: Refusal[] = [
        [
            "Pod Identity on Fargate",
            { fargate: true },
            [
                'fargate: cannot be true with Pod Identity: it needs an agent on the node, which Fargate does not run (set method to "irsa")',
            ],
        ],
        [
            "Fusion on Fargate",
            { ...IRSA, fargate: true, fusion: true },
            [
                "fusion: cannot be used with fargate: Fusion's pods are privileged, which Fargate rejects (remove one of the two; without Fusion, keep the work directory on EFS)",
            ],
        ],
        [
            "IRSA without the issuer",
            { method: "irsa" },
            ['oidcIssuerUrl: required when method is "irsa" (write the cluster\'s oidcIssuerUrl)'],
        ],
        [
            "an issuer without its scheme",
            { method: "irsa", oidcIssuerUrl: "oidc.eks.eu-west-1.amazonaws.com/id/A" },
            [
                'oidcIssuerUrl: "oidc.eks.eu-west-1.amazonaws.com/id/A" is not an issuer URL (write the cluster\'s oidcIssuerUrl)',
            ],
        ],
        [
            "switches of the other way",
            { createOidcProvider: true },
            [
                'createOidcProvider: cannot be true when method is "podIdentity" (remove this argument, or set method to "irsa")',
            ],
        ],
        [
            "an agent for IRSA",
            { ...IRSA, installAgent: true },
            [
                'installAgent: cannot be true when method is "irsa" (remove this argument, or set method to "podIdentity")',
            ],
        ],
        [
            "nobody to have it",
            { headPods: false, taskPods: false },
            ["taskPods: cannot be false when headPods is false: no pod would use the identity (remove one of the two)"],
        ],
        [
            "a method that another resource decides",
            { method: pulumi.output(IdentityMethod.Irsa), createOidcProvider: true, fargate: true },
            ["method: must be known at preview; outputs are not allowed here (write a plain value)"],
        ],
        [
            "no buckets, and names that are none",
            { buckets: [], namespace: "Next_Flow", method: "oidc" },
            [
                'method: unsupported value "oidc" (use one of "podIdentity", "irsa")',
                'namespace: "Next_Flow" is not an RFC 1123 label (use lower-case letters, digits and dashes; begin and end with a letter or digit, like "next-flow")',
                'buckets: must not be empty: the identity would have no permissions (write the buckets that runs use, like [{ name: "genomes", prefix: "work" }])',
            ],
        ],
    ];
    itIsRefused('EksWorkloadIdentity "pods"', (args) => new EksWorkloadIdentity("pods", { ...ARGS, ...args }), cases);
});
