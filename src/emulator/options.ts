/** Role of a user in a workspace, strongest first (https://docs.seqera.io/platform-cloud/orgs-and-teams/roles). */
export type WorkspaceRole = "owner" | "admin" | "maintain" | "launch" | "connect" | "view";

/** A personal access token that the emulator accepts, and whose it is. */
export interface AccessTokenOptions {
    /** The bearer token's text. */
    token: string;
    /** Name of the user. Tokens with the same name belong to the same user. Default: `"emulator"`. */
    userName?: string;
    /** The user's numeric id. Default: derived from the seed and the user name. */
    userId?: number;
    /** Role in every workspace that `roles` does not name; `null` for none at all. Default: `"owner"`. */
    role?: WorkspaceRole | null;
    /** Whether the user signed in with GitHub, as actions of the source `github` need it. Default: `false`. */
    github?: boolean;
    /** Roles in particular workspaces, by workspace id; `null` bars the user from that workspace. Default: none. */
    roles?: Record<number, WorkspaceRole | null>;
}

/** An organization workspace. */
export interface WorkspaceOptions {
    /** The workspace's numeric id. */
    id: number;
    /** Name of the workspace. */
    name: string;
    /** Long name. Default: the name. */
    fullName?: string;
    /** Who sees the workspace's pipelines. Default: `"PRIVATE"`. */
    visibility?: "PRIVATE" | "SHARED";
    /** Organization that owns it. Default: {@link DEFAULT_ORGANIZATION}. */
    organization?: { id: number; name: string };
}

/**
 * When an asynchronous step becomes visible: a number of milliseconds, or `{ polls: n }` for "the first `n` describe
 * calls still show the old status", which makes tests independent of time.
 */
export type Duration = number | { polls: number };

/** How long the Platform takes for its asynchronous work. */
export interface TimingOptions {
    /** CREATING until AVAILABLE, ERRORED or INVALID. Default: 300 ms. */
    create?: Duration;
    /** DELETING until DELETED or ERRORED. Default: 300 ms. */
    delete?: Duration;
    /** CREATING until ACTIVE, or ERROR, of an action. Default: `{ polls: 0 }`. */
    action?: Duration;
}

/** What makes an action launch its pipeline. */
export type ActionSource = "tower" | "github" | "bucket" | "cron";

/** A process of a {@link RunScript}. */
export interface ScriptedProcess {
    /** Name of the process, such as `"FASTQC"`. */
    name: string;
    /** How many tasks it has. Default: 1. */
    tasks?: number;
    /** How many of its tasks, the last ones, end FAILED where the run does not succeed. Default: 0. */
    failed?: number;
}

/**
 * How runs go where nothing is executed. Durations in polls count the describe calls of the run; those in milliseconds follow the
 * emulator's clock. Tasks and log grow evenly while the run is RUNNING; tasks that succeeded in a run of the same session are CACHED.
 */
export interface RunScript {
    /** Only runs of this name. Default: every name. */
    runName?: string;
    /** Only runs of this repository. Default: every repository. */
    pipeline?: string;
    /** How many runs follow the script; later ones follow the next script that matches. Default: all. */
    times?: number;
    /** SUBMITTED until RUNNING. Default: `{ polls: 0 }`. */
    submitted?: Duration;
    /** RUNNING until the end. Default: `{ polls: 0 }`. */
    running?: Duration;
    /** How it ends; `null` for a run that goes on until it is cancelled or ended. Default: `"SUCCEEDED"`. */
    status?: "SUCCEEDED" | "FAILED" | "CANCELLED" | "UNKNOWN" | null;
    /** Default: 0 where it succeeds, 1 where it fails. */
    exitStatus?: number;
    /** Default: what Nextflow says of the first process with failed tasks, if the run fails. */
    errorMessage?: string;
    /** Default: Nextflow's report about the first process with failed tasks, if the run fails. */
    errorReport?: string;
    /** Processes, in the order in which their tasks run. Default: none. */
    processes?: ScriptedProcess[];
    /** What Nextflow prints. Default: a line for each task that is submitted. */
    log?: string[];
    /** Goes on when it is cancelled, unless by force. Default: `false`. */
    ignoresCancel?: boolean;
}

