import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ControlPlane, startControlPlane, startNode } from "../cluster";
import { NODE_NAME } from "../cluster/nodeLayout";
import { type Engine, ensureEngine, type OnProgress } from "../engine";
import { ensureBaseImages, ensureHeadImage } from "../images";
import { provideKubernetesPlugin } from "../kubernetes-provider";
import { type Audit, type Pod, readAudit } from "./audit";
import { Kubectl } from "./kubectl";
import { followRun, held, type Outcome, type Outputs, type Place, runWithout, type Workflow } from "./launch";
import { ACCESS_TOKEN, type Platform, startPlatform, WORKSPACE_ID } from "./platform";
import { type PolicyRule, roleOf } from "./rights";
import { ACCELERATOR, ACCELERATORS, jobSettings, NODE, prerequisites, REFERENCE, stackSettings } from "./settings";
import type { RunName, RunPods } from "./podArguments";
import { Stack } from "./stack";
import type { Chain, Role, TakenAway } from "./revokedRights";

export interface PipelineOptions {
    /** Holds everything while it runs, and is removed. */
    dir: string;
    /** A folder with a `main.nf`, and a `one.nf` for runs that lack a right. */
    pipeline: string;
    /** Rights that are taken away, one at a time, from what then does without. Default: none. */
    takenAway?: TakenAway[];
    onProgress: OnProgress;
    say: (step: string) => void;
}

/** One run of the pipeline, in an environment of its own. */
export interface Run extends RunPods {
    workflow: Workflow;
    /** The head pods that are still there when it is over. */
    headsLeft: string[];
    /** What the cluster warned of, such as a container that could not start. */
    warnings: string[];
    /** What the pipeline and the scripts around it left on the volume. */
    files: Record<"total" | "seen" | "preRun" | "postRun", string | undefined>;
}

export interface PipelineResult {
    serviceAccounts: Record<Role, string>;
    runs: Record<RunName, Run>;
    /** What each service account did, with the runs that lacked a right. */
    audit: Audit;
    /** What the launcher and the head may do, as the cluster has it. */
    granted: Record<"launcher" | "head", PolicyRule[]>;
    /** What came of each that lacked a right. */
    without: Outcome[];
    violations: unknown[];
}

/** The whole chain on real parts, from nothing to finished pipelines. Everything is stopped and removed afterwards. */
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
        const stack = await makeStack(engine, cluster, platform, options);
        const place = { cluster, kubectl, platform, volume };
        const without: Outcome[] = [];
        const takeAway = async (outputs: Outputs, chains: Chain[]): Promise<void> => {
            for (const each of (options.takenAway ?? []).filter(({ chain }) => chains.includes(chain))) {
                without.push(await runWithout(place, outputs, each, say));
            }
        };

        const asPods = await pulumiUp(stack, stackSettings(), say);
        const pods = await runOnce(place, asPods, "pods", say);
        await takeAway(asPods, ["pods"]);
        // The environment is replaced, as the Platform cannot change one.
        const asJobs = await pulumiUp(stack, jobSettings(), say);
        const jobs = await runOnce(place, asJobs, "jobs", say);
        await takeAway(asJobs, ["jobs", "held jobs", "failing", "environment"]);

        const { namespace, serviceAccounts } = asJobs;
        return {
            serviceAccounts,
            runs: { pods, jobs },
            audit: await readAudit(cluster.auditLog, namespace),
            granted: {
                launcher: (await roleOf(kubectl, namespace, serviceAccounts.launcher)).rules,
                head: (await roleOf(kubectl, namespace, serviceAccounts.head)).rules,
            },
            without,
            violations: await platform.violations(),
        };
    } finally {
        await cluster.stop();
        await rm(dir, { recursive: true, force: true });
        say("Everything is stopped and removed");
    }
}

/** A pod that is removed goes when the node has put its things away. */
const GONE_WITHIN_MS = 20_000;

/** Runs the pipeline and looks at all that is to be seen of it. */
async function runOnce(place: Place, outputs: Outputs, name: RunName, say: (step: string) => void): Promise<Run> {
    const { cluster, kubectl, volume } = place;
    const { namespace, serviceAccounts, computeEnvId } = outputs;
    const launch = async () => (await followRun(place, outputs, `pipeline-${name}`, "main.nf", say)).workflow;
    const workflow = name === "jobs" ? await held(place, outputs, launch, say) : await launch();
    const audit = await readAudit(cluster.auditLog, namespace);
    const read = async (file: string) => await readFile(join(volume, file), "utf8").catch(() => undefined);
    const component = async (kind: string): Promise<Pod[]> =>
        (await kubectl.list<Pod>(namespace, "pods")).filter(
            ({ metadata: { labels = {} } }) =>
                labels["app.kubernetes.io/component"] === kind && labels["seqera.io/compute-env"] === computeEnvId,
        );
    let heads = await component("head");
    for (const deadline = Date.now() + GONE_WITHIN_MS; name === "jobs" && heads.length > 0 && Date.now() < deadline;) {
        await sleep(250);
        heads = await component("head");
    }
    return {
        workflow,
        head: audit.podsOf(serviceAccounts.launcher).at(-1)!,
        service: (await component("service"))[0],
        tasks: name === "jobs" ? audit.jobPodsOf(serviceAccounts.head) : audit.podsOf(serviceAccounts.head),
        headsLeft: heads.map(({ metadata }) => metadata.name),
        warnings: await warnings(kubectl, namespace),
        files: {
            total: await read("results/total.txt"),
            seen: await read("results/seen.txt"),
            preRun: await read("pre-run.txt"),
            postRun: await read("post-run.txt"),
        },
    };
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

/** The shipped program in a stack of its own, not yet run. */
export async function makeStack(
    engine: Engine,
    cluster: ControlPlane,
    platform: Platform,
    { onProgress, say }: PipelineOptions,
): Promise<Stack> {
    const pulumiHome = join(cluster.dir, "pulumi-home");
    const plugin = await provideKubernetesPlugin({ engine, pulumiHome, onProgress });
    say(`Kubernetes provider: ${plugin.kind}`);
    const stack = await Stack.create(engine, join(cluster.dir, "stack"), pulumiHome);
    const connections = {
        "kubernetes:kubeconfig": cluster.kubeconfig,
        "seqera:endpoint": platform.endpoint,
        "seqera:workspaceId": String(WORKSPACE_ID),
        cluster: { server: cluster.server },
    };
    await stack.configure(connections, { "seqera:accessToken": ACCESS_TOKEN });
    return stack;
}

/** Makes the environment as the settings say, or over again. */
export async function pulumiUp(
    stack: Stack,
    settings: Record<string, unknown>,
    say: (step: string) => void,
): Promise<Outputs> {
    await stack.configure(settings);
    say("Running `pulumi up`");
    await stack.up();
    const outputs = (await stack.outputs()) as Outputs;
    say(`Compute environment ${outputs.computeEnvId} is ${outputs.status}`);
    return outputs;
}
