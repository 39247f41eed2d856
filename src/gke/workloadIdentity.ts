import { getProject } from "@pulumi/gcp/organizations/getProject";
import { Account } from "@pulumi/gcp/serviceaccount/account";
import { IAMMember } from "@pulumi/gcp/serviceaccount/iammember";
import { BucketIAMMember } from "@pulumi/gcp/storage/bucketIAMMember";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_NAMESPACE } from "../components/nextflowNamespace";
import { DEFAULT_SERVICE_ACCOUNTS } from "../compile/namespace/rbac";
import { validArguments } from "../components/validate";
import { BucketAccess, IdentityMethod } from "./enums";
import { workloadIdentityRules } from "./identityRules";
import { accountId } from "./gcpNames";
import { ACT_AS_ROLE, BUCKET_READER_ROLE, poolMember, principal, SERVICE_ACCOUNT_ANNOTATION } from "./podIdentity";
import { bucketRole } from "./roles";
import type { ServiceAccountsByRole } from "../args/serviceAccounts";
import type { GkeWorkloadIdentityArgs } from "./args";
import { outputsOf } from "../components/outputs";

/**
 * An identity in Google Cloud for head and task pods, without any key: roles on named buckets, each on the bucket only, for a Google
 * service account that these pods may act as, or for the pods' own service accounts. Pass `serviceAccounts` to a
 * `KubernetesComputeEnvironment`. Pods need nodes with GKE's metadata server, which Autopilot always has. A grant takes up to some
 * minutes to have an effect. See https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity
 */
export class GkeWorkloadIdentity extends pulumi.ComponentResource {
    /** E-mail address of the Google service account; empty with the method `direct`. */
    public readonly serviceAccountEmail: pulumi.Output<string>;
    /** Members that the roles are granted to, in the form of Google Cloud's policies: for further roles. */
    public readonly members: pulumi.Output<string[]>;
    /** Argument `serviceAccounts` of `KubernetesComputeEnvironment`. */
    public readonly serviceAccounts: ServiceAccountsByRole;

    constructor(name: string, args: GkeWorkloadIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `GkeWorkloadIdentity "${name}"`;
        args = validArguments(label, workloadIdentityRules, args);
        super("pulumi-seqera-kubernetes:index:GkeWorkloadIdentity", name, args, opts);

        const child = { parent: this };
        const namespace = args.namespace ?? DEFAULT_NAMESPACE;
        const head = args.headServiceAccount ?? DEFAULT_SERVICE_ACCOUNTS.head;
        const compute = args.computeServiceAccount ?? DEFAULT_SERVICE_ACCOUNTS.compute;
        const trusted = [
            ...(args.headPods === false ? [] : [["head", head] as const]),
            ...(args.taskPods === false ? [] : [["compute", compute] as const]),
        ].filter(([, own], index, all) => all.findIndex(([, other]) => other === own) === index);
        const project = pulumi.output(args.projectId);
        const pool = pulumi.output(args.workloadPool);

        const { email, members, parts } = args.method === IdentityMethod.Direct ? nameDirectly() : actAsAccount();
        const grants = members.flatMap(grantBuckets);
        // Pods come after all of it, and go before any of it. A URN is known at preview, too.
        const usable = pulumi.all([email, ...[...parts, ...grants].map(({ urn }) => urn)]).apply(([known]) => known);

        this.serviceAccountEmail = email;
        this.members = pulumi.all(members.map(({ member }) => member));
        const annotations = usable.apply((known): Record<string, string> =>
            known === "" ? {} : { [SERVICE_ACCOUNT_ANNOTATION]: known },
        );
        this.serviceAccounts = {
            head: { name: head, ...(args.headPods === false ? {} : { annotations }) },
            compute: { name: compute, ...(args.taskPods === false ? {} : { annotations }) },
        };
        this.registerOutputs(outputsOf(this));

        function actAsAccount(): Identity {
            const account = new Account(
                name,
                {
                    accountId: pulumi
                        .output(args.accountId)
                        .apply((given) => given ?? accountId("nextflow", name, pulumi.getStack())),
                    project,
                    displayName: "Nextflow",
                    description: `Nextflow's pods in the namespace ${namespace} of a GKE cluster`,
                },
                child,
            );
            const bindings = trusted.map(
                ([pod, own]) =>
                    new IAMMember(
                        `${name}-${pod}`,
                        {
                            serviceAccountId: account.name,
                            role: ACT_AS_ROLE,
                            member: pool.apply((known) => poolMember(known, namespace, own)),
                        },
                        child,
                    ),
            );
            return { email: account.email, members: [{ suffix: "", member: account.member }], parts: bindings };
        }

        /** The number, by which alone a policy knows the project of a pool. */
        function nameDirectly(): Identity {
            const number =
                args.projectNumber === undefined
                    ? project.apply(async (projectId) => (await getProject({ projectId }, child)).number)
                    : args.projectNumber;
            const members = trusted.map(([pod, own]) => ({
                suffix: `-${pod}`,
                member: pulumi
                    .all([number, pool])
                    .apply(([project, known]) => principal(project, known, namespace, own)),
            }));
            return { email: pulumi.output(""), members, parts: [] };
        }

        function grantBuckets({ suffix, member }: Member): pulumi.Resource[] {
            return (args.buckets ?? []).flatMap(({ name: bucket, access }) => {
                const grant = (what: string, role: string) =>
                    new BucketIAMMember(`${name}-${bucket}${what}${suffix}`, { bucket, role, member }, child);
                return [
                    grant("", bucketRole(access ?? BucketAccess.Read)),
                    ...(args.bucketMetadata === true ? [grant("-metadata", BUCKET_READER_ROLE)] : []),
                ];
            });
        }
    }
}

/** Somebody whom roles are given to, and what the names of these grants end in. */
interface Member {
    suffix: string;
    member: pulumi.Output<string>;
}

/** One way to an identity: the account, where there is one, whom to give roles to, and what must be there for it to work. */
interface Identity {
    email: pulumi.Output<string>;
    members: Member[];
    parts: pulumi.Resource[];
}
