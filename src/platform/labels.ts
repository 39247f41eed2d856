/** Labels: https://docs.seqera.io/platform-api (tag `labels`). A label has no GET of its own: it is found in the list. */

import type { PlatformClient } from "./platformClient";
import { createOnce, type Created, type CreateOnceSettings, type Sighting } from "./createOnce";
import { workspaceText } from "./diagnose";
import { isPlatformError, PlatformError } from "./errors";
import { allPages, firstOnPages, totalSize } from "./paging";
import { deleteOrGone, type DeletionOutcome } from "./presence";
import { createRedactor } from "./redact";
import type { CallLimits } from "./settings";
import { list, segment, shaped } from "./shapes";
import type { LabelDto, LabelSpec } from "./types";

const PATH = "/labels";

export interface ListLabelsOptions extends CallLimits {
    /** Default `all`. */
    type?: "simple" | "resource" | "all";
    /** Part of the name or value. */
    search?: string;
}

/** Every label that matches, page by page. */
export async function listLabels(client: PlatformClient, options: ListLabelsOptions = {}): Promise<LabelDto[]> {
    const { type, search, ...limits } = options;
    return allPages(
        ({ id }) => id,
        (page) =>
            client.get(PATH, {
                ...limits,
                query: { type: type ?? "all", search, ...page },
                read: (body) => ({
                    entries: list<LabelDto>(body, "labels", { id: "number", name: "string" }),
                    totalSize: totalSize(body),
                }),
            }),
    );
}

/** The label with exactly this name and value. */
export async function findLabelByName(
    client: PlatformClient,
    label: Pick<LabelSpec, "name" | "value" | "resource">,
    limits: CallLimits = {},
): Promise<LabelDto | undefined> {
    const type = label.resource === undefined ? "all" : label.resource ? "resource" : "simple";
    const candidates = await listLabels(client, { ...limits, search: label.name, type });
    return candidates.find(
        (found) =>
            found.name === label.name &&
            (found.value ?? "") === (label.value ?? "") &&
            (label.resource === undefined || (found.resource ?? false) === label.resource),
    );
}

/**
 * The label, or undefined when it is gone. The list is the only witness, so a name that is known only makes the usual
 * case one short call; without a hit the whole list decides, as the label may have been renamed.
 */
export async function findLabel(
    client: PlatformClient,
    id: number,
    options: CallLimits & { name?: string } = {},
): Promise<LabelDto | undefined> {
    const { name, ...limits } = options;
    const byId = (label: LabelDto): boolean => label.id === id;
    const near = name === undefined ? undefined : (await listLabels(client, { ...limits, search: name })).find(byId);
    return near ?? (await listLabels(client, limits)).find(byId);
}

export interface CreateLabelOptions extends CallLimits {
    /** The caller has just looked, and the label is not there. Default false: it is looked for first. */
    knownAbsent?: boolean;
    createOnce?: Partial<CreateOnceSettings>;
}

/**
 * Makes a label, once. Labels have no name check of their own, so the list is looked at first: that makes the message
 * for a label that exists a clear one, and what a lost answer left behind recognisable.
 */
export async function createLabel(
    client: PlatformClient,
    label: LabelSpec,
    options: CreateLabelOptions = {},
): Promise<Created<number>> {
    const { knownAbsent, createOnce: settings, ...limits } = options;
    if (knownAbsent !== true && (await findLabelByName(client, label, limits)) !== undefined) {
        throw labelExists(client, label);
    }
    return createOnce({
        post: () =>
            client.post(PATH, label, {
                ...limits,
                read: (body) => shaped<{ id: number }>(body, { id: "number" }).id,
                remedies: { conflict: existsRemedy(client, label) },
            }),
        lookUp: async (lookUpLimits): Promise<Sighting<number>> => {
            const found = await findLabelByName(client, label, lookUpLimits);
            return found === undefined ? { seen: "nothing" } : { seen: "ours", id: found.id };
        },
        settings: { signal: limits.signal, ...settings },
    });
}

/** A label, and whether this call made it. */
export interface EnsuredLabel {
    id: number;
    made: boolean;
}

/** The label with this name and value: a workspace has each once, so one that is there serves. */
export async function ensureLabel(
    client: PlatformClient,
    label: LabelSpec,
    limits: CallLimits = {},
): Promise<EnsuredLabel> {
    const there = await findLabelByName(client, label, limits);
    return there === undefined ? makeOrFind(client, label, limits) : { id: there.id, made: false };
}

/**
 * The ids of the simple labels with these names, in their order; those that the workspace lacks are made. Nothing deletes them again:
 * whatever else carries a label by then would lose it.
 */
