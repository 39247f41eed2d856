import { CLUSTER, type DesignExample, NEEDS_SERVER, NO_BUCKET, RESERVED_APP } from "./example";

export const integrated: DesignExample = {
    args: {
        name: "k8s-integrated",
        cluster: CLUSTER,
        namespace: "nextflow",
        serviceAccounts: {
            compute: {
                name: "nextflow-runner",
                annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/nextflow" },
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
        computeResources: { cpus: 4, memory: "16 GB" },
        podOptions: { labels: { "app.kubernetes.io/name": "nextflow", "managed-by": "pulumi" } },
        registries: [{ server: "https://index.docker.io/v1/", username: "octo", password: "hunter2" }],
    },
    changed: [
        NEEDS_SERVER,
        NO_BUCKET,
        RESERVED_APP,
        "namespace, service accounts, roles, claim and pull Secret are made by the component; the design's role for tasks let any task execute into the head pod, so tasks have none here",
        "storageClaims[0]: the one claim is the work claim",
    ],
};
