import { stringify } from "yaml";

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
export function execKubeconfig({
    name,
    endpoint,
    certificateAuthority,
    applicationDefaultCredentials,
}: KubeconfigFacts): string {
    const server = endpoint.includes("://") ? endpoint : `https://${endpoint}`;
    return stringify({
        apiVersion: "v1",
        kind: "Config",
        "current-context": name,
        contexts: [{ name, context: { cluster: name, user: name } }],
        clusters: [{ name, cluster: { server, "certificate-authority-data": certificateAuthority } }],
        users: [
            {
                name,
                user: {
                    exec: {
                        apiVersion: "client.authentication.k8s.io/v1beta1",
                        command: "gke-gcloud-auth-plugin",
                        ...(applicationDefaultCredentials === true
                            ? { args: ["--use_application_default_credentials"] }
                            : {}),
                        installHint:
                            "Install gke-gcloud-auth-plugin, as https://cloud.google.com/kubernetes-engine/docs/how-to/cluster-access-for-kubectl#install_plugin explains it",
                        interactiveMode: "Never",
                        provideClusterInfo: true,
                    },
                },
            },
        ],
    });
}
