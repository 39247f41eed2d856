import { AccessEntry } from "@pulumi/aws/eks/accessEntry";
import { AccessKey } from "@pulumi/aws/iam/accessKey";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import { User } from "@pulumi/aws/iam/user";
import { UserPolicy } from "@pulumi/aws/iam/userPolicy";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_SERVICE_ACCOUNTS } from "../compile/namespace/rbac";
import { connectionProblems } from "../components/connection";
import { validArguments } from "../components/validate";
import { Credentials } from "../dynamic/credentials";
import { withSecretToken } from "../dynamic/resource";
import { seqeraAccessRules } from "./argumentRules";
import { iamName, parseClusterArn, principalArn } from "./arns";
import { SeqeraPrincipal } from "./enums";
import { awsAuthSnippet, platformPolicy, platformTrust, SEQERA_CLOUD_PRINCIPAL } from "./policies";
import type { AwsKeysArgs } from "../args/credentials";
import { SubjectKind } from "../args/enums";
import type { RbacSubjectArgs } from "../args/serviceAccounts";
import type { EksSeqeraAccessArgs } from "./args";
import { outputsOf } from "../components/outputs";

/**
 * The Platform's access to a cluster: a role in AWS that it assumes with an external id, allowed to find this cluster and nothing else,
 * an access entry that adds the role to a Kubernetes group, and the credential. Pass `credentialsId` and `rbacSubjects` to a
 * `KubernetesComputeEnvironment`, which binds the launcher's rights to the group in its namespace; the group has no rights in any other
 * namespace. See https://docs.seqera.io/platform-cloud/compute-envs/eks
 */
export class EksSeqeraAccess extends pulumi.ComponentResource {
    /** Argument `credentialsId` of `KubernetesComputeEnvironment`. Known once all of the access exists. */
    public readonly credentialsId: pulumi.Output<string>;
    /** Argument `rbacSubjects` of `KubernetesComputeEnvironment`. */
    public readonly rbacSubjects: pulumi.Output<pulumi.Unwrap<RbacSubjectArgs>[]>;
    /** ARN of the role or user that the Platform acts as. */
    public readonly principalArn: pulumi.Output<string>;
    /** Policy of the role or user, as JSON: what a principal of your own needs, too. */
    public readonly policy: pulumi.Output<string>;
    /** External id that the Platform presents when it assumes the role; empty for others. Not a secret. */
    public readonly externalId: pulumi.Output<string>;
    /** Entry for `mapRoles` or `mapUsers` of the ConfigMap `aws-auth`, for clusters without access entries. */
    public readonly awsAuthSnippet: pulumi.Output<string>;

    constructor(name: string, args: EksSeqeraAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `EksSeqeraAccess "${name}"`;
        args = validArguments(label, seqeraAccessRules, args, connectionProblems);
        super("pulumi-seqera-kubernetes:index:EksSeqeraAccess", name, withSecretToken(args), opts);

        const child = { parent: this };
        const { tags, permissionsBoundary } = args;
        const cluster = pulumi.output(args.clusterArn).apply((arn) => parseClusterArn(arn)!);
        const group = pulumi.output(args.kubernetesGroup).apply((given) => given ?? DEFAULT_SERVICE_ACCOUNTS.launcher);
        const principalName = pulumi
            .all([args.principalName, cluster])
            .apply(([given, each]) => given ?? iamName("seqera", name, each.name));
        const policy = pulumi
            .all([cluster, args.buckets])
            .apply(([each, buckets]) => JSON.stringify(platformPolicy(each, buckets ?? [])));

        const { credentialsId, arn, externalId, parts, principal } = way();
        const entries = args.accessEntry === false ? [] : [createEntry()];
        // The environment comes after all of it, and goes before any of it. A URN is known at preview, too.
        const usable = [...parts, ...entries].map(({ urn }) => urn);

        this.credentialsId = pulumi.all([credentialsId, ...usable]).apply(([id]) => id);
        this.rbacSubjects = group.apply((each) => [{ kind: SubjectKind.Group, name: each }]);
        this.principalArn = pulumi.output(arn);
        this.policy = policy;
        this.externalId = pulumi.output(externalId);
        this.awsAuthSnippet = pulumi.all([arn, group]).apply(([each, inGroup]) => awsAuthSnippet(each, inGroup));
        this.registerOutputs(outputsOf(this));

        function way(): Way {
            if (args.credentialsId !== undefined) {
                return {
                    credentialsId: args.credentialsId,
                    arn: args.existingPrincipalArn!,
                    externalId: "",
                    parts: [],
                };
            }
            return args.principal === SeqeraPrincipal.User ? createUser() : createRole();
        }

        /** The credential first, by the ARN that the role will have; then the role, by the credential's external id. */
        function createRole(): Way {
            const planned = pulumi.all([cluster, principalName]).apply(([each, as]) => principalArn(each, "role", as));
            const credentials = createCredentials({ assumeRoleArn: planned });
            const caller = pulumi.output(args.seqeraPrincipalArn).apply((given) => given ?? SEQERA_CLOUD_PRINCIPAL);
            const role = new Role(
                name,
                {
                    name: principalName,
                    description: "Seqera Platform, to find one EKS cluster",
                    assumeRolePolicy: pulumi
                        .all([caller, credentials.externalId])
                        .apply(([who, id]) => JSON.stringify(platformTrust(who, id))),
                    permissionsBoundary,
                    tags,
                },
                child,
            );
            const allowed = new RolePolicy(name, { name: "seqera", role: role.name, policy }, child);
            const { credentialsId, externalId } = credentials;
            return { credentialsId, externalId, arn: role.arn, parts: [role, allowed], principal: role };
        }

        function createUser(): Way {
            const user = new User(name, { name: principalName, permissionsBoundary, tags }, child);
            const allowed = new UserPolicy(name, { name: "seqera", user: user.name, policy }, child);
            const key = new AccessKey(name, { user: user.name }, { ...child, dependsOn: [allowed] });
            const { credentialsId } = createCredentials({ accessKey: key.id, secretKey: key.secret });
            return { credentialsId, externalId: "", arn: user.arn, parts: [user, allowed], principal: user };
        }

        function createCredentials(aws: AwsKeysArgs): Credentials {
            const { endpoint, accessToken, workspaceId, allowInsecureEndpoint } = withSecretToken(args);
            return new Credentials(
                name,
                { endpoint, accessToken, workspaceId, allowInsecureEndpoint, name: args.credentialsName, aws },
                child,
            );
        }

        /** A role that is made anew under its old name is another one to EKS, so its entry must be made anew, too. */
        function createEntry(): AccessEntry {
            return new AccessEntry(
                name,
                {
                    clusterName: cluster.apply((each) => each.name),
                    region: cluster.apply((each) => each.region),
                    principalArn: arn,
                    kubernetesGroups: [group],
                    type: "STANDARD",
                    tags,
                },
                { ...child, replaceWith: principal === undefined ? [] : [principal], deleteBeforeReplace: true },
            );
        }
    }
}

/** One way in: the credential, whom it stands for, and what must be there for it to work. */
interface Way {
    credentialsId: pulumi.Input<string>;
    arn: pulumi.Input<string>;
    externalId: pulumi.Input<string>;
    parts: pulumi.Resource[];
    principal?: pulumi.Resource;
}
