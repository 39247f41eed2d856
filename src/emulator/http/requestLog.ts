/** One request that the emulator received. */
export interface RequestEntry {
    /** Number in the series, from 1. */
    id: number;
    /** When it arrived, in ISO 8601. */
    at: string;
    method: string;
    /** Path below the base path, without the query. */
    path: string;
    /** Query parameters; a repeated one is joined by commas. */
    query: Record<string, string>;
    /** `operationId` in the OpenAPI document; `null` for a path that is not served. */
    operation: string | null;
    /** JSON body with secrets redacted; `null` if there was none. */
    body: unknown;
    /** Status that was answered; `null` while the call is under way, or when the connection was closed instead. */
    status: number | null;
    /** Message of the error that was answered. */
    error?: string;
    /** Name of the user whose token was used; `null` without a known token. */
    actor: string | null;
    /** User agent of the client. */
    userAgent: string | null;
    /** Kinds of the faults that hit the call. */
    faults: string[];
}

/** The requests of an emulator, oldest first, up to a number of entries. */
export class RequestLog {
    readonly entries: RequestEntry[] = [];
    private lastId = 0;

    constructor(private readonly limit: number) {}

    add(entry: Omit<RequestEntry, "id">): RequestEntry {
        const numbered = { id: ++this.lastId, ...entry };
        this.entries.push(numbered);
        if (this.entries.length > this.limit) {
            this.entries.splice(0, this.entries.length - this.limit);
        }
        return numbered;
    }

    clear(): void {
        this.entries.length = 0;
    }
}
