import { isMoved, movedPipeline, type MoveTarget, nextVersionNames } from "../../compile/movedLaunch";
import {
    describePipelineLaunch,
    isFreeVersionName,
    type LaunchDto,
    managePipelineVersion,
    type PipelineDto,
    type PipelineVersionDto,
    type PlatformClient,
    updatePipelineVersion,
} from "../../platform";

interface VersionMove {
    client: PlatformClient;
    former: readonly string[];
    target: MoveTarget;
}

/** Does the work on a version and notes what it says: the name of the version that takes its place, if it was moved. */
type Noting = (version: string, work: () => Promise<string | undefined>) => Promise<string | undefined>;

/**
 * Gives every published version of a pipeline that launches on a former environment a successor on the target, published under the next
 * name, and the default one of them is the default afterwards. Drafts stay as they are. Says what was noted of the default version.
 *
 * A version never changes: most Platforms answer the change with a draft that nobody launches until it is named, some name it and
 * make it the default by themselves, whichever version was changed. A draft that an interrupted run has left is taken up.
 */
export async function moveVersions(
    { client, former, target }: VersionMove,
    pipeline: PipelineDto,
    all: readonly PipelineVersionDto[],
    noting: Noting,
): Promise<string | undefined> {
    const { pipelineId } = pipeline;
    const launches = new Map<string, Promise<LaunchDto>>();
    const launchOf = ({ id }: PipelineVersionDto): Promise<LaunchDto> => {
        const launch = launches.get(id) ?? describePipelineLaunch(client, pipelineId, { versionId: id });
        launches.set(id, launch);
        return launch;
    };
    const names = new Set(all.map(({ name }) => name));
    const successors = all.filter(({ dateCreated }) => isSince(target, dateCreated));
    const published = all.filter(({ name }) => name).sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
    let standing = published.find(({ isDefault }) => isDefault);

    async function moved(version: PipelineVersionDto): Promise<string | undefined> {
        const launch = await launchOf(version);
        if (!former.includes(launch.computeEnv?.id ?? "")) {
            return undefined;
        }
        const wanted = movedPipeline(pipeline, launch, target);
        const found = await firstOf(successors, async (each) => isMoved(await launchOf(each), wanted.launch));
        const isDefault = version === standing;
        const change = () => updatePipelineVersion(client, pipelineId, version.id, wanted);
        const successor = found ?? (await (isDefault ? change() : keepingDefault(change)));
        const isNew = successor !== found;
        if (isNew) {
            successors.push(successor);
        }
        const name = successor.name || (await freeName(version.name!));
        if (!successor.name || (isDefault && !successor.isDefault)) {
            await managePipelineVersion(client, pipelineId, successor.id, { name, isDefault });
        } else if (!isNew) {
            return undefined;
        }
        names.add(name);
        standing = isDefault ? successor : standing;
        return name;
    }

    /** Where the Platform makes what was changed the default, it is undone, also after an answer that is lost. */
    async function keepingDefault(change: () => Promise<PipelineVersionDto>): Promise<PipelineVersionDto> {
        const undo = async () =>
            standing && managePipelineVersion(client, pipelineId, standing.id, { isDefault: true });
        const successor = await change().catch(async (error: unknown) => {
            await undo().catch(() => undefined);
            throw error;
        });
        if (successor.isDefault) {
            await undo();
        }
        return successor;
    }

    async function freeName(after: string): Promise<string> {
        const next = nextVersionNames(after);
        for (;;) {
            const { value: name } = next.next();
            if (!names.has(name) && (await isFreeVersionName(client, pipelineId, name))) {
                return name;
            }
        }
    }

    let ofDefault: string | undefined;
    for (const version of published) {
        const isDefault = version === standing;
        const text = await noting(version.name!, () => moved(version));
        ofDefault = isDefault ? text : ofDefault;
    }
    return ofDefault;
}

/** Whether something was made after the target, as everything that launches on it was. */
function isSince({ dateCreated: since }: MoveTarget, dateCreated: string | null | undefined): boolean {
    return !since || !dateCreated || Date.parse(dateCreated) >= Date.parse(since);
}

async function firstOf<T>(items: readonly T[], holds: (item: T) => Promise<boolean>): Promise<T | undefined> {
    for (const item of items) {
        if (await holds(item)) {
            return item;
        }
    }
    return undefined;
}
