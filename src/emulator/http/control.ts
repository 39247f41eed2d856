import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";
import findMyWay from "find-my-way";
import { ApiError, badRequest, isObject } from "./api";
import type { Faults, FaultSpec } from "./faults";
import { errorAnswer, readJson, type Answer } from "./server";
import type { RunScript } from "../options";

type Action = (body: Record<string, unknown>, params: Record<string, string>, query: URLSearchParams) => unknown;

/** What of an emulator can be controlled from another process. */
export interface Controlled {
    readonly endpoint: string;
    readonly requests: readonly object[];
    readonly violations: readonly object[];
    readonly state: object;
    readonly faults: Faults;
    clearRequests(): void;
    release(computeEnvId: string): void;
    setComputeEnvStatus(computeEnvId: string, status: string, message?: string | null): void;
    setCredentialsStatus(credentialsId: string, status: "AVAILABLE" | "INVALID", message?: string | null): void;
    addRun(computeEnvId: string): string;
    endRun(runId: string, status?: "SUCCEEDED" | "FAILED" | "CANCELLED" | "UNKNOWN"): void;
    setRunScripts(scripts: RunScript[]): void;
    setClock(to: string): void;
    fireAction(actionId: string, event?: Record<string, unknown>): string | undefined;
    setActionStatus(actionId: string, status: "ACTIVE" | "ERROR" | "PAUSED", error?: string | null): void;
}

/**
 * The emulator's own endpoints, outside the API, for tests that run in another process:
 *
 * | call | effect |
 * |---|---|
 * | `GET /emulator/health` | `{ endpoint, pid }` |
 * | `GET /emulator/requests`, `GET /emulator/requests?last=50`, `DELETE` | the request log, its end; forget it |
 * | `GET /emulator/violations` | what violated the OpenAPI document |
 * | `GET /emulator/state` | everything that exists, without secrets |
 * | `GET /emulator/faults`, `POST` a fault, `DELETE`, `DELETE /emulator/faults/{id}` | as `platform.faults` |
 * | `POST /emulator/compute-envs/{id}/status` `{ status, message? }` | as `setComputeEnvStatus` |
 * | `POST /emulator/compute-envs/{id}/release` | as `release` |
 * | `POST /emulator/compute-envs/{id}/runs` | as `addRun`: `{ id }` |
 * | `POST /emulator/runs/{id}/end` `{ status? }` | as `endRun` |
 * | `PUT /emulator/run-scripts` `{ scripts }` | as `setRunScripts` |
 * | `PUT /emulator/clock` `{ to }` | as `setClock` |
 * | `POST /emulator/actions/{id}/fire` `{ event? }` | as `fireAction`: `{ id }` |
 * | `POST /emulator/actions/{id}/status` `{ status, error? }` | as `setActionStatus` |
 * | `POST /emulator/credentials/{id}/status` `{ status, message? }` | as `setCredentialsStatus` |
 *
 * They need no token, and are served to this machine alone.
 */
export class ControlApi {
    private readonly router = findMyWay();

