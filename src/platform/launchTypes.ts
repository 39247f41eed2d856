/** What pipelines and actions start, as the API's document has it. */

import type { ComputeEnvDto, LabelDto, Nullable, Open } from "./types";

/** The settings that `LaunchDbDto` shows and `WorkflowLaunchRequest` takes alike. */
export interface LaunchSettings {
    pipeline: string;
    revision: string;
    commitId: string;
    workDir: string;
    outputDir: string;
    configProfiles: string[];
    configText: string;
    paramsText: string;
    preRunScript: string;
    postRunScript: string;
    mainScript: string;
    entryName: string;
    schemaName: string;
    pipelineSchemaId: number;
    nextflowVersion: string;
    syntaxParser: Open<"v1" | "v2">;
    towerConfig: string;
    launchContainer: string;
    headJobCpus: number;
    headJobMemoryMb: number;
    userSecrets: string[];
    workspaceSecrets: string[];
    optimizationId: string;
    optimizationTargets: string;
    pullLatest: boolean;
    stubRun: boolean;
    resume: boolean;
    sessionId: string;
    runName: string;
}

/** `LaunchDbDto`. The environment it shows may be one that is deleted. */
export interface LaunchDto extends Nullable<LaunchSettings> {
    id: string;
    computeEnv?: ComputeEnvDto | null;
}

/** `WorkflowLaunchRequest`. What is left out of a change stays, and what is null is cleared. */
export interface LaunchRequest extends Nullable<LaunchSettings> {
    /** Of an action's launch, which is edited in place; the Platform refuses another one. */
    id?: string;
    computeEnvId?: string | null;
}

/** `PipelineDbDto`. */
export interface PipelineDto {
    pipelineId: number;
    name: string;
    description?: string | null;
    icon?: string | null;
    repository?: string | null;
    deleted?: boolean | null;
    workspaceId?: number | null;
    /** Only where it is asked for. */
    labels?: LabelDto[] | null;
    /** `ComputeEnvDbDto` of the default version; only where it is asked for. */
    computeEnv?: { id: string; name?: string | null } | null;
    /** The version that is shown; older Platforms have none. */
    version?: PipelineVersionDto | null;
}

/** `PipelineVersionFullInfoDto`. */
export interface PipelineVersionDto {
    id: string;
    /** A draft has none. */
    name?: string | null;
    isDefault?: boolean | null;
    dateCreated?: string | null;
}

/** `PipelineVersionManageRequest`. The Platform takes a flag that is left out for false. */
export interface ManagePipelineVersionRequest {
    name?: string;
    isDefault: boolean;
}

/** `UpdatePipelineRequest`. Labels that are left out are taken away. */
export interface UpdatePipelineRequest {
    name: string;
    description?: string | null;
    icon?: string | null;
    labelIds?: number[];
    launch: LaunchRequest;
}

/** `CreatePipelineRequest`. */
export interface CreatePipelineRequest extends UpdatePipelineRequest {
    version?: { name: string };
}

/** `ListActionsResponse.ActionInfo`: what it launches is not in it. */
export interface ActionEntry {
    id: string;
    name: string;
}

/** `ActionResponseDto`. */
export interface ActionDto {
    id: string;
    name: string;
    source?: Open<"github" | "tower" | "bucket" | "cron"> | null;
    status?: Open<"CREATING" | "ACTIVE" | "ERROR" | "PAUSED"> | null;
    /** `CronActionConfig`, `BucketActionConfig`… by its `discriminator`. */
    config?: Record<string, unknown> | null;
    launch: LaunchDto;
}

/** `CronActionRequest`. */
export interface CronActionRequest {
    expression?: string;
    preset?: string;
    timezone?: string;
}

/** `BucketActionRequest`. */
export interface BucketActionRequest {
    dataLinkId?: string;
    datasetId?: string;
    events?: string[];
    filter?: string;
    markerFile?: string;
}

/** `UpdateActionRequest`. */
export interface UpdateActionRequest {
    name: string;
    cron?: CronActionRequest;
    bucket?: BucketActionRequest;
    launch: LaunchRequest;
}
