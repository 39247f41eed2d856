/** Data-links, the buckets of the Data Explorer: https://docs.seqera.io/platform-api (tag `data-links`). */

import type { PlatformClient } from "./platformClient";
import { createOnce, type Created, type CreateOnceSettings, type Sighting } from "./createOnce";
import type { DataLinkChanges, DataLinkDto, DataLinkSpec } from "./dataTypes";
import { workspaceText } from "./diagnose";
import { PlatformError } from "./errors";
import { allPages, totalSize } from "./paging";
import { deleteOrGone, type DeletionOutcome, findOrGone } from "./presence";
import { createRedactor } from "./redact";
import type { CallLimits } from "./settings";
import { list, object, segment, shaped } from "./shapes";

const PATH = "/data-links";
const FIELDS = { id: "string", name: "string" } as const;

/** Every data-link, hidden ones and those that the Platform has discovered too, page by page. */
export async function listDataLinks(client: PlatformClient, limits: CallLimits = {}): Promise<DataLinkDto[]> {
    return allPages<DataLinkDto>(
        ({ id }) => id,
        (page) =>
            client.get(PATH, {
                ...limits,
                query: { visibility: "all", ...page },
                read: (body) => ({
                    entries: list<DataLinkDto>(body, "dataLinks", FIELDS),
                    totalSize: totalSize(body),
                }),
            }),
    );
}

/** The data-link with this name to this resource: the API has no rule that names are unique. */
export async function findSameDataLink(
    client: PlatformClient,
    { name, provider, resourceRef }: Pick<DataLinkSpec, "name" | "provider" | "resourceRef">,
    limits: CallLimits = {},
): Promise<DataLinkDto | undefined> {
    return (await listDataLinks(client, limits)).find(
        (each) => each.name === name && each.provider === provider && each.resourceRef === resourceRef,
    );
}

/** Makes a data-link, once: what a lost answer left behind is found again. */
export async function createDataLink(
    client: PlatformClient,
    dataLink: DataLinkSpec,
    options: CallLimits & { createOnce?: Partial<CreateOnceSettings> } = {},
): Promise<Created<DataLinkDto>> {
    const { createOnce: settings, ...limits } = options;
    if ((await findSameDataLink(client, dataLink, limits)) !== undefined) {
        throw dataLinkExists(client, dataLink);
    }
    return createOnce({
        post: () =>
            client.post(PATH, dataLink, {
                ...limits,
                read: (body) => shaped<DataLinkDto>(body, FIELDS),
            }),
        lookUp: async (lookUpLimits): Promise<Sighting<DataLinkDto>> => {
            const found = await findSameDataLink(client, dataLink, lookUpLimits);
            return found === undefined ? { seen: "nothing" } : { seen: "ours", id: found };
        },
        settings: { signal: limits.signal, ...settings },
    });
}

export async function describeDataLink(
    client: PlatformClient,
    id: string,
    limits: CallLimits = {},
): Promise<DataLinkDto> {
    return client.get(`${PATH}/${segment(id)}`, {
        ...limits,
        read: (body) => shaped<DataLinkDto>(object(body).dataLink, FIELDS, "the data-link"),
    });
}

/** The data-link, or undefined when it is gone for certain (see `findOrGone`). */
export async function findDataLink(
    client: PlatformClient,
    id: string,
    limits: CallLimits = {},
): Promise<DataLinkDto | undefined> {
    return findOrGone({
        describe: () => describeDataLink(client, id, limits),
        isDeleted: () => false,
        isListed: async () => (await listDataLinks(client, limits)).some((each) => each.id === id),
    });
}

/** Changes name, description and credentials; where a data-link leads cannot be changed. */
export async function updateDataLink(
    client: PlatformClient,
    id: string,
    changes: DataLinkChanges,
    limits: CallLimits = {},
): Promise<void> {
    await client.put(`${PATH}/${segment(id)}`, changes, { ...limits, read: object });
}

/** Deletes a data-link. The bucket and what is in it stay. */
export async function deleteDataLink(
    client: PlatformClient,
    id: string,
    limits: CallLimits = {},
): Promise<DeletionOutcome> {
    return deleteOrGone({
        remove: () => client.delete(`${PATH}/${segment(id)}`, limits),
        find: () => findDataLink(client, id, limits),
        isUnderway: () => false,
    });
}

function dataLinkExists(client: PlatformClient, { name, resourceRef }: DataLinkSpec): PlatformError {
    return new PlatformError(
        {
            kind: "conflict",
            operation: `POST ${PATH}`,
            code: "DATA_LINK_EXISTS",
            happened: "not sent, because the data-link already exists",
            remedy:
                `A data-link named "${name}" to ${resourceRef} already exists in ${workspaceText(client.workspaceId)}. ` +
                "Adopt it, delete it, or choose another name.",
        },
        createRedactor([]),
    );
}
