import { spawn } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startControlPlane } from "../cluster";
import { EngineError, ensureEngine } from "../engine";
import { ensureNextflow, openedPackages } from "../nextflow";
import { type Pod, readAudit } from "./audit";
import { Kubectl } from "./kubectl";
import { startPlatform } from "./platform";
import { launchRun, type Outputs } from "./launch";
import { makeStack, type PipelineOptions, prepare, pulumiUp } from "./run";
import { stackSettings } from "./settings";
import type { RunPods } from "./podArguments";

/** What the API server let in where nothing can run: the head's and the service's pod, and those of the first tasks. */
export interface AcceptedPods {
    serviceAccounts: Outputs["serviceAccounts"];
    pods: RunPods;
}

const NEXTFLOW = "24.10.5";
const SUBMITTED_WITHIN_MS = 120_000;
/** Tasks that the pipeline starts with, whatever comes of them. */
const FIRST_TASKS = 2;

/**
 * The part of the chain that needs no node: the environment is made, a run is launched, and its head pod, which nothing runs, is
 * taken at its word: a Nextflow on this machine, with the configuration in that pod and as the head's service account, submits
 * the first tasks. Their pods are let in, and nothing runs them either.
 */
export async function acceptPipeline(options: PipelineOptions): Promise<AcceptedPods> {
    const { dir, onProgress, say } = options;
    const engine = await ensureEngine({ onProgress });
    const library = await ensureNextflow(NEXTFLOW, onProgress);
    const auditLevel = "RequestResponse";
    const cluster = await startControlPlane({ dir: join(dir, "cluster"), engine, auditLevel, onProgress });
    try {
        say(`A control plane at ${cluster.server}, without a node`);
        const kubectl = new Kubectl(engine.programs.kubectl.path, cluster.kubeconfig);
        const volume = await prepare(kubectl, join(cluster.dir, "volumes"), options.pipeline);
        const platform = await startPlatform(cluster, { node: false });
        const stack = await makeStack(engine, cluster, platform, options);
        const outputs = await pulumiUp(stack, stackSettings(), say);
        const { head: account, launcher } = outputs.serviceAccounts;
        await launchRun(platform, outputs.computeEnvId, "pipeline-check", "main.nf");
        const head = await first(async () => (await readAudit(cluster.auditLog, outputs.namespace)).podsOf(launcher));
        say(`The head pod ${head[0].metadata.name} is let in`);

        const token = (await kubectl.run(["--namespace", outputs.namespace, "create", "token", account])).trim();
        const submission = await submit({ library, volume, head: head[0], server: cluster.server, token });
        try {
            const tasks = await first(
                async () => (await readAudit(cluster.auditLog, outputs.namespace)).podsOf(account),
                FIRST_TASKS,
                () => submission.failure(),
            );
            say(`${tasks.length} task pods are let in`);
            const service = await first(async () =>
                (await kubectl.list<Pod>(outputs.namespace, "pods")).filter(
                    ({ metadata }) => metadata.labels?.["app.kubernetes.io/component"] === "service",
                ),
            );
            return { serviceAccounts: outputs.serviceAccounts, pods: { head: head[0], service: service[0], tasks } };
        } finally {
            await submission.end();
        }
    } finally {
        await cluster.stop();
        await rm(dir, { recursive: true, force: true });
        say("Everything is stopped and removed");
    }
}

/** Waits until there are some. */
async function first(
    look: () => Promise<Pod[]>,
    count = 1,
    failure: () => string | undefined = () => undefined,
): Promise<Pod[]> {
    const deadline = Date.now() + SUBMITTED_WITHIN_MS;
    for (;;) {
        const found = await look();
        if (found.length >= count) {
            return found;
        }
        const failed = failure();
        if (failed !== undefined || Date.now() > deadline) {
            throw new EngineError(`No pod was made: ${failed ?? "nothing happened"}`, "Look at what Nextflow said.");
        }
        await sleep(250);
    }
}

interface Submission {
    library: string;
    volume: string;
    head: Pod;
    server: string;
    token: string;
}

/** Nextflow on this machine, told what the head pod would tell it; only where it runs and who it is are said here. */
async function submit({ library, volume, head, server, token }: Submission) {
    const home = join(volume, "nextflow-home");
    await mkdir(home);
    const here = `k8s.client = [server: '${server}', token: '${token}']\nk8s.storageMountPath = '${volume}'\n`;
    const texts = [variable(head, "NXF_CONFIG_BASE64"), variable(head, "TOWER_CONFIG_BASE64"), here];
    const configs = await Promise.all(
        texts.map(async (text, index) => {
            const file = join(home, `${index}.config`);
            await writeFile(file, text, { mode: 0o600 });
            return ["-c", file];
        }),
    );
    const child = spawn(
        "java",
        [
            ...["-Djava.awt.headless=true", ...openedPackages(), "-cp", join(library, "*"), "nextflow.cli.Launcher"],
            ...["-log", join(home, "nextflow.log"), "run", join(volume, "pipeline", "main.nf")],
            ...["-w", join(volume, "work"), ...configs.flat(), "--outdir", join(volume, "results")],
            ...["-ansi-log", "false"],
        ],
        {
            cwd: home,
            env: {
                PATH: process.env.PATH,
                JAVA_HOME: process.env.JAVA_HOME,
                NXF_HOME: home,
                NXF_OFFLINE: "true",
                NXF_PLUGINS_DEFAULT: "false",
                NXF_DISABLE_CHECK_LATEST: "true",
            },
        },
    );
    let said = "";
    child.stdout.on("data", (data: Buffer) => (said += data.toString()));
    child.stderr.on("data", (data: Buffer) => (said += data.toString()));
    const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
    return {
        failure: () => (child.exitCode === null ? undefined : said.slice(-2_000)),
        end: async () => {
            // It would go on waiting for its tasks, and clean up after itself for long.
            child.kill("SIGKILL");
            await ended;
        },
    };
}

/** What the launcher's image would read of its environment. */
function variable({ spec }: Pod, name: string): string {
    const found = spec.containers[0].env?.find((each) => each.name === name)?.value ?? "";
    return Buffer.from(found, "base64").toString("utf8");
}