/**
 * How `GET /compute-envs/{id}` answers for a deleted compute environment. Deployed Platforms differ:
 * `"200-deleted"`: 200 with `deleted: true`, `status: "DELETED"` and the name `deleted-<n>`;
 * `"200-deleted-available"`: the same, but the status still says AVAILABLE, as old deletions do;
 * `"403"`, `"404"`, `"400"`: that status with an error body.
 */
export type DeletedAnswer = "200-deleted" | "200-deleted-available" | "403" | "404" | "400";

/**
 * What becomes of a change to what a pipeline launches. Deployed Platforms differ:
 * `"drafts"`: it is a new version without a name, a draft, and the default version stays what it was, as on Seqera Cloud;
 * `"promoted"`: it is a new version that gets the next name and is the default one;
 * `"none"`: the pipeline is changed, and there are no versions, as before version 25.3.
 */
export type PipelineVersions = "drafts" | "promoted" | "none";

/** Options of {@link PlatformEmulator.start}. Every one is optional. */
export interface EmulatorOptions {
    /** Address to bind to. Default: `"127.0.0.1"`. */
    host?: string;
    /** Port; 0 takes a free one. Default: 0. */
    port?: number;
    /** Path under which the API is served, as self-hosted installations do. Default: `"/api"`; `""` for none. */
    basePath?: string;
    /** Serve https with this PEM key and certificate chain. Default: plain http. */
    tls?: { key: string; cert: string };
    /** Accepted tokens. Default: one, {@link DEFAULT_ACCESS_TOKEN}, owner of every workspace. */
    accessTokens?: AccessTokenOptions[];
    /** Workspaces. Default: one, {@link DEFAULT_WORKSPACE}. */
    workspaces?: WorkspaceOptions[];
    /** Seed of all ids: the same calls in the same order give the same ids. Default: 1. */
    seed?: number;
    /** Clock for the timestamps in answers and the request log. Default: the machine's clock. */
    clock?: () => Date;
    /** JSON file (mode 0600, it holds keys) that state is read from at start and written to at each change. Default: memory only. */
    stateFile?: string;
    /**
     * Path of the Platform's OpenAPI document. Requests that violate it are answered 400, and everything that
     * violates it is recorded in `violations`. Needs the package `openapi-backend`. Default: no checking.
     */
    openapi?: string;
    /** Calls per second and token before 429; `false` for no limit. Default: 20, the documented limit. */
    rateLimit?: number | false;
    /** Seconds that a 429 names in `Retry-After`; `false` leaves the header out. Default: `false`, as it is not documented. */
    retryAfter?: number | false;
    /** Durations of asynchronous work. */
    timings?: TimingOptions;
    /** Answer for a deleted compute environment. Default: `"200-deleted"`. */
    deletedAnswer?: DeletedAnswer;
    /** What `PUT /compute-envs/{id}` does with a field that cannot be updated. Default: `"reject"` (400); undocumented. */
    immutableFields?: "reject" | "ignore";
    /** What `PUT /compute-envs/{id}` does with an updatable field that is left out. Default: `"keep"`; undocumented. */
    omittedFields?: "keep" | "clear";
    /** What becomes of a change to what a pipeline launches. Default: `"drafts"`. */
    pipelineVersions?: PipelineVersions;
    /** How many datasets a workspace can have, hidden ones not counted. Default: 100, as a Basic workspace has. */
    maxDatasets?: number;
    /** Texts of `nextflow_schema.json` by repository, since the emulator reads no repository. Default: none has one. */
    repositorySchemas?: Record<string, string>;
    /** Sources of actions that the Platform offers; installations before version 26.1 have no `cron`. Default: all four. */
    actionSources?: ActionSource[];
    /** How runs go where nothing is executed. Default: they are RUNNING until they are cancelled or ended. */
    runScripts?: RunScript[];
    /** Whether the workspace has Studios; off answers 404 to their calls, as where their API is disabled. Default: `true`. */
    studios?: boolean;
    /** Whether default resource labels are applied when a create names none. Default: `false`; undocumented. */
    applyDefaultLabels?: boolean;
    /** Whether credentials are checked before use, as on Cloud; off answers 405 to validate calls. Default: `true`. */
    preflight?: boolean;
    /** The Kubernetes side of `k8s-platform` compute environments; `false` never connects to a cluster. Default: on. */
    kubernetes?: KubernetesBackendOptions | false;
    /** Most recent requests kept in the log. Default: 10000. */
    requestLogLimit?: number;
    /** Called with one line for each request and each change of status. Default: silent. */
    log?: (line: string) => void;
}

