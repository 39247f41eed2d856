/** Datasets and their versions: https://docs.seqera.io/platform-api (tag `datasets`). No version can be deleted. */

import type { PlatformClient, UploadFile } from "./platformClient";
import { createOnce, type Created, type CreateOnceSettings, type Sighting } from "./createOnce";
import type { DatasetChanges, DatasetDto, DatasetSpec, DatasetVersionDto, LinkSpec } from "./dataTypes";
import { workspaceText } from "./diagnose";
import { PlatformError } from "./errors";
import { allPages, totalSize } from "./paging";
import { deleteOrGone, type DeletionOutcome, findOrGone } from "./presence";
import { createRedactor } from "./redact";
import type { CallLimits } from "./settings";
import { list, object, segment, shaped } from "./shapes";

const PATH = "/datasets";

/** So much of a content is kept out of messages: an answer that repeats some of it repeats its beginning. */
const HIDDEN_BYTES = 16 * 1024;

/** Every dataset, hidden ones too, page by page. */
export async function listDatasets(
    client: PlatformClient,
    options: CallLimits & { search?: string; attributes?: readonly "labels"[] } = {},
): Promise<DatasetDto[]> {
    const { search, attributes, ...limits } = options;
    return allPages<DatasetDto>(
        ({ id }) => id,
        (page) =>
            client.get(PATH, {
                ...limits,
                query: { search, attributes, visibility: "all", ...page },
                read: (body) => ({
                    entries: list<DatasetDto>(body, "datasets", { id: "string", name: "string" }),
                    totalSize: totalSize(body),
                }),
            }),
    );
}

export async function findDatasetByName(
    client: PlatformClient,
    name: string,
    limits: CallLimits = {},
): Promise<DatasetDto | undefined> {
    const candidates = await listDatasets(client, { ...limits, search: name });
    return candidates.find((each) => each.name === name && each.deleted !== true);
}

/** Makes a dataset without content, once: what a lost answer left behind is found again by its name. */
export async function createDataset(
    client: PlatformClient,
    dataset: DatasetSpec,
    options: CallLimits & { createOnce?: Partial<CreateOnceSettings> } = {},
): Promise<Created<string>> {
    const { createOnce: settings, ...limits } = options;
    // The API has no call that validates a name, and what a lost answer left is ours only if the name was free.
    if ((await findDatasetByName(client, dataset.name, limits)) !== undefined) {
        throw nameTaken(client, dataset.name);
    }
    return createOnce({
        post: () =>
            client.post(PATH, dataset, {
                ...limits,
                read: (body) => shaped<{ id: string }>(object(body).dataset, { id: "string" }, "the dataset").id,
                remedies: nameRemedies(client, dataset.name),
            }),
        lookUp: async (lookUpLimits): Promise<Sighting<string>> => {
            const found = await findDatasetByName(client, dataset.name, lookUpLimits);
            if (found === undefined) {
                return { seen: "nothing" };
            }
            const isOurs = (found.sourceType ?? dataset.sourceType) === dataset.sourceType && !found.mediaType;
            return isOurs
                ? { seen: "ours", id: found.id }
                : { seen: "foreign", error: nameTaken(client, dataset.name) };
        },
        settings: { signal: limits.signal, ...settings },
    });
}

/** The dataset with its labels. */
export async function describeDataset(
    client: PlatformClient,
    id: string,
    limits: CallLimits = {},
): Promise<DatasetDto> {
    return client.get(`${PATH}/${segment(id)}/metadata`, {
        ...limits,
        query: { attributes: ["labels"] },
        read: (body) => shaped<DatasetDto>(object(body).dataset, { id: "string", name: "string" }, "the dataset"),
    });
}

/** The dataset with its labels, or undefined when it is gone for certain (see `findOrGone`). */
export async function findDataset(
    client: PlatformClient,
    id: string,
    limits: CallLimits = {},
): Promise<DatasetDto | undefined> {
    return findOrGone({
        describe: () => describeDataset(client, id, limits),
        isDeleted: ({ deleted }) => deleted === true,
        isListed: async () =>
            (await listDatasets(client, limits)).some((each) => each.id === id && each.deleted !== true),
    });
}

/** Changes name and description. An empty description clears the one that is there. */
export async function updateDataset(
    client: PlatformClient,
    id: string,
    changes: DatasetChanges,
    limits: CallLimits = {},
): Promise<void> {
    const remedies = nameRemedies(client, changes.name);
    await client.put(`${PATH}/${segment(id)}`, changes, { ...limits, remedies });
}

export async function deleteDataset(
    client: PlatformClient,
    id: string,
    limits: CallLimits = {},
): Promise<DeletionOutcome> {
    return deleteOrGone({
        remove: () => client.delete(`${PATH}/${segment(id)}`, limits),
        find: () => findDataset(client, id, limits),
        isUnderway: ({ deleted }) => deleted === true,
    });
}

/** Has the dataset carry these labels and no others. */
export async function applyDatasetLabels(
    client: PlatformClient,
    id: string,
    labelIds: readonly number[],
    limits: CallLimits = {},
): Promise<void> {
    await client.post(`${PATH}/labels/apply`, { datasetIds: [id], labelIds }, { ...limits, idempotent: true });
}

