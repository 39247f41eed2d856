import { createHash } from "node:crypto";
import type { RunScript } from "../options";
import type { RunRecord, TaskRecord } from "./store";

/** Where a run stands: the share of its time that has passed, and how it has ended, if it has. */
interface Stand {
    share: number;
    status: RunRecord["status"] | null;
    at: string;
}

/** The tasks of a run that follows a script. What a task has got once, such as the time of its start, stays. */
export function scriptedTasks(
    run: RunRecord,
    { processes = [], exitStatus = 1 }: RunScript,
    cached: ReadonlySet<string>,
    { share, status, at }: Stand,
): TaskRecord[] {
    const planned = processes.flatMap(({ name, tasks = 1, failed = 0 }) =>
        Array.from({ length: tasks }, (_, i) => ({ process: name, tag: String(i + 1), fails: i >= tasks - failed })),
    );
    const done = Math.floor(share * planned.length);
    const isOver = status !== null;
    return planned.map(({ process, tag, fails }, index) => {
        const name = `${process} (${tag})`;
        const before = run.tasks?.[index];
        const state = ((): TaskRecord["status"] => {
            if (cached.has(name)) {
                return "CACHED";
            }
            if (index < done || isOver) {
                return fails && status !== "SUCCEEDED" ? "FAILED" : "COMPLETED";
            }
            return index === done ? "RUNNING" : index === done + 1 ? "SUBMITTED" : "NEW";
        })();
        const hasEnded = state === "COMPLETED" || state === "FAILED" || state === "CACHED";
        const hash = createHash("md5").update(`${run.sessionId} ${name}`).digest("hex");
        return {
            taskId: index + 1,
            process,
            tag,
            name,
            status: state,
            hash: `${hash.slice(0, 2)}/${hash.slice(2, 8)}`,
            attempt: 1,
            executor: "k8s",
            exit: hasEnded ? (state === "FAILED" ? exitStatus : 0) : null,
            submit: state === "NEW" ? null : (before?.submit ?? at),
            start: state === "NEW" || state === "SUBMITTED" ? null : (before?.start ?? at),
            complete: hasEnded ? (before?.complete ?? at) : null,
            workdir: `${run.launch.workDir as string}/${hash.slice(0, 2)}/${hash.slice(2)}`,
        };
    });
}

/** What Nextflow has printed by now: it only ever grows. */
export function scriptedLog(run: RunRecord, { log }: RunScript, share: number): string[] {
    if (log !== undefined) {
        return log.slice(0, Math.ceil(share * log.length));
    }
    const seen = (run.tasks ?? []).filter(({ status }) => status !== "NEW");
    const begun = `Launching \`${String(run.launch.pipeline)}\` [${run.runName}]`;
    const line = ({ hash, status, name }: TaskRecord): string =>
        `[${String(hash)}] ${status === "CACHED" ? "Cached" : "Submitted"} process > ${name}`;
    return ["N E X T F L O W", begun, ...seen.map(line)];
}

/** What Nextflow says of a task that made it stop. */
export function processReport({ name, exit, workdir }: TaskRecord): { errorMessage: string; errorReport: string } {
    const cause = `Process \`${name}\` terminated with an error exit status (${String(exit)})`;
    const parts = [
        `Error executing process > '${name}'`,
        `Caused by:\n  ${cause}`,
        `Command exit status:\n  ${String(exit)}`,
        "Command output:\n  (empty)",
        `Work dir:\n  ${String(workdir)}`,
    ];
    return { errorMessage: cause, errorReport: parts.join("\n\n") };
}
