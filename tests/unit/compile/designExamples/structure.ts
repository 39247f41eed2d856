import { CLUSTER, type DesignExample, NEEDS_SERVER, NO_BUCKET, RESERVED_APP } from "./example";

export const structure: DesignExample = {
    args: {
        name: "kubernetes-compute",
        cluster: CLUSTER,
        namespace: "nextflow",
        serviceAccount: "nextflow-runner",
        workDirectory: "/workspace/work",
        computeResources: { cpus: 4, memory: "16 GB" },
        storageClaims: [{ name: "shared-data", mountPath: "/mnt/data", claimName: "shared-pvc" }],
        podOptions: {
            nodeSelector: { workload: "nextflow", tier: "compute" },
            tolerations: [{ key: "dedicated", operator: "Equal", value: "nextflow", effect: "NoSchedule" }],
            labels: { "app.kubernetes.io/name": "nextflow", managed: "seqera" },
            annotations: { "prometheus.io/scrape": "true" },
        },
        stagingOptions: {
            preRunScript: "#!/bin/bash\necho 'Starting workflow'",
            postRunScript: "#!/bin/bash\necho 'Workflow complete'",
        },
        nextflowConfig: "process {\n  executor = 'k8s'\n}\n",
        environmentVariables: { MY_VAR: "value" },
        advanced: {
            headServiceAccount: "nextflow-head",
            imagePullPolicy: "IfNotPresent",
            imagePullSecrets: ["docker-registry-secret"],
            storageMountPath: "/workspace",
        },
    },
    changed: [
        NEEDS_SERVER,
        NO_BUCKET,
        RESERVED_APP,
        "nextflowConfig: Nextflow's own image is none for tasks, which bring theirs",
    ],
};
