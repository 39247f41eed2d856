import type { ClusterLayout } from "./layout";

export interface Ports {
    apiServer: number;
    etcdClient: number;
    etcdPeer: number;
}

/** What of a control plane can be chosen; two starts of the same directory must agree on it. */
export interface ControlPlaneSettings {
    auditLevel: "None" | "Metadata" | "RequestResponse";
    featureGates: Record<string, boolean>;
    extraSubjectAltNames: string[];
    apiServerArguments: string[];
}

const LOOPBACK = "127.0.0.1";
/** Of cluster IPs, which no one routes here; the first is the `kubernetes` service's, so it is in the certificate. */
const SERVICE_RANGE = "10.0.0.0/24";
export const KUBERNETES_SERVICE_IP = "10.0.0.1";

export function serverUrl({ apiServer }: Ports): string {
    return `https://${LOOPBACK}:${apiServer}`;
}

/** https://etcd.io/docs/v3.6/op-guide/configuration/ */
export function etcdArguments(layout: ClusterLayout, { etcdClient, etcdPeer }: Ports): string[] {
    const clientUrl = `https://${LOOPBACK}:${etcdClient}`;
    const peerUrl = `https://${LOOPBACK}:${etcdPeer}`;
    const [ca, certificate, key] = ["etcd-ca.crt", "etcd.crt", "etcd.key"].map(layout.pki);
    return [
        "--name=etcd",
        `--data-dir=${layout.etcdData()}`,
        `--listen-client-urls=${clientUrl}`,
        `--advertise-client-urls=${clientUrl}`,
        `--listen-peer-urls=${peerUrl}`,
        `--initial-advertise-peer-urls=${peerUrl}`,
        `--initial-cluster=etcd=${peerUrl}`,
        // Whoever reaches etcd is above all of RBAC, so other users of the machine must not.
        "--client-cert-auth",
        "--peer-client-cert-auth",
        `--trusted-ca-file=${ca}`,
        `--cert-file=${certificate}`,
        `--key-file=${key}`,
        `--peer-trusted-ca-file=${ca}`,
        `--peer-cert-file=${certificate}`,
        `--peer-key-file=${key}`,
        // Throw-away data: losing it with the machine's power is fine, waiting for the disk is not.
        "--unsafe-no-fsync",
        "--log-level=warn",
    ];
}

/** https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/ */
export function apiServerArguments(layout: ClusterLayout, ports: Ports, settings: ControlPlaneSettings): string[] {
    return [
        `--bind-address=${LOOPBACK}`,
        `--advertise-address=${LOOPBACK}`,
        `--secure-port=${ports.apiServer}`,
        `--tls-cert-file=${layout.pki("apiserver.crt")}`,
        `--tls-private-key-file=${layout.pki("apiserver.key")}`,
        `--client-ca-file=${layout.pki("ca.crt")}`,
        `--etcd-servers=https://${LOOPBACK}:${ports.etcdClient}`,
        `--etcd-cafile=${layout.pki("etcd-ca.crt")}`,
        `--etcd-certfile=${layout.pki("etcd-client.crt")}`,
        `--etcd-keyfile=${layout.pki("etcd-client.key")}`,
        // The reconciler wants an address that pods could reach; loopback is refused there.
        "--endpoint-reconciler-type=none",
        `--service-cluster-ip-range=${SERVICE_RANGE}`,
        "--authorization-mode=Node,RBAC",
        "--anonymous-auth=false",
        "--allow-privileged=true",
        // Logs of pods are asked of the node that runs them.
        `--kubelet-client-certificate=${layout.pki("kubelet-client.crt")}`,
        `--kubelet-client-key=${layout.pki("kubelet-client.key")}`,
        "--kubelet-preferred-address-types=InternalIP",
        "--service-account-issuer=https://kubernetes.default.svc.cluster.local",
        `--service-account-signing-key-file=${layout.pki("service-account.key")}`,
        `--service-account-key-file=${layout.pki("service-account.pub")}`,
        `--audit-policy-file=${layout.auditPolicy()}`,
        `--audit-log-path=${layout.auditLog()}`,
        // One file for as long as any test runs, yet never more than two gigabytes (0 would mean 100 megabytes).
        "--audit-log-maxsize=1000",
        "--audit-log-maxbackup=1",
        ...featureGates(settings),
        ...settings.apiServerArguments,
    ];
}

/** https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/ */
export function controllerManagerArguments(layout: ClusterLayout, settings: ControlPlaneSettings): string[] {
    return [
        `--kubeconfig=${layout.kubeconfig("controller-manager")}`,
        // No address of its own: nobody asks for its metrics.
        "--secure-port=0",
        "--leader-elect=false",
        "--use-service-account-credentials",
        `--service-account-private-key-file=${layout.pki("service-account.key")}`,
        `--root-ca-file=${layout.pki("ca.crt")}`,
        `--cluster-signing-cert-file=${layout.pki("ca.crt")}`,
        `--cluster-signing-key-file=${layout.pki("ca.key")}`,
        // The default of 20 requests a second makes the bursts of tests wait.
        "--kube-api-qps=200",
        "--kube-api-burst=400",
        ...featureGates(settings),
    ];
}

function featureGates({ featureGates: gates }: ControlPlaneSettings): string[] {
    const pairs = Object.entries(gates).map(([name, on]) => `${name}=${on}`);
    return pairs.length === 0 ? [] : [`--feature-gates=${pairs.join(",")}`];
}
