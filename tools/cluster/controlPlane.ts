import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Engine, EngineError, type OnProgress } from "../engine";
import { withLock } from "../engine/lock";
import {
    apiServerArguments,
    controllerManagerArguments,
    type ControlPlaneSettings,
    etcdArguments,
    type Ports,
    serverUrl,
} from "./arguments";
import { renderAuditPolicy } from "./audit";
import { renderKubeconfig } from "./kubeconfig";
import { ClusterLayout } from "./layout";
import { stopNode } from "./node";
import { preparePki, readKeys } from "./pki";
import { freePorts } from "./ports";
import { endProcesses, isRunning, type ProcessRecord, recordedProcesses, startProcess } from "./processes";
import { answers, asker, listens, PortTaken, waitFor } from "./readiness";
import { readState, writeState } from "./state";
import type { ControlPlane } from "./runningControlPlane";
import { startWatchdog, WATCHDOG } from "./watchdog";

const PROGRAMS = ["etcd", "kube-apiserver", "kube-controller-manager"] as const;

export type ControlPlaneProgram = (typeof PROGRAMS)[number];

export interface StartOptions extends Partial<ControlPlaneSettings> {
    /** All of the control plane lies here; removed by `stop`. */
    dir: string;
    engine: Engine<ControlPlaneProgram>;
    /** Lets it run on when this process ends; otherwise it ends with it, however that happens. */
    detached?: boolean;
    onProgress?: OnProgress;
}

const READY_WITHIN_MS = 90_000;
/** All its processes run, so a busy machine is likelier than a broken control plane. */
const ATTACH_WITHIN_MS = 10_000;
const PORT_ATTEMPTS = 5;
const PREPARING = "starting or stopping this control plane";

/**
 * Starts etcd, the API server and the controller manager on free loopback ports. If they run in this directory already,
 * gives those; if they ran when the machine went down, starts them again with their data and, if they are free, their ports.
 */
export async function startControlPlane(options: StartOptions): Promise<ControlPlane> {
    const { onProgress = () => {} } = options;
    const layout = new ClusterLayout(resolve(options.dir));
    await mkdir(dirname(layout.dir), { recursive: true });
    return await withLock(layout.lock(), PREPARING, onProgress, async () => {
        const settings = settingsOf(options);
        const state = await readState(layout);
        const running = await attachControlPlane(layout.dir);
        if (running !== undefined) {
            requireSameSettings(layout, settings, state?.settings);
            return running;
        }
        if (state === undefined && (await readdir(layout.dir).catch(() => [])).length > 0) {
            throw new EngineError(
                `${layout.dir} holds files that are not a control plane's.`,
                "Name a directory that is empty or does not exist: it is removed with the control plane.",
            );
        }
        await stopNode(layout.dir);
        await endProcesses(layout);
        onProgress({ kind: "start", step: 1, of: 1, title: "start a Kubernetes control plane" });
        try {
            const origin = await startSomehow(layout, options, settings, state?.complete ? state.ports : undefined);
            const { ports } = (await readState(layout))!;
            onProgress({
                kind: "end",
                ok: true,
                text: `${origin === "new" ? "ready" : "resumed"} at ${serverUrl(ports!)}`,
            });
            return await describe(layout, ports!, origin);
        } catch (error) {
            onProgress({ kind: "end", ok: false, text: "failed" });
            // The directory stays for its logs; the next start or stop clears it.
            await endProcesses(layout);
            throw error;
        }
    });
}

/** The control plane that runs in this directory, if one does and is ready. */
export async function attachControlPlane(dir: string): Promise<ControlPlane | undefined> {
    const layout = new ClusterLayout(resolve(dir));
    const state = await readState(layout);
    const keys = await readKeys(layout);
    if (!state?.complete || state.ports === undefined || keys === undefined) {
        return undefined;
    }
    // Others may run in the directory too, and say nothing about the control plane: the watchdog, a node's programs.
    const processes = (await recordedProcesses(layout)).filter(({ name }) => PROGRAMS.some((one) => one === name));
    const alive = await Promise.all(processes.map(isRunning));
    if (processes.length < PROGRAMS.length || alive.includes(false)) {
        return undefined;
    }
    const ask = asker(serverUrl(state.ports), keys.authority.certificate, keys.admin);
    try {
        await waitFor(answers(ask, "/readyz"), layout, processes, Date.now() + ATTACH_WITHIN_MS);
        return await describe(layout, state.ports, "attached");
    } catch {
        return undefined;
    }
}

/** Ends what runs in this directory and removes it (or keeps its data for the next start); nothing there is fine. */
export async function stopControlPlane(dir: string, { keepDirectory = false } = {}): Promise<void> {
    const layout = new ClusterLayout(resolve(dir));
    await mkdir(dirname(layout.dir), { recursive: true });
    const stop = async (): Promise<void> => {
        // Without the mark it is not ours to remove.
        if ((await readState(layout)) !== undefined) {
            // Before anything is removed: containers still have the directory's files open and mounted.
            await stopNode(layout.dir);
            await endProcesses(layout);
            if (!keepDirectory) {
                await rm(layout.dir, { recursive: true, force: true });
            }
        }
    };
    await withLock(layout.lock(), PREPARING, () => {}, stop);
}

