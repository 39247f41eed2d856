import {
    createCredentials,
    type CredentialsDto,
    deleteCredentials,
    findCredentials,
    isPlatformError,
    listComputeEnvs,
    listCredentials,
    type PlatformClient,
    updateCredentials,
    validateCredentials,
} from "../../platform";
import { credentialDifferences, type WantedCredential } from "../../compile/adoption";
import {
    checkNamed,
    reserveAdopted,
    nameAfterwards,
    noteCompared,
    refuseDifferences,
    rememberState,
    wantedAmong,
    wantsAdoption,
} from "./adoption";
import { doubt, faultOf, isInvalid, observedDoubt, writtenAt } from "./credentialsDoubt";
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
import { KnownObjects } from "./knownObjects";
import { ANSWER_LOST } from "./keptTexts";
import { isLost, keepingLost, keepingUnsure } from "./lostAnswers";
import { GONE, type Provider, Unfinished } from "./provider";
import { logOnce } from "./log";
import { configure, connect, connectFromState, settledForRead } from "./session";
import { isUnknown, same, wireSafe, without, withUnknown } from "./values";

/** A credential, the name it has from now on, and whether it was made rather than found again or adopted. */
interface Origin {
    id: string;
    name: string;
    made: boolean;
}

const KIND = "credentials";
const WHAT = "credential";
const OUTPUT_KEYS = ["provider", "externalId", "writtenAt"] as const;
const WRITTEN = ["name", "description", "kubernetes", "aws", "google", "keysInDoubt"] as const;
const LOCAL = ["endpoint", "accessToken", "allowInsecureEndpoint"] as const;

/** Credentials: https://docs.seqera.io/platform-api/credentials. Their keys are never read back: see `credentialsDoubt.ts`. */
export const credentialsProvider: Provider<CredentialsInputs, CredentialsOutputs> = {
    configure,

    check: (olds, news) =>
        checkNamed(KIND, olds, news, { problems: credentialsProblems(news), look: lookAtAdopted, generated }),

    async diff(id, olds, news) {
        const lost = noteCompared(KIND, id, olds);
        if (!lost) {
            logDoubt(olds);
        }
        const replaces = [
            ...(lost ? ["id"] : []),
            ...(same(olds.workspaceId, news.workspaceId) ? [] : ["workspaceId"]),
            ...(olds.provider === providerOf(news) ? [] : [olds.provider === "k8s" ? "kubernetes" : olds.provider]),
        ];
        const wanted = { ...news, name: nameAfterwards(olds, news) };
        const updates = [...WRITTEN, ...LOCAL].filter((key) => !same(olds[key], wanted[key]));
        return {
            changes: replaces.length > 0 || updates.length > 0,
            replaces,
            deleteBeforeReplace: news.namePrefix === undefined && (isUnknown(news.name) || news.name === olds.name),
        };
    },

    async create(given) {
        const client = connect(given);
        const { id, name, made }: Origin = wantsAdoption(KIND, given)
            ? await adopt(client, given)
            : await keepingLost(
                  given.name!,
                  () => outputs(given, ""),
                  () => make(client, given),
              );
        const inputs = { ...given, name };
        KnownObjects.of(KIND, inputs).addObject(id);
        if (made && !usesExternalId(inputs)) {
            return { id, outs: { ...outputs(inputs, ""), writtenAt: "" } };
        }
        return { id, outs: await shown(client, id, inputs, !made) };
    },

    async read(id, given) {
        const props = settledForRead(given, "provider");
        const client = connectFromState(props);
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
        const { keysInDoubt, ...written } = observedDoubt(props, credentials);
        const inputs = wireSafe({
            ...observedCredentials(without(props, [...OUTPUT_KEYS, "keysInDoubt"]), credentials),
            keysInDoubt,
        });
        const provider = credentials.provider as CredentialsOutputs["provider"];
        const externalId = credentials.keys?.externalId ?? "";
        return { id, props: { ...inputs, provider, externalId, ...written }, inputs };
    },

    async update(id, olds, given) {
        const client = connect(given);
        const news = { ...given, name: nameAfterwards(olds, given) };
        const written = WRITTEN.every((key) => same(olds[key], news[key])) && olds.endpoint === news.endpoint;
        if (written && (olds.externalId !== "" || !usesExternalId(news))) {
            return { outs: wireSafe({ ...outputs(news, olds.externalId), writtenAt: olds.writtenAt }) };
        }
        if (!written) {
            await keepingUnsure(
                id,
                () => ({ ...outputs(news, olds.externalId), keysInDoubt: ANSWER_LOST }),
                () => updateCredentials(client, id, fullSpec(news), { useExternalId: usesExternalId(news) }),
            );
        }
        return { outs: await shown(client, id, news, !written) };
    },

    async delete(given, props) {
        const client = connectFromState(props);
        const id = isLost(given) ? await findLost(client, props) : given;
        if (id === undefined || KnownObjects.of(KIND, props).keptByTakeover(id)) {
            return;
        }
        await refuseWhileUsed(client, id, props);
        // Checked: the Platform then names the running jobs that still need it instead of pulling it from under them.
        await deleteCredentials(client, id, { checked: true });
    },
};

function logDoubt({ name, keysInDoubt }: CredentialsInputs): void {
    if (keysInDoubt !== undefined) {
        logOnce(
            `Credential "${name}" may no longer have the keys of the program (${keysInDoubt}); an update writes them again, and its compute environments continue to use it`,
        );
    }
}

