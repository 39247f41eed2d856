import {
    ApiError,
    badRequest,
    forbidden,
    isObject,
    optionalFlag,
    optionalText,
    page,
    type Call,
    type Operation,
    type Reply,
    type Scope,
} from "../http/api";
import type { Services } from "../state/services";
import type { LabelRecord } from "../state/store";

/** 2 to 39 letters and digits, separated by single dashes or underscores. */
const TEXT = /^(?=.{2,39}$)[a-zA-Z0-9]+(?:[-_][a-zA-Z0-9]+)*$/;

/** Values that a run fills in (https://docs.seqera.io/platform-cloud/resource-labels/overview). */
const DYNAMIC_VALUES = ["${workflowId}", "${sessionId}", "${userName}"];

const LABELS_PER_WORKSPACE = 1000;
const LABELS_PER_RESOURCE = 25;

/** `LabelDbDto`. */
export function labelDto(label: LabelRecord): object {
    const { scope: _scope, ...visible } = label;
    const isDynamic = label.value !== null && DYNAMIC_VALUES.includes(label.value);
    return { ...visible, isDynamic, isInterpolated: false };
}

/** The resource labels of a create request, checked; those by default, if it names none and the options say so. */
export function resourceLabels({ store, options }: Services, scope: Scope, given: unknown): number[] {
    if (given === undefined || given === null) {
        const defaults = store.state.labels.filter(
            (label) => label.scope === scope.key && label.resource && label.isDefault,
        );
        return options.applyDefaultLabels ? defaults.map(({ id }) => id) : [];
    }
    const ids = labelIds({ store }, scope, given);
    const labels = store.labels(scope.key, ids);
    const simple = labels.find(({ resource }) => !resource);
    if (simple) {
        throw badRequest(`Label '${simple.name}' is not a resource label`);
    }
    const names = labels.map(({ name }) => name);
    const repeated = names.find((name, i) => names.indexOf(name) !== i);
    if (repeated !== undefined) {
        throw badRequest(`Resource label '${repeated}' is given more than one value`);
    }
    return ids;
}

/** Label ids of a request, checked to exist in the call's workspace. Others are refused with the status that the call has for it. */
export function labelIds(
    { store }: Pick<Services, "store">,
    scope: Scope,
    given: unknown,
    refusal: (message: string) => ApiError = badRequest,
): number[] {
    if (given === undefined || given === null) {
        return [];
    }
    if (!Array.isArray(given) || !given.every((id) => Number.isInteger(id))) {
        throw badRequest("Field 'labelIds' must be a list of numbers");
    }
    const ids = [...new Set(given as number[])];
    if (store.labels(scope.key, ids).length !== ids.length) {
        throw refusal("Labels not found");
    }
    if (ids.length > LABELS_PER_RESOURCE) {
        throw refusal(`A resource can have at most ${LABELS_PER_RESOURCE} labels`);
    }
    return ids;
}

