/** Which calls a fault applies to. What is left out matches everything. */
export interface FaultMatch {
    /** HTTP method. */
    method?: string;
    /** Path below the base path, in which `*` stands for one segment: `/compute-envs/*`. */
    path?: string;
    /** `operationId` of the OpenAPI document, such as `CreateComputeEnv`. */
    operation?: string;
    /** Workspace of the call; `null` for calls in the personal context. */
    workspaceId?: number | null;
    /** The first matching call that is hit, counted from 1. Default: 1. */
    nth?: number;
    /** How many matching calls are hit, from the `nth` on. Default: 1. */
    times?: number;
}

/** How the asynchronous work that a call starts ends instead of succeeding. */
export interface Outcome {
    /** Never ends until it is released or the fault is removed. */
    stuck?: boolean;
    /** Ends in this status, with this message, without touching the cluster; what a create ends INVALID has been made. */
    status?: "ERRORED" | "INVALID";
    message?: string;
}

/** What goes wrong. */
export type FaultKind =
    /**
     * Answer `status` (with `message`, `body` and `headers` if given). The call has no effect unless `applied`. A `body` that is a
     * text is sent as it is, as the HTML page of a proxy.
     */
    | {
          kind: "status";
          status: number;
          message?: string;
          body?: unknown;
          headers?: Record<string, string>;
          applied?: boolean;
      }
    /** Serve the call `delayMs` milliseconds later. */
    | { kind: "delay"; delayMs: number }
    /** Close the connection without an effect and without an answer. */
    | { kind: "reset-before" }
    /** Close the connection without an effect and without an answer, and refuse every new one for `forMs` milliseconds. */
    | { kind: "refused"; forMs: number }
    /** Let the call take effect, then close the connection without an answer. */
    | { kind: "reset-after" }
    /** Let the call take effect and answer its status with a body that is not JSON. */
    | { kind: "malformed" }
    /** Let the call take effect and close the connection in the middle of the answer. */
    | { kind: "truncated" }
    /** The asynchronous work that the call starts never ends: CREATING or DELETING for ever. */
    | { kind: "stuck" }
    /**
     * The asynchronous work that the call starts ends in `status` with `message`, without touching the cluster. A create that
     * ends `INVALID` has made its objects: validated again, it is usable.
     */
    | { kind: "outcome"; status: "ERRORED" | "INVALID"; message: string };

/** A fault to inject. */
export type FaultSpec = FaultKind & { match?: FaultMatch };

/** An injected fault and how often it has hit. */
export type Fault = FaultSpec & { id: number; seen: number; hits: number };

/** What is known of a call when faults are looked up. */
export interface FaultSubject {
    method: string;
    path: string;
    operation: string | null;
    workspaceId: number | null;
}

const KINDS: readonly FaultKind["kind"][] = [
    "status",
    "delay",
    "reset-before",
    "refused",
    "reset-after",
    "malformed",
    "truncated",
    "stuck",
    "outcome",
];

/** The faults of an emulator. Several may hit one call: delays add up, of the others the oldest wins. */
export class Faults {
    private readonly faults: Fault[] = [];
    private lastId = 0;

    constructor(private readonly removed: () => void) {}

    /** Injects a fault and returns its id. */
    add(spec: FaultSpec): number {
        if (!KINDS.includes(spec.kind)) {
            throw new Error(`fault: unknown kind "${String(spec.kind)}", expected one of ${KINDS.join(", ")}`);
        }
        if (spec.kind === "status" && !(spec.status >= 200 && spec.status <= 599)) {
            throw new Error(`fault: status ${spec.status} is not a final HTTP status`);
        }
        if (spec.kind === "delay" && !(spec.delayMs >= 0)) {
            throw new Error(`fault: delayMs ${spec.delayMs} is not a number of milliseconds`);
        }
        if (spec.kind === "refused" && !(spec.forMs > 0)) {
            throw new Error(`fault: forMs ${spec.forMs} is not a number of milliseconds above 0`);
        }
        if (spec.kind === "outcome" && spec.status !== "ERRORED" && spec.status !== "INVALID") {
            throw new Error(`fault: the status of an outcome is ERRORED or INVALID, not "${String(spec.status)}"`);
        }
        const fault: Fault = { ...spec, id: ++this.lastId, seen: 0, hits: 0 };
        this.faults.push(fault);
        return fault.id;
    }

    /** Every fault that was added and not removed, including those that have no hits left. */
    list(): Fault[] {
        return structuredClone(this.faults);
    }

    /** Removes one fault, or all. What hangs because of a "stuck" fault goes on. */
    remove(id?: number): void {
        const kept = id === undefined ? [] : this.faults.filter((fault) => fault.id !== id);
        this.faults.splice(0, this.faults.length, ...kept);
        this.removed();
    }

    /** The faults that hit a call, oldest first; counts the call. */
    take(subject: FaultSubject): Fault[] {
        return this.faults.filter((fault) => {
            if (!matches(fault.match ?? {}, subject)) {
                return false;
            }
            fault.seen++;
            const first = fault.match?.nth ?? 1;
            const times = fault.match?.times ?? 1;
            const hit = fault.seen >= first && fault.seen < first + times;
            fault.hits += hit ? 1 : 0;
            return hit;
        });
    }
}

function matches(match: FaultMatch, subject: FaultSubject): boolean {
    return (
        (match.method === undefined || match.method.toUpperCase() === subject.method) &&
        (match.operation === undefined || match.operation === subject.operation) &&
        (match.workspaceId === undefined || match.workspaceId === subject.workspaceId) &&
        (match.path === undefined || pathMatches(match.path, subject.path))
    );
}

function pathMatches(pattern: string, path: string): boolean {
    const wanted = pattern.split("/");
    const actual = path.split("/");
    return wanted.length === actual.length && wanted.every((part, i) => part === "*" || part === actual[i]);
}
