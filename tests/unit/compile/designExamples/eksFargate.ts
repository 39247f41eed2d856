import { CLUSTER, type DesignExample, NEEDS_SERVER, NO_BUCKET, RESERVED_APP } from "./example";

export const eksFargate: DesignExample = {
    args: {
        name: "k8s-eks-fargate",
        cluster: CLUSTER,
        namespace: "fargate-nextflow",
        storage: { storageClassName: "efs-static", volumeName: "nextflow-efs" },
        workDirectory: "/scratch/work",
        computeResources: { cpus: 2, memory: "8 GB" },
        podOptions: {
            labels: { "app.kubernetes.io/name": "nextflow", platform: "eks-fargate" },
        },
        environmentVariables: { AWS_REGION: "us-east-1" },
        advanced: { headServiceAccount: "nextflow-fargate", imagePullPolicy: "Always" },
    },
    changed: [
        NEEDS_SERVER,
        NO_BUCKET,
        RESERVED_APP,
        "storage: Fargate runs no privileged pods and so no Fusion; it mounts EFS volumes that are there already",
        "podOptions.annotations: a Fargate profile chooses pods by namespace and labels; the annotation does nothing",
    ],
};
