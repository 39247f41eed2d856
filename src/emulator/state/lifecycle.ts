import { setTimeout as sleep } from "node:timers/promises";
import { timestamp } from "./ids";
import { KubernetesError, type ClusterBackend } from "../kubernetes/backend";
import type { Duration, ResolvedOptions } from "../options";
import type { ComputeEnvRecord, PendingWork, Store } from "./store";
import type { Outcome } from "../http/faults";

interface Job {
    abort: AbortController;
    done: Promise<void>;
    /** Ends the wait for describe calls. */
    polled: Gate;
    /** Ends the wait of a "stuck" fault. */
    released: Gate;
}

/** Lets everyone through from the moment it is opened. */
class Gate {
    open!: () => void;
    private readonly opened = new Promise<void>((resolve) => {
        this.open = resolve;
    });

    /** Waits until the gate is open, or fails when the work is given up. */
    pass(signal: AbortSignal): Promise<void> {
        return new Promise((resolve, reject) => {
            const aborted = (): void => reject(new Error("aborted"));
            if (signal.aborted) {
                aborted();
                return;
            }
            signal.addEventListener("abort", aborted, { once: true });
            void this.opened.then(() => {
                signal.removeEventListener("abort", aborted);
                resolve();
            });
        });
    }
}

type Result = { ok: true } | { ok: false; status: "ERRORED" | "INVALID"; message: string };

/** The Platform's asynchronous work on compute environments: CREATING → AVAILABLE, DELETING → DELETED, or ERRORED. */
export class Lifecycle {
    private readonly jobs = new Map<string, Job>();
    private stopped = false;

    constructor(
        private readonly store: Store,
        private readonly options: ResolvedOptions,
        private readonly cluster: ClusterBackend,
    ) {}

    /** Starts work on a compute environment whose record says what is wanted; replaces work that is under way. */
    start(env: ComputeEnvRecord, kind: PendingWork["kind"], outcome?: Outcome): void {
        const duration: Duration = this.options.timings[kind];
        env.status = kind === "create" ? "CREATING" : "DELETING";
        env.message = null;
        env.lastUpdated = timestamp(this.options.clock());
        env.pending = {
            kind,
            ...(typeof duration === "number" ? {} : { polls: duration.polls }),
            ...(outcome?.stuck ? { stuck: true } : {}),
            ...(outcome?.status ? { outcome: { status: outcome.status, message: outcome.message ?? "" } } : {}),
        };
        this.run(env, env.pending);
    }

    /** Takes up the work that a former process of the same state file left unfinished. */
    resume(): void {
        for (const env of this.store.state.computeEnvs) {
            if (env.pending) {
                this.run(env, env.pending);
            }
        }
    }

    /** Called after each describe call of a compute environment. */
    polled(env: ComputeEnvRecord): void {
        if (env.pending?.polls !== undefined && env.pending.polls > 0) {
            env.pending.polls--;
            if (env.pending.polls === 0) {
                this.jobs.get(env.id)?.polled.open();
            }
        }
    }

    /** Lets work that a "stuck" fault holds go on: of one compute environment, or of all. */
    release(id?: string): void {
        for (const [envId, job] of this.jobs) {
            if (id === undefined || id === envId) {
                job.released.open();
            }
        }
    }

    /** Gives up the work on a compute environment; its objects in the cluster stay as they are. */
    abandon(env: ComputeEnvRecord): void {
        this.jobs.get(env.id)?.abort.abort();
        this.jobs.delete(env.id);
        env.pending = null;
    }

    /** Marks a compute environment deleted: only now is its name free again. */
    markDeleted(env: ComputeEnvRecord): void {
        env.status = "DELETED";
        env.deleted = true;
        env.primary = false;
        env.message = null;
        env.pending = null;
        env.name = `deleted-${parseInt(env.id.slice(0, 8), 36)}`;
        env.lastUpdated = timestamp(this.options.clock());
    }

