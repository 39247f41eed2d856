import {
    createCredentials,
    deleteCredentials,
    findCredentials,
    isPlatformError,
    listComputeEnvs,
    listCredentials,
    type PlatformClient,
    updateCredentials,
} from "../../platform";
import { adoptionProblems, claimAdopted, nameAfterwards, rememberState, wantedAmong, wantsAdoption } from "./adoption";
import {
    type CredentialsInputs,
    type CredentialsOutputs,
    credentialsProblems,
    credentialsSpec,
    fullSpec,
    observedCredentials,
    providerOf,
    sameKeys,
    usesExternalId,
} from "./credentialsInputs";
import { claimName, freeName, isKnownId, keptByTakeover, noteLost, noteTakeover, rememberMade } from "./knownNames";
import { isLost, keepingLost, keepingUnsure } from "./lost";
import { GONE, type Provider, Unfinished } from "./provider";
import { configure, connect, connectionProblems, settledConnection } from "./session";
import { isUnknown, same, wireSafe, without } from "./values";

/** A credential that was made, found again or adopted, and the name it has from now on. */
interface Origin {
    id: string;
    name: string;
}

const KIND = "credentials";
const WHAT = "credential";
const OUTPUT_KEYS = ["provider", "externalId"] as const;
const KEYS_AND_NAME = ["name", "description", "kubernetes", "aws", "google"] as const;
const LOCAL = ["endpoint", "accessToken", "allowInsecureEndpoint"] as const;

/** Credentials: https://docs.seqera.io/platform-api/credentials. Their keys are never read back. */
export const credentialsProvider: Provider<CredentialsInputs, CredentialsOutputs> = {
    configure,

    async check(olds, news) {
        const failures = [...connectionProblems(news), ...credentialsProblems(news)];
        const inputs = { ...news, ...settledConnection(news) };
        failures.push(...adoptionProblems(inputs));
        rememberState(KIND, inputs, olds);
        const name = news.name ?? olds.name ?? generated(inputs);
        return { inputs: name === undefined ? inputs : { ...inputs, name }, failures };
    },

    async diff(id, olds, news) {
        const lost = isLost(id);
        if (lost) {
            noteLost(KIND, olds, olds.name!);
        } else {
            rememberState(KIND, olds, olds, id);
        }
        const replaces = [
            ...(lost ? ["id"] : []),
            ...(same(olds.workspaceId, news.workspaceId) ? [] : ["workspaceId"]),
            ...(olds.provider === providerOf(news) ? [] : [olds.provider === "k8s" ? "kubernetes" : olds.provider]),
        ];
        const wanted = { ...news, name: nameAfterwards(olds, news) };
        const updates = [...KEYS_AND_NAME, ...LOCAL].filter((key) => !same(olds[key], wanted[key]));
        return {
            changes: replaces.length > 0 || updates.length > 0,
            replaces,
            deleteBeforeReplace: news.namePrefix === undefined && (isUnknown(news.name) || news.name === olds.name),
        };
    },

    async create(given) {
        const client = connect(given);
        const { id, name } = wantsAdoption(KIND, given)
            ? await adopt(client, given)
            : await keepingLost(
                  given.name!,
                  () => outputs(given, ""),
                  () => make(client, given),
              );
        const inputs = { ...given, name };
        rememberMade(KIND, inputs, id);
        return { id, outs: await withExternalId(client, id, inputs) };
    },

    async read(id, given) {
        // One that is read by its id alone, as `get` does, has been through no check.
        const props = given.provider === undefined ? { ...given, ...settledConnection(given) } : given;
        const client = connect(props);
        if (isLost(id)) {
            const inputs = without(props, OUTPUT_KEYS) as CredentialsInputs;
            return (await findLost(client, props)) === undefined ? GONE : { id, props, inputs };
        }
        rememberState(KIND, props, props, id);
        const found = await findCredentials(client, id);
        if (found === undefined) {
            return GONE;
        }
        const { credentials } = found;
        const inputs = wireSafe(observedCredentials(without(props, OUTPUT_KEYS) as CredentialsInputs, credentials));
        const provider = credentials.provider as CredentialsOutputs["provider"];
        return { id, props: { ...inputs, provider, externalId: credentials.keys?.externalId ?? "" }, inputs };
    },

    async update(id, olds, given) {
        const client = connect(given);
        const news = { ...given, name: nameAfterwards(olds, given) };
        if (KEYS_AND_NAME.every((key) => same(olds[key], news[key])) && olds.endpoint === news.endpoint) {
            return { outs: await withExternalId(client, id, news, olds.externalId) };
        }
        await keepingUnsure(
            id,
            // Keys cannot be read back: without any in state they are sent again, whatever the program says by then.
            () => without(outputs(news, olds.externalId), ["kubernetes", "aws", "google"]),
            () => updateCredentials(client, id, fullSpec(news), { useExternalId: usesExternalId(news) }),
        );
        return { outs: await withExternalId(client, id, news) };
    },

    async delete(given, props) {
        const client = connect(props);
        const id = isLost(given) ? await findLost(client, props) : given;
        if (id === undefined || keptByTakeover(KIND, props, id)) {
            return;
        }
        await refuseWhileUsed(client, id, props);
        // Checked: the Platform then names the running jobs that still need it instead of pulling it from under them.
        await deleteCredentials(client, id, { checked: true });
    },
};

