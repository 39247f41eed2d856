import type { GetManagedClusterResult } from "@pulumi/azure-native/containerservice/getManagedCluster";
import type { FoundCluster, ManagedClusterFacts } from "../../../src/aks/clusterRules";

/** A managed cluster as people usually have it. */
export const GOOD: ManagedClusterFacts = {
    name: "production",
    provisioningState: "Succeeded",
    powerState: { code: "Running" },
    currentKubernetesVersion: "1.35.2",
    enableRBAC: true,
    disableLocalAccounts: false,
    oidcIssuerProfile: { enabled: true },
    securityProfile: { workloadIdentity: { enabled: true } },
    storageProfile: { fileCSIDriver: { enabled: true } },
    agentPoolProfiles: [{ name: "system", osType: "Linux", scaleSetPriority: "Regular" }],
};

export const READY: Partial<FoundCluster> = { cluster: GOOD };

const SUBNETS =
    "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/research/providers/Microsoft.Network/virtualNetworks/research/subnets";

/** The same, with what else Azure answers of it. */
export const clusterAnswer = {
    ...GOOD,
    id: "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/research/providers/Microsoft.ContainerService/managedClusters/production",
    location: "westeurope",
    nodeResourceGroup: "MC_research_production_westeurope",
    oidcIssuerProfile: { enabled: true, issuerURL: "https://westeurope.oic.prod-aks.azure.com/tenant/issuer/" },
    agentPoolProfiles: [
        { ...GOOD.agentPoolProfiles![0], vnetSubnetID: `${SUBNETS}/nodes` },
        { name: "spot", osType: "Linux", scaleSetPriority: "Spot", vnetSubnetID: `${SUBNETS}/nodes` },
        { name: "big", osType: "Linux", scaleSetPriority: "Regular", vnetSubnetID: `${SUBNETS}/big` },
    ],
} satisfies { [K in keyof GetManagedClusterResult]?: unknown };
