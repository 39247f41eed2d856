import { sameConfig } from "../../compile/configDiff";
import {
    type ComputeEnvDto,
    type ComputeEnvEntry,
    createComputeEnv,
    describeComputeEnv,
    findComputeEnv,
    isPlatformError,
    listComputeEnvs,
    type PlatformClient,
    updateComputeEnv,
    validateComputeEnv,
} from "../../platform";
import { reserveAdopted, wantedAmong } from "./adoption";
import {
    computeEnvOutputs,
    type ComputeEnvInputs,
    type ComputeEnvOutputs,
    createRequest,
    isAsSent,
    observedInputs,
    refuseToAdopt,
    updateRequest,
} from "./computeEnvInputs";
import { awaitAvailable, removeComputeEnv } from "./computeEnvWaits";
import { unfinishedMark } from "./keptTexts";
import { KnownObjects } from "./knownObjects";
import { logOnce } from "./log";
import { isConfigured } from "./session";

/** Where an environment comes from: made, left by a create that was killed, or adopted. */
export interface Origin {
    id: string;
    /** The name it has from now on. */
    name: string;
    /** What its description says until it is made, instead of its own. */
    mark?: string;
}

export const COMPUTE_ENV_KIND = "computeEnv";
const WHAT = "compute environment";

/**
 * Makes the environment. What killed creates of this resource have left comes first: it is taken over where it is what the
 * inputs say, and removed where it is not. After the creation nobody would look for it again.
 */
export async function make(client: PlatformClient, inputs: ComputeEnvInputs): Promise<Origin> {
    const name = inputs.name!;
    const mark = unfinishedMark(inputs);
    const there = await listPresent(client);
    const left = await resolveLeftovers(client, there, inputs);
    if (left !== undefined) {
        console.log(`Compute environment "${left.name}" already exists, left by an interrupted run; taking it over`);
        KnownObjects.of(COMPUTE_ENV_KIND, inputs).takeOver(left.id);
        // One that is marked stays so until it is made. One that is not may be in use.
        const kept = isMarked(left, inputs) ? mark : undefined;
        const origin = await bringInLine(client, left, { ...inputs, description: kept ?? inputs.description });
        return { ...origin, mark: kept };
    }
    const request = createRequest(mark === undefined ? inputs : { ...inputs, description: mark });
    // The list shows whether the name is free. A name that is taken is validated, so that the refusal says what is wrong.
    const nameKnownFree = !there.some((each) => each.name === name);
    return { id: (await createComputeEnv(client, request, { sameConfig, nameKnownFree })).id, name, mark };
}

/** Removes what is left of this resource's killed creates, but for one that is what the inputs say: that is the answer. */
async function resolveLeftovers(
    client: PlatformClient,
    there: ComputeEnvEntry[],
    inputs: ComputeEnvInputs,
): Promise<ComputeEnvDto | undefined> {
    let taken: ComputeEnvDto | undefined;
    for (const { id } of leftovers(there, inputs)) {
        const found = await findComputeEnv(client, id, { attributes: ["labels"] });
        const fits = found !== undefined && found.status !== "DELETING" && isAsSent(found, inputs);
        const marked = found !== undefined && isMarked(found, inputs);
        // Under its generated name alone one that is something else by now is somebody's.
        if (!(fits || marked) || !KnownObjects.of(COMPUTE_ENV_KIND, inputs).reserveObject(id)) {
            continue;
        }
        // Nothing mends one that ends ERRORED, and it is in no state that would have it replaced.
        const errored = fits && (await endsErrored(client, found, inputs));
        if (fits && !errored && taken === undefined) {
            taken = found;
        } else if (marked || errored) {
            await removeLeftover(client, found, inputs);
        }
    }
    return taken;
}

/**
 * What killed creates of this resource may have left: told by the mark, or by a generated name that nobody in state has, since
 * the mark goes just before the id is saved.
 */
function leftovers(there: ComputeEnvEntry[], inputs: ComputeEnvInputs): ComputeEnvEntry[] {
    const mark = unfinishedMark(inputs);
    const { name, namePrefix } = inputs;
    const isFree = KnownObjects.of(COMPUTE_ENV_KIND, inputs).reserveName(name!) && namePrefix !== undefined;
    // What another create of this process has marked is under way.
    const isFirst = mark !== undefined && KnownObjects.of(`${COMPUTE_ENV_KIND}Mark`, inputs).reserveName(mark);
    return there.filter((each) => (isFirst && each.description === mark) || (isFree && each.name === name));
}

function isMarked({ description }: Pick<ComputeEnvDto, "description">, inputs: ComputeEnvInputs): boolean {
    const mark = unfinishedMark(inputs);
    return mark !== undefined && description === mark;
}

/**
 * What killed creates of this resource have left beside it. A refresh notes it in state: where no create follows, because the
 * change that was to replace the environment is taken back or the resource goes, an update or the deletion removes it.
 */
