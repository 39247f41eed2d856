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
    "kubernetes-compute",
    {
        cluster: { server: config.require("server") },
        // Namespace and service account
        namespace: "nextflow",
        createNamespace: false,
        serviceAccount: "nextflow-runner",
        // Work directory, on the work claim
        workDirectory: "/workspace/work",
        // Compute resources
        computeResources: { cpus: 4, memory: "16 GB" },
        // Storage configuration
        storageClaims: [{ name: "shared-data", mountPath: "/mnt/data", claimName: "shared-pvc" }],
        // Pod configuration
        podOptions: {
            nodeSelector: { workload: "nextflow", tier: "compute" },
            tolerations: [{ key: "dedicated", operator: "Equal", value: "nextflow", effect: "NoSchedule" }],
            labels: { "app.kubernetes.io/name": "nextflow", managed: "seqera" },
            annotations: { "prometheus.io/scrape": "true" },
        },
        // Staging options
        stagingOptions: {
            preRunScript: "#!/bin/bash\necho 'Starting workflow'",
            postRunScript: "#!/bin/bash\necho 'Workflow complete'",
        },
        // Nextflow configuration
        nextflowConfig: "process {\n  executor = 'k8s'\n}\n",
        // Environment variables
        environmentVariables: { MY_VAR: "value" },
        // Advanced options
        advanced: {
            headServiceAccount: "nextflow-head",
            imagePullPolicy: "IfNotPresent",
            imagePullSecrets: ["docker-registry-secret"],
            storageMountPath: "/workspace",
        },
    },
    { provider: cluster },
);

export const computeEnvId = environment.computeEnvId;
export const status = environment.status;
export const launchUrl = environment.launchUrl;
