import {
    badRequest,
    forbidden,
    isObject,
    optionalText,
    queryList,
    type Call,
    type Operation,
    type Reply,
} from "../http/api";
import type { Outcome } from "../http/faults";
import { launchAction } from "./actionRuns";
import { describedAction, eventTypes, listedAction } from "./actionViews";
import { labelIds } from "./labels";
import { acceptLaunch, mergeLaunch, type LaunchRules } from "./launches";
import { duplicate } from "./nameRules";
import type { ActionSource } from "../options";
import { loadCron, nextExecution } from "../state/cron";
import type { Services } from "../state/services";
import type { ActionRecord, PendingAction } from "../state/store";

const NAME = /^(?=.{2,99}$)[a-zA-Z0-9]+(?:[-_.][a-zA-Z0-9]+)*$/;

/** An action always names its compute environment, and takes the work directory from it. */
const RULES: LaunchRules = { computeEnv: "required", workDir: "from-compute-env" };

/** Pipeline actions of all sources. */
export function actionOperations(services: Services): Operation[] {
    const { store, ids, schedules } = services;

    function find(call: Call): ActionRecord {
        const action = store.state.actions.find(({ id }) => id === call.params.actionId);
        if (!action || action.scope !== call.scope.key) {
            throw forbidden();
        }
        return action;
    }

    /** Only the call that validates names answers 409 to a duplicate. */
    function acceptName(call: Call, name: string | undefined, self?: string): string {
        const checked = checkName(name);
        if (taken(call, checked, self)) {
            throw badRequest(duplicate("action", checked).message);
        }
        return checked;
    }

    function taken(call: Call, name: string, self?: string): boolean {
        return store.state.actions.some(
            (other) => other.scope === call.scope.key && other.name === name && other.id !== self,
        );
    }

    function checkName(name: string | undefined): string {
        if (name === undefined || !NAME.test(name)) {
            throw badRequest(
                "Action name must contain a minimum of 2 and a maximum of 99 alphanumeric characters separated by dashes or underscores",
            );
        }
        return name;
    }

    async function create(call: Call): Promise<Reply> {
        const given = isObject(call.body) ? call.body : {};
        const source = requireSource(call, optionalText(given, "source") ?? "");
        const cron = await acceptCron(source, given.cron);
        const bucket = source === "bucket" && isObject(given.bucket) ? given.bucket : null;
        if (source === "bucket" && typeof bucket?.dataLinkId !== "string") {
            throw badRequest("A bucket action needs a data link");
        }
        const launch = isObject(given.launch) ? given.launch : {};
        const action: ActionRecord = {
            id: ids.text("action"),
            scope: call.scope.key,
            name: acceptName(call, optionalText(given, "name")),
            source,
            status: "CREATING",
            cron,
            bucket,
            labelIds: labelIds(services, call.scope, launch.labelIds),
            launch: acceptLaunch(services, call.scope, given.launch, RULES),
            userId: call.actor.userId,
            userName: call.actor.userName,
            pending: pendingOf(call.outcome),
            dateCreated: services.now(),
            lastUpdated: services.now(),
        };
        schedules.plan(action);
        store.state.actions.push(action);
        schedules.advance();
        store.commit();
        return { status: 200, body: { actionId: action.id } };
    }

    function requireSource({ actor }: Call, source: string): ActionSource {
        const offered = services.options.actionSources.find((each) => each === source);
        if (offered === undefined) {
            throw badRequest(`Unknown action source '${source}'`);
        }
        if (offered === "github" && !actor.github) {
            throw badRequest("GitHub actions need a user who signed in with GitHub");
        }
        return offered;
    }

    /** A cron action's schedule, which must be one. */
    async function acceptCron(source: string, given: unknown): Promise<Record<string, unknown> | null> {
        if (source !== "cron") {
            return null;
        }
        const cron = isObject(given) ? given : {};
        if (typeof cron.expression !== "string") {
            throw badRequest("A cron action needs a cron expression");
        }
        await loadCron();
        try {
            nextExecution(cron, services.clock.now());
        } catch (error) {
            throw badRequest(`Invalid schedule '${cron.expression}': ${(error as Error).message}`);
        }
        return cron;
    }

    function pendingOf(outcome: Outcome | undefined): PendingAction {
        const duration = services.options.timings.action;
        return {
            ...(typeof duration === "number"
                ? { until: services.clock.now().getTime() + duration }
                : { polls: duration.polls }),
            ...(outcome?.stuck ? { stuck: true } : {}),
            ...(outcome?.status ? { error: outcome.message ?? "" } : {}),
        };
    }

    async function update(call: Call): Promise<Reply> {
        const action = find(call);
        const given = isObject(call.body) ? call.body : {};
        const cron = isObject(given.cron) ? await acceptCron(action.source, given.cron) : action.cron;
        const name = acceptName(call, optionalText(given, "name") ?? action.name, action.id);
        if (isObject(given.launch)) {
            // The launch is edited in place, so a request must say which one it means.
            if (given.launch.id !== action.launch.id) {
                throw badRequest("Launch ID value can't change");
            }
            action.launch = mergeLaunch(services, call.scope, action.launch, given.launch, RULES);
            if (given.launch.labelIds !== undefined && given.launch.labelIds !== null) {
                action.labelIds = labelIds(services, call.scope, given.launch.labelIds);
            }
        }
        action.name = name;
        action.bucket = action.bucket !== null && isObject(given.bucket) ? given.bucket : action.bucket;
        if (cron !== action.cron) {
            action.cron = cron;
            schedules.plan(action);
        }
        if (action.status === "ERROR") {
            activate(action);
        }
        action.lastUpdated = services.now();
        store.commit();
        return { status: 204 };
    }

    /** What was due meanwhile is not made up for. */
    function activate(action: ActionRecord): void {
        action.status = "ACTIVE";
        action.error = null;
        schedules.plan(action);
    }

    function list(call: Call): Reply {
        const labels = queryList(call.query, "attributes").includes("labels");
        const found = store.state.actions.filter(({ scope }) => scope === call.scope.key);
        return { status: 200, body: { actions: found.map((action) => listedAction(services, action, labels)) } };
    }

    function describe(call: Call): Reply {
        const action = find(call);
        const labels = queryList(call.query, "attributes").includes("labels");
        const body = { action: describedAction(services, action, labels) };
        schedules.polled(action);
        return { status: 200, body };
    }

    function types({ actor }: Call): Reply {
        return { status: 200, body: { eventTypes: eventTypes(services, actor.github) } };
    }

    function remove(call: Call): Reply {
        store.state.actions.splice(store.state.actions.indexOf(find(call)), 1);
        store.commit();
        return { status: 204 };
    }

    /** One call for both: it toggles. */
    function pause(call: Call): Reply {
        const action = find(call);
        if (action.status === "CREATING") {
            throw badRequest(`Action '${action.name}' is being created`);
        }
        if (action.status === "ACTIVE") {
            action.status = "PAUSED";
        } else {
            activate(action);
        }
        action.lastUpdated = services.now();
        store.commit();
        return { status: 204 };
    }

    function launch(call: Call): Reply {
        const action = find(call);
        if (action.source !== "tower" || action.status !== "ACTIVE") {
            const why = action.source === "tower" ? `is ${action.status}` : `has the source '${action.source}'`;
            throw badRequest(`Action '${action.name}' ${why}: it cannot be launched by a call`);
        }
        const params = isObject(call.body) && isObject(call.body.params) ? call.body.params : {};
        return { status: 200, body: { workflowId: launchAction(services, action, call.actor, { params }).id } };
    }

    function validateName(call: Call): Reply {
        const name = checkName(call.query.get("name") ?? undefined);
        if (taken(call, name)) {
            throw duplicate("action", name);
        }
        return { status: 204 };
    }

    const write = "action:write";
    const one = "/actions/{actionId}";
    return [
        { id: "ListActions", method: "GET", path: "/actions", handle: list },
        { id: "CreateAction", method: "POST", path: "/actions", permission: write, handle: create },
        { id: "ValidateActionName", method: "GET", path: "/actions/validate", handle: validateName },
        { id: "ListActionTypes", method: "GET", path: "/actions/types", handle: types },
        { id: "DescribeAction", method: "GET", path: one, handle: describe },
        { id: "UpdateAction", method: "PUT", path: one, permission: write, handle: update },
        { id: "DeleteAction", method: "DELETE", path: one, permission: "action:delete", handle: remove },
        { id: "PauseAction", method: "POST", path: `${one}/pause`, permission: write, handle: pause },
        { id: "LaunchAction", method: "POST", path: `${one}/launch`, permission: "workflow:execute", handle: launch },
    ];
}
