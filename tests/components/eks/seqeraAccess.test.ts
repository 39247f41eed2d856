import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { SeqeraPrincipal } from "../../../src/eks/enums";
import { SEQERA_CLOUD_PRINCIPAL } from "../../../src/eks/policies";
import type { EksSeqeraAccessArgs } from "../../../src/eks/args";
import { EksSeqeraAccess } from "../../../src/eks/seqeraAccess";
import { CLUSTER } from "../../unit/eks/clusters";
import { HIDDEN, record, valueOf } from "../recorder";
import { itIsRefused, type Refusal } from "../refusedParts";
import { aws, EXTERNAL_ID } from "./aws";

const ARGS: EksSeqeraAccessArgs = { clusterArn: CLUSTER.arn };
const ROLE = "arn:aws:iam::123456789012:role/seqera-access-production";

const run = (args: Partial<EksSeqeraAccessArgs> = {}) =>
    record(() => new EksSeqeraAccess("access", { ...ARGS, ...args }), aws());

describe("EksSeqeraAccess of EKS", () => {
    it("makes a credential, the role that it is for, the role's policy and its access entry", async () => {
        const ran = await run({ clusterArn: pulumi.output(CLUSTER.arn) });
        assert.deepEqual(ran.labels(), [
            "AccessEntry access",
            "Credentials access",
            "EksSeqeraAccess access",
            "Role access",
            "RolePolicy access",
        ]);
        assert.equal(ran.one("EksSeqeraAccess").type, "pulumi-seqera-kubernetes:index:EksSeqeraAccess");
        for (const kind of ["AccessEntry", "Credentials", "Role", "RolePolicy"]) {
            assert.equal(ran.one(kind).parent, "EksSeqeraAccess access");
        }
        assert.deepEqual(ran.one("AccessEntry").inputs, {
            clusterName: "production",
            region: "eu-west-1",
            principalArn: ROLE,
            kubernetesGroups: ["seqera-launcher"],
            type: "STANDARD",
        });
    });

    it("breaks the circle of ARN and external id by a name that is fixed", async () => {
        const ran = await run();
        assert.deepEqual(ran.one("Credentials").inputs.aws, { assumeRoleArn: ROLE });
        assert.equal(ran.one("Role").inputs.name, "seqera-access-production");
        assert.deepEqual(
            ran.one("Credentials").dependencies.filter((label) => label.startsWith("Role")),
            [],
        );
        assert.ok(ran.one("Role").dependencies.includes("Credentials access"));
        const trust = JSON.parse(ran.one("Role").inputs.assumeRolePolicy);
        assert.deepEqual(trust.Statement[0].Principal, { AWS: SEQERA_CLOUD_PRINCIPAL });
        assert.deepEqual(trust.Statement[0].Condition, { StringEquals: { "sts:ExternalId": EXTERNAL_ID } });
        assert.equal(await valueOf(ran.result.externalId), EXTERNAL_ID);
    });

    it("makes a new entry for a new role of the same name", async () => {
        assert.deepEqual((await run()).one("AccessEntry").replaceWith, ["Role access"]);
    });

    it("gives a role of another Platform, names, boundary and tags on", async () => {
        const seqeraPrincipalArn = "arn:aws:iam::999999999999:role/platform";
        const ran = await run({
            seqeraPrincipalArn,
            principalName: "seqera",
            permissionsBoundary: "arn:aws:iam::123456789012:policy/bound",
            kubernetesGroup: "launchers",
            credentialsName: "eks",
            tags: { team: "a" },
            buckets: [{ name: "genomes", prefix: pulumi.output("work") }],
        });
        const { inputs } = ran.one("Role");
        assert.deepEqual(
            [inputs.name, inputs.permissionsBoundary, inputs.tags],
            ["seqera", "arn:aws:iam::123456789012:policy/bound", { team: "a" }],
        );
        assert.equal(JSON.parse(inputs.assumeRolePolicy).Statement[0].Principal.AWS, seqeraPrincipalArn);
        assert.equal(ran.one("Credentials").inputs.name, "eks");
        assert.deepEqual(ran.one("AccessEntry").inputs.kubernetesGroups, ["launchers"]);
        assert.match(ran.one("RolePolicy").inputs.policy, /arn:aws:s3:::genomes\/work\/\*/);
    });

    it("can be a user with a key, which is nowhere in plain text", async () => {
        const ran = await run({ principal: SeqeraPrincipal.User });
        assert.deepEqual(ran.labels(), [
            "AccessEntry access",
            "AccessKey access",
            "Credentials access",
            "EksSeqeraAccess access",
            "User access",
            "UserPolicy access",
        ]);
        assert.deepEqual(ran.one("Credentials").inputs.aws, {
            accessKey: "AKIAEXAMPLE",
            secretKey: "secret-of-the-key",
        });
        assert.equal(ran.one("Credentials").shown.aws, HIDDEN);
        assert.ok(!JSON.stringify(ran.all.map(({ shown, outputs }) => [shown, outputs])).includes("secret-of-the-key"));
        assert.equal(
            ran.one("AccessEntry").inputs.principalArn,
            "arn:aws:iam::123456789012:user/seqera-access-production",
        );
    });

    it("can be a credential that is there already", async () => {
        const ran = await run({
            credentialsId: "mine",
            existingPrincipalArn: "arn:aws:iam::123456789012:role/teams/mine",
        });
        assert.deepEqual(ran.labels(), ["AccessEntry access", "EksSeqeraAccess access"]);
        assert.equal(ran.one("AccessEntry").inputs.principalArn, "arn:aws:iam::123456789012:role/teams/mine");
        assert.equal(await valueOf(ran.result.credentialsId), "mine");
        assert.match(await valueOf(ran.result.policy), /eks:DescribeCluster/);
    });

    it("makes no entry where the cluster knows none, and says what to write instead", async () => {
        const ran = await run({ accessEntry: false });
        assert.deepEqual(ran.of("AccessEntry"), []);
        assert.equal(
            await valueOf(ran.result.awsAuthSnippet),
            `- rolearn: ${ROLE}\n  username: seqera-launcher\n  groups:\n    - seqera-launcher\n`,
        );
    });

    it("lets a compute environment in, which comes after all of it and goes before any of it", async () => {
        const ran = await record(() => {
            const { credentialsId, rbacSubjects } = new EksSeqeraAccess("access", ARGS);
            return new KubernetesComputeEnvironment("prod", {
                cluster: { platform: "eks-platform", name: "production", region: "eu-west-1" },
                credentialsId,
                rbacSubjects,
            });
        }, aws());
        assert.equal(ran.one("ComputeEnv").inputs.credentialsId, "credentials-1");
        assert.deepEqual(ran.one("RoleBinding", "prod-accounts-launcher").inputs.subjects, [
            { kind: "Group", name: "seqera-launcher", apiGroup: "rbac.authorization.k8s.io" },
        ]);
        for (const part of ["Credentials access", "Role access", "RolePolicy access", "AccessEntry access"]) {
            assert.ok(ran.one("ComputeEnv").dependencies.includes(part), part);
        }
    });
});

