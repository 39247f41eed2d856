import {
    createDataLink,
    type DataLinkDto,
    deleteDataLink,
    findDataLink,
    findSameDataLink,
    isPlatformError,
    listDataLinks,
    type PlatformClient,
    updateDataLink,
} from "../../platform";
import { dataLinkDifferences, type WantedCredential } from "../../compile/adoption";
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
    type DataLinkInputs,
    type DataLinkOutputs,
    dataLinkProblems,
    dataLinkSpec,
    observedDataLink,
    providerOf,
} from "./dataLinkInputs";
import { ANSWER_LOST } from "./keptTexts";
import { KnownObjects } from "./knownObjects";
import { isLost, keepingLost, keepingUnsure } from "./lostAnswers";
import { GONE, type Provider } from "./provider";
import { configure, connect, connectFromState, settledForRead } from "./session";
import { hasUnknown, isUnknown, same, wireSafe, without, withUnknown } from "./values";

const KIND = "dataLink";
const WHAT = "data-link";
const OUTPUT_KEYS = ["region"] as const;
const WRITTEN = ["name", "description", "credentialsId", "writeInDoubt"] as const;
const LOCAL = ["endpoint", "accessToken", "allowInsecureEndpoint"] as const;

/** Data-links: https://docs.seqera.io/platform-api/data-links */
export const dataLinkProvider: Provider<DataLinkInputs, DataLinkOutputs> = {
    configure,

    check: (olds, news) =>
        checkNamed(KIND, olds, news, { problems: dataLinkProblems(news), look: lookAtAdopted, generated }),

    async diff(id, olds, news) {
        const lost = noteCompared(KIND, id, olds);
        const sameWorkspace = same(olds.workspaceId, news.workspaceId);
        const sameResource = same(olds.resourceRef, news.resourceRef);
        const replaces = [
            ...(lost ? ["id"] : []),
            ...(sameWorkspace ? [] : ["workspaceId"]),
            ...(sameResource ? [] : ["resourceRef"]),
            ...(hasUnknown([news.provider, news.resourceRef]) || olds.provider === providerOf(news)
                ? []
                : ["provider"]),
            // Whether a bucket is public is settled when its data-link is made.
            ...((olds.credentialsId === undefined) === (news.credentialsId === undefined) ? [] : ["credentialsId"]),
        ];
        const wanted = { ...news, name: nameAfterwards(olds, news) };
        const updates = [...WRITTEN, ...LOCAL].some((key) => !same(olds[key], wanted[key]));
        return {
            changes: replaces.length > 0 || updates,
            replaces,
            // A workspace has one data-link to a resource.
            deleteBeforeReplace: sameWorkspace && (sameResource || isUnknown(news.resourceRef)),
        };
    },

    async create(given) {
        const client = connect(given);
        const { id, name, region } = wantsAdoption(KIND, given)
            ? await adopt(client, given)
            : await keepingLost(
                  given.name!,
                  () => outputs(given, ""),
                  () => make(client, given),
              );
        const inputs = { ...given, name };
        KnownObjects.of(KIND, inputs).addObject(id);
        return { id, outs: outputs(inputs, region) };
    },

    async read(id, given) {
        const props = settledForRead(given, "region");
        const client = connectFromState(props);
        const inputsOf = (outs: DataLinkInputs) => without(outs as DataLinkOutputs, OUTPUT_KEYS) as DataLinkInputs;
        if (isLost(id)) {
            return (await findLost(client, props)) === undefined ? GONE : { id, props, inputs: inputsOf(props) };
        }
        rememberState(KIND, props, props, id);
        const found = await findDataLink(client, id);
        if (found === undefined) {
            return GONE;
        }
        const seen = wireSafe(observedDataLink(inputsOf(props), found));
        return { id, props: outputs(seen, found.region ?? ""), inputs: seen };
    },

    async update(id, olds, given) {
        const news = { ...given, name: nameAfterwards(olds, given) };
        if (WRITTEN.some((key) => !same(olds[key], news[key]))) {
            await keepingUnsure(
                id,
                () => ({ ...outputs(news, olds.region), writeInDoubt: ANSWER_LOST }),
                () => write(connect(given), id, news),
            );
        }
        return { outs: outputs(news, olds.region) };
    },

    async delete(given, props) {
        const client = connectFromState(props);
        const id = isLost(given) ? await findLost(client, props) : given;
        if (id !== undefined && !KnownObjects.of(KIND, props).keptByTakeover(id)) {
            await deleteDataLink(client, id);
        }
    },
};

