/** What every operation on a resource needs, and what it may end with beside a result. */

import type { Cluster } from "../cluster";
import type { Log } from "../engineLog";
import type { Fields } from "../../../plugin/server/values";

export interface Context {
    readonly cluster: Cluster;
    readonly log: Log;
    /** Aborted when the user cancels the operation. */
    readonly signal: AbortSignal;
}

/** The object is in the cluster, but something failed after that: the engine records it with the reasons. */
export class PartialError extends Error {
    constructor(
        message: string,
        readonly id: string,
        readonly state: Fields,
        readonly reasons: readonly string[],
        readonly inputs?: Fields,
    ) {
        super(message);
        this.name = "PartialError";
    }
}
