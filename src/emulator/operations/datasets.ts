import {
    badRequest,
    forbidden,
    isObject,
    optionalText,
    page,
    queryList,
    type Call,
    type Operation,
    type Reply,
} from "../http/api";
import { currentVersion, datasetOf, findDataset, requireOwnership } from "./datasetRecords";
import { labelDto } from "./labels";
import { checkName, duplicate } from "./nameRules";
import type { Services } from "../state/services";
import type { DatasetRecord } from "../state/store";

const KIND = "dataset";
const DESCRIPTION_MAX = 1000;

const SORT_KEYS: Record<string, (dataset: DatasetRecord) => string> = {
    name: ({ name }) => name,
    created: ({ dateCreated }) => dateCreated,
    updated: ({ lastUpdated }) => lastUpdated,
};

/** Datasets: https://docs.seqera.io/platform-cloud/data/datasets */
export function datasetOperations(services: Services): Operation[] {
    const { store, ids, options } = services;

    function acceptName(call: Call, name: string | undefined, self?: string): string {
        checkName(KIND, name);
        const same = store.state.datasets.some(
            (other) => other.scope === call.scope.key && !other.deleted && other.name === name && other.id !== self,
        );
        if (same) {
            throw duplicate(KIND, name);
        }
        return name;
    }

    function create(call: Call): Reply {
        const given = isObject(call.body) ? call.body : {};
        const name = acceptName(call, optionalText(given, "name"));
        const description = optionalText(given, "description", DESCRIPTION_MAX) ?? null;
        const sourceType = optionalText(given, "sourceType") ?? "UPLOADED";
        if (sourceType !== "UPLOADED" && sourceType !== "LINKED") {
            throw badRequest(`Unknown dataset source type '${sourceType}'`);
        }
        const there = store.state.datasets.filter(
            ({ scope, hidden, deleted }) => scope === call.scope.key && !hidden && !deleted,
        );
        if (there.length >= options.maxDatasets) {
            throw badRequest(`A workspace can have at most ${options.maxDatasets} datasets`);
        }
        const dataset: DatasetRecord = {
            id: ids.text(KIND),
            scope: call.scope.key,
            workspaceId: call.scope.workspaceId,
            orgId: call.scope.orgId,
            userId: call.actor.userId,
            userName: call.actor.userName,
            name,
            description,
            sourceType,
            hidden: false,
            deleted: false,
            labelIds: [],
            versions: [],
            dateCreated: services.now(),
            lastUpdated: services.now(),
        };
        store.state.datasets.push(dataset);
        store.commit();
        return { status: 200, body: { dataset: datasetDto(services, dataset, false) } };
    }

    function list(call: Call): Reply {
        const { query } = call;
        const sortKey = SORT_KEYS[query.get("sortBy") ?? "name"];
        const visibility = query.get("visibility") ?? "visible";
        if (sortKey === undefined || !["visible", "hidden", "all"].includes(visibility)) {
            throw badRequest(
                sortKey === undefined
                    ? `Query parameter 'sortBy' must be one of ${Object.keys(SORT_KEYS).join(", ")}`
                    : "Query parameter 'visibility' must be one of visible, hidden, all",
            );
        }
        const search = (query.get("search") ?? "").toLowerCase();
        const direction = query.get("sortDir")?.toLowerCase().startsWith("desc") ? -1 : 1;
        const found = store.state.datasets
            .filter(({ scope, deleted }) => scope === call.scope.key && !deleted)
            .filter(({ hidden }) => visibility === "all" || hidden === (visibility === "hidden"))
            .filter(({ name }) => name.toLowerCase().includes(search))
            .sort((a, b) => direction * sortKey(a).localeCompare(sortKey(b)));
        const labelled = queryList(query, "attributes").includes("labels");
        const datasets = page(found, query, "Datasets").map((each) => datasetDto(services, each, labelled));
        return { status: 200, body: { datasets, totalSize: found.length } };
    }

    function describe(call: Call): Reply {
        const labelled = queryList(call.query, "attributes").includes("labels");
        return { status: 200, body: { dataset: datasetDto(services, findDataset(services, call), labelled) } };
    }

    function update(call: Call): Reply {
        const dataset = findDataset(services, call);
        const given = isObject(call.body) ? call.body : {};
        const name = acceptName(call, optionalText(given, "name") ?? dataset.name, dataset.id);
        dataset.description = optionalText(given, "description", DESCRIPTION_MAX) ?? dataset.description;
        dataset.name = name;
        dataset.lastUpdated = services.now();
        store.commit();
        return { status: 204 };
    }

    function forget(dataset: DatasetRecord): void {
        dataset.deleted = true;
        dataset.lastUpdated = services.now();
        for (const { version } of dataset.versions) {
            delete store.state.contents[`${dataset.id}/${version}`];
        }
    }

    function remove(call: Call): Reply {
        forget(findDataset(services, call));
        store.commit();
        return { status: 204 };
    }

    /** Those that a request names, and the ids of none. */
    function named(call: Call): { found: DatasetRecord[]; unknown: string[] } {
        const given = isObject(call.body) ? call.body.datasetIds : undefined;
        if (!Array.isArray(given) || given.length === 0) {
            throw badRequest("Missing required field 'datasetIds' in the request body");
        }
        const wanted = [...new Set(given.map(String))];
        const found = wanted.flatMap((id) => datasetOf(services, call.scope.key, id) ?? []);
        return { found, unknown: wanted.filter((id) => found.every((each) => each.id !== id)) };
    }

    function removeAll(call: Call): Reply {
        const { found, unknown } = named(call);
        found.forEach(forget);
        store.commit();
        return { status: 200, body: { success: found.map(({ id }) => id), failed: unknown } };
    }

    const setHidden =
        (hidden: boolean) =>
        (call: Call): Reply => {
            const { found, unknown } = named(call);
            if (unknown.length > 0) {
                throw forbidden();
            }
            found.forEach((dataset) => {
                requireOwnership(services, call, dataset.userId);
                dataset.hidden = hidden;
            });
            store.commit();
            return { status: 204 };
        };

    const all = "/datasets";
    const one = "/datasets/{datasetId}";
    const write = "dataset:write";
    return [
        { id: "ListDatasetsV2", method: "GET", path: all, handle: list },
        { id: "CreateDatasetV2", method: "POST", path: all, permission: write, handle: create },
        { id: "DeleteDatasets", method: "DELETE", path: all, permission: "dataset:delete", handle: removeAll },
        { id: "HideDatasets", method: "POST", path: `${all}/hide`, permission: write, handle: setHidden(true) },
        { id: "ShowDatasets", method: "POST", path: `${all}/show`, permission: write, handle: setHidden(false) },
        { id: "DescribeDatasetV2", method: "GET", path: `${one}/metadata`, handle: describe },
        { id: "UpdateDatasetV2", method: "PUT", path: one, permission: write, handle: update },
        { id: "DeleteDatasetV2", method: "DELETE", path: one, permission: "dataset:delete", handle: remove },
    ];
}

/** `DatasetDto`. */
function datasetDto({ store }: Services, dataset: DatasetRecord, labelled: boolean): object {
    const { id, name, description, sourceType, hidden, workspaceId, orgId, userId, userName } = dataset;
    const current = currentVersion(dataset);
    return {
        id,
        name,
        description,
        sourceType,
        hidden,
        deleted: false,
        workspaceId,
        organizationId: orgId,
        mediaType: dataset.versions.at(0)?.mediaType ?? null,
        version: current?.version ?? null,
        user: { id: userId, userName, email: null, avatar: null },
        lastUpdatedBy: null,
        runsInfo: null,
        labels: labelled ? store.labels(dataset.scope, dataset.labelIds).map(labelDto) : null,
        dateCreated: dataset.dateCreated,
        lastUpdated: dataset.lastUpdated,
    };
}
