import type { ComputeConfig, ComputeEnvStatus, KubernetesPlatform, LabelDto } from "../../platform/types";
import type { RunScript } from "../options";

/** Asynchronous work in progress. */
export interface PendingWork {
    kind: "create" | "delete";
    /** Describe calls left before the result shows, when durations are counted in polls. */
    polls?: number;
    /** Set by a "stuck" fault. */
    stuck?: boolean;
    /** Set by an "outcome" fault. */
    outcome?: { status: "ERRORED" | "INVALID"; message: string };
}

/** A compute environment. */
export interface ComputeEnvRecord {
    id: string;
    scope: string;
    workspaceId: number | null;
    orgId: number | null;
    name: string;
    description: string | null;
    platform: KubernetesPlatform;
    config: ComputeConfig;
    credentialsId: string | null;
    fusionMetricsCollectionEnabled: boolean | null;
    labelIds: number[];
    status: ComputeEnvStatus;
    message: string | null;
    primary: boolean;
    deleted: boolean;
    dateCreated: string;
    lastUpdated: string;
    lastUsed: string | null;
    pending: PendingWork | null;
}

/** A credential without its secret keys, which {@link State.secrets} has. */
export interface CredentialsRecord {
    id: string;
    scope: string;
    name: string;
    description: string | null;
    provider: string;
    baseUrl: string | null;
    category: string | null;
    /** The keys that answers may show. */
    keys: Record<string, string>;
    status: "AVAILABLE" | "INVALID";
    message: string | null;
    deleted: boolean;
    dateCreated: string;
    lastUpdated: string;
    lastUsed: string | null;
    lastValidated: string | null;
}

/** A label or resource label. */
export type LabelRecord = Required<Pick<LabelDto, "id" | "name">> & {
    scope: string;
    value: string | null;
    resource: boolean;
    isDefault: boolean;
    dateCreated: string;
};

/** What a pipeline or an action starts; fields that the emulator gives no meaning are kept as they were sent. */
export interface LaunchRecord {
    id: string;
    computeEnvId: string | null;
    [field: string]: unknown;
}

/** A version of a pipeline; its id is that of its launch. Nothing of it changes later on but its name. */
export interface PipelineVersionRecord {
    /** `null` for a draft. */
    name: string | null;
    launch: LaunchRecord;
    userId: number;
    userName: string;
    dateCreated: string;
    lastUpdated: string;
}

/** A pipeline of the Launchpad. */
export interface PipelineRecord {
    pipelineId: number;
    scope: string;
    workspaceId: number | null;
    orgId: number | null;
    userId: number;
    userName: string;
    name: string;
    description: string | null;
    icon: string | null;
    labelIds: number[];
    /** That of the default version. */
    launch: LaunchRecord;
    /** Oldest first. */
    versions: PipelineVersionRecord[];
    dateCreated: string;
    lastUpdated: string;
}

/** A pipeline action. */
export interface ActionRecord {
    id: string;
    scope: string;
    name: string;
    source: string;
    status: "CREATING" | "ACTIVE" | "ERROR" | "PAUSED";
    /** Why it is in ERROR. */
    error?: string | null;
    cron: Record<string, unknown> | null;
    bucket: Record<string, unknown> | null;
    labelIds: number[];
    launch: LaunchRecord;
    /** Whose it is, and in whose name it launches. Absent in files of older versions. */
    userId?: number;
    userName?: string;
    /** What made it launch last, with the run that came of it. */
    event?: Record<string, unknown> | null;
    lastSeen?: string | null;
    /** Of a cron action, in ISO 8601; `null` where it never fires again. */
    nextExecution?: string | null;
    /** What has to pass before it is ACTIVE. */
    pending?: PendingAction | null;
    dateCreated: string;
    lastUpdated: string;
}

/** The work on an action that was made. */
export interface PendingAction {
    /** Describe calls left before the result shows, when durations are counted in polls. */
    polls?: number;
    /** When the result shows otherwise, in milliseconds since 1970. */
    until?: number;
    /** Set by a "stuck" fault. */
    stuck?: boolean;
    /** Set by an "outcome" fault: it ends in ERROR with this message. */
    error?: string;
}

/** A Studio, as far as it carries labels. */
export interface StudioRecord {
    id: string;
    scope: string;
    name: string;
    computeEnvId: string;
    labelIds: number[];
    dateCreated: string;
}

/** A version of a dataset. Nothing of it changes later on but that it is disabled. */
export interface DatasetVersionRecord {
    version: number;
    fileName: string;
    mediaType: string;
    /** In bytes; `null` for what is linked. */
    fileSize: number | null;
    hasHeader: boolean;
    /** What is linked. */
    linkedUrl: string | null;
    disabled: boolean;
    userId: number;
    userName: string;
    dateCreated: string;
    lastUpdated: string;
}

/** A dataset. {@link State.contents} has what its versions contain. */
export interface DatasetRecord {
    id: string;
    scope: string;
    workspaceId: number | null;
    orgId: number | null;
    userId: number;
    userName: string;
    name: string;
    description: string | null;
    sourceType: "UPLOADED" | "LINKED";
    hidden: boolean;
    deleted: boolean;
    labelIds: number[];
    /** Oldest first. */
    versions: DatasetVersionRecord[];
    dateCreated: string;
    lastUpdated: string;
}

/** A data-link that a user has made. */
export interface DataLinkRecord {
    id: string;
    scope: string;
    name: string;
    description: string | null;
    type: string;
    provider: string;
    resourceRef: string;
    credentialsId: string | null;
    publicAccessible: boolean;
    hidden: boolean;
}

/** A schema of pipeline parameters, to which launches refer by its id. */
export interface PipelineSchemaRecord {
    id: number;
    scope: string;
    content: string;
}

