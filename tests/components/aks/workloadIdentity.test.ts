import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { ContainerAccess } from "../../../src/aks/enums";
import { STORAGE_ROLES } from "../../../src/aks/roles";
import type { AksWorkloadIdentityArgs } from "../../../src/aks/args";
import { AksWorkloadIdentity } from "../../../src/aks/workloadIdentity";
import { KubernetesComputeEnvironment } from "../../../src/components/kubernetesComputeEnvironment";
import { runHosted } from "../hostedProgram";
import { record, valueOf } from "../recorder";
import { itIsRefused, type Refusal } from "../refusedParts";
import { ACCOUNT_ID, azure, ISSUER } from "./azure";

const ARGS: AksWorkloadIdentityArgs = { resourceGroupName: "research", issuerUrl: ISSUER };
const FULL: Partial<AksWorkloadIdentityArgs> = {
    storageAccountId: ACCOUNT_ID,
    containers: [{ name: "references" }, { name: "results", access: ContainerAccess.ReadWrite }],
    userDelegation: true,
    labelHeadPods: true,
    kubernetesVersion: pulumi.output("1.36.1"),
};

const run = (args: Partial<AksWorkloadIdentityArgs> = {}) =>
    record(() => new AksWorkloadIdentity("pods", { ...ARGS, ...args }), azure());

const role = (id: string) =>
    `/subscriptions/00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/roleDefinitions/${id}`;