describe("an EksSeqeraAccess of EKS that cannot work", () => {
    const gov = CLUSTER.arn.replace("arn:aws:", "arn:aws-us-gov:");
    const cases: Refusal[] = [
        [
            "a principal that another resource decides",
            { principal: pulumi.output("user") },
            ["principal: must be known at preview; outputs are not allowed here (write a plain value)"],
        ],
        [
            "ARNs and names that are none",
            {
                clusterArn: "arn:aws:eks:eu-west-1:123456789012:nodegroup/production",
                principal: "key",
                principalName: "seqera access",
                seqeraPrincipalArn: "161471496260",
                kubernetesGroup: "system:masters",
                accessEntry: pulumi.output(true),
                buckets: [
                    { name: "s3://genomes/work" },
                    { name: "genomes", prefix: "*", access: "write", kmsKeyArn: "alias/a" },
                ],
            },
            [
                'clusterArn: "arn:aws:eks:eu-west-1:123456789012:nodegroup/production" is not the ARN of an EKS cluster (write the cluster\'s clusterArn, like "arn:aws:eks:eu-west-1:123456789012:cluster/production")',
                'principal: unsupported value "key" (use one of "role", "user")',
                'principalName: "seqera access" is not a valid IAM name (use 1 to 64 letters, digits and any of +=,.@_-)',
                'seqeraPrincipalArn: "161471496260" is not the ARN of a role, user or account (write it like "arn:aws:iam::123456789012:role/seqera")',
                "accessEntry: must be known at preview; outputs are not allowed here (write a plain value)",
                'kubernetesGroup: "system:masters" begins with a prefix that EKS reserves and rejects (write another name, like "seqera-launcher")',
                'buckets[0].name: "s3://genomes/work" is a URL or ARN, not a bucket name (write only the bucket\'s name; in buckets, write the path as prefix)',
                'buckets[1].prefix: "*" contains *, ? or $, which have a special meaning in policies (write a plain path in the bucket, like "work")',
                'buckets[1].access: unsupported value "write" (use one of "read", "readWrite")',
                'buckets[1].kmsKeyArn: "alias/a" is not the ARN of a key, and policies do not accept an alias (write it like "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab")',
            ],
        ],
        ["no cluster", { clusterArn: undefined }, ["clusterArn: required (write the cluster's clusterArn)"]],
        [
            "a partition where Seqera Cloud has no role",
            { clusterArn: gov },
            [
                'clusterArn: the cluster is in the partition "aws-us-gov", where a role cannot trust Seqera Cloud\'s role (set principal to "user", or set seqeraPrincipalArn to the ARN of your own Platform there)',
            ],
        ],
        [
            "a user that somebody assumes",
            { principal: "user", seqeraPrincipalArn: SEQERA_CLOUD_PRINCIPAL },
            [
                'seqeraPrincipalArn: cannot be used with principal "user": only a role is assumed (remove this argument, or set principal to "role")',
            ],
        ],
        [
            "a credential without its principal, beside what is made",
            { credentialsId: "mine", buckets: [] },
            [
                "existingPrincipalArn: required with credentialsId (write the ARN of the role or user that the credential uses)",
                "buckets: cannot be used with credentialsId: no role, user or policy is created for an existing credential (remove one of the two)",
            ],
        ],
        [
            "a principal without its credential, and a session for one",
            { existingPrincipalArn: "arn:aws:sts::123456789012:assumed-role/a/b" },
            [
                'existingPrincipalArn: "arn:aws:sts::123456789012:assumed-role/a/b" is not the ARN of a role or user, which an access entry requires (write it like "arn:aws:iam::123456789012:role/seqera")',
                "existingPrincipalArn: requires credentialsId: it belongs to an existing credential (set credentialsId too, or remove this argument)",
            ],
        ],
    ];
    itIsRefused('EksSeqeraAccess "access"', (args) => new EksSeqeraAccess("access", { ...ARGS, ...args }), cases);
});