/** All versions of a dataset, disabled ones too; the API does not page this list. */
export async function listDatasetVersions(
    client: PlatformClient,
    id: string,
    limits: CallLimits = {},
): Promise<DatasetVersionDto[]> {
    return client.get(`${PATH}/${segment(id)}/versions`, {
        ...limits,
        read: (body) => list<DatasetVersionDto>(body, "versions", { version: "number" }),
    });
}

/** The version that new runs take: the newest that is not disabled. */
export function currentVersion(versions: readonly DatasetVersionDto[]): DatasetVersionDto | undefined {
    return versions
        .filter(({ disabled }) => disabled !== true)
        .reduce<DatasetVersionDto | undefined>(
            (newest, each) => (newest === undefined || each.version > newest.version ? each : newest),
            undefined,
        );
}

/** What an uploaded version contains. */
export async function downloadDatasetVersion(
    client: PlatformClient,
    id: string,
    { version, fileName }: DatasetVersionDto,
    limits: CallLimits = {},
): Promise<Buffer> {
    return client.get(`${PATH}/${segment(id)}/v/${version}/n/${segment(fileName ?? "")}`, {
        ...limits,
        isFile: true,
        read: (bytes) => bytes as Buffer,
    });
}

export interface AddVersionOptions extends CallLimits {
    /** The newest version that is known of: one that a lost answer left is a later one. */
    after: number;
    createOnce?: Partial<CreateOnceSettings>;
}

/** Adds a version with this content, once: what a lost answer left behind is found again by what it contains. */
export async function uploadDatasetVersion(
    client: PlatformClient,
    id: string,
    file: UploadFile,
    options: AddVersionOptions & { hasHeader: boolean },
): Promise<DatasetVersionDto> {
    const { hasHeader, ...others } = options;
    return addVersion(client, id, others, {
        post: (limits) =>
            client.upload(`${PATH}/${segment(id)}/upload`, file, {
                ...limits,
                query: { header: hasHeader },
                read: versionOf,
                secrets: [file.content.subarray(0, HIDDEN_BYTES).toString("utf8")],
            }),
        isOurs: async (found, limits) =>
            found.fileName === file.name &&
            (found.fileSize ?? file.content.length) === file.content.length &&
            (found.hasHeader ?? hasHeader) === hasHeader &&
            file.content.equals(await downloadDatasetVersion(client, id, found, limits)),
    });
}

/** Adds a version that links to an address, once. */
export async function linkDatasetVersion(
    client: PlatformClient,
    id: string,
    link: LinkSpec,
    options: AddVersionOptions,
): Promise<DatasetVersionDto> {
    return addVersion(client, id, options, {
        post: (limits) => client.post(`${PATH}/${segment(id)}/link`, link, { ...limits, read: versionOf }),
        isOurs: async (found) =>
            found.linkedSource?.url === link.url && (found.hasHeader ?? link.hasHeader) === link.hasHeader,
    });
}

async function addVersion(
    client: PlatformClient,
    id: string,
    { after, createOnce: settings, ...limits }: AddVersionOptions,
    how: {
        post: (limits: CallLimits) => Promise<DatasetVersionDto>;
        isOurs: (found: DatasetVersionDto, limits: CallLimits) => Promise<boolean>;
    },
): Promise<DatasetVersionDto> {
    const created = await createOnce<DatasetVersionDto>({
        post: () => how.post(limits),
        lookUp: async (lookUpLimits) => {
            const newer = (await listDatasetVersions(client, id, lookUpLimits)).filter(
                ({ version, disabled }) => version > after && disabled !== true,
            );
            for (const found of newer) {
                if (await how.isOurs(found, lookUpLimits)) {
                    return { seen: "ours", id: found };
                }
            }
            return { seen: "nothing" };
        },
        settings: { signal: limits.signal, ...settings },
    });
    return created.id;
}

/** Disables a version for ever: no new run can take it. */
export async function disableDatasetVersion(
    client: PlatformClient,
    id: string,
    version: number,
    limits: CallLimits = {},
): Promise<void> {
    const path = `${PATH}/${segment(id)}/versions/${version}/disable`;
    await client.post(path, {}, { ...limits, idempotent: true });
}

function versionOf(body: unknown): DatasetVersionDto {
    return shaped<DatasetVersionDto>(object(body).version, { version: "number" }, "the version");
}

function nameRemedies(client: PlatformClient, name: string): { conflict: string } {
    return {
        conflict:
            `A dataset named "${name}" already exists in ${workspaceText(client.workspaceId)}. ` +
            "Choose another name, delete that dataset, or adopt it.",
    };
}

function nameTaken(client: PlatformClient, name: string): PlatformError {
    return new PlatformError(
        {
            kind: "conflict",
            operation: `POST ${PATH}`,
            code: "NAME_TAKEN",
            happened: `not sent, because the name is taken`,
            remedy: nameRemedies(client, name).conflict,
        },
        createRedactor([]),
    );
}
