import { ApiError, isObject, optionalText, page, queryList, type Call, type Operation, type Reply } from "../http/api";
import { labelDto, labelIds } from "./labels";
import { duplicate } from "./nameRules";
import type { Services } from "../state/services";
import type { StudioRecord } from "../state/store";

/** Studios, as far as they carry resource labels: none is ever started. */
export function studioOperations(services: Services): Operation[] {
    const { store, ids, options } = services;

    function requireEnabled(): void {
        if (!options.studios) {
            throw new ApiError(404, "Studios are disabled for the workspace");
        }
    }

    function list(call: Call): Reply {
        requireEnabled();
        const labelled = queryList(call.query, "attributes").includes("labels");
        const found = store.state.studios.filter(({ scope }) => scope === call.scope.key);
        const studios = page(found, call.query, "Studios").map((studio) => studioDto(studio, labelled));
        return { status: 200, body: { studios, totalSize: found.length } };
    }

    function create(call: Call): Reply {
        requireEnabled();
        const given = isObject(call.body) ? call.body : {};
        const name = optionalText(given, "name", 80) ?? "";
        const computeEnvId = optionalText(given, "computeEnvId") ?? "";
        const env = store.computeEnv(computeEnvId);
        if (name === "" || env?.scope !== call.scope.key || env.deleted) {
            throw new ApiError(
                name === "" ? 400 : 404,
                name === "" ? "Missing Studio name" : "Unknown compute environment",
            );
        }
        if (store.state.studios.some((other) => other.scope === call.scope.key && other.name === name)) {
            throw duplicate("Studio", name);
        }
        const studio: StudioRecord = {
            id: ids.text("studio"),
            scope: call.scope.key,
            name,
            computeEnvId,
            labelIds: labelIds(services, call.scope, given.labelIds),
            dateCreated: services.now(),
        };
        store.state.studios.push(studio);
        store.commit();
        return { status: 201, body: { studio: studioDto(studio, true) } };
    }

    function remove(call: Call): Reply {
        requireEnabled();
        const index = store.state.studios.findIndex(
            ({ id, scope }) => id === call.params.sessionId && scope === call.scope.key,
        );
        if (index < 0) {
            throw new ApiError(404, "Unknown Studio");
        }
        store.state.studios.splice(index, 1);
        store.commit();
        return { status: 204 };
    }

    function studioDto({ id, scope, name, labelIds: carried, dateCreated }: StudioRecord, labelled: boolean): object {
        return {
            sessionId: id,
            name,
            dateCreated,
            labels: labelled ? store.labels(scope, carried).map(labelDto) : null,
        };
    }

    return [
        { id: "ListDataStudios", method: "GET", path: "/studios", handle: list },
        { id: "CreateDataStudio", method: "POST", path: "/studios", permission: "studio:write", handle: create },
        {
            id: "DeleteDataStudio",
            method: "DELETE",
            path: "/studios/{sessionId}",
            permission: "studio:delete",
            handle: remove,
        },
    ];
}
