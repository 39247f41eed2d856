import type { Duration, RunScript } from "../options";
import type { Clock } from "./clock";
import { timestamp } from "./ids";
import { processReport, scriptedLog, scriptedTasks } from "./scriptedTasks";
import { isActive, type RunRecord, type ScriptPosition, type Store } from "./store";

/** Lets runs that nothing executes go the way that their scripts say. */
export class RunScripts {
    private scripts: { script: RunScript; left: number }[] = [];

    constructor(
        private readonly store: Store,
        private readonly clock: Clock,
        scripts: RunScript[],
    ) {
        this.set(scripts);
    }

    /** Replaces the scripts; runs go on with the one that they began with. */
    set(scripts: RunScript[]): void {
        this.scripts = scripts.map((script) => ({ script, left: script.times ?? Infinity }));
    }

    /** Gives a run that begins the first script that is for it. */
    begin(run: RunRecord): void {
        const found = this.scripts.find(
            ({ script: { runName, pipeline }, left }) =>
                left > 0 &&
                (runName === undefined || runName === run.runName) &&
                (pipeline === undefined || pipeline === run.launch.pipeline),
        );
        if (found !== undefined) {
            found.left--;
            run.status = "SUBMITTED";
            run.position = { script: found.script, polls: 0, since: this.clock.now().getTime() };
        }
    }

    /** Brings all runs to where they stand by now. */
    advance(): void {
        const moved = this.store.state.runs.filter((run) => isActive(run) && this.follow(run));
        if (moved.length > 0) {
            this.store.commit();
        }
    }

    /** Called after each describe call of a run. */
    polled({ position }: RunRecord): void {
        if (position !== undefined) {
            position.polls++;
        }
    }

    /** Whether anything has changed. */
    private follow(run: RunRecord): boolean {
        const { position } = run;
        if (position === undefined) {
            return false;
        }
        const { script } = position;
        if (run.status === "SUBMITTED") {
            if (this.share(script.submitted, position) < 1) {
                return false;
            }
            run.status = "RUNNING";
            run.start = timestamp(this.clock.now());
            Object.assign(position, { polls: 0, since: this.clock.now().getTime() });
        }
        const share = this.share(script.running, position);
        const status = script.status === undefined ? "SUCCEEDED" : script.status;
        const ended = share >= 1 && status !== null;
        const at = timestamp(this.clock.now());
        const before = JSON.stringify(run.tasks);
        const tasks = scriptedTasks(run, script, this.cached(run), { share, status: ended ? status : null, at });
        run.tasks = tasks;
        run.log = scriptedLog(run, script, share);
        if (ended) {
            const failed = tasks.find((task) => task.status === "FAILED");
            run.status = status;
            run.complete = at;
            run.exitStatus = script.exitStatus ?? (status === "SUCCEEDED" ? 0 : status === "FAILED" ? 1 : null);
            const report = status === "FAILED" && failed ? processReport(failed) : undefined;
            run.errorMessage = script.errorMessage ?? report?.errorMessage ?? null;
            run.errorReport = script.errorReport ?? report?.errorReport ?? null;
        }
        return ended || before !== JSON.stringify(run.tasks);
    }

    /** How much of a time has passed, from 0 to 1. */
    private share(duration: Duration = { polls: 0 }, { polls, since }: ScriptPosition): number {
        const [passed, all] =
            typeof duration === "number" ? [this.clock.now().getTime() - since, duration] : [polls, duration.polls];
        return all === 0 ? 1 : Math.min(1, passed / all);
    }

    /** Names of tasks that a run of the same session has done. */
    private cached(run: RunRecord): Set<string> {
        const former = this.store.state.runs.filter((other) => other !== run && other.sessionId === run.sessionId);
        const tasks = run.launch.resume === true ? former.flatMap((other) => other.tasks ?? []) : [];
        const done = tasks.filter(({ status }) => status === "COMPLETED" || status === "CACHED");
        return new Set(done.map(({ name }) => name));
    }
}
