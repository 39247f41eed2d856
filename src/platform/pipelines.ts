/** Pipelines of the Launchpad: https://docs.seqera.io/platform-api (tag `pipelines`). */

import type { PlatformClient } from "./platformClient";
import { isPlatformError } from "./errors";
import type {
    LaunchDto,
    ManagePipelineVersionRequest,
    PipelineDto,
    PipelineVersionDto,
    UpdatePipelineRequest,
} from "./launchTypes";
import { allPages, totalSize } from "./paging";
import type { CallLimits } from "./settings";
import { list, object, segment, shaped } from "./shapes";

const PATH = "/pipelines";

export interface ListPipelinesOptions extends CallLimits {
    attributes?: readonly ("labels" | "computeEnv")[];
    /** Part of the name. */
    search?: string;
}

/**
 * Every pipeline that the workspace has of its own, page by page. The API's list also shows those that other workspaces share with
 * it.
 */
export async function listPipelines(
    client: PlatformClient,
    options: ListPipelinesOptions = {},
): Promise<PipelineDto[]> {
    const { attributes, search, ...limits } = options;
    const all = await allPages<PipelineDto>(
        ({ pipelineId }) => pipelineId,
        (page) =>
            client.get(PATH, {
                ...limits,
                // By name, so that one that is changed meanwhile keeps its page.
                query: { attributes, search, sortBy: "NAME", ...page },
                read: (body) => ({
                    entries: list<PipelineDto>(body, "pipelines", { pipelineId: "number", name: "string" }),
                    totalSize: totalSize(body),
                }),
            }),
    );
    return all.filter(({ workspaceId }) => (workspaceId ?? undefined) === client.workspaceId);
}

/** What a version of a pipeline launches, the default one unless told otherwise: the description of the pipeline does not say. */
export async function describePipelineLaunch(
    client: PlatformClient,
    pipelineId: number,
    { versionId, ...limits }: CallLimits & { versionId?: string } = {},
): Promise<LaunchDto> {
    return client.get(`${PATH}/${segment(pipelineId)}/launch`, {
        ...limits,
        query: { versionId },
        read: (body) => shaped<LaunchDto>(object(body).launch, {}, "the launch"),
    });
}

/** Changes a pipeline and its default version. Send all that is known: whether the rest is kept is not documented. */
export async function updatePipeline(
    client: PlatformClient,
    pipelineId: number,
    changes: UpdatePipelineRequest,
    limits: CallLimits = {},
): Promise<void> {
    await client.put(`${PATH}/${segment(pipelineId)}`, changes, limits);
}

/** All versions of a pipeline, drafts too. */
export async function listPipelineVersions(
    client: PlatformClient,
    pipelineId: number,
    limits: CallLimits = {},
): Promise<PipelineVersionDto[]> {
    return allPages<PipelineVersionDto>(
        ({ id }) => id,
        (page) =>
            client.get(versions(pipelineId), {
                ...limits,
                query: { ...page },
                read: (body) => ({
                    entries: list<PipelineDto>(body, "versions", {}).map(versionOf),
                    totalSize: totalSize(body),
                }),
            }),
    );
}

/** Changes a pipeline and one of its versions. Where another launch makes another version, that one is answered. */
export async function updatePipelineVersion(
    client: PlatformClient,
    pipelineId: number,
    versionId: string,
    changes: UpdatePipelineRequest,
    limits: CallLimits = {},
): Promise<PipelineVersionDto> {
    return client.post(`${versions(pipelineId)}/${segment(versionId)}`, changes, {
        ...limits,
        read: (body) => versionOf(object(body).pipeline),
    });
}

/** Names a version, which publishes it, or makes it the default one. */
export async function managePipelineVersion(
    client: PlatformClient,
    pipelineId: number,
    versionId: string,
    changes: ManagePipelineVersionRequest,
    limits: CallLimits = {},
): Promise<void> {
    await client.put(`${versions(pipelineId)}/${segment(versionId)}/manage`, changes, limits);
}

/** Whether no version of the pipeline has the name. */
export async function isFreeVersionName(
    client: PlatformClient,
    pipelineId: number,
    name: string,
    limits: CallLimits = {},
): Promise<boolean> {
    try {
        await client.get(`${versions(pipelineId)}/validate`, { ...limits, query: { name } });
        return true;
    } catch (error) {
        if (isPlatformError(error, "conflict")) {
            return false;
        }
        throw error;
    }
}

function versions(pipelineId: number): string {
    return `${PATH}/${segment(pipelineId)}/versions`;
}

function versionOf(pipeline: unknown): PipelineVersionDto {
    return shaped<PipelineVersionDto>(object(pipeline, "the pipeline").version, { id: "string" }, "the version");
}