/** A task of a run, with the fields of `Task` that are known of it. */
export interface TaskRecord {
    taskId: number;
    process: string;
    name: string;
    status: "NEW" | "SUBMITTED" | "RUNNING" | "CACHED" | "COMPLETED" | "FAILED" | "ABORTED";
    [field: string]: unknown;
}

/** Where a run stands in its script. */
export interface ScriptPosition {
    script: RunScript;
    /** Describe calls since its status changed. */
    polls: number;
    /** When its status changed, in milliseconds since 1970. */
    since: number;
}

/** A workflow run. */
export interface RunRecord {
    id: string;
    scope: string;
    userId: number;
    userName: string;
    computeEnvId: string;
    runName: string;
    /** Those of its environment, and those that it was launched with. Absent in files of older versions. */
    labelIds?: number[];
    status: "SUBMITTED" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED" | "UNKNOWN";
    launch: LaunchRecord;
    /** The version of a pipeline that was launched, if it was one. */
    versionId?: string;
    /** Nextflow's session, which a resumed run has in common with the one that it resumes. Absent in files of older versions. */
    sessionId?: string;
    lastUpdated?: string;
    submit: string;
    /** When its head pod was first seen running. */
    start?: string;
    complete: string | null;
    /** Of its head pod, when it has ended. */
    exitStatus?: number | null;
    errorMessage?: string | null;
    /** What Nextflow says of the task that failed, or else the end of its head pod's log. */
    errorReport?: string | null;
    /** By task id. */
    tasks?: TaskRecord[];
    /** Processes that have no task yet. */
    processNames?: string[];
    /** What Nextflow printed. */
    log?: string[];
    /** Whether the log goes on beyond what is kept of it. */
    isLogCut?: boolean;
    /** Fields of `WorkflowMaxDbDto` that Nextflow itself has told. */
    told?: Record<string, unknown>;
    /** `WorkflowMetrics` that Nextflow itself has told. */
    metrics?: unknown[];
    /** What it follows, where nothing is executed. */
    position?: ScriptPosition;
    /** Executed by a head pod in the cluster, which may still have to be followed or removed. */
    pending?: boolean;
}

/** Everything that the emulator remembers. */
export interface State {
    /** Counter of the id series. */
    counter: { ids: number };
    computeEnvs: ComputeEnvRecord[];
    credentials: CredentialsRecord[];
    labels: LabelRecord[];
    pipelines: PipelineRecord[];
    actions: ActionRecord[];
    studios: StudioRecord[];
    runs: RunRecord[];
    datasets: DatasetRecord[];
    dataLinks: DataLinkRecord[];
    pipelineSchemas: PipelineSchemaRecord[];
    /** The bytes of uploaded versions in base64, by dataset id and version: `<id>/<version>`. */
    contents: Record<string, string>;
    /** Write-only keys by credentials id. */
    secrets: Record<string, Record<string, string>>;
    /** Keys that the cloud does not take, by credentials id. */
    refusedKeys: Record<string, Record<string, string>>;
}

/** {@link State} as people may see it: without the secrets, and what datasets contain. */
export type VisibleState = Omit<State, "secrets" | "refusedKeys" | "contents" | "counter">;

export function emptyState(): State {
    return {
        counter: { ids: 0 },
        computeEnvs: [],
        credentials: [],
        labels: [],
        pipelines: [],
        actions: [],
        studios: [],
        runs: [],
        datasets: [],
        dataLinks: [],
        pipelineSchemas: [],
        contents: {},
        secrets: {},
        refusedKeys: {},
    };
}

/** Where state is kept between processes. */
export interface Persistence {
    load(): State | undefined;
    save(state: State): void;
    close(): void;
}

/** The emulator's state, and the look-ups that several operations share. */
export class Store {
    readonly state: State;

    constructor(private readonly persistence?: Persistence) {
        this.state = persistence?.load() ?? emptyState();
    }

    /** Called after every change, before it is answered. */
    commit(): void {
        this.persistence?.save(this.state);
    }

    close(): void {
        this.persistence?.close();
    }

    /** A deep copy without secrets. */
    visible(): VisibleState {
        const {
            secrets: _secrets,
            refusedKeys: _refused,
            contents: _contents,
            counter: _counter,
            ...visible
        } = this.state;
        return structuredClone(visible);
    }

    computeEnv(id: string): ComputeEnvRecord | undefined {
        return this.state.computeEnvs.find((env) => env.id === id);
    }

    credentials(id: string): CredentialsRecord | undefined {
        return this.state.credentials.find((credentials) => credentials.id === id);
    }

    /** All keys of credentials, the secret ones as well. */
    keys({ id, keys }: CredentialsRecord): Record<string, string> {
        return { ...keys, ...this.state.secrets[id] };
    }

    labels(scope: string, ids: number[]): LabelRecord[] {
        return this.state.labels.filter((label) => label.scope === scope && ids.includes(label.id));
    }

    run(id: string): RunRecord | undefined {
        return this.state.runs.find((run) => run.id === id);
    }

    /** Runs that have not ended on a compute environment. */
    activeRuns(computeEnvId: string): RunRecord[] {
        return this.state.runs.filter((run) => run.computeEnvId === computeEnvId && isActive(run));
    }
}

/** Ends what the end of a run leaves open: nobody tells it any more. */
export function closeTasks({ status, complete, tasks = [] }: RunRecord): void {
    for (const task of tasks.filter((each) => ["NEW", "SUBMITTED", "RUNNING"].includes(each.status))) {
        task.status = status === "SUCCEEDED" ? "COMPLETED" : "ABORTED";
        task.complete = complete;
    }
}

/** Whether a run has not ended. */
export function isActive({ status }: RunRecord): boolean {
    return status === "SUBMITTED" || status === "RUNNING";
}
