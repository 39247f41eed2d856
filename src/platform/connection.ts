/**
 * Where the Platform is and who asks: the connection's three values, where each may come from, and what is wrong with
 * them. Pure: no network, no file; the environment is read only through a parameter.
 *
 * The environment variables are the ones that Seqera's own `tw` command line uses
 * (https://docs.seqera.io/platform-cloud/cli/installation).
 */

import { type Problem, problemLine } from "./problem";
import { proxyProblem } from "./proxy";

/** The API of Seqera Cloud. A self-hosted Platform is at `https://<host>/api`. */
export const DEFAULT_ENDPOINT = "https://api.cloud.seqera.io";

/** Hosts that serve the API itself at their root; everywhere else it lives below `/api`. */
const API_HOSTS = new Set(["api.cloud.seqera.io", "api.tower.nf"]);

/** Hosts of the web interface, which people copy from the browser's address line. */
const WEB_HOSTS = new Set(["cloud.seqera.io", "tower.nf", "cloud.tower.nf"]);

export interface Connection {
    /** Base address of the API, without a trailing slash. */
    endpoint: string;
    /** A personal access token of the Platform. */
    accessToken: string;
    /** Left out: the personal workspace of the token's owner. */
    workspaceId?: number;
    /** Tried in this order where the Platform refuses the token before. */
    otherTokens?: string[];
    /** What to do where all of them are refused, if more is known of it than that. */
    unauthorizedRemedy?: string;
}

/** Values that were given directly: arguments of a resource, flags of a command. */
export interface ExplicitConnection {
    endpoint?: string;
    accessToken?: string;
    workspaceId?: number | string;
    /** Allow `http:` to another machine: the token then travels in plain text. */
    allowInsecureEndpoint?: boolean;
}

export type ConnectionConfigKey =
    "seqera:endpoint" | "seqera:accessToken" | "seqera:workspaceId" | "seqera:allowInsecureEndpoint";

export interface ConnectionSources {
    explicit?: ExplicitConnection;
    /** Reads a key of the stack's configuration. */
    config?: (key: ConnectionConfigKey) => string | undefined;
    /** Default: `process.env`. */
    environment?: Record<string, string | undefined>;
}

export type ConnectionProperty = "endpoint" | "accessToken" | "workspaceId" | "allowInsecureEndpoint";

const CONNECTION_KEYS = ["endpoint", "accessToken", "workspaceId", "allowInsecureEndpoint"] as const;

export class ConnectionError extends Error {
    override readonly name = "ConnectionError";

    constructor(readonly faults: readonly Problem<ConnectionProperty>[]) {
        super(faults.map(problemLine).join("; "));
    }
}

interface Given<T> {
    /** How its problem begins: the name under which the user gave it, where that is not the argument's own. */
    subject: string;
    value: T;
}

/** The connection, or a `ConnectionError` that names everything that is wrong with it. */
export function resolveConnection(sources: ConnectionSources = {}): Connection {
    const { connection, faults } = examine(sources);
    if (faults.length > 0) {
        throw new ConnectionError(faults);
    }
    return connection;
}

/** What is wrong with the connection; empty when nothing is. For a provider's `check`. */
export function checkConnection(sources: ConnectionSources = {}): Problem<ConnectionProperty>[] {
    return examine(sources).faults;
}

/** The arguments of a connection that are known, of some that may not be yet. */
export function knownConnection(
    given: { [Key in ConnectionProperty]?: unknown },
    isUnknown: (value: unknown) => boolean,
): ExplicitConnection {
    return Object.fromEntries(CONNECTION_KEYS.filter((key) => !isUnknown(given[key])).map((key) => [key, given[key]]));
}

/** What is wrong with a connection, some arguments of which may not be known yet: what depends on those is not judged. */
export function checkKnownConnection(
    given: { [Key in ConnectionProperty]?: unknown },
    isUnknown: (value: unknown) => boolean,
    config: ConnectionSources["config"],
): Problem<ConnectionProperty>[] {
    return checkConnection({ explicit: knownConnection(given, isUnknown), config }).filter(
        ({ property }) =>
            !isUnknown(given[property]) && !(property === "endpoint" && isUnknown(given.allowInsecureEndpoint)),
    );
}

/**
 * A likely mistake that cannot be told from a correct value: a self-hosted Platform's API lives below `/api`, but a
 * proxy may map it elsewhere, so this is a hint in error messages and no fault.
 */
export function endpointHint(endpoint: string): string | undefined {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    if (url === undefined || API_HOSTS.has(url.hostname) || isLoopback(url.hostname)) {
        return undefined;
    }
    return /\/api$/.test(url.pathname.replace(/\/+$/, ""))
        ? undefined
        : `The endpoint ${endpoint} does not end in "/api". The API of a self-hosted Platform is usually at "/api": try ${endpoint}/api.`;
}

function examine(sources: ConnectionSources): { connection: Connection; faults: Problem<ConnectionProperty>[] } {
    const faults: Problem<ConnectionProperty>[] = [];
    const keep = <T>(property: ConnectionProperty, checked: Checked<T>): T | undefined => {
        if ("fault" in checked) {
            faults.push({ property, reason: checked.fault });
            return undefined;
        }
        return checked.value;
    };
    const allowInsecure = keep(
        "allowInsecureEndpoint",
        checkSwitch(pick(sources, "allowInsecureEndpoint", "seqera:allowInsecureEndpoint")),
    );
    const endpoint = keep(
        "endpoint",
        checkEndpoint(
            pick(sources, "endpoint", "seqera:endpoint", "TOWER_API_ENDPOINT") ?? {
                subject: "",
                value: DEFAULT_ENDPOINT,
            },
            allowInsecure === true,
        ),
    );
    const proxy = proxyProblem(endpoint ?? "", sources.environment);
    if (proxy !== undefined) {
        faults.push({ property: "endpoint", reason: proxy });
    }
    const accessToken = keep(
        "accessToken",
        checkToken(pick(sources, "accessToken", "seqera:accessToken", "TOWER_ACCESS_TOKEN")),
    );
    const workspaceId = keep(
        "workspaceId",
        checkWorkspace(pick(sources, "workspaceId", "seqera:workspaceId", "TOWER_WORKSPACE_ID")),
    );
    return { connection: { endpoint: endpoint ?? "", accessToken: accessToken ?? "", workspaceId }, faults };
}

