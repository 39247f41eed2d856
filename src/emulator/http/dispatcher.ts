import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import findMyWay from "find-my-way";
import { ApiError, badRequest, type Operation, type Reply, type Scope, type UploadedFile } from "./api";
import type { Actor } from "./api";
import type { Fault, Faults, Outcome } from "./faults";
import type { OpenApiChecker, Violation } from "./openapi";
import type { RateLimiter } from "./rateLimit";
import { redact } from "./redact";
import type { RequestEntry, RequestLog } from "./requestLog";
import { errorAnswer, readJson, type Answer } from "./server";
import { describedForm, isForm, readForm } from "./upload";
import type { Services } from "../state/services";

interface Route {
    operation: Operation;
    params: Record<string, string>;
}

/** A body that was read, or why it could not be. */
interface Body {
    value?: unknown;
    files?: Record<string, UploadedFile>;
    error?: Error;
}

interface Received {
    route: Route | undefined;
    query: URLSearchParams;
    body: Body;
    actor: Actor | undefined;
    outcome: Outcome | undefined;
}

/** Takes a request of the Platform API through faults, authentication, limits, checks and its operation. */
export class Dispatcher {
    readonly violations: Violation[] = [];
    private readonly router = findMyWay();

    constructor(
        private readonly services: Services,
        operations: Operation[],
        private readonly faults: Faults,
        private readonly log: RequestLog,
        private readonly limiter: RateLimiter,
        private readonly checker: OpenApiChecker | undefined,
    ) {
        for (const operation of operations) {
            // The router's handler is never called: routes are looked up, and `store` carries the operation.
            this.router.on(
                operation.method,
                operation.path.replaceAll(/\{(\w+)\}/g, ":$1"),
                () => undefined,
                operation,
            );
        }
    }

