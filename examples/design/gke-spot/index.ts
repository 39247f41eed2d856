import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as seqera from "pulumi-seqera-kubernetes";

const config = new pulumi.Config();
// By its name, so that whatever context happens to be current is not touched.
const cluster = new kubernetes.Provider("cluster", {
    context: config.require("context"),
    clusterIdentifier: "production",
});
const podAccount = config.require("podAccount");

const environment = new seqera.KubernetesComputeEnvironment(
    "k8s-gke-spot",
    {
        cluster: {
            platform: "gke-platform",
            name: config.require("clusterName"),
            region: config.require("region"),
        },
        credentialsId: config.require("credentialsId"),
        namespace: "nextflow",
        rbacSubjects: [{ kind: "User", name: config.require("platformAccount") }],
        serviceAccounts: {
            head: { annotations: { "iam.gke.io/gcp-service-account": podAccount } },
            compute: { annotations: { "iam.gke.io/gcp-service-account": podAccount } },
        },
        workDirectory: `gs://${config.require("bucket")}/work`,
        waveEnabled: true,
        fusionEnabled: true,
        computeResources: { cpus: 4, memory: "16 GB" },
        retries: { maxRetries: 3, maxErrors: -1 },
        podOptions: {
            nodeSelector: { "cloud.google.com/gke-spot": "true", workload: "nextflow" },
            tolerations: [{ key: "cloud.google.com/gke-spot", operator: "Equal", value: "true", effect: "NoSchedule" }],
            labels: { "app.kubernetes.io/name": "nextflow", platform: "gke" },
        },
        environmentVariables: { GOOGLE_CLOUD_PROJECT: config.require("project") },
    },
    { provider: cluster },
);

export const computeEnvId = environment.computeEnvId;
export const status = environment.status;
export const launchUrl = environment.launchUrl;
