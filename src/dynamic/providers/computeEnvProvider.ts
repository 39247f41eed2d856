import { computeEnvRules } from "../../compile/computeEnvRules";
import { validate } from "../../compile/rules/rules";
import { type ComputeEnvDto, findComputeEnv, type PlatformClient, updateComputeEnv } from "../../platform";
import { adoptionProblems, foreseenProblems, nameAfterwards, rememberState, wantsAdoption } from "./adoption";
import {
    type ComputeEnvInputs,
    type ComputeEnvOutputs,
    computeEnvOutputs,
    fixedContent,
    inputsOf,
    isBeyondMending,
    isNamespaceChanged,
    isReady,
    labelsLost,
    labelsStillLost,
    observedInputs,
    planComputeEnv,
    putsLabelsBack,
    quotedMessageOf,
    updateRequest,
} from "./computeEnvInputs";
import {
    adopt,
    COMPUTE_ENV_KIND,
    findLeftovers,
    findLost,
    lookAtAdopted,
    make,
    type Origin,
    removeLeftovers,
    validateAgain,
} from "./computeEnvOrigin";
import { awaitAvailable, removeComputeEnv } from "./computeEnvWaits";
import { KnownObjects } from "./knownObjects";
import { launchUrl } from "./launchUrl";
import { isLost, keepingLost, keepingUnsure } from "./lostAnswers";
import { isFirst } from "./program";
import { type Diff, GONE, type Provider, Unfinished } from "./provider";
import { logOnce } from "./log";
import {
    configure,
    connect,
    connectFromState,
    connectionProblems,
    isConfigured,
    settledConnection,
    settledForRead,
    switchProblems,
} from "./session";
import { hasUnknown, isUnknown, wireSafe, withUnknown } from "./values";

