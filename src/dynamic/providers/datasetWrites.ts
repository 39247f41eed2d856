/** What brings a dataset to what the program wants, step by step: what was written when a step fails is in state. */

import {
    applyDatasetLabels,
    currentVersion,
    type DatasetVersionDto,
    disableDatasetVersion,
    downloadDatasetVersion,
    ensureLabels,
    isPlatformError,
    linkDatasetVersion,
    listDatasetVersions,
    type PlatformClient,
    updateDataset,
    uploadDatasetVersion,
} from "../../platform";
import { contentOf, type DatasetInputs, type DatasetOutputs, fileNameOf, mediaTypeOf, sha256 } from "./datasetInputs";
import { ANSWER_LOST } from "./keptTexts";
import { Unfinished } from "./provider";
import { same, wireSafe } from "./values";

export const OUTPUT_KEYS = ["sourceType", "version", "url", "mediaType"] as const;

/** What is written to the Platform, and so in state what was written. */
export const WRITTEN = [
    "name",
    "description",
    "contentSha256",
    "linkedUrl",
    "hasHeader",
    "fileName",
    "labels",
    "labelIds",
    "disableFormerVersions",
    "writeInDoubt",
] as const satisfies (keyof DatasetInputs)[];

type Written = (typeof WRITTEN)[number];

const DETAILS: readonly Written[] = ["name", "description"];
const CONTENT: readonly Written[] = ["contentSha256", "linkedUrl", "hasHeader", "fileName"];
const LABELS: readonly Written[] = ["labels", "labelIds"];

/** The properties in which two states of a dataset differ; what is left out is what it is by default. */
export function changedDataset(a: DatasetInputs, b: DatasetInputs): Written[] {
    return WRITTEN.filter((key) => !same(comparable(a, key), comparable(b, key)));
}

function comparable(inputs: DatasetInputs, key: Written): unknown {
    const value = inputs[key];
    switch (key) {
        case "hasHeader":
            return value ?? true;
        case "disableFormerVersions":
            return value ?? false;
        case "labels":
        case "labelIds":
            return Array.isArray(value) ? [...value].map(String).sort() : value;
        default:
            return value;
    }
}

/** A change of a dataset, whose state `was`; one that is new is kept in state, whatever fails. */
interface Change {
    was: DatasetOutputs;
    news: DatasetInputs;
    isNew: boolean;
}

export async function writeDataset(
    client: PlatformClient,
    id: string,
    { was, news, isNew }: Change,
): Promise<DatasetOutputs> {
    const inDoubt = was.writeInDoubt !== undefined;
    const changed = changedDataset(was, news);
    const needs = (keys: readonly Written[]): boolean => changed.some((key) => keys.includes(key));
    let now: DatasetOutputs = { ...news, ...pick(was, [...WRITTEN, ...OUTPUT_KEYS]) };
    let hasWritten = isNew;

    const step = async (write: () => Promise<Partial<DatasetOutputs>>): Promise<void> => {
        try {
            now = { ...now, ...(await write()) };
            hasWritten = true;
        } catch (error) {
            const isDoubtful = isPlatformError(error) && error.mayHaveTakenEffect;
            if (!isDoubtful && !hasWritten) {
                throw error;
            }
            const kept = isDoubtful ? { ...now, writeInDoubt: ANSWER_LOST } : now;
            throw new Unfinished(id, wireSafe(kept), (error as Error).message);
        }
    };

    if (needs(DETAILS) || inDoubt) {
        await step(async () => {
            await updateDataset(client, id, { name: news.name!, description: news.description ?? "" });
            return { name: news.name, description: news.description };
        });
    }
    const isOther = needs(CONTENT) || inDoubt || now.version === 0;
    if (isOther) {
        await step(async () => {
            const version =
                (inDoubt ? await findWanted(client, id, news) : undefined) ??
                (await addVersion(client, id, now.version, news));
            return {
                ...pick(news, CONTENT),
                version: version.version,
                url: version.url ?? "",
                mediaType: version.mediaType ?? mediaTypeOf(news) ?? "",
            };
        });
    }
    const isDue = news.disableFormerVersions === true && (isOther || needs(["disableFormerVersions"]));
    if (isDue && now.version > 1) {
        await step(async () => {
            await disableFormer(client, id, now.version);
            return { disableFormerVersions: true };
        });
    }
    if (needs(LABELS) || (inDoubt && LABELS.some((key) => news[key] !== undefined))) {
        await step(async () => {
            const named = await ensureLabels(client, news.labels ?? []);
            await applyDatasetLabels(client, id, [...new Set([...named, ...(news.labelIds ?? [])])]);
            return pick(news, LABELS);
        });
    }
    return wireSafe({ ...news, ...pick(now, OUTPUT_KEYS) });
}

function pick<K extends keyof DatasetOutputs>(
    from: Partial<DatasetOutputs>,
    keys: readonly K[],
): Pick<DatasetOutputs, K> {
    return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<DatasetOutputs, K>;
}

function addVersion(
    client: PlatformClient,
    id: string,
    after: number,
    news: DatasetInputs,
): Promise<DatasetVersionDto> {
    const hasHeader = news.hasHeader ?? true;
    if (news.linkedUrl !== undefined) {
        return linkDatasetVersion(client, id, { url: news.linkedUrl, hasHeader }, { after });
    }
    const content = contentOf(news.contentSha256!);
    const file = { name: fileNameOf(news), mediaType: mediaTypeOf(news)!, content };
    return uploadDatasetVersion(client, id, file, { after, hasHeader });
}

/** The current version, if it is what is wanted already: one whose answer was lost. */
async function findWanted(
    client: PlatformClient,
    id: string,
    news: DatasetInputs,
): Promise<DatasetVersionDto | undefined> {
    const current = currentVersion(await listDatasetVersions(client, id));
    if (current === undefined || (current.hasHeader ?? true) !== (news.hasHeader ?? true)) {
        return undefined;
    }
    const isWanted =
        news.linkedUrl !== undefined
            ? current.linkedSource?.url === news.linkedUrl
            : current.fileName === fileNameOf(news) &&
              sha256(await downloadDatasetVersion(client, id, current)) === news.contentSha256;
    return isWanted ? current : undefined;
}

async function disableFormer(client: PlatformClient, id: string, current: number): Promise<void> {
    for (const { version, disabled } of await listDatasetVersions(client, id)) {
        if (version !== current && disabled !== true) {
            await disableDatasetVersion(client, id, version);
        }
    }
}
