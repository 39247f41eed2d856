import { execFile } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { type Engine, EngineError, type OnProgress } from "../engine";
import { withLock } from "../engine/lock";
import type { ControlPlane } from "./runningControlPlane";
import { renderKubeconfig } from "./kubeconfig";
import { ClusterLayout } from "./layout";
import { NODE_NAME, NodeLayout, type NodeSettings, type NodeState, readNodeState, writeNodeState } from "./nodeLayout";
import { inNamespaceOf, inNewNamespace, prepareFolders, removeFolders } from "./nodeMounts";
import { freeSubnet, makeNetwork, removeNetwork, type Subnet, subnetOf, withMachineLock } from "./nodeNetwork";
import { requireNodeSupport, SYSTEM_PATH } from "./nodePackages";
import { endContainers, removeControlGroups } from "./nodeRemains";
import { cniConfig, containerdConfig, kubeletConfig } from "./nodeTexts";
import { readKeys } from "./pki";
import { endProcesses, type ProcessRecord, startProcess } from "./processes";
import { type Condition, jsonAsker, waitFor } from "./readiness";

const run = promisify(execFile);

export type NodeProgram = "kubelet" | "kube-scheduler";

export interface NodeOptions extends Partial<NodeSettings> {
    cluster: ControlPlane;
    engine: Engine<NodeProgram>;
    /** Image archives to load before any pod starts; the first that a pod needs is the pause image. */
    images?: string[];
    onProgress?: OnProgress;
}

export interface ClusterNode {
    name: string;
    /** On the pods' bridge. */
    address: string;
    /** Gives the node's containers an image, without a registry. */
    loadImage(archive: string): Promise<void>;
    stop(): Promise<void>;
}

const READY_WITHIN_MS = 120_000;
const PREPARING = "starting or stopping a node of this control plane";

/**
 * Starts a scheduler, containerd and a kubelet beside a control plane: pods then really run. The node ends with its control
 * plane, however that ends. There is one node for a control plane.
 */
export async function startNode(options: NodeOptions): Promise<ClusterNode> {
    const { cluster, onProgress = () => {} } = options;
    await requireNodeSupport(onProgress);
    const layout = new NodeLayout(cluster.dir);
    return await withLock(layout.lock(), PREPARING, onProgress, async () => {
        await removeNode(layout);
        onProgress({ kind: "start", step: 1, of: 1, title: "start a Kubernetes node" });
        try {
            const node = await startOnce(layout, options);
            onProgress({ kind: "end", ok: true, text: `${node.name} is ready at ${node.address}` });
            return node;
        } catch (error) {
            onProgress({ kind: "end", ok: false, text: "failed" });
            // The directory stays for its logs; the next start or stop clears it.
            await endNode(layout);
            throw error;
        }
    });
}

/** Ends the node of a control plane, and removes all that it made on the machine; nothing there is fine. */
export async function stopNode(clusterDir: string): Promise<void> {
    const layout = new NodeLayout(resolve(clusterDir));
    if ((await readNodeState(layout)) !== undefined) {
        await withLock(
            layout.lock(),
            PREPARING,
            () => {},
            async () => await removeNode(layout),
        );
    }
}

async function removeNode(layout: NodeLayout): Promise<void> {
    if ((await readNodeState(layout)) !== undefined) {
        await endNode(layout);
        await rm(layout.dir, { recursive: true, force: true });
    }
}

/** Who would start containers anew goes first; what was mounted goes with the last process that saw it. */
async function endNode(layout: NodeLayout): Promise<void> {
    await endProcesses(layout);
    await endContainers(layout);
    await removeControlGroups(layout);
    await withMachineLock(async () => {
        await removeNetwork(layout);
        await removeFolders();
    });
}

async function startOnce(layout: NodeLayout, options: NodeOptions): Promise<ClusterNode> {
    const { cluster, engine, images = [], labels = {}, taints = [], onProgress = () => {} } = options;
    const settings: NodeSettings = { labels, taints };
    const deadline = Date.now() + READY_WITHIN_MS;
    await mkdir(layout.dir, { recursive: true, mode: 0o700 });
    const state = await makeGround(layout, settings, Number(new URL(cluster.server).port));
    const subnet = subnetOf(state.subnet);

    const kubeconfigs = await writeKubeconfigs(layout, cluster);
    const scheduler = await startProcess(layout, {
        name: "kube-scheduler",
        command: engine.programs["kube-scheduler"].path,
        arguments: [`--kubeconfig=${kubeconfigs.scheduler}`, "--leader-elect=false", "--secure-port=0"],
    });
    const containerd = await startContainerd(layout, subnet);
    await waitFor(answersContainerd(layout, containerd), layout, [containerd], deadline);
    for (const archive of images) {
        onProgress({ kind: "update", text: `loading ${archive}` });
        await loadImage(layout, containerd, archive);
    }
    onProgress({ kind: "update", text: "waiting for the kubelet" });
    const kubelet = await startKubelet(layout, settings, subnet, {
        cluster,
        engine,
        kubeconfig: kubeconfigs.kubelet,
        containerd,
    });
    const processes = [scheduler, containerd, kubelet];
    await waitFor(await nodeIsReady(cluster), layout, processes, deadline);
    await writeNodeState(layout, { ...state, complete: true });
    return {
        name: NODE_NAME,
        address: subnet.gateway,
        loadImage: async (archive) => await loadImage(layout, containerd, archive),
        stop: async () => await stopNode(cluster.dir),
    };
}

