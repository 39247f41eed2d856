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
    "k8s-integrated",
    {
        cluster: { server: config.require("server") },
        namespace: "nextflow",
        serviceAccounts: {
            compute: {
                name: "nextflow-runner",
                annotations: { "eks.amazonaws.com/role-arn": config.require("taskRoleArn") },
            },
            head: { name: "nextflow-head" },
        },
        storage: {
            claimName: "shared-nfs-pvc",
            size: "100Gi",
            storageClassName: "nfs-client",
            mountPath: "/mnt/shared",
        },
        workDirectory: "/mnt/shared/work",
        registries: [
            {
                server: "https://index.docker.io/v1/",
                username: config.require("dockerUsername"),
                password: config.requireSecret("dockerPassword"),
            },
        ],
        computeResources: { cpus: 4, memory: "16 GB" },
        podOptions: { labels: { "app.kubernetes.io/name": "nextflow", "managed-by": "pulumi" } },
    },
    { provider: cluster },
);

export const computeEnvId = environment.computeEnvId;
export const status = environment.status;
export const launchUrl = environment.launchUrl;
