import type { RunRecord, TaskRecord } from "../state/store";

/** What `ProcessLoad` and `WorkflowLoad` count. Of what only the real thing measures, there is nothing. */
const MEASURED = [
    ...[
        "cpus",
        "cpuTime",
        "cpuLoad",
        "memoryRss",
        "memoryReq",
        "readBytes",
        "writeBytes",
        "volCtxSwitch",
        "invCtxSwitch",
    ],
    ...["loadTasks", "loadCpus", "loadMemory", "peakCpus", "peakTasks", "peakMemory"],
];

/** How many tasks are in which state: of a run, or of one process. */
function load(tasks: TaskRecord[]): Record<string, number> {
    const count = (...states: TaskRecord["status"][]): number =>
        tasks.filter(({ status }) => states.includes(status)).length;
    const ignored = tasks.filter(({ status, errorAction }) => status === "FAILED" && errorAction === "IGNORE").length;
    return {
        ...Object.fromEntries(MEASURED.map((name) => [name, 0])),
        pending: count("NEW"),
        submitted: count("SUBMITTED"),
        running: count("RUNNING"),
        succeeded: count("COMPLETED"),
        failed: count("FAILED") - ignored,
        cached: count("CACHED"),
        aborted: count("ABORTED"),
        ignored,
        retries: tasks.filter(({ attempt }) => typeof attempt === "number" && attempt > 1).length,
        loadTasks: count("RUNNING"),
    };
}

/** The tasks of each process, in the order in which the processes came. */
function byProcess({ tasks = [], processNames = [] }: RunRecord): [string, TaskRecord[]][] {
    const names = [...new Set([...processNames, ...tasks.map(({ process }) => process)])];
    return names.map((name) => [name, tasks.filter(({ process }) => process === name)]);
}

/** `ProgressData`. */
export function progressDto(run: RunRecord): object {
    const processes = byProcess(run);
    return {
        workflowProgress: { ...load(run.tasks ?? []), executors: run.tasks?.length ? ["k8s"] : [] },
        processesProgress: processes.map(([process, tasks]) => ({ process, ...load(tasks) })),
        totalProcesses: processes.length,
    };
}

/** `WfStats`, of a run that has ended. */
export function statsDto({ complete, tasks = [] }: RunRecord): object | null {
    if (complete === null) {
        return null;
    }
    const { succeeded, failed, cached, ignored } = load(tasks);
    const share = (count: number): number => (tasks.length === 0 ? 0 : Math.round((count / tasks.length) * 1000) / 10);
    return {
        succeedCount: succeeded,
        succeedCountFmt: String(succeeded),
        succeedPct: share(succeeded),
        failedCount: failed,
        failedCountFmt: String(failed),
        failedPct: share(failed),
        cachedCount: cached,
        cachedCountFmt: String(cached),
        cachedPct: share(cached),
        ignoredCount: ignored,
        ignoredCountFmt: String(ignored),
        ignoredPct: share(ignored),
    };
}

/** What of a task is summed up under which name. */
const METRICS: Record<string, string> = {
    cpu: "pcpu",
    mem: "peakRss",
    vmem: "peakVmem",
    time: "realtime",
    reads: "readBytes",
    writes: "writeBytes",
};

/** `WorkflowMetrics` of each process that has ended tasks: what Nextflow told, or else what its tasks say. */
export function metricsDto(run: RunRecord): unknown[] {
    if (run.metrics !== undefined) {
        return run.metrics;
    }
    const ended = byProcess(run).filter(([, tasks]) => tasks.some(({ status }) => status === "COMPLETED"));
    return ended.map(([process, tasks]) => ({
        process,
        ...Object.fromEntries(Object.entries(METRICS).map(([name, field]) => [name, quartiles(tasks, field)])),
    }));
}

/** `ResourceData`. */
function quartiles(tasks: TaskRecord[], field: string): object | null {
    const known = tasks
        .filter((task): task is TaskRecord & Record<string, number> => typeof task[field] === "number")
        .sort((a, b) => a[field] - b[field]);
    if (known.length === 0) {
        return null;
    }
    const at = (share: number): TaskRecord => known[Math.round(share * (known.length - 1))];
    const points = { min: at(0), q1: at(0.25), q2: at(0.5), q3: at(0.75), max: at(1) };
    return {
        mean: known.reduce((sum, task) => sum + task[field], 0) / known.length,
        ...Object.fromEntries(
            Object.entries(points).flatMap(([name, task]) => [
                [name, task[field]],
                [`${name}Label`, task.name],
            ]),
        ),
    };
}
