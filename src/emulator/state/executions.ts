import { setTimeout as sleep } from "node:timers/promises";
import { timestamp } from "./ids";
import type { KubernetesBackend } from "../kubernetes/backend";
import type { KubernetesClient } from "../kubernetes/client";
import { failedTask, readHeadLog, type HeadLog } from "../kubernetes/headLog";
import { headPodName, headPodOf } from "../kubernetes/headPod";
import type { LauncherOptions, ResolvedOptions } from "../options";
import { closeTasks, isActive, type ComputeEnvRecord, type RunRecord, type Store } from "./store";

interface Pod {
    status?: {
        phase?: string;
        reason?: string;
        message?: string;
        containerStatuses?: { name: string; state?: { terminated?: { exitCode?: number; reason?: string } } }[];
    };
}

/** Lines of a report where Nextflow says nothing about a task. */
const REPORT_LINES = 50;

/** How much is kept of a log. Of a longer one the end is read as well, for the report. */
const LOG_BYTES = 512 * 1024;
const END_LINES = 200;

/** Runs what is launched as the Platform does: a head pod, made and followed with the compute environment's credential. */
export class Executions {
    private readonly stopping = new AbortController();
    private readonly jobs = new Map<string, Promise<void>>();
    /** How logs end, by the run's id. */
    private readonly ends = new Map<string, Pick<HeadLog, "lines" | "ownLog">>();
    private readonly launcher: LauncherOptions | undefined;

    constructor(
        private readonly store: Store,
        private readonly options: ResolvedOptions,
        private readonly cluster: KubernetesBackend | undefined,
    ) {
        this.launcher = options.kubernetes === false ? undefined : options.kubernetes.launcher;
    }

    /** Whether launches on a compute environment are run. */
    executes(env: ComputeEnvRecord): boolean {
        return this.launcher !== undefined && this.cluster !== undefined && env.platform === "k8s-platform";
    }

    start(run: RunRecord, env: ComputeEnvRecord): void {
        run.pending = true;
        this.work(run, env);
    }

    /** Removes the head pod of a run that was ended from outside; its tasks go when nobody runs them any more. */
    cancel(run: RunRecord): void {
        const env = this.store.computeEnv(run.computeEnvId);
        if (run.pending && env !== undefined) {
            this.work(run, env);
        }
    }

    /** Takes up what a former process of the same state file left unfinished. */
    resume(): void {
        for (const run of this.store.state.runs) {
            const env = this.store.computeEnv(run.computeEnvId);
            if (run.pending && env !== undefined && this.executes(env)) {
                this.work(run, env);
            }
        }
    }

    /** Stops following; the pods go on, and so does the run at the next start. */
    async stop(): Promise<void> {
        this.stopping.abort();
        await Promise.all(this.jobs.values());
    }

    private work(run: RunRecord, env: ComputeEnvRecord): void {
        // One after the other: a pod is not removed while it is being made.
        const job = (this.jobs.get(run.id) ?? Promise.resolve()).then(async () => await this.follow(run, env));
        this.jobs.set(run.id, job);
    }

    private async follow(run: RunRecord, env: ComputeEnvRecord): Promise<void> {
        try {
            const client = this.connect(env);
            if (isActive(run)) {
                const labels = this.store.labels(env.scope, env.labelIds);
                await client.create(pods(env), headPodOf(env, run, labels, this.launcher!.image));
                await this.untilItEnds(run, env, client);
            }
            if (run.pending && (run.status === "CANCELLED" || this.isRemoved(run, env))) {
                await client.remove(podPath(env, run));
            }
            run.pending = false;
        } catch (error) {
            if (this.stopping.signal.aborted) {
                return;
            }
            run.pending = false;
            // Of a run that has ended it is about the pod that could not be removed.
            run.errorMessage = (error as Error).message;
            if (isActive(run)) {
                this.end(run, "FAILED");
            }
        }
        this.store.commit();
    }

    /** The policy is about pods that have ended by themselves; `on_success` is what the Platform preselects. */
    private isRemoved(run: RunRecord, env: ComputeEnvRecord): boolean {
        const policy = env.config.podCleanup ?? "on_success";
        return policy === "always" || (policy === "on_success" && run.status === "SUCCEEDED");
    }

