import {
    checkConnection,
    checkKnownConnection,
    type Connection,
    type ConnectionSources,
    knownConnection,
    PlatformClient,
    readSwitch,
    resolveConnection,
} from "../../platform";
import { type Problem, problemLine } from "../../platform/problem";
import { show } from "../../compile/rules/problems";
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

/**
 * Whether the stack's configuration says so. It reaches a deletion by `pulumi destroy --run-program`, too, in which the engine hears the
 * program and tells us nothing of its arguments.
 */
export function isConfigured(key: "seqera:forceDelete"): boolean {
    const [problem] = switchProblems(key);
    if (problem !== undefined) {
        throw new Error(problemLine({ ...problem, property: key }));
    }
    return stackConfig?.get(key) === "true";
}

/** What is wrong with a switch of the stack's configuration, which is text whatever is written there. */
export function switchProblems(key: "seqera:forceDelete"): Problem[] {
    const given = stackConfig?.get(key);
    return given === undefined || readSwitch(given) !== undefined
        ? []
        : [
              {
                  property: key.slice("seqera:".length),
                  reason: `must be true or false in the stack's configuration, not ${show(given)} (run \`pulumi config set ${key} true\`, or set it to false)`,
              },
          ];
}

/** What of the connection is given, wherever it comes from; what is not known yet counts as not given. */
function sources(inputs: ConnectionInputs): ConnectionSources {
    return { explicit: knownConnection(inputs, isUnknown), config: (key) => stackConfig?.get(key) };
}

/** The faults of the connection, as far as it is known. No call is made. */
export function connectionProblems(inputs: ConnectionInputs): Problem[] {
    return checkKnownConnection(inputs, isUnknown, (key) => stackConfig?.get(key));
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
 * What is read, with its connection settled. What is read by its id alone, as `get` does, has been through no check; it is told
 * by an output that it does not have.
 */
export function settledForRead<T extends ConnectionInputs>(given: T, output: keyof T): T {
    return given[output] === undefined ? { ...given, ...settledConnection(given) } : given;
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

/** What the program of this run says of the places that it names, by endpoint and workspace, and by endpoint alone. */
const program = new Map<string, ConnectionInputs>();

const places = ({ endpoint, workspaceId }: ConnectionInputs) => [
    JSON.stringify([endpoint, workspaceId ?? null]),
    JSON.stringify([endpoint]),
];

/** Notes what a `check` has settled. Where none is called no program runs: in `pulumi refresh` and `pulumi destroy`. */
export function noteProgram(inputs: ConnectionInputs): void {
    places(inputs).forEach((place) => program.set(place, inputs));
}

/** A client for a connection that `check` has settled. Throws a message that says which part is wrong. */
export function connect(inputs: ConnectionInputs): PlatformClient {
    return clientFor(resolveConnection(settledSources(inputs)));
}

/**
 * A client for what state has, to read or delete it. Where the program names the same place in this run, its token applies. Without
 * a program all that is known of the token is from the last `up`, the stack's configuration included, which the engine takes from
 * state as well; it may be revoked by now. The environment alone is of this run, so it comes first; if the Platform refuses that
 * token, which may be another installation's, what state remembers is tried.
 */
export function connectFromState(props: ConnectionInputs): PlatformClient {
    const said = places(props)
        .map((place) => program.get(place))
        .find((each) => each !== undefined);
    if (said !== undefined) {
        return connect({ ...props, accessToken: said.accessToken });
    }
    const given = settledSources(props);
    const tokenless = { ...given, explicit: { ...given.explicit, accessToken: undefined } };
    const known = [
        ...(process.env.TOWER_ACCESS_TOKEN?.trim() ? [{ ...tokenless, config: withoutToken(given.config) }] : []),
        given,
        ...(given.config?.("seqera:accessToken") === undefined ? [] : [tokenless]),
    ].map(resolveConnection);
    const tokens = [...new Set(known.map(({ accessToken }) => accessToken))];
    return clientFor({ ...known[0], otherTokens: tokens.slice(1), unauthorizedRemedy: REMEMBERED });
}

const REMEMBERED =
    "The access token is invalid, expired or revoked. Set TOWER_ACCESS_TOKEN to a valid token and run again: without it, a refresh or destroy uses the token of the last `pulumi up`. " +
    "Or give the program a valid token (`pulumi config set --secret seqera:accessToken`) and run `pulumi up` first, without --refresh.";

function withoutToken(config: ConnectionSources["config"]): ConnectionSources["config"] {
    return (key) => (key === "seqera:accessToken" ? undefined : config?.(key));
}

function clientFor(connection: Connection): PlatformClient {
    const { endpoint, workspaceId, accessToken, otherTokens } = connection;
    const key = JSON.stringify([endpoint, workspaceId, accessToken, otherTokens]);
    const client = clients.get(key) ?? new PlatformClient(connection);
    clients.set(key, client);
    return client;
}
