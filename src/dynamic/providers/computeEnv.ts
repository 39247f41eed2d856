import { computeEnvRules } from "../../compile/computeEnvRules";
import { judge } from "../../compile/rules";
import {
    type ComputeEnvDto,
    findComputeEnv,
    type PlatformClient,
    updateComputeEnv,
    validateComputeEnv,
} from "../../platform";
import {
    type ComputeEnvInputs,
    type ComputeEnvOutputs,
    computeEnvOutputs,
    fixedContent,
    nameAfterwards,
    observedInputs,
    planComputeEnv,
    updateRequest,
} from "./computeEnvInputs";
import { adopt, COMPUTE_ENV_NAMES, make, rememberState, wantsAdoption } from "./computeEnvOrigin";
import { awaitAvailable, removeComputeEnv } from "./computeEnvWaits";
import { freeName, keptByTakeover } from "./knownNames";
import { launchUrl } from "./launchUrl";
import { GONE, type Provider, Unfinished } from "./provider";
import { configure, connect, connectionProblems, settledConnection } from "./session";
import { hasUnknown, isUnknown, wireSafe, withUnknown } from "./values";

/** Compute environments: https://docs.seqera.io/platform-api/compute-envs */
export const computeEnvProvider: Provider<ComputeEnvInputs, ComputeEnvOutputs> = {
    configure,

    async check(olds, news) {
        const failures = [...connectionProblems(news), ...judge(computeEnvRules, withUnknown(news))];
        const inputs = { ...news, ...settledConnection(news) };
        rememberState(inputs, olds);
        const name = news.name ?? olds.name ?? generated(inputs);
        return { inputs: name === undefined ? inputs : { ...inputs, name }, failures };
    },

    async diff(id, olds, news) {
        rememberState(olds, olds, id);
        return planComputeEnv(olds, news);
    },

    async create(given) {
        const client = connect(given);
        const { id, name } = wantsAdoption(given) ? await adopt(client, given) : await make(client, given);
        const inputs = { ...given, name };
        return { id, outs: await settle(client, id, inputs) };
    },

    async read(id, given) {
        // One that is read by its id alone, as `get` does, has been through no check.
        const props = given.status === undefined ? { ...given, ...settledConnection(given) } : given;
        rememberState(props, props, id);
        const client = connect(props);
        const found = await findComputeEnv(client, id, { attributes: ["labels"] });
        if (found === undefined) {
            return GONE;
        }
        const inputs = wireSafe(observedInputs(props, found));
        const url = props.launchUrl ?? (await launchUrl(client));
        return { id, props: wireSafe(computeEnvOutputs(inputs, found, url)), inputs };
    },

    async update(id, olds, given) {
        const client = connect(given);
        const news = { ...given, name: nameAfterwards(olds, given) };
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
        return { outs: await settle(client, id, news, moved ? undefined : olds.launchUrl) };
    },

    async delete(id, props) {
        if (!keptByTakeover(COMPUTE_ENV_NAMES, props, id)) {
            await removeComputeEnv(connect(props), id, props);
        }
    },
};

/** A name for an environment without one; none yet while its content is not known. */
function generated(inputs: ComputeEnvInputs): string | undefined {
    const content = fixedContent(inputs);
    return hasUnknown(content) || isUnknown(inputs.endpoint) ? undefined : freeName(COMPUTE_ENV_NAMES, inputs, content);
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
async function settle(
    client: PlatformClient,
    id: string,
    inputs: ComputeEnvInputs,
    knownUrl?: string,
): Promise<ComputeEnvOutputs> {
    const [{ found, fault }, url] = await Promise.all([
        awaitAvailable(client, id, inputs),
        knownUrl ?? launchUrl(client),
    ]);
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
