import { checkConnection, type ConnectionSources, PlatformClient, resolveConnection } from "../../platform";
import type { Problem } from "../../compile/problems";
import { isUnknown } from "./values";

/** Reads one key of the stack's configuration, secrets decrypted. */
interface StackConfig {
    get(key: string): string | undefined;
}

/** The connection inputs that every resource has. Left open, since they come out of state and over the wire. */
export interface ConnectionInputs {
    endpoint?: string;
    accessToken?: string;
    workspaceId?: number;
    allowInsecureEndpoint?: boolean;
}

const CONNECTION_KEYS = ["endpoint", "accessToken", "workspaceId", "allowInsecureEndpoint"] as const;

let stackConfig: StackConfig | undefined;

/** Clients are shared by all resources of the process, so that they share connections and the rate limit. */
const clients = new Map<string, PlatformClient>();

/**
 * Keeps the configuration for later. Nothing more: the host does not wait for this before it runs a second method of the
 * same provider, and runs on when it fails.
 */
export function configure({ config }: { config: StackConfig }): void {
    stackConfig = config;
}

/** What of the connection is given, wherever it comes from; what is not known yet counts as not given. */
function sources(inputs: ConnectionInputs): ConnectionSources {
    const known = CONNECTION_KEYS.filter((key) => !isUnknown(inputs[key])).map((key) => [key, inputs[key]]);
    return { explicit: Object.fromEntries(known) as ConnectionInputs, config: (key) => stackConfig?.get(key) };
}

/** The faults of the connection, as far as it is known. No call is made. */
export function connectionProblems(inputs: ConnectionInputs): Problem[] {
    return checkConnection(sources(inputs)).filter(({ property }) => !isUnknown(inputs[property]));
}

/**
 * The endpoint and workspace that apply, written into the inputs: a later refresh or delete must reach the same place
 * even if the configuration has changed by then. The token is not: it is looked up each time, and whether it is known
 * yet must not decide about the rest, or a preview would show a change of workspace that is none.
 */
export function settledConnection(inputs: ConnectionInputs): ConnectionInputs {
    const given = sources(inputs);
    const tokenless = { ...given, explicit: { ...given.explicit, accessToken: "not-looked-at" } };
    if (checkConnection(tokenless).length > 0) {
        return {};
    }
    const { endpoint, workspaceId } = resolveConnection(tokenless);
    return {
        endpoint: isUnknown(inputs.endpoint) ? inputs.endpoint : endpoint,
        ...(isUnknown(inputs.workspaceId) ? {} : workspaceId === undefined ? {} : { workspaceId }),
    };
}

/**
 * The sources of a connection that `check` has settled. Without a workspace it means the personal one, also when the
 * configuration names one by now: elsewhere the object would seem to be gone.
 */
function settledSources(inputs: ConnectionInputs): ConnectionSources {
    const { explicit, config } = sources(inputs);
    return {
        explicit,
        config: (key) => (key === "seqera:workspaceId" ? undefined : config?.(key)),
        environment: { ...process.env, TOWER_WORKSPACE_ID: undefined },
    };
}

/** A client for a connection that `check` has settled. Throws a message that says which part is wrong. */
export function connect(inputs: ConnectionInputs): PlatformClient {
    const connection = resolveConnection(settledSources(inputs));
    const key = JSON.stringify([connection.endpoint, connection.workspaceId, connection.accessToken]);
    const client = clients.get(key) ?? new PlatformClient(connection);
    clients.set(key, client);
    return client;
}