    /** Answers a request whose path, below the base path, is given. */
    async handle(request: IncomingMessage, path: string, query: URLSearchParams): Promise<Answer> {
        const method = request.method ?? "GET";
        const route = this.route(method, path);
        const body = await readBody(request);
        const actor = this.services.directory.find(request.headers.authorization);
        const entry = this.log.add({
            at: this.services.options.clock().toISOString(),
            method,
            path,
            query: Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key).join(",")])),
            operation: route?.operation.id ?? null,
            body: redact(body.value ?? null),
            status: null,
            actor: actor?.userName ?? null,
            userAgent: request.headers["user-agent"] ?? null,
            faults: [],
        });
        const workspace = query.get("workspaceId");
        const hits = this.faults.take({
            method,
            path,
            operation: entry.operation,
            workspaceId: workspace === null ? null : Number(workspace),
        });
        entry.faults = hits.map(({ kind }) => kind);
        const delayMs = hits.reduce((sum, fault) => sum + (fault.kind === "delay" ? fault.delayMs : 0), 0);
        if (delayMs > 0) {
            await sleep(delayMs, undefined, { ref: false });
        }
        const received: Received = { route, query, body, actor, outcome: outcome(hits) };
        const answer = await this.withFaults(hits, () => this.serve(received, entry));
        if (answer.kind !== "reset" && answer.kind !== "refused") {
            entry.status = answer.status;
        }
        this.services.options.log(
            `${entry.method} ${path} ${entry.status ?? "reset"}${entry.error ? `: ${entry.error}` : ""}`,
        );
        return answer;
    }

    private route(method: string, path: string): Route | undefined {
        const found = this.router.find(method as findMyWay.HTTPMethod, path);
        return found
            ? { operation: found.store as Operation, params: found.params as Record<string, string> }
            : undefined;
    }

    /** The oldest fault that decides about the answer wins. */
    private async withFaults(hits: Fault[], serve: () => Promise<Answer & { kind: "reply" }>): Promise<Answer> {
        for (const fault of hits) {
            switch (fault.kind) {
                case "status": {
                    if (fault.applied) {
                        await serve();
                    }
                    const message = fault.message ?? `Injected fault: status ${fault.status}`;
                    const body = fault.body ?? (fault.status === 204 ? undefined : { message });
                    return { kind: "reply", status: fault.status, body, headers: fault.headers };
                }
                case "reset-before":
                    return { kind: "reset" };
                case "refused":
                    return { kind: "refused", forMs: fault.forMs };
                case "reset-after":
                    await serve();
                    return { kind: "reset" };
                case "malformed":
                    return { kind: "malformed", status: (await serve()).status };
                case "truncated": {
                    const { status, body } = await serve();
                    return { kind: "truncated", status: status === 204 ? 200 : status, body };
                }
            }
        }
        return serve();
    }

    private async serve(received: Received, entry: RequestEntry): Promise<Answer & { kind: "reply" }> {
        let answer: Answer & { kind: "reply" };
        try {
            answer = { kind: "reply", ...(await this.call(received, entry)) };
        } catch (error) {
            answer = errorAnswer(error);
            entry.error = error instanceof Error ? error.message : String(error);
            if (!(error instanceof ApiError)) {
                this.services.options.log(error instanceof Error ? (error.stack ?? error.message) : String(error));
            }
        }
        if (received.route && this.checker) {
            const { id } = received.route.operation;
            this.violation(id, "response", this.checker.checkResponse(id, answer.status, answer.body), answer.status);
        }
        return answer;
    }

    private async call({ route, query, body, actor, outcome }: Received, entry: RequestEntry): Promise<Reply> {
        if (!route) {
            throw new ApiError(404, `${entry.method} ${entry.path} is not served by the emulator`);
        }
        const { operation, params } = route;
        if (operation.anonymous) {
            return operation.handle({ actor: nobody, scope: nowhere, params, query, body: undefined, files: {} });
        }
        const { directory } = this.services;
        if (!actor) {
            // The Platform answers a missing and an unknown token alike, with an empty body.
            throw new ApiError(401, "Unauthorized", null);
        }
        this.limiter.take(actor.tokenIndex);
        const scope = directory.scope(actor, query.get("workspaceId"));
        if (operation.permission) {
            directory.require(actor, scope, operation.permission);
        }
        if (body.error) {
            throw body.error;
        }
        this.checkRequest(operation, entry, query, body.value);
        this.services.advance();
        const { value, files = {} } = body;
        return operation.handle({ actor, scope, params, query, body: value, files, outcome });
    }

    private checkRequest(operation: Operation, entry: RequestEntry, query: URLSearchParams, body: unknown): void {
        if (!this.checker) {
            return;
        }
        const { method, path } = entry;
        const { invalid, unknown } = this.checker.checkRequest(operation.id, { method, path, query, body });
        this.violation(operation.id, "request", [...invalid, ...unknown]);
        if (invalid.length > 0) {
            throw badRequest(`The request does not match the API document: ${invalid.join("; ")}`);
        }
    }

    private violation(operation: string, direction: Violation["direction"], problems: string[], status?: number): void {
        if (problems.length > 0) {
            const at = this.services.options.clock().toISOString();
            this.violations.push({ at, operation, direction, ...(status === undefined ? {} : { status }), problems });
        }
    }
}

const nobody: Actor = { userId: 0, userName: "", tokenIndex: -1, github: false, role: () => null };
const nowhere: Scope = { key: "", workspaceId: null, orgId: null };

async function readBody(request: IncomingMessage): Promise<Body> {
    try {
        if (isForm(request)) {
            const files = await readForm(request);
            return { value: describedForm(files), files };
        }
        return { value: await readJson(request) };
    } catch (error) {
        return { error: error instanceof Error ? error : new Error(String(error)) };
    }
}

/** What the faults make of the asynchronous work that a call starts. */
function outcome(hits: Fault[]): Outcome | undefined {
    const stuck = hits.some(({ kind }) => kind === "stuck");
    const ending = hits.find((fault) => fault.kind === "outcome");
    if (!stuck && !ending) {
        return undefined;
    }
    return { stuck, ...(ending?.kind === "outcome" ? { status: ending.status, message: ending.message } : {}) };
}
