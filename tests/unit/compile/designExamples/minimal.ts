import { CLUSTER, type DesignExample, NEEDS_SERVER, NO_BUCKET } from "./example";

export const minimal: DesignExample = {
    args: { name: "k8s-minimal", cluster: CLUSTER, namespace: "nextflow", workDirectory: "/scratch/work" },
    changed: [NEEDS_SERVER, NO_BUCKET],
};
