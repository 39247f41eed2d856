import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { EngineError } from "../engine";
import { withLock } from "../engine/lock";
import { KUBERNETES_SERVICE_IP } from "./arguments";
import { BRIDGE_PREFIX, type NodeLayout } from "./nodeLayout";
import { SYSTEM_PATH } from "./nodePackages";

const run = promisify(execFile);

/** Nodes share the machine's addresses and folders, whatever directories they lie in. */
export async function withMachineLock<T>(action: () => Promise<T>): Promise<T> {
    return await withLock(join(tmpdir(), "seqera-node.lock"), "changing this machine's network", () => {}, action);
}

async function system(command: string, args: string[]): Promise<string> {
    const { stdout } = await run(command, args, { env: { PATH: SYSTEM_PATH } });
    return stdout;
}

export interface Subnet {
    /** Of all pods. */
    range: string;
    /** The node's own address, on the bridge. */
    gateway: string;
}

export function subnetOf(third: number): Subnet {
    return { range: `10.213.${third}.0/24`, gateway: `10.213.${third}.1` };
}

/** A third number whose addresses nothing on this machine has or knows a way to. */
export async function freeSubnet(layout: NodeLayout): Promise<number> {
    const known = (await system("ip", ["-4", "-o", "address"])) + (await system("ip", ["-4", "route"]));
    const first = Number.parseInt(layout.id().slice(0, 2), 16);
    const all = Array.from({ length: 256 }, (_, index) => (first + index) % 256);
    const free = all.find((third) => !known.includes(` 10.213.${third}.`) && !known.includes(`\n10.213.${third}.`));
    if (free === undefined) {
        throw new EngineError("All of 10.213.0.0/16 is in use on this machine.", "Stop a node, and try again.");
    }
    return free;
}

/**
 * A bridge for pods, from which the API server's service address leads to the API server on loopback: what kube-proxy
 * does on other nodes. Nothing else of the machine becomes reachable, and the API server stays on loopback.
 */
export async function makeNetwork(layout: NodeLayout, subnet: Subnet, apiServerPort: number): Promise<void> {
    const bridge = layout.bridge();
    await system("ip", ["link", "add", bridge, "type", "bridge"]);
    await system("ip", ["address", "add", `${subnet.gateway}/24`, "dev", bridge]);
    await system("ip", ["link", "set", bridge, "up"]);
    // Only for packets of this bridge; the rule below is the only one that sends them to loopback.
    await system("sysctl", ["-q", "-w", `net.ipv4.conf.${bridge}.route_localnet=1`]);
    const others = ["-i", bridge, "-d", "127.0.0.0/8", "-m", "conntrack", "!", "--ctstate", "DNAT", "-j", "DROP"];
    await system("iptables", ["-w", "-I", "INPUT", ...others]);
    const service = ["-i", bridge, "-d", `${KUBERNETES_SERVICE_IP}/32`, "-p", "tcp", "--dport", "443"];
    const apiServer = ["-j", "DNAT", "--to-destination", `127.0.0.1:${apiServerPort}`];
    await system("iptables", ["-w", "-t", "nat", "-I", "PREROUTING", ...service, ...apiServer]);
}

/** Removes the bridge and every rule that names it. */
export async function removeNetwork(layout: NodeLayout): Promise<void> {
    const bridge = layout.bridge();
    for (const [table, chain] of [
        ["nat", "PREROUTING"],
        ["filter", "INPUT"],
    ]) {
        const rules = await system("iptables", ["-w", "-t", table, "-S", chain]);
        for (const rule of rules.split("\n").filter((line) => line.includes(` -i ${bridge} `))) {
            await system("iptables", ["-w", "-t", table, "-D", ...rule.trim().split(/\s+/).slice(1)]);
        }
    }
    if ((await bridges()).includes(bridge)) {
        await system("ip", ["link", "delete", bridge]);
    }
}

/** The bridges of all nodes of ours on this machine. */
export async function bridges(): Promise<string[]> {
    const links = await system("ip", ["-o", "link", "show", "type", "bridge"]);
    return [...links.matchAll(/^\d+: ([^:@]+)/gm)]
        .map(([, name]) => name)
        .filter((name) => name.startsWith(BRIDGE_PREFIX));
}
