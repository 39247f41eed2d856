import { setTimeout as sleep } from "node:timers/promises";
import type { ControlPlane } from "../cluster";
import { readAudit } from "./audit";
import type { Kubectl } from "./kubectl";
import type { Platform } from "./platform";
import { lacking, type Right } from "./rights";
import { MOUNT_PATH } from "./settings";
import type { Role, TakenAway } from "./revokedRights";

/** Where runs take place. */
export interface Place {
    cluster: ControlPlane;
    kubectl: Kubectl;
    platform: Platform;
    /** The folder behind the work claim. */
    volume: string;
}

/** What a stack says of its environment. */
export interface Outputs {
    computeEnvId: string;
    status: string;
    namespace: string;
    serviceAccounts: Record<Role, string>;
}

export interface Workflow {
    id: string;
    status: string;
    exitStatus: number | null;
    errorMessage: string | null;
    errorReport: string | null;
    /** How many tasks ended how, once the run has ended. */
    stats: { succeedCount: number; failedCount: number } | null;
}

interface ComputeEnv {
    name: string;
    platform: string;
    credentialsId: string;
    config: { workDir: string };
    status: string;
    message: string | null;
}

/** What came of a chain without one right. */
export interface Outcome {
    role: Role;
    right: Right;
    status: string;
    /** What the run, its head pod or the environment said. */
    said: string;
}

const ENDS_WITHIN_MS = 300_000;
const LATE_MESSAGE_WITHIN_MS = 10_000;

async function computeEnv(platform: Platform, id: string): Promise<ComputeEnv> {
    return ((await platform.call("GET", `/compute-envs/${id}`)) as { computeEnv: ComputeEnv }).computeEnv;
}

/** Launches a pipeline of the volume as the Platform's users do, who are shown the environment's work directory. */
export async function launchRun(
    platform: Platform,
    computeEnvId: string,
    runName: string,
    script: string,
): Promise<string> {
    const { workflowId } = (await platform.call("POST", "/workflow/launch", {
        launch: {
            computeEnvId,
            pipeline: `${MOUNT_PATH}/pipeline/${script}`,
            workDir: (await computeEnv(platform, computeEnvId)).config.workDir,
            runName,
            paramsText: `outdir: ${MOUNT_PATH}/results\n`,
        },
    })) as { workflowId: string };
    return workflowId;
}

/** Launches a pipeline and follows it to its end, with the log of its head pod, which may be gone by then. */
export async function followRun(
    { kubectl, platform }: Place,
    { computeEnvId, namespace }: Outputs,
    runName: string,
    script: string,
    say: (step: string) => void,
): Promise<{ workflow: Workflow; log: string }> {
    const workflowId = await launchRun(platform, computeEnvId, runName, script);
    const deadline = Date.now() + ENDS_WITHIN_MS;
    let shown = "";
    let log = Promise.resolve("");
    for (;;) {
        const { workflow } = (await platform.call("GET", `/workflow/${workflowId}`)) as { workflow: Workflow };
        if (workflow.status !== shown) {
            say(`Workflow ${workflowId} is ${workflow.status}`);
            shown = workflow.status;
            if (shown === "RUNNING") {
                const pod = `nf-${workflowId.toLowerCase()}`;
                const args = ["--namespace", namespace, "logs", pod, "--container", "head", "--follow"];
                log = kubectl.run(args).catch(() => "");
            }
        }
        if (!["SUBMITTED", "RUNNING"].includes(workflow.status)) {
            return { workflow, log: await log };
        }
        if (Date.now() > deadline) {
            await platform.call("POST", `/workflow/${workflowId}/cancel`);
            throw new Error(`The pipeline is ${workflow.status} after ${ENDS_WITHIN_MS / 1000} s.`);
        }
        await sleep(500);
    }
}

/** Of tasks and of head pods that rank as they do: room for one, which the head pod takes as the first of them. */
function noTasks(namespace: string): object {
    return {
        apiVersion: "v1",
        kind: "ResourceQuota",
        metadata: { name: "no-tasks", namespace },
        spec: {
            hard: { pods: "1" },
            scopeSelector: {
                matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: ["tasks"] }],
            },
        },
    };
}

