import { computeEnvRules } from "../../compile/computeEnvRules";
import { judge } from "../../compile/rules";
import {
    type ComputeEnvDto,
    createComputeEnv,
    findComputeEnv,
    isPlatformError,
    listComputeEnvs,
    type PlatformClient,
    updateComputeEnv,
    validateComputeEnv,
} from "../../platform";
import {
    adoptionFaults,
    type ComputeEnvInputs,
    type ComputeEnvOutputs,
    computeEnvOutputs,
    createRequest,
    fixedContent,
    observedInputs,
    planComputeEnv,
    updateRequest,
} from "./computeEnvInputs";
import { awaitAvailable, removeComputeEnv } from "./computeEnvWaits";
import { freeName, isKnownName, rememberName } from "./knownNames";
import { launchUrl } from "./launchUrl";
import { GONE, type Provider, Unfinished } from "./provider";
import { configure, connect, connectionProblems, settledConnection } from "./session";
import { hasUnknown, isUnknown, wireSafe, withUnknown } from "./values";

const KIND = "computeEnv";

/** Compute environments: https://docs.seqera.io/platform-api/compute-envs */
export const computeEnvProvider: Provider<ComputeEnvInputs, ComputeEnvOutputs> = {
    configure,

    async check(olds, news) {
        const failures = [...connectionProblems(news), ...judge(computeEnvRules, withUnknown(news))];
        const inputs = { ...news, ...settledConnection(news) };
        if (olds.name !== undefined) {
            rememberName(KIND, inputs, olds.name);
        }
        const name = news.name ?? olds.name ?? generated(inputs);
        return { inputs: name === undefined ? inputs : { ...inputs, name }, failures };
    },

    async diff(_id, olds, news) {
        return planComputeEnv(olds, news);
    },

    async create(inputs) {
        const client = connect(inputs);
        const id = inputs.adopt === undefined ? await make(client, inputs) : await adopt(client, inputs, inputs.adopt);
        return { id, outs: await settle(client, id, inputs) };
    },

    async read(id, given) {
        // One that is read by its id alone, as `get` does, has been through no check.
        const props = given.status === undefined ? { ...given, ...settledConnection(given) } : given;
        const client = connect(props);
        const found = await findComputeEnv(client, id, { attributes: ["labels"] });
        if (found === undefined) {
            return GONE;
        }
        const inputs = wireSafe(observedInputs(props, found));
        const url = props.launchUrl ?? (await launchUrl(client));
        return { id, props: wireSafe(computeEnvOutputs(inputs, found, url)), inputs };
    },

    async update(id, olds, news) {
        const client = connect(news);
        const request = updateRequest(olds, news);
        const moved = olds.endpoint !== news.endpoint;
        const ready = olds.status === "AVAILABLE" || olds.status === "DISABLED";
        if (request === undefined && !moved && ready) {
            const { status, message, dateCreated, lastUpdated, launchUrl } = olds;
            return { outs: { ...news, status, message, dateCreated, lastUpdated, launchUrl } };
        }
        const found = moved || !ready ? await mustFind(client, id, news) : undefined;
        if (request !== undefined) {
            await updateComputeEnv(client, id, request);
        }
        if (found?.status === "INVALID") {
            await validateComputeEnv(client, id, { force: true });
        }
        return { outs: await settle(client, id, news) };
    },

    async delete(id, props) {
        await removeComputeEnv(connect(props), id, props);
    },
};

/** A name for an environment without one; none yet while its content is not known. */
function generated(inputs: ComputeEnvInputs): string | undefined {
    const content = fixedContent(inputs);
    return hasUnknown(content) || isUnknown(inputs.endpoint) ? undefined : freeName(KIND, inputs, content);
}

/** Makes the environment, or takes over the one that a killed create of exactly this one left behind. */
async function make(client: PlatformClient, inputs: ComputeEnvInputs): Promise<string> {
    const name = inputs.name!;
    try {
        return (await createComputeEnv(client, createRequest(inputs))).id;
    } catch (error) {
        const own = inputs.namePrefix !== undefined && !isKnownName(KIND, inputs, name);
        if (!own || !isPlatformError(error, "conflict")) {
            throw error;
        }
        const left = await findByName(client, name);
        if (left === undefined || adoptionFaults(left, inputs).length > 0) {
            throw error;
        }
        console.log(
            `Compute environment "${name}" is there already, left by a run that was interrupted; taking it over`,
        );
        return left.id;
    } finally {
        rememberName(KIND, inputs, name);
    }
}

async function findByName(client: PlatformClient, name: string): Promise<ComputeEnvDto | undefined> {
    const entry = (await listComputeEnvs(client)).find((each) => each.name === name && each.status !== "DELETED");
    return entry === undefined ? undefined : findComputeEnv(client, entry.id);
}

/** Takes over an environment that somebody else made, if it is what the inputs say, and brings its name and so on in line. */
async function adopt(client: PlatformClient, inputs: ComputeEnvInputs, idOrName: string): Promise<string> {
    const found = (await findByName(client, idOrName)) ?? (await findComputeEnv(client, idOrName));
    if (found === undefined) {
        throw new Error(`adopt: there is no compute environment with the id or name "${idOrName}" in the workspace.`);
    }
    const faults = adoptionFaults(found, inputs);
    if (faults.length > 0) {
        throw new Error(
            `adopt: the compute environment "${idOrName}" differs from the arguments in ${faults.join(", ")}, which the Platform cannot change; make the arguments equal to it, or leave adopt out to have a new one made.`,
        );
    }
    const request = updateRequest(
        observedInputs({ ...inputs } as ComputeEnvOutputs, found) as ComputeEnvOutputs,
        inputs,
    );
    if (request !== undefined) {
        await updateComputeEnv(client, found.id, request);
    }
    return found.id;
}

async function mustFind(client: PlatformClient, id: string, inputs: ComputeEnvInputs): Promise<ComputeEnvDto> {
    const found = await findComputeEnv(client, id);
    if (found === undefined) {
        throw new Error(
            `The compute environment "${inputs.name}" (${id}) is not at ${client.endpoint} any more. Run \`pulumi refresh\` to note that, then \`pulumi up\` to make it again.`,
        );
    }
    return found;
}

/** Waits until the environment is AVAILABLE. One that is not is kept in state, with the reason. */
async function settle(client: PlatformClient, id: string, inputs: ComputeEnvInputs): Promise<ComputeEnvOutputs> {
    const [{ found, fault }, url] = await Promise.all([awaitAvailable(client, id, inputs), launchUrl(client)]);
    const unseen: ComputeEnvDto = {
        id,
        name: inputs.name!,
        platform: inputs.platform,
        config: {},
        status: "CREATING",
    };
    const outs = wireSafe(computeEnvOutputs(inputs, found ?? unseen, url));
    if (fault !== undefined) {
        throw new Unfinished(id, outs, fault);
    }
    return outs;
}