describe("AksWorkloadIdentity of AKS", () => {
    it("makes an identity that head and task pods may act as", async () => {
        const ran = await run();
        assert.deepEqual(ran.labels(), [
            "AksWorkloadIdentity pods",
            "FederatedIdentityCredential pods-compute",
            "FederatedIdentityCredential pods-head",
            "UserAssignedIdentity pods",
        ]);
        assert.equal(ran.one("AksWorkloadIdentity").type, "pulumi-seqera-kubernetes:index:AksWorkloadIdentity");
        assert.deepEqual(ran.one("FederatedIdentityCredential", "pods-head").inputs, {
            resourceGroupName: "research",
            resourceName: "pods1a2b",
            federatedIdentityCredentialResourceName: "nextflow-nextflow-head",
            issuer: ISSUER,
            subject: "system:serviceaccount:nextflow:nextflow-head",
            audiences: ["api://AzureADTokenExchange"],
        });
        assert.equal(
            ran.one("FederatedIdentityCredential", "pods-compute").inputs.subject,
            "system:serviceaccount:nextflow:nextflow-task",
        );
    });

    it("makes its credentials one after another, and so removes them one after another", async () => {
        const ran = await run();
        const before = (name: string) =>
            ran
                .one("FederatedIdentityCredential", name)
                .dependencies.filter((label) => label.startsWith("FederatedIdentityCredential"));
        assert.deepEqual(before("pods-head"), []);
        assert.deepEqual(before("pods-compute"), ["FederatedIdentityCredential pods-head"]);
    });

    it("gives it roles on containers and no more, as the service principal that it is", async () => {
        const ran = await run(FULL);
        const assignments = ran.of("RoleAssignment").map(({ name, inputs }) => [name, inputs] as const);
        const principal = { principalId: "principal-id", principalType: "ServicePrincipal" };
        assert.deepEqual(Object.fromEntries(assignments), {
            "pods-container-references": {
                ...principal,
                roleDefinitionId: role(STORAGE_ROLES.reader.id),
                scope: `${ACCOUNT_ID}/blobServices/default/containers/references`,
            },
            "pods-container-results": {
                ...principal,
                roleDefinitionId: role(STORAGE_ROLES.contributor.id),
                scope: `${ACCOUNT_ID}/blobServices/default/containers/results`,
            },
            // The one right that Azure knows on accounts alone.
            "pods-delegation": {
                ...principal,
                roleDefinitionId: role(STORAGE_ROLES.delegator.id),
                scope: ACCOUNT_ID,
            },
        });
    });

    it("takes a role of one's own, and what is known later", async () => {
        const ran = await run({
            storageAccountId: pulumi.output(ACCOUNT_ID),
            containers: [
                { name: "mine", roleDefinitionId: role("custom") },
                { name: "later", access: pulumi.output<ContainerAccess>("readWrite") },
            ],
        });
        assert.equal(ran.one("RoleAssignment", "pods-container-mine").inputs.roleDefinitionId, role("custom"));
        assert.equal(
            ran.one("RoleAssignment", "pods-container-later").inputs.roleDefinitionId,
            role(STORAGE_ROLES.contributor.id),
        );
    });

    it("labels head pods on demand, those of its namespace and service account", async () => {
        const ran = await run({ ...FULL, namespace: "runs", headServiceAccount: "heads" });
        const policy = ran.one("MutatingAdmissionPolicy");
        const binding = ran.one("MutatingAdmissionPolicyBinding");
        assert.equal(policy.inputs.metadata.name, "runs-heads-workload-identity");
        assert.match(policy.inputs.spec.matchConditions[0].expression, /== "heads"$/);
        assert.deepEqual(binding.inputs.spec, {
            policyName: "runs-heads-workload-identity",
            matchResources: { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "runs" } } },
        });
        assert.ok(binding.dependencies.includes("MutatingAdmissionPolicy pods-head-label"));
        assert.deepEqual((await run()).of("MutatingAdmissionPolicy"), []);
    });

    it("fits into a compute environment", async () => {
        const ran = await record(() => {
            const { serviceAccounts, podOptions, nextflowConfig } = new AksWorkloadIdentity("pods", {
                ...ARGS,
                ...FULL,
            });
            const cluster = { server: "https://10.0.0.1:6443" };
            return new KubernetesComputeEnvironment("prod", { cluster, serviceAccounts, podOptions, nextflowConfig });
        }, azure());
        const annotations = (name: string) => ran.one("ServiceAccount", name).inputs.metadata.annotations;
        assert.deepEqual(annotations("prod-accounts-head"), { "azure.workload.identity/client-id": "client-id" });
        assert.deepEqual(annotations("prod-accounts-compute"), { "azure.workload.identity/client-id": "client-id" });
        assert.equal(annotations("prod-accounts-launcher"), undefined);
        const { nextflowConfig } = ran.one("ComputeEnv").inputs.config;
        assert.match(nextflowConfig, /label: 'azure\.workload\.identity\/use', value: 'true'/);
        assert.match(
            nextflowConfig,
            /azure\.storage\.accountName = 'genomes'\nazure\.managedIdentity\.clientId = 'client-id'/,
        );
        // Pods find all of it there when they start, and none of it goes before them.
        for (const part of [
            "UserAssignedIdentity pods",
            "FederatedIdentityCredential pods-compute",
            "RoleAssignment pods-container-results",
            "RoleAssignment pods-delegation",
            "MutatingAdmissionPolicyBinding pods-head-label",
        ]) {
            assert.ok(ran.one("ServiceAccount", "prod-accounts-head").dependencies.includes(part), part);
            assert.ok(ran.one("ComputeEnv").dependencies.includes(part), part);
        }
    });

    it("can be for head or task pods alone", async () => {
        const heads = await run({ taskPods: false });
        assert.deepEqual(
            heads.of("FederatedIdentityCredential").map(({ name }) => name),
            ["pods-head"],
        );
        assert.deepEqual(heads.result.podOptions, {});
        assert.deepEqual(heads.result.serviceAccounts.compute, { name: "nextflow-task" });
        const tasks = await run({ headPods: false });
        assert.deepEqual(
            tasks.of("FederatedIdentityCredential").map(({ name }) => name),
            ["pods-compute"],
        );
        assert.deepEqual(tasks.result.serviceAccounts.head, { name: "nextflow-head" });
        assert.equal(await valueOf(tasks.result.nextflowConfig), "");
    });
});

