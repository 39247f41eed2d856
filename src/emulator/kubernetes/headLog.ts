import type { TaskRecord } from "../state/store";

/** What the log of a head pod tells. */
export interface HeadLog {
    /** What Nextflow printed. */
    lines: string[];
    /** By task id; those that Nextflow has only submitted have ids that nobody else has by now. */
    tasks: TaskRecord[];
    /** Nextflow's own log, of which the head prints the end when it has failed. */
    ownLog: string[];
}

/** What Nextflow says of the task because of which it stopped. */
export interface FailedTask {
    errorReport: string;
    errorMessage: string;
    exitStatus?: number;
}

const TRACE = "nxf-trace: ";
const OWN_LOG = "nxf-log: ";
const STARTED = /^\[([0-9a-f]{2}\/[0-9a-f]{6})\] (Submitted|Re-submitted|Cached) process > (.+)$/;
const NOTED = /^\[([0-9a-f]{2}\/[0-9a-f]{6})\] NOTE: .+ -- (Execution is retried|Error is ignored)/;
const FIRST_LINE = /^ERROR ~ (Error executing process > .+)$/;
const NUMBERS = ["realtime", "pcpu", "rss", "peakRss", "vmem", "peakVmem", "rchar", "wchar"];

/** Reads the log of a head pod, as it is by now. */
export function readHeadLog(text: string): HeadLog {
    const all = text.split(/\r?\n/);
    const after = (prefix: string): string[] =>
        all.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
    const lines = all.filter((line) => !line.startsWith(TRACE) && !line.startsWith(OWN_LOG));
    if (lines.at(-1) === "") {
        lines.pop();
    }
    return { lines, tasks: tasksOf(lines, noted(lines, traced(after(TRACE)))), ownLog: after(OWN_LOG) };
}

function tasksOf(lines: string[], ended: TaskRecord[]): TaskRecord[] {
    const known = new Set(ended.map(({ hash }) => hash));
    const taken = new Set(ended.map(({ taskId }) => taskId));
    const started = lines.map((line) => STARTED.exec(line)).filter((found) => found !== null);
    let taskId = 0;
    const going = started
        .filter(([, hash]) => !known.has(hash))
        .map(([, hash, what, name]): TaskRecord => {
            do {
                taskId++;
            } while (taken.has(taskId));
            const status = what === "Cached" ? "CACHED" : "SUBMITTED";
            return { taskId, process: name.replace(/ \([^()]*\)$/, ""), name, status, hash, executor: "k8s" };
        });
    return [...ended, ...going].sort((a, b) => a.taskId - b.taskId);
}

/** Tasks that failed, with what Nextflow does about it. */
function noted(lines: string[], tasks: TaskRecord[]): TaskRecord[] {
    const notes = lines.map((line) => NOTED.exec(line)).filter((found) => found !== null);
    const actions = new Map(notes.map(([, hash, what]) => [hash, what.startsWith("Error") ? "IGNORE" : "RETRY"]));
    return tasks.map((task) => {
        const errorAction = actions.get(String(task.hash));
        return errorAction === undefined ? task : { ...task, errorAction };
    });
}

/** The rows of Nextflow's trace file, whose first one names the columns. */
function traced([header = "", ...rows]: string[]): TaskRecord[] {
    const columns = header.split("\t");
    return rows.map((row) => {
        const values = row.split("\t");
        const raw = Object.fromEntries(columns.map((column, i) => [column, values[i] === "-" ? "" : values[i]]));
        const number = (field: string): number | null => {
            const value = raw[field] ? Number(raw[field]) : NaN;
            return Number.isFinite(value) ? value : null;
        };
        const at = (field: string): string | null => {
            const ms = number(field);
            return ms === null ? null : new Date(ms).toISOString();
        };
        return {
            taskId: Number(raw.task_id),
            process: raw.process,
            tag: raw.tag || null,
            name: raw.name,
            status: raw.status as TaskRecord["status"],
            hash: raw.hash,
            nativeId: raw.native_id || null,
            executor: "k8s",
            exit: number("exit"),
            attempt: number("attempt"),
            submit: at("submit"),
            start: at("start"),
            complete: at("complete"),
            workdir: raw.workdir || null,
            ...Object.fromEntries(NUMBERS.map((field) => [field, number(field === "pcpu" ? "%cpu" : snake(field))])),
        };
    });
}

function snake(name: string): string {
    return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Nextflow's report about a task that made it stop, without the tip of the day below it. */
export function failedTask(lines: string[]): FailedTask | undefined {
    const first = lines.findIndex((line) => FIRST_LINE.test(line));
    if (first < 0) {
        return undefined;
    }
    const rest = lines.slice(first + 1);
    const end = rest.findIndex((line) => /^(Tip: | -- Check )/.test(line) || STARTED.test(line));
    const report = [FIRST_LINE.exec(lines[first])![1], ...(end < 0 ? rest : rest.slice(0, end))];
    const part = (title: string): string => {
        const from = report.indexOf(`${title}:`) + 1;
        const to = report.findIndex((line, i) => i >= from && /^\S.*:$/.test(line));
        const found = from === 0 ? [] : report.slice(from, to < 0 ? undefined : to);
        return found
            .map((line) => line.trim())
            .join("\n")
            .trim();
    };
    const said = ["Command error", "Command output"].map(part).find((text) => text !== "" && text !== "(empty)");
    const status = part("Command exit status");
    return {
        errorReport: report.join("\n").trim(),
        errorMessage: said ?? part("Caused by"),
        ...(/^\d+$/.test(status) ? { exitStatus: Number(status) } : {}),
    };
}
