import { createHash } from "node:crypto";
import {
    ApiError,
    badRequest,
    isObject,
    optionalFlag,
    optionalText,
    page,
    type Call,
    type Operation,
    type Reply,
} from "../http/api";
import type { Services } from "../state/services";
import type { DataLinkRecord } from "../state/store";

/** `DataLinkProvider`, each with the scheme of its addresses. */
const SCHEMES: Record<string, string> = {
    aws: "s3",
    google: "gs",
    azure: "az",
    azure_entra: "az",
    "azure-cloud": "az",
    seqeracompute: "s3",
    s3: "s3",
};

/** Data-links that users make; none is discovered, as no cloud is asked (https://docs.seqera.io/platform-cloud/data/data-explorer). */
export function dataLinkOperations(services: Services): Operation[] {
    const { store, ids } = services;

    function find(call: Call): DataLinkRecord {
        const found = store.state.dataLinks.find(
            ({ id, scope }) => id === call.params.dataLinkId && scope === call.scope.key,
        );
        if (found === undefined) {
            throw new ApiError(404, `Unknown data-link with ID '${call.params.dataLinkId}'`);
        }
        return found;
    }

    function acceptName(given: Record<string, unknown>, current?: string): string {
        const name = optionalText(given, "name", 100) ?? current ?? "";
        if (name.trim() === "") {
            throw badRequest("Missing required field 'name' in the data-link");
        }
        return name;
    }

    function acceptCredentials(call: Call, id: string | undefined): string | null {
        const found = id === undefined ? undefined : store.credentials(id);
        if (id !== undefined && (found?.scope !== call.scope.key || found.deleted)) {
            throw badRequest(`Unknown credentials with ID '${id}'`);
        }
        return id ?? null;
    }

    function create(call: Call): Reply {
        const given = isObject(call.body) ? call.body : {};
        const provider = optionalText(given, "provider") ?? "";
        const resourceRef = optionalText(given, "resourceRef") ?? "";
        const name = acceptName(given);
        if (!(provider in SCHEMES) || !new RegExp(`^${SCHEMES[provider]}://[^/]+`).test(resourceRef)) {
            throw badRequest(`'${resourceRef}' is not a resource of the data-link provider '${provider}'`);
        }
        const { key } = call.scope;
        if (store.state.dataLinks.some((each) => each.scope === key && each.resourceRef === resourceRef)) {
            throw badRequest(`A data-link to '${resourceRef}' exists already`);
        }
        const credentialsId = acceptCredentials(call, optionalText(given, "credentialsId"));
        const publicAccessible = optionalFlag(given, "publicAccessible") ?? false;
        if (credentialsId === null && !publicAccessible) {
            throw badRequest("A data-link needs credentials, unless it is public");
        }
        const record: DataLinkRecord = {
            id: `v1-user-${createHash("md5").update(ids.text("data-link")).digest("hex")}`,
            scope: key,
            name,
            description: optionalText(given, "description") ?? null,
            type: optionalText(given, "type") ?? "bucket",
            provider,
            resourceRef,
            credentialsId,
            publicAccessible,
            hidden: false,
        };
        store.state.dataLinks.push(record);
        store.commit();
        return { status: 200, body: dataLinkDto(services, record) };
    }

    function list(call: Call): Reply {
        const visibility = call.query.get("visibility") ?? "visible";
        if (!["visible", "hidden", "all"].includes(visibility)) {
            throw badRequest("Query parameter 'visibility' must be one of visible, hidden, all");
        }
        const credentialsId = call.query.get("credentialsId");
        const words = (call.query.get("search") ?? "").split(/\s+/).filter((word) => word !== "");
        const found = store.state.dataLinks
            .filter(({ scope }) => scope === call.scope.key)
            .filter(({ hidden }) => visibility === "all" || hidden === (visibility === "hidden"))
            .filter((each) => credentialsId === null || each.credentialsId === credentialsId)
            .filter((each) => words.every((word) => matches(each, word)));
        const dataLinks = page(found, call.query, "Data-links").map((each) => dataLinkDto(services, each));
        return { status: 200, body: { dataLinks, totalSize: found.length } };
    }

    function describe(call: Call): Reply {
        return { status: 200, body: { dataLink: dataLinkDto(services, find(call)) } };
    }

    function update(call: Call): Reply {
        const record = find(call);
        const given = isObject(call.body) ? call.body : {};
        const credentialsId = acceptCredentials(call, optionalText(given, "credentialsId"));
        record.name = acceptName(given, record.name);
        record.description = optionalText(given, "description") ?? record.description;
        record.credentialsId = credentialsId ?? record.credentialsId;
        store.commit();
        return { status: 200, body: dataLinkDto(services, record) };
    }

    function remove(call: Call): Reply {
        store.state.dataLinks.splice(store.state.dataLinks.indexOf(find(call)), 1);
        store.commit();
        return { status: 204 };
    }

    const all = "/data-links";
    const one = "/data-links/{dataLinkId}";
    const write = "data_link:write";
    return [
        { id: "ListDataLinks", method: "GET", path: all, handle: list },
        { id: "CreateCustomDataLink", method: "POST", path: all, permission: write, handle: create },
        { id: "DescribeDataLink", method: "GET", path: one, handle: describe },
        { id: "UpdateCustomDataLink", method: "PUT", path: one, permission: write, handle: update },
        { id: "DeleteCustomDataLink", method: "DELETE", path: one, permission: "data_link:delete", handle: remove },
    ];
}

/** A word of a search is a part of the name, or a keyword with its value. */
function matches({ name, provider, resourceRef }: DataLinkRecord, word: string): boolean {
    const [, keyword, value] = /^(region|provider|resourceRef):(.*)$/.exec(word) ?? [];
    switch (keyword) {
        case "provider":
            return provider === value;
        case "resourceRef":
            return resourceRef === value;
        case "region":
            return false;
        default:
            return name.toLowerCase().includes(word.toLowerCase());
    }
}

/** `DataLinkDto`. The region is the cloud's to tell. */
function dataLinkDto({ store }: Services, { scope: _scope, credentialsId, ...visible }: DataLinkRecord): object {
    const credentials = credentialsId === null ? undefined : store.credentials(credentialsId);
    return {
        ...visible,
        credentials: credentials ? [{ id: credentials.id, name: credentials.name, provider: visible.provider }] : [],
        region: null,
        status: "VALID",
        message: null,
    };
}
