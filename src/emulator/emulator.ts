import type { IncomingMessage } from "node:http";
import { accountOperations } from "./operations/accounts";
import { actionOperations } from "./operations/actions";
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
import { resolveOptions, type EmulatorOptions } from "./options";
import { pipelineOperations } from "./operations/pipelines";
import { pipelineSchemaOperations } from "./operations/pipelineSchemas";
import { RateLimiter } from "./http/rateLimit";
import { RequestLog, type RequestEntry } from "./http/requestLog";
import { endRun, runOperations } from "./operations/runs";
import { HttpServer, type Answer } from "./http/server";
import type { Services } from "./state/services";
import { StateFile } from "./state/stateFile";
import { pipelineVersionOperations } from "./operations/versionOperations";
import { Store, type ComputeEnvRecord, type VisibleState } from "./state/store";

/** A Seqera Platform API server for tests and first steps. */
export class PlatformEmulator {
    /** Faults to inject. */
    readonly faults: Faults;

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
        const resolved = resolveOptions(options);
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
                endpoint: () => `${server.origin}${resolved.basePath}`,
                now: () => timestamp(resolved.clock()),
            };
            const operations = allOperations(services);
            const checker =
                resolved.openapi === undefined
                    ? undefined
                    : await OpenApiChecker.load(resolved.openapi, new Set(operations.map(({ id }) => id)));
            const log = new RequestLog(resolved.requestLogLimit);
            const faults = new Faults(() => lifecycle.release());
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
                const inside = url.pathname.startsWith(`${resolved.basePath}/`);
                const path = inside ? url.pathname.slice(resolved.basePath.length) : url.pathname;
                return inside
                    ? dispatcher.handle(request, path, url.searchParams)
                    : { kind: "reply", status: 404, body: { message: `Page not found: ${url.pathname}` } };
            };
            await server.listen();
            lifecycle.resume();
            executions.resume();
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
            status: "RUNNING",
            launch: { id: ids.text("launch"), computeEnvId, pipeline: "https://github.com/nextflow-io/hello" },
            submit: this.services.now(),
            complete: null,
        });
        store.commit();
        return id;
    }

    /** Ends a run, so that it no longer occupies its compute environment. */
    endRun(runId: string, status: "SUCCEEDED" | "FAILED" | "CANCELLED" = "SUCCEEDED"): void {
        const run = this.services.store.state.runs.find(({ id }) => id === runId);
        if (!run) {
            throw new Error(`No run with id ${runId}`);
        }
        endRun(this.services, run, status);
        this.services.executions.cancel(run);
    }

    /** Stops listening and gives up work under way; with a state file it goes on at the next start. */
    async stop(): Promise<void> {
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
    ];
    // Older Platforms know no address of versions.
    const older = services.options.pipelineVersions === "none";
    return older ? all.filter(({ path }) => !path.startsWith("/pipelines/{pipelineId}/versions")) : all;
}
