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
    "k8s-eks-fargate",
    {
        cluster: { server: config.require("server") },
        namespace: "fargate-nextflow",
        // Fargate runs no controller that would make volumes, so the file system is there already.
        storage: { csi: { driver: "efs.csi.aws.com", volumeHandle: config.require("fileSystemId") } },
        workDirectory: "/scratch/work",
        computeResources: { cpus: 2, memory: "8 GB" },
        podOptions: { labels: { "app.kubernetes.io/name": "nextflow", platform: "eks-fargate" } },
        environmentVariables: { AWS_REGION: config.require("region") },
        advanced: { headServiceAccount: "nextflow-fargate", imagePullPolicy: "Always" },
    },
    { provider: cluster },
);

export const computeEnvId = environment.computeEnvId;
export const status = environment.status;
export const launchUrl = environment.launchUrl;