/**
 * Explicit, then configuration, then environment. An explicit empty value counts as given, so that a variable that
 * came out empty is reported and not silently replaced by another token; an empty environment variable is unset.
 */
function pick<K extends ConnectionProperty>(
    sources: ConnectionSources,
    property: K,
    configKey: ConnectionConfigKey,
    variable?: string,
): Given<NonNullable<ExplicitConnection[K]> | string> | undefined {
    const explicit = sources.explicit?.[property];
    if (explicit !== undefined && explicit !== null) {
        return { subject: "", value: explicit };
    }
    const configured = sources.config?.(configKey);
    if (configured !== undefined) {
        return { subject: `${configKey} `, value: configured };
    }
    if (variable === undefined) {
        return undefined;
    }
    const environment = (sources.environment ?? process.env)[variable];
    return environment === undefined || environment.trim() === ""
        ? undefined
        : { subject: `${variable} `, value: environment };
}

type Checked<T> = { value: T } | { fault: string };

/** Whether a switch is on; it is text where it comes from the stack's configuration. Undefined for any other word. */
export function readSwitch(given: boolean | string): boolean | undefined {
    const text = String(given);
    return text === "true" || text === "false" ? text === "true" : undefined;
}

function checkSwitch(given: Given<boolean | string> | undefined): Checked<boolean> {
    if (given === undefined) {
        return { value: false };
    }
    const value = readSwitch(given.value);
    return value === undefined ? { fault: `${given.subject}must be true or false, not "${given.value}"` } : { value };
}

/** Of an argument whose type a program has got round. */
const NOT_TEXT = "must be a string";

function checkEndpoint({ subject, value }: Given<string>, allowInsecure: boolean): Checked<string> {
    if (typeof value !== "string") {
        return { fault: NOT_TEXT };
    }
    const text = value.trim();
    const example = `write the URL of the API, such as ${DEFAULT_ENDPOINT} or https://<host>/api`;
    if (text === "") {
        return { fault: `${subject}must not be empty (${example})` };
    }
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || url.hostname === "" || !["http:", "https:"].includes(url.protocol)) {
        return { fault: `${subject}"${withoutUserInfo(text)}" is not an https URL (${example})` };
    }
    if (url.username !== "" || url.password !== "") {
        return {
            fault: `${subject}must not contain a user name or password (remove them and set the access token instead)`,
        };
    }
    if (url.search !== "" || url.hash !== "") {
        return { fault: `${subject}"${url.origin}${url.pathname}" has a query or fragment (${example})` };
    }
    if (url.protocol === "http:" && !isLoopback(url.hostname) && !allowInsecure) {
        return {
            fault:
                `${subject}"${text}" does not use https, so the access token would be sent in plain text ` +
                `(use https, or set allowInsecureEndpoint or seqera:allowInsecureEndpoint to true)`,
        };
    }
    const path = url.pathname.replace(/\/+$/, "");
    if (WEB_HOSTS.has(url.hostname) && path !== "/api") {
        return {
            fault: `${subject}"${text}" is the URL of the web interface, not of the API (use ${DEFAULT_ENDPOINT})`,
        };
    }
    return { value: url.origin + path };
}

function checkToken(given: Given<string> | undefined): Checked<string> {
    if (given === undefined) {
        return {
            fault:
                "required to call Seqera Platform (set the argument accessToken, or run " +
                "`pulumi config set --secret seqera:accessToken`, or set the environment variable TOWER_ACCESS_TOKEN)",
        };
    }
    if (typeof given.value !== "string") {
        return { fault: NOT_TEXT };
    }
    const token = given.value.trim();
    if (token === "") {
        return { fault: `${given.subject}must not be empty (write a personal access token of Seqera Platform)` };
    }
    // What cannot stand in a header line is a paste accident: a "Bearer " prefix, quotes with a line break, two tokens.
    if (!/^[\x21-\x7e]+$/.test(token)) {
        return {
            fault:
                `${given.subject}contains spaces, line breaks or non-ASCII characters ` +
                `(write only the token, without "Bearer" or quotes)`,
        };
    }
    return { value: token };
}

function checkWorkspace(given: Given<number | string> | undefined): Checked<number | undefined> {
    if (given === undefined) {
        return { value: undefined };
    }
    const text = String(given.value).trim();
    const id = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(id) || id <= 0) {
        return {
            fault:
                `${given.subject}"${text}" is not a workspace id (write the number that the Platform shows next to the ` +
                `workspace's name, such as 75887156211590, or leave it out for your personal workspace)`,
        };
    }
    return { value: id };
}

function isLoopback(hostname: string): boolean {
    return (
        hostname === "localhost" ||
        hostname.endsWith(".localhost") ||
        hostname === "[::1]" ||
        /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname)
    );
}

/** What stands before an `@` may be a password: no message repeats it. */
function withoutUserInfo(text: string): string {
    return text.replace(/^(.*\/\/)?[^/@]*@/, "$1[redacted]@");
}
