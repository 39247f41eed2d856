import { CLUSTER, type DesignExample, NEEDS_SERVER, NO_BUCKET } from "./example";

export const standard: DesignExample = {
    args: {
        name: "k8s-standard",
        cluster: CLUSTER,
        namespace: "nextflow",
        serviceAccount: "nextflow-runner",
        workDirectory: "/scratch/work",
        computeResources: { cpus: 4, memory: "16 GB" },
        storageClaims: [{ name: "shared-data", mountPath: "/mnt/data", claimName: "shared-nfs-pvc" }],
    },
    changed: [NEEDS_SERVER, NO_BUCKET],
};
