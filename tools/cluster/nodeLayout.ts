import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ClusterLayout } from "./layout";

/** A node lies in its control plane's directory, and goes with it. */
export class NodeLayout extends ClusterLayout {
    constructor(clusterDir: string) {
        super(join(clusterDir, "node"));
    }

    /** Names everything of this node that is the machine's: bridge and socket. */
    readonly id = (): string => createHash("sha256").update(this.dir).digest("hex").slice(0, 8);
    /** Written before anything is made, so that whatever is there can be found and removed. */
    readonly nodeState = (): string => join(this.dir, "node.json");
    readonly file = (...name: string[]): string => join(this.dir, ...name);
    readonly bridge = (): string => `${BRIDGE_PREFIX}${this.id()}`;
    readonly containerdState = (): string => this.file("containerd-state");
    /** In the node's own mount namespace; a path in our directory could be longer than a socket's may be. */
    readonly socket = (): string => `/run/containerd/${this.id()}.sock`;
}

/** At most 15 characters are allowed in an interface's name. */
export const BRIDGE_PREFIX = "sqk";

export const NODE_NAME = "node";

export interface NodeSettings {
    /** Beside the ones that every node has. */
    labels: Record<string, string>;
    taints: { key: string; value?: string; effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute" }[];
}

export interface NodeState {
    complete: boolean;
    settings: NodeSettings;
    /** The third number of 10.213.n.0/24. */
    subnet: number;
}

export async function readNodeState(layout: NodeLayout): Promise<NodeState | undefined> {
    try {
        return JSON.parse(await readFile(layout.nodeState(), "utf8")) as NodeState;
    } catch {
        return undefined;
    }
}

export async function writeNodeState(layout: NodeLayout, state: NodeState): Promise<void> {
    await writeFile(`${layout.nodeState()}.new`, `${JSON.stringify(state, undefined, 4)}\n`, { mode: 0o600 });
    await rename(`${layout.nodeState()}.new`, layout.nodeState());
}
