import { stringify } from "yaml";
import { isAddressRange, notCovered } from "./addressRanges";

/** What a cluster that was looked up lets in at its API server, and whom it is to let in. */
export interface AddressFacts {
    /** Where only some are let in: those, in CIDR notation. */
    allowed: string[];
    platformCidrs?: string[];
    /** What lets in all of these. */
    remedy: (all: string[]) => string;
}

/** What is wrong with an API server that lets in only some addresses. */
export function addressesFault({ allowed, platformCidrs, remedy }: AddressFacts): string | undefined {
    if (platformCidrs === undefined) {
        return "the API server accepts only some addresses, and it is not known whether they include the Platform's (set platformCidrs to the addresses that https://meta.seqera.io lists, so that this is checked)";
    }
    const missing = notCovered(platformCidrs.filter(isAddressRange), allowed);
    return missing.length === 0
        ? undefined
        : `should include ${missing.join(", ")}: the Platform cannot reach the API server from there (run ${remedy([...allowed, ...missing])})`;
}

/** What is wrong with pools on none of which a head pod that tolerates nothing could stay. */
export function headPoolsFault<P extends { name: string }>(
    pools: P[],
    takesHeadPods: (pool: P) => boolean,
): string | undefined {
    return pools.length === 0 || pools.some(takesHeadPods)
        ? undefined
        : `should contain a Linux pool that is neither spot nor tainted: head pods cannot be scheduled in ${pools.map(({ name }) => name).join(", ")} (add such a pool, or set headPodOptions.tolerations for a pool that is not spot)`;
}

/** A cluster, and the program that is asked for a token of it each time: one in the text would be out of date within an hour. */
export interface ExecKubeconfigFacts {
    name: string;
    server: string;
    /** Base64 of PEM. */
    certificateAuthority: string;
    exec: { command: string; [option: string]: unknown };
}

/** A kubeconfig with a program in it: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
export function execKubeconfig({ name, server, certificateAuthority, exec }: ExecKubeconfigFacts): string {
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
                    exec: { apiVersion: "client.authentication.k8s.io/v1beta1", ...exec },
                },
            },
        ],
    });
}
