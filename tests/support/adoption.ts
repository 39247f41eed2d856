/** What a tool sends for a credential and for an environment, around what they all say. */
export interface Tool {
    credentials(name: string, token: string): object;
    computeEnv(name: string, credentialsId: string, config: Record<string, unknown>): object;
}

/** As each of them sends it; all leave it to the Platform where the claim is mounted and what becomes of pods. */
export const TOOLS = {
    // The Platform's form sends every field, those left empty as null, and the certificate as a kubeconfig has it.
    "in the web page": {
        credentials: (name, token) => ({ name, description: "typed in", provider: "k8s", keys: { token } }),
        computeEnv: (name, credentialsId, { sslCert, ...config }) => ({
            name,
            description: "typed in",
            platform: "k8s-platform",
            credentialsId,
            config: {
                discriminator: "k8s-platform",
                ...config,
                sslCert: Buffer.from(sslCert as string).toString("base64"),
                storageMountPath: "/scratch",
                podCleanup: "on_success",
                computeServiceAccount: null,
                headPodSpec: null,
                servicePodSpec: null,
                nextflowConfig: null,
                preRunScript: null,
                postRunScript: null,
                environment: [],
            },
        }),
    },
    // https://github.com/seqeralabs/terraform-provider-seqera sends no discriminator.
    "by the Terraform provider": {
        credentials: (name, token) => ({ name, provider: "k8s", keys: { token } }),
        computeEnv: (name, credentialsId, config) => ({
            name,
            platform: "k8s-platform",
            credentialsId,
            config: { ...config, computeServiceAccount: "default", environment: [] },
        }),
    },
    // https://github.com/seqeralabs/tower-cli sends the text of a certificate file.
    "by the tw command": {
        credentials: (name, token) => ({ keys: { token }, name, provider: "k8s" }),
        computeEnv: (name, credentialsId, config) => ({
            credentialsId,
            name,
            platform: "k8s-platform",
            config: { ...config, discriminator: "k8s-platform" },
        }),
    },
} satisfies Record<string, Tool>;

/** The names of Seqera's own manifests: https://docs.seqera.io/platform-cloud/compute-envs/k8s */
export const ACCOUNT = "tower-launcher-sa";
export const CLAIM = "tower-scratch";

/** What a person has filled in by these names, beside the cluster and the namespace. */
export const CONFIG = { headServiceAccount: ACCOUNT, storageClaimName: CLAIM, workDir: "/scratch/work" };

/** The arguments of docs/adoption.md. */
export function recipe() {
    return {
        adopt: "k8s-prod",
        credentials: { adopt: "k8s-token" },
        createNamespace: false,
        serviceAccounts: {
            launcher: { name: ACCOUNT, create: false },
            head: { name: ACCOUNT, create: false },
            compute: { name: "default", create: false },
        },
        storage: { claimName: CLAIM, create: false },
        workDirectory: CONFIG.workDir,
        primary: true,
    };
}
