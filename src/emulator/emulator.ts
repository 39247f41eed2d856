import type { IncomingMessage } from "node:http";
import { accountOperations } from "./operations/accounts";
import { actionOperations } from "./operations/actions";
import { fireAction } from "./operations/actionRuns";
import { studioOperations } from "./operations/studios";
import type { Operation } from "./http/api";
import { Directory } from "./http/auth";
import { computeEnvOperations } from "./operations/computeEnvs";
import { ControlApi } from "./http/control";
import { dataLinkOperations } from "./operations/dataLinks";
import { datasetOperations } from "./operations/datasets";
import { datasetVersionOperations } from "./operations/datasetVersions";
import { credentialsOperations } from "./operations/credentials";
import { Dispatcher } from "./http/dispatcher";
import { Executions } from "./state/executions";
import { Faults } from "./http/faults";
import { IdSource, timestamp } from "./state/ids";
import { KubernetesBackend, NoCluster } from "./kubernetes/backend";
import { labelOperations } from "./operations/labels";
import { Lifecycle } from "./state/lifecycle";
import { OpenApiChecker, type Violation } from "./http/openapi";
import { checkedScripts, resolveOptions, type EmulatorOptions, type RunScript } from "./options";
import { pageAnswer } from "./http/page";
import { pipelineOperations } from "./operations/pipelines";
import { pipelineSchemaOperations } from "./operations/pipelineSchemas";
import { RateLimiter } from "./http/rateLimit";
import { RequestLog, type RequestEntry } from "./http/requestLog";
import { endRun } from "./operations/runLaunch";
import { sessionIdOf } from "./operations/runNames";
import { runOperations } from "./operations/runs";
import { traceOperations } from "./operations/traces";
import { HttpServer, type Answer } from "./http/server";
import { Clock } from "./state/clock";
import { RunScripts } from "./state/runScripts";
import { Schedules } from "./state/schedules";
import type { Services } from "./state/services";
import { StateFile } from "./state/stateFile";
import { pipelineVersionOperations } from "./operations/versionOperations";
import { Store, type ComputeEnvRecord, type VisibleState } from "./state/store";

/** How often it looks whether a schedule is due, in milliseconds. */
const TICK_MS = 1000;

/** A Seqera Platform API server for tests and first steps. */
export class PlatformEmulator {
    /** Faults to inject. */
    readonly faults: Faults;
    private ticking: NodeJS.Timeout | undefined;

    private constructor(
        private readonly services: Services,
        private readonly dispatcher: Dispatcher,
        private readonly log: RequestLog,
        private readonly server: HttpServer,
        faults: Faults,
    ) {
        this.faults = faults;
    }

