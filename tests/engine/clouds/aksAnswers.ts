import type { CloudAnswers, PlainFields, ResourceAnswer } from "../../../tools/cloud-provider";

const SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000001";
export const EXISTING_SUBNET = `${SUBSCRIPTION}/resourceGroups/network/providers/Microsoft.Network/virtualNetworks/shared/subnets/nodes`;

/** A resource within a resource group, by the property that its own name is in. */
function inGroup(kind: string, named: string, adds: (inputs: PlainFields) => PlainFields = () => ({})): ResourceAnswer {
    return {
        autoname: named,
        replaceOn: ["resourceGroupName", named],
        made: (inputs) => ({
            id: `${SUBSCRIPTION}/resourceGroups/${text(inputs["resourceGroupName"])}/providers/${kind}/${text(inputs[named])}`,
            outputs: { name: inputs[named]!, ...adds(inputs) },
        }),
    };
}

/** A resource within another one. */
function within(kind: string, parent: string, inner: string, named: string): ResourceAnswer {
    return {
        autoname: named,
        replaceOn: ["resourceGroupName", parent, named],
        made: (inputs) => ({
            id: `${SUBSCRIPTION}/resourceGroups/${text(inputs["resourceGroupName"])}/providers/${kind}/${text(inputs[parent])}/${inner}/${text(inputs[named])}`,
            outputs: { name: inputs[named]! },
        }),
    };
}

function text(value: unknown): string {
    return String(value);
}

/** The cluster as Azure describes it; what a test says of its cluster wins. */
function managedCluster(args: PlainFields, facts: PlainFields): PlainFields {
    return {
        id: `${SUBSCRIPTION}/resourceGroups/${text(args["resourceGroupName"])}/providers/Microsoft.ContainerService/managedClusters/${text(args["resourceName"])}`,
        name: args["resourceName"]!,
        location: "westeurope",
        provisioningState: "Succeeded",
        powerState: { code: "Running" },
        currentKubernetesVersion: "1.35.4",
        enableRBAC: true,
        nodeResourceGroup: "MC_nextflow",
        oidcIssuerProfile: { enabled: true, issuerURL: "https://westeurope.oic.prod-aks.azure.com/tenant/issuer/" },
        securityProfile: { workloadIdentity: { enabled: true } },
        storageProfile: { fileCSIDriver: { enabled: true } },
        agentPoolProfiles: [
            { name: "system", osType: "Linux", scaleSetPriority: "Regular", vnetSubnetID: EXISTING_SUBNET },
            { name: "spot", osType: "Linux", scaleSetPriority: "Spot", vnetSubnetID: EXISTING_SUBNET },
        ],
        ...(facts["cluster"] as PlainFields),
    };
}

export const answers: CloudAnswers = {
    resources: {
        "azure-native:resources:ResourceGroup": {
            autoname: "resourceGroupName",
            replaceOn: ["resourceGroupName"],
            made: ({ resourceGroupName }) => ({
                id: `${SUBSCRIPTION}/resourceGroups/${text(resourceGroupName)}`,
                outputs: { name: resourceGroupName!, location: "westeurope" },
            }),
        },
        "azure-native:network:VirtualNetwork": inGroup("Microsoft.Network/virtualNetworks", "virtualNetworkName"),
        "azure-native:network:Subnet": within(
            "Microsoft.Network/virtualNetworks",
            "virtualNetworkName",
            "subnets",
            "subnetName",
        ),
        "azure-native:managedidentity:UserAssignedIdentity": inGroup(
            "Microsoft.ManagedIdentity/userAssignedIdentities",
            "resourceName",
            ({ resourceName }) => ({ principalId: `principal-${text(resourceName)}`, clientId: "client-id" }),
        ),
        "azure-native:managedidentity:FederatedIdentityCredential": within(
            "Microsoft.ManagedIdentity/userAssignedIdentities",
            "resourceName",
            "federatedIdentityCredentials",
            "federatedIdentityCredentialResourceName",
        ),
        "azure-native:authorization:RoleAssignment": {
            autoname: "roleAssignmentName",
            replaceOn: ["principalId", "roleDefinitionId", "scope"],
            made: ({ scope, roleAssignmentName }) => ({
                id: `${text(scope)}/providers/Microsoft.Authorization/roleAssignments/${text(roleAssignmentName)}`,
            }),
        },
        "azure-native:containerservice:ManagedCluster": inGroup(
            "Microsoft.ContainerService/managedClusters",
            "resourceName",
        ),
        "azure-native:containerservice:AgentPool": within(
            "Microsoft.ContainerService/managedClusters",
            "resourceName",
            "agentPools",
            "agentPoolName",
        ),
        "azure-native:storage:StorageAccount": inGroup("Microsoft.Storage/storageAccounts", "accountName"),
        "azure-native:storage:FileShare": within(
            "Microsoft.Storage/storageAccounts",
            "accountName",
            "fileServices/default/shares",
            "shareName",
        ),
    },
    functions: {
        "azure-native:containerservice:getManagedCluster": (args, { facts }) => managedCluster(args, facts),
        "azure-native:containerservice:listManagedClusterUserCredentials": (_, { facts }) => ({
            kubeconfigs: [{ name: "clusterUser", value: Buffer.from(text(facts["kubeconfig"])).toString("base64") }],
        }),
    },
};
