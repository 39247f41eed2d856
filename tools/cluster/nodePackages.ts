import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { EngineError, type OnProgress } from "../engine";

const run = promisify(execFile);

/** What a node takes that no registry of ours has: a file of each package says whether it is there. */
const PACKAGES = {
    containerd: ["/usr/bin/containerd", "/usr/bin/ctr"],
    runc: ["/usr/sbin/runc", "/usr/bin/runc"],
    "containernetworking-plugins": ["/usr/lib/cni/bridge"],
    // Pods reach the API server by its service address, as kube-proxy would have it.
    iptables: ["/usr/sbin/iptables"],
    iproute2: ["/usr/sbin/ip", "/sbin/ip", "/bin/ip"],
    mmdebstrap: ["/usr/bin/mmdebstrap"],
};

/** The folders of system programs; not all of them are on everybody's `PATH`. */
export const SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export const CNI_PLUGINS = "/usr/lib/cni";

export type NodeSupport = { possible: true } | { possible: false; reason: string; remedy: string };

/**
 * Whether a node can run on this machine; with `CI=true` or `INSTALL=1` its packages are installed first, and with
 * `NODE_PARTS=none` it is treated as one where none can.
 */
export async function nodeSupport(
    onProgress: OnProgress = () => {},
    env: NodeJS.ProcessEnv = process.env,
): Promise<NodeSupport> {
    if (env.NODE_PARTS === "none") {
        return { possible: false, reason: "NODE_PARTS=none asks for no node", remedy: "Unset NODE_PARTS for one." };
    }
    if (process.platform !== "linux") {
        return { possible: false, reason: "a node needs Linux", remedy: "Run this in a Linux machine." };
    }
    if (process.getuid?.() !== 0) {
        return { possible: false, reason: "a node needs root", remedy: "Run this as root, in a machine of its own." };
    }
    const missing = missingPackages();
    if (missing.length === 0) {
        return { possible: true };
    }
    const install = ["apt-get", "install", "--yes", "--no-install-recommends", ...missing];
    const absent = { possible: false, reason: `packages are missing: ${missing.join(", ")}` } as const;
    if (!existsSync("/usr/bin/apt-get")) {
        return { ...absent, remedy: "They are known to work as Debian has them; install them your system's way." };
    }
    if (env.CI !== "true" && env.INSTALL !== "1") {
        return { ...absent, remedy: `Run \`apt-get update && ${install.join(" ")}\` (or set INSTALL=1), then again.` };
    }
    try {
        onProgress({ kind: "start", step: 1, of: 1, title: `install ${missing.join(", ")}` });
        const aptEnv = { ...env, DEBIAN_FRONTEND: "noninteractive", PATH: SYSTEM_PATH };
        await run("apt-get", ["update"], { env: aptEnv });
        await run(install[0], install.slice(1), { env: aptEnv });
        onProgress({ kind: "end", ok: true, text: "installed" });
    } catch (error) {
        onProgress({ kind: "end", ok: false, text: "failed" });
        const said = String((error as { stderr?: unknown }).stderr ?? error).trim();
        return { ...absent, remedy: `apt-get did not install them: ${said.split("\n").slice(-3).join(" ")}` };
    }
    const still = missingPackages();
    return still.length === 0 ? { possible: true } : { ...absent, remedy: `Still missing: ${still.join(", ")}.` };
}

export async function requireNodeSupport(onProgress: OnProgress): Promise<void> {
    const support = await nodeSupport(onProgress);
    if (!support.possible) {
        throw new EngineError(`No node can run here: ${support.reason}.`, support.remedy);
    }
}

function missingPackages(): string[] {
    return Object.entries(PACKAGES)
        .filter(([, files]) => !files.some((file) => existsSync(file)))
        .map(([name]) => name);
}
