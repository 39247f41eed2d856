import { CLUSTER, type DesignExample, NEEDS_SERVER, RESERVED_APP } from "./example";

export const aks: DesignExample = {
    args: {
        name: "k8s-aks",
        cluster: CLUSTER,
        namespace: "nextflow",
        storage: { storageClassName: "azurefile-premium-nfs" },
        workDirectory: "/scratch/work",
        computeResources: { cpus: 4, memory: "16 GB" },
        storageClaims: [{ name: "azure-files", mountPath: "/mnt/azurefiles", claimName: "azure-files-pvc" }],
        podOptions: {
            nodeSelector: { agentpool: "nextflow" },
            labels: { "app.kubernetes.io/name": "nextflow", platform: "aks" },
        },
        environmentVariables: { AZURE_STORAGE_ACCOUNT: "mystorageaccount" },
    },
    changed: [
        NEEDS_SERVER,
        "workDirectory: the Platform knows no az:// work directory on Kubernetes; it lies on the work claim",
        "storage.storageClassName: a class of Azure Files with the NFS protocol, since git's locks fail on SMB",
        RESERVED_APP,
    ],
};
