/** What the suites give to the resources. The secrets are canaries: none of them may ever be printed. */

export const CANARIES = {
    accessToken: "canary-of-the-access-token-5c1e",
    kubernetesToken: "canary-of-the-launcher-token-8d2f",
    privateKeyLine: "Y2FuYXJ5LW9mLXRoZS1wcml2YXRlLWtleS03YTNi",
    awsSecretKey: "canaryOfTheSecretKey/4e9b/abcdefghij",
    googlePrivateKey: "canary-of-the-google-key-6f0a",
};

/** A certificate authority of nobody's, valid for a hundred years. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBhTCCASugAwIBAgIUR3CW7myk7OB3W7/L+TfVB25vWXEwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMdGVzdCBjbHVzdGVyMCAXDTI2MTEyMTA4NDA1N1oYDzIxMjYx
MDI4MDg0MDU3WjAXMRUwEwYDVQQDDAx0ZXN0IGNsdXN0ZXIwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAASYvohEavG5KxiDO/4ot26wR3c12mE3WW0Wy0wdR6sEVgKI
V39399CRuGEjV1omDcjtMctTXI6f7di548eyh4Nzo1MwUTAdBgNVHQ4EFgQUDiuc
RcpUGVjgPwL88eQSMsiY824wHwYDVR0jBBgwFoAUDiucRcpUGVjgPwL88eQSMsiY
824wDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiBy1PGDr/v9joDA
OV5eFBU2SBEYuA4GD8kV7OhGRGiIKgIhAJjf0LAENTSR4t8nJ6QWXKFPW8asr+iY
uSIsOsL9FDcR
-----END CERTIFICATE-----
`;

export const PRIVATE_KEY = `-----BEGIN PRIVATE KEY-----\n${CANARIES.privateKeyLine}\n-----END PRIVATE KEY-----\n`;

export const ROLE = "arn:aws:iam::123456789012:role/seqera";

/** What the resource classes add where the program gives no name. */
export const GENERATED = {
    namePrefix: "production",
    nameSeed: "acme/pipelines/dev",
    resourceUrn: "urn:pulumi:dev::pipelines::pulumi-nodejs:dynamic/seqera:ComputeEnv::production",
};

/** Every kind of credential, with the Platform's own name of it. */
export const CREDENTIALS = {
    "a Kubernetes token": { provider: "k8s", keys: { kubernetes: { token: CANARIES.kubernetesToken } } },
    "a Kubernetes certificate": {
        provider: "k8s",
        keys: { kubernetes: { certificate: CERTIFICATE, privateKey: PRIVATE_KEY } },
    },
    "AWS keys": {
        provider: "aws",
        keys: { aws: { accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: CANARIES.awsSecretKey } },
    },
    "an AWS role": { provider: "aws", keys: { aws: { assumeRoleArn: ROLE } } },
    "a Google key": {
        provider: "google",
        keys: {
            google: { data: JSON.stringify({ type: "service_account", private_key: CANARIES.googlePrivateKey }) },
        },
    },
} as const;

/** The configuration of an environment on generic Kubernetes. */
export const CONFIG = {
    server: "https://10.0.0.1:6443",
    sslCert: CERTIFICATE,
    namespace: "nextflow",
    headServiceAccount: "nextflow-head",
    computeServiceAccount: "nextflow-task",
    storageClaimName: "work",
    workDir: "/scratch/work",
};

/** Inputs of an environment on generic Kubernetes. */
export function environmentInputs(
    credentialsId: string,
    config: object = {},
    others: object = {},
): Record<string, any> {
    return { ...GENERATED, platform: "k8s-platform", credentialsId, config: { ...CONFIG, ...config }, ...others };
}

/** Inputs of an environment on EKS, with Fusion. */
export function eksInputs(config: object = {}, credentialsId = "c1"): Record<string, any> {
    return {
        ...GENERATED,
        platform: "eks-platform",
        credentialsId,
        config: {
            region: "eu-west-1",
            clusterName: "pipelines",
            namespace: "nextflow",
            headServiceAccount: "nextflow-head",
            workDir: "s3://bucket/work",
            waveEnabled: true,
            fusion2Enabled: true,
            ...config,
        },
    };
}