    constructor(emulator: Controlled) {
        const on = (method: findMyWay.HTTPMethod, path: string, action: Action): void =>
            this.router.on(method, path, () => undefined, action);
        on("GET", "/emulator/health", () => ({ endpoint: emulator.endpoint, pid: process.pid }));
        on("GET", "/emulator/requests", (_body, _params, query) => {
            const last = Number(query.get("last") ?? emulator.requests.length);
            return emulator.requests.slice(Math.max(0, emulator.requests.length - last));
        });
        on("DELETE", "/emulator/requests", () => emulator.clearRequests());
        on("GET", "/emulator/violations", () => emulator.violations);
        on("GET", "/emulator/state", () => emulator.state);
        on("GET", "/emulator/faults", () => emulator.faults.list());
        on("POST", "/emulator/faults", (body) => ({ id: emulator.faults.add(body as unknown as FaultSpec) }));
        on("DELETE", "/emulator/faults", () => emulator.faults.remove());
        on("DELETE", "/emulator/faults/:id", (_body, { id }) => emulator.faults.remove(Number(id)));
        on("POST", "/emulator/compute-envs/:id/status", (body, { id }) =>
            emulator.setComputeEnvStatus(id, text(body, "status"), optional(body, "message")),
        );
        on("POST", "/emulator/compute-envs/:id/release", (_body, { id }) => emulator.release(id));
        on("POST", "/emulator/compute-envs/:id/runs", (_body, { id }) => ({ id: emulator.addRun(id) }));
        on("POST", "/emulator/runs/:id/end", (body, { id }) =>
            emulator.endRun(id, (optional(body, "status") ?? "SUCCEEDED") as "SUCCEEDED"),
        );
        on("PUT", "/emulator/run-scripts", (body) => emulator.setRunScripts(list(body, "scripts") as RunScript[]));
        on("PUT", "/emulator/clock", (body) => emulator.setClock(text(body, "to")));
        on("POST", "/emulator/actions/:id/fire", (body, { id }) => ({
            id: emulator.fireAction(id, isObject(body.event) ? body.event : undefined),
        }));
        on("POST", "/emulator/actions/:id/status", (body, { id }) =>
            emulator.setActionStatus(id, text(body, "status") as "ACTIVE", optional(body, "error")),
        );
        on("POST", "/emulator/credentials/:id/status", (body, { id }) =>
            emulator.setCredentialsStatus(
                id,
                text(body, "status") as "AVAILABLE" | "INVALID",
                optional(body, "message"),
            ),
        );
    }

    owns(path: string): boolean {
        return path === "/emulator" || path.startsWith("/emulator/");
    }

    async handle(request: IncomingMessage, url: URL): Promise<Answer> {
        try {
            requireLocal(request);
            const found = this.router.find(request.method as findMyWay.HTTPMethod, url.pathname);
            if (!found) {
                throw new ApiError(404, `No such control endpoint: ${request.method} ${url.pathname}`);
            }
            const body = await readJson(request);
            const action = found.store as Action;
            const result = run(() =>
                action(isObject(body) ? body : {}, found.params as Record<string, string>, url.searchParams),
            );
            return { kind: "reply", status: result === undefined ? 204 : 200, body: result };
        } catch (error) {
            return errorAnswer(error);
        }
    }
}

/** What the emulator's methods refuse is the caller's mistake. */
function run(action: () => unknown): unknown {
    try {
        return action();
    } catch (error) {
        throw badRequest((error as Error).message);
    }
}

/**
 * Only programs on this machine: not other machines, and not a web page in its browser, which could otherwise reach a
 * loopback port (a foreign `Host`, or a body that a form can send without asking).
 */
function requireLocal(request: IncomingMessage): void {
    const address = request.socket.remoteAddress ?? "";
    const host = new URL(`http://${request.headers.host ?? "invalid"}`).hostname.replace(/^\[|\]$/g, "");
    const local = address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.");
    const localHost = host === "localhost" || host.startsWith("127.") || (isIPv6(host) && host === "::1");
    if (!local || !localHost || request.headers.origin !== undefined) {
        throw new ApiError(403, "The emulator's control endpoints are served to programs on this machine only");
    }
}

function list(body: Record<string, unknown>, field: string): unknown[] {
    const value = body[field];
    if (!Array.isArray(value)) {
        throw badRequest(`Field '${field}' must be a list`);
    }
    return value;
}

function text(body: Record<string, unknown>, field: string): string {
    const value = body[field];
    if (typeof value !== "string") {
        throw badRequest(`Field '${field}' must be a string`);
    }
    return value;
}

function optional(body: Record<string, unknown>, field: string): string | null {
    return body[field] === undefined || body[field] === null ? null : text(body, field);
}
