import { parse, stringify } from "yaml";
import type { KubeloginMode } from "./enums";

/** What a program needs of the kubeconfig that Azure gives out. */
export interface ClusterAccess {
    /** The kubeconfig, made for programs. It may hold the key of a local account. */
    kubeconfig: string;
    /** Address of the API server. */
    server: string;
    /** Certificate authority of the API server, base64 of PEM. */
    certificateAuthority: string;
    /** True where whoever comes in is known to Microsoft Entra ID, and not by a key in the kubeconfig. */
    entra: boolean;
}

interface Exec {
    command?: string;
    args?: string[];
}

interface Kubeconfig {
    "current-context"?: string;
    contexts?: { name: string; context: { cluster: string; user: string } }[];
    clusters?: { name: string; cluster: { server?: string; "certificate-authority-data"?: string } }[];
    users?: { name: string; user: { exec?: Exec } }[];
}

/** Arguments of `kubelogin` that say which cloud, tenant and server it is about; all others say who signs in, and how. */
const KEPT = ["--environment", "--server-id", "--tenant-id"];

/**
 * Reads the kubeconfig of a managed cluster. On a cluster with Microsoft Entra ID, Azure writes one that asks a human to type
 * a code into a browser, under the client id of a public application; a program signs in by another mode, as an identity of
 * its own. https://azure.github.io/kubelogin/cli/convert-kubeconfig.html
 */
export function clusterAccess(text: string, mode: KubeloginMode): ClusterAccess {
    const config = parse(text) as Kubeconfig;
    const context = config.contexts?.find(({ name }) => name === config["current-context"])?.context;
    const cluster = config.clusters?.find(({ name }) => name === context?.cluster)?.cluster;
    const server = cluster?.server;
    const certificateAuthority = cluster?.["certificate-authority-data"];
    if (server === undefined || certificateAuthority === undefined) {
        throw new Error(
            "The kubeconfig from Azure does not contain an API server with a certificate authority. Run `az aks get-credentials --file -` to check it.",
        );
    }
    const user = config.users?.find(({ name }) => name === context?.user)?.user;
    const entra = user?.exec !== undefined;
    if (entra) {
        user.exec = withMode(user.exec as Exec, mode);
    }
    return { kubeconfig: stringify(config), server, certificateAuthority, entra };
}

function withMode(exec: Exec, mode: KubeloginMode): Exec {
    const given = exec.args ?? [];
    const kept = KEPT.flatMap((flag) => {
        const at = given.indexOf(flag);
        return at < 0 ? [] : [flag, given[at + 1]];
    });
    return { ...exec, args: ["get-token", "--login", mode, ...kept] };
}
