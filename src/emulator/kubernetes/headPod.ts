import type { ComputeConfig } from "../../platform/types";
import { mountPath } from "../operations/computeConfig";
import type { ComputeEnvRecord, LabelRecord, LaunchRecord, RunRecord } from "../state/store";
import { headPod } from "./objects";

/** Name of the pod that runs Nextflow for a run. */
export function headPodName(run: RunRecord): string {
    return `nf-${run.id.toLowerCase()}`;
}

/**
 * The head pod of a run, made of the compute environment's own configuration and of what the launch says. Limits and names
 * that the Platform gives it are not documented, so nothing may depend on them.
 */
export function headPodOf(env: ComputeEnvRecord, run: RunRecord, labels: LabelRecord[], image: string): object {
    const { config } = env;
    const { launch } = run;
    const { metadata, spec } = headPod(env, labels, {
        image: text(launch.launchContainer) ?? image,
        cpus: number(launch.headJobCpus) ?? config.headJobCpus,
        memoryMb: number(launch.headJobMemoryMb) ?? config.headJobMemoryMb,
        command: ["nf-launch.sh", ...nextflowCommand(run)],
        env: environment(env, run),
        labels: { "seqera.io/workflow": run.id },
    });
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { ...metadata, name: headPodName(run), namespace: config.namespace },
        spec,
    };
}

function nextflowCommand({ launch, runName, sessionId }: RunRecord): string[] {
    const option = (flag: string, value: string | undefined): string[] => (value === undefined ? [] : [flag, value]);
    const profiles = Array.isArray(launch.configProfiles) ? launch.configProfiles.join(",") : "";
    return [
        ...["nextflow", "run", String(launch.pipeline), "-name", runName],
        ...option("-w", text(launch.workDir)),
        ...option("-r", text(launch.revision)),
        ...option("-main-script", text(launch.mainScript)),
        ...option("-entry", text(launch.entryName)),
        ...option("-profile", profiles === "" ? undefined : profiles),
        ...option("-resume", launch.resume === true ? sessionId : undefined),
        ...(launch.stubRun === true ? ["-stub-run"] : []),
        ...(launch.pullLatest === true ? ["-latest"] : []),
    ];
}

function environment(env: ComputeEnvRecord, run: RunRecord): { name: string; value: string }[] {
    const { config } = env;
    const { launch } = run;
    const files: Record<string, string | undefined> = {
        NXF_CONFIG_BASE64: config.nextflowConfig,
        TOWER_CONFIG_BASE64: managedConfig(config),
        NXF_LAUNCH_CONFIG_BASE64: text(launch.configText),
        NXF_PARAMS_BASE64: text(launch.paramsText),
        TOWER_PRERUN_BASE64: text(launch.preRunScript) ?? config.preRunScript,
        TOWER_POSTRUN_BASE64: text(launch.postRunScript) ?? config.postRunScript,
    };
    const given = Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return [
        { name: "TOWER_WORKFLOW_ID", value: run.id },
        ...session(run),
        ...(env.workspaceId === null ? [] : [{ name: "TOWER_WORKSPACE_ID", value: String(env.workspaceId) }]),
        ...given.map(([name, value]) => ({ name, value: Buffer.from(value).toString("base64") })),
        ...variables(config, "head"),
    ];
}

/**
 * A run can be resumed where the next head finds what Nextflow noted of the session. Each session has notes of its own: Nextflow
 * refuses a run name that they have already.
 */
function session({ sessionId, launch }: RunRecord): { name: string; value: string }[] {
    // State files of older emulators have runs without one.
    if (sessionId === undefined) {
        return [];
    }
    const workDir = text(launch.workDir);
    return [
        ...(launch.resume === true ? [] : [{ name: "NXF_UUID", value: sessionId }]),
        ...(workDir === undefined ? [] : [{ name: "NXF_CACHE_DIR", value: `${workDir}/.nextflow/${sessionId}` }]),
    ];
}

function variables(config: ComputeConfig, target: "head" | "compute"): { name: string; value: string }[] {
    const given = (config.environment ?? []).filter((variable) => variable[target] === true);
    return given.map(({ name, value }) => ({ name, value: value ?? "" }));
}

/**
 * What the Platform sets itself from the compute environment; it goes before the environment's `nextflowConfig`
 * (https://docs.seqera.io/platform-cloud/launch/advanced, "Nextflow config file").
 */
export function managedConfig(config: ComputeConfig): string {
    const settings: [string, string | undefined][] = [
        ["process.executor", "k8s"],
        ["k8s.namespace", config.namespace],
        ["k8s.serviceAccount", config.computeServiceAccount],
        ["k8s.storageClaimName", config.storageClaimName],
        ["k8s.storageMountPath", mountPath(config)],
        ...variables(config, "compute").map(({ name, value }): [string, string] => [`env.${name}`, value]),
    ];
    const given = settings.filter((entry): entry is [string, string] => entry[1] !== undefined);
    return given.map(([name, value]) => `${name} = ${groovyString(value)}\n`).join("");
}

/** A literal in which nothing is interpolated. */
function groovyString(value: string): string {
    const escaped = value
        .replaceAll(/[\\']/g, (character) => `\\${character}`)
        .replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    return `'${escaped}'`;
}

function text(value: LaunchRecord[string]): string | undefined {
    return typeof value === "string" && value !== "" ? value : undefined;
}

function number(value: LaunchRecord[string]): number | undefined {
    return typeof value === "number" ? value : undefined;
}