function generated(inputs: CredentialsInputs): string | undefined {
    const known = !isUnknown(inputs.endpoint) && !isUnknown(inputs.workspaceId);
    return known ? KnownObjects.of(KIND, inputs).freeName(inputs, { provider: providerOf(inputs) }, KIND) : undefined;
}

/** Makes the credential, or takes over the one that a killed create left behind, with the keys of now. */
async function make(client: PlatformClient, inputs: CredentialsInputs): Promise<Origin> {
    const name = inputs.name!;
    const known = KnownObjects.of(KIND, inputs);
    const mayTakeOver = known.reserveName(name) && inputs.namePrefix !== undefined;
    const spec = credentialsSpec(inputs);
    const useExternalId = usesExternalId(inputs);
    try {
        return { id: (await createCredentials(client, spec, { useExternalId, sameKeys })).id, name, made: true };
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
        console.log(`Credential "${name}" already exists, left by an interrupted run; taking it over`);
        known.takeOver(left.id);
        await updateCredentials(client, left.id, fullSpec(inputs), { useExternalId });
        return { id: left.id, name, made: false };
    }
}

/** Takes over a credential that somebody else made, and gives it the keys of now: nobody can see those that it has. */
async function adopt(client: PlatformClient, given: CredentialsInputs): Promise<Origin> {
    const found = await lookAtAdopted(client, given);
    reserveAdopted(KIND, WHAT, given, found.id);
    // A generated name is for a credential that is made; what is there keeps the name that people know it by.
    const inputs = given.namePrefix === undefined ? given : { ...given, name: found.name };
    await updateCredentials(client, found.id, fullSpec(inputs), { useExternalId: usesExternalId(inputs) });
    return { id: found.id, name: inputs.name!, made: false };
}

/** The credential that is to be adopted. Throws what stands against it; nothing is written before that is settled. */
async function lookAtAdopted(client: PlatformClient, given: CredentialsInputs): Promise<CredentialsDto> {
    const there = (await listCredentials(client)).filter(({ deleted }) => deleted !== true);
    const found = wantedAmong(KIND, WHAT, given, there);
    const wanted = providerOf(given);
    if (found.provider !== wanted) {
        throw new Error(
            `adopt: the credential "${given.adopt}" has the provider ${found.provider}, not ${wanted} (write keys of its provider, or remove adopt to create a new credential)`,
        );
    }
    refuseDifferences(WHAT, given, credentialDifferences(found, withUnknown(given) as WantedCredential));
    return found;
}

/** The id of what a create made whose answer was lost, if it made anything that is still nobody's. */
async function findLost(client: PlatformClient, asked: CredentialsOutputs): Promise<string | undefined> {
    const found = (await listCredentials(client)).find(
        ({ name, provider, deleted }) => name === asked.name && provider === asked.provider && deleted !== true,
    );
    return found === undefined || KnownObjects.of(KIND, asked).isObjectTaken(found.id) ? undefined : found.id;
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
        const environments = users.length === 1 ? "compute environment" : "compute environments";
        throw new Error(
            `The credential "${name ?? id}" is still used by the ${environments} ${named}, which the Platform cannot clean up without it. Delete the ${environments} first, or use another credential there, then run again.`,
        );
    }
}

/**
 * The outputs of a credential as the Platform shows it after a write: the time of that, and a role's external id. One
 * that is INVALID is validated with the keys that it has been given.
 */
async function shown(
    client: PlatformClient,
    id: string,
    inputs: CredentialsInputs,
    validate: boolean,
): Promise<CredentialsOutputs> {
    try {
        const seen = (await findCredentials(client, id))?.credentials;
        const found = validate && seen !== undefined && isInvalid(seen) ? await validated(client, seen) : seen;
        const asked = outputs(inputs, (usesExternalId(inputs) ? found?.keys?.externalId : undefined) ?? "");
        return { ...asked, ...writtenAt(found), ...(found === undefined ? {} : doubt(undefined, found)) };
    } catch (error) {
        if (usesExternalId(inputs) || !isPlatformError(error)) {
            throw new Unfinished(id, outputs(inputs, ""), (error as Error).message);
        }
        // It is written, and only the time is missing: the next refresh takes the one that it finds.
        return outputs(inputs, "");
    }
}

/**
 * Has an INVALID credential validated with the keys of now. One that stays INVALID is not an error: what is wrong may be in
 * the cloud, as the policy of a role that this very run has still to change.
 */
async function validated(client: PlatformClient, seen: CredentialsDto): Promise<CredentialsDto | undefined> {
    let found: CredentialsDto | undefined = seen;
    let failed = "";
    try {
        await validateCredentials(client, seen.id);
        found = (await findCredentials(client, seen.id))?.credentials;
    } catch (error) {
        if (!isPlatformError(error)) {
            throw error;
        }
        failed = ` The Platform could not validate it again: ${error.message}`;
    }
    if (found !== undefined && isInvalid(found)) {
        console.log(
            `The Platform reports the credential "${found.name}" as invalid with the keys of the program too: "${faultOf(found)}". Fix the keys, or what they give access to; the next \`pulumi up\` validates it again.${failed}`,
        );
    }
    return found;
}

function outputs(inputs: CredentialsInputs, externalId: string): CredentialsOutputs {
    return wireSafe({ ...inputs, provider: providerOf(inputs), externalId });
}
