import type { Actor, Scope } from "../http/api";
import { paramsOf } from "./launches";
import { startRun } from "./runLaunch";
import type { Services } from "../state/services";
import type { ActionRecord, LaunchRecord, RunRecord } from "../state/store";

/** What made an action launch, beyond the time and, where its kind of event has it, the run. */
type Event = Record<string, unknown>;

/** What a push or an upload is, where nothing else is said. */
const EVENTS: Record<string, (action: ActionRecord) => Event> = {
    github: () => ({ ref: "refs/heads/main", commitId: "0".repeat(40), commitMessage: "", pusherName: "emulator" }),
    bucket: ({ bucket }) => ({
        bucketName: String(bucket?.dataLinkId),
        eventName: "ObjectCreated:Put",
        provider: "aws",
        recordCount: 1,
    }),
};

/** Kinds of events that say which run came of them. */
const WITH_RUN = ["tower", "cron"];

/** Launches what an action launches. */
export function launchAction(
    services: Services,
    action: ActionRecord,
    actor: Actor,
    { params = {}, event = EVENTS[action.source]?.(action) ?? {} }: { params?: object; event?: Event } = {},
): RunRecord {
    const launch = { ...action.launch, ...withParams(action.launch, params), labelIds: action.labelIds };
    const run = startRun(services, { actor, scope: scopeOf(services, action) }, launch);
    action.lastSeen = services.now();
    action.event = {
        discriminator: action.source,
        timestamp: action.lastSeen,
        ...(WITH_RUN.includes(action.source) ? { workflowId: run.id } : {}),
        ...event,
    };
    services.store.commit();
    return run;
}

/** Lets an action launch by itself, in its owner's name. One that cannot is in ERROR until it is changed or resumed. */
export function fireAction(services: Services, action: ActionRecord, event?: Event): RunRecord | undefined {
    const { userId = 0, userName = "emulator" } = action;
    const actor: Actor = { userId, userName, tokenIndex: -1, github: false, role: () => "owner" };
    try {
        return launchAction(services, action, actor, { event });
    } catch (error) {
        action.status = "ERROR";
        action.error = (error as Error).message;
        services.store.commit();
        return undefined;
    }
}

/** The parameters of a webhook's call go over those of the launch. */
function withParams(launch: LaunchRecord, params: object): Partial<LaunchRecord> {
    if (Object.keys(params).length === 0) {
        return {};
    }
    return { paramsText: JSON.stringify({ ...paramsOf(launch), ...params }) };
}

function scopeOf({ options }: Services, { scope }: ActionRecord): Scope {
    const workspace = options.workspaces.find(({ id }) => scope === `workspace:${id}`);
    return { key: scope, workspaceId: workspace?.id ?? null, orgId: workspace?.organization.id ?? null };
}
