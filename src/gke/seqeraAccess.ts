import { IAMCustomRole } from "@pulumi/gcp/projects/iamcustomRole";
import { IAMMember } from "@pulumi/gcp/projects/iammember";
import { Account } from "@pulumi/gcp/serviceaccount/account";
import { Key } from "@pulumi/gcp/serviceaccount/key";
import { BucketIAMMember } from "@pulumi/gcp/storage/bucketIAMMember";
import * as pulumi from "@pulumi/pulumi";
import { connectionProblems } from "../components/connection";
import { validArguments } from "../components/validate";
import { Credentials } from "../dynamic/credentials";
import { withSecretToken } from "../dynamic/resource";
import { seqeraAccessRules } from "./argumentRules";
import { BucketAccess, SeqeraRole } from "./enums";
import { accountId, roleId } from "./gcpNames";
import { bucketRole, CUSTOM_ROLE_PERMISSIONS, PREDEFINED_ROLES } from "./roles";
import { SubjectKind } from "../args/enums";
import type { RbacSubjectArgs } from "../args/serviceAccounts";
import type { BucketGrantArgs, GkeSeqeraAccessArgs } from "./args";
import { outputsOf } from "../components/outputs";

/**
 * The Platform's access to a cluster: a Google service account that may find the clusters of the project and nothing else, a key of it,
 * and the credential. Pass `credentialsId` and `rbacSubjects` to a `KubernetesComputeEnvironment`, which binds the launcher's rights to
 * the service account in its namespace; the service account has no rights in any other namespace. The key is a secret in Pulumi's
 * state; where the policy of an organization (`iam.disableServiceAccountKeyCreation`) forbids keys, no credential for GKE can be
 * created. See https://docs.seqera.io/platform-cloud/compute-envs/gke
 */
export class GkeSeqeraAccess extends pulumi.ComponentResource {
    /** Argument `credentialsId` of `KubernetesComputeEnvironment`. Known once all of the access exists. */
    public readonly credentialsId: pulumi.Output<string>;
    /**
     * Argument `rbacSubjects` of `KubernetesComputeEnvironment`: the service account by its e-mail address and by its unique id, by
     * which GKE knows it where a token has no e-mail address.
     */
    public readonly rbacSubjects: pulumi.Output<pulumi.Unwrap<RbacSubjectArgs>[]>;
    /** E-mail address of the service account that the Platform acts as. */
    public readonly serviceAccountEmail: pulumi.Output<string>;

    constructor(name: string, args: GkeSeqeraAccessArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `GkeSeqeraAccess "${name}"`;
        args = validArguments(label, seqeraAccessRules, args, connectionProblems);
        super("pulumi-seqera-kubernetes:index:GkeSeqeraAccess", name, withSecretToken(args), opts);

        const child = { parent: this };
        const project = pulumi.output(args.projectId);

        const { credentialsId, email, uniqueId, parts } = args.credentialsId === undefined ? create() : existing();
        // The environment comes after all of it, and goes before any of it. A URN is known at preview, too.
        this.credentialsId = pulumi.all([credentialsId, ...parts.map(({ urn }) => urn)]).apply(([id]) => id);
        this.rbacSubjects = pulumi
            .all([email, uniqueId])
            .apply((names) =>
                names.filter((each) => each !== undefined).map((each) => ({ kind: SubjectKind.User, name: each })),
            );
        this.serviceAccountEmail = pulumi.output(email);
        this.registerOutputs(outputsOf(this));

        function existing(): Way {
            return {
                credentialsId: args.credentialsId!,
                email: args.existingServiceAccountEmail!,
                uniqueId: args.existingServiceAccountId,
                parts: [],
            };
        }

        /** The key after the grants, so that whoever has the one can do what the others allow. */
        function create(): Way {
            const account = new Account(
                name,
                {
                    accountId: pulumi
                        .output(args.accountId)
                        .apply((given) => given ?? accountId("seqera", name, pulumi.getStack())),
                    project,
                    displayName: "Seqera Platform",
                    description: "Finds GKE clusters of this project; what it may do in them, their own roles say",
                },
                child,
            );
            const grants = [grantProject(account.member), ...(args.buckets ?? []).map(grantBucket(account.member))];
            const key = new Key(
                name,
                {
                    serviceAccountId: account.name,
                    keepers: pulumi
                        .output(args.keyVersion)
                        .apply((version): Record<string, string> | undefined =>
                            version === undefined ? undefined : { version },
                        ),
                },
                { ...child, dependsOn: grants },
            );
            const data = pulumi.secret(key.privateKey).apply((text) => Buffer.from(text, "base64").toString("utf8"));
            const { endpoint, accessToken, workspaceId, allowInsecureEndpoint } = withSecretToken(args);
            const { credentialsId } = new Credentials(
                name,
                {
                    endpoint,
                    accessToken,
                    workspaceId,
                    allowInsecureEndpoint,
                    name: args.credentialsName,
                    google: { data },
                },
                child,
            );
            return {
                credentialsId,
                email: account.email,
                uniqueId: account.uniqueId,
                parts: [account, ...grants],
            };
        }

        function grantProject(member: pulumi.Output<string>): IAMMember {
            return new IAMMember(name, { project, role: projectRole(), member }, child);
        }

        function projectRole(): pulumi.Input<string> {
            if (args.role !== SeqeraRole.Custom) {
                return PREDEFINED_ROLES.clusterViewer.name;
            }
            return new IAMCustomRole(
                name,
                {
                    project,
                    roleId: roleId("seqera", name, pulumi.getStack()),
                    title: "Seqera Platform",
                    description: "Finds GKE clusters",
                    permissions: CUSTOM_ROLE_PERMISSIONS,
                },
                child,
            ).name;
        }

        function grantBucket(member: pulumi.Output<string>) {
            return ({ name: bucket, access }: BucketGrantArgs) =>
                new BucketIAMMember(
                    `${name}-${bucket}`,
                    { bucket, role: bucketRole(access ?? BucketAccess.Read), member },
                    child,
                );
        }
    }
}

/** One way in: the credential, whom it stands for, and what must be there for it to work. */
interface Way {
    credentialsId: pulumi.Input<string>;
    email: pulumi.Input<string>;
    uniqueId: pulumi.Input<string | undefined>;
    parts: pulumi.Resource[];
}