/** Token accepted when `accessTokens` is not given. */
export const DEFAULT_ACCESS_TOKEN = "seqera-emulator-token";

/** Organization of workspaces that name none. */
export const DEFAULT_ORGANIZATION = { id: 27736513644467, name: "emulator" };

/** Workspace that exists when `workspaces` is not given. */
export const DEFAULT_WORKSPACE = { id: 75887156211589, name: "compute" };

/** {@link EmulatorOptions} with every default filled in. */
export interface ResolvedOptions {
    host: string;
    port: number;
    basePath: string;
    tls?: { key: string; cert: string };
    accessTokens: AccessTokenOptions[];
    workspaces: Required<WorkspaceOptions>[];
    seed: number;
    clock: () => Date;
    stateFile?: string;
    openapi?: string;
    rateLimit: number | false;
    retryAfter: number | false;
    timings: Required<TimingOptions>;
    deletedAnswer: DeletedAnswer;
    immutableFields: "reject" | "ignore";
    omittedFields: "keep" | "clear";
    pipelineVersions: PipelineVersions;
    maxDatasets: number;
    repositorySchemas: Record<string, string>;
    actionSources: readonly ActionSource[];
    runScripts: RunScript[];
    studios: boolean;
    applyDefaultLabels: boolean;
    preflight: boolean;
    kubernetes: KubernetesBackendOptions | false;
    requestLogLimit: number;
    log: (line: string) => void;
}

export function resolveOptions(options: EmulatorOptions): ResolvedOptions {
    const basePath = (options.basePath ?? "/api").replace(/\/+$/, "");
    if (basePath !== "" && !/^(\/[\w.~-]+)+$/.test(basePath)) {
        throw new Error(`basePath: "${options.basePath}" is not a path such as "/api"`);
    }
    if (basePath === "/emulator" || basePath.startsWith("/emulator/")) {
        throw new Error(`basePath: "${options.basePath}" is reserved for the emulator's own control endpoints`);
    }
    const rateLimit = options.rateLimit ?? 20;
    if (rateLimit !== false && !(rateLimit >= 1)) {
        throw new Error(`rateLimit: ${rateLimit} is neither false nor a number of calls per second of at least 1`);
    }
    return {
        host: options.host ?? "127.0.0.1",
        port: options.port ?? 0,
        basePath,
        tls: options.tls,
        accessTokens: options.accessTokens ?? [{ token: DEFAULT_ACCESS_TOKEN }],
        workspaces: (options.workspaces ?? [DEFAULT_WORKSPACE]).map((workspace) => ({
            fullName: workspace.name,
            visibility: "PRIVATE",
            organization: DEFAULT_ORGANIZATION,
            ...workspace,
        })),
        seed: options.seed ?? 1,
        clock: options.clock ?? (() => new Date()),
        stateFile: options.stateFile,
        openapi: options.openapi,
        rateLimit,
        retryAfter: options.retryAfter ?? false,
        timings: {
            create: checkedDuration("timings.create", options.timings?.create ?? 300),
            delete: checkedDuration("timings.delete", options.timings?.delete ?? 300),
            action: checkedDuration("timings.action", options.timings?.action ?? { polls: 0 }),
        },
        deletedAnswer: options.deletedAnswer ?? "200-deleted",
        immutableFields: options.immutableFields ?? "reject",
        omittedFields: options.omittedFields ?? "keep",
        pipelineVersions: options.pipelineVersions ?? "drafts",
        maxDatasets: options.maxDatasets ?? 100,
        repositorySchemas: options.repositorySchemas ?? {},
        actionSources: options.actionSources ?? ["tower", "github", "bucket", "cron"],
        runScripts: checkedScripts(options.runScripts ?? []),
        studios: options.studios ?? true,
        applyDefaultLabels: options.applyDefaultLabels ?? false,
        preflight: options.preflight ?? true,
        kubernetes: options.kubernetes ?? {},
        requestLogLimit: options.requestLogLimit ?? 10_000,
        log: options.log ?? (() => undefined),
    };
}

