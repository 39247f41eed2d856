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
    "k8s-gpu",
    {
        cluster: { server: config.require("server") },
        namespace: "gpu-pipelines",
        workDirectory: "/scratch/work",
        computeResources: { cpus: 8, memory: "32 GB" },
        processes: [
            {
                label: "gpu",
                accelerators: 1,
                nodeSelector: { accelerator: "nvidia-tesla-v100" },
                tolerations: [{ key: "nvidia.com/gpu", operator: "Exists", effect: "NoSchedule" }],
            },
        ],
        podOptions: { labels: { gpu: "true" } },
        env: [{ name: "CUDA_VISIBLE_DEVICES", value: "0", target: "compute" }],
    },
    { provider: cluster },
);

export const computeEnvId = environment.computeEnvId;
export const status = environment.status;
export const launchUrl = environment.launchUrl;
