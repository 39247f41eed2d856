import { labelDto } from "./labels";
import { launchDto, paramsOf } from "./launches";
import { launchedPipeline } from "./runLaunch";
import { progressDto, statsDto } from "./runResults";
import type { Services } from "../state/services";
import type { RunRecord, TaskRecord } from "../state/store";

/** What Nextflow tells and only the description of a run shows. */
const DESCRIBED_ONLY = ["fusion", "logFile", "outFile", "wave"];

/** `WorkflowDbDto`, as lists have it. */
export function workflowDto(run: RunRecord): Record<string, unknown> {
    const { launch } = run;
    const told = toldOf(run, (field) => !DESCRIBED_ONLY.includes(field));
    const repository = String(launch.pipeline);
    return {
        ...told,
        id: run.id,
        runName: run.runName,
        sessionId: run.sessionId ?? null,
        status: run.status,
        ownerId: run.userId,
        userName: run.userName,
        launchId: launch.id,
        projectName: told.projectName ?? repository.replace(/^https?:\/\/[^/]+\//, ""),
        repository: told.repository ?? repository,
        revision: told.revision ?? launch.revision ?? null,
        commitId: told.commitId ?? launch.commitId ?? null,
        resume: launch.resume ?? false,
        profile: profiles(run).join(",") || null,
        params: told.params ?? paramsOf(launch),
        configText: told.configText ?? launch.configText ?? null,
        workDir: launch.workDir ?? null,
        commandLine: told.commandLine ?? `nextflow run ${repository}`,
        submit: run.submit,
        start: run.start ?? (run.status === "SUBMITTED" ? null : run.submit),
        complete: run.complete,
        duration: duration(run),
        dateCreated: run.submit,
        lastUpdated: run.lastUpdated ?? run.complete ?? run.submit,
        exitStatus: run.exitStatus ?? null,
        errorMessage: run.errorMessage ?? null,
        errorReport: run.errorReport ?? null,
        success: run.complete === null ? null : run.status === "SUCCEEDED",
        stats: told.stats ?? statsDto(run),
        requiresAttention: false,
        deleted: null,
    };
}

function toldOf({ told = {} }: RunRecord, isWanted: (field: string) => boolean): Record<string, unknown> {
    return Object.fromEntries(Object.entries(told).filter(([field]) => isWanted(field)));
}

function duration({ start, submit, complete }: RunRecord): number | null {
    return complete === null ? null : Date.parse(complete) - Date.parse(start ?? submit);
}

function profiles({ launch }: RunRecord): string[] {
    return Array.isArray(launch.configProfiles) ? launch.configProfiles.map(String) : [];
}

/** Where a run lives. */
export function contextDto({ options }: Services, run: RunRecord): object {
    const workspace = options.workspaces.find(({ id }) => run.scope === `workspace:${id}`);
    return {
        orgId: workspace?.organization.id ?? null,
        orgName: workspace?.organization.name ?? null,
        workspaceId: workspace?.id ?? null,
        workspaceName: workspace?.name ?? null,
    };
}

/** An element of `ListWorkflowsResponse`. */
export function listedDto(services: Services, run: RunRecord, attributes: string[]): object {
    return {
        ...contextDto(services, run),
        workflow: workflowDto(run),
        labels: attributes.includes("labels") ? labelsOf(services, run) : null,
        pipelineInfo: attributes.includes("pipelineInfo") ? pipelineInfoDto(services, run) : null,
        starred: false,
    };
}

/** `DescribeWorkflowResponse`. */
export function describedDto(services: Services, run: RunRecord, attributes: string[]): object {
    const { launch } = run;
    const env = services.store.computeEnv(run.computeEnvId);
    return {
        ...contextDto(services, run),
        workflow: {
            ...workflowDto(run),
            configProfiles: profiles(run),
            nextflowVersion: launch.nextflowVersion ?? null,
            syntaxParser: launch.syntaxParser ?? null,
            preRunScript: launch.preRunScript ?? null,
            postRunScript: launch.postRunScript ?? null,
            towerConfig: launch.towerConfig ?? null,
            nextflowConfig: env?.config.nextflowConfig ?? null,
            logFile: `nf-${run.id}.log`,
            outFile: `nf-${run.id}.txt`,
            ...toldOf(run, (field) => DESCRIBED_ONLY.includes(field)),
        },
        progress: progressDto(run),
        platform: env ? { id: env.platform, name: env.platform } : null,
        jobInfo: { status: run.status, exitCode: run.exitStatus ?? null, message: run.errorMessage ?? null },
        labels: attributes.includes("labels") ? labelsOf(services, run) : null,
        messages: attributes.includes("messages") ? [] : null,
        pipelineInfo: attributes.includes("pipelineInfo") ? pipelineInfoDto(services, run) : null,
    };
}

/** `WorkflowLaunchResponse`: what has to be sent, with `resume`, to go on with a run. */
export function relaunchDto(services: Services, run: RunRecord): object {
    const { launchContainer: _image, runName: _name, ...launch } = launchDto(services, run.launch);
    return {
        ...launch,
        pipelineId: launchedPipeline(services, run.versionId)?.pipeline.pipelineId ?? null,
        sessionId: run.sessionId ?? null,
        resumeCommitId: run.told?.commitId ?? run.launch.commitId ?? null,
        resumeDir: run.told?.launchDir ?? null,
    };
}

function labelsOf({ store }: Services, { scope, labelIds = [] }: RunRecord): object[] {
    return store.labels(scope, labelIds).map(labelDto);
}

/** `PipelineMinInfoResponse`, of a run that was launched from a pipeline. */
function pipelineInfoDto(services: Services, run: RunRecord): object | null {
    const found = launchedPipeline(services, run.versionId);
    if (found === undefined) {
        return null;
    }
    const { pipeline, version } = found;
    return {
        id: pipeline.pipelineId,
        workspaceId: pipeline.workspaceId,
        version: {
            id: version.launch.id,
            name: version.name,
            isDefault: version.launch.id === pipeline.launch.id,
            isDraftVersion: version.name === null,
            dateCreated: version.dateCreated,
            lastUpdated: version.lastUpdated,
        },
    };
}

/** `Task`. */
export function taskDto({ log: _log, ...task }: TaskRecord): object {
    return { ...task, id: task.taskId, exitStatus: task.exit ?? null };
}
