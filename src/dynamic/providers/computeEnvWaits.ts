import {
    type ComputeEnvDto,
    type ComputeEnvGoneOutcome,
    type ComputeEnvOutcome,
    deleteComputeEnv,
    isPlatformError,
    type PlatformClient,
    waitForComputeEnv,
    waitForComputeEnvGone,
} from "../../platform";
import { type ComputeEnvInputs, type ComputeEnvOutputs, messageOf, quotedMessageOf } from "./computeEnvInputs";

/** A wait shorter than this says nothing, so that the usual `up` stays quiet. */
const QUIET_SECONDS = 10;

/** How often a longer wait says where it is. */
const REPORT_EVERY_SECONDS = 30;

/** The longest pause before a deletion that active runs hold up is tried again. The first is 1 s, and each one doubles. */
const LONGEST_ACTIVE_RUNS_PAUSE_MS = 10_000;

/**
 * Says on the terminal how a wait goes on. What a dynamic provider prints is shown by `pulumi up`, though not in the
 * resource's own line: the protocol gives a dynamic provider no way to write there.
 */
export function reporter(name: string, until: string): (progress: { elapsedMs: number; last?: ComputeEnvDto }) => void {
    let next = QUIET_SECONDS;
    return ({ elapsedMs, last }) => {
        const seconds = Math.floor(elapsedMs / 1000);
        if (seconds >= next) {
            next = seconds + REPORT_EVERY_SECONDS;
            const said = messageOf(last) === "" ? "" : `: ${messageOf(last)}`;
            console.log(
                `Compute environment "${name}" is ${last?.status ?? "not visible yet"} after ${seconds} s${said}; waiting until it is ${until}`,
            );
        }
    };
}

/** Waits until the environment is usable. Returns why it is not, if it is not. */
export async function awaitAvailable(
    client: PlatformClient,
    id: string,
    inputs: ComputeEnvInputs,
): Promise<{ found?: ComputeEnvDto; fault?: string }> {
    const end = await waitForComputeEnv(client, id, {
        timeoutSeconds: inputs.createTimeoutSeconds,
        onProgress: reporter(inputs.name ?? id, "AVAILABLE"),
    });
    return { found: end.last, fault: unavailable(end, inputs.name ?? id) };
}

function unavailable(end: ComputeEnvOutcome, name: string): string | undefined {
    const said = quotedMessageOf(end.last) || ", and the Platform gives no reason";
    const seconds = Math.round(end.elapsedMs / 1000);
    switch (end.outcome) {
        case "available":
        case "disabled":
            return undefined;
        case "errored":
            return `The Platform could not create the compute environment "${name}"${said}. It stays in state: fix the cause, and the next \`pulumi up\` replaces it.`;
        case "invalid":
            return `The Platform reports the compute environment "${name}" as invalid${said}. It stays in state: fix the credential or the cluster, and the next \`pulumi up\` validates it again.`;
        case "gone":
            return `The compute environment "${name}" was deleted while it was being created. Run \`pulumi refresh\`, then \`pulumi up\`.`;
        case "timeout":
            return `The compute environment "${name}" is still ${end.last?.status ?? "unknown"} after ${seconds} s. It stays in state, and the next \`pulumi up\` continues to wait; to allow more time, raise createTimeoutSeconds. The usual cause is a service pod that cannot be scheduled: check the Deployment in its namespace.`;
        case "failed":
            return `Waiting for the compute environment "${name}" failed: ${end.error.message} It stays in state, and the next \`pulumi up\` continues to wait.`;
        case "aborted":
            return `Waiting for the compute environment "${name}" was interrupted. The next \`pulumi up\` continues to wait.`;
    }
}

/** Deletes the environment and waits until it is gone; active runs are waited for as well. Throws why it is not gone. */
export async function removeComputeEnv(client: PlatformClient, id: string, props: ComputeEnvOutputs): Promise<void> {
    const deadline = Date.now() + (props.deleteTimeoutSeconds ?? 900) * 1000;
    const name = props.name ?? id;
    if (!(await requestDeletion(client, id, name, deadline))) {
        return;
    }
    const end = await awaitGone(client, id, name, deadline, props);
    if (end.outcome === "gone") {
        return;
    }
    const stuck = end.outcome === "errored" || end.outcome === "invalid" || end.outcome === "timeout";
    if (!(stuck && props.forceDelete)) {
        throw new Error(notGone(end, name));
    }
    await deleteComputeEnv(client, id, { force: true });
    const forced = await awaitGone(client, id, name, Math.max(deadline, Date.now() + 60_000));
    if (forced.outcome !== "gone") {
        throw new Error(notGone(forced, name));
    }
}

function awaitGone(client: PlatformClient, id: string, name: string, deadline: number, before?: ComputeEnvOutputs) {
    return waitForComputeEnvGone(client, id, {
        timeoutSeconds: Math.max(1, (deadline - Date.now()) / 1000),
        statusBefore: before?.status,
        lastUpdatedBefore: before?.lastUpdated || undefined,
        onProgress: reporter(name, "gone"),
    });
}

/** Asks for the deletion until no run is in the way. False when there is nothing left to delete. */
async function requestDeletion(client: PlatformClient, id: string, name: string, deadline: number): Promise<boolean> {
    for (let pause = 1_000; ; pause = Math.min(2 * pause, LONGEST_ACTIVE_RUNS_PAUSE_MS)) {
        try {
            return (await deleteComputeEnv(client, id)) !== "gone";
        } catch (error) {
            const left = deadline - Date.now();
            if (!isPlatformError(error, "conflict")) {
                throw error;
            }
            if (left <= 0) {
                throw new Error(
                    `The compute environment "${name}" could not be deleted within deleteTimeoutSeconds. ${error.message}`,
                );
            }
            if (pause === 1_000) {
                console.log(
                    `Compute environment "${name}" has active runs; waiting for them to end before deleting it`,
                );
            }
            await new Promise((resolve) => setTimeout(resolve, Math.min(pause, left)));
        }
    }
}

function notGone(end: ComputeEnvGoneOutcome, name: string): string {
    const said = quotedMessageOf(end.last);
    const force =
        "Fix the cause and run `pulumi destroy` again, or set forceDelete to leave behind what the Platform created in the cluster: the argument for `pulumi up`, the configuration seqera:forceDelete for `pulumi destroy --run-program`.";
    switch (end.outcome) {
        case "timeout":
            return `The compute environment "${name}" is still ${end.last?.status ?? "present"} after ${Math.round(end.elapsedMs / 1000)} s${said}. Run again to continue to wait; to allow more time, raise deleteTimeoutSeconds.`;
        case "failed":
            return `Waiting for the deletion of the compute environment "${name}" failed: ${end.error.message}`;
        case "aborted":
            return `Waiting for the deletion of the compute environment "${name}" was interrupted.`;
        default:
            return `The Platform could not clean up the compute environment "${name}"${said}. ${force}`;
    }
}