function generated(inputs: DataLinkInputs): string | undefined {
    const { endpoint, workspaceId, resourceRef, provider } = inputs;
    return hasUnknown([endpoint, workspaceId, resourceRef, provider])
        ? undefined
        : KnownObjects.of(KIND, inputs).freeName(inputs, { resourceRef, provider: providerOf(inputs) }, KIND);
}

/** A data-link, the name that it has from now on, and the region that the Platform has found. */
interface Origin {
    id: string;
    name: string;
    region: string;
}

/** Makes the data-link, or takes over the one that a killed create left behind. */
async function make(client: PlatformClient, inputs: DataLinkInputs): Promise<Origin> {
    const known = KnownObjects.of(KIND, inputs);
    const mayTakeOver = known.reserveName(inputs.name!) && inputs.namePrefix !== undefined;
    const spec = dataLinkSpec(inputs);
    const { name } = spec;
    try {
        const { id: made } = await createDataLink(client, spec);
        return { id: made.id, name, region: made.region ?? "" };
    } catch (error) {
        const left =
            mayTakeOver && isPlatformError(error, "conflict") ? await findSameDataLink(client, spec) : undefined;
        if (left === undefined) {
            throw error;
        }
        console.log(`Data-link "${name}" already exists, left by an interrupted run; taking it over`);
        known.takeOver(left.id);
        await write(client, left.id, inputs);
        return { id: left.id, name, region: left.region ?? "" };
    }
}

/** Takes over a data-link that somebody else made. */
async function adopt(client: PlatformClient, given: DataLinkInputs): Promise<Origin> {
    const found = await lookAtAdopted(client, given);
    reserveAdopted(KIND, WHAT, given, found.id);
    // A generated name is for a data-link that is made; what is there keeps the name that people know it by.
    const name = given.namePrefix === undefined ? given.name! : found.name;
    await write(client, found.id, { ...given, name });
    return { id: found.id, name, region: found.region ?? "" };
}

/** The data-link that is to be adopted. Throws what stands against it; nothing is written before that is settled. */
async function lookAtAdopted(client: PlatformClient, given: DataLinkInputs): Promise<DataLinkDto> {
    const found = wantedAmong(KIND, WHAT, given, await listDataLinks(client));
    const provider = providerOf(given);
    if (!hasUnknown(given.resourceRef) && (found.resourceRef !== given.resourceRef || found.provider !== provider)) {
        throw new Error(
            `adopt: the data-link "${given.adopt}" leads to ${found.resourceRef} of ${found.provider}, not to ${given.resourceRef} of ${provider} (write its resourceRef and provider, or remove adopt to create a new data-link)`,
        );
    }
    refuseDifferences(WHAT, given, dataLinkDifferences(found, withUnknown(given) as WantedCredential));
    return found;
}

/** An empty description clears the one that is there. */
function write(
    client: PlatformClient,
    id: string,
    { name, description, credentialsId }: DataLinkInputs,
): Promise<void> {
    return updateDataLink(client, id, { name: name!, description: description ?? "", credentialsId });
}

/** The id of what a create made whose answer was lost, if it made anything that is still nobody's. */
async function findLost(client: PlatformClient, asked: DataLinkOutputs): Promise<string | undefined> {
    const found = await findSameDataLink(client, { ...asked, name: asked.name! });
    const isTaken = found !== undefined && KnownObjects.of(KIND, asked).isObjectTaken(found.id);
    return isTaken ? undefined : found?.id;
}

function outputs(inputs: DataLinkInputs, region: string): DataLinkOutputs {
    return wireSafe({ ...inputs, provider: providerOf(inputs)!, region });
}
