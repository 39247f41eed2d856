import { execKubeconfig } from "../compile/clouds/foundCluster";

/** What a kubeconfig of a cluster is made of. */
export interface KubeconfigFacts {
    name: string;
    region: string;
    endpoint: string;
    certificateAuthority: string;
    roleArn?: string;
    profile?: string;
}

/**
 * A kubeconfig that asks the AWS command line for a token each time. One with a token in it would be out of date a quarter of an
 * hour later, and a difference at each `pulumi up`. https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
 */
export function eksKubeconfig({
    name,
    region,
    endpoint,
    certificateAuthority,
    roleArn,
    profile,
}: KubeconfigFacts): string {
    const args = ["--region", region, "eks", "get-token", "--cluster-name", name, "--output", "json"];
    return execKubeconfig({
        name,
        server: endpoint,
        certificateAuthority,
        exec: {
            command: "aws",
            args: roleArn === undefined ? args : [...args, "--role-arn", roleArn],
            ...(profile === undefined ? {} : { env: [{ name: "AWS_PROFILE", value: profile }] }),
            interactiveMode: "Never",
        },
    });
}
