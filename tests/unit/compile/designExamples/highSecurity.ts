import { CLUSTER, type DesignExample, NEEDS_SERVER, NO_BUCKET } from "./example";

export const highSecurity: DesignExample = {
    args: {
        name: "k8s-secure",
        cluster: CLUSTER,
        namespace: "secure-pipelines",
        serviceAccount: "nextflow-secure",
        workDirectory: "/scratch/work",
        podOptions: {
            securityContext: {
                runAsUser: 1000,
                runAsGroup: 1000,
                fsGroup: 1000,
                runAsNonRoot: true,
                seccompProfile: "RuntimeDefault",
            },
            labels: { "security-level": "high" },
            automountServiceAccountToken: false,
        },
        advanced: { imagePullPolicy: "Always", imagePullSecrets: ["secure-registry-secret"] },
        environmentVariables: { SECURITY_LEVEL: "high" },
    },
    changed: [
        NEEDS_SERVER,
        NO_BUCKET,
        "podOptions.annotations: Kubernetes reads the seccomp annotation no more (seccompProfile says it), and the AppArmor one names a container that tasks do not have, so that every task would be refused",
    ],
};
