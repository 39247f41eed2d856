import {
    ApiError,
    badRequest,
    envelope,
    forbidden,
    isObject,
    optionalFlag,
    optionalText,
    queryFlag,
    queryList,
    type Call,
    type Operation,
    type Reply,
} from "../http/api";
import { acceptConfig, isServedPlatform } from "./computeConfig";
import { requireUsableCredentials } from "./credentialsCheck";
import { computeEnvDto, computeEnvEntry, deletedAnswer } from "./computeEnvViews";
import { resourceLabels } from "./labels";
import { checkName, nameValidation, requireFreeName } from "./nameRules";
import type { Services } from "../state/services";
import type { ComputeEnvRecord } from "../state/store";

const KIND = "compute environment";
const DESCRIPTION_LENGTH = 2000;

/** The fields of `UpdateComputeEnvRequest`: nothing else can change after creation. */
const UPDATABLE = ["name", "description", "credentialsId", "fusionMetricsCollectionEnabled"];

/** Statuses in which a delete may be forced. */
const FORCEABLE = ["ERRORED", "INVALID", "DELETING"];

export function computeEnvOperations(services: Services): Operation[] {
    const { store, ids, lifecycle, options } = services;

    function find(call: Call): ComputeEnvRecord {
        const env = store.computeEnv(call.params.computeEnvId);
        if (!env || env.scope !== call.scope.key || env.deleted) {
            throw forbidden();
        }
        return env;
    }

    function create(call: Call): Reply {
        const given = envelope(call.body, "computeEnv");
        const name = optionalText(given, "name");
        checkName(KIND, name);
        const platform = optionalText(given, "platform");
        if (platform === undefined) {
            throw badRequest("Missing required field 'platform' in the compute environment");
        }
        if (!isServedPlatform(platform)) {
            throw badRequest(`Unknown compute environment platform '${platform}'`);
        }
        const config = acceptConfig(platform, given.config);
        const description = optionalText(given, "description", DESCRIPTION_LENGTH) ?? null;
        const credentialsId = optionalText(given, "credentialsId");
        requireUsableCredentials(services, call.scope, platform, credentialsId);
        const labelIds = resourceLabels(services, call.scope, (call.body as { labelIds?: unknown }).labelIds);
        requireFreeName(KIND, store.state.computeEnvs, call, name);
        const env: ComputeEnvRecord = {
            id: ids.text("compute-env"),
            scope: call.scope.key,
            workspaceId: call.scope.workspaceId,
            orgId: call.scope.orgId,
            name,
            description,
            platform,
            config,
            credentialsId,
            fusionMetricsCollectionEnabled: optionalFlag(given, "fusionMetricsCollectionEnabled") ?? null,
            labelIds,
            status: "CREATING",
            message: null,
            primary: false,
            deleted: false,
            dateCreated: services.now(),
            lastUpdated: services.now(),
            lastUsed: null,
            pending: null,
        };
        store.state.computeEnvs.push(env);
        lifecycle.start(env, "create", call.outcome);
        store.commit();
        return { status: 200, body: { computeEnvId: env.id } };
    }

    function list(call: Call): Reply {
        const attributes = queryList(call.query, "attributes");
        const status = call.query.get("status");
        const envs = store.state.computeEnvs.filter(
            (env) => env.scope === call.scope.key && !env.deleted && (status === null || env.status === status),
        );
        return { status: 200, body: { computeEnvs: envs.map((env) => computeEnvEntry(services, env, attributes)) } };
    }

    function describe(call: Call): Reply {
        const env = store.computeEnv(call.params.computeEnvId);
        if (!env || env.scope !== call.scope.key) {
            throw forbidden();
        }
        if (env.deleted) {
            return deletedAnswer(services, env);
        }
        const body = { computeEnv: computeEnvDto(services, env, queryList(call.query, "attributes")) };
        lifecycle.polled(env);
        return { status: 200, body };
    }

    function update(call: Call): Reply {
        const env = find(call);
        const given = isObject(call.body) ? call.body : {};
        const immutable = Object.keys(given).filter((field) => !UPDATABLE.includes(field));
        if (immutable.length > 0 && options.immutableFields === "reject") {
            throw badRequest(`Compute environment field(s) cannot be updated: ${immutable.join(", ")}`);
        }
        const name = optionalText(given, "name");
        if (name !== undefined) {
            checkName(KIND, name);
            requireFreeName(KIND, store.state.computeEnvs, call, name, env.id);
        }
        const description = optionalText(given, "description", DESCRIPTION_LENGTH);
        const credentialsId = optionalText(given, "credentialsId");
        if (credentialsId !== undefined && credentialsId !== env.credentialsId) {
            // Only a newly selected credential is checked; edits of the name are never blocked by it.
            requireUsableCredentials(services, call.scope, env.platform, credentialsId);
        }
        const fusionMetrics = optionalFlag(given, "fusionMetricsCollectionEnabled");
        env.name = name ?? env.name;
        env.credentialsId = credentialsId ?? env.credentialsId;
        const keep = options.omittedFields === "keep";
        env.description = description ?? (keep ? env.description : null);
        env.fusionMetricsCollectionEnabled = fusionMetrics ?? (keep ? env.fusionMetricsCollectionEnabled : null);
        env.lastUpdated = services.now();
        store.commit();
        return { status: 204 };
    }

    function remove(call: Call): Reply {
        const env = find(call);
        if (queryFlag(call.query, "force")) {
            if (!FORCEABLE.includes(env.status)) {
                throw badRequest(
                    `Compute environment in status ${env.status} cannot be force deleted, only in ${FORCEABLE.join(", ")}`,
                );
            }
            lifecycle.abandon(env);
            lifecycle.markDeleted(env);
        } else {
            const active = store.activeRuns(env.id).length;
            if (active > 0) {
                throw new ApiError(
                    409,
                    `Conflicting deletion: compute environment '${env.name}' has ${active} active job(s)`,
                );
            }
            if (env.status !== "DELETING") {
                lifecycle.start(env, "delete", call.outcome);
            }
        }
        store.commit();
        return { status: 204 };
    }

    function makePrimary(call: Call): Reply {
        const env = find(call);
        if (env.status !== "AVAILABLE") {
            throw badRequest(`Compute environment in status ${env.status} cannot be primary`);
        }
        for (const other of store.state.computeEnvs) {
            if (other.scope === call.scope.key) {
                other.primary = other.id === env.id;
            }
        }
        store.commit();
        return { status: 204 };
    }

    function enable(call: Call): Reply {
        const env = find(call);
        if (env.status !== "DISABLED" && env.status !== "AVAILABLE") {
            throw badRequest(`Compute environment in status ${env.status} cannot be enabled`);
        }
        env.status = "AVAILABLE";
        env.lastUpdated = services.now();
        store.commit();
        return { status: 204 };
    }

    function disable(call: Call): Reply {
        const env = find(call);
        if (env.status !== "DISABLED" && env.status !== "AVAILABLE") {
            throw badRequest(`Compute environment in status ${env.status} cannot be disabled`);
        }
        env.status = "DISABLED";
        env.primary = false;
        env.lastUpdated = services.now();
        store.commit();
        return { status: 204 };
    }

    function validate(call: Call): Reply {
        const env = store.computeEnv(call.params.computeEnvId);
        if (!env || env.scope !== call.scope.key || env.deleted) {
            throw new ApiError(404, "Compute environment not found");
        }
        if (!options.preflight) {
            throw new ApiError(405, "Pre-flight checks are disabled");
        }
        if (env.status !== "AVAILABLE" && env.status !== "INVALID") {
            throw badRequest(`Compute environment in status ${env.status} cannot be validated`);
        }
        const credentials = env.credentialsId === null ? undefined : store.credentials(env.credentialsId);
        const usable = credentials !== undefined && !credentials.deleted && credentials.status === "AVAILABLE";
        if (queryFlag(call.query, "force") && (env.status !== "INVALID" || !usable)) {
            throw new ApiError(409, "Only an INVALID compute environment with AVAILABLE credentials can be forced");
        }
        env.status = usable ? "AVAILABLE" : "INVALID";
        env.message = usable ? null : "The credentials of the compute environment are invalid or have been deleted";
        env.lastUpdated = services.now();
        store.commit();
        return { status: 200, body: { status: env.status, transientError: false, message: env.message } };
    }

    const write = "compute_environment:write";
    const one = "/compute-envs/{computeEnvId}";
    return [
        { id: "ListComputeEnvs", method: "GET", path: "/compute-envs", handle: list },
        { id: "CreateComputeEnv", method: "POST", path: "/compute-envs", permission: write, handle: create },
        {
            id: "ValidateComputeEnvName",
            method: "GET",
            path: "/compute-envs/validate",
            handle: nameValidation(KIND, () => store.state.computeEnvs),
        },
        { id: "DescribeComputeEnv", method: "GET", path: one, handle: describe },
        { id: "UpdateComputeEnv", method: "PUT", path: one, permission: write, handle: update },
        {
            id: "DeleteComputeEnv",
            method: "DELETE",
            path: one,
            permission: "compute_environment:delete",
            handle: remove,
        },
        {
            id: "UpdateComputeEnvPrimary",
            method: "POST",
            path: `${one}/primary`,
            permission: write,
            handle: makePrimary,
        },
        { id: "EnableComputeEnv", method: "POST", path: `${one}/enable`, permission: write, handle: enable },
        { id: "DisableComputeEnv", method: "POST", path: `${one}/disable`, permission: write, handle: disable },
        { id: "ValidateComputeEnv", method: "POST", path: `${one}/validate`, permission: write, handle: validate },
    ];
}
