/**
 * Compute environments: https://docs.seqera.io/platform-api (tag `compute-envs`). There is no PATCH, no way to change
 * `config` after creation, and no call that takes "primary" away again.
 */

import type { PlatformClient } from "./platformClient";
import { createOnce, type Created, type CreateOnceSettings, type Sighting } from "./createOnce";
import { workspaceText } from "./diagnose";
import { PlatformError } from "./errors";
import { deleteOrGone, type DeletionOutcome, findOrGone } from "./presence";
import { createRedactor } from "./redact";
import type { CallLimits } from "./settings";
import { list, object, segment, shaped } from "./shapes";
import type {
    ComputeConfig,
    ComputeEnvDto,
    ComputeEnvEntry,
    CreateComputeEnvRequest,
    Nullable,
    UpdateComputeEnvRequest,
    ValidateComputeEnvResponse,
} from "./types";

const PATH = "/compute-envs";

export interface CreateComputeEnvOptions extends CallLimits {
    /** Is the configuration that the Platform shows the one that was sent? What it shows is never quite as it was sent. */
    sameConfig: (sent: ComputeConfig, shown: Nullable<ComputeConfig>) => boolean;
    /** The caller has just seen `validateComputeEnvName` succeed. Default false: it is called first. */
    nameKnownFree?: boolean;
    createOnce?: Partial<CreateOnceSettings>;
}

/** Resolves when the name is valid and free in the workspace; throws `badRequest` or `conflict` when it is not. */
export async function validateComputeEnvName(
    client: PlatformClient,
    name: string,
    limits: CallLimits = {},
): Promise<void> {
    await client.get(`${PATH}/validate`, { ...limits, query: { name }, remedies: nameRemedies(client, name) });
}

/**
 * Makes a compute environment and returns its id at once: it is CREATING then, see `waitForComputeEnv`. Safe over a
 * connection that loses answers: what this call made is found again by its name, and never made twice.
 */
export async function createComputeEnv(
    client: PlatformClient,
    request: CreateComputeEnvRequest,
    options: CreateComputeEnvOptions,
): Promise<Created<string>> {
    const { sameConfig, nameKnownFree, createOnce: settings, ...limits } = options;
    const { name } = request.computeEnv;
    if (nameKnownFree !== true) {
        await validateComputeEnvName(client, name, limits);
    }
    return createOnce({
        post: () =>
            client.post(PATH, request, {
                ...limits,
                read: (body) => shaped<{ computeEnvId: string }>(body, { computeEnvId: "string" }).computeEnvId,
                remedies: nameRemedies(client, name),
            }),
        lookUp: (lookUpLimits) => sightComputeEnv(client, request, sameConfig, lookUpLimits),
        settings: { signal: limits.signal, ...settings },
    });
}

/** Looks for the compute environment that a lost POST may have made: same name and everything that was sent. */
async function sightComputeEnv(
    client: PlatformClient,
    request: CreateComputeEnvRequest,
    sameConfig: CreateComputeEnvOptions["sameConfig"],
    limits: CallLimits,
): Promise<Sighting<string>> {
    const { name, platform, credentialsId, config } = request.computeEnv;
    // What the Platform adds by itself does not count.
    const isMadeFrom = (found: ComputeEnvDto) =>
        found.platform === platform &&
        (credentialsId === undefined || credentialsId === found.credentialsId) &&
        sameConfig(config, found.config);
    const entries = (await listComputeEnvs(client, limits)).filter(
        (entry) => entry.name === name && entry.status !== "DELETED",
    );
    for (const entry of entries) {
        const found = await findComputeEnv(client, entry.id, limits);
        if (found !== undefined && isMadeFrom(found)) {
            return { seen: "ours", id: found.id };
        }
    }
    return entries.length === 0 ? { seen: "nothing" } : { seen: "foreign", error: nameTaken(client, name) };
}

/** One compute environment, with its labels if asked for. Throws when the Platform does not show it. */
export async function describeComputeEnv(
    client: PlatformClient,
    id: string,
    options: CallLimits & { attributes?: readonly ("labels" | "resources")[] } = {},
): Promise<ComputeEnvDto> {
    const { attributes, ...limits } = options;
    return client.get(`${PATH}/${segment(id)}`, {
        ...limits,
        query: { attributes },
        read: (body) =>
            shaped<ComputeEnvDto>(
                object(body).computeEnv,
                { id: "string", status: "string" },
                "the compute environment",
            ),
    });
}

