import { stringify } from "yaml";
import { CERTIFICATE } from "../../dynamic/inputs";

export const SERVER = "https://research-1a2b.hcp.westeurope.azmk8s.io:443";
export const AUTHORITY = Buffer.from(CERTIFICATE).toString("base64");
/** The application of Microsoft's that stands for the API servers of all managed clusters. */
const SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630";
const TENANT = "11111111-2222-3333-4444-555555555555";

function kubeconfig(user: object, server: string = SERVER): string {
    return stringify({
        apiVersion: "v1",
        kind: "Config",
        clusters: [{ name: "production", cluster: { "certificate-authority-data": AUTHORITY, server } }],
        contexts: [{ name: "production", context: { cluster: "production", user: "clusterUser_research_production" } }],
        "current-context": "production",
        preferences: {},
        users: [{ name: "clusterUser_research_production", user }],
    });
}

/** What Azure gives out for a cluster with Microsoft Entra ID. */
export const ENTRA = kubeconfig({
    exec: {
        apiVersion: "client.authentication.k8s.io/v1beta1",
        command: "kubelogin",
        args: [
            ...["get-token", "--environment", "AzurePublicCloud", "--server-id", SERVER_ID],
            ...["--client-id", "80faf920-1908-4b52-b5ef-a8e7bedfc67a", "--tenant-id", TENANT, "--login", "devicecode"],
        ],
        env: null,
        installHint: "kubelogin is not installed",
        provideClusterInfo: false,
    },
});

export const CONVERTED_ARGS = (mode: string) => [
    ...["get-token", "--login", mode, "--environment", "AzurePublicCloud"],
    ...["--server-id", SERVER_ID, "--tenant-id", TENANT],
];

/** What Azure gives out for a cluster with local accounts. */
export const LOCAL = kubeconfig({
    "client-certificate-data": "Y2VydGlmaWNhdGU=",
    "client-key-data": "a2V5",
    token: "local-account-token",
});