function settingsOf(options: StartOptions): ControlPlaneSettings {
    const { auditLevel = "Metadata", featureGates = {}, extraSubjectAltNames = [], apiServerArguments = [] } = options;
    return { auditLevel, featureGates, extraSubjectAltNames, apiServerArguments };
}

function requireSameSettings(
    layout: ClusterLayout,
    wanted: ControlPlaneSettings,
    running?: ControlPlaneSettings,
): void {
    if (!isDeepStrictEqual(wanted, running)) {
        throw new EngineError(
            `A control plane with other settings runs in ${layout.dir}.`,
            "Stop that one first, or use another directory.",
        );
    }
}

/** With the ports and data of before if there are any, else afresh; with other ports when one is taken. */
async function startSomehow(
    layout: ClusterLayout,
    options: StartOptions,
    settings: ControlPlaneSettings,
    earlierPorts: Ports | undefined,
): Promise<ControlPlane["origin"]> {
    if (earlierPorts !== undefined) {
        try {
            await startOnFreePorts(layout, options, settings, earlierPorts);
            return "resumed";
        } catch (error) {
            const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
            options.onProgress?.({ kind: "note", text: `The earlier data cannot be used (${why}); starting afresh.` });
            await endProcesses(layout);
        }
    }
    await rm(layout.dir, { recursive: true, force: true });
    await startOnFreePorts(layout, options, settings);
    return "new";
}

async function startOnFreePorts(
    layout: ClusterLayout,
    options: StartOptions,
    settings: ControlPlaneSettings,
    earlierPorts?: Ports,
): Promise<void> {
    for (let attempt = 1; ; attempt++) {
        const ports = (attempt === 1 ? earlierPorts : undefined) ?? (await choosePorts());
        try {
            return await startOnce(layout, options, settings, ports);
        } catch (error) {
            if (!(error instanceof PortTaken)) {
                throw error;
            }
            if (attempt === PORT_ATTEMPTS) {
                throw new EngineError(
                    `In ${PORT_ATTEMPTS} attempts, ports that were free were taken before the control plane had them.`,
                    "Look what opens so many ports on this machine, and try again.",
                );
            }
            await endProcesses(layout);
            await rm(layout.logs(), { recursive: true, force: true });
        }
    }
}

async function choosePorts(): Promise<Ports> {
    const [apiServer, etcdClient, etcdPeer] = await freePorts(3);
    return { apiServer, etcdClient, etcdPeer };
}

async function startOnce(
    layout: ClusterLayout,
    { engine: { programs }, detached }: StartOptions,
    settings: ControlPlaneSettings,
    ports: Ports,
): Promise<void> {
    await mkdir(layout.dir, { recursive: true, mode: 0o700 });
    const before = await readState(layout);
    await writeState(layout, { complete: before?.complete ?? false, settings, ports });
    const keys = await preparePki(layout, settings.extraSubjectAltNames);
    const server = serverUrl(ports);
    const certificateAuthority = keys.authority.certificate;
    for (const [name, user] of [
        ["admin", keys.admin],
        ["controller-manager", keys.controllerManager],
    ] as const) {
        const kubeconfig = renderKubeconfig({ server, certificateAuthority, name, user });
        await writeFile(layout.kubeconfig(name), kubeconfig, { mode: 0o600 });
    }
    await writeFile(layout.auditPolicy(), renderAuditPolicy(settings.auditLevel));
    await startWatchdog(layout, detached ? "processes" : "everything");
    const start = async (name: ControlPlaneProgram, args: string[]): Promise<ProcessRecord> =>
        await startProcess(layout, { name, command: programs[name].path, arguments: args });
    const ask = asker(server, certificateAuthority, keys.admin);
    const deadline = Date.now() + READY_WITHIN_MS;
    // One after the other: whoever does not find the one before at once sleeps for a second before looking again.
    const processes = [await start("etcd", etcdArguments(layout, ports))];
    await waitFor(listens(ports.etcdClient), layout, processes, deadline);
    processes.push(await start("kube-apiserver", apiServerArguments(layout, ports, settings)));
    await waitFor(answers(ask, "/readyz"), layout, processes, deadline);
    processes.push(await start("kube-controller-manager", controllerManagerArguments(layout, settings)));
    // Made by the controller manager: when it is there, the whole chain works and pods can be created.
    await waitFor(answers(ask, "/api/v1/namespaces/default/serviceaccounts/default"), layout, processes, deadline);
    await writeState(layout, { complete: true, settings, ports });
    if (detached) {
        await endProcesses(layout, WATCHDOG);
    }
}

async function describe(layout: ClusterLayout, ports: Ports, origin: ControlPlane["origin"]): Promise<ControlPlane> {
    const { authority } = (await readKeys(layout))!;
    return {
        dir: layout.dir,
        server: serverUrl(ports),
        certificateAuthority: authority.certificate,
        kubeconfig: layout.kubeconfig("admin"),
        auditLog: layout.auditLog(),
        origin,
        issueClientCertificate: async (identity) => {
            const { issueClient } = await import("./certificates.js");
            return await issueClient(authority, identity);
        },
        stop: async () => await stopControlPlane(layout.dir),
    };
}
