import { stringify } from "yaml";
import type { KeyedCertificate } from "./certificates";

export interface KubeconfigContent {
    server: string;
    /** PEM. */
    certificateAuthority: string;
    /** The name of cluster, user and context. */
    name: string;
    user: KeyedCertificate | { token: string };
    namespace?: string;
}

/** A kubeconfig that carries everything in itself, so that it can be copied anywhere. */
export function renderKubeconfig({ server, certificateAuthority, name, user, namespace }: KubeconfigContent): string {
    const credentials =
        "token" in user
            ? { token: user.token }
            : { "client-certificate-data": base64(user.certificate), "client-key-data": base64(user.privateKey) };
    return stringify(
        {
            apiVersion: "v1",
            kind: "Config",
            clusters: [{ name, cluster: { server, "certificate-authority-data": base64(certificateAuthority) } }],
            users: [{ name, user: credentials }],
            contexts: [{ name, context: { cluster: name, user: name, ...(namespace && { namespace }) } }],
            "current-context": name,
        },
        { lineWidth: 0 },
    );
}

function base64(text: string): string {
    return Buffer.from(text).toString("base64");
}