/** Compute environments: https://docs.seqera.io/platform-api/compute-envs */
export const computeEnvProvider: Provider<ComputeEnvInputs, ComputeEnvOutputs> = {
    configure,

    async check(olds, news) {
        const failures = [
            ...connectionProblems(news),
            ...validate(computeEnvRules, withUnknown(news)),
            ...switchProblems("seqera:forceDelete"),
        ];
        const inputs = { ...news, ...settledConnection(news) };
        failures.push(...adoptionProblems(inputs));
        rememberState(COMPUTE_ENV_KIND, inputs, olds);
        if (failures.length === 0) {
            failures.push(...(await foreseenProblems(COMPUTE_ENV_KIND, olds, inputs, lookAtAdopted)));
        }
        const name = news.name ?? olds.name ?? generated(inputs);
        return { inputs: name === undefined ? inputs : { ...inputs, name }, failures };
    },

    async diff(id, olds, news) {
        const plan = planComputeEnv(olds, news);
        if (isLost(id)) {
            KnownObjects.of(COMPUTE_ENV_KIND, olds).addLostName(olds.name!);
            return { ...plan, changes: true, replaces: ["id"] };
        }
        rememberState(COMPUTE_ENV_KIND, olds, olds, id);
        logNotReady(olds);
        logLeftovers(olds);
        if (putsLabelsBack(olds, news)) {
            logLostLabels(olds.name!);
        }
        if (plan.replaces.length > 0) {
            logReplacement(olds.name!, isNamespaceChanged(olds, news), plan);
            logTargeted(olds);
        }
        return plan;
    },

    async create(given) {
        const client = connect(given);
        const { id, name, mark }: Origin = wantsAdoption(COMPUTE_ENV_KIND, given)
            ? await adopt(client, given)
            : await keepingLost(
                  given.name!,
                  () => unseen(given, "UNKNOWN"),
                  () => make(client, given),
              );
        KnownObjects.of(COMPUTE_ENV_KIND, given).addObject(id);
        const inputs = { ...given, name };
        const outs = await awaitReady(client, id, inputs);
        return { id, outs: mark === undefined ? outs : await withoutMark(id, { ...outs, description: mark }, inputs) };
    },

    async read(id, given) {
        const props = settledForRead(given, "status");
        const client = connectFromState(props);
        if (isLost(id)) {
            return (await findLost(client, props)) === undefined ? GONE : { id, props, inputs: inputsOf(props) };
        }
        rememberState(COMPUTE_ENV_KIND, props, props, id);
        const found = await findComputeEnv(client, id, { attributes: ["labels"] });
        if (found === undefined) {
            return GONE;
        }
        const inputs = wireSafe(observedInputs(props, found));
        const url = props.launchUrl ?? (await launchUrl(client));
        const shown = { ...inputs, ...labelsLost(props, found), ...(await findLeftovers(client, id, props)) };
        return { id, props: wireSafe(computeEnvOutputs(shown, found, url)), inputs };
    },

    async update(id, olds, given) {
        const client = connect(given);
        const news = { ...given, name: nameAfterwards(olds, given), ...labelsStillLost(olds, given) };
        await removeLeftovers(client, olds);
        const moved = olds.endpoint !== news.endpoint;
        const ready = isReady(olds);
        if (updateRequest(olds, news) === undefined && !moved && ready) {
            const { status, message, dateCreated, lastUpdated, launchUrl } = olds;
            return { outs: { ...news, status, message, dateCreated, lastUpdated, launchUrl } };
        }
        const found = moved || !ready ? await mustFind(client, id, news) : undefined;
        const request = updateRequest(found === undefined ? olds : observedInputs(olds, found), news);
        if (request !== undefined) {
            await keepingUnsure(
                id,
                () => ({ ...olds, ...news, status: "UNKNOWN" }),
                () => updateComputeEnv(client, id, request),
            );
        }
        if (found !== undefined) {
            await validateAgain(client, found);
        }
        return { outs: await awaitReady(client, id, news, moved ? undefined : olds.launchUrl) };
    },

    async delete(id, record) {
        const props = { ...record, forceDelete: record.forceDelete ?? isConfigured("seqera:forceDelete") };
        const client = connectFromState(props);
        if (isLost(id)) {
            const lost = await findLost(client, props);
            if (lost !== undefined) {
                await removeComputeEnv(client, lost.id, computeEnvOutputs(props, lost, props.launchUrl));
            }
        } else if (!KnownObjects.of(COMPUTE_ENV_KIND, props).keptByTakeover(id)) {
            await removeComputeEnv(client, id, props);
        }
        await removeLeftovers(client, props);
    },
};

/** Says why an environment goes, in which order, and what a replacement without room for both means. */
function logReplacement(name: string, namespaceChanged: boolean, { replaces, deleteBeforeReplace }: Diff): void {
    const why = namespaceChanged
        ? ": its namespace was deleted and created again, and the objects that the Platform created in it are gone"
        : ` (${replaces.join(", ")})`;
    const order = deleteBeforeReplace
        ? "Because its name is fixed, it is deleted before its replacement is created, once its runs have ended. Nothing can be launched until the replacement is AVAILABLE. Its pipelines and actions are moved after that. To create the replacement first, remove name."
        : "Its replacement is created first. When that is AVAILABLE, pipelines and actions are moved to it, and the old environment is deleted.";
    logOnce(`Compute environment "${name}" must be replaced${why}. ${order}`);
}

/** A component registers its preflight and credential before its environment, and what moves pipelines after it. */
function logTargeted({ name, resourceUrn = "" }: ComputeEnvOutputs): void {
    const [, resource] = /:KubernetesComputeEnvironment\$[^:]*:[^:]*:ComputeEnv::(.*)$/.exec(resourceUrn) ?? [];
    if (resource !== undefined && isFirst(COMPUTE_ENV_KIND)) {
        const [pipelines, primary] = ["pipelines", "primary"].map((part) => `--target '**::${resource}-${part}'`);
        logOnce(
            `With --target, add ${pipelines} and ${primary}. Otherwise the pipelines and actions of compute environment "${name}" stay on it when it is deleted, and the workspace has no primary environment, until you run \`pulumi up\` without --target`,
        );
    }
}

