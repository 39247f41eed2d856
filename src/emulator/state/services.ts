import type { Directory } from "../http/auth";
import type { IdSource } from "./ids";
import type { Executions } from "./executions";
import type { Lifecycle } from "./lifecycle";
import type { ResolvedOptions } from "../options";
import type { Clock } from "./clock";
import type { RunScripts } from "./runScripts";
import type { Schedules } from "./schedules";
import type { Store } from "./store";

/** What the operations work with. */
export interface Services {
    options: ResolvedOptions;
    store: Store;
    ids: IdSource;
    directory: Directory;
    lifecycle: Lifecycle;
    executions: Executions;
    /** Address of the API, as answers refer to it. */
    endpoint(): string;
    clock: Clock;
    runScripts: RunScripts;
    schedules: Schedules;
    /** The current time in the API's format. */
    now(): string;
    /** Does what is due by now. */
    advance(): void;
}
