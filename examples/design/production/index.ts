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
    "k8s-prod",
    {
        cluster: { server: config.require("server") },
        namespace: "production-pipelines",
        createNamespace: false,
        serviceAccount: "nextflow-prod",
        storage: { claimName: "prod-shared-pvc", create: false, mountPath: "/mnt/shared" },
        workDirectory: "/mnt/shared/work",
        computeResources: { cpus: 8, memory: "32 GB" },
        retries: { maxRetries: 2 },
        processes: [{ label: "intensive", cpus: 16, memory: "64 GB" }],
        storageClaims: [
            { name: "reference-data", mountPath: "/mnt/reference", claimName: "reference-pvc", readOnly: true },
        ],
        podOptions: {
            nodeSelector: { workload: "nextflow", tier: "compute", "instance-type": "n2-highmem-8" },
            tolerations: [{ key: "dedicated", operator: "Equal", value: "nextflow", effect: "NoSchedule" }],
            labels: { "app.kubernetes.io/name": "nextflow", environment: "production", "managed-by": "seqera" },
            annotations: { "prometheus.io/scrape": "true", "prometheus.io/port": "9090" },
            securityContext: { runAsUser: 1000, runAsGroup: 1000, fsGroup: 1000, runAsNonRoot: true },
        },
        headJob: { cpus: 2, memory: "10 GB" },
        stagingOptions: {
            preRunScript: [
                'echo "Validating production environment..."',
                "ls -la /mnt/shared",
                'echo "Environment validated"',
            ].join("\n"),
            postRunScript: 'echo "Pipeline completed: $NXF_EXIT_STATUS"',
        },
        environmentVariables: {
            NXF_ANSI_LOG: "false",
            AWS_REGION: "us-east-1",
            K8S_NAMESPACE: "production-pipelines",
        },
        env: [{ name: "NXF_OPTS", value: "-Xms2g -Xmx8g", target: "head" }],
        advanced: {
            headServiceAccount: "nextflow-head",
            imagePullPolicy: "IfNotPresent",
            imagePullSecrets: ["ecr-registry-secret"],
        },
    },
    { provider: cluster },
);

export const computeEnvId = environment.computeEnvId;
export const status = environment.status;
export const launchUrl = environment.launchUrl;
