import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ClusterLayout } from "./layout";
import { startProcess } from "./processes";

/** Its log would lie in the directory that it removes. */
const SCRIPT = 'cat >/dev/null; exec "$@" >/dev/null 2>&1';

/**
 * Ends the control plane when this process ends, however it does, SIGKILL included: the watchdog reads from a pipe that
 * only we hold, and becomes the stop command when that closes. Until then it is a sleeping shell.
 */
export async function startWatchdog(layout: ClusterLayout): Promise<void> {
    const tsx = pathToFileURL(require.resolve("tsx")).href;
    const stop = [process.execPath, "--import", tsx, join(__dirname, "main.ts"), "stop", "--dir", layout.dir];
    await startProcess(layout, {
        name: "watchdog",
        command: "/bin/sh",
        arguments: ["-c", SCRIPT, "watchdog", ...stop],
        stdin: "pipe",
    });
}
