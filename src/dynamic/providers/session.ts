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
 * even if the configuration has changed by then. The token is not: it is looked up each time.
 */
export function settledConnection(inputs: ConnectionInputs): ConnectionInputs {
    if (checkConnection(sources(inputs)).length > 0) {
        return {};
    }
    const { endpoint, workspaceId } = resolveConnection(sources(inputs));
    return {
        endpoint: isUnknown(inputs.endpoint) ? inputs.endpoint : endpoint,
        ...(isUnknown(inputs.workspaceId) ? {} : workspaceId === undefined ? {} : { workspaceId }),
    };
}

/** A client for the connection. Throws a message that says which part is wrong. */
export function connect(inputs: ConnectionInputs): PlatformClient {
    const connection = resolveConnection(sources(inputs));
    const key = JSON.stringify([connection.endpoint, connection.workspaceId, connection.accessToken]);
    const client = clients.get(key) ?? new PlatformClient(connection);
    clients.set(key, client);
    return client;
}
