import { validate } from "../../compile/rules/rules";
import { describeComputeEnv } from "../../platform";
import { computeEnvIdRules } from "./computeEnvIdRules";
import { type MoveReport, moveLaunches } from "./launchMoves";
import { type Provider, Unfinished } from "./provider";
import { configure, connect, type ConnectionInputs, connectionProblems, settledConnection } from "./session";
import { same, withUnknown } from "./values";

export interface PipelineMoveInputs extends ConnectionInputs {
    computeEnvId: string;
    enabled?: boolean;
}

export interface PipelineMoveOutputs extends PipelineMoveInputs, MoveReport {
    /** Environments before this one, on which pipelines or actions may still be. */
    former: string[];
}

const KEYS = ["computeEnvId", "enabled", "endpoint", "accessToken", "allowInsecureEndpoint"] as const;

/** How many an error names. The log lines before it name all. */
const NAMED = 5;

/**
 * The pipelines and actions of an environment, which go with it when it is replaced. The engine deletes what was replaced after
 * everything else has succeeded, so the old environment stays until they have been moved.
 */
export const pipelineMoveProvider: Provider<PipelineMoveInputs, PipelineMoveOutputs> = {
    configure,

    async check(_olds, news) {
        const failures = [...connectionProblems(news), ...validate(computeEnvIdRules, withUnknown(news))];
        return { inputs: { ...news, ...settledConnection(news) }, failures };
    },

    async diff(_id, olds, news) {
        const replaces = same(olds.workspaceId, news.workspaceId) ? [] : ["workspaceId"];
        const unfinished = news.enabled !== false && olds.former.length > 0;
        const changes = replaces.length > 0 || unfinished || KEYS.some((key) => !same(olds[key], news[key]));
        return { changes, replaces, deleteBeforeReplace: false };
    },

    async create(inputs) {
        const outs = { ...inputs, former: [], moved: [], notMoved: [] };
        return { id: `pipelines-${inputs.workspaceId ?? "personal"}`, outs };
    },

    async read(id, props) {
        const { former = [], moved = [], notMoved = [], ...inputs } = props;
        return { id, props: { ...inputs, former, moved, notMoved }, inputs };
    },

    async update(id, olds, news) {
        const former = [...new Set([...olds.former, olds.computeEnvId])].filter((each) => each !== news.computeEnvId);
        const { moved, notMoved } = olds;
        if (former.length === 0 || news.enabled === false) {
            // Remembered, so that they can be moved later on.
            return { outs: { ...news, former, moved, notMoved } };
        }
        const client = connect(news);
        const report: MoveReport = { moved: [], notMoved: [] };
        const unfinished = (reason: string) => new Unfinished(id, { ...news, former, ...report }, reason);
        let name = news.computeEnvId;
        try {
            const target = await describeComputeEnv(client, news.computeEnvId);
            name = target.name;
            await moveLaunches({ client, former, target, report });
        } catch (error) {
            throw unfinished(
                `Moving the pipelines and actions to the compute environment "${name}" was interrupted: ${(error as Error).message} The next \`pulumi up\` moves the rest and deletes nothing before that.`,
            );
        } finally {
            say(report, name);
        }
        if (report.notMoved.length > 0) {
            throw unfinished(refusal(report, name));
        }
        return { outs: { ...news, former: [], ...report } };
    },

    async delete() {
        // Pipelines and actions stay where they are.
    },
};

/** What a dynamic provider prints is shown by `pulumi up`. */
function say({ moved, notMoved }: MoveReport, name: string): void {
    if (moved.length > 0) {
        console.log(`Moved to the compute environment "${name}": ${moved.join(", ")}`);
    }
    notMoved.forEach((each) => console.log(`Not moved to the compute environment "${name}": ${each}`));
}

function refusal({ notMoved }: MoveReport, name: string): string {
    const rest = notMoved.length > NAMED ? ` And ${notMoved.length - NAMED} more.` : "";
    return `${notMoved.length} of the pipelines and actions could not be moved to the compute environment "${name}", and nothing that was replaced is deleted until they are moved: ${notMoved.slice(0, NAMED).join(" ")}${rest} Fix the cause, or move or delete them in the Platform, and run \`pulumi up\` again. To continue without them, set moveLaunches: false (enabled: false of a PipelineMove).`;
}
