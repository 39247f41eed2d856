import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Ends a process, if it is still there, without giving it a chance to finish anything. */
export function end(pid: number): void {
    try {
        process.kill(pid, "SIGKILL");
    } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") {
            throw error;
        }
    }
}

/** The processes that a process has started, and those that they have. */
export async function descendants(root: number): Promise<{ pid: number; args: string }[]> {
    const { stdout } = await run("ps", ["-eo", "pid=,ppid=,args="]);
    const all = stdout.split("\n").flatMap((line) => {
        const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
        return match === null ? [] : [{ pid: Number(match[1]), parent: Number(match[2]), args: match[3] }];
    });
    const below = (pid: number): { pid: number; args: string }[] =>
        all.filter(({ parent }) => parent === pid).flatMap((each) => [each, ...below(each.pid)]);
    return below(root);
}