describe("an AksWorkloadIdentity of AKS that cannot work", () => {
    const cases: Refusal[] = [
        [
            "names that are none",
            {
                resourceGroupName: undefined,
                issuerUrl: "",
                namespace: "Next_Flow",
                headServiceAccount: "head_",
                storageAccountId: "genomes",
                containers: [{ name: "Results" }, { name: "a--b", access: "write" }],
            },
            [
                'resourceGroupName: required (write it like "research")',
                "issuerUrl: is empty because the cluster has no OIDC issuer (set workloadIdentity on the AksExistingCluster to see the command that enables it)",
                'namespace: "Next_Flow" is not an RFC 1123 label (use lower-case letters, digits and dashes; begin and end with a letter or digit, like "next-flow")',
                'headServiceAccount: "head_" is not an RFC 1123 subdomain (use lower-case letters, digits, dashes and dots; begin and end with a letter or digit, like "head")',
                'storageAccountId: "genomes" is not the id of a storage account (write it like "/subscriptions/…/resourceGroups/…/providers/Microsoft.Storage/storageAccounts/…")',
                'containers[0].name: "Results" is not a valid container name (use 3 to 63 lower-case letters, digits and single dashes; begin and end with a letter or digit)',
                'containers[1].name: "a--b" is not a valid container name (use 3 to 63 lower-case letters, digits and single dashes; begin and end with a letter or digit)',
                'containers[1].access: unsupported value "write" (use one of "read", "readWrite")',
            ],
        ],
        [
            "an issuer that is none",
            { issuerUrl: "westeurope.oic.prod-aks.azure.com" },
            [
                'issuerUrl: "westeurope.oic.prod-aks.azure.com" is not an issuer URL (write the cluster\'s oidcIssuerUrl, including the slash at its end)',
            ],
        ],
        [
            "containers without an account",
            { containers: [{ name: "results" }] },
            [
                "storageAccountId: required with containers or userDelegation, which grant access to it (write the id of the storage account)",
            ],
        ],
        [
            "a container twice, and one of another resource",
            {
                storageAccountId: ACCOUNT_ID,
                containers: [{ name: "results" }, { name: "results" }, { name: pulumi.output("other") }],
            },
            [
                "containers[2].name: must be known at preview; outputs are not allowed here (write a plain value)",
                'containers: contains the name "results" twice (remove one of the two)',
            ],
        ],
        [
            "nobody to have it",
            { headPods: false, taskPods: false },
            ["taskPods: cannot be false when headPods is false: no pod would use the identity (remove one of the two)"],
        ],
        [
            "a label for head pods that have no identity",
            { headPods: false, labelHeadPods: true },
            [
                "labelHeadPods: cannot be true when headPods is false: head pods have no identity to use (remove one of the two)",
            ],
        ],
        [
            "a cluster without policies",
            { labelHeadPods: true, kubernetesVersion: "1.35.2" },
            [
                'kubernetesVersion: must be at least 1.36 for labelHeadPods, not "1.35.2": older versions do not have stable mutating admission policies (remove labelHeadPods, and keep the work directory and inputs on the claim or set the label with another admission controller)',
            ],
        ],
        [
            "a version that is none",
            { labelHeadPods: true, kubernetesVersion: "latest" },
            [
                'kubernetesVersion: "latest" is not a Kubernetes version (write the cluster\'s kubernetesVersion, like "1.36.0")',
            ],
        ],
        [
            "a list and a switch of another resource",
            { containers: pulumi.output([]), userDelegation: pulumi.output(true) },
            [
                "userDelegation: must be known at preview; outputs are not allowed here (write a plain value)",
                "storageAccountId: required with containers or userDelegation, which grant access to it (write the id of the storage account)",
                "containers: must be known at preview; outputs are not allowed here (write a plain value)",
            ],
        ],
    ];
    itIsRefused('AksWorkloadIdentity "pods"', (args) => new AksWorkloadIdentity("pods", { ...ARGS, ...args }), cases);

    const later: [what: string, args: string, type: string, line: RegExp][] = [
        [
            "a version",
            'issuerUrl: "https://issuer/", kubernetesVersion: pulumi.output("1.35.2"), labelHeadPods: true',
            "kubernetes:admissionregistration.k8s.io/v1:MutatingAdmissionPolicy",
            /^ {2}kubernetesVersion: must be at least 1\.36 for labelHeadPods, not "1\.35\.2"/,
        ],
        [
            "an issuer",
            'issuerUrl: pulumi.output("")',
            "azure-native:managedidentity:FederatedIdentityCredential",
            /^ {2}issuerUrl: is empty because the cluster has no OIDC issuer/,
        ],
    ];
    for (const [what, args, type, line] of later) {
        it(`is refused later for what is known later: ${what}`, async () => {
            const run = await runHosted(
                `new (part("aks").AksWorkloadIdentity)("pods", { resourceGroupName: "research", ${args} });`,
            );
            assert.equal(run.errors.length, 1, run.errors.join("\n"));
            assert.match(run.errors[0].split("\n")[1], line);
            assert.ok(!run.registered.includes(type), run.registered.join());
            assert.notEqual(run.code, 0);
        });
    }
});