/** What is the machine's: noted before it is made. */
async function makeGround(layout: NodeLayout, settings: NodeSettings, apiServerPort: number): Promise<NodeState> {
    return await withMachineLock(async () => {
        const state = { complete: false, settings, subnet: await freeSubnet(layout) };
        await writeNodeState(layout, state);
        await prepareFolders(layout);
        await makeNetwork(layout, subnetOf(state.subnet), apiServerPort);
        return state;
    });
}

/** https://kubernetes.io/docs/reference/access-authn-authz/node/ */
async function writeKubeconfigs(
    layout: NodeLayout,
    cluster: ControlPlane,
): Promise<Record<"scheduler" | "kubelet", string>> {
    const { server, certificateAuthority } = cluster;
    const write = async (name: string, commonName: string, organizations?: string[]): Promise<string> => {
        const user = await cluster.issueClientCertificate({ commonName, organizations });
        const path = layout.kubeconfig(name);
        await writeFile(path, renderKubeconfig({ server, certificateAuthority, name, user }), { mode: 0o600 });
        return path;
    };
    return {
        scheduler: await write("kube-scheduler", "system:kube-scheduler"),
        kubelet: await write("kubelet", `system:node:${NODE_NAME}`, ["system:nodes"]),
    };
}

async function startContainerd(layout: NodeLayout, subnet: Subnet): Promise<ProcessRecord> {
    await mkdir(layout.file("cni"), { recursive: true });
    await writeFile(layout.file("cni", "pods.conflist"), cniConfig(layout, subnet));
    await writeFile(layout.file("containerd.toml"), containerdConfig(layout));
    const [command, ...args] = inNewNamespace(layout, ["containerd", `--config=${layout.file("containerd.toml")}`]);
    return await startProcess(layout, { name: "containerd", command, arguments: args, env: { PATH: SYSTEM_PATH } });
}

interface KubeletStart {
    cluster: ControlPlane;
    engine: Engine<NodeProgram>;
    kubeconfig: string;
    containerd: ProcessRecord;
}

async function startKubelet(
    layout: NodeLayout,
    settings: NodeSettings,
    subnet: Subnet,
    { cluster, engine, kubeconfig, containerd }: KubeletStart,
): Promise<ProcessRecord> {
    const authority = layout.file("client-ca.crt");
    await writeFile(authority, cluster.certificateAuthority);
    const config = layout.file("kubelet.yaml");
    const port = await freePortOn(subnet.gateway);
    await writeFile(config, kubeletConfig(layout, settings, subnet, port, authority));
    const labels = Object.entries(settings.labels).map(([name, value]) => `${name}=${value}`);
    const [command, ...args] = inNamespaceOf(containerd.pid, [
        engine.programs.kubelet.path,
        `--config=${config}`,
        `--kubeconfig=${kubeconfig}`,
        `--root-dir=${layout.file("kubelet")}`,
        `--cert-dir=${layout.file("kubelet-pki")}`,
        `--hostname-override=${NODE_NAME}`,
        `--node-ip=${subnet.gateway}`,
        ...(labels.length === 0 ? [] : [`--node-labels=${labels.join(",")}`]),
    ]);
    return await startProcess(layout, { name: "kubelet", command, arguments: args, env: { PATH: SYSTEM_PATH } });
}

async function freePortOn(address: string): Promise<number> {
    const server = createServer();
    await new Promise<void>((done, failed) => server.once("error", failed).listen(0, address, done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    return port;
}

async function ctr(layout: NodeLayout, containerd: ProcessRecord, args: string[]): Promise<void> {
    const ours = ["ctr", "--address", layout.socket(), "--namespace", "k8s.io", ...args];
    const [command, ...rest] = inNamespaceOf(containerd.pid, ours);
    await run(command, rest, { env: { PATH: SYSTEM_PATH }, maxBuffer: 64 * 1024 * 1024 });
}

function answersContainerd(layout: NodeLayout, containerd: ProcessRecord): Condition {
    const holds = async (): Promise<boolean> =>
        await ctr(layout, containerd, ["version"]).then(
            () => true,
            () => false,
        );
    return { holds, words: "containerd does not answer" };
}

async function loadImage(layout: NodeLayout, containerd: ProcessRecord, archive: string): Promise<void> {
    try {
        await ctr(layout, containerd, ["images", "import", archive]);
    } catch (error) {
        const said = String((error as { stderr?: unknown }).stderr ?? error).trim();
        throw new EngineError(`${archive} cannot be loaded: ${said}`, "Remove that file, and run this again.");
    }
}

interface NodeObject {
    status?: { conditions?: { type: string; status: string }[] };
}

async function nodeIsReady(cluster: ControlPlane): Promise<Condition> {
    const { admin } = (await readKeys(new ClusterLayout(cluster.dir)))!;
    const ask = jsonAsker(cluster.server, cluster.certificateAuthority, admin);
    const holds = async (): Promise<boolean> => {
        const node = (await ask(`/api/v1/nodes/${NODE_NAME}`)) as NodeObject | undefined;
        return node?.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false;
    };
    return { holds, words: "the node is not Ready" };
}
