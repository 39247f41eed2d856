import { isDeepStrictEqual } from "node:util";
import {
    ApiError,
    badRequest,
    envelope,
    forbidden,
    isObject,
    optionalText,
    queryFlag,
    type Call,
    type Operation,
    type Reply,
} from "../http/api";
import { isServedPlatform, PLATFORMS } from "./computeConfig";
import { PROVIDERS } from "./credentialKeys";
import { checkName, nameValidation, requireFreeName } from "./nameRules";
import type { Services } from "../state/services";
import type { CredentialsRecord } from "../state/store";

const KIND = "credentials";

/** Role through which Seqera Cloud assumes a customer's AWS role (https://docs.seqera.io/platform-cloud/credentials/aws_credentials). */
const CLOUD_ACCESS_ROLE = "arn:aws:iam::161471496260:role/SeqeraPlatformCloudAccessRole";

export function credentialsOperations(services: Services): Operation[] {
    const { store, ids } = services;

    function find(call: Call): CredentialsRecord {
        const credentials = store.credentials(call.params.credentialsId);
        if (!credentials || credentials.scope !== call.scope.key || credentials.deleted) {
            throw forbidden();
        }
        return credentials;
    }

    /** Stores a complete set of keys, what is secret apart from what answers may show. */
    function setKeys(record: CredentialsRecord, given: unknown, externalId: string | undefined): void {
        const rules = PROVIDERS[record.provider];
        const keys: Record<string, string> = {};
        for (const [key, value] of Object.entries(isObject(given) ? given : {})) {
            if (
                typeof value === "string" &&
                value !== "" &&
                (rules.readable.includes(key) || rules.secret.includes(key))
            ) {
                keys[key] = value;
            }
        }
        rules.check(keys);
        // The external id is the server's to choose: one that a client sends is not taken.
        delete keys.externalId;
        if (externalId !== undefined) {
            keys.externalId = externalId;
        }
        const pick = (names: string[]): Record<string, string> =>
            Object.fromEntries(Object.entries(keys).filter(([key]) => names.includes(key)));
        record.keys = pick(rules.readable);
        store.state.secrets[record.id] = pick(rules.secret);
    }

    function acceptProvider(given: Record<string, unknown>): string {
        const provider = optionalText(given, "provider");
        if (provider === undefined) {
            throw badRequest("Missing required field 'provider' in the credentials");
        }
        if (!(provider in PROVIDERS)) {
            throw badRequest(`Unknown credentials provider '${provider}'`);
        }
        return provider;
    }

    function create(call: Call): Reply {
        const given = envelope(call.body, "credentials");
        const name = optionalText(given, "name");
        checkName(KIND, name);
        const provider = acceptProvider(given);
        requireFreeName(KIND, store.state.credentials, call, name);
        const record: CredentialsRecord = {
            id: ids.text("credentials"),
            scope: call.scope.key,
            name,
            description: optionalText(given, "description") ?? null,
            provider,
            baseUrl: optionalText(given, "baseUrl", 200) ?? null,
            category: optionalText(given, "category", 20) ?? null,
            keys: {},
            status: "AVAILABLE",
            message: null,
            deleted: false,
            dateCreated: services.now(),
            lastUpdated: services.now(),
            lastUsed: null,
            lastValidated: null,
        };
        setKeys(record, given.keys, externalId(call, provider, given.keys));
        store.state.credentials.push(record);
        store.commit();
        return { status: 200, body: { credentialsId: record.id } };
    }

    /** With `useExternalId=true`, an AWS role gets an external id of its own, once. */
    function externalId(call: Call, provider: string, keys: unknown, current?: string): string | undefined {
        const role = provider === "aws" && isObject(keys) && typeof keys.assumeRoleArn === "string";
        return role && (current !== undefined || queryFlag(call.query, "useExternalId"))
            ? (current ?? ids.uuid("external-id"))
            : undefined;
    }

    function update(call: Call): Reply {
        const record = find(call);
        const given = envelope(call.body, "credentials");
        const name = optionalText(given, "name") ?? record.name;
        checkName(KIND, name);
        requireFreeName(KIND, store.state.credentials, call, name, record.id);
        if (acceptProvider(given) !== record.provider) {
            throw badRequest("The provider of credentials cannot be changed");
        }
        if (given.id !== undefined && given.id !== null && given.id !== record.id) {
            throw badRequest("The id of credentials cannot be changed");
        }
        const description = optionalText(given, "description");
        const baseUrl = optionalText(given, "baseUrl", 200);
        if (given.keys !== undefined && given.keys !== null) {
            setKeys(record, given.keys, externalId(call, record.provider, given.keys, record.keys.externalId));
        }
        record.name = name;
        record.description = description ?? record.description;
        record.baseUrl = baseUrl ?? record.baseUrl;
        record.lastUpdated = services.now();
        store.commit();
        return { status: 204 };
    }

    function list(call: Call): Reply {
        const platformId = call.query.get("platformId");
        if (platformId !== null && !isServedPlatform(platformId)) {
            throw badRequest(`Unknown compute environment platform '${platformId}'`);
        }
        const found = store.state.credentials.filter(
            (credentials) =>
                credentials.scope === call.scope.key &&
                !credentials.deleted &&
                (platformId === null || PLATFORMS[platformId].credentials === credentials.provider),
        );
        return { status: 200, body: { credentials: found.map(credentialsDto) } };
    }

    function describe(call: Call): Reply {
        const record = find(call);
        return { status: 200, body: { credentials: credentialsDto(record), ...setupSnippet(record) } };
    }

    function remove(call: Call): Reply {
        const record = find(call);
        const users = store.state.computeEnvs.filter((env) => env.credentialsId === record.id && !env.deleted);
        if (queryFlag(call.query, "checked") && users.some((env) => store.activeRuns(env.id).length > 0)) {
            const conflicts = users
                .flatMap((env) => store.activeRuns(env.id))
                .map((run) => ({ id: run.id, name: run.runName, type: "workflow", url: `/watch/${run.id}` }));
            const body = { credentialsId: record.id, conflicts };
            throw new ApiError(409, "Credentials are used by running jobs", body);
        }
        record.deleted = true;
        record.lastUpdated = services.now();
        delete store.state.secrets[record.id];
        delete store.state.refusedKeys[record.id];
        store.commit();
        return { status: 204 };
    }

    /** Shows the keys to the cloud, which takes all but those that `setCredentialsStatus` has it refuse. */
    function probe(record: CredentialsRecord): void {
        const refused = isDeepStrictEqual(store.state.refusedKeys[record.id], store.keys(record));
        record.status = refused ? "INVALID" : "AVAILABLE";
        record.message = refused ? record.message : null;
    }

    function validate(call: Call): Reply {
        const record = store.credentials(call.params.credentialsId);
        if (!record || record.scope !== call.scope.key || record.deleted) {
            throw new ApiError(404, "Credentials not found");
        }
        if (queryFlag(call.query, "force")) {
            if (record.status !== "INVALID") {
                throw new ApiError(409, "Only INVALID credentials can be forced");
            }
            record.status = "AVAILABLE";
            record.message = null;
        } else {
            probe(record);
        }
        record.lastValidated = services.now();
        store.commit();
        const { status, message } = record;
        return { status: 200, body: { status, transientError: false, message } };
    }

    const write = "credentials:write";
    const one = "/credentials/{credentialsId}";
    return [
        { id: "ListCredentials", method: "GET", path: "/credentials", handle: list },
        { id: "CreateCredentials", method: "POST", path: "/credentials", permission: write, handle: create },
        {
            id: "ValidateCredentialsName",
            method: "GET",
            path: "/credentials/validate",
            handle: nameValidation(KIND, () => store.state.credentials),
        },
        { id: "DescribeCredentials", method: "GET", path: one, handle: describe },
        { id: "UpdateCredentials", method: "PUT", path: one, permission: write, handle: update },
        { id: "DeleteCredentials", method: "DELETE", path: one, permission: "credentials:delete", handle: remove },
        { id: "ValidateCredentials", method: "POST", path: `${one}/validate`, permission: write, handle: validate },
    ];
}

/** `Credentials`, without anything secret. */
function credentialsDto(record: CredentialsRecord): object {
    const { scope: _scope, keys, deleted, ...visible } = record;
    const readable = PROVIDERS[record.provider].readable.map((key): [string, string | null] => [
        key,
        keys[key] ?? null,
    ]);
    return {
        ...visible,
        deleted: deleted || null,
        keys: { ...Object.fromEntries(readable), discriminator: record.provider },
    };
}

/** The trust policy that an AWS role needs. */
function setupSnippet(record: CredentialsRecord): { setupSnippet?: string } {
    if (record.keys.externalId === undefined) {
        return {};
    }
    const principal = { AWS: CLOUD_ACCESS_ROLE };
    const condition = { StringEquals: { "sts:ExternalId": record.keys.externalId } };
    const statement = [
        { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", Condition: condition },
        { Effect: "Allow", Principal: principal, Action: "sts:TagSession" },
    ];
    return { setupSnippet: JSON.stringify({ Version: "2012-10-17", Statement: statement }, null, 2) };
}
