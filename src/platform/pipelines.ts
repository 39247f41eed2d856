/** Pipelines of the Launchpad: https://docs.seqera.io/platform-api (tag `pipelines`). */

import type { PlatformClient } from "./client";
import type { LaunchDto, PipelineDto, UpdatePipelineRequest } from "./launchTypes";
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

/** What the default version of a pipeline launches: the description of the pipeline does not say. */
export async function describePipelineLaunch(
    client: PlatformClient,
    pipelineId: number,
    limits: CallLimits = {},
): Promise<LaunchDto> {
    return client.get(`${PATH}/${segment(pipelineId)}/launch`, {
        ...limits,
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
