import { movedAction, movedPipeline, type MoveTarget } from "../../compile/movedLaunch";
import {
    type ActionEntry,
    describeAction,
    describePipelineLaunch,
    isPlatformError,
    listActions,
    listPipelines,
    listPipelineVersions,
    type PipelineDto,
    type PipelineVersionDto,
    type PlatformClient,
    updateAction,
    updatePipeline,
} from "../../platform";
import { moveVersions } from "./versionMoves";

/** How many are moved at a time. The client keeps below the Platform's limit; more would only wait in its line. */
const AT_A_TIME = 8;

/** What became of the pipelines and actions, by name. */
export interface MoveReport {
    moved: string[];
    /** With the reason. */
    notMoved: string[];
}

interface Move {
    client: PlatformClient;
    /** Ids of the environments that are left. They may be deleted by now. */
    former: readonly string[];
    target: MoveTarget;
    report: MoveReport;
    /** An older Platform: known after the first look. */
    hasNoVersions?: boolean;
}

/**
 * Points to another environment whatever pipelines and actions point to the former ones, and nothing else. What is refused for one of
 * them is reported; what stops everything (no answer, no right to look) is thrown, with what was moved until then in the report.
 * All of it can be run again: what is moved already does not point to the former ones any more.
 */
export async function moveLaunches(move: Move): Promise<void> {
    await movePipelines(move);
    await each(await listActions(move.client), (action) => moveAction(move, action));
}

/** Lists anew until nothing is left that has not been tried, as somebody may make another pipeline meanwhile. */
async function movePipelines(move: Move): Promise<void> {
    const { client, former, report } = move;
    const tried = new Set<number>();
    /** What was said of those whose default version was moved. */
    const moved = new Map<number, string>();
    for (;;) {
        const all = await listPipelines(client, { attributes: ["labels", "computeEnv"] });
        const fresh = all.filter(({ pipelineId }) => !tried.has(pipelineId));
        if (fresh.length === 0) {
            for (const { pipelineId, name, computeEnv } of all) {
                const text = moved.get(pipelineId);
                if (text !== undefined && former.includes(computeEnv?.id ?? "")) {
                    report.moved.splice(report.moved.indexOf(text), 1);
                    report.notMoved.push(
                        `${pipelineText(name)}: the Platform accepted the change, but its default version is still on the old environment.`,
                    );
                }
            }
            return;
        }
        await each(fresh, async (pipeline) => {
            tried.add(pipeline.pipelineId);
            const text = await movePipeline(move, pipeline);
            if (text !== undefined) {
                moved.set(pipeline.pipelineId, text);
            }
        });
    }
}

/** What was moved, where it is the default version. */
async function movePipeline(move: Move, pipeline: PipelineDto): Promise<string | undefined> {
    const { client, former, target, report } = move;
    const { pipelineId, name, computeEnv } = pipeline;
    const isThere = async () =>
        (await listPipelines(client, { search: name })).some((each) => each.pipelineId === pipelineId);
    const versions = await pipelineVersions(move, pipelineId);
    if (versions !== undefined) {
        return moveVersions(move, pipeline, versions, (version, work) =>
            reporting(report, `${pipelineText(name)} (version "${version}")`, isThere, async () => {
                const successor = await work();
                const after = successor === version ? "" : ` after "${version}"`;
                return successor && `${pipelineText(name)} (version "${successor}"${after})`;
            }),
        );
    }
    // One without may have an environment that is deleted: its launch tells.
    if (computeEnv && !former.includes(computeEnv.id)) {
        return undefined;
    }
    return reporting(report, pipelineText(name), isThere, async () => {
        const launch = await describePipelineLaunch(client, pipelineId);
        if (!former.includes(launch.computeEnv?.id ?? "")) {
            return undefined;
        }
        await updatePipeline(client, pipelineId, movedPipeline(pipeline, launch, target));
        return pipelineText(name);
    });
}

/** The versions of a pipeline, where the Platform has any. */
async function pipelineVersions(move: Move, pipelineId: number): Promise<PipelineVersionDto[] | undefined> {
    if (move.hasNoVersions) {
        return undefined;
    }
    try {
        return await listPipelineVersions(move.client, pipelineId);
    } catch (error) {
        // 403 is what it answers for one that was removed, and where a workspace may not use versions.
        if (!isPlatformError(error, "notFound", "forbidden")) {
            throw error;
        }
        move.hasNoVersions = isPlatformError(error, "notFound");
        return undefined;
    }
}

async function moveAction({ client, former, target, report }: Move, { id, name }: ActionEntry): Promise<void> {
    const isThere = async () => (await listActions(client)).some((each) => each.id === id);
    await reporting(report, `action "${name}"`, isThere, async () => {
        const action = await describeAction(client, id);
        if (!former.includes(action.launch.computeEnv?.id ?? "")) {
            return undefined;
        }
        await updateAction(client, id, movedAction(action, target));
        return `action "${name}"`;
    });
}

/** Notes what was moved. A refusal counts for one that is still there: another was removed meanwhile. */
async function reporting(
    report: MoveReport,
    what: string,
    isThere: () => Promise<boolean>,
    move: () => Promise<string | undefined>,
): Promise<string | undefined> {
    try {
        const moved = await move();
        if (moved !== undefined) {
            report.moved.push(moved);
        }
        return moved;
    } catch (error) {
        if (!isPlatformError(error, "forbidden", "notFound", "badRequest", "conflict")) {
            throw error;
        }
        if (await isThere()) {
            report.notMoved.push(`${what}: ${error.message}`);
        }
        return undefined;
    }
}

function pipelineText(name: string): string {
    return `pipeline "${name}"`;
}

/** A few at a time. After a failure nothing more is begun, and what is under way is waited for. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
    const left = [...items];
    const failures: unknown[] = [];
    const worker = async () => {
        while (left.length > 0 && failures.length === 0) {
            await work(left.shift()!).catch((error: unknown) => failures.push(error));
        }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, worker));
    if (failures.length > 0) {
        throw failures[0];
    }
}