    /** Stops all work without finishing it. */
    async stop(): Promise<void> {
        this.stopped = true;
        const running = [...this.jobs.values()];
        running.forEach((job) => job.abort.abort());
        this.cluster.close();
        await Promise.all(running.map((job) => job.done));
    }

    private run(env: ComputeEnvRecord, pending: PendingWork): void {
        const former = this.jobs.get(env.id);
        former?.abort.abort();
        const job: Job = {
            abort: new AbortController(),
            polled: new Gate(),
            released: new Gate(),
            done: Promise.resolve(),
        };
        this.jobs.set(env.id, job);
        job.done = (former?.done ?? Promise.resolve()).then(() => this.work(env, pending, job));
    }

    private async work(env: ComputeEnvRecord, pending: PendingWork, job: Job): Promise<void> {
        const signal = job.abort.signal;
        try {
            // Both are awaited even when one fails: work that follows must not overtake calls that are under way.
            const [result, elapsed] = await Promise.allSettled([
                this.result(env, pending, job),
                this.elapsed(pending, job),
            ]);
            for (const part of [result, elapsed]) {
                if (part.status === "rejected") {
                    throw part.reason;
                }
            }
            if (!signal.aborted && result.status === "fulfilled") {
                this.settle(env, pending, result.value);
            }
        } catch (error) {
            if (!signal.aborted) {
                const message = `Unexpected error: ${(error as Error).message}`;
                this.settle(env, pending, { ok: false, status: "ERRORED", message });
            }
        } finally {
            if (this.jobs.get(env.id) === job) {
                this.jobs.delete(env.id);
            }
        }
    }

    private async result(env: ComputeEnvRecord, pending: PendingWork, job: Job): Promise<Result> {
        if (pending.stuck) {
            await job.released.pass(job.abort.signal);
            pending.stuck = false;
        }
        const { outcome } = pending;
        // What is INVALID has been made, and is AVAILABLE once it is validated again: its objects must be there by then.
        const madeAllTheSame = pending.kind === "create" && outcome?.status === "INVALID";
        if (outcome && !madeAllTheSame) {
            return { ok: false, ...outcome };
        }
        const credentials = env.credentialsId === null ? undefined : this.store.credentials(env.credentialsId);
        if (!credentials || credentials.deleted) {
            const message = `Unable to ${pending.kind} compute environment: its credentials have been deleted`;
            return { ok: false, status: "ERRORED", message };
        }
        const keys = this.store.keys(credentials);
        try {
            if (pending.kind === "create") {
                await this.cluster.create(env, keys, this.store.labels(env.scope, env.labelIds), job.abort.signal);
            } else {
                await this.cluster.remove(env, keys, job.abort.signal);
            }
            return outcome ? { ok: false, ...outcome } : { ok: true };
        } catch (error) {
            if (error instanceof KubernetesError) {
                return { ok: false, status: "ERRORED", message: error.message };
            }
            throw error;
        }
    }

    private async elapsed(pending: PendingWork, job: Job): Promise<void> {
        const duration = this.options.timings[pending.kind];
        if (pending.polls !== undefined) {
            if (pending.polls > 0) {
                await job.polled.pass(job.abort.signal);
            }
        } else if (typeof duration === "number") {
            await sleep(duration, undefined, { signal: job.abort.signal });
        }
    }

    private settle(env: ComputeEnvRecord, pending: PendingWork, result: Result): void {
        if (this.stopped) {
            return;
        }
        if (!result.ok) {
            env.status = result.status;
            env.message = result.message;
        } else if (pending.kind === "create") {
            env.status = "AVAILABLE";
        } else {
            this.markDeleted(env);
        }
        env.pending = null;
        env.lastUpdated = timestamp(this.options.clock());
        this.options.log(`${env.id} ${env.status}${env.message ? `: ${env.message}` : ""}`);
        this.store.commit();
    }
}
