import {
    type ComputeEnvDto,
    createComputeEnv,
    describeComputeEnv,
    isPlatformError,
    listComputeEnvs,
    type PlatformClient,
    updateComputeEnv,
} from "../../platform";
import {
    adoptionFaults,
    type ComputeEnvInputs,
    createRequest,
    observedInputs,
    updateRequest,
} from "./computeEnvInputs";
import { claimName, isKnownName, noteTakeover, rememberName } from "./knownNames";

/** Where an environment comes from: made, found again after a create that was killed, or adopted. */
interface Origin {
    id: string;
    /** The name it has from now on. */
    name: string;
}

export const COMPUTE_ENV_NAMES = "computeEnv";
const IDS = "computeEnvId";
const ADOPTED = "computeEnvAdopt";

/** Notes what state says of an environment, so that no create of this process takes it for its own. */
export function rememberState(
    connection: ComputeEnvInputs,
    { name, adopt }: Partial<ComputeEnvInputs>,
    id?: string,
): void {
    for (const [kind, known] of [
        [COMPUTE_ENV_NAMES, name],
        [ADOPTED, adopt],
        [IDS, id],
    ] as const) {
        if (known !== undefined) {
            rememberName(kind, connection, known);
        }
    }
}

/** Whether to adopt. What has been adopted before is in state, and a replacement must be another environment. */
export function wantsAdoption(inputs: ComputeEnvInputs): boolean {
    return inputs.adopt !== undefined && !isKnownName(ADOPTED, inputs, inputs.adopt);
}

/** Makes the environment, or takes over the one that a killed create of exactly this one left behind. */
export async function make(client: PlatformClient, inputs: ComputeEnvInputs): Promise<Origin> {
    const name = inputs.name!;
    const mayTakeOver = claimName(COMPUTE_ENV_NAMES, inputs, name) && inputs.namePrefix !== undefined;
    try {
        return { id: (await createComputeEnv(client, createRequest(inputs))).id, name };
    } catch (error) {
        if (!mayTakeOver || !isPlatformError(error, "conflict")) {
            throw error;
        }
        const left = await find(client, (entry) => entry.name === name);
        if (left === undefined || left.status === "DELETING" || adoptionFaults(left, inputs).length > 0) {
            throw error;
        }
        console.log(
            `Compute environment "${name}" is there already, left by a run that was interrupted; taking it over`,
        );
        noteTakeover(COMPUTE_ENV_NAMES, inputs, left.id);
        return bringInLine(client, left, { ...inputs, name });
    }
}

/** Takes over an environment that somebody else made, if it is what the inputs say. */
export async function adopt(client: PlatformClient, inputs: ComputeEnvInputs): Promise<Origin> {
    const wanted = inputs.adopt!;
    const found =
        (await find(client, ({ name }) => name === wanted)) ?? (await find(client, ({ id }) => id === wanted));
    if (found === undefined) {
        throw new Error(`adopt: there is no compute environment with the id or name "${wanted}" in the workspace.`);
    }
    if (found.status === "DELETING") {
        throw new Error(`adopt: the compute environment "${wanted}" is being deleted; leave adopt out.`);
    }
    const faults = adoptionFaults(found, inputs);
    if (faults.length > 0) {
        throw new Error(
            `adopt: the compute environment "${wanted}" differs from the arguments in ${faults.join(", ")}, which the Platform cannot change; make the arguments equal to it, or leave adopt out to have a new one made.`,
        );
    }
    if (!claimName(IDS, inputs, found.id)) {
        throw new Error(
            `adopt: the compute environment "${wanted}" belongs to a resource of this stack already; leave adopt out.`,
        );
    }
    noteTakeover(COMPUTE_ENV_NAMES, inputs, found.id);
    // A generated name is for environments that are made; what is there keeps the name that people know it by.
    return bringInLine(client, found, inputs.namePrefix === undefined ? inputs : { ...inputs, name: found.name });
}

/** The first environment of the list that is the one, with its labels. */
async function find(
    client: PlatformClient,
    isIt: (entry: { id: string; name: string }) => boolean,
): Promise<ComputeEnvDto | undefined> {
    const entry = (await listComputeEnvs(client)).find((each) => each.status !== "DELETED" && isIt(each));
    return entry === undefined ? undefined : describeComputeEnv(client, entry.id, { attributes: ["labels"] });
}

/** Gives an existing environment the name, credential and so on of the inputs. */
async function bringInLine(client: PlatformClient, found: ComputeEnvDto, inputs: ComputeEnvInputs): Promise<Origin> {
    const request = updateRequest(observedInputs(inputs, found), inputs);
    if (request !== undefined) {
        await updateComputeEnv(client, found.id, request);
    }
    return { id: found.id, name: inputs.name! };
}
