/** Runs a job in a process of its own. */

import { fork, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "./checks";
import type { TestEvent } from "./events";
import { ROOT } from "./files";

const BIN = join(ROOT, "node_modules", ".bin");

export interface Ended {
    code: number;
    /** Everything that it printed, in the order in which it came. */
    output: string;
}

export function runMocha(files: string[], env: NodeJS.ProcessEnv, onEvent: (event: TestEvent) => void): Promise<Ended> {
    // The file behind the `mocha` command, which would start a further process, that could tell us nothing.
    const mocha = join(ROOT, "node_modules", "mocha", "bin", "_mocha");
    const child = fork(mocha, ["--reporter", join(__dirname, "reporter.cjs"), ...files], {
        cwd: ROOT,
        env: { ...process.env, ...env },
        execArgv: ["--import", "tsx"],
        silent: true,
    });
    child.on("message", (event) => onEvent(event as TestEvent));
    return ended(child);
}

/** Runs a check, and tells of it as of a test. */
export async function runCheck(check: Check, onEvent: (event: TestEvent) => void): Promise<Ended> {
    const { name, command, args, unavailable } = check;
    const startedAt = Date.now();
    onEvent({ kind: "begin", title: name });
    const path = existsSync(join(BIN, command)) ? join(BIN, command) : command;
    const { code, output } = await ended(spawn(path, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] }));
    const reason = code === 0 ? undefined : unavailable?.(output);
    const failed = code !== 0 && reason === undefined;
    const seconds = (Date.now() - startedAt) / 1000;
    onEvent({
        kind: "test",
        outcome: failed ? "failed" : reason === undefined ? "passed" : "skipped",
        file: name,
        title: name,
        seconds,
        ...(failed ? { error: `${command} ${args.join(" ")}\n${output}` } : { error: reason }),
    });
    onEvent({ kind: "file", file: name, seconds });
    return { code: failed ? code : 0, output: "" };
}

function ended(child: ReturnType<typeof spawn>): Promise<Ended> {
    return new Promise((resolve) => {
        let output = "";
        child.stdout?.on("data", (data: Buffer) => (output += data.toString()));
        child.stderr?.on("data", (data: Buffer) => (output += data.toString()));
        child.once("error", (error) => resolve({ code: 127, output: error.message }));
        child.once("close", (code) => resolve({ code: code ?? 1, output }));
    });
}
