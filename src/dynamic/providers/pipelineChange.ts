import { isLaunched } from "../../compile/launch/launchRequest";
import { nextVersionNames } from "../../compile/movedLaunch";
import {
    describePipelineLaunch,
    isFreeVersionName,
    isPlatformError,
    listPipelineVersions,
    managePipelineVersion,
    type PipelineVersionDto,
    type PlatformClient,
    updatePipeline,
    type UpdatePipelineRequest,
    updatePipelineVersion,
} from "../../platform";

/**
 * Changes a pipeline, and publishes the version that this makes as the default one. A version never changes: most Platforms answer a
 * change of the launch with a draft, which nobody launches until it is named. A draft that an interrupted run has left is taken up.
 * https://docs.seqera.io/platform-cloud/pipelines/versioning
 */
export async function changePipeline(
    client: PlatformClient,
    pipelineId: number,
    wanted: UpdatePipelineRequest,
    versionName: string | undefined,
): Promise<PipelineVersionDto | undefined> {
    const versions = await pipelineVersions(client, pipelineId);
    const standing = versions?.find(({ isDefault }) => isDefault) ?? versions?.at(-1);
    if (versions === undefined || standing === undefined) {
        await updatePipeline(client, pipelineId, wanted);
        return undefined;
    }
    const left = await leftDraft(client, pipelineId, versions, wanted);
    const changed = await updatePipelineVersion(client, pipelineId, (left ?? standing).id, wanted);
    const name = versionName ?? changed.name ?? (await freeName(client, pipelineId, standing.name ?? wanted.name));
    if (!changed.isDefault || changed.name !== name) {
        await managePipelineVersion(client, pipelineId, changed.id, { name, isDefault: true });
    }
    return { ...changed, name, isDefault: true };
}

/** All versions; nothing on a Platform that has none. */
async function pipelineVersions(client: PlatformClient, pipelineId: number): Promise<PipelineVersionDto[] | undefined> {
    try {
        return await listPipelineVersions(client, pipelineId);
    } catch (error) {
        if (isPlatformError(error, "notFound")) {
            return undefined;
        }
        throw error;
    }
}

async function leftDraft(
    client: PlatformClient,
    pipelineId: number,
    versions: PipelineVersionDto[],
    { launch }: UpdatePipelineRequest,
): Promise<PipelineVersionDto | undefined> {
    for (const draft of versions.filter(({ name }) => !name)) {
        if (isLaunched(await describePipelineLaunch(client, pipelineId, { versionId: draft.id }), launch)) {
            return draft;
        }
    }
    return undefined;
}

async function freeName(client: PlatformClient, pipelineId: number, after: string): Promise<string> {
    const names = nextVersionNames(after);
    for (;;) {
        const { value } = names.next();
        if (await isFreeVersionName(client, pipelineId, value)) {
            return value;
        }
    }
}