export async function ensureLabels(
    client: PlatformClient,
    names: readonly string[],
    limits: CallLimits = {},
): Promise<number[]> {
    if (names.length === 0) {
        return [];
    }
    const search = names.length === 1 ? names[0] : undefined;
    const there = await listLabels(client, { ...limits, type: "simple", search });
    const ids = new Map(there.map(({ id, name }) => [name, id]));
    for (const name of names) {
        if (!ids.has(name)) {
            ids.set(name, (await makeOrFind(client, { name, resource: false }, limits)).id);
        }
    }
    return names.map((name) => ids.get(name)!);
}

/** Makes a label that was not there, or finds the one that somebody else made meanwhile, perhaps another resource of this program. */
async function makeOrFind(client: PlatformClient, label: LabelSpec, limits: CallLimits): Promise<EnsuredLabel> {
    try {
        return { id: (await createLabel(client, label, { ...limits, knownAbsent: true })).id, made: true };
    } catch (error) {
        // The Platform says so as 400 or 409.
        const quicker = isPlatformError(error, "conflict", "badRequest")
            ? await findLabelByName(client, label, limits)
            : undefined;
        if (quicker === undefined) {
            throw error;
        }
        return { id: quicker.id, made: false };
    }
}

/** Gives a label another name or value, for all that carry it. */
export async function updateLabel(
    client: PlatformClient,
    id: number,
    { name, value }: Pick<LabelSpec, "name" | "value">,
    limits: CallLimits = {},
): Promise<void> {
    const remedy = `If another label "${name}=${value}" was created in the meantime, delete one of the two in the Platform, then run again.`;
    await client.put(`${PATH}/${segment(id)}`, { name, value }, { ...limits, remedies: { badRequest: remedy } });
}

export async function deleteLabel(
    client: PlatformClient,
    id: number,
    limits: CallLimits = {},
): Promise<DeletionOutcome> {
    return deleteOrGone({
        remove: () =>
            client.delete(`${PATH}/${segment(id)}`, {
                ...limits,
                remedies: {
                    conflict: "The label is in use: remove it from everything that carries it, then run again.",
                },
            }),
        find: () => findLabel(client, id, limits),
        isUnderway: () => false,
    });
}

interface Carrier {
    what: string;
    path: string;
    key: string;
    paged: boolean;
    nameOf: (entry: Entry) => unknown;
    /** Whether a Platform or workspace may lack the list, in which case nothing of this kind carries a label. */
    mayLack?: boolean;
}

/** The lists of what can carry a resource label, each with the property that names an entry. */
const CARRIERS: Carrier[] = [
    { what: "compute environment", path: "/compute-envs", key: "computeEnvs", paged: false, nameOf: named },
    { what: "pipeline", path: "/pipelines", key: "pipelines", paged: true, nameOf: named },
    { what: "action", path: "/actions", key: "actions", paged: false, nameOf: named },
    { what: "Studio", path: "/studios", key: "studios", paged: true, nameOf: named, mayLack: true },
    { what: "run", path: "/workflow", key: "workflows", paged: true, nameOf: (entry) => entry.workflow?.runName },
];

interface Entry {
    name?: string;
    status?: string;
    labels?: LabelDto[] | null;
    workflow?: { runName?: string } | null;
}

function named({ name }: Entry): unknown {
    return name;
}

/**
 * What in the workspace carries the label, such as `pipeline "rnaseq"`; undefined when nothing does. The API has no call for that,
 * so the lists are looked through until the first that does. A run counts as well when it has ended: its label is what costs are
 * told apart by.
 */
export async function findLabelUse(
    client: PlatformClient,
    id: number,
    limits: CallLimits = {},
): Promise<string | undefined> {
    for (const { what, path, key, paged, nameOf, mayLack } of CARRIERS) {
        const use = await firstOnPages(
            ({ labels, status }: Entry) => status !== "DELETED" && (labels ?? []).some((label) => label.id === id),
            (page) =>
                client.get(path, {
                    ...limits,
                    query: { attributes: ["labels"], ...(paged ? page : {}) },
                    read: (body) => ({
                        entries: list<Entry>(body, key, {}),
                        totalSize: paged ? totalSize(body) : 0,
                    }),
                }),
        ).catch((error: unknown) => {
            if (mayLack && isPlatformError(error, "notFound", "forbidden")) {
                return undefined;
            }
            throw error;
        });
        if (use !== undefined) {
            return `${what} "${String(nameOf(use))}"`;
        }
    }
    return undefined;
}

function existsRemedy(client: PlatformClient, label: LabelSpec): string {
    const text = label.value === undefined ? label.name : `${label.name}=${label.value}`;
    return (
        `The label "${text}" already exists in ${workspaceText(client.workspaceId)}. ` +
        "Refer to it by its id, or choose another name or value."
    );
}

function labelExists(client: PlatformClient, label: LabelSpec): PlatformError {
    return new PlatformError(
        {
            kind: "conflict",
            operation: `POST ${PATH}`,
            code: "LABEL_EXISTS",
            happened: "not sent, because the label already exists",
            remedy: existsRemedy(client, label),
        },
        createRedactor([]),
    );
}
