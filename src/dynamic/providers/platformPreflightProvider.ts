import {
    DEFAULT_ENDPOINT,
    findCredentials,
    isPlatformError,
    listComputeEnvs,
    type PlatformError,
    serviceInfo,
} from "../../platform";
import { workspaceText } from "../../platform/diagnose";
import type { Problem } from "../../platform/problem";
import { show } from "../../compile/rules/problems";
import { assertNoFindings, noteUnchecked } from "./preflightFindings";
import { noteKind } from "./program";
import type { Provider } from "./provider";
import { configure, connect, type ConnectionInputs, connectionProblems, settledConnection } from "./session";
import { hasUnknown, same } from "./values";

export interface PlatformPreflightInputs extends ConnectionInputs {
    credentialsId?: string;
    atPreview?: boolean;
}

const CHECKED = ["endpoint", "accessToken", "workspaceId", "credentialsId"] as const;

/** Calls the Platform before anything is created, so that an invalid connection leaves nothing behind. */
export const platformPreflightProvider: Provider<PlatformPreflightInputs, PlatformPreflightInputs> = {
    configure,

    async check(_olds, news) {
        noteKind("platformPreflight");
        const failures: Problem[] = connectionProblems(news);
        const inputs = { ...news, ...settledConnection(news) };
        if (failures.length === 0 && inputs.atPreview === true) {
            failures.push(...(await foreseen(inputs)));
        }
        return { inputs, failures };
    },

    async diff(_id, olds, news) {
        const keys = [...CHECKED, "allowInsecureEndpoint", "atPreview"] as const;
        return { changes: keys.some((key) => !same(olds[key], news[key])), replaces: [], deleteBeforeReplace: false };
    },

    async create(inputs) {
        await assertUsable(inputs);
        return { id: "platform-preflight", outs: inputs };
    },

    async read(id, props) {
        return { id, props, inputs: props };
    },

    async update(_id, olds, news) {
        if (CHECKED.some((key) => !same(olds[key], news[key]))) {
            await assertUsable(news);
        }
        return { outs: news };
    },

    async delete() {
        // Nothing of it is anywhere.
    },
};

async function assertUsable(inputs: PlatformPreflightInputs): Promise<void> {
    assertNoFindings("Seqera Platform cannot be used like this, so nothing was created", await findingsOf(inputs));
}

/** What a preview can say. Where the Platform cannot be asked it goes on: an `up` asks again, before anything is made. */
async function foreseen(inputs: PlatformPreflightInputs): Promise<Problem[]> {
    if (hasUnknown(CHECKED.map((key) => inputs[key]))) {
        noteUnchecked("the Platform at preview, because the connection is not known yet");
        return [];
    }
    return findingsOf(inputs).catch((error: unknown) => {
        noteUnchecked(`the Platform at preview, because it does not respond: ${(error as Error).message}`);
        return [];
    });
}

/** By connection and credential: environments with the same ones share the calls of a process. */
const checks = new Map<string, Promise<Problem[]>>();

function findingsOf(inputs: PlatformPreflightInputs): Promise<Problem[]> {
    const key = JSON.stringify(CHECKED.map((each) => inputs[each] ?? null));
    const known = checks.get(key) ?? check(inputs);
    checks.set(key, known);
    // A Platform that did not respond is asked again.
    known.catch(() => checks.delete(key));
    return known;
}

/** The endpoint before the rest, without the token: what is not the Platform must not get it. */
async function check(inputs: PlatformPreflightInputs): Promise<Problem[]> {
    try {
        await serviceInfo(connect(inputs));
    } catch (error) {
        if (isPlatformError(error, "notFound", "malformedAnswer", "badRequest", "unauthorized", "forbidden")) {
            return [await endpointProblem(inputs, error)];
        }
        throw error;
    }
    try {
        return await workspaceProblems(inputs);
    } catch (error) {
        if (isPlatformError(error, "unauthorized")) {
            const reason = `rejected by ${inputs.endpoint}: ${error.happened} (write a valid personal access token of a user of that Platform)`;
            return [{ property: "accessToken", reason }];
        }
        if (isPlatformError(error, "forbidden")) {
            const reason = `the token's user has no access to ${workspaceText(inputs.workspaceId)}: ${error.happened} (write the id of a workspace in which the user is Owner or Admin)`;
            return [{ property: "workspaceId", reason }];
        }
        throw error;
    }
}

async function workspaceProblems(inputs: PlatformPreflightInputs): Promise<Problem[]> {
    const { credentialsId, workspaceId } = inputs;
    const client = connect(inputs);
    if (credentialsId === undefined) {
        await listComputeEnvs(client);
        return [];
    }
    const found = await findCredentials(client, credentialsId);
    const reason = `${show(credentialsId)} does not exist in ${workspaceText(workspaceId)} (write the id of a credential of this workspace)`;
    return found === undefined ? [{ property: "credentialsId", reason }] : [];
}

async function endpointProblem(inputs: PlatformPreflightInputs, error: PlatformError): Promise<Problem> {
    const { endpoint } = inputs;
    const api = await apiBeside(inputs);
    const remedy =
        api === undefined
            ? `write the URL of the API, such as ${DEFAULT_ENDPOINT} or https://<host>/api`
            : `write ${show(api)}`;
    return {
        property: "endpoint",
        reason: `${show(endpoint)} is not the API of Seqera Platform: ${error.operation}: ${error.happened} (${remedy})`,
    };
}

/** The API of the same host, for an address of one of its pages or without `/api`. */
async function apiBeside(inputs: PlatformPreflightInputs): Promise<string | undefined> {
    const endpoint = inputs.endpoint!;
    for (const near of new Set([`${endpoint}/api`, `${new URL(endpoint).origin}/api`])) {
        const responds = await serviceInfo(connect({ ...inputs, endpoint: near })).then(
            () => true,
            () => false,
        );
        if (responds) {
            return near;
        }
    }
    return undefined;
}
