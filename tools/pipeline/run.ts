import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type ControlPlane, startControlPlane, startNode } from "../cluster";
import { type Engine, ensureEngine, type OnProgress } from "../engine";
import { ensureBaseImages, ensureHeadImage } from "../images";
import { provideKubernetesPlugin } from "../kubernetes-provider";
import { type Audit, type Pod, readAudit } from "./audit";
import { ACCESS_TOKEN, type Platform, startPlatform, WORKSPACE_ID } from "./platform";
import { MOUNT_PATH, NODE, stackSettings, WORK_VOLUME } from "./settings";
import { Stack } from "./stack";

const run = promisify(execFile);

export interface PipelineOptions {
    /** Holds everything while it runs, and is removed. */
    dir: string;
    /** A folder with a `main.nf`. */
    pipeline: string;
    /** Stack configuration over {@link stackSettings}. */
    settings?: Record<string, string>;
    onProgress: OnProgress;
    say: (step: string) => void;
}

export interface Workflow {
    id: string;
    status: string;
    exitStatus: number | null;
    errorMessage: string | null;
    errorReport: string | null;
}

export interface PipelineResult {
    workflow: Workflow;
    serviceAccounts: Record<"launcher" | "head" | "compute", string>;
    head: Pod;
    /** In the order in which Nextflow submitted them. */
    tasks: Pod[];
    audit: Audit;
    violations: unknown[];
    /** What the pipeline and the scripts around it left on the volume. */
    files: Record<"total" | "preRun" | "postRun", string | undefined>;
}

const ENDS_WITHIN_MS = 300_000;

/** The whole chain on real parts, from nothing to a finished pipeline. Everything is stopped and removed afterwards. */
export async function runPipeline(options: PipelineOptions): Promise<PipelineResult> {
    const { dir, onProgress, say } = options;
    const engine = await ensureEngine({ onProgress });
    const nodeEngine = await ensureEngine({ programs: ["kubelet", "kube-scheduler"], onProgress });
    const images = [await ensureBaseImages(onProgress), await ensureHeadImage(onProgress)];
    say("Programs and images are there");
    const cluster = await startControlPlane({
        dir: join(dir, "cluster"),
        engine,
        // Task pods are removed when they are done; the log keeps them as the API server made them.
        auditLevel: "RequestResponse",
        onProgress,
    });
    try {
        const node = await startNode({ cluster, engine: nodeEngine, images, ...NODE, onProgress });
        say(`A control plane at ${cluster.server} with a node at ${node.address}`);
        const volume = await makeVolume(engine, cluster, options.pipeline);
        const platform = await startPlatform(cluster);
        const outputs = await pulumiUp(engine, cluster, platform, options);
        say(`Compute environment ${outputs.computeEnvId} is ${outputs.status}`);
        const workflow = await launch(platform, outputs.computeEnvId, say);
        const audit = await readAudit(cluster.auditLog, outputs.namespace);
        const read = async (name: string) => await readFile(join(volume, name), "utf8").catch(() => undefined);
        return {
            workflow,
            serviceAccounts: outputs.serviceAccounts,
            head: audit.podsOf(outputs.serviceAccounts.launcher)[0],
            tasks: audit.podsOf(outputs.serviceAccounts.head),
            audit,
            violations: await platform.violations(),
            files: {
                total: await read("results/total.txt"),
                preRun: await read("pre-run.txt"),
                postRun: await read("post-run.txt"),
            },
        };
    } finally {
        await cluster.stop();
        await rm(dir, { recursive: true, force: true });
        say("Everything is stopped and removed");
    }
}

/** A folder of this machine as the shared storage, with the pipeline in it: no registry of pipelines is at hand. */
async function makeVolume(engine: Engine, cluster: ControlPlane, pipeline: string): Promise<string> {
    const path = join(cluster.dir, "volume");
    await mkdir(path);
    await cp(pipeline, join(path, "pipeline"), { recursive: true });
    const volume = {
        apiVersion: "v1",
        kind: "PersistentVolume",
        metadata: { name: WORK_VOLUME },
        spec: {
            capacity: { storage: "1Gi" },
            accessModes: ["ReadWriteMany"],
            persistentVolumeReclaimPolicy: "Retain",
            hostPath: { path, type: "Directory" },
        },
    };
    const file = join(cluster.dir, "volume.json");
    await writeFile(file, JSON.stringify(volume));
    await run(engine.programs.kubectl.path, ["--kubeconfig", cluster.kubeconfig, "apply", "-f", file]);
    return path;
}

interface Outputs {
    computeEnvId: string;
    status: string;
    namespace: string;
    serviceAccounts: PipelineResult["serviceAccounts"];
}

/** The shipped program, with every field set that a pipeline shows something of. */
async function pulumiUp(
    engine: Engine,
    cluster: ControlPlane,
    platform: Platform,
    { settings, onProgress, say }: PipelineOptions,
): Promise<Outputs> {
    const pulumiHome = join(cluster.dir, "pulumi-home");
    const plugin = await provideKubernetesPlugin({ engine, pulumiHome, onProgress });
    const stack = await Stack.create(engine, join(cluster.dir, "stack"), pulumiHome);
    const connections = {
        "kubernetes:kubeconfig": cluster.kubeconfig,
        "seqera:endpoint": platform.endpoint,
        "seqera:workspaceId": String(WORKSPACE_ID),
        "cluster.server": cluster.server,
    };
    await stack.configure({ ...connections, ...stackSettings(), ...settings }, { "seqera:accessToken": ACCESS_TOKEN });
    say(`Running \`pulumi up\` (Kubernetes provider: ${plugin.kind})`);
    await stack.up();
    return (await stack.outputs()) as Outputs;
}

async function launch(platform: Platform, computeEnvId: string, say: (step: string) => void): Promise<Workflow> {
    const { workflowId } = (await platform.call("POST", "/workflow/launch", {
        launch: {
            computeEnvId,
            pipeline: `${MOUNT_PATH}/pipeline/main.nf`,
            workDir: `${MOUNT_PATH}/work`,
            runName: "pipeline-check",
            paramsText: `outdir: ${MOUNT_PATH}/results\n`,
        },
    })) as { workflowId: string };
    const deadline = Date.now() + ENDS_WITHIN_MS;
    let shown = "";
    for (;;) {
        const { workflow } = (await platform.call("GET", `/workflow/${workflowId}`)) as { workflow: Workflow };
        if (workflow.status !== shown) {
            say(`Workflow ${workflowId} is ${workflow.status}`);
            shown = workflow.status;
        }
        if (!["SUBMITTED", "RUNNING"].includes(workflow.status)) {
            return workflow;
        }
        if (Date.now() > deadline) {
            await platform.call("POST", `/workflow/${workflowId}/cancel`);
            throw new Error(`The pipeline is ${workflow.status} after ${ENDS_WITHIN_MS / 1000} s.`);
        }
        await sleep(500);
    }
}