function generated(inputs: CredentialsInputs): string | undefined {
    const known = !isUnknown(inputs.endpoint) && !isUnknown(inputs.workspaceId);
    return known ? freeName(KIND, inputs, { provider: providerOf(inputs) }) : undefined;
}

/** Makes the credential, or takes over the one that a killed create left behind, with the keys of now. */
async function make(client: PlatformClient, inputs: CredentialsInputs): Promise<Origin> {
    const name = inputs.name!;
    const mayTakeOver = claimName(KIND, inputs, name) && inputs.namePrefix !== undefined;
    const spec = credentialsSpec(inputs);
    const useExternalId = usesExternalId(inputs);
    try {
        return { id: (await createCredentials(client, spec, { useExternalId, sameKeys })).id, name };
    } catch (error) {
        if (!mayTakeOver || !isPlatformError(error, "conflict")) {
            throw error;
        }
        const left = (await listCredentials(client)).find(
            (each) => each.name === name && each.provider === spec.provider,
        );
        if (left === undefined) {
            throw error;
        }
        console.log(`Credential "${name}" is there already, left by a run that was interrupted; taking it over`);
        noteTakeover(KIND, inputs, left.id);
        await updateCredentials(client, left.id, fullSpec(inputs), { useExternalId });
        return { id: left.id, name };
    }
}

/** Takes over a credential that somebody else made, and gives it the keys of now: nobody can see those that it has. */
async function adopt(client: PlatformClient, given: CredentialsInputs): Promise<Origin> {
    const there = (await listCredentials(client)).filter(({ deleted }) => deleted !== true);
    const found = wantedAmong(WHAT, given, there);
    const wanted = providerOf(given);
    if (found.provider !== wanted) {
        throw new Error(
            `adopt: the credential "${given.adopt}" is one of the provider ${found.provider}, not ${wanted}; give keys of its own kind, or leave adopt out to have a new one made.`,
        );
    }
    claimAdopted(KIND, WHAT, given, found.id);
    // A generated name is for a credential that is made; what is there keeps the name that people know it by.
    const inputs = given.namePrefix === undefined ? given : { ...given, name: found.name };
    await updateCredentials(client, found.id, fullSpec(inputs), { useExternalId: usesExternalId(inputs) });
    return { id: found.id, name: inputs.name! };
}

/** The id of what a create made whose answer was lost, if it made anything that is still nobody's. */
async function findLost(client: PlatformClient, asked: CredentialsOutputs): Promise<string | undefined> {
    const found = (await listCredentials(client)).find(
        ({ name, provider, deleted }) => name === asked.name && provider === asked.provider && deleted !== true,
    );
    return found === undefined || isKnownId(KIND, asked, found.id) ? undefined : found.id;
}

/**
 * The Platform deletes a credential although compute environments use it, and then nobody can delete those any more:
 * "If the credentials are deleted first, the compute environment deletion will fail"
 * (https://docs.seqera.io/platform-cloud/compute-envs/overview).
 */
async function refuseWhileUsed(client: PlatformClient, id: string, { name }: CredentialsInputs): Promise<void> {
    const users = (await listComputeEnvs(client)).filter(
        ({ credentialsId, status }) => credentialsId === id && status !== "DELETED",
    );
    if (users.length > 0) {
        const named = users.map((each) => `"${each.name}" (${each.id})`).join(", ");
        throw new Error(
            `The credential "${name ?? id}" is still used by ${users.length === 1 ? "the compute environment" : "compute environments"} ${named}, which the Platform could not clean up without it. Delete that first, or give it another credential, then run again.`,
        );
    }
}

/** Only the external id of a role has to be asked for: any other credential costs no further call. */
async function withExternalId(
    client: PlatformClient,
    id: string,
    inputs: CredentialsInputs,
    known?: string,
): Promise<CredentialsOutputs> {
    if (!usesExternalId(inputs)) {
        return outputs(inputs, "");
    }
    if (known) {
        return outputs(inputs, known);
    }
    try {
        return outputs(inputs, (await findCredentials(client, id))?.credentials.keys?.externalId ?? "");
    } catch (error) {
        throw new Unfinished(id, outputs(inputs, ""), (error as Error).message);
    }
}

function outputs(inputs: CredentialsInputs, externalId: string): CredentialsOutputs {
    return wireSafe({ ...inputs, provider: providerOf(inputs), externalId });
}
