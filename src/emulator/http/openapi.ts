import { statSync } from "node:fs";
import type { OpenAPIBackend, Options } from "openapi-backend";
import { assertInstalled } from "../../packages";
import { isObject } from "./api";
import { contract, loadDocument, type Direction, type Document } from "./openapiDocument";

type AjvOptions = NonNullable<Options["ajvOpts"]>;

interface Problem {
    keyword: string;
    instancePath: string;
    message?: string;
    params?: unknown;
}

/** Something that the emulator received or answered and that the Platform's OpenAPI document does not allow. */
export interface Violation {
    /** When, in ISO 8601. */
    at: string;
    /** `operationId`. */
    operation: string;
    direction: Direction;
    /** Status of the answer, for responses. */
    status?: number;
    /** What is wrong, one line for each fault. */
    problems: string[];
}

/** What a request does against the document. */
export interface RequestProblems {
    /** Wrong types, values, or missing fields: refused. */
    invalid: string[];
    /** Fields and query parameters that the document does not know: the Platform ignores them, so they are only recorded. */
    unknown: string[];
}

/** Answers that real installations give although the document does not list them. `*` stands for every operation. */
const UNDOCUMENTED_STATUSES: readonly { operation: string; status: number; why: string }[] = [
    { operation: "*", status: 401, why: "an unknown token; the body is empty" },
    { operation: "*", status: 429, why: "over the rate limit, which only the guide documents" },
    { operation: "CreateComputeEnv", status: 409, why: "a duplicate name; client tools treat it as 'already exists'" },
    { operation: "CreateCredentials", status: 409, why: "a duplicate name; client tools treat it as 'already exists'" },
    { operation: "UpdateCredentials", status: 409, why: "a rename to a duplicate name" },
    { operation: "DescribeComputeEnv", status: 404, why: "how some installations answer for a deleted object" },
];

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

const loaded = new Map<string, Promise<OpenApiChecker>>();

/** Checks bodies, queries and statuses against the Platform's OpenAPI document. */
export class OpenApiChecker {
    private constructor(
        private readonly document: Document,
        private readonly requests: OpenAPIBackend,
        private readonly responses: OpenAPIBackend,
    ) {}

    /** Reads the document; a document that has not changed is read once in a process. */
    static load(path: string, operations: ReadonlySet<string>): Promise<OpenApiChecker> {
        let changed: number;
        try {
            changed = statSync(path).mtimeMs;
        } catch (error) {
            return Promise.reject(new Error(`openapi: cannot read ${path}: ${(error as Error).message}`));
        }
        const key = JSON.stringify([path, changed, [...operations]]);
        const checker = loaded.get(key) ?? OpenApiChecker.read(path, operations);
        loaded.set(key, checker);
        return checker;
    }

    private static async read(path: string, operations: ReadonlySet<string>): Promise<OpenApiChecker> {
        assertInstalled("emulator", "openapi-backend");
        const { OpenAPIBackend: Backend } = await import("openapi-backend");
        const document = loadDocument(path, operations);
        const open = async (direction: Direction): Promise<OpenAPIBackend> => {
            const definition = contract(document, direction) as unknown as Exclude<Options["definition"], string>;
            const ajvOpts: AjvOptions = {
                strict: false,
                allErrors: true,
                logger: false,
                formats: { "date-time": RFC3339 },
            };
            const backend = new Backend({ definition, quick: true, ajvOpts });
            await backend.init();
            return backend;
        };
        return new OpenApiChecker(document, await open("request"), await open("response"));
    }

    checkRequest(
        operation: string,
        request: { method: string; path: string; query: URLSearchParams; body: unknown },
    ): RequestProblems {
        const result = this.requests.validateRequest(
            {
                method: request.method,
                path: request.path,
                query: queryObject(request.query),
                headers: { "content-type": "application/json" },
                body: withDiscriminators(withoutNulls(request.body)),
            },
            operation,
        );
        const problems = (result.errors ?? []) as Problem[];
        const isUnknown = (problem: Problem): boolean => problem.keyword === "additionalProperties";
        return {
            invalid: lines(problems.filter((problem) => !isUnknown(problem) && problem.keyword !== "if")),
            unknown: lines(problems.filter(isUnknown)),
        };
    }

    checkResponse(operation: string, status: number, body: unknown): string[] {
        const known = UNDOCUMENTED_STATUSES.some(
            (entry) => (entry.operation === "*" || entry.operation === operation) && entry.status === status,
        );
        const documented = this.response(operation, status);
        if (documented === undefined) {
            return known ? [] : [`status ${status} is not documented`];
        }
        const hasContent = isObject(documented.content);
        if (body === undefined || body === null) {
            return hasContent ? [`status ${status} has no body`] : [];
        }
        if (!hasContent) {
            // A refusal may explain itself; what is a success without content must have none.
            return status < 400 ? [`status ${status} has a body`] : [];
        }
        const content = Buffer.isBuffer(body) ? body.toString("latin1") : withoutNulls(body);
        const result = this.responses.validateResponse(content, operation, status);
        return lines(((result.errors ?? []) as Problem[]).filter(({ keyword }) => keyword !== "if"));
    }

    private response(operation: string, status: number): Record<string, unknown> | undefined {
        const items = Object.values(this.document.paths).flatMap((item) => Object.values(item));
        const { responses } = items.find(({ operationId }) => operationId === operation) as {
            responses?: Record<string, Record<string, unknown>>;
        };
        return responses?.[String(status)];
    }
}

/**
 * A body without its null members: the Platform answers what is unset with an explicit null and takes a null as unset,
 * although the document says `nullable` almost nowhere.
 */
function withoutNulls(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(withoutNulls);
    }
    if (!isObject(value)) {
        return value;
    }
    const members = Object.entries(value).filter(([, member]) => member !== null);
    return Object.fromEntries(members.map(([key, member]) => [key, withoutNulls(member)]));
}

/** The server takes a union's type from `platform` and `provider` when a client leaves the discriminator out. */
function withDiscriminators(body: unknown): unknown {
    if (!isObject(body)) {
        return body;
    }
    const fill = (object: unknown, union: string, source: string): void => {
        if (isObject(object) && isObject(object[union])) {
            object[union] = { discriminator: object[source], ...object[union] };
        }
    };
    fill(body.computeEnv, "config", "platform");
    fill(body.credentials, "keys", "provider");
    return body;
}

function queryObject(query: URLSearchParams): Record<string, string | string[]> {
    return Object.fromEntries(
        [...new Set(query.keys())].map((key) => {
            const values = query.getAll(key);
            return [key, values.length === 1 ? values[0] : values];
        }),
    );
}

function lines(problems: Problem[]): string[] {
    const text = problems.map(({ instancePath, message, params }) => {
        const { additionalProperty, allowedValues } = isObject(params) ? params : {};
        const detail = typeof additionalProperty === "string" ? [additionalProperty] : allowedValues;
        return `${instancePath || "/"} ${message ?? "is invalid"}${Array.isArray(detail) ? `: ${detail.join()}` : ""}`;
    });
    return [...new Set(text)];
}
