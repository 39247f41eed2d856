import type {
    ActionDto,
    BucketActionRequest,
    CronActionRequest,
    LaunchDto,
    LaunchRequest,
    LaunchSettings,
    PipelineDto,
    UpdateActionRequest,
    UpdatePipelineRequest,
} from "../platform/launchTypes";
import type { ComputeConfig, ComputeEnvDto, Nullable } from "../platform/types";
import { sameConfigValue } from "./configDiff";

/** Everything that a launch is made of: what the request leaves out might be lost. */
const SETTINGS: Record<keyof LaunchSettings, true> = {
    pipeline: true,
    revision: true,
    commitId: true,
    workDir: true,
    outputDir: true,
    configProfiles: true,
    configText: true,
    paramsText: true,
    preRunScript: true,
    postRunScript: true,
    mainScript: true,
    entryName: true,
    schemaName: true,
    pipelineSchemaId: true,
    nextflowVersion: true,
    syntaxParser: true,
    towerConfig: true,
    launchContainer: true,
    headJobCpus: true,
    headJobMemoryMb: true,
    userSecrets: true,
    workspaceSecrets: true,
    optimizationId: true,
    optimizationTargets: true,
    pullLatest: true,
    stubRun: true,
    resume: true,
    sessionId: true,
    runName: true,
};

/** What the Platform's forms copy from the environment into what is launched on it. */
const COPIED = ["workDir", "preRunScript", "postRunScript"] as const;

/** The environment that is moved to. */
export type MoveTarget = Pick<ComputeEnvDto, "id" | "config" | "dateCreated">;

/** A pipeline that launches on another environment, and is otherwise what it was. */
export function movedPipeline(pipeline: PipelineDto, launch: LaunchDto, target: MoveTarget): UpdatePipelineRequest {
    const { name, description, icon, labels } = pipeline;
    return {
        name,
        ...set({ description, icon, labelIds: labels?.map(({ id }) => id) }),
        launch: movedLaunch(launch, target),
    };
}

/** Whether a launch is already what it is to be. The Platform may change the spelling of a text, and shows what is unset. */
export function isMoved({ computeEnv, ...launch }: LaunchDto, { computeEnvId, ...wanted }: LaunchRequest): boolean {
    const keys = Object.keys(SETTINGS) as (keyof LaunchSettings)[];
    return computeEnv?.id === computeEnvId && keys.every((key) => sameMeaning(launch[key], wanted[key]));
}

/** Whether two values of a setting mean the same: what is not set, not ticked and empty does. */
export function sameMeaning(a: unknown, b: unknown): boolean {
    return meaning(a) === meaning(b);
}

function meaning(value: unknown): string {
    if (!value || (Array.isArray(value) && value.length === 0)) {
        return "";
    }
    return JSON.stringify(typeof value === "string" ? value.replace(/\r\n/g, "\n").trim() : value);
}

/** Names for the version after one, as the Platform's pages make them: `rnaseq-4`, then `rnaseq-5` after `rnaseq-3`. */
export function* nextVersionNames(name: string): Generator<string, never> {
    const [, base, number = "0"] = /^(.*?)(?:-(\d+))?$/s.exec(name)!;
    for (let next = BigInt(number) + 1n; ; next++) {
        yield `${base}-${next}`;
    }
}

/** An action that launches on another environment, and is otherwise what it was. */
export function movedAction(action: ActionDto, target: MoveTarget): UpdateActionRequest {
    const { name, source, config, launch } = action;
    return {
        name,
        ...(source === "cron" ? { cron: pick<CronActionRequest>(config, ["expression", "preset", "timezone"]) } : {}),
        ...(source === "bucket"
            ? {
                  bucket: pick<BucketActionRequest>(config, [
                      "dataLinkId",
                      "datasetId",
                      "events",
                      "filter",
                      "markerFile",
                  ]),
              }
            : {}),
        launch: { id: launch.id, ...movedLaunch(launch, target) },
    };
}

/**
 * The whole launch on another environment. What it has from the environment that it leaves, it gets from the one that it goes to; a
 * work directory or script of its own it keeps. Nothing there is said by an empty text: what is left out would stay.
 */
function movedLaunch(launch: LaunchDto, { id, config }: MoveTarget): LaunchRequest {
    const left: Nullable<ComputeConfig> = launch.computeEnv?.config ?? {};
    const copied = COPIED.filter((key) => launch[key] && sameConfigValue(key, left[key], launch[key]));
    return {
        ...pick<LaunchSettings>(launch, Object.keys(SETTINGS) as (keyof LaunchSettings)[]),
        ...Object.fromEntries(copied.map((key) => [key, config[key] ?? ""])),
        computeEnvId: id,
    };
}

function pick<T extends object>(from: object | null | undefined, keys: readonly (keyof T)[]): Partial<T> {
    const all = (from ?? {}) as Nullable<T>;
    return set(Object.fromEntries(keys.map((key) => [key, all[key]])) as Nullable<T>);
}

/** What is set of it. */
function set<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
    return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined)) as {
        [K in keyof T]?: NonNullable<T[K]>;
    };
}
