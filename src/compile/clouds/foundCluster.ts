import { stringify } from "yaml";
import { isAddressRange, notCovered } from "./addressRanges";

/** What a cluster that was looked up lets in at its API server, and whom it is to let in. */
export interface AddressFacts {
    /** Where only some are let in: those, in CIDR notation. */
    allowed: string[];
    platformCidrs?: string[];
    /** Whether a property that is one, or one that is several, says so. */
    plural?: boolean;
    /** What lets in all of these. */
    remedy: (all: string[]) => string;
}

/** What is wrong with an API server that lets in only some addresses. */
export function addressesFault({ allowed, platformCidrs, plural, remedy }: AddressFacts): string | undefined {
    if (platformCidrs === undefined) {
        return `${plural ? "let" : "lets"} only some addresses in, and whether the Platform's are among them is not known; set platformCidrs to those that https://meta.seqera.io lists, to have it checked`;
    }
    const missing = notCovered(platformCidrs.filter(isAddressRange), allowed);
    return missing.length === 0
        ? undefined
        : `${plural ? "lack" : "lacks"} ${missing.join(", ")}, so the Platform cannot reach the API server from there; write ${remedy([...allowed, ...missing])}`;
}

/** What is wrong with pools on none of which a head pod that tolerates nothing could stay. */
export function headPoolsFault<P extends { name: string }>(
    pools: P[],
    takesHeadPods: (pool: P) => boolean,
): string | undefined {
    return pools.length === 0 || pools.some(takesHeadPods)
        ? undefined
        : `have no Linux pool that is neither spot nor tainted (${pools.map(({ name }) => name).join(", ")}), so head pods find no node; add one, or set headPodOptions.tolerations for a pool whose nodes stay`;
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
