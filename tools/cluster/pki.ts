import { mkdir, readFile, writeFile } from "node:fs/promises";
import { KUBERNETES_SERVICE_IP } from "./arguments";
import type { KeyedCertificate } from "./certificates";
import type { ClusterLayout } from "./layout";

export interface ControlPlaneKeys {
    authority: KeyedCertificate;
    admin: KeyedCertificate;
    controllerManager: KeyedCertificate;
}

const SERVER_NAMES = [
    "127.0.0.1",
    "localhost",
    KUBERNETES_SERVICE_IP,
    "kubernetes",
    "kubernetes.default",
    "kubernetes.default.svc",
    "kubernetes.default.svc.cluster.local",
];

/**
 * Puts every certificate and key in place. Authorities and the service accounts' keys stay as long as the data does
 * (tokens and users' kubeconfigs depend on them); the rest is issued anew at every start.
 */
export async function preparePki(layout: ClusterLayout, extraSubjectAltNames: string[]): Promise<ControlPlaneKeys> {
    // Loading the library takes longer than all else that attaching to a running control plane does.
    const { createAuthority, createKeyPair, issueClient, issueServer } = await import("./certificates.js");
    await mkdir(layout.pki("."), { recursive: true, mode: 0o700 });
    const authority = await keptAuthority(layout, "ca", () => createAuthority("kubernetes"));
    // etcd has an authority of its own, or every user's certificate would open it.
    const etcdAuthority = await keptAuthority(layout, "etcd-ca", () => createAuthority("etcd"));
    if ((await readIfThere(layout.pki("service-account.key"))) === undefined) {
        const { privateKey, publicKey } = await createKeyPair();
        await write(layout.pki("service-account.pub"), publicKey);
        await write(layout.pki("service-account.key"), privateKey);
    }
    const [etcd, etcdClient, apiServer, admin, controllerManager, kubeletClient] = await Promise.all([
        issueServer(etcdAuthority, { commonName: "etcd", alternativeNames: ["127.0.0.1"], alsoClient: true }),
        issueClient(etcdAuthority, { commonName: "kube-apiserver" }),
        issueServer(authority, {
            commonName: "kube-apiserver",
            alternativeNames: [...new Set([...SERVER_NAMES, ...extraSubjectAltNames])],
        }),
        issueClient(authority, { commonName: "kubernetes-admin", organizations: ["system:masters"] }),
        issueClient(authority, { commonName: "system:kube-controller-manager" }),
        issueClient(authority, { commonName: "kube-apiserver-kubelet-client", organizations: ["system:masters"] }),
    ]);
    await writePair(layout, "etcd", etcd);
    await writePair(layout, "etcd-client", etcdClient);
    await writePair(layout, "apiserver", apiServer);
    await writePair(layout, "admin", admin);
    await writePair(layout, "kubelet-client", kubeletClient);
    return { authority, admin, controllerManager };
}

/** The authority and the admin's certificate of a control plane that is there already. */
export async function readKeys(
    layout: ClusterLayout,
): Promise<Pick<ControlPlaneKeys, "authority" | "admin"> | undefined> {
    const [authority, admin] = [await readPair(layout, "ca"), await readPair(layout, "admin")];
    return authority && admin && { authority, admin };
}

async function keptAuthority(
    layout: ClusterLayout,
    name: string,
    create: () => Promise<KeyedCertificate>,
): Promise<KeyedCertificate> {
    const kept = await readPair(layout, name);
    if (kept !== undefined) {
        return kept;
    }
    const created = await create();
    await writePair(layout, name, created);
    return created;
}

async function readPair(layout: ClusterLayout, name: string): Promise<KeyedCertificate | undefined> {
    const certificate = await readIfThere(layout.pki(`${name}.crt`));
    const privateKey = await readIfThere(layout.pki(`${name}.key`));
    return certificate !== undefined && privateKey !== undefined ? { certificate, privateKey } : undefined;
}

async function writePair(layout: ClusterLayout, name: string, pair: KeyedCertificate): Promise<void> {
    await write(layout.pki(`${name}.crt`), pair.certificate);
    await write(layout.pki(`${name}.key`), pair.privateKey);
}

async function write(path: string, text: string): Promise<void> {
    await writeFile(path, text, { mode: 0o600 });
}

async function readIfThere(path: string): Promise<string | undefined> {
    return await readFile(path, "utf8").catch(() => undefined);
}