    /** Starts an emulator that listens when the promise resolves. */
    static async start(options: EmulatorOptions = {}): Promise<PlatformEmulator> {
        const given = resolveOptions(options);
        const clock = new Clock(given.clock);
        const resolved = { ...given, clock: () => clock.now() };
        const store = new Store(resolved.stateFile === undefined ? undefined : new StateFile(resolved.stateFile));
        try {
            const ids = new IdSource(resolved.seed, store.state.counter);
            const cluster =
                resolved.kubernetes === false ? new NoCluster() : new KubernetesBackend(resolved.kubernetes);
            const lifecycle = new Lifecycle(store, resolved, cluster);
            const executions = new Executions(
                store,
                resolved,
                cluster instanceof KubernetesBackend ? cluster : undefined,
            );
            const services: Services = {
                options: resolved,
                store,
                ids,
                directory: new Directory(resolved, ids),
                lifecycle,
                executions,
                clock,
                runScripts: new RunScripts(store, clock, resolved.runScripts),
                schedules: new Schedules(store, clock, (action, scheduledTime) =>
                    fireAction(services, action, { scheduledTime }),
                ),
                now: () => timestamp(clock.now()),
                advance: () => {
                    services.schedules.advance();
                    services.runScripts.advance();
                },
                endpoint: () => `${server.origin}${resolved.basePath}`,
            };
            const operations = allOperations(services);
            const checker =
                resolved.openapi === undefined
                    ? undefined
                    : await OpenApiChecker.load(resolved.openapi, new Set(operations.map(({ id }) => id)));
            const log = new RequestLog(resolved.requestLogLimit);
            const faults = new Faults(() => {
                lifecycle.release();
                services.schedules.release();
            });
            const limiter = new RateLimiter(resolved.rateLimit, resolved.retryAfter);
            const dispatcher = new Dispatcher(services, operations, faults, log, limiter, checker);
            const handler = (request: IncomingMessage, url: URL): Promise<Answer> => handle(request, url);
            const server = new HttpServer(resolved, handler);
            const emulator = new PlatformEmulator(services, dispatcher, log, server, faults);
            const control = new ControlApi(emulator);
            const handle = async (request: IncomingMessage, url: URL): Promise<Answer> => {
                if (control.owns(url.pathname)) {
                    return control.handle(request, url);
                }
                if (url.pathname === "/") {
                    return pageAnswer();
                }
                const inside = url.pathname.startsWith(`${resolved.basePath}/`);
                const path = inside ? url.pathname.slice(resolved.basePath.length) : url.pathname;
                return inside
                    ? dispatcher.handle(request, path, url.searchParams)
                    : { kind: "reply", status: 404, body: { message: `Page not found: ${url.pathname}` } };
            };
            await services.schedules.resume();
            await server.listen();
            lifecycle.resume();
            executions.resume();
            emulator.ticking = setInterval(() => services.advance(), TICK_MS).unref();
            return emulator;
        } catch (error) {
            store.close();
            throw error;
        }
    }

    /** Address to give to clients, such as `http://127.0.0.1:40001/api`. */
    get endpoint(): string {
        return this.services.endpoint();
    }

    /** Address of the control endpoints, such as `http://127.0.0.1:40001/emulator`. */
    get controlEndpoint(): string {
        return `${this.server.origin}/emulator`;
    }

    /** Requests received, oldest first, with secrets redacted. */
    get requests(): readonly RequestEntry[] {
        return this.log.entries;
    }

    /** Forgets the requests received so far. */
    clearRequests(): void {
        this.log.clear();
    }

    /** What violated the OpenAPI document; always empty without the option `openapi`. */
    get violations(): readonly Violation[] {
        return this.dispatcher.violations;
    }

    /** A copy of everything that exists, deleted objects included, without secrets. */
    get state(): VisibleState {
        this.services.advance();
        return this.services.store.visible();
    }

    /** Lets a compute environment go on that a "stuck" fault holds. */
    release(computeEnvId: string): void {
        this.services.lifecycle.release(this.computeEnv(computeEnvId).id);
    }

    /** Puts a compute environment into a status, as the Platform's own checks do; work under way is given up. */
    setComputeEnvStatus(computeEnvId: string, status: ComputeEnvRecord["status"], message: string | null = null): void {
        const env = this.computeEnv(computeEnvId);
        this.services.lifecycle.abandon(env);
        if (status === "DELETED") {
            this.services.lifecycle.markDeleted(env);
        } else {
            env.status = status;
            env.message = message;
            env.lastUpdated = this.services.now();
        }
        this.services.store.commit();
    }

    /**
     * Puts credentials into a status, as the Platform's recurring check does. INVALID means that the cloud does not take
     * the keys that they have now: validated with these, they are INVALID again, and with others AVAILABLE.
     */
    setCredentialsStatus(credentialsId: string, status: "AVAILABLE" | "INVALID", message: string | null = null): void {
        const credentials = this.services.store.credentials(credentialsId);
        if (!credentials) {
            throw new Error(`No credentials with id ${credentialsId}`);
        }
        credentials.status = status;
        credentials.message = message;
        credentials.lastValidated = this.services.now();
        const { store } = this.services;
        if (status === "INVALID") {
            store.state.refusedKeys[credentialsId] = store.keys(credentials);
        } else {
            delete store.state.refusedKeys[credentialsId];
        }
        store.commit();
    }

