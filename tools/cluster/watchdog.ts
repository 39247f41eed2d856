import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ClusterLayout } from "./layout";
import { startProcess } from "./processes";

export const WATCHDOG = "watchdog";

/** Its log would lie in the directory that the command removes. */
const SCRIPT = 'cat >/dev/null; exec "$@" >/dev/null 2>&1';

/**
 * Ends the control plane when this process ends, however it does, SIGKILL included: the watchdog reads from a pipe that
 * only we hold, and becomes the stop command when that closes. Until then it is a sleeping shell.
 */
export async function startWatchdog(layout: ClusterLayout, removal: "everything" | "processes"): Promise<void> {
    const tsx = pathToFileURL(require.resolve("tsx")).href;
    const stop = [process.execPath, "--import", tsx, join(__dirname, "main.ts"), "stop", "--dir", layout.dir];
    await startProcess(layout, {
        name: WATCHDOG,
        command: "/bin/sh",
        arguments: ["-c", SCRIPT, WATCHDOG, ...stop, ...(removal === "processes" ? ["--keep-directory"] : [])],
        stdin: "pipe",
    });
}