    private async untilItEnds(run: RunRecord, env: ComputeEnvRecord, client: KubernetesClient): Promise<void> {
        // Cancelled meanwhile: the next piece of work removes the pod.
        while (isActive(run)) {
            const pod = (await client.get(podPath(env, run))) as Pod | undefined;
            if (!isActive(run)) {
                return;
            }
            const phase = pod?.status?.phase;
            if (phase === "Running" && run.status === "SUBMITTED") {
                run.status = "RUNNING";
                run.start = timestamp(this.options.clock());
                this.store.commit();
            }
            if (pod === undefined) {
                run.errorMessage = `Head pod '${headPodName(run)}' has been deleted`;
                this.end(run, "FAILED");
            } else if (phase === "Succeeded" || phase === "Failed") {
                await this.ended(run, env, client, pod);
            } else {
                if (phase === "Running") {
                    // That it cannot be read is said when the run has failed.
                    await this.readLog(run, env, client);
                }
                await sleep(this.launcher?.pollMs ?? 1000, undefined, { signal: this.stopping.signal });
            }
        }
    }

    /** Reads what the head has printed so far, or answers why it cannot be read. */
    private async readLog(
        run: RunRecord,
        env: ComputeEnvRecord,
        client: KubernetesClient,
    ): Promise<string | undefined> {
        try {
            const path = `${podPath(env, run)}/log?container=head`;
            const text = (await client.text(`${path}&limitBytes=${LOG_BYTES}`)) ?? "";
            if (!isActive(run)) {
                return undefined;
            }
            const { lines, tasks, ownLog } = readHeadLog(text);
            run.log = lines;
            // A Nextflow that tells the Platform itself knows better.
            run.tasks = run.processNames === undefined ? tasks : run.tasks;
            run.isLogCut = Buffer.byteLength(text) >= LOG_BYTES;
            const end = run.isLogCut ? readHeadLog((await client.text(`${path}&tailLines=${END_LINES}`)) ?? "") : null;
            this.ends.set(run.id, end ?? { lines, ownLog });
            return undefined;
        } catch (error) {
            return (error as Error).message;
        }
    }

    private async ended(run: RunRecord, env: ComputeEnvRecord, client: KubernetesClient, pod: Pod): Promise<void> {
        const head = pod.status?.containerStatuses?.find(({ name }) => name === "head")?.state?.terminated;
        const refusal = await this.readLog(run, env, client);
        if (!isActive(run)) {
            return;
        }
        run.exitStatus = head?.exitCode ?? null;
        if (pod.status?.phase === "Succeeded") {
            this.end(run, "SUCCEEDED");
            return;
        }
        const { lines = [], ownLog = [] } = this.ends.get(run.id) ?? {};
        const failed = failedTask(lines);
        const why = pod.status?.message ?? pod.status?.reason ?? head?.reason;
        const message = `Head pod ended with ${head?.exitCode ?? "no exit status"}${why ? `: ${why}` : ""}`;
        const report =
            refusal === undefined
                ? [...lines, ...ownLog].slice(-REPORT_LINES).join("\n")
                : `There is no log: ${refusal}`;
        run.exitStatus = failed?.exitStatus ?? run.exitStatus;
        run.errorMessage ??= failed?.errorMessage ?? message;
        run.errorReport ??= failed?.errorReport ?? report;
        this.end(run, "FAILED");
    }

    private end(run: RunRecord, status: "SUCCEEDED" | "FAILED"): void {
        run.status = status;
        run.complete = timestamp(this.options.clock());
        run.lastUpdated = run.complete;
        closeTasks(run);
        this.ends.delete(run.id);
        this.options.log(`${run.id} ${status}${run.errorMessage ? `: ${run.errorMessage}` : ""}`);
        this.store.commit();
    }

    private connect(env: ComputeEnvRecord): KubernetesClient {
        const credentials = env.credentialsId === null ? undefined : this.store.credentials(env.credentialsId);
        if (!credentials || credentials.deleted) {
            throw new Error("The credentials of the compute environment have been deleted");
        }
        const keys = this.store.keys(credentials);
        return this.cluster!.client(env, keys);
    }
}

function pods(env: ComputeEnvRecord): string {
    return `api/v1/namespaces/${env.config.namespace}/pods`;
}

function podPath(env: ComputeEnvRecord, run: RunRecord): string {
    return `${pods(env)}/${headPodName(run)}`;
}
