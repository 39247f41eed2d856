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
    "k8s-standard",
    {
        cluster: { server: config.require("server") },
        namespace: "nextflow",
        createNamespace: false,
        serviceAccount: "nextflow-runner",
        workDirectory: "/scratch/work",
        computeResources: { cpus: 4, memory: "16 GB" },
        storageClaims: [{ name: "shared-data", mountPath: "/mnt/data", claimName: "shared-nfs-pvc" }],
    },
    { provider: cluster },
);

export const computeEnvId = environment.computeEnvId;
export const status = environment.status;
export const launchUrl = environment.launchUrl;
