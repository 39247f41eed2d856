import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { attachControlPlane, type ControlPlane, startControlPlane, type StartOptions } from "../../../tools/cluster";
import { ClusterLayout } from "../../../tools/cluster/layout";
import { endProcesses } from "../../../tools/cluster/processes";
import { type Engine, ensureEngine, terminalProgress } from "../../../tools/engine";
import { type ProvidedPlugin, provideKubernetesPlugin } from "../../../tools/kubernetes-provider";
import { SHARED_CLUSTER } from "../../../tools/test/variables";

/** The real programs and one control plane, shared by all engine tests of the process. */
export interface TestEngine {
    engine: Engine;
    cluster: ControlPlane;
    pulumiHome: string;
    plugin: ProvidedPlugin;
}

let started: Promise<TestEngine> | undefined;
let directory: string | undefined;
let ownCluster: ClusterSettings | undefined;

type ClusterSettings = Omit<StartOptions, "dir" | "engine">;

/**
 * For a file whose tests need a cluster to themselves: they end its programs, look at all that is in it, or use names that
 * others use, too. Called when the file is loaded.
 */
export function useOwnCluster(settings: ClusterSettings = {}): void {
    ownCluster = settings;
}

/** Starts it for the first that asks. A cold machine builds the programs first, which takes some ten minutes. */
export function testEngine(): Promise<TestEngine> {
    started ??= start();
    return started;
}

async function start(): Promise<TestEngine> {
    const onProgress = terminalProgress();
    directory = mkdtempSync(join(tmpdir(), "seqera-engine-"));
    const engine = await ensureEngine({ onProgress });
    const pulumiHome = join(directory, "pulumi-home");
    const plugin = await provideKubernetesPlugin({ engine, pulumiHome, onProgress });
    const cluster = (await sharedCluster()) ?? (await startCluster(engine, join(directory, "cluster")));
    return { engine, cluster, pulumiHome, plugin };
}

function startCluster(engine: Engine, dir: string): Promise<ControlPlane> {
    return startControlPlane({ ...ownCluster, dir, engine });
}

/** The control plane of the test run, which goes on for others. */
async function sharedCluster(): Promise<ControlPlane | undefined> {
    const dir = process.env[SHARED_CLUSTER];
    const cluster = dir === undefined || ownCluster !== undefined ? undefined : await attachControlPlane(dir);
    return cluster && { ...cluster, stop: () => Promise.resolve() };
}

/** Ends one program of the control plane as a crash does. */
export async function crash(program: "kube-apiserver" | "kube-controller-manager"): Promise<void> {
    const { cluster } = await testEngine();
    await endProcesses(new ClusterLayout(cluster.dir), program);
}

/** Starts the control plane again, with its data and where it was. */
export async function restartCluster(): Promise<void> {
    const { engine, cluster } = await testEngine();
    const { server } = await startCluster(engine, cluster.dir);
    assert.equal(server, cluster.server, "the API server is at another address now");
}

/** A hook of the root suite: it runs once, after the last test of all files. */
after(async function () {
    this.timeout(60_000);
    await (await started)?.cluster.stop();
    if (directory !== undefined) {
        rmSync(directory, { recursive: true, force: true });
    }
});