/** All compute environments of the workspace; the API does not page this list. */
export async function listComputeEnvs(client: PlatformClient, limits: CallLimits = {}): Promise<ComputeEnvEntry[]> {
    return client.get(PATH, {
        ...limits,
        read: (body) => list<ComputeEnvEntry>(body, "computeEnvs", { id: "string" }),
    });
}

/**
 * The compute environment, or undefined when it is gone for certain (see `findOrGone`). `deleted` is tested before the
 * status: an old deleted compute environment still says AVAILABLE.
 */
export async function findComputeEnv(
    client: PlatformClient,
    id: string,
    options: CallLimits & { attributes?: readonly ("labels" | "resources")[] } = {},
): Promise<ComputeEnvDto | undefined> {
    return findOrGone({
        describe: () => describeComputeEnv(client, id, options),
        isDeleted: isDeletedComputeEnv,
        isListed: async () =>
            (await listComputeEnvs(client, { signal: options.signal, deadline: options.deadline })).some(
                (entry) => entry.id === id && entry.status !== "DELETED",
            ),
    });
}

export function isDeletedComputeEnv(found: Pick<ComputeEnvDto, "deleted" | "status">): boolean {
    return found.deleted === true || found.status === "DELETED";
}

/**
 * Changes what can be changed. Send all four values: whether the Platform keeps what is left out is not documented.
 */
export async function updateComputeEnv(
    client: PlatformClient,
    id: string,
    changes: UpdateComputeEnvRequest,
    limits: CallLimits = {},
): Promise<void> {
    await client.put(`${PATH}/${segment(id)}`, changes, {
        ...limits,
        remedies: changes.name === undefined ? undefined : nameRemedies(client, changes.name),
    });
}

/**
 * Asks for the deletion, which goes on after this returns: see `waitForComputeEnvGone`. Without `force` the Platform
 * removes its own objects from the cluster first, so the cluster and the credential must still be there.
 */
export async function deleteComputeEnv(
    client: PlatformClient,
    id: string,
    options: CallLimits & { force?: boolean } = {},
): Promise<DeletionOutcome> {
    const { force, ...limits } = options;
    return deleteOrGone({
        remove: () =>
            client.delete(`${PATH}/${segment(id)}`, {
                ...limits,
                query: { force: force === true ? true : undefined },
                remedies: {
                    conflict:
                        "Runs are still active on this compute environment: wait for them to end or cancel them, then run again.",
                },
            }),
        find: () => findComputeEnv(client, id, limits),
        isUnderway: (found) => found.status === "DELETING" || isDeletedComputeEnv(found),
    });
}

/** Makes it the primary one of its workspace. Only another one can take that place again. */
export async function setPrimaryComputeEnv(client: PlatformClient, id: string, limits: CallLimits = {}): Promise<void> {
    await client.post(
        `${PATH}/${segment(id)}/primary`,
        {},
        {
            ...limits,
            idempotent: true,
            remedies: {
                badRequest: "Only an AVAILABLE compute environment can be primary. Fix this one first.",
            },
        },
    );
}

/** Runs the Platform's own checks; `force` makes an INVALID one AVAILABLE when its credential is. */
export async function validateComputeEnv(
    client: PlatformClient,
    id: string,
    options: CallLimits & { force?: boolean } = {},
): Promise<ValidateComputeEnvResponse> {
    const { force, ...limits } = options;
    return client.post(
        `${PATH}/${segment(id)}/validate`,
        {},
        {
            ...limits,
            idempotent: true,
            query: { force: force === true ? true : undefined },
            remedies: {
                conflict:
                    "Its credentials are also invalid. Fix them first, and check that the Platform shows them as AVAILABLE.",
            },
            read: (body) => shaped<ValidateComputeEnvResponse>(body, { status: "string" }),
        },
    );
}

function nameRemedies(client: PlatformClient, name: string): { conflict: string } {
    return {
        conflict:
            `A compute environment named "${name}" already exists in ${workspaceText(client.workspaceId)}. ` +
            "Choose another name, delete that one, or adopt it.",
    };
}

function nameTaken(client: PlatformClient, name: string): PlatformError {
    return new PlatformError(
        {
            kind: "conflict",
            operation: `POST ${PATH}`,
            code: "NAME_TAKEN",
            happened: `the response was lost, and the existing "${name}" was created with different settings`,
            remedy: nameRemedies(client, name).conflict,
        },
        createRedactor([]),
    );
}
