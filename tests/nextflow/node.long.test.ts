import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type ControlPlane, startControlPlane, startNode } from "../../tools/cluster";
import { NodeLayout } from "../../tools/cluster/nodeLayout";
import { type Engine, ensureEngine, type ProgramName, terminalProgress } from "../../tools/engine";
import { ensureBaseImages, TASK_IMAGE } from "../../tools/images";
import { requireNode } from "./support/node";

const run = promisify(execFile);
const PROGRAMS = ["etcd", "kube-apiserver", "kube-controller-manager", "kubectl", "kubelet", "kube-scheduler"] as const;

/** What a node could leave on the machine. */
async function remains(clusterDir: string): Promise<string[]> {
    const layout = new NodeLayout(clusterDir);
    const outputs = await Promise.all([
        run("ip", ["-o", "link"]),
        run("iptables", ["-t", "nat", "-S"]),
        run("iptables", ["-S"]),
        run("ps", ["-eo", "args"]),
    ]);
    const lines = outputs.flatMap(({ stdout }) => stdout.split("\n"));
    const mounts = readFileSync("/proc/self/mounts", "utf8").split("\n");
    return [...lines, ...mounts].filter((line) => line.includes(layout.id()) || line.includes(clusterDir));
}

async function within(seconds: number, holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await holds())) {
        assert.ok(Date.now() < deadline, `${what}: not within ${seconds} s`);
        await sleep(200);
    }
}

describe("nextflow: a node", function () {
    this.timeout(600_000);
    requireNode();

    let engine: Engine<(typeof PROGRAMS)[number]>;
    let images: string[];
    let directory: string;
    const clusters: ControlPlane[] = [];

    before(async () => {
        engine = await ensureEngine<ProgramName>({ programs: PROGRAMS, onProgress: terminalProgress() });
        images = [await ensureBaseImages(terminalProgress())];
        directory = mkdtempSync(join(tmpdir(), "seqera-node-"));
    });

    after(async () => {
        for (const cluster of clusters) {
            await cluster.stop();
        }
        rmSync(directory, { recursive: true, force: true });
    });

    async function kubectl(cluster: ControlPlane, ...args: string[]): Promise<string> {
        const { path } = engine.programs.kubectl;
        return (await run(path, ["--kubeconfig", cluster.kubeconfig, ...args])).stdout;
    }

    async function runPod(cluster: ControlPlane, script: string): Promise<{ exitCode: number; log: string }> {
        await kubectl(cluster, "run", "probe", `--image=${TASK_IMAGE}`, "--restart=Never", "--", "bash", "-c", script);
        const ended = "jsonpath={.status.containerStatuses[0].state.terminated.exitCode}";
        let exitCode = "";
        await within(
            60,
            async () => (exitCode = await kubectl(cluster, "get", "pod", "probe", "-o", ended)) !== "",
            "the pod ends",
        );
        return { exitCode: Number(exitCode), log: await kubectl(cluster, "logs", "probe") };
    }

    it("runs pods of two clusters side by side, each with its own API server, and leaves nothing", async () => {
        for (const name of ["one", "two"]) {
            clusters.push(await startControlPlane({ dir: join(directory, name), engine }));
        }
        const nodes = [];
        for (const cluster of clusters) {
            nodes.push(await startNode({ cluster, engine, images }));
        }
        assert.notEqual(nodes[0].address, nodes[1].address);
        const folder = "/var/run/secrets/kubernetes.io/serviceaccount";
        const [one, other] = await Promise.all(
            clusters.map(async (cluster) =>
                runPod(
                    cluster,
                    `exec 3<>/dev/tcp/$KUBERNETES_SERVICE_HOST/$KUBERNETES_SERVICE_PORT && md5sum < ${folder}/ca.crt; exit 3`,
                ),
            ),
        );
        assert.equal(one.exitCode, 3);
        assert.equal(other.exitCode, 3);
        assert.match(one.log, /^[0-9a-f]{32}/);
        assert.notEqual(one.log, other.log);

        await clusters[0].stop();
        assert.deepEqual(await remains(clusters[0].dir), []);
        assert.equal(existsSync(clusters[0].dir), false);
        // What the first one leaves alone: the folders that the second one's programs have mounted something on.
        await kubectl(clusters[1], "delete", "pod", "probe", "--now");
        assert.equal((await runPod(clusters[1], "exit 5")).exitCode, 5);
        await clusters[1].stop();
        assert.deepEqual(await remains(clusters[1].dir), []);
    });

    it("goes with the process that started it, even if that is killed while a container runs", async () => {
        const dir = join(directory, "killed");
        const child = spawn(process.execPath, ["--import", "tsx", join(__dirname, "support", "nodeAndHang.ts"), dir], {
            stdio: ["ignore", "pipe", "inherit"],
        });
        let output = "";
        child.stdout.on("data", (data: Buffer) => (output += data.toString()));
        await within(180, () => output.includes("running") || child.exitCode !== null, "the other process has a pod");
        assert.equal(child.exitCode, null, output);
        assert.notDeepEqual(await remains(dir), []);
        child.kill("SIGKILL");
        await within(60, async () => !existsSync(dir) && (await remains(dir)).length === 0, "nothing of it remains");
    });
});
