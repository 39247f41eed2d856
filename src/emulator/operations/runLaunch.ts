import { ApiError, optionalText, type Call } from "../http/api";
import { labelIds } from "./labels";
import { acceptLaunch } from "./launches";
import { versionsOf } from "./pipelineVersions";
import { checkRunName, randomRunName, sessionIdOf } from "./runNames";
import type { Services } from "../state/services";
import {
    closeTasks,
    type LaunchRecord,
    type PipelineRecord,
    type PipelineVersionRecord,
    type RunRecord,
} from "../state/store";

/** Who launches, and where. */
export type Launcher = Pick<Call, "actor" | "scope">;

/** What keeps a launch from starting, as `LaunchValidationError`. */
interface Blocker {
    code: string;
    message: string;
}

/** The launch of a request, and the id of the launch that it was made of, if any. */
export function acceptRun(
    services: Services,
    launcher: Launcher,
    given: Record<string, unknown>,
): { launch: LaunchRecord; launchedId?: string } {
    const launchedId = optionalText(given, "id");
    const blockers = blockersOf(services, launcher, given, launchedId);
    if (blockers.length > 0) {
        const [{ message }] = blockers;
        // Only what has several faults is answered with a list of them.
        throw new ApiError(400, message, blockers.length === 1 ? { message } : { message, errors: blockers });
    }
    const rules = { computeEnv: "required", workDir: "required" } as const;
    const launch = acceptLaunch(services, launcher.scope, given, rules);
    return { launch: { ...launch, labelIds: given.labelIds }, launchedId };
}

function blockersOf(
    services: Services,
    launcher: Launcher,
    given: Record<string, unknown>,
    launchedId: string | undefined,
): Blocker[] {
    const { store } = services;
    const blockers: Blocker[] = [];
    const block = (code: string, message: string): void => void blockers.push({ code, message });
    const computeEnvId = optionalText(given, "computeEnvId");
    const env = store.computeEnv(computeEnvId ?? "");
    if (computeEnvId === undefined) {
        block("COMPUTE_ENV_MISSING", "Missing launching environment profile");
    } else if (env?.scope !== launcher.scope.key || env.deleted) {
        block("COMPUTE_ENV_UNKNOWN", `Unknown compute environment with ID '${computeEnvId}'`);
    } else if (env.status !== "AVAILABLE") {
        block("COMPUTE_ENV_INVALID", "Compute environment is not available");
    }
    if (!given.pipeline) {
        block("PIPELINE_MISSING", "Missing launching pipeline repository");
    }
    if (!given.workDir) {
        block("WORK_DIR_MISSING", "Missing launching work directory");
    }
    if (launchedId !== undefined && !isLaunch(services, launchedId)) {
        block("LAUNCH_UNKNOWN", `Unknown launch with ID '${launchedId}'`);
    }
    const runName = optionalText(given, "runName");
    const sessionId = optionalText(given, "sessionId");
    const session = store.state.runs.filter((run) => run.scope === launcher.scope.key && run.sessionId === sessionId);
    if (runName !== undefined) {
        try {
            checkRunName(runName);
        } catch (error) {
            block("RUN_NAME_INVALID", (error as Error).message);
        }
    }
    if (given.resume === true && sessionId === undefined) {
        block("SESSION_MISSING", "Missing session ID of the workflow to be resumed");
    }
    if (sessionId !== undefined && session.length === 0) {
        block("SESSION_UNKNOWN", `Unknown workflow session with ID '${sessionId}'`);
    }
    if (sessionId !== undefined && session.some((run) => run.runName === runName)) {
        block("RUN_NAME_DUPLICATE", `Run name '${runName}' and session ID '${sessionId}' exist already`);
    }
    return blockers;
}

function isLaunch(services: Services, id: string): boolean {
    return (
        launchedPipeline(services, id) !== undefined || services.store.state.runs.some((run) => run.launch.id === id)
    );
}

/** The pipeline and the version that a launch is of. */
export function launchedPipeline(
    { store }: Services,
    launchId: string | undefined,
): { pipeline: PipelineRecord; version: PipelineVersionRecord } | undefined {
    for (const pipeline of store.state.pipelines) {
        const version = versionsOf(pipeline).find(({ launch }) => launch.id === launchId);
        if (version !== undefined) {
            return { pipeline, version };
        }
    }
    return undefined;
}

/** Starts a run; its compute environment must take launches. */
export function startRun(
    services: Services,
    { actor, scope }: Launcher,
    launch: LaunchRecord,
    launchedId?: string,
): RunRecord {
    const { store, ids } = services;
    const env = launch.computeEnvId === null ? undefined : store.computeEnv(launch.computeEnvId);
    if (!env || env.deleted || env.status !== "AVAILABLE") {
        throw new ApiError(400, "Compute environment is not available");
    }
    const id = ids.text("workflow").slice(0, 14);
    const former = store.state.runs.find((run) => run.launch.id === launchedId);
    const run: RunRecord = {
        id,
        scope: scope.key,
        userId: actor.userId,
        userName: actor.userName,
        computeEnvId: env.id,
        runName: typeof launch.runName === "string" ? launch.runName : randomRunName(id),
        labelIds: [...new Set([...env.labelIds, ...labelIds(services, scope, launch.labelIds)])],
        status: services.executions.executes(env) ? "SUBMITTED" : "RUNNING",
        launch,
        // A run that is launched again is of the version that it was of.
        versionId: former === undefined ? launchedId : former.versionId,
        sessionId: typeof launch.sessionId === "string" ? launch.sessionId : sessionIdOf(id),
        submit: services.now(),
        lastUpdated: services.now(),
        complete: null,
    };
    env.lastUsed = services.now();
    const credentials = store.credentials(env.credentialsId ?? "");
    if (credentials !== undefined) {
        credentials.lastUsed = env.lastUsed;
    }
    store.state.runs.push(run);
    if (services.executions.executes(env)) {
        services.executions.start(run, env);
    } else {
        services.runScripts.begin(run);
    }
    store.commit();
    return run;
}

/** Ends a run from outside. What was not done by then is not done any more. */
export function endRun(services: Services, run: RunRecord, status: RunRecord["status"]): void {
    run.status = status;
    run.complete = services.now();
    run.lastUpdated = run.complete;
    closeTasks(run);
    services.store.commit();
}