export function labelOperations(services: Services): Operation[] {
    const { store, ids, directory } = services;

    function find(call: Call): LabelRecord {
        const label = store.state.labels.find(({ id }) => String(id) === call.params.labelId);
        if (!label || label.scope !== call.scope.key) {
            throw forbidden();
        }
        return label;
    }

    /** Everything that can have labels. */
    function carriersOfAny(): { labelIds?: number[] }[] {
        const { computeEnvs, pipelines, actions, studios, runs, datasets } = store.state;
        return [...computeEnvs, ...pipelines, ...actions, ...studios, ...runs, ...datasets];
    }

    function inUse(label: LabelRecord): boolean {
        return carriersOfAny()
            .filter((carrier) => !("deleted" in carrier && carrier.deleted))
            .some(({ labelIds: used = [] }) => used.includes(label.id));
    }

    /** Labels in use are for administrators alone to change. */
    function requireChangeable(call: Call, label: LabelRecord): void {
        if (inUse(label) && !directory.allows(call.actor, call.scope, "pipeline_label:write")) {
            throw new ApiError(403, `Forbidden. Label '${label.name}' is in use`);
        }
    }

    function checkText(field: string, text: string, dynamic: boolean): void {
        if (!TEXT.test(text) && !(dynamic && DYNAMIC_VALUES.includes(text))) {
            throw badRequest(
                `Label ${field} must contain a minimum of 2 and a maximum of 39 alphanumeric characters separated by dashes or underscores`,
            );
        }
    }

    function requireUnique(call: Call, name: string, value: string | null, resource: boolean, self?: number): void {
        const same = store.state.labels.find(
            (label) =>
                label.scope === call.scope.key &&
                label.id !== self &&
                label.name === name &&
                label.resource === resource &&
                label.value === value,
        );
        if (same) {
            throw badRequest(`Label '${name}${value === null ? "" : `=${value}`}' already exists`);
        }
    }

    function create(call: Call): Reply {
        const given = isObject(call.body) ? call.body : {};
        const name = optionalText(given, "name") ?? "";
        const resource = optionalFlag(given, "resource") ?? false;
        const value = optionalText(given, "value") ?? null;
        checkText("name", name, false);
        if (resource && value === null) {
            throw badRequest(`Resource label '${name}' needs a value`);
        }
        if (!resource && value !== null) {
            throw badRequest(`Label '${name}' cannot have a value: only resource labels have one`);
        }
        if (value !== null) {
            checkText("value", value, true);
        }
        requireUnique(call, name, value, resource);
        if (store.state.labels.filter(({ scope }) => scope === call.scope.key).length >= LABELS_PER_WORKSPACE) {
            throw badRequest(`A workspace can have at most ${LABELS_PER_WORKSPACE} labels`);
        }
        const label: LabelRecord = {
            id: ids.number("label"),
            scope: call.scope.key,
            name,
            value,
            resource,
            isDefault: optionalFlag(given, "isDefault") ?? false,
            dateCreated: services.now(),
        };
        store.state.labels.push(label);
        store.commit();
        return { status: 200, body: { id: label.id, name, value, resource, isDefault: label.isDefault } };
    }

    function list(call: Call): Reply {
        const type = call.query.get("type") ?? "all";
        if (!["simple", "resource", "all"].includes(type)) {
            throw badRequest("Query parameter 'type' must be one of simple, resource, all");
        }
        const search = (call.query.get("search") ?? "").toLowerCase();
        const isDefault = call.query.get("isDefault");
        const found = store.state.labels.filter(
            (label) =>
                label.scope === call.scope.key &&
                (type === "all" || label.resource === (type === "resource")) &&
                (isDefault === null || String(label.isDefault) === isDefault) &&
                label.name.toLowerCase().includes(search),
        );
        return {
            status: 200,
            body: { labels: page(found, call.query, "Labels").map(labelDto), totalSize: found.length },
        };
    }

    function update(call: Call): Reply {
        const label = find(call);
        requireChangeable(call, label);
        const given = isObject(call.body) ? call.body : {};
        const name = optionalText(given, "name") ?? label.name;
        const value = optionalText(given, "value") ?? label.value;
        checkText("name", name, false);
        if (value !== null) {
            if (!label.resource) {
                throw badRequest(`Label '${name}' cannot have a value: only resource labels have one`);
            }
            checkText("value", value, true);
        }
        requireUnique(call, name, value, label.resource, label.id);
        label.name = name;
        label.value = value;
        label.isDefault = optionalFlag(given, "isDefault") ?? label.isDefault;
        store.commit();
        return { status: 200, body: { id: label.id, name, value, isDefault: label.isDefault } };
    }

    function remove(call: Call): Reply {
        const label = find(call);
        requireChangeable(call, label);
        store.state.labels.splice(store.state.labels.indexOf(label), 1);
        for (const user of carriersOfAny()) {
            user.labelIds = user.labelIds?.filter((id) => id !== label.id) ?? [];
        }
        store.commit();
        return { status: 204 };
    }

    /** What can be given labels after it is made: a compute environment cannot. */
    const carriers = {
        pipelines: { idKey: "pipelineIds", all: () => store.state.pipelines, permission: "pipeline_label:write" },
        actions: { idKey: "actionIds", all: () => store.state.actions, permission: "action_label:write" },
        workflow: { idKey: "workflowIds", all: () => store.state.runs, permission: "workflow_label:write" },
        datasets: {
            idKey: "datasetIds",
            all: () => store.state.datasets.filter(({ deleted }) => !deleted),
            permission: "dataset_label:write",
        },
    } as const;

    /** `POST /<carrier>/labels/{add,apply,remove}`: adds to the labels of each, replaces them, or takes some off. */
    function associations(carrier: keyof typeof carriers): Operation[] {
        const { idKey, all, permission } = carriers[carrier];
        const what = { workflow: "Workflows", actions: "Actions", pipelines: "Pipelines", datasets: "Datasets" }[
            carrier
        ];
        // The document has no 400 for these.
        const refused = (message: string): ApiError => new ApiError(403, message);
        const operation = (verb: "add" | "apply" | "remove", id: string): Operation => ({
            id,
            method: "POST",
            path: `/${carrier}/labels/${verb}`,
            permission,
            handle: (call) => {
                const body = isObject(call.body) ? call.body : {};
                const given = labelIds(services, call.scope, body.labelIds, refused);
                const costly = store.labels(call.scope.key, given).find(({ resource }) => resource);
                if (carrier === "datasets" && costly) {
                    throw refused(`Label '${costly.name}' is a resource label: a dataset takes only simple labels`);
                }
                const wanted = Array.isArray(body[idKey]) ? body[idKey].map(String) : [];
                const found = wanted.map((each) =>
                    all().find(
                        (one) =>
                            one.scope === call.scope.key &&
                            String("pipelineId" in one ? one.pipelineId : one.id) === each,
                    ),
                );
                for (const one of found) {
                    if (one === undefined) {
                        throw forbidden();
                    }
                    const now = one.labelIds ?? [];
                    const next = {
                        add: [...now, ...given],
                        apply: given,
                        remove: now.filter((label) => !given.includes(label)),
                    }[verb];
                    one.labelIds = labelIds(services, call.scope, next, refused);
                }
                store.commit();
                return { status: 204 };
            },
        });
        return [
            operation("add", `AddLabelsTo${what}`),
            operation("apply", `ApplyLabelsTo${what}`),
            operation("remove", `RemoveLabelsFrom${what}`),
        ];
    }

    const one = "/labels/{labelId}";
    return [
        { id: "ListLabels", method: "GET", path: "/labels", handle: list },
        { id: "CreateLabel", method: "POST", path: "/labels", permission: "label:write", handle: create },
        {
            id: "GetAllowedDynamicLabels",
            method: "GET",
            path: "/labels/dynamic/allowed",
            handle: () => ({ status: 200, body: { values: DYNAMIC_VALUES } }),
        },
        ...associations("pipelines"),
        ...associations("actions"),
        ...associations("workflow"),
        ...associations("datasets"),
        { id: "UpdateLabel", method: "PUT", path: one, permission: "label:write", handle: update },
        { id: "DeleteLabel", method: "DELETE", path: one, permission: "label:delete", handle: remove },
    ];
}
