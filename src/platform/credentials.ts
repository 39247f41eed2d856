/** Credentials: https://docs.seqera.io/platform-api (tag `credentials`). Their keys can be written and never read. */

import type { PlatformClient } from "./platformClient";
import { createOnce, type Created, type CreateOnceSettings, type Sighting } from "./createOnce";
import { workspaceText } from "./diagnose";
import { PlatformError } from "./errors";
import { deleteOrGone, type DeletionOutcome, findOrGone } from "./presence";
import { createRedactor } from "./redact";
import type { CallLimits } from "./settings";
import { list, object, segment, shaped } from "./shapes";
import type {
    CredentialsDto,
    CredentialsKeys,
    CredentialsSpec,
    DescribeCredentialsResponse,
    KubernetesPlatform,
    ValidateCredentialsResponse,
} from "./types";

const PATH = "/credentials";

export interface WriteCredentialsOptions extends CallLimits {
    /** For an AWS role: the Platform makes an external id, which `describeCredentials` then shows. */
    useExternalId?: boolean;
}

export interface CreateCredentialsOptions extends WriteCredentialsOptions {
    /** Are the keys that the Platform shows the ones that were sent, as far as it shows them? */
    sameKeys: (sent: CredentialsKeys, shown: CredentialsDto["keys"]) => boolean;
    /** The caller has just seen `validateCredentialsName` succeed. Default false: it is called first. */
    nameKnownFree?: boolean;
    createOnce?: Partial<CreateOnceSettings>;
}

/** Resolves when the name is valid and free in the workspace; throws `badRequest` or `conflict` when it is not. */
export async function validateCredentialsName(
    client: PlatformClient,
    name: string,
    limits: CallLimits = {},
): Promise<void> {
    await client.get(`${PATH}/validate`, { ...limits, query: { name }, remedies: nameRemedies(client, name) });
}

/** Makes credentials, once: what a lost answer left behind is found again by its name (see `createOnce`). */
export async function createCredentials(
    client: PlatformClient,
    credentials: CredentialsSpec,
    options: CreateCredentialsOptions,
): Promise<Created<string>> {
    const { sameKeys, nameKnownFree, useExternalId, createOnce: settings, ...limits } = options;
    if (nameKnownFree !== true) {
        await validateCredentialsName(client, credentials.name, limits);
    }
    return createOnce({
        post: () =>
            client.post(
                PATH,
                { credentials },
                {
                    ...limits,
                    query: { useExternalId: useExternalId === true ? true : undefined },
                    read: (body) => shaped<{ credentialsId: string }>(body, { credentialsId: "string" }).credentialsId,
                    remedies: nameRemedies(client, credentials.name),
                },
            ),
        lookUp: (lookUpLimits) => sightCredentials(client, credentials, sameKeys, lookUpLimits),
        settings: { signal: limits.signal, ...settings },
    });
}

async function sightCredentials(
    client: PlatformClient,
    sent: CredentialsSpec,
    sameKeys: CreateCredentialsOptions["sameKeys"],
    limits: CallLimits,
): Promise<Sighting<string>> {
    const entries = (await listCredentials(client, limits)).filter(
        (entry) => entry.name === sent.name && entry.deleted !== true,
    );
    for (const entry of entries) {
        const found = (await findCredentials(client, entry.id, limits))?.credentials;
        if (found !== undefined && found.provider === sent.provider && sameKeys(sent.keys, found.keys)) {
            return { seen: "ours", id: found.id };
        }
    }
    return entries.length === 0 ? { seen: "nothing" } : { seen: "foreign", error: nameTaken(client, sent.name) };
}

export async function describeCredentials(
    client: PlatformClient,
    id: string,
    limits: CallLimits = {},
): Promise<DescribeCredentialsResponse> {
    return client.get(`${PATH}/${segment(id)}`, {
        ...limits,
        read: (body) => {
            shaped(object(body).credentials, { id: "string", name: "string", provider: "string" }, "the credentials");
            return body as DescribeCredentialsResponse;
        },
    });
}

/** All credentials of the workspace, or those that compute environments of a platform can use. */
export async function listCredentials(
    client: PlatformClient,
    options: CallLimits & { platformId?: KubernetesPlatform } = {},
): Promise<CredentialsDto[]> {
    const { platformId, ...limits } = options;
    return client.get(PATH, {
        ...limits,
        query: { platformId },
        read: (body) => list<CredentialsDto>(body, "credentials", { id: "string" }),
    });
}

/** The credentials, or undefined when they are gone for certain (see `findOrGone`). */
export async function findCredentials(
    client: PlatformClient,
    id: string,
    limits: CallLimits = {},
): Promise<DescribeCredentialsResponse | undefined> {
    return findOrGone({
        describe: () => describeCredentials(client, id, limits),
        isDeleted: (found) => found.credentials.deleted === true,
        isListed: async () =>
            (await listCredentials(client, limits)).some((entry) => entry.id === id && entry.deleted !== true),
    });
}

/**
 * Rotates the keys in place: the id stays, and compute environments go on using it. Send the full set of keys, since
 * what a partial set does is not documented.
 */
export async function updateCredentials(
    client: PlatformClient,
    id: string,
    credentials: CredentialsSpec,
    options: WriteCredentialsOptions = {},
): Promise<void> {
    const { useExternalId, ...limits } = options;
    await client.put(
        `${PATH}/${segment(id)}`,
        { credentials: { ...credentials, id } },
        {
            ...limits,
            query: { useExternalId: useExternalId === true ? true : undefined },
            remedies: nameRemedies(client, credentials.name),
        },
    );
}

/** Has the cloud asked whether it takes the keys. What comes of it is persisted, and `describeCredentials` shows it. */
export async function validateCredentials(
    client: PlatformClient,
    id: string,
    limits: CallLimits = {},
): Promise<ValidateCredentialsResponse> {
    return client.post(
        `${PATH}/${segment(id)}/validate`,
        {},
        {
            ...limits,
            idempotent: true,
            read: (body) => shaped<ValidateCredentialsResponse>(body, { status: "string" }),
        },
    );
}

/**
 * Deletes credentials. With `checked` the Platform refuses while running jobs depend on them; without, it deletes them
 * even under compute environments, whose own deletion then fails: delete those first.
 */
export async function deleteCredentials(
    client: PlatformClient,
    id: string,
    options: CallLimits & { checked?: boolean } = {},
): Promise<DeletionOutcome> {
    const { checked, ...limits } = options;
    return deleteOrGone({
        remove: () =>
            client.delete(`${PATH}/${segment(id)}`, {
                ...limits,
                query: { checked: checked === true ? true : undefined },
                remedies: {
                    conflict:
                        "Running jobs depend on these credentials: wait for them to end or cancel them, then run again.",
                },
            }),
        find: () => findCredentials(client, id, limits),
        isUnderway: (found) => found.credentials.deleted === true,
    });
}

function nameRemedies(client: PlatformClient, name: string): { conflict: string } {
    return {
        conflict:
            `Credentials named "${name}" already exist in ${workspaceText(client.workspaceId)}. ` +
            "Choose another name, delete those credentials, or refer to them by their id.",
    };
}

function nameTaken(client: PlatformClient, name: string): PlatformError {
    return new PlatformError(
        {
            kind: "conflict",
            operation: `POST ${PATH}`,
            code: "NAME_TAKEN",
            happened: `the response was lost, and the existing credentials "${name}" were created with different settings`,
            remedy: nameRemedies(client, name).conflict,
        },
        createRedactor([]),
    );
}
