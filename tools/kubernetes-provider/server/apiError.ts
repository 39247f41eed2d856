/** What the API server refuses, as its `Status` object says it. */

import { fieldAt, textAt } from "./kubeObject";
import { isFields, type Plain } from "../../plugin/server/values";

export class ApiError extends Error {
    constructor(
        readonly status: number,
        readonly reason: string,
        message: string,
        readonly details: Plain = null,
    ) {
        super(message);
        this.name = "ApiError";
    }

    static from(status: number, body: unknown, call: string): ApiError {
        const answer = body as Plain;
        if (isFields(answer) && textAt(answer, "kind") === "Status") {
            const message = textAt(answer, "message") || `${call}: HTTP ${status}`;
            return new ApiError(status, textAt(answer, "reason"), message, fieldAt(answer, "details") ?? null);
        }
        const said = typeof body === "string" && body.trim() !== "" ? `: ${body.trim().slice(0, 200)}` : "";
        return new ApiError(status, "", `${call}: HTTP ${status}${said}`);
    }
}

const hasStatus = (error: unknown, status: number): boolean => error instanceof ApiError && error.status === status;

export const isNotFound = (error: unknown): boolean => hasStatus(error, 404);
export const isForbidden = (error: unknown): boolean => hasStatus(error, 403);
/** 409 is a conflict of fields or of versions too. */
export const isAlreadyExists = (error: unknown): boolean =>
    error instanceof ApiError && error.reason === "AlreadyExists";
export const isConflict = (error: unknown): boolean => error instanceof ApiError && error.reason === "Conflict";

/** The object's namespace is what was not found. */
export const isNamespaceMissing = (error: unknown): boolean =>
    isNotFound(error) && textAt((error as ApiError).details, "kind") === "namespaces";

/** Some API server plugins cannot do a dry run (webhooks with side effects). */
export const isDryRunRefused = (error: unknown): boolean =>
    hasStatus(error, 400) && /dry ?run/i.test((error as ApiError).message);

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
