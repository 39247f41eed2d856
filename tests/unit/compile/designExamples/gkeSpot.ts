import { type DesignExample, RESERVED_APP } from "./example";

export const gkeSpot: DesignExample = {
    args: {
        name: "k8s-gke-spot",
        cluster: { platform: "gke-platform", name: "genomics", region: "europe-west1" },
        credentialsId: "1a2b3c4d5e6f",
        namespace: "nextflow",
        workDirectory: "gs://my-bucket/work",
        waveEnabled: true,
        fusionEnabled: true,
        computeResources: { cpus: 4, memory: "16 GB" },
        retries: { maxRetries: 3, maxErrors: -1 },
        podOptions: {
            nodeSelector: { "cloud.google.com/gke-spot": "true", workload: "nextflow" },
            tolerations: [{ key: "cloud.google.com/gke-spot", operator: "Equal", value: "true", effect: "NoSchedule" }],
            labels: { "app.kubernetes.io/name": "nextflow", platform: "gke" },
        },
        environmentVariables: { GOOGLE_CLOUD_PROJECT: "my-project" },
    },
    changed: [
        "cluster: a gs:// work directory needs Fusion, and so the Platform's own kind of environment for GKE, with Wave",
        RESERVED_APP,
        "nextflowConfig: retries has arguments of its own",
        "head and service pods take neither selector nor toleration over, so that no run goes with its spot node",
    ],
};
