import { CLUSTER, type DesignExample, NEEDS_SERVER, NO_BUCKET } from "./example";

export const gpu: DesignExample = {
    args: {
        name: "k8s-gpu",
        cluster: CLUSTER,
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
        environment: [{ name: "CUDA_VISIBLE_DEVICES", value: "0", target: "compute" }],
    },
    changed: [
        NEEDS_SERVER,
        NO_BUCKET,
        "processes: only what is labelled gpu goes to the nodes with GPUs, instead of every task of a pipeline",
        "nextflowConfig: containerOptions has no effect on Kubernetes; the accelerator is what gives a task its GPU",
        "environmentVariables: head pods have no GPU to see",
    ],
};
