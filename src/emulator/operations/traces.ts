import { badRequest, forbidden, isObject, type Call, type Operation, type Reply } from "../http/api";
import { contextDto } from "./runViews";
import { launchedPipeline } from "./runLaunch";
import type { Services } from "../state/services";
import { isActive, type RunRecord, type TaskRecord } from "../state/store";

/** Fields of Nextflow's own word on a run that are the run's business, or that the Platform says itself. */
const OWN = new Set([
    ...[
        "attributes",
        "complete",
        "errorMessage",
        "errorReport",
        "exitStatus",
        "id",
        "launchId",
        "metrics",
        "operationId",
    ],
    ...["runName", "sched", "sessionId", "start", "status", "submit", "success", "userName", "workDir"],
]);

/**
 * What Nextflow tells about a run (`-with-tower`, `io.seqera.tower.plugin.TowerClient`). Only runs that were launched here have
 * something to tell it to. The end of a run that has a head pod is that of the pod.
 */
export function traceOperations(services: Services): Operation[] {
    const { store } = services;

    function find(call: Call, id: unknown = call.params.workflowId): RunRecord {
        const run = store.run(String(id));
        if (run?.scope !== call.scope.key) {
            throw forbidden();
        }
        return run;
    }

    function tell(run: RunRecord, workflow: unknown): void {
        const given = isObject(workflow) ? workflow : {};
        const told = Object.entries(given).filter(([field, value]) => !OWN.has(field) && value !== null);
        run.told = { ...run.told, ...Object.fromEntries(told) };
    }

    function touch(run: RunRecord): void {
        run.lastUpdated = services.now();
        store.commit();
    }

    function create(call: Call): Reply {
        const given = isObject(call.body) ? call.body : {};
        if (given.workflowId === undefined || given.workflowId === null) {
            throw badRequest("Only runs that were launched by the Platform can be traced here");
        }
        const run = find(call, given.workflowId);
        if (typeof given.sessionId === "string") {
            run.sessionId = given.sessionId;
        }
        tell(run, { projectName: given.projectName, repository: given.repository });
        touch(run);
        const env = store.computeEnv(run.computeEnvId);
        const pipeline = launchedPipeline(services, run.versionId)?.pipeline;
        const { orgName, workspaceId, workspaceName } = contextDto(services, run) as Record<string, unknown>;
        return {
            status: 200,
            body: {
                workflowId: run.id,
                message: null,
                watchUrl: watchUrl(run),
                metadata: {
                    ...{ orgName, workspaceId, workspaceName, userId: run.userId, userName: run.userName },
                    computeEnvId: env?.id ?? null,
                    computeEnvName: env?.name ?? null,
                    computeEnvPlatform: env?.platform ?? null,
                    pipelineId: pipeline?.pipelineId ?? null,
                    pipelineName: pipeline?.name ?? null,
                    revision: run.launch.revision ?? null,
                    labels: store.labels(run.scope, run.labelIds ?? []).map(({ name }) => name),
                },
            },
        };
    }

    function begin(call: Call): Reply {
        const run = find(call);
        const given = isObject(call.body) ? call.body : {};
        tell(run, given.workflow);
        run.processNames = Array.isArray(given.processNames) ? given.processNames.map(String) : [];
        if (run.status === "SUBMITTED") {
            run.status = "RUNNING";
            run.start = services.now();
        }
        touch(run);
        return { status: 200, body: { status: "OK", workflowId: run.id, watchUrl: watchUrl(run) } };
    }

    function progress(call: Call): Reply {
        const run = find(call);
        const given = isObject(call.body) && Array.isArray(call.body.tasks) ? (call.body.tasks as TaskRecord[]) : [];
        // A task is told again whenever its status changes, whole each time.
        const known = new Map((run.tasks ?? []).map((task) => [task.taskId, task]));
        given.forEach((task) => known.set(task.taskId, { ...task, process: task.process ?? task.name }));
        run.tasks = [...known.values()].sort((a, b) => a.taskId - b.taskId);
        touch(run);
        return { status: 200, body: { status: "OK", workflowId: run.id } };
    }

    function heartbeat(call: Call): Reply {
        touch(find(call));
        return { status: 200, body: { message: "OK" } };
    }

    function complete(call: Call): Reply {
        const run = find(call);
        const given = isObject(call.body) ? call.body : {};
        const workflow = isObject(given.workflow) ? given.workflow : {};
        tell(run, workflow);
        run.metrics = Array.isArray(given.metrics) ? given.metrics : undefined;
        const text = (field: string): string | null =>
            typeof workflow[field] === "string" && workflow[field] !== "" ? workflow[field] : null;
        run.errorMessage = text("errorMessage");
        run.errorReport = text("errorReport");
        if (isActive(run) && run.pending !== true) {
            run.exitStatus = typeof workflow.exitStatus === "number" ? workflow.exitStatus : null;
            run.status = workflow.success === true ? "SUCCEEDED" : "FAILED";
            run.complete = services.now();
        }
        touch(run);
        return { status: 200, body: { status: "OK", workflowId: run.id } };
    }

    function watchUrl({ id }: RunRecord): string {
        return new URL(`/?run=${id}`, services.endpoint()).href;
    }

    const permission = "workflow:execute";
    const one = "/trace/{workflowId}";
    return [
        { id: "CreateTrace", method: "POST", path: "/trace/create", permission, handle: create },
        { id: "UpdateTraceBegin", method: "PUT", path: `${one}/begin`, permission, handle: begin },
        { id: "UpdateTraceProgress", method: "PUT", path: `${one}/progress`, permission, handle: progress },
        { id: "UpdateTraceHeartbeat", method: "PUT", path: `${one}/heartbeat`, permission, handle: heartbeat },
        { id: "UpdateTraceComplete", method: "PUT", path: `${one}/complete`, permission, handle: complete },
    ];
}
