import { CLUSTER, type DesignExample, NEEDS_SERVER, NO_BUCKET, RESERVED_APP } from "./example";

export const production: DesignExample = {
    args: {
        name: "k8s-prod",
        cluster: CLUSTER,
        namespace: "production-pipelines",
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
            preRunScript:
                'echo "Validating production environment..."\nls -la /mnt/shared\necho "Environment validated"\n',
            postRunScript: 'echo "Pipeline completed: $NXF_EXIT_STATUS"\n',
        },
        environmentVariables: {
            NXF_ANSI_LOG: "false",
            AWS_REGION: "us-east-1",
            K8S_NAMESPACE: "production-pipelines",
        },
        environment: [{ name: "NXF_OPTS", value: "-Xms2g -Xmx8g", target: "head" }],
        advanced: {
            headServiceAccount: "nextflow-head",
            imagePullPolicy: "IfNotPresent",
            imagePullSecrets: ["ecr-registry-secret"],
        },
    },
    changed: [
        NEEDS_SERVER,
        NO_BUCKET,
        RESERVED_APP,
        "storageClaims[0]: the claim of shared work files is the work claim, so it is storage, not one beside it",
        "nextflowConfig: cpus, memory, retries, the label's settings, selector and security context have arguments of their own; a pod block with two options would lose one of them; namespace, service account and executor are the Platform's to set; a container for every task makes no sense",
        "stagingOptions: the head pods' image promises neither kubectl nor aws; /mnt/reference is in task pods alone; /tmp/work is never written",
        "headJob: a heap of 8 GB needs a head pod with more memory than that",
        "environmentVariables: NXF_OPTS is about Nextflow's own Java, so it goes to head pods alone",
    ],
};
