import { runInNewContext } from "node:vm";

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
                ...config,
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

/** What else somebody has filled in there, which the program begins without. */
export const MORE = {
    headJobCpus: 2,
    headJobMemoryMb: 4096,
    preRunScript: "module load java\nexport NXF_VER=24.10.5",
    nextflowConfig: "process.errorStrategy = 'retry'",
};

/** The arguments that docs/adoption.md begins with: what is to be adopted, and no word of what it has. */
export function firstProgram() {
    return { adopt: "k8s-prod", credentials: { adopt: "k8s-token" }, createNamespace: false };
}

/** The arguments that it ends with, but for what only the web page lets a person fill in. */
export function recipe() {
    return {
        ...firstProgram(),
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

/** The arguments that a text of TypeScript says. */
export function argumentsIn(text: string): Record<string, any> {
    return JSON.parse(JSON.stringify(runInNewContext(`({${text}})`))) as Record<string, any>;
}
