import {
    createDataset,
    currentVersion,
    type DatasetDto,
    type DatasetVersionDto,
    deleteDataset,
    downloadDatasetVersion,
    findDataset,
    findDatasetByName,
    isPlatformError,
    listDatasets,
    listDatasetVersions,
    type PlatformClient,
} from "../../platform";
import { datasetDifferences, type WantedCredential } from "../../compile/adoption";
import {
    checkNamed,
    nameAfterwards,
    noteCompared,
    refuseDifferences,
    rememberState,
    reserveAdopted,
    wantedAmong,
    wantsAdoption,
} from "./adoption";
import {
    acceptDataset,
    type DatasetInputs,
    type DatasetOutputs,
    isOtherFormat,
    mediaTypeOf,
    sha256,
    sourceOf,
} from "./datasetInputs";
import { changedDataset, OUTPUT_KEYS, WRITTEN, writeDataset } from "./datasetWrites";
import { KnownObjects } from "./knownObjects";
import { isLost, keepingLost } from "./lostAnswers";
import { GONE, type Provider } from "./provider";
import { configure, connect, connectFromState, settledForRead } from "./session";
import { isUnknown, observedText, same, wireSafe, without, withUnknown } from "./values";

const KIND = "dataset";
const WHAT = "dataset";
const LOCAL = ["endpoint", "accessToken", "allowInsecureEndpoint", "file"] as const;

/** Datasets: https://docs.seqera.io/platform-api/datasets. State has a digest of the content, and `check` sees the content itself. */
export const datasetProvider: Provider<DatasetInputs, DatasetOutputs> = {
    configure,

    async check(olds, news) {
        const { inputs, failures } = acceptDataset(news);
        return checkNamed(KIND, olds, inputs, { problems: failures, look: lookAtAdopted, generated });
    },

    async diff(id, olds, news) {
        const lost = noteCompared(KIND, id, olds);
        const otherSource = olds.sourceType !== sourceOf(news);
        const otherFormat = isOtherFormat(olds.mediaType, mediaTypeOf(news));
        const replaces = [
            ...(lost ? ["id"] : []),
            ...(same(olds.workspaceId, news.workspaceId) ? [] : ["workspaceId"]),
            ...(otherSource ? ["linkedUrl"] : otherFormat ? ["fileName"] : []),
        ];
        const wanted = { ...news, name: nameAfterwards(olds, news) };
        const updates = LOCAL.some((key) => !same(olds[key], wanted[key])) || changedDataset(olds, wanted).length > 0;
        return {
            changes: replaces.length > 0 || updates,
            replaces,
            deleteBeforeReplace: news.namePrefix === undefined && (isUnknown(news.name) || news.name === olds.name),
        };
    },

    async create(given) {
        const client = connect(given);
        const { id, was } = wantsAdoption(KIND, given)
            ? await adopt(client, given)
            : await keepingLost(
                  given.name!,
                  () => empty(given),
                  () => make(client, given),
              );
        // A generated name is for a dataset that is made; what is adopted keeps the name that people know it by.
        const inputs = given.namePrefix === undefined ? given : { ...given, name: was.name };
        KnownObjects.of(KIND, inputs).addObject(id);
        return { id, outs: await writeDataset(client, id, { was, news: inputs, isNew: true }) };
    },

    async read(id, given) {
        const props = settledForRead(given, "version");
        const client = connectFromState(props);
        if (isLost(id)) {
            return (await findLost(client, props)) === undefined
                ? GONE
                : { id, props, inputs: without(props, OUTPUT_KEYS) };
        }
        rememberState(KIND, props, props, id);
        const found = await findDataset(client, id);
        if (found === undefined) {
            return GONE;
        }
        const seen = wireSafe(await observed(client, props, found));
        return { id, props: seen, inputs: without(seen, OUTPUT_KEYS) };
    },

    async update(id, olds, given) {
        const news = { ...given, name: nameAfterwards(olds, given) };
        return { outs: await writeDataset(connect(given), id, { was: olds, news, isNew: false }) };
    },

    async delete(given, props) {
        const client = connectFromState(props);
        const id = isLost(given) ? await findLost(client, props) : given;
        if (id !== undefined && !KnownObjects.of(KIND, props).keptByTakeover(id)) {
            await deleteDataset(client, id);
        }
    },
};

function generated(inputs: DatasetInputs): string | undefined {
    const known = !isUnknown(inputs.endpoint) && !isUnknown(inputs.workspaceId);
    const content = { sourceType: sourceOf(inputs), mediaType: mediaTypeOf({ ...inputs, name: "" }) };
    return known ? KnownObjects.of(KIND, inputs).freeName(inputs, content, KIND) : undefined;
}

/** A dataset and what state has of it as yet. */
interface Origin {
    id: string;
    was: DatasetOutputs;
}

/** A dataset that has just been made: what the program wants beside its name and description is still to be written. */
function empty(inputs: DatasetInputs): DatasetOutputs {
    const kept = without(
        inputs,
        WRITTEN.filter((key) => key !== "name" && key !== "description"),
    ) as DatasetInputs;
    return { ...kept, sourceType: sourceOf(inputs), version: 0, url: "", mediaType: "" };
}

