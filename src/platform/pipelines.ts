/** Pipelines of the Launchpad: https://docs.seqera.io/platform-api (tag `pipelines`). */

import type { PlatformClient } from "./platformClient";
import { createOnce, type Created, type CreateOnceSettings, type Sighting } from "./createOnce";
import { workspaceText } from "./diagnose";
import { isPlatformError, PlatformError } from "./errors";
import type {
    CreatePipelineRequest,
    LaunchDto,
    ManagePipelineVersionRequest,
    PipelineDto,
    PipelineVersionDto,
    UpdatePipelineRequest,
} from "./launchTypes";
import { allPages, totalSize } from "./paging";
import { deleteOrGone, type DeletionOutcome, findOrGone } from "./presence";
import { createRedactor } from "./redact";
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

/** Resolves when the name is valid and free in the workspace; throws `badRequest` or `conflict` when it is not. */
export async function validatePipelineName(
    client: PlatformClient,
    name: string,
    limits: CallLimits = {},
): Promise<void> {
    await client.get(`${PATH}/validate`, { ...limits, query: { name }, remedies: nameRemedies(client, name) });
}

/** Makes a pipeline, once: what a lost answer left behind is found again by its name (see `createOnce`). */
export async function createPipeline(
    client: PlatformClient,
    pipeline: CreatePipelineRequest,
    options: CallLimits & { createOnce?: Partial<CreateOnceSettings> } = {},
): Promise<Created<number>> {
    const { createOnce: settings, ...limits } = options;
    await validatePipelineName(client, pipeline.name, limits);
    return createOnce({
        post: () =>
            client.post(PATH, pipeline, {
                ...limits,
                read: (body) =>
                    shaped<PipelineDto>(object(body).pipeline, { pipelineId: "number" }, "the pipeline").pipelineId,
                remedies: nameRemedies(client, pipeline.name),
            }),
        lookUp: async (lookUpLimits): Promise<Sighting<number>> => {
            const found = await findPipelineByName(client, pipeline.name, lookUpLimits);
            if (found === undefined) {
                return { seen: "nothing" };
            }
            return found.repository === pipeline.launch.pipeline
                ? { seen: "ours", id: found.pipelineId }
                : { seen: "foreign", error: nameTaken(client, pipeline.name) };
        },
        settings: { signal: limits.signal, ...settings },
    });
}

export async function findPipelineByName(
    client: PlatformClient,
    name: string,
    limits: CallLimits = {},
): Promise<PipelineDto | undefined> {
    return (await listPipelines(client, { ...limits, search: name })).find((each) => each.name === name);
}

/** The pipeline with its labels and its default version, or undefined when it is gone for certain (see `findOrGone`). */
export async function findPipeline(
    client: PlatformClient,
    pipelineId: number,
    limits: CallLimits = {},
): Promise<PipelineDto | undefined> {
    return findOrGone({
        describe: () =>
            client.get(`${PATH}/${segment(pipelineId)}`, {
                ...limits,
                query: { attributes: ["labels"] },
                read: (body) =>
                    shaped<PipelineDto>(
                        object(body).pipeline,
                        { pipelineId: "number", name: "string" },
                        "the pipeline",
                    ),
            }),
        isDeleted: ({ deleted }) => deleted === true,
        isListed: async () => (await listPipelines(client, limits)).some((each) => each.pipelineId === pipelineId),
    });
}

export async function deletePipeline(
    client: PlatformClient,
    pipelineId: number,
    limits: CallLimits = {},
): Promise<DeletionOutcome> {
    return deleteOrGone({
        remove: () => client.delete(`${PATH}/${segment(pipelineId)}`, limits),
        find: () => findPipeline(client, pipelineId, limits),
        isUnderway: () => false,
    });
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

function nameRemedies(client: PlatformClient, name: string): { conflict: string } {
    return {
        conflict: `Another pipeline is named "${name}" in ${workspaceText(client.workspaceId)}: choose another name, or manage that one with adopt.`,
    };
}

function nameTaken(client: PlatformClient, name: string): PlatformError {
    return new PlatformError(
        {
            kind: "conflict",
            operation: `POST ${PATH}`,
            code: "NAME_TAKEN",
            happened: `the response was lost, and the existing pipeline "${name}" launches another repository`,
            remedy: nameRemedies(client, name).conflict,
        },
        createRedactor([]),
    );
}

function versions(pipelineId: number): string {
    return `${PATH}/${segment(pipelineId)}/versions`;
}

function versionOf(pipeline: unknown): PipelineVersionDto {
    return shaped<PipelineVersionDto>(object(pipeline, "the pipeline").version, { id: "string" }, "the version");
}