/**
 * Does something while the pods of tasks have to wait for room in a quota, until Nextflow has asked what its Jobs are doing: they
 * wait where bare pods would fail the run.
 */
export async function held<T>(
    { cluster, kubectl }: Place,
    { namespace, serviceAccounts }: Outputs,
    run: () => Promise<T>,
    say: (step: string) => void,
): Promise<T> {
    const asked = async (): Promise<number> => {
        const { calls } = await readAudit(cluster.auditLog, namespace);
        const own = Object.entries(calls[serviceAccounts.head] ?? {});
        return own.filter(([call]) => call.startsWith("get jobs/status")).reduce((sum, [, times]) => sum + times, 0);
    };
    const before = await asked();
    await kubectl.apply([noTasks(namespace)]);
    // Until what is used has been counted, nobody is let in.
    const counted = ["wait", "resourcequota/no-tasks", "--for=jsonpath={.status.used.pods}=0"];
    await kubectl.run(["--namespace", namespace, ...counted]);
    let over = false;
    const running = run().finally(() => (over = true));
    // Whoever waits below hears of a failure in the end, not before.
    running.catch(() => {});
    while (!over && (await asked()) === before) {
        await sleep(500);
    }
    await kubectl.run(["--namespace", namespace, "delete", "resourcequota", "no-tasks"]);
    say("Jobs have waited for room in a quota");
    return await running;
}

/** The launcher removes a head pod when the run is over, and says later if it could not. */
async function withLateMessage(platform: Platform, ended: Workflow): Promise<Workflow> {
    const deadline = Date.now() + LATE_MESSAGE_WITHIN_MS;
    let workflow = ended;
    while (workflow.errorMessage === null && Date.now() < deadline) {
        await sleep(250);
        ({ workflow } = (await platform.call("GET", `/workflow/${ended.id}`)) as { workflow: Workflow });
    }
    return workflow;
}

const SCRIPTS = { pods: "one.nf", jobs: "one.nf", "held jobs": "one.nf", failing: "nowhere.nf" } as const;

/** The shortest chain that uses a right, without it. */
export async function runWithout(
    place: Place,
    outputs: Outputs,
    { role, right, chain }: TakenAway,
    say: (step: string) => void,
): Promise<Outcome> {
    const { kubectl, platform } = place;
    const { namespace, serviceAccounts } = outputs;
    const what = `${role} without "${right.verb} ${right.resource}"`;
    const name = `without-${role}-${right.verb}-${right.resource.replace("/", "-")}`;
    const attempt = async (): Promise<{ status: string; said: string }> => {
        if (chain === "environment") {
            return await makeAnother(platform, outputs.computeEnvId, name);
        }
        const told = (step: string) => say(`${what}: ${step}`);
        const follow = () => followRun(place, outputs, name, SCRIPTS[chain], told);
        const { workflow, log } = await (chain === "held jobs" ? held(place, outputs, follow, told) : follow());
        const ended = role === "launcher" ? await withLateMessage(platform, workflow) : workflow;
        const { status, errorMessage, errorReport } = ended;
        return { status, said: [errorMessage, errorReport, log].join("\n") };
    };
    const outcome = await lacking(kubectl, namespace, serviceAccounts[role], right, attempt);
    say(`${what}: ${outcome.status}`);
    return { role, right, ...outcome };
}

/** An environment with the configuration of one that is there, and what becomes of it; it is removed again. */
async function makeAnother(
    platform: Platform,
    computeEnvId: string,
    name: string,
): Promise<{ status: string; said: string }> {
    const { platform: kind, credentialsId, config } = await computeEnv(platform, computeEnvId);
    const request = { computeEnv: { name, platform: kind, credentialsId, config } };
    const made = (await platform.call("POST", "/compute-envs", request)) as { computeEnvId: string };
    const deadline = Date.now() + ENDS_WITHIN_MS;
    for (;;) {
        const { status, message } = await computeEnv(platform, made.computeEnvId);
        if (status !== "CREATING") {
            await platform.call("DELETE", `/compute-envs/${made.computeEnvId}`);
            return { status, said: message ?? "" };
        }
        if (Date.now() > deadline) {
            throw new Error(`The compute environment is ${status} after ${ENDS_WITHIN_MS / 1000} s.`);
        }
        await sleep(200);
    }
}
