import {
    badRequest,
    envelope,
    forbidden,
    isObject,
    page,
    queryFlag,
    queryList,
    queryNumber,
    type Call,
    type Operation,
    type Reply,
} from "../http/api";
import { duplicate } from "./nameRules";
import { acceptRun, endRun, startRun } from "./runLaunch";
import { logPage } from "./runLogs";
import { checkRunName, randomRunName } from "./runNames";
import { metricsDto, progressDto } from "./runResults";
import { describedDto, listedDto, relaunchDto, taskDto } from "./runViews";
import type { Services } from "../state/services";
import { isActive, type RunRecord, type TaskRecord } from "../state/store";

/** Nobody writes a log of a task on the way. */
const ENDED: readonly TaskRecord["status"][] = ["CACHED", "COMPLETED", "FAILED", "ABORTED"];

/**
 * Runs: what occupies a compute environment. Without a launcher nothing is executed, and a run follows a script, or goes on until it
 * is cancelled or ended.
 */
export function runOperations(services: Services): Operation[] {
    const { store, executions, runScripts } = services;

    function find(call: Call): RunRecord {
        const run = store.run(call.params.workflowId);
        if (run?.scope !== call.scope.key) {
            throw forbidden();
        }
        return run;
    }

    function findTask(call: Call): { run: RunRecord; task: TaskRecord } {
        const run = find(call);
        const task = run.tasks?.find(({ taskId }) => String(taskId) === call.params.taskId);
        if (task === undefined) {
            throw badRequest(`Unknown task with ID '${call.params.taskId}'`);
        }
        return { run, task };
    }

    function submit(call: Call): Reply {
        const { launch, launchedId } = acceptRun(services, call, envelope(call.body, "launch"));
        const run = startRun(services, call, launch, launchedId);
        return { status: 200, body: { workflowId: run.id } };
    }

    function list(call: Call): Reply {
        const attributes = queryList(call.query, "attributes");
        const matches = search(services, call.query.get("search") ?? "");
        const found = store.state.runs.filter((run) => run.scope === call.scope.key && matches(run)).reverse();
        const shown = page(found, call.query, "Workflows");
        const offset = queryNumber(call.query, "offset") ?? 0;
        return {
            status: 200,
            body: {
                workflows: shown.map((run) => listedDto(services, run, attributes)),
                totalSize: found.length,
                hasMore: offset + shown.length < found.length,
            },
        };
    }

    function describe(call: Call): Reply {
        const run = find(call);
        const body = describedDto(services, run, queryList(call.query, "attributes"));
        runScripts.polled(run);
        return { status: 200, body };
    }

    function cancel(call: Call): Reply {
        const run = find(call);
        if (!isActive(run)) {
            throw badRequest(`Workflow in status ${run.status} cannot be cancelled`);
        }
        if (queryFlag(call.query, "force") || run.position?.script.ignoresCancel !== true) {
            endRun(services, run, "CANCELLED");
            executions.cancel(run);
        }
        return { status: 204 };
    }

    function drop(run: RunRecord): void {
        if (isActive(run)) {
            endRun(services, run, "CANCELLED");
        }
        executions.cancel(run);
        store.state.runs.splice(store.state.runs.indexOf(run), 1);
        store.commit();
    }

    function remove(call: Call): Reply {
        const run = find(call);
        if (isActive(run) && !queryFlag(call.query, "force")) {
            throw badRequest("Workflow is running: cancel it before it is deleted");
        }
        drop(run);
        return { status: 204 };
    }

    function removeMany(call: Call): Reply {
        const force = queryFlag(call.query, "force");
        const wanted = isObject(call.body) && Array.isArray(call.body.workflowIds) ? call.body.workflowIds : [];
        const failedWorkflowIds = wanted.filter((id) => {
            const run = store.run(String(id));
            if (run?.scope !== call.scope.key || (isActive(run) && !force)) {
                return true;
            }
            drop(run);
            return false;
        });
        return { status: 200, body: { failedWorkflowIds } };
    }

    function listTasks(call: Call): Reply {
        const text = (call.query.get("search") ?? "").toLowerCase();
        const found = (find(call).tasks ?? []).filter(({ name }) => name.toLowerCase().includes(text));
        const sortBy = call.query.get("sortBy") ?? "taskId";
        const direction = call.query.get("sortDir")?.toUpperCase().startsWith("DESC") ? -1 : 1;
        const key = (task: TaskRecord): string => JSON.stringify(task[sortBy] ?? "").padStart(20);
        const sorted = [...found].sort((a, b) => direction * key(a).localeCompare(key(b)));
        const tasks = page(sorted, call.query, "Tasks").map((task) => ({ task: taskDto(task) }));
        return { status: 200, body: { tasks, total: found.length } };
    }

    function log(call: Call): Reply {
        const run = find(call);
        const message = run.log?.length ? null : "Nextflow console output is not available";
        const { log: lines = [], isLogCut: isCut = false } = run;
        return { status: 200, body: { log: logPage(call.query, { lines, isCut, pending: isActive(run), message }) } };
    }

    function taskLog(call: Call): Reply {
        const { task } = findTask(call);
        const lines = Array.isArray(task.log) ? task.log.map(String) : [];
        const pending = !ENDED.includes(task.status);
        const message = lines.length > 0 ? null : "Task log is not available";
        return { status: 200, body: { log: logPage(call.query, { lines, isCut: false, pending, message }) } };
    }

    function validateName(call: Call): Reply {
        const name = call.query.get("runName");
        const sessionId = call.query.get("sessionId");
        checkRunName(name);
        if (sessionId && store.state.runs.some((run) => run.runName === name && run.sessionId === sessionId)) {
            throw duplicate("workflow run", name);
        }
        return { status: 204 };
    }

    function randomName(): Reply {
        return { status: 200, body: { name: randomRunName(services.ids.text("runName")) } };
    }

    const body = (answer: (call: Call) => object) => (call: Call) => ({ status: 200, body: answer(call) });
    const execute = "workflow:execute";
    const one = "/workflow/{workflowId}";
    const launched = body((call) => ({ launch: relaunchDto(services, find(call)) }));
    const progress = body((call) => ({ progress: progressDto(find(call)) }));
    const metrics = body((call) => ({ metrics: metricsDto(find(call)) }));
    const describeTask = body((call) => ({ task: taskDto(findTask(call).task) }));
    return [
        { id: "ListWorkflows", method: "GET", path: "/workflow", handle: list },
        { id: "CreateWorkflowLaunch", method: "POST", path: "/workflow/launch", permission: execute, handle: submit },
        { id: "GenerateRandomWorkflowName", method: "GET", path: "/workflow/random-name", handle: randomName },
        { id: "ValidateWorkflowConstraints", method: "GET", path: "/workflow/validate", handle: validateName },
        { id: "DeleteWorkflowMany", method: "POST", path: "/workflow/delete", permission: execute, handle: removeMany },
        { id: "DescribeWorkflow", method: "GET", path: one, handle: describe },
        { id: "DescribeWorkflowLaunch", method: "GET", path: `${one}/launch`, handle: launched },
        { id: "DescribeWorkflowProgress", method: "GET", path: `${one}/progress`, handle: progress },
        { id: "DescribeWorkflowMetrics", method: "GET", path: `${one}/metrics`, handle: metrics },
        { id: "GetWorkflowLog", method: "GET", path: `${one}/log`, handle: log },
        { id: "GetWorkflowTaskLog", method: "GET", path: `${one}/log/{taskId}`, handle: taskLog },
        { id: "ListWorkflowTasks", method: "GET", path: `${one}/tasks`, handle: listTasks },
        { id: "DescribeWorkflowTask", method: "GET", path: `${one}/task/{taskId}`, handle: describeTask },
        { id: "CancelWorkflow", method: "POST", path: `${one}/cancel`, permission: execute, handle: cancel },
        { id: "DeleteWorkflow", method: "DELETE", path: one, permission: execute, handle: remove },
    ];
}

/** What the search box finds: all words that are given, and what its keywords say. */
function search({ store }: Services, text: string): (run: RunRecord) => boolean {
    const keywords: Record<string, (run: RunRecord, value: string) => boolean> = {
        status: (run, value) => run.status.toLowerCase() === value,
        username: (run, value) => run.userName.toLowerCase() === value,
        label: (run, value) =>
            store
                .labels(run.scope, run.labelIds ?? [])
                .some((label) => (label.value === null ? label.name : `${label.name}=${label.value}`) === value),
    };
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return (run) =>
        words.every((word) => {
            const [keyword, value] = word.split(/:(.*)/s);
            const texts = [run.runName, String(run.launch.pipeline), run.sessionId ?? ""];
            return value !== undefined && Object.hasOwn(keywords, keyword)
                ? keywords[keyword](run, value)
                : texts.some((each) => each.toLowerCase().includes(word));
        });
}
