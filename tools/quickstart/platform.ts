import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ClusterLayout } from "../cluster/layout";
import { endProcesses, isRunning, logFile, recordedProcesses, startProcess } from "../cluster/processes";
import { layout } from "./layout";

const READY_WITHIN_MS = 15_000;

const processes = new ClusterLayout(layout.platform);

/** Where the emulator listens, if it runs. */
export async function runningPlatform(): Promise<string | undefined> {
    const [record] = await recordedProcesses(processes);
    if (record === undefined || !(await isRunning(record)) || !existsSync(layout.platformReady)) {
        return undefined;
    }
    return (JSON.parse(await readFile(layout.platformReady, "utf8")) as { endpoint: string }).endpoint;
}

/** Starts the Platform emulator as a process of its own, which the next command finds again. */
export async function startPlatform(): Promise<string> {
    const running = await runningPlatform();
    if (running !== undefined) {
        return running;
    }
    await rm(layout.platformReady, { force: true });
    await mkdir(layout.platform, { recursive: true });
    const document = join(layout.root, "..", "shared", "reference", "seqera-api.yaml");
    await startProcess(processes, {
        name: "emulator",
        command: process.execPath,
        arguments: [
            join(layout.root, "dist", "emulator", "cli.js"),
            ...["--state-file", layout.platformState, "--ready-file", layout.platformReady],
            ...["--log", join(layout.platform, "requests.log")],
            ...(existsSync(document) ? ["--openapi", document] : []),
        ],
    });
    const deadline = Date.now() + READY_WITHIN_MS;
    for (;;) {
        const endpoint = await runningPlatform();
        if (endpoint !== undefined) {
            return endpoint;
        }
        if (Date.now() > deadline) {
            throw new Error(`The Platform emulator did not start; see ${logFile(processes, "emulator")}.`);
        }
        await sleep(50);
    }
}

export async function stopPlatform(): Promise<void> {
    await endProcesses(processes);
}
