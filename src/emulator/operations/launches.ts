import { parse } from "yaml";
import { badRequest, isObject, optionalText, type Scope } from "../http/api";
import { launchComputeEnv } from "./computeEnvViews";
import type { Services } from "../state/services";
import type { LaunchRecord } from "../state/store";

/** The fields of `WorkflowLaunchRequest` that a launch keeps. */
const FIELDS = [
    "commitId",
    "configProfiles",
    "configText",
    "entryName",
    "headJobCpus",
    "headJobMemoryMb",
    "launchContainer",
    "mainScript",
    "nextflowVersion",
    "optimizationId",
    "optimizationTargets",
    "outputDir",
    "paramsText",
    "pipeline",
    "pipelineSchemaId",
    "postRunScript",
    "preRunScript",
    "pullLatest",
    "resume",
    "revision",
    "runName",
    "schemaName",
    "sessionId",
    "stubRun",
    "syntaxParser",
    "towerConfig",
    "userSecrets",
    "workDir",
    "workspaceSecrets",
];

/** What a launch must have; where it may be left out, the person who launches fills it in. */
export interface LaunchRules {
    computeEnv: "required" | "optional";
    workDir: "required" | "optional" | "from-compute-env";
}

/** A new launch from a request. */
export function acceptLaunch(services: Services, scope: Scope, given: unknown, rules: LaunchRules): LaunchRecord {
    const launch: LaunchRecord = { id: services.ids.text("launch"), computeEnvId: null };
    return mergeLaunch(services, scope, launch, given, rules);
}

/**
 * A launch with the fields of a request over it. A field that the request leaves out stays as it was, and only an
 * explicit null clears it. The compute environment is checked when it is chosen: what referred to one before keeps the
 * reference when that one is deleted.
 */
export function mergeLaunch(
    services: Services,
    scope: Scope,
    current: LaunchRecord,
    given: unknown,
    rules: LaunchRules,
): LaunchRecord {
    if (!isObject(given)) {
        throw badRequest("Missing required field 'launch' in the request body");
    }
    const launch: LaunchRecord = { ...current };
    for (const field of FIELDS.filter((name) => given[name] !== undefined)) {
        launch[field] = given[field];
    }
    const wanted = optionalText(given, "computeEnvId");
    launch.computeEnvId = given.computeEnvId === null ? null : (wanted ?? current.computeEnvId);
    if (launch.computeEnvId !== null && launch.computeEnvId !== current.computeEnvId) {
        requireComputeEnv(services, scope, launch.computeEnvId);
    }
    if (launch.computeEnvId === null && rules.computeEnv === "required") {
        throw badRequest("Missing launching environment profile");
    }
    if (typeof launch.pipeline !== "string" || launch.pipeline === "") {
        throw badRequest("Missing launching pipeline repository");
    }
    if (rules.workDir === "from-compute-env" && !launch.workDir && launch.computeEnvId !== null) {
        launch.workDir = services.store.computeEnv(launch.computeEnvId)?.config.workDir ?? null;
    }
    if (!launch.workDir && rules.workDir !== "optional") {
        throw badRequest("Missing launching work directory");
    }
    return launch;
}

/** Whether two launches start the same. What is not set, not ticked and empty is the same. */
export function sameLaunch(a: LaunchRecord, b: LaunchRecord): boolean {
    return launchText(a) === launchText(b);
}

/** What a launch starts, as text. */
export function launchText(launch: LaunchRecord): string {
    const isSet = (value: unknown): boolean => Boolean(Array.isArray(value) ? value.length : value);
    const set = ["computeEnvId", ...FIELDS].filter((field) => isSet(launch[field]));
    return JSON.stringify(set.map((field) => [field, launch[field]]));
}

/** The parameters of a launch, in YAML or JSON. Text that is neither is Nextflow's to refuse. */
export function paramsOf({ paramsText }: LaunchRecord): Record<string, unknown> {
    try {
        const params: unknown = typeof paramsText === "string" ? parse(paramsText) : undefined;
        return isObject(params) ? params : {};
    } catch {
        return {};
    }
}

function requireComputeEnv({ store }: Services, scope: Scope, id: string): void {
    const env = store.computeEnv(id);
    if (!env || env.scope !== scope.key || env.deleted) {
        throw badRequest(`Unknown compute environment with ID '${id}'`);
    }
}

/** `LaunchDbDto`. */
export function launchDto(services: Services, launch: LaunchRecord): Record<string, unknown> {
    const { computeEnvId, id, labelIds: _labels, ...fields } = launch;
    const unset = Object.fromEntries(FIELDS.map((field) => [field, null]));
    const env = computeEnvId === null ? undefined : services.store.computeEnv(computeEnvId);
    return {
        id,
        computeEnv: env ? launchComputeEnv(env) : null,
        ...unset,
        ...fields,
        pullLatest: fields.pullLatest ?? false,
        resume: fields.resume ?? false,
        stubRun: fields.stubRun ?? false,
    };
}