export async function findLeftovers(
    client: PlatformClient,
    id: string,
    inputs: ComputeEnvInputs,
): Promise<Pick<ComputeEnvOutputs, "leftovers">> {
    const mark = unfinishedMark(inputs);
    if (mark === undefined) {
        return {};
    }
    const there = (await listPresent(client)).filter((each) => each.id !== id && each.description === mark);
    // One that ended ERRORED keeps the mark, and is in state until it is deleted.
    const left = there.filter((each) => !KnownObjects.of(COMPUTE_ENV_KIND, inputs).isObjectTaken(each.id));
    return left.length === 0 ? {} : { leftovers: left.map((each) => each.id) };
}

/** Removes what a refresh has noted, unless it is finished or another resource's by now. */
export async function removeLeftovers(client: PlatformClient, props: ComputeEnvOutputs): Promise<void> {
    for (const id of props.leftovers ?? []) {
        const found = await findComputeEnv(client, id);
        if (
            found !== undefined &&
            isMarked(found, props) &&
            !KnownObjects.of(COMPUTE_ENV_KIND, props).isObjectTaken(id)
        ) {
            await removeLeftover(client, found, props);
        }
    }
}

async function removeLeftover(client: PlatformClient, left: ComputeEnvDto, inputs: ComputeEnvInputs): Promise<void> {
    console.log(`Compute environment "${left.name}" was left by an interrupted run; deleting it`);
    const forceDelete = inputs.forceDelete ?? isConfigured("seqera:forceDelete");
    await removeComputeEnv(client, left.id, computeEnvOutputs({ ...inputs, name: left.name, forceDelete }, left, ""));
}

async function endsErrored(client: PlatformClient, left: ComputeEnvDto, inputs: ComputeEnvInputs): Promise<boolean> {
    const end = left.status === "CREATING" ? (await awaitAvailable(client, left.id, inputs)).found : left;
    return end?.status === "ERRORED";
}

/** What a create made whose answer was lost, if it made anything that is still nobody's. */
export async function findLost(client: PlatformClient, asked: ComputeEnvInputs): Promise<ComputeEnvDto | undefined> {
    const found = await findMade(client, asked);
    return found !== undefined && KnownObjects.of(COMPUTE_ENV_KIND, asked).isObjectTaken(found.id) ? undefined : found;
}

/** The environment that an unfinished create of these inputs has made, told by its name and configuration, or its mark. */
async function findMade(client: PlatformClient, inputs: ComputeEnvInputs): Promise<ComputeEnvDto | undefined> {
    const entry = (await listPresent(client)).find(({ name }) => name === inputs.name);
    const found = entry && (await findComputeEnv(client, entry.id, { attributes: ["labels"] }));
    const mark = unfinishedMark(inputs);
    const isOurs = inputs.namePrefix !== undefined || mark === undefined || found?.description === mark;
    return found !== undefined && isOurs && isAsSent(found, inputs) ? found : undefined;
}

/** Takes over an environment that somebody else made, if it is what the inputs say. */
export async function adopt(client: PlatformClient, inputs: ComputeEnvInputs): Promise<Origin> {
    const found = await lookAtAdopted(client, inputs);
    reserveAdopted(COMPUTE_ENV_KIND, WHAT, inputs, found.id);
    // A generated name is for environments that are made; what is there keeps the name that people know it by.
    return bringInLine(client, found, inputs.namePrefix === undefined ? inputs : { ...inputs, name: found.name });
}

/** The environment that is to be adopted. Throws what stands against it; nothing is written before that is settled. */
export async function lookAtAdopted(client: PlatformClient, inputs: ComputeEnvInputs): Promise<ComputeEnvDto> {
    const { adopt: wanted } = inputs;
    const there = await listPresent(client);
    const { id } = wantedAmong(COMPUTE_ENV_KIND, WHAT, inputs, there);
    const found = await describeComputeEnv(client, id, { attributes: ["labels"] });
    if (found.status === "DELETING") {
        throw new Error(`adopt: the compute environment "${wanted}" is being deleted (remove adopt)`);
    }
    refuseToAdopt(WHAT, found, inputs);
    if (found.primary) {
        logOnce(
            `Compute environment "${found.name}" is the primary environment of its workspace; set \`primary: true\` (a PrimaryComputeEnv) to keep it primary when it is replaced`,
        );
    }
    return found;
}

/** All environments of the workspace, but for those that are gone. */
async function listPresent(client: PlatformClient): Promise<ComputeEnvEntry[]> {
    return (await listComputeEnvs(client)).filter(({ status }) => status !== "DELETED");
}

/** Gives an existing environment the name, credential and so on of the inputs. */
async function bringInLine(client: PlatformClient, found: ComputeEnvDto, inputs: ComputeEnvInputs): Promise<Origin> {
    const request = updateRequest(observedInputs(inputs, found), inputs);
    if (request !== undefined) {
        await updateComputeEnv(client, found.id, request);
    }
    try {
        await validateAgain(client, found);
    } catch (error) {
        // Whoever waits for it next sees that it is still INVALID, and has it kept in state with the reason.
        if (!isPlatformError(error)) {
            throw error;
        }
    }
    return { id: found.id, name: inputs.name! };
}

/** Has an environment that is INVALID looked at once more. */
export async function validateAgain(client: PlatformClient, { id, status }: ComputeEnvDto): Promise<void> {
    if (status === "INVALID") {
        await validateComputeEnv(client, id, { force: true });
    }
}
