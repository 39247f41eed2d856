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
import { labelDto } from "./labels";
import { acceptLaunch, launchDto, mergeLaunch, type LaunchRules } from "./launches";
import { duplicate } from "./nameRules";
import { startRun } from "./runs";
import type { Services } from "../state/services";
import type { ActionRecord } from "../state/store";

const NAME = /^(?=.{2,99}$)[a-zA-Z0-9]+(?:[-_.][a-zA-Z0-9]+)*$/;

/** An action always names its compute environment, and takes the work directory from it. */
const RULES: LaunchRules = { computeEnv: "required", workDir: "from-compute-env" };

/** Pipeline actions, as far as pointing them to a compute environment needs them. */
export function actionOperations(services: Services): Operation[] {
    const { store, ids } = services;

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

    function create(call: Call): Reply {
        const given = isObject(call.body) ? call.body : {};
        const source = optionalText(given, "source") ?? "";
        if (!["tower", "cron", "bucket"].includes(source)) {
            throw badRequest(
                source === "github"
                    ? "GitHub actions need a user who signed in with GitHub"
                    : `Unknown action source '${source}'`,
            );
        }
        const cron = isObject(given.cron) ? given.cron : null;
        const bucket = isObject(given.bucket) ? given.bucket : null;
        if (source === "cron" && typeof cron?.expression !== "string") {
            throw badRequest("A cron action needs a cron expression");
        }
        if (source === "bucket" && typeof bucket?.dataLinkId !== "string") {
            throw badRequest("A bucket action needs a data link");
        }
        const action: ActionRecord = {
            id: ids.text("action"),
            scope: call.scope.key,
            name: acceptName(call, optionalText(given, "name")),
            source,
            status: "ACTIVE",
            cron,
            bucket,
            labelIds: [],
            launch: acceptLaunch(services, call.scope, given.launch, RULES),
            dateCreated: services.now(),
            lastUpdated: services.now(),
        };
        store.state.actions.push(action);
        store.commit();
        return { status: 200, body: { actionId: action.id } };
    }

    function update(call: Call): Reply {
        const action = find(call);
        const given = isObject(call.body) ? call.body : {};
        const name = acceptName(call, optionalText(given, "name") ?? action.name, action.id);
        if (isObject(given.launch)) {
            // The launch is edited in place, so a request must say which one it means.
            if (given.launch.id !== action.launch.id) {
                throw badRequest("Launch ID value can't change");
            }
            action.launch = mergeLaunch(services, call.scope, action.launch, given.launch, RULES);
        }
        action.name = name;
        action.cron = isObject(given.cron) ? given.cron : action.cron;
        action.bucket = isObject(given.bucket) ? given.bucket : action.bucket;
        action.lastUpdated = services.now();
        store.commit();
        return { status: 204 };
    }

    function list(call: Call): Reply {
        const labels = queryList(call.query, "attributes").includes("labels");
        const found = store.state.actions.filter(({ scope }) => scope === call.scope.key);
        return {
            status: 200,
            body: {
                actions: found.map((action) => ({
                    ...summary(action, labels),
                    pipeline: action.launch.pipeline,
                    endpoint: action.source === "tower" ? `/actions/${action.id}/launch` : null,
                })),
            },
        };
    }

    function describe(call: Call): Reply {
        const action = find(call);
        const labels = queryList(call.query, "attributes").includes("labels");
        return {
            status: 200,
            body: {
                action: {
                    ...summary(action, labels),
                    launch: launchDto(services, action.launch),
                    hookId: null,
                    hookUrl: null,
                    lastUpdated: action.lastUpdated,
                },
            },
        };
    }

    function summary(action: ActionRecord, labels: boolean): object {
        return {
            id: action.id,
            name: action.name,
            source: action.source,
            status: action.status,
            config: { ...action.cron, ...action.bucket, discriminator: action.source },
            labels: labels ? store.labels(action.scope, action.labelIds).map(labelDto) : null,
            event: null,
            error: null,
            lastSeen: null,
            nextExecution: null,
            dateCreated: action.dateCreated,
        };
    }

    function remove(call: Call): Reply {
        store.state.actions.splice(store.state.actions.indexOf(find(call)), 1);
        store.commit();
        return { status: 204 };
    }

    /** One call for both: it toggles. */
    function pause(call: Call): Reply {
        const action = find(call);
        action.status = action.status === "ACTIVE" ? "PAUSED" : "ACTIVE";
        action.lastUpdated = services.now();
        store.commit();
        return { status: 204 };
    }

    function launch(call: Call): Reply {
        const action = find(call);
        if (action.status === "PAUSED") {
            throw badRequest(`Action '${action.name}' is paused`);
        }
        return { status: 200, body: { workflowId: startRun(services, call, action.launch).id } };
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
        { id: "DescribeAction", method: "GET", path: one, handle: describe },
        { id: "UpdateAction", method: "PUT", path: one, permission: write, handle: update },
        { id: "DeleteAction", method: "DELETE", path: one, permission: "action:delete", handle: remove },
        { id: "PauseAction", method: "POST", path: `${one}/pause`, permission: write, handle: pause },
        { id: "LaunchAction", method: "POST", path: `${one}/launch`, permission: "workflow:execute", handle: launch },
    ];
}
