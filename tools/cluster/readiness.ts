import { readFile } from "node:fs/promises";
import { Agent, request } from "node:https";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { EngineError } from "../engine";
import type { KeyedCertificate } from "./certificates";
import type { ClusterLayout } from "./layout";
import { isRunning, logFile, type ProcessRecord } from "./processes";

/** Asks the API server as admin. The status, or undefined if nobody answers. */
export type Ask = (path: string) => Promise<number | undefined>;

const ANSWER_WITHIN_MS = 2_000;

export function asker(server: string, certificateAuthority: string, admin: KeyedCertificate): Ask {
    const get = getter(server, certificateAuthority, admin);
    return async (path) => (await get(path))?.status;
}

/** The object at a path; undefined if nobody answers or it is not there. */
export function jsonAsker(
    server: string,
    certificateAuthority: string,
    admin: KeyedCertificate,
): (path: string) => Promise<unknown> {
    const get = getter(server, certificateAuthority, admin);
    return async (path) => {
        const answer = await get(path);
        return answer?.status === 200 ? (JSON.parse(answer.body) as unknown) : undefined;
    };
}

type Get = (path: string) => Promise<{ status: number | undefined; body: string } | undefined>;

/** A plain request: a client that retries and keeps connections would only be in the way of "not yet". */
function getter(server: string, certificateAuthority: string, admin: KeyedCertificate): Get {
    const agent = new Agent({ ca: certificateAuthority, cert: admin.certificate, key: admin.privateKey });
    return (path) =>
        new Promise((resolve) => {
            const call = request(new URL(path, server), { agent, timeout: ANSWER_WITHIN_MS }, (response) => {
                const parts: Buffer[] = [];
                response.on("data", (part: Buffer) => parts.push(part));
                response.on("end", () =>
                    resolve({ status: response.statusCode, body: Buffer.concat(parts).toString("utf8") }),
                );
                response.on("error", () => resolve(undefined));
            });
            call.on("timeout", () => call.destroy());
            call.on("error", () => resolve(undefined));
            call.end();
        });
}

/** The port that was free has been taken by another program meanwhile. */
export class PortTaken extends Error {}

const LOOK_AGAIN_AFTER_MS = 30;

/** What is to become true, in words for the one who waits in vain. */
export interface Condition {
    holds: () => Promise<boolean>;
    words: string;
}

export function answers(ask: Ask, path: string): Condition {
    return { holds: async () => (await ask(path)) === 200, words: `${path} is not answered with 200` };
}

export function listens(port: number): Condition {
    const holds = (): Promise<boolean> =>
        new Promise((resolve) => {
            const socket = connect(port, "127.0.0.1");
            socket.on("connect", () => {
                socket.destroy();
                resolve(true);
            });
            socket.on("error", () => resolve(false));
        });
    return { holds, words: `nobody listens on port ${port}` };
}

/** Waits for the condition; says why if one of the processes ends instead. */
export async function waitFor(
    condition: Condition,
    layout: ClusterLayout,
    processes: ProcessRecord[],
    deadline: number,
): Promise<void> {
    while (!(await condition.holds())) {
        for (const record of processes) {
            if (!(await isRunning(record))) {
                throw await ending(layout, record);
            }
        }
        if (Date.now() > deadline) {
            const names = processes.map(({ name }) => name).join(", ");
            throw new EngineError(
                `The control plane does not get ready: ${condition.words}.`,
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
