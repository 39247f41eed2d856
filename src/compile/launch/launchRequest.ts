import { parse } from "yaml";
import type { LaunchArgs } from "../../args/launch";
import type { LaunchDto, LaunchRequest, LaunchSettings } from "../../platform/launchTypes";
import type { ComputeConfig, Nullable } from "../../platform/types";
import type { Known } from "../known";
import { unixScript } from "../nextflow/texts";
import { canonicalJson } from "../rules/names";
import { toMebibytes } from "../rules/quantities";
import { sameMeaning } from "../movedLaunch";
import { LAUNCH_CONFIG_ARGUMENTS, launchConfig } from "./launchConfig";

/** What a launch is made of, beside what is uploaded apart from it. */
export type LaunchInputs = Known<LaunchArgs> & { repository?: string };

/** What the Platform's forms copy from the environment into a launch on it, and a launch through the API has to bring along. */
export type CopiedConfig = Nullable<Pick<ComputeConfig, "workDir" | "preRunScript" | "postRunScript">>;

/** The settings that arguments become. The others are left as they are. */
type Written = Exclude<
    keyof LaunchSettings,
    | "pipelineSchemaId"
    | "launchContainer"
    | "optimizationId"
    | "optimizationTargets"
    | "resume"
    | "sessionId"
    | "runName"
>;

interface Entry<T> {
    arguments: readonly (keyof LaunchInputs)[];
    compile(given: LaunchInputs, copied: CopiedConfig): T | undefined;
    /** What a program would have written for what the Platform shows. */
    observe(shown: T): Partial<LaunchInputs>;
}

type SameName = Extract<Written, keyof LaunchInputs>;

function same<K extends SameName>(
    key: K,
    compile: Entry<LaunchSettings[K]>["compile"] = (given) => given[key] as LaunchSettings[K] | undefined,
): Entry<LaunchSettings[K]> {
    return { arguments: [key], compile, observe: (shown) => ({ [key]: shown }) };
}

/** Each setting of the API with the arguments that it comes from, both ways. */
const ENTRIES: { [K in Written]: Entry<LaunchSettings[K]> } = {
    pipeline: {
        arguments: ["repository"],
        compile: ({ repository }) => repository,
        observe: (repository) => ({ repository }),
    },
    revision: same("revision"),
    commitId: same("commitId"),
    workDir: same("workDir", ({ workDir }, copied) =>
        (workDir ?? copied.workDir ?? undefined)?.replace(/(?<=.)\/+$/, ""),
    ),
    outputDir: same("outputDir"),
    configProfiles: same("configProfiles"),
    configText: {
        arguments: LAUNCH_CONFIG_ARGUMENTS,
        compile: launchConfig,
        observe: (nextflowConfig) => ({ nextflowConfig }),
    },
    paramsText: {
        arguments: ["params"],
        compile: ({ params }) => params && paramsText(params),
        observe: (text) => ({ params: parse(text) as Record<string, unknown> }),
    },
    preRunScript: same("preRunScript", (given, copied) =>
        unixScript(given.preRunScript ?? copied.preRunScript ?? undefined),
    ),
    postRunScript: same("postRunScript", (given, copied) =>
        unixScript(given.postRunScript ?? copied.postRunScript ?? undefined),
    ),
    mainScript: same("mainScript"),
    entryName: same("entryName"),
    schemaName: same("schemaName"),
    nextflowVersion: same("nextflowVersion"),
    syntaxParser: same("syntaxParser"),
    towerConfig: same("towerConfig"),
    headJobCpus: {
        arguments: ["headJob"],
        compile: ({ headJob }) => headJob?.cpus,
        observe: (cpus) => ({ headJob: { cpus } }),
    },
    headJobMemoryMb: {
        arguments: ["headJob"],
        compile: ({ headJob }) => (headJob?.memory === undefined ? undefined : toMebibytes(headJob.memory)),
        observe: (memory) => ({ headJob: { memory: `${memory}Mi` } }),
    },
    userSecrets: same("userSecrets"),
    workspaceSecrets: same("workspaceSecrets"),
    pullLatest: same("pullLatest"),
    stubRun: same("stubRun"),
};

const WRITTEN = Object.keys(ENTRIES) as Written[];

/** Every argument of a launch. */
export const LAUNCH_ARGUMENTS: (keyof LaunchInputs)[] = [
    "computeEnvId",
    ...new Set(WRITTEN.flatMap((key) => entryOf(key).arguments)),
];

function entryOf(key: Written): Entry<unknown> {
    return ENTRIES[key];
}

/** Parameters as text, in one order, so that equal ones are equal texts. JSON is YAML, which people may go on with on the web page. */
function paramsText(params: Record<string, unknown>): string {
    return JSON.stringify(JSON.parse(canonicalJson(params)), null, 2);
}

/** The launch, whole: what is not said is null, since the Platform keeps what is left out. */
export function launchRequest(given: LaunchInputs, copied: CopiedConfig): LaunchRequest {
    return {
        computeEnvId: given.computeEnvId ?? null,
        ...Object.fromEntries(WRITTEN.map((key) => [key, entryOf(key).compile(given, copied) ?? null])),
    };
}

/** Whether what the Platform shows of a launch is what the arguments become. */
export function isLaunched(shown: LaunchDto, request: LaunchRequest): boolean {
    return (
        (shown.computeEnv?.id ?? null) === (request.computeEnvId ?? null) &&
        WRITTEN.every((key) => sameSetting(key, shown[key], request[key]))
    );
}

function sameSetting(key: Written, shown: unknown, wanted: unknown): boolean {
    return sameMeaning(shown, wanted) || (key === "paramsText" && sameParams(shown, wanted));
}

function sameParams(shown: unknown, wanted: unknown): boolean {
    try {
        const [one, other] = [shown, wanted].map((text) =>
            canonicalJson(parse(typeof text === "string" ? text : "") ?? {}),
        );
        return one === other;
    } catch {
        return false;
    }
}

/** The arguments as the Platform has them now: as they were written wherever they mean what it shows. */
export function observedLaunch<T extends LaunchInputs>(given: T, shown: LaunchDto): T {
    const wanted = launchRequest(given, shown.computeEnv?.config ?? {});
    const changed = WRITTEN.filter((key) => !sameSetting(key, shown[key], wanted[key]));
    const observed = { ...given, computeEnvId: shown.computeEnv?.id };
    for (const key of changed) {
        for (const argument of entryOf(key).arguments) {
            delete observed[argument];
        }
    }
    for (const key of WRITTEN.filter((each) => isShown(shown[each]) && replaced(each, changed))) {
        Object.assign(observed, merged(observed, entryOf(key).observe(shown[key])));
    }
    return observed;
}

/** Whether an argument that this setting comes from has been taken away above. */
function replaced(key: Written, changed: Written[]): boolean {
    return changed.some((each) => entryOf(each).arguments[0] === entryOf(key).arguments[0]);
}

function merged(observed: LaunchInputs, { headJob, ...others }: Partial<LaunchInputs>): Partial<LaunchInputs> {
    return headJob === undefined ? others : { headJob: { ...observed.headJob, ...headJob } };
}

function isShown(value: unknown): boolean {
    return Array.isArray(value)
        ? value.length > 0
        : value !== null && value !== undefined && value !== "" && value !== false;
}
