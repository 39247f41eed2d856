import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as seqera from "pulumi-seqera-kubernetes";

const config = new pulumi.Config();
// By its name, so that whatever context happens to be current is not touched.
const cluster = new kubernetes.Provider("cluster", {
    context: config.require("context"),
    clusterIdentifier: "production",
});

const environment = new seqera.KubernetesComputeEnvironment(
    "k8s-aks",
    {
        cluster: { server: config.require("server") },
        namespace: "nextflow",
        createNamespace: false,
        workDirectory: "/scratch/work",
        computeResources: { cpus: 4, memory: "16 GB" },
        storageClaims: [{ name: "azure-files", mountPath: "/mnt/azurefiles", claimName: "azure-files-pvc" }],
        podOptions: {
            nodeSelector: { agentpool: "nextflow" },
            labels: { "app.kubernetes.io/name": "nextflow", platform: "aks" },
        },
        environmentVariables: { AZURE_STORAGE_ACCOUNT: config.require("storageAccount") },
        advanced: { storageClassName: "azurefile-nfs" },
    },
    { provider: cluster },
);

export const computeEnvId = environment.computeEnvId;
export const status = environment.status;
export const launchUrl = environment.launchUrl;
