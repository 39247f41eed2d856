import { stringify } from "yaml";
import type { NodeLayout, NodeSettings } from "./nodeLayout";
import type { Subnet } from "./nodeNetwork";
import { CNI_PLUGINS } from "./nodePackages";

/** The image of the container that holds a pod's network. */
export const PAUSE_IMAGE = "localhost/pause:1";

/** https://github.com/containerd/containerd/blob/release/1.6/docs/cri/config.md */
export function containerdConfig(layout: NodeLayout): string {
    const cri = 'plugins."io.containerd.grpc.v1.cri"';
    const quoted = (text: string): string => JSON.stringify(text);
    return `version = 2
root = ${quoted(layout.file("containerd"))}
state = ${quoted(layout.containerdState())}
disabled_plugins = [
    "io.containerd.snapshotter.v1.aufs",
    "io.containerd.snapshotter.v1.btrfs",
    "io.containerd.snapshotter.v1.devmapper",
    "io.containerd.snapshotter.v1.zfs",
]

[grpc]
address = ${quoted(layout.socket())}

[plugins."io.containerd.internal.v1.opt"]
path = ${quoted(layout.file("opt"))}

[${cri}]
sandbox_image = ${quoted(PAUSE_IMAGE)}
# Inside another container or a small machine we may not go below our own score, have no AppArmor, no huge pages.
restrict_oom_score_adj = true
disable_apparmor = true
disable_hugetlb_controller = true
stream_server_address = "127.0.0.1"
stream_server_port = "0"
netns_mounts_under_state_dir = true

[${cri}.containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"

[${cri}.cni]
bin_dir = ${quoted(CNI_PLUGINS)}
conf_dir = ${quoted(layout.file("cni"))}
`;
}

/** https://www.cni.dev/plugins/current/main/bridge/ */
export function cniConfig(layout: NodeLayout, { range }: Subnet): string {
    const ipam = {
        type: "host-local",
        ranges: [[{ subnet: range }]],
        dataDir: layout.file("addresses"),
        routes: [{ dst: "0.0.0.0/0" }],
    };
    const bridge = { type: "bridge", bridge: layout.bridge(), isGateway: true, ipMasq: false, ipam };
    return `${JSON.stringify({ cniVersion: "0.4.0", name: "pods", plugins: [bridge] }, undefined, 4)}\n`;
}

/** https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ */
export function kubeletConfig(
    layout: NodeLayout,
    settings: NodeSettings,
    { gateway }: Subnet,
    port: number,
    clientAuthority: string,
): string {
    return stringify({
        apiVersion: "kubelet.config.k8s.io/v1beta1",
        kind: "KubeletConfiguration",
        address: gateway,
        port,
        healthzPort: 0,
        authentication: {
            anonymous: { enabled: false },
            webhook: { enabled: false },
            x509: { clientCAFile: clientAuthority },
        },
        authorization: { mode: "Webhook" },
        containerRuntimeEndpoint: `unix://${layout.socket()}`,
        registerWithTaints: settings.taints,
        cgroupDriver: "cgroupfs",
        cgroupsPerQOS: false,
        enforceNodeAllocatable: [],
        // Machines with version 1 of control groups, or with swap, can run tests too.
        failCgroupV1: false,
        failSwapOn: false,
        oomScoreAdj: 0,
        // What is the machine's stays as it is: its packet filter, its resolver, its plug-in folder.
        makeIPTablesUtilChains: false,
        resolvConf: "",
        volumePluginDir: layout.file("volume-plugins"),
        podLogsDir: layout.file("pod-logs"),
        // A nearly full disk is for its owner to worry about; images cannot be pulled again.
        evictionHard: { "memory.available": "50Mi", "nodefs.available": "1%", "imagefs.available": "1%" },
        imageGCHighThresholdPercent: 100,
        imageGCLowThresholdPercent: 99,
    });
}
