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
    "k8s-secure",
    {
        cluster: { server: config.require("server") },
        namespace: "secure-pipelines",
        networkPolicy: {},
        serviceAccount: "nextflow-secure",
        registries: [
            {
                server: config.require("registryServer"),
                username: config.require("registryUsername"),
                password: config.requireSecret("registryPassword"),
            },
        ],
        workDirectory: "/scratch/work",
        podOptions: {
            securityContext: {
                runAsUser: 1000,
                runAsGroup: 1000,
                fsGroup: 1000,
                runAsNonRoot: true,
                seccompProfile: { type: "RuntimeDefault" },
            },
            labels: { "security-level": "high" },
            automountServiceAccountToken: false,
        },
        advanced: { imagePullPolicy: "Always" },
        environmentVariables: { SECURITY_LEVEL: "high" },
    },
    { provider: cluster },
);

export const computeEnvId = environment.computeEnvId;
export const status = environment.status;
export const launchUrl = environment.launchUrl;
