import { clusterAnswer } from "../../unit/aks/clusters";
import { ENTRA } from "../../unit/aks/kubeconfigs";
import type { RecordOptions } from "../recorder";

const GROUP = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/research/providers";

/** Ids as Azure has them. */
export const ACCOUNT_ID = `${GROUP}/Microsoft.Storage/storageAccounts/genomes`;
export const SUBNET_ID = `${GROUP}/Microsoft.Network/virtualNetworks/research/subnets/nodes`;
export const ISSUER = "https://westeurope.oic.prod-aks.azure.com/tenant/issuer/";

/** What Azure answers about the cluster, and what it adds to what is made. */
export function azure(cluster: object = {}, kubeconfig: string = ENTRA): RecordOptions {
    return {
        calls: (token) =>
            token.endsWith(":getManagedCluster")
                ? { ...clusterAnswer, ...cluster }
                : { kubeconfigs: [{ name: "clusterUser", value: Buffer.from(kubeconfig).toString("base64") }] },
        adds,
    };
}

function adds(type: string, name: string, inputs: Record<string, any>): Record<string, unknown> {
    switch (type.slice(type.lastIndexOf(":") + 1)) {
        case "ResourceGroup":
            return { name: `${name}1a2b`, location: "westeurope" };
        case "VirtualNetwork":
        case "ManagedCluster":
            return { name: `${name}1a2b` };
        case "Subnet":
            return { id: SUBNET_ID, name };
        case "UserAssignedIdentity":
            return { name: inputs.resourceName ?? `${name}1a2b`, clientId: "client-id", principalId: "principal-id" };
        case "StorageAccount":
            return { name: inputs.accountName ?? `${name}1a2b3c4d` };
        case "FileShare":
            return { name: inputs.shareName };
        case "Account":
            return { name: inputs.accountName ?? `${name}1a2b` };
        case "CapacityPool":
            return { name: `${inputs.accountName}/${inputs.poolName ?? `${name}3c4d`}` };
        case "CapacityPoolVolume":
            return { mountTargets: [{ ipAddress: "10.1.0.4" }] };
        default:
            return {};
    }
}
