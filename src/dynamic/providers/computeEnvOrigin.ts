import { sameConfig } from "../../compile/computeConfig";
import {
    type ComputeEnvDto,
    createComputeEnv,
    describeComputeEnv,
    findComputeEnv,
    isPlatformError,
    listComputeEnvs,
    type PlatformClient,
    updateComputeEnv,
    validateComputeEnv,
} from "../../platform";
import { claimAdopted, wantedAmong } from "./adoption";
import {
    computeEnvOutputs,
    type ComputeEnvInputs,
    createRequest,
    isAsSent,
    observedInputs,
    refuseToAdopt,
    unfinishedMark,
    updateRequest,
} from "./computeEnvInputs";
import { awaitAvailable, removeComputeEnv } from "./computeEnvWaits";
import { claimName, isKnownId, noteTakeover } from "./knownNames";
import { sayOnce } from "./say";

/** Where an environment comes from: made, found again after a create that was killed, or adopted. */
export interface Origin {
    id: string;
    /** The name it has from now on. */
    name: string;
    /** What its description says until it is made, instead of its own. */
    mark?: string;
}

export const COMPUTE_ENV_NAMES = "computeEnv";
const WHAT = "compute environment";

/** Makes the environment, or takes over the one that a killed create of exactly this one left behind. */
export async function make(client: PlatformClient, inputs: ComputeEnvInputs): Promise<Origin> {
    const name = inputs.name!;
    const mark = unfinishedMark(inputs);
    const mayTakeOver = claimName(COMPUTE_ENV_NAMES, inputs, name) && (inputs.namePrefix ?? mark) !== undefined;
    const request = createRequest(mark === undefined ? inputs : { ...inputs, description: mark });
    try {
        return { id: (await createComputeEnv(client, request, { sameConfig })).id, name, mark };
    } catch (error) {
        if (!mayTakeOver || !isPlatformError(error, "conflict")) {
            throw error;
        }
        const left = await findMade(client, inputs);
        if (left === undefined || left.status === "DELETING") {
            throw error;
        }
        const there = `Compute environment "${name}" is there already, left by a run that was interrupted`;
        if (await endsErrored(client, left, inputs)) {
            // Nothing mends it, and it is in no state that would have it replaced.
            console.log(`${there}, and ERRORED; making it anew`);
            await removeComputeEnv(client, left.id, computeEnvOutputs(inputs, left, ""));
            return { id: (await createComputeEnv(client, request, { sameConfig })).id, name, mark };
        }
        console.log(`${there}; taking it over`);
        noteTakeover(COMPUTE_ENV_NAMES, inputs, left.id);
        // Its description goes on saying so until it is made.
        const origin = await bringInLine(client, left, { ...inputs, name, description: mark ?? inputs.description });
        return { ...origin, mark };
    }
}

async function endsErrored(client: PlatformClient, left: ComputeEnvDto, inputs: ComputeEnvInputs): Promise<boolean> {
    const end = left.status === "CREATING" ? (await awaitAvailable(client, left.id, inputs)).found : left;
    return end?.status === "ERRORED";
}

/** What a create made whose answer was lost, if it made anything that is still nobody's. */
export async function findLost(client: PlatformClient, asked: ComputeEnvInputs): Promise<ComputeEnvDto | undefined> {
    const found = await findMade(client, asked);
    return found !== undefined && isKnownId(COMPUTE_ENV_NAMES, asked, found.id) ? undefined : found;
}

/** The environment that an unfinished create of these inputs has made, told by its name, mark and configuration. */
async function findMade(client: PlatformClient, inputs: ComputeEnvInputs): Promise<ComputeEnvDto | undefined> {
    const found = await find(client, ({ name }) => name === inputs.name);
    const mark = unfinishedMark(inputs);
    const ours = found !== undefined && (mark === undefined || found.description === mark);
    return ours && isAsSent(found, inputs) ? found : undefined;
}

/** Takes over an environment that somebody else made, if it is what the inputs say. */
export async function adopt(client: PlatformClient, inputs: ComputeEnvInputs): Promise<Origin> {
    const found = await lookAtAdopted(client, inputs);
    claimAdopted(COMPUTE_ENV_NAMES, WHAT, inputs, found.id);
    // A generated name is for environments that are made; what is there keeps the name that people know it by.
    return bringInLine(client, found, inputs.namePrefix === undefined ? inputs : { ...inputs, name: found.name });
}

/** The environment that is to be adopted. Throws what stands against it; nothing is written before that is settled. */
export async function lookAtAdopted(client: PlatformClient, inputs: ComputeEnvInputs): Promise<ComputeEnvDto> {
    const { adopt: wanted } = inputs;
    const there = (await listComputeEnvs(client)).filter(({ status }) => status !== "DELETED");
    const { id } = wantedAmong(COMPUTE_ENV_NAMES, WHAT, inputs, there);
    const found = await describeComputeEnv(client, id, { attributes: ["labels"] });
    if (found.status === "DELETING") {
        throw new Error(`adopt: the compute environment "${wanted}" is being deleted; leave adopt out.`);
    }
    refuseToAdopt(WHAT, found, inputs);
    if (found.primary) {
        sayOnce(
            `Compute environment "${found.name}" is the primary one of its workspace; \`primary: true\` (a PrimaryComputeEnv) keeps that through a replacement`,
        );
    }
    return found;
}

/** The first environment of the list that is the one, with its labels; one that goes meanwhile is none. */
async function find(
    client: PlatformClient,
    isIt: (entry: { name: string }) => boolean,
): Promise<ComputeEnvDto | undefined> {
    const entry = (await listComputeEnvs(client)).find((each) => each.status !== "DELETED" && isIt(each));
    return entry === undefined ? undefined : findComputeEnv(client, entry.id, { attributes: ["labels"] });
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
