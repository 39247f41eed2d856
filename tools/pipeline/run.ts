import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ControlPlane, startControlPlane, startNode } from "../cluster";
import { type Engine, ensureEngine, type OnProgress } from "../engine";
import { ensureBaseImages, ensureHeadImage } from "../images";
import { provideKubernetesPlugin } from "../kubernetes-provider";
import { NODE_NAME } from "../cluster/nodeLayout";
import { type Audit, type Pod, readAudit } from "./audit";
import { Kubectl } from "./kubectl";
import { ACCESS_TOKEN, type Platform, startPlatform, WORKSPACE_ID } from "./platform";
import { ACCELERATOR, ACCELERATORS, MOUNT_PATH, NODE, prerequisites, REFERENCE, stackSettings } from "./settings";
import { lacking, type Right } from "./rights";
import type { RunPods } from "./shown";
import { Stack } from "./stack";

export interface PipelineOptions {
    /** Holds everything while it runs, and is removed. */
    dir: string;
    /** A folder with a `main.nf`. */
    pipeline: string;
    /** Stack configuration over {@link stackSettings}. */
    settings?: Record<string, unknown>;
    /** Rights that are taken away, one at a time, from what a pipeline then does without. Default: none. */
    rights?: { role: Role; right: Right }[];
    onProgress: OnProgress;
    say: (step: string) => void;
}

export type Role = "launcher" | "head" | "compute";

/** What came of a run without one right. */
export interface RunWithout {
    role: Role;
    right: Right;
    workflow: Workflow;
    /** What the head pod said; empty where there was none. */
    log: string;
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
    serviceAccounts: Record<Role, string>;
    pods: RunPods;
    audit: Audit;
    /** What the cluster warned of, such as a container that could not start. */
    warnings: string[];
    violations: unknown[];
    without: RunWithout[];
    /** With the runs that lacked a right. */
    auditOfAll: Audit;
    /** What the pipeline and the scripts around it left on the volume. */
    files: Record<"total" | "seen" | "preRun" | "postRun", string | undefined>;
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
        const kubectl = new Kubectl(engine.programs.kubectl.path, cluster.kubeconfig);
        const volume = await prepare(kubectl, join(cluster.dir, "volumes"), options.pipeline);
        await advertiseAccelerators(kubectl);
        const platform = await startPlatform(cluster);
        const outputs = await pulumiUp(engine, cluster, platform, options);
        say(`Compute environment ${outputs.computeEnvId} is ${outputs.status}`);
        const workflow = await launch(platform, outputs.computeEnvId, "pipeline-check", say);
        const audit = await readAudit(cluster.auditLog, outputs.namespace);
        const read = async (name: string) => await readFile(join(volume, name), "utf8").catch(() => undefined);
        const result = {
            workflow,
            serviceAccounts: outputs.serviceAccounts,
            pods: {
                head: audit.podsOf(outputs.serviceAccounts.launcher)[0],
                service: await servicePod(kubectl, outputs.namespace),
                tasks: audit.podsOf(outputs.serviceAccounts.head),
            },
            audit,
            warnings: await warnings(kubectl, outputs.namespace),
            files: {
                total: await read("results/total.txt"),
                seen: await read("results/seen.txt"),
                preRun: await read("pre-run.txt"),
                postRun: await read("post-run.txt"),
            },
        };
        const without: RunWithout[] = [];
        for (const each of options.rights ?? []) {
            without.push(await runWithout(kubectl, platform, outputs, each, say));
        }
        const auditOfAll = await readAudit(cluster.auditLog, outputs.namespace);
        return { ...result, without, auditOfAll, violations: await platform.violations() };
    } finally {
        await cluster.stop();
        await rm(dir, { recursive: true, force: true });
        say("Everything is stopped and removed");
    }
}

/** What the environment will refer to; folders of this machine are its storage, with the pipeline in one of them. */
export async function prepare(kubectl: Kubectl, dir: string, pipeline: string): Promise<string> {
    const [work, reference] = [join(dir, "work"), join(dir, "reference")];
    await mkdir(join(reference, REFERENCE.directory), { recursive: true });
    await writeFile(join(reference, REFERENCE.directory, REFERENCE.file), REFERENCE.text);
    // No registry of pipelines is at hand.
    await cp(pipeline, join(work, "pipeline"), { recursive: true });
    await kubectl.apply(prerequisites(work, reference));
    return work;
}

/** https://kubernetes.io/docs/tasks/administer-cluster/extended-resource-node/ */
async function advertiseAccelerators(kubectl: Kubectl): Promise<void> {
    const capacity = JSON.stringify({ status: { capacity: { [ACCELERATOR]: String(ACCELERATORS) } } });
    await kubectl.run(["patch", "node", NODE_NAME, "--subresource=status", "--type=merge", "--patch", capacity]);
}

async function warnings(kubectl: Kubectl, namespace: string): Promise<string[]> {
    const events = await kubectl.list<{ type: string; message: string; involvedObject: { name: string } }>(
        namespace,
        "events",
    );
    return events
        .filter(({ type }) => type === "Warning")
        .map(({ involvedObject, message }) => `${involvedObject.name}: ${message}`);
}

/** The pod of the Platform's Deployment, which a controller made. */
async function servicePod(kubectl: Kubectl, namespace: string): Promise<Pod> {
    const pods = await kubectl.list<Pod>(namespace, "pods");
    return pods.find(({ metadata }) => metadata.labels?.["app.kubernetes.io/component"] === "service")!;
}

export interface Outputs {
    computeEnvId: string;
    status: string;
    namespace: string;
    serviceAccounts: Record<Role, string>;
}

/** The shipped program, with every field set that a pipeline shows something of. */
export async function pulumiUp(
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
        cluster: { server: cluster.server },
    };
    await stack.configure({ ...connections, ...stackSettings(), ...settings }, { "seqera:accessToken": ACCESS_TOKEN });
    say(`Running \`pulumi up\` (Kubernetes provider: ${plugin.kind})`);
    await stack.up();
    return (await stack.outputs()) as Outputs;
}

async function runWithout(
    kubectl: Kubectl,
    platform: Platform,
    { namespace, serviceAccounts, computeEnvId }: Outputs,
    { role, right }: { role: Role; right: Right },
    say: (step: string) => void,
): Promise<RunWithout> {
    const what = `${role} without "${right.verb} ${right.resource}"`;
    const runName = `without-${role}-${right.verb}-${right.resource.replace("/", "-")}`;
    const workflow = await lacking(kubectl, namespace, serviceAccounts[role], right, () =>
        launch(platform, computeEnvId, runName, (step) => say(`${what}: ${step}`)),
    );
    const pod = `nf-${workflow.id.toLowerCase()}`;
    const log = await kubectl.run(["--namespace", namespace, "logs", pod, "--container", "head"]).catch(() => "");
    return { role, right, workflow, log };
}

/** Launches the pipeline on the volume as the Platform's users do. */
export async function launchRun(platform: Platform, computeEnvId: string, runName: string): Promise<string> {
    const { workflowId } = (await platform.call("POST", "/workflow/launch", {
        launch: {
            computeEnvId,
            pipeline: `${MOUNT_PATH}/pipeline/main.nf`,
            workDir: `${MOUNT_PATH}/work`,
            runName,
            paramsText: `outdir: ${MOUNT_PATH}/results\n`,
        },
    })) as { workflowId: string };
    return workflowId;
}

async function launch(
    platform: Platform,
    computeEnvId: string,
    runName: string,
    say: (step: string) => void,
): Promise<Workflow> {
    const workflowId = await launchRun(platform, computeEnvId, runName);
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