function checkedDuration(option: string, value: Duration): Duration {
    const amount = typeof value === "number" ? value : value.polls;
    if (!(amount >= 0) || !Number.isFinite(amount)) {
        throw new Error(`${option}: ${JSON.stringify(value)} is neither milliseconds nor { polls: number }`);
    }
    return value;
}

/** Scripts whose durations and statuses can be followed. */
export function checkedScripts(scripts: RunScript[]): RunScript[] {
    const ends = ["SUCCEEDED", "FAILED", "CANCELLED", "UNKNOWN"];
    scripts.forEach(({ submitted, running, status }, index) => {
        checkedDuration(`runScripts[${index}].submitted`, submitted ?? 0);
        checkedDuration(`runScripts[${index}].running`, running ?? 0);
        if (typeof status === "string" && !ends.includes(status)) {
            throw new Error(`runScripts[${index}].status: "${status}" is neither null nor one of ${ends.join(", ")}`);
        }
    });
    return scripts;
}

/** How the emulator plays the Platform's part in the cluster of a `k8s-platform` compute environment. */
export interface KubernetesBackendOptions {
    /** Image of the service pod and of the head pod template. Default: `"registry.k8s.io/pause:3.10"`. */
    image?: string;
    /**
     * Wait until the service pod runs before the compute environment becomes AVAILABLE. Default: `false`, so that a
     * control plane without a node is enough.
     */
    waitForServicePod?: boolean;
    /** Longest wait for the service pod, in milliseconds. Default: 300000. */
    servicePodTimeoutMs?: number;
    /** Longest wait for one answer of the API server, in milliseconds. Default: 10000. */
    requestTimeoutMs?: number;
    /**
     * For how long, in milliseconds, a 401 or 403 is tried again before it counts: rights that were granted a moment
     * ago reach the API server's authorizer with a delay. Default: 1000.
     */
    authorizationGraceMs?: number;
    /**
     * Run what is launched on `k8s-platform` compute environments: a head pod is created and followed, as the Platform
     * does. Default: off; a run then goes on until it is cancelled or ended by `endRun`.
     */
    launcher?: LauncherOptions;
}

/** How launches are run. */
export interface LauncherOptions {
    /**
     * Image of head pods; a launch's own `launchContainer` goes before it. What the Platform hands to its launcher image is
     * not documented; here it is the arguments `nf-launch.sh nextflow run …`, and as base64 in the environment
     * `NXF_CONFIG_BASE64` (the environment's `nextflowConfig`), `TOWER_CONFIG_BASE64` (the Platform's own settings),
     * `NXF_LAUNCH_CONFIG_BASE64`, `NXF_PARAMS_BASE64`, `TOWER_PRERUN_BASE64` and `TOWER_POSTRUN_BASE64`.
     * What the head prints is the run's log. Lines that begin with `nxf-trace: ` are rows of Nextflow's trace file, of which the first
     * names the columns; lines that begin with `nxf-log: ` are Nextflow's own log. Neither is shown.
     */
    image: string;
    /** How often a head pod is looked at, in milliseconds. Default: 1000. */
    pollMs?: number;
}
