import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ControlPlane } from "../cluster";
import { ClusterLayout } from "../cluster/layout";
import { isRunning, logFile, startProcess } from "../cluster/processes";
import { EngineError } from "../engine";
import { HEAD_IMAGE, PAUSE_IMAGE } from "../images";

const ROOT = join(__dirname, "..", "..");
const READY_WITHIN_MS = 15_000;

/** The workspace and token that the emulator has unless told otherwise. */
export const WORKSPACE_ID = 75887156211589;
export const ACCESS_TOKEN = "seqera-emulator-token";

export interface Platform {
    endpoint: string;
    /** Calls the Platform's API. */
    call(method: "GET" | "POST" | "DELETE", path: string, body?: object): Promise<unknown>;
    /** Where requests or answers did not match the Platform's API document. */
    violations(): Promise<unknown[]>;
}

/** Starts the Platform emulator among the control plane's processes: it ends with them, however that happens. */
export async function startPlatform(cluster: ControlPlane, { node } = { node: true }): Promise<Platform> {
    const layout = new ClusterLayout(cluster.dir);
    const ready = join(cluster.dir, "platform.json");
    const document = join(ROOT, "..", "shared", "reference", "seqera-api.yaml");
    const record = await startProcess(layout, {
        name: "platform",
        command: process.execPath,
        arguments: [
            join(ROOT, "dist", "emulator", "cli.js"),
            ...["--ready-file", ready, "--log"],
            ...["--service-image", PAUSE_IMAGE, "--launcher-image", HEAD_IMAGE],
            ...(node ? ["--wait-for-service-pod"] : []),
            ...(existsSync(document) ? ["--openapi", document] : []),
        ],
    });
    const deadline = Date.now() + READY_WITHIN_MS;
    while (!existsSync(ready)) {
        if (!(await isRunning(record)) || Date.now() > deadline) {
            const log = await readFile(logFile(layout, "platform"), "utf8").catch(() => "");
            throw new EngineError(
                `The Platform emulator did not start: ${log.trim()}`,
                "Run `make build`, then again.",
            );
        }
        await sleep(50);
    }
    const { endpoint, controlEndpoint } = JSON.parse(await readFile(ready, "utf8")) as Record<string, string>;
    return {
        endpoint,
        call: async (method, path, body) => await call(method, `${endpoint}${path}?workspaceId=${WORKSPACE_ID}`, body),
        violations: async () => (await call("GET", `${controlEndpoint}/violations`)) as unknown[],
    };
}

async function call(method: string, url: string, body?: object): Promise<unknown> {
    const response = await fetch(url, {
        method,
        headers: { authorization: `Bearer ${ACCESS_TOKEN}`, "content-type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
        throw new Error(`${method} ${url} was answered ${response.status}: ${text}`);
    }
    return text === "" ? undefined : JSON.parse(text);
}
