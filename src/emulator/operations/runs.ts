import {
    ApiError,
    badRequest,
    envelope,
    forbidden,
    optionalText,
    page,
    queryFlag,
    queryList,
    type Call,
    type Operation,
    type Reply,
} from "../http/api";
import { labelDto, labelIds } from "./labels";
import { acceptLaunch, type LaunchRules } from "./launches";
import type { Services } from "../state/services";
import type { LaunchRecord, RunRecord } from "../state/store";

const RULES: LaunchRules = { computeEnv: "required", workDir: "required" };

/**
 * Runs: what occupies a compute environment. Without a launcher nothing is executed, and a run goes on until it is
 * cancelled or ended.
 */
export function runOperations(services: Services): Operation[] {
    const { store } = services;

    function find(call: Call): RunRecord {
        const run = store.state.runs.find(({ id }) => id === call.params.workflowId);
        if (!run || run.scope !== call.scope.key) {
            throw forbidden();
        }
        return run;
    }

    function submit(call: Call): Reply {
        const given = envelope(call.body, "launch");
        const run = startRun(services, call, acceptLaunch(services, call.scope, given, RULES));
        run.versionId = optionalText(given, "id");
        store.commit();
        return { status: 200, body: { workflowId: run.id } };
    }

    function list(call: Call): Reply {
        const search = (call.query.get("search") ?? "").toLowerCase();
        const labelled = queryList(call.query, "attributes").includes("labels");
        const found = store.state.runs
            .filter((run) => run.scope === call.scope.key && run.runName.toLowerCase().includes(search))
            .reverse();
        const workflows = page(found, call.query, "Workflows").map((run) => ({
            ...context(services, call),
            workflow: workflowDto(run),
            labels: labelled ? store.labels(run.scope, run.labelIds ?? []).map(labelDto) : null,
        }));
        return { status: 200, body: { workflows, totalSize: found.length, hasMore: false } };
    }

    function describe(call: Call): Reply {
        return { status: 200, body: { ...context(services, call), workflow: workflowDto(find(call)) } };
    }

    function cancel(call: Call): Reply {
        const run = find(call);
        if (run.status !== "SUBMITTED" && run.status !== "RUNNING") {
            throw badRequest(`Workflow in status ${run.status} cannot be cancelled`);
        }
        endRun(services, run, "CANCELLED");
        services.executions.cancel(run);
        return { status: 204 };
    }

    function remove(call: Call): Reply {
        const run = find(call);
        const active = run.status === "SUBMITTED" || run.status === "RUNNING";
        if (active && !queryFlag(call.query, "force")) {
            throw badRequest("Workflow is running: cancel it before it is deleted");
        }
        services.executions.cancel(run);
        store.state.runs.splice(store.state.runs.indexOf(run), 1);
        store.commit();
        return { status: 204 };
    }

    const execute = "workflow:execute";
    const one = "/workflow/{workflowId}";
    return [
        { id: "ListWorkflows", method: "GET", path: "/workflow", handle: list },
        { id: "CreateWorkflowLaunch", method: "POST", path: "/workflow/launch", permission: execute, handle: submit },
        { id: "DescribeWorkflow", method: "GET", path: one, handle: describe },
        { id: "CancelWorkflow", method: "POST", path: `${one}/cancel`, permission: execute, handle: cancel },
        { id: "DeleteWorkflow", method: "DELETE", path: one, permission: execute, handle: remove },
    ];
}

/** Starts a run; its compute environment must take launches. */
export function startRun(
    services: Services,
    { actor, scope }: Pick<Call, "actor" | "scope">,
    launch: LaunchRecord,
): RunRecord {
    const { store, ids } = services;
    const env = launch.computeEnvId === null ? undefined : store.computeEnv(launch.computeEnvId);
    if (!env || env.deleted || env.status !== "AVAILABLE") {
        const message = "Compute environment is not available";
        throw new ApiError(400, message, { message, errors: [{ code: "COMPUTE_ENV_INVALID", message }] });
    }
    const id = ids.text("workflow").slice(0, 14);
    const run: RunRecord = {
        id,
        scope: scope.key,
        userId: actor.userId,
        userName: actor.userName,
        computeEnvId: env.id,
        runName: typeof launch.runName === "string" ? launch.runName : `run_${id.toLowerCase()}`,
        labelIds: [...new Set([...env.labelIds, ...labelIds(services, scope, launch.labelIds)])],
        status: services.executions.executes(env) ? "SUBMITTED" : "RUNNING",
        launch,
        submit: services.now(),
        complete: null,
    };
    env.lastUsed = services.now();
    const credentials = store.credentials(env.credentialsId ?? "");
    if (credentials !== undefined) {
        credentials.lastUsed = env.lastUsed;
    }
    store.state.runs.push(run);
    services.executions.start(run, env);
    store.commit();
    return run;
}

export function endRun(services: Services, run: RunRecord, status: "SUCCEEDED" | "FAILED" | "CANCELLED"): void {
    run.status = status;
    run.complete = services.now();
    services.store.commit();
}

function context({ options }: Services, { scope }: Call): object {
    const workspace = options.workspaces.find(({ id }) => id === scope.workspaceId);
    return {
        orgId: scope.orgId,
        orgName: workspace?.organization.name ?? null,
        workspaceId: scope.workspaceId,
        workspaceName: workspace?.name ?? null,
    };
}

/** `WorkflowDbDto`. */
function workflowDto(run: RunRecord): object {
    return {
        id: run.id,
        runName: run.runName,
        status: run.status,
        ownerId: run.userId,
        userName: run.userName,
        launchId: run.launch.id,
        projectName: run.launch.pipeline,
        repository: run.launch.pipeline,
        revision: run.launch.revision ?? null,
        workDir: run.launch.workDir ?? null,
        commandLine: `nextflow run ${String(run.launch.pipeline)}`,
        submit: run.submit,
        start: run.start ?? (run.status === "SUBMITTED" ? null : run.submit),
        complete: run.complete,
        exitStatus: run.exitStatus ?? null,
        errorMessage: run.errorMessage ?? null,
        errorReport: run.errorReport ?? null,
        success: run.complete === null ? null : run.status === "SUCCEEDED",
    };
}