    /** Adds a run that occupies a compute environment, whatever its status, and returns the run's id. */
    addRun(computeEnvId: string): string {
        const { ids, store } = this.services;
        const env = this.computeEnv(computeEnvId);
        const id = ids.text("workflow").slice(0, 14);
        store.state.runs.push({
            id,
            scope: env.scope,
            userId: 0,
            userName: "emulator",
            computeEnvId,
            runName: `run_${id.toLowerCase()}`,
            sessionId: sessionIdOf(id),
            status: "RUNNING",
            launch: { id: ids.text("launch"), computeEnvId, pipeline: "https://github.com/nextflow-io/hello" },
            submit: this.services.now(),
            complete: null,
        });
        store.commit();
        return id;
    }

    /** Ends a run, so that it no longer occupies its compute environment. */
    endRun(runId: string, status: "SUCCEEDED" | "FAILED" | "CANCELLED" | "UNKNOWN" = "SUCCEEDED"): void {
        const run = this.services.store.run(runId);
        if (!run) {
            throw new Error(`No run with id ${runId}`);
        }
        endRun(this.services, run, status);
        this.services.executions.cancel(run);
    }

    /** How runs go from now on where nothing is executed; those that have begun go on as they did. */
    setRunScripts(scripts: RunScript[]): void {
        this.services.runScripts.set(checkedScripts(scripts));
    }

    /** Moves the clock forward; every schedule that is due by then has fired when this returns. */
    setClock(to: Date | string): void {
        this.services.clock.set(new Date(to));
        this.services.advance();
    }

    /**
     * Lets an action launch as its push, upload, time or call would, and returns the id of the run. An action that cannot launch goes
     * into ERROR, and nothing is returned.
     */
    fireAction(actionId: string, event?: Record<string, unknown>): string | undefined {
        const action = this.services.store.state.actions.find(({ id }) => id === actionId);
        if (!action) {
            throw new Error(`No action with id ${actionId}`);
        }
        return fireAction(this.services, action, event)?.id;
    }

    /** Puts an action into a status, as the Platform does when it finds out that an action does not work any more. */
    setActionStatus(actionId: string, status: "ACTIVE" | "ERROR" | "PAUSED", error: string | null = null): void {
        const action = this.services.store.state.actions.find(({ id }) => id === actionId);
        if (!action) {
            throw new Error(`No action with id ${actionId}`);
        }
        action.status = status;
        action.error = error;
        action.pending = null;
        this.services.store.commit();
    }

    /** Stops listening and gives up work under way; with a state file it goes on at the next start. */
    async stop(): Promise<void> {
        clearInterval(this.ticking);
        await this.server.close();
        await Promise.all([this.services.lifecycle.stop(), this.services.executions.stop()]);
        this.services.store.close();
    }

    private computeEnv(id: string): ComputeEnvRecord {
        const env = this.services.store.computeEnv(id);
        if (!env) {
            throw new Error(`No compute environment with id ${id}`);
        }
        return env;
    }
}

function allOperations(services: Services): Operation[] {
    const all = [
        ...accountOperations(services),
        ...credentialsOperations(services),
        ...labelOperations(services),
        ...computeEnvOperations(services),
        ...pipelineOperations(services),
        ...pipelineVersionOperations(services),
        ...actionOperations(services),
        ...studioOperations(services),
        ...runOperations(services),
        ...datasetOperations(services),
        ...datasetVersionOperations(services),
        ...dataLinkOperations(services),
        ...pipelineSchemaOperations(services),
        ...traceOperations(services),
    ];
    // Older Platforms know no address of versions.
    const older = services.options.pipelineVersions === "none";
    return older ? all.filter(({ path }) => !path.startsWith("/pipelines/{pipelineId}/versions")) : all;
}