/** Says what no update can put right. */
function logLostLabels(name: string): void {
    logOnce(
        `Compute environment "${name}" has lost labels that were deleted in the Platform. The labels are restored in the workspace, but not on the environment or its next runs, because the Platform labels an environment only when it creates it. To label the environment too, replace it: \`pulumi up --replace <urn>\``,
    );
}

/** Says what an interrupted run has left that no create is going to find. */
function logLeftovers({ name, leftovers }: ComputeEnvOutputs): void {
    if (leftovers !== undefined) {
        logOnce(
            `Compute environment "${name}" has leftovers of interrupted runs (${leftovers.length}: ${leftovers.join(", ")}); \`pulumi up\` deletes them`,
        );
    }
}

/** Says what is to happen to an environment that was not usable when last looked at. */
function logNotReady(olds: ComputeEnvOutputs): void {
    if (!isReady(olds)) {
        const seen = `was ${olds.status} when last checked${quotedMessageOf(olds)}`;
        logOnce(`Compute environment "${olds.name}" ${seen}; ${remedyOf(olds)}`);
    }
}

function remedyOf(olds: ComputeEnvOutputs): string {
    if (isBeyondMending(olds)) {
        return "`pulumi up` replaces it";
    }
    return olds.status === "INVALID" ? "`pulumi up` validates it again" : "`pulumi up` waits until it is AVAILABLE";
}

/** A name for an environment without one; none yet while its content is not known. */
function generated(inputs: ComputeEnvInputs): string | undefined {
    const content = fixedContent(inputs);
    return hasUnknown(content) || isUnknown(inputs.endpoint)
        ? undefined
        : KnownObjects.of(COMPUTE_ENV_KIND, inputs).freeName(inputs, content, COMPUTE_ENV_KIND);
}

/** Gives an environment that is made its own description. It exists, so whatever fails here it stays in state. */
async function withoutMark(
    id: string,
    marked: ComputeEnvOutputs,
    inputs: ComputeEnvInputs,
): Promise<ComputeEnvOutputs> {
    try {
        return (await computeEnvProvider.update(id, marked, inputs)).outs;
    } catch (error) {
        const { message } = error as Error;
        throw error instanceof Unfinished ? error : new Unfinished(id, { ...marked, status: "UNKNOWN" }, message);
    }
}

async function mustFind(client: PlatformClient, id: string, inputs: ComputeEnvInputs): Promise<ComputeEnvDto> {
    const found = await findComputeEnv(client, id);
    if (found === undefined) {
        throw new Error(
            `The compute environment "${inputs.name}" (${id}) no longer exists at ${client.endpoint}. Run \`pulumi refresh\`, then \`pulumi up\` to create it again.`,
        );
    }
    return found;
}

/** Waits until the environment is AVAILABLE. One that is not is kept in state, with the reason. */
async function awaitReady(
    client: PlatformClient,
    id: string,
    inputs: ComputeEnvInputs,
    knownUrl?: string,
): Promise<ComputeEnvOutputs> {
    const [{ found, fault }, url] = await Promise.all([
        awaitAvailable(client, id, inputs),
        knownUrl ?? launchUrl(client),
    ]);
    const outs =
        found === undefined ? unseen(inputs, "CREATING", url) : wireSafe(computeEnvOutputs(inputs, found, url));
    if (fault !== undefined) {
        throw new Unfinished(id, outs, fault);
    }
    return outs;
}

/** The outputs of an environment that the Platform has not shown yet. */
function unseen(inputs: ComputeEnvInputs, status: string, url = ""): ComputeEnvOutputs {
    const shown: ComputeEnvDto = { id: "", name: inputs.name!, platform: inputs.platform, config: {}, status };
    return wireSafe(computeEnvOutputs(inputs, shown, url));
}
