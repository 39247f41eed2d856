import type { WorkspaceRole } from "../options";
import type { Outcome } from "./faults";

/** A refusal with the Platform's error envelope, `{ message }`, unless another body is given; `null` sends none. */
export class ApiError extends Error {
    constructor(
        readonly status: number,
        message: string,
        readonly body: unknown = { message },
        readonly headers: Record<string, string> = {},
    ) {
        super(message);
    }
}

/** The user behind a token. */
export interface Actor {
    userId: number;
    userName: string;
    /** Distinguishes tokens for the rate limit without showing them. */
    tokenIndex: number;
    /** Whether the user signed in with GitHub. */
    github: boolean;
    role(workspaceId: number): WorkspaceRole | null;
}

/** What a handler answers. No body means none is sent; a buffer is sent as a file. */
export interface Reply {
    status: number;
    body?: unknown;
    headers?: Record<string, string>;
}

/** A file that a form sends. */
export interface UploadedFile {
    name: string;
    content: Buffer;
}

/** Where an object lives: an organization workspace, or the user's personal context when there is no workspace. */
export interface Scope {
    /** `workspace:<id>` or `user:<id>`; objects are looked up by it. */
    key: string;
    workspaceId: number | null;
    orgId: number | null;
}

/** One authenticated call of an operation. */
export interface Call {
    actor: Actor;
    scope: Scope;
    /** Path parameters. */
    params: Record<string, string>;
    query: URLSearchParams;
    /** Parsed JSON body, or what a form's fields are; `undefined` when none was sent. */
    body: unknown;
    /** The files of a form, by the names of their fields. */
    files: Record<string, UploadedFile>;
    /** What a fault makes of the asynchronous work that this call starts. */
    outcome?: Outcome;
}

/** What a role may do (https://docs.seqera.io/platform-cloud/orgs-and-teams/roles); reading is open to every role. */
export type Permission =
    | "compute_environment:write"
    | "compute_environment:delete"
    | "credentials:write"
    | "credentials:delete"
    | "data_link:write"
    | "data_link:delete"
    | "dataset:write"
    | "dataset:delete"
    | "dataset:admin"
    | "dataset_label:write"
    | "label:write"
    | "label:delete"
    | "pipeline:write"
    | "pipeline:delete"
    | "pipeline_label:write"
    | "action:write"
    | "action:delete"
    | "action_label:write"
    | "studio:write"
    | "studio:delete"
    | "workflow:execute"
    | "workflow_label:write";

/** An endpoint of the Platform API, named as its OpenAPI document names it. */
export interface Operation {
    /** `operationId` in the OpenAPI document. */
    id: string;
    method: "GET" | "POST" | "PUT" | "DELETE";
    /** Path with `{name}` parameters. */
    path: string;
    /** Served without a token. */
    anonymous?: boolean;
    /** Needed in the call's workspace. */
    permission?: Permission;
    handle(call: Call): Reply | Promise<Reply>;
}

/** The answer of the Platform for objects that are missing, deleted, or in another workspace: it does not tell which. */
export function forbidden(): ApiError {
    return new ApiError(403, "Forbidden");
}

export function badRequest(message: string): ApiError {
    return new ApiError(400, message);
}

export function isObject(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member of a request envelope such as `{ "computeEnv": { … } }`. */
export function envelope(body: unknown, member: string): Record<string, unknown> {
    const value = isObject(body) ? body[member] : undefined;
    if (!isObject(value)) {
        throw badRequest(`Missing required field '${member}' in the request body`);
    }
    return value;
}

/** A text field of a request; `null` and absent are the same to the Platform. */
export function optionalText(object: Record<string, unknown>, field: string, maxLength?: number): string | undefined {
    const value = object[field];
    if (value === undefined || value === null) {
        return undefined;
    }
    if (typeof value !== "string") {
        throw badRequest(`Field '${field}' must be a string`);
    }
    if (maxLength !== undefined && value.length > maxLength) {
        throw badRequest(`Field '${field}' cannot be longer than ${maxLength} characters`);
    }
    return value;
}

export function optionalFlag(object: Record<string, unknown>, field: string): boolean | undefined {
    const value = object[field];
    if (value === undefined || value === null) {
        return undefined;
    }
    if (typeof value !== "boolean") {
        throw badRequest(`Field '${field}' must be a boolean`);
    }
    return value;
}

/** A boolean query parameter. */
export function queryFlag(query: URLSearchParams, name: string): boolean {
    const value = query.get(name);
    if (value !== null && value !== "true" && value !== "false") {
        throw badRequest(`Query parameter '${name}' must be true or false`);
    }
    return value === "true";
}

/** The values of a query parameter, whether the key is repeated or the values are joined by commas. */
export function queryList(query: URLSearchParams, name: string): string[] {
    return query.getAll(name).flatMap((value) => value.split(",").filter((part) => part !== ""));
}

/** One page of a list; the Platform refuses pages of more than 100. */
export function page<T>(items: T[], query: URLSearchParams, kind: string): T[] {
    const max = queryNumber(query, "max") ?? 100;
    const offset = queryNumber(query, "offset") ?? 0;
    if (max > 100) {
        throw badRequest(`${kind} length parameter cannot be greater than 100`);
    }
    return items.slice(offset, offset + max);
}

export function queryNumber(query: URLSearchParams, name: string): number | undefined {
    const value = query.get(name);
    if (value === null || value === "") {
        return undefined;
    }
    if (!/^\d+$/.test(value)) {
        throw badRequest(`Query parameter '${name}' must be a number`);
    }
    return Number(value);
}
