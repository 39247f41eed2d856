import { readFile } from "node:fs/promises";
import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "../engine";
import type { KeyedCertificate } from "./certificates";
import type { ClusterLayout } from "./layout";
import { isRunning, logFile, type ProcessRecord } from "./processes";

/** Asks the API server as admin. The status, or undefined if nobody answers. */
export type Ask = (path: string) => Promise<number | undefined>;

const ANSWER_WITHIN_MS = 2_000;

/** A plain request: a client that retries and keeps connections would only be in the way of "not yet". */
export function asker(server: string, certificateAuthority: string, admin: KeyedCertificate): Ask {
    const agent = new Agent({ ca: certificateAuthority, cert: admin.certificate, key: admin.privateKey });
    return (path) =>
        new Promise((resolve) => {
            const call = request(new URL(path, server), { agent, timeout: ANSWER_WITHIN_MS }, (response) => {
                response.resume();
                response.on("end", () => resolve(response.statusCode));
                response.on("error", () => resolve(undefined));
            });
            call.on("timeout", () => call.destroy());
            call.on("error", () => resolve(undefined));
            call.end();
        });
}

/** The port that was free has been taken by another program meanwhile. */
export class PortTaken extends Error {}

const LOOK_AGAIN_AFTER_MS = 50;

/** Waits until the API server answers 200; says why if one of the processes ends instead. */
export async function waitFor(
    path: string,
    ask: Ask,
    layout: ClusterLayout,
    processes: ProcessRecord[],
    deadline: number,
): Promise<void> {
    while ((await ask(path)) !== 200) {
        for (const record of processes) {
            if (!(await isRunning(record))) {
                throw await ending(layout, record);
            }
        }
        if (Date.now() > deadline) {
            const names = processes.map(({ name }) => name).join(", ");
            throw new EngineError(
                `The control plane does not get ready: ${path} is not answered with 200.`,
                `Look into the logs of ${names} in ${layout.logs()}; on a machine that is busy, try again.`,
            );
        }
        await sleep(LOOK_AGAIN_AFTER_MS);
    }
}

async function ending(layout: ClusterLayout, { name }: ProcessRecord): Promise<Error> {
    const file = logFile(layout, name);
    const lines = (await readFile(file, "utf8").catch(() => "")).trim().split("\n");
    const tail = lines.slice(-8).map((line) => `    ${line.slice(0, 1_000)}`);
    if (/address already in use/.test(lines.slice(-40).join("\n"))) {
        return new PortTaken();
    }
    return new EngineError(
        `${name} ended while it started. The end of its log:\n${tail.join("\n")}`,
        `The whole log: ${file}`,
    );
}
