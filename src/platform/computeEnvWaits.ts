/** Waiting for a compute environment to be ready, or to be gone. */

import type { PlatformClient } from "./platformClient";
import { findComputeEnv, isDeletedComputeEnv } from "./computeEnvs";
import type { PlatformError } from "./errors";
import type { ComputeEnvDto } from "./types";
import { waitFor, type Waited, type WaitProgress, type WaitSettings } from "./wait";

/** How long a compute environment may take to be made, in seconds: autoscaled clusters need their time. */
export const DEFAULT_CREATE_TIMEOUT_SECONDS = 900;

/** How long the Platform may take to remove its objects from the cluster, in seconds. */
export const DEFAULT_DELETE_TIMEOUT_SECONDS = 900;

export interface ComputeEnvWaitOptions extends Omit<WaitSettings, "timeoutMs" | "onProgress"> {
    timeoutSeconds?: number;
    onProgress?: (progress: WaitProgress<ComputeEnvDto>) => void;
}

/** How many looks must find nothing before one that was never seen counts as gone: a new one may show up late. */
const LOOKS_BEFORE_NEVER_SEEN_IS_GONE = 4;

interface ComputeEnvWaitEnd {
    /** The compute environment as it was last seen. */
    last?: ComputeEnvDto;
    elapsedMs: number;
    polls: number;
}

export type ComputeEnvOutcome = ComputeEnvWaitEnd &
    (
        | { outcome: "available" | "errored" | "invalid" | "disabled" | "gone" | "aborted" }
        | { outcome: "timeout"; lastError?: PlatformError }
        | { outcome: "failed"; error: PlatformError }
    );

export type ComputeEnvGoneOutcome = ComputeEnvWaitEnd &
    (
        | { outcome: "gone" | "aborted" }
        /** The Platform gave up deleting it: it stands as ERRORED or INVALID again. */
        | { outcome: "errored" | "invalid" }
        | { outcome: "timeout"; lastError?: PlatformError }
        | { outcome: "failed"; error: PlatformError }
    );

/**
 * Waits while it is CREATING. A status that we do not know yet is waited through as well: the API promises that new
 * ones may appear. Does not throw on what the Platform does: the caller has an id to keep, whatever came of it.
 */
export async function waitForComputeEnv(
    client: PlatformClient,
    id: string,
    options: ComputeEnvWaitOptions = {},
): Promise<ComputeEnvOutcome> {
    const seen = new LastSeen(client, id);
    let looks = 0;
    const waited = await waitFor({
        ...settingsOf(options, DEFAULT_CREATE_TIMEOUT_SECONDS, seen),
        poll: (limits) => seen.look(limits),
        done: ({ now }) => {
            looks++;
            if (now === undefined) {
                return seen.last !== undefined || looks >= LOOKS_BEFORE_NEVER_SEEN_IS_GONE ? "gone" : undefined;
            }
            // Deleted comes first: an old deleted compute environment still says AVAILABLE.
            return isDeletedComputeEnv(now) ? undefined : ENDS[now.status];
        },
    });
    return ended(waited, seen);
}

/**
 * Waits until it is gone for certain. One that becomes ERRORED or INVALID meanwhile shows that the Platform could not
 * clean up. It may have been so before, and only the caller knows: `statusBefore` and
 * `lastUpdatedBefore` let a change be seen even when the DELETING in between was too short for a poll.
 */
export async function waitForComputeEnvGone(
    client: PlatformClient,
    id: string,
    options: ComputeEnvWaitOptions & {
        statusBefore?: ComputeEnvDto["status"];
        lastUpdatedBefore?: ComputeEnvDto["lastUpdated"];
    } = {},
): Promise<ComputeEnvGoneOutcome> {
    const { statusBefore, lastUpdatedBefore, ...rest } = options;
    const seen = new LastSeen(client, id);
    let deleting = false;
    const waited = await waitFor({
        ...settingsOf(rest, DEFAULT_DELETE_TIMEOUT_SECONDS, seen),
        poll: (limits) => seen.look(limits),
        done: ({ now }) => {
            if (now === undefined) {
                return "gone";
            }
            deleting ||= now.status === "DELETING";
            const failed = now.status === "ERRORED" ? "errored" : now.status === "INVALID" ? "invalid" : undefined;
            const changed =
                deleting ||
                (statusBefore !== undefined && now.status !== statusBefore) ||
                (lastUpdatedBefore !== undefined && now.lastUpdated !== lastUpdatedBefore);
            return changed && !isDeletedComputeEnv(now) ? failed : undefined;
        },
    });
    return ended(waited, seen);
}

const ENDS: Readonly<Record<string, "available" | "errored" | "invalid" | "disabled" | undefined>> = {
    AVAILABLE: "available",
    ERRORED: "errored",
    INVALID: "invalid",
    DISABLED: "disabled",
};

/** "Gone" must not wipe out the last that was seen of it: its message may be the only explanation. */
class LastSeen {
    last: ComputeEnvDto | undefined;

    constructor(
        private readonly client: PlatformClient,
        private readonly id: string,
    ) {}

    async look(limits: Parameters<typeof findComputeEnv>[2]): Promise<{ now: ComputeEnvDto | undefined }> {
        const now = await findComputeEnv(this.client, this.id, limits);
        this.last = now ?? this.last;
        return { now };
    }
}

function settingsOf(
    options: ComputeEnvWaitOptions,
    defaultSeconds: number,
    seen: LastSeen,
): Omit<WaitSettings, "onProgress"> & { onProgress: (progress: WaitProgress<unknown>) => void } {
    const { timeoutSeconds, onProgress, ...rest } = options;
    return {
        ...rest,
        timeoutMs: (timeoutSeconds ?? defaultSeconds) * 1_000,
        onProgress: (progress) => onProgress?.({ ...progress, last: seen.last }),
    };
}

function ended<D extends string>(
    waited: Waited<unknown, D>,
    seen: LastSeen,
): ComputeEnvWaitEnd &
    (
        | { outcome: D | "aborted" }
        | { outcome: "timeout"; lastError?: PlatformError }
        | { outcome: "failed"; error: PlatformError }
    ) {
    const { polls, elapsedMs } = waited;
    const end = { last: seen.last, polls, elapsedMs };
    switch (waited.outcome) {
        case "done":
            return { ...end, outcome: waited.result };
        case "timeout":
            return { ...end, outcome: "timeout", lastError: waited.lastError };
        case "failed":
            return { ...end, outcome: "failed", error: waited.error };
        case "aborted":
            return { ...end, outcome: "aborted" };
    }
}
