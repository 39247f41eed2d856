import { Addon } from "@pulumi/aws/eks/addon";
import { PodIdentityAssociation } from "@pulumi/aws/eks/podIdentityAssociation";
import { OpenIdConnectProvider } from "@pulumi/aws/iam/openIdConnectProvider";
import { Role } from "@pulumi/aws/iam/role";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_NAMESPACE } from "../components/nextflowNamespace";
import { DEFAULT_SERVICE_ACCOUNTS } from "../compile/namespace/rbac";
import { validArguments, warnOf } from "../components/validate";
import { workloadIdentityRules, workloadIdentityWarnings } from "./argumentRules";
import { iamName, parseClusterArn } from "./arns";
import { IdentityMethod } from "./enums";
import { irsaTrust, podIdentityTrust, podPolicy } from "./policies";
import type { ServiceAccountsByRole } from "../args/serviceAccounts";
import type { EksWorkloadIdentityArgs } from "./args";
import { outputsOf } from "../components/outputs";

/**
 * An identity in AWS for head and task pods, without any key: one role with rights on named buckets, which only these pods of this
 * cluster may act as. Pass `serviceAccounts` to a `KubernetesComputeEnvironment`.
 * See https://docs.aws.amazon.com/eks/latest/userguide/service-accounts.html
 */
export class EksWorkloadIdentity extends pulumi.ComponentResource {
    /** ARN of the role. */
    public readonly roleArn: pulumi.Output<string>;
    /** Name of the role, for further policies. */
    public readonly roleName: pulumi.Output<string>;
    /** Policy of the role, as JSON. */
    public readonly policy: pulumi.Output<string>;
    /** Argument `serviceAccounts` of `KubernetesComputeEnvironment`. */
    public readonly serviceAccounts: ServiceAccountsByRole;

    constructor(name: string, args: EksWorkloadIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `EksWorkloadIdentity "${name}"`;
        args = validArguments(label, workloadIdentityRules, args);
        super("pulumi-seqera-kubernetes:index:EksWorkloadIdentity", name, args, opts);

        warnOf(label, workloadIdentityWarnings, args, this);

        const child = { parent: this };
        const { tags } = args;
        const namespace = args.namespace ?? DEFAULT_NAMESPACE;
        const head = args.headServiceAccount ?? DEFAULT_SERVICE_ACCOUNTS.head;
        const compute = args.computeServiceAccount ?? DEFAULT_SERVICE_ACCOUNTS.compute;
        const withIrsa = args.method === IdentityMethod.Irsa;
        const trusted = [
            ...(args.headPods === false ? [] : [["head", head] as const]),
            ...(args.taskPods === false ? [] : [["compute", compute] as const]),
        ];
        const pods = { namespace, serviceAccounts: [...new Set(trusted.map(([, account]) => account))] };
        const cluster = pulumi.output(args.clusterArn).apply((arn) => parseClusterArn(arn)!);
        const inCluster = {
            clusterName: cluster.apply((each) => each.name),
            region: cluster.apply((each) => each.region),
        };

        const issuers = args.createOidcProvider ? [createOidcProvider()] : [];
        const role = createRole();
        const policy = pulumi
            .all([cluster, args.buckets])
            .apply(([{ partition }, buckets]) => JSON.stringify(podPolicy(partition, buckets)));
        const allowed = new RolePolicy(name, { name: "buckets", role: role.name, policy }, child);
        const parts: pulumi.Resource[] = [allowed, ...issuers, ...(withIrsa ? [] : associate())];
        // Pods come after all of it, and go before any of it. A URN is known at preview, too.
        const usable = pulumi.all([role.arn, ...parts.map(({ urn }) => urn)]).apply(([arn]) => arn);

        this.roleArn = role.arn;
        this.roleName = role.name;
        this.policy = policy;
        const account = (own: string, has: boolean) => ({
            name: own,
            ...(has ? { annotations: annotations() } : {}),
        });
        this.serviceAccounts = {
            head: account(head, args.headPods !== false),
            compute: account(compute, args.taskPods !== false),
        };
        this.registerOutputs(outputsOf(this));

        function createRole(): Role {
            const trust = pulumi
                .all([cluster, args.oidcIssuerUrl])
                .apply(([each, issuer]) =>
                    JSON.stringify(withIrsa ? irsaTrust(each, issuer!, pods) : podIdentityTrust(each, pods)),
                );
            return new Role(
                name,
                {
                    name: pulumi
                        .all([args.roleName, cluster])
                        .apply(([given, each]) => given ?? iamName("nextflow", name, each.name)),
                    description: `Nextflow's pods in the namespace ${namespace} of an EKS cluster`,
                    assumeRolePolicy: trust,
                    permissionsBoundary: args.permissionsBoundary,
                    tags,
                },
                child,
            );
        }

        /** IAM knows the authorities of EKS's issuers, so no thumbprint is asked for. */
        function createOidcProvider(): pulumi.Resource {
            const url = args.oidcIssuerUrl!;
            return new OpenIdConnectProvider(name, { url, clientIdLists: ["sts.amazonaws.com"], tags }, child);
        }

        function associate(): pulumi.Resource[] {
            const agents = args.installAgent
                ? [new Addon(`${name}-agent`, { ...inCluster, addonName: "eks-pod-identity-agent", tags }, child)]
                : [];
            const associations = trusted
                .filter(([, own], index) => trusted.findIndex(([, other]) => other === own) === index)
                .map(
                    ([pod, serviceAccount]) =>
                        new PodIdentityAssociation(
                            `${name}-${pod}`,
                            { ...inCluster, namespace, serviceAccount, roleArn: role.arn, tags },
                            child,
                        ),
                );
            return [...agents, ...associations];
        }

        /** Only IRSA reads the role from the service account; Pod Identity's wait for the associations, and say nothing. */
        function annotations(): pulumi.Output<Record<string, string>> {
            return usable.apply((arn): Record<string, string> =>
                withIrsa
                    ? { "eks.amazonaws.com/role-arn": arn, "eks.amazonaws.com/sts-regional-endpoints": "true" }
                    : {},
            );
        }
    }
}
