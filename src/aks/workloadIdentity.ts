import { RoleAssignment } from "@pulumi/azure-native/authorization/roleAssignment";
import { FederatedIdentityCredential } from "@pulumi/azure-native/managedidentity/federatedIdentityCredential";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { PrincipalType } from "@pulumi/azure-native/types/enums/authorization";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_NAMESPACE } from "../components/nextflowNamespace";
import { DEFAULT_SERVICE_ACCOUNTS } from "../compile/namespace/rbac";
import type { PodOptionsArgs } from "../args/tasks";
import { validArguments } from "../components/validate";
import { workloadIdentityRules } from "./argumentRules";
import { ContainerAccess } from "./enums";
import {
    AUDIENCE,
    CLIENT_ID_ANNOTATION,
    federationName,
    headLabelBinding,
    headLabelPolicy,
    nextflowConfig,
    subject,
    USE_LABEL,
} from "./podIdentity";
import { containerRole, containerScope, roleDefinitionId, STORAGE_ROLES, storageAccount } from "./roles";
import type { ServiceAccountsByRole } from "../args/serviceAccounts";
import type { ContainerGrantArgs, AksWorkloadIdentityArgs } from "./args";
import { outputsOf } from "../components/outputs";

/**
 * An identity in Azure for head and task pods, without any key: a user-assigned identity that trusts the tokens of their service
 * accounts, and roles on blob containers. Pass `serviceAccounts`, `podOptions` and `nextflowConfig` to a
 * `KubernetesComputeEnvironment`. The identity that runs the program must be allowed to assign roles on the storage account.
 * See https://learn.microsoft.com/azure/aks/workload-identity-overview
 */
export class AksWorkloadIdentity extends pulumi.ComponentResource {
    /** Client id of the identity, by which pods request it. */
    public readonly clientId: pulumi.Output<string>;
    /** Object id of the identity, for further role assignments, which should have the principal type `ServicePrincipal`. */
    public readonly principalId: pulumi.Output<string>;
    /** Id of the identity in Azure. */
    public readonly identityId: pulumi.Output<string>;
    /** Argument `serviceAccounts` of `KubernetesComputeEnvironment`. */
    public readonly serviceAccounts: ServiceAccountsByRole;
    /** Argument `podOptions` of `KubernetesComputeEnvironment`, or a part of it: the label of task pods. */
    public readonly podOptions: PodOptionsArgs;
    /** Argument `nextflowConfig` of `KubernetesComputeEnvironment`, or the beginning of it; empty without a storage account. */
    public readonly nextflowConfig: pulumi.Output<string>;

    constructor(name: string, args: AksWorkloadIdentityArgs, opts?: pulumi.ComponentResourceOptions) {
        const label = `AksWorkloadIdentity "${name}"`;
        args = validArguments(label, workloadIdentityRules, args);
        super("pulumi-seqera-kubernetes:index:AksWorkloadIdentity", name, args, opts);

        const child = { parent: this };
        const namespace = args.namespace ?? DEFAULT_NAMESPACE;
        const head = args.headServiceAccount ?? DEFAULT_SERVICE_ACCOUNTS.head;
        const compute = args.computeServiceAccount ?? DEFAULT_SERVICE_ACCOUNTS.compute;
        const issuer = pulumi.output(args.issuerUrl);
        const accountId = pulumi.output(args.storageAccountId);
        // The rules have seen it to be there where something is to be allowed in it.
        const inAccount = (named: (id: string) => string) => accountId.apply((id) => named(id!));

        const identity = new UserAssignedIdentity(
            name,
            {
                resourceGroupName: args.resourceGroupName,
                location: args.location,
                resourceName: args.identityName,
                tags: args.tags,
            },
            child,
        );
        const parts: pulumi.Resource[] = [
            ...trust(),
            ...(args.containers ?? []).map(grantContainer),
            ...(args.userDelegation ? [grantDelegation()] : []),
            ...(args.labelHeadPods ? labelHeads() : []),
        ];
        // Pods come after all of it, and go before any of it. A URN is known at preview, too.
        const usable = pulumi.all([identity.clientId, ...parts.map(({ urn }) => urn)]).apply(([clientId]) => clientId);

        this.clientId = identity.clientId;
        this.principalId = identity.principalId;
        this.identityId = identity.id;
        const annotations = { [CLIENT_ID_ANNOTATION]: usable };
        this.serviceAccounts = {
            head: { name: head, ...(args.headPods === false ? {} : { annotations }) },
            compute: { name: compute, ...(args.taskPods === false ? {} : { annotations }) },
        };
        this.podOptions = args.taskPods === false ? {} : { labels: { [USE_LABEL]: "true" } };
        this.nextflowConfig = pulumi
            .all([accountId, usable])
            .apply(([id, clientId]) => (id === undefined ? "" : nextflowConfig(storageAccount(id)!.name, clientId)));
        this.registerOutputs(outputsOf(this));

        /** One after another, on the way back too: Azure refuses two writes at a time to the credentials of one identity. */
        function trust(): pulumi.Resource[] {
            const trusted = [
                ...(args.headPods === false ? [] : [["head", head] as const]),
                ...(args.taskPods === false ? [] : [["compute", compute] as const]),
            ];
            return trusted.reduce<pulumi.Resource[]>(
                (before, [role, account]) => [
                    ...before,
                    new FederatedIdentityCredential(
                        `${name}-${role}`,
                        {
                            resourceGroupName: args.resourceGroupName,
                            // Of the identity; its own name is the long one.
                            resourceName: identity.name,
                            federatedIdentityCredentialResourceName: federationName(namespace, account),
                            issuer,
                            subject: subject(namespace, account),
                            audiences: [AUDIENCE],
                        },
                        { ...child, dependsOn: before },
                    ),
                ],
                [],
            );
        }

        function grantContainer({
            name: container,
            access,
            roleDefinitionId: own,
        }: ContainerGrantArgs): pulumi.Resource {
            const role = pulumi
                .output(access)
                .apply((given) =>
                    inAccount((id) => roleDefinitionId(id, containerRole(given ?? ContainerAccess.Read))),
                );
            const scope = inAccount((id) => containerScope(id, container));
            return assign(`container-${container}`, own ?? role, scope);
        }

        function grantDelegation(): pulumi.Resource {
            const role = inAccount((id) => roleDefinitionId(id, STORAGE_ROLES.delegator));
            return assign(
                "delegation",
                role,
                inAccount((id) => id),
            );
        }

        function assign(what: string, role: pulumi.Input<string>, scope: pulumi.Input<string>): pulumi.Resource {
            return new RoleAssignment(
                `${name}-${what}`,
                {
                    principalId: identity.principalId,
                    // Without it Azure looks the identity up in a directory that may not know it yet, and refuses.
                    principalType: PrincipalType.ServicePrincipal,
                    roleDefinitionId: role,
                    scope,
                },
                child,
            );
        }

        function labelHeads(): pulumi.Resource[] {
            const policyName = `${namespace}-${head}-workload-identity`;
            const policy = new kubernetes.admissionregistration.v1.MutatingAdmissionPolicy(
                `${name}-head-label`,
                { metadata: { name: policyName }, spec: headLabelPolicy(head) },
                child,
            );
            const binding = new kubernetes.admissionregistration.v1.MutatingAdmissionPolicyBinding(
                `${name}-head-label`,
                {
                    metadata: { name: policyName },
                    spec: policy.metadata.name.apply((made) => headLabelBinding(made, namespace)),
                },
                child,
            );
            return [policy, binding];
        }
    }
}
