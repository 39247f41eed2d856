import { execKubeconfig } from "../compile/clouds/foundCluster";

/** What a kubeconfig of a cluster is made of. */
export interface KubeconfigFacts {
    name: string;
    /** Address of the API server: an IP address or a host, with or without a scheme. */
    endpoint: string;
    certificateAuthority: string;
    applicationDefaultCredentials?: boolean;
}

/**
 * A kubeconfig that asks Google's plugin for a token each time. One with a token in it would be out of date an hour later, and a
 * difference at each `pulumi up`. https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl
 */
export function gkeKubeconfig({
    name,
    endpoint,
    certificateAuthority,
    applicationDefaultCredentials,
}: KubeconfigFacts): string {
    return execKubeconfig({
        name,
        server: endpoint.includes("://") ? endpoint : `https://${endpoint}`,
        certificateAuthority,
        exec: {
            command: "gke-gcloud-auth-plugin",
            ...(applicationDefaultCredentials === true ? { args: ["--use_application_default_credentials"] } : {}),
            installHint:
                "Install gke-gcloud-auth-plugin, as https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl#install_plugin explains it",
            interactiveMode: "Never",
            provideClusterInfo: true,
        },
    });
}