/** Makes the dataset, or takes over the one that a killed create left behind. */
async function make(client: PlatformClient, inputs: DatasetInputs): Promise<Origin> {
    const name = inputs.name!;
    const known = KnownObjects.of(KIND, inputs);
    const mayTakeOver = known.reserveName(name) && inputs.namePrefix !== undefined;
    const was = empty(inputs);
    try {
        const { sourceType } = was;
        return { id: (await createDataset(client, { name, description: inputs.description, sourceType })).id, was };
    } catch (error) {
        const left =
            mayTakeOver && isPlatformError(error, "conflict") ? await findDatasetByName(client, name) : undefined;
        if (left === undefined || (left.sourceType ?? was.sourceType) !== was.sourceType) {
            throw error;
        }
        console.log(`Dataset "${name}" already exists, left by an interrupted run; taking it over`);
        known.takeOver(left.id);
        const found = (await findDataset(client, left.id)) ?? left;
        return { id: left.id, was: await observed(client, { ...inputs, version: 0 }, found) };
    }
}

/** Takes over a dataset that somebody else made. */
async function adopt(client: PlatformClient, given: DatasetInputs): Promise<Origin> {
    const found = await lookAtAdopted(client, given);
    reserveAdopted(KIND, WHAT, given, found.id);
    return { id: found.id, was: await observed(client, { ...given, version: 0 }, found) };
}

/** The dataset that is to be adopted. Throws what stands against it; nothing is written before that is settled. */
async function lookAtAdopted(client: PlatformClient, given: DatasetInputs): Promise<DatasetDto> {
    const there = (await listDatasets(client, { attributes: ["labels"] })).filter(({ deleted }) => deleted !== true);
    const found = wantedAmong(KIND, WHAT, given, there);
    const [source, format] = [sourceOf(given), mediaTypeOf(given)];
    const fault =
        (found.sourceType ?? source) !== source
            ? `has the source ${found.sourceType}, not ${source} (write ${source === "LINKED" ? "content or file" : "linkedUrl"}`
            : isOtherFormat(found.mediaType, format)
              ? `has the media type ${found.mediaType}, not ${format} (write a fileName of that format`
              : undefined;
    if (fault !== undefined) {
        throw new Error(`adopt: the dataset "${given.adopt}" ${fault}, or remove adopt to create a new dataset)`);
    }
    refuseDifferences(WHAT, given, datasetDifferences(found, withUnknown(given) as WantedCredential));
    return found;
}

/** The id of what a create made whose answer was lost, if it made anything that is still nobody's. */
async function findLost(client: PlatformClient, asked: DatasetOutputs): Promise<string | undefined> {
    const found = await findDatasetByName(client, asked.name!);
    const isTaken = found !== undefined && KnownObjects.of(KIND, asked).isObjectTaken(found.id);
    return isTaken ? undefined : found?.id;
}

/** The dataset as the Platform shows it now: in the words of what is known, where they mean the same. */
async function observed(
    client: PlatformClient,
    known: DatasetInputs & Partial<DatasetOutputs>,
    found: DatasetDto,
): Promise<DatasetOutputs> {
    const versions = await listDatasetVersions(client, found.id);
    const current = currentVersion(versions);
    const former = versions.some(({ version, disabled }) => disabled !== true && version !== current?.version);
    const { disableFormerVersions } = known;
    return {
        ...without(known, WRITTEN),
        ...(known.writeInDoubt === undefined ? {} : { writeInDoubt: known.writeInDoubt }),
        ...(disableFormerVersions === undefined ? {} : { disableFormerVersions: disableFormerVersions && !former }),
        name: found.name,
        ...observedText("description", known.description, found.description),
        ...observedLabels(known, found),
        ...(await observedContent(client, known, found, current)),
        sourceType: found.sourceType === "LINKED" ? "LINKED" : "UPLOADED",
        version: current?.version ?? 0,
        url: current?.url ?? "",
        mediaType: current?.mediaType ?? found.mediaType ?? "",
    };
}

/** Nothing of a version changes, so only another one has to be looked into. */
async function observedContent(
    client: PlatformClient,
    known: DatasetInputs & Partial<DatasetOutputs>,
    found: DatasetDto,
    current: DatasetVersionDto | undefined,
): Promise<Partial<DatasetOutputs>> {
    const { contentSha256, linkedUrl, hasHeader, fileName } = known;
    if (current === undefined) {
        return {};
    }
    if (current.version === known.version) {
        return { contentSha256, linkedUrl, hasHeader, fileName };
    }
    const shown = current.hasHeader ?? true;
    return {
        ...(found.sourceType === "LINKED"
            ? { linkedUrl: current.linkedSource?.url ?? "" }
            : { contentSha256: sha256(await downloadDatasetVersion(client, found.id, current)) }),
        hasHeader: shown === (hasHeader ?? true) ? hasHeader : shown,
        fileName: fileName === undefined ? undefined : (current.fileName ?? fileName),
    };
}

/** The labels that are managed, if any are, as far as the Platform shows them: the program's first, then those of others. */
function observedLabels(
    { labels, labelIds }: DatasetInputs,
    { labels: shown }: DatasetDto,
): Pick<DatasetInputs, "labels" | "labelIds"> {
    if ((labels === undefined && labelIds === undefined) || !shown) {
        return { labels, labelIds };
    }
    const names = (labels ?? []).filter((name) => shown.some((each) => each.name === name));
    const ids = (labelIds ?? []).filter((id) => shown.some((each) => each.id === id));
    const others = shown.filter(({ id, name }) => !names.includes(name) && !ids.includes(id));
    const all = [...names, ...others.map(({ name }) => name)];
    return {
        labels: labels === undefined && all.length === 0 ? undefined : all,
        labelIds: labelIds === undefined ? undefined : ids,
    };
}
