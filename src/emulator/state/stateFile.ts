import { mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync, closeSync } from "node:fs";
import { dirname } from "node:path";
import { emptyState, type Persistence, type State } from "./store";

const FORMAT = 1;

/**
 * State in a JSON file, so that emulators started one after another share it. The file holds credentials' keys, since
 * the emulator uses them itself: it is readable by its owner alone. It is replaced atomically, and a lock beside it
 * keeps a second emulator from overwriting the first one's changes.
 */
export class StateFile implements Persistence {
    private readonly lock: string;

    constructor(private readonly path: string) {
        this.lock = `${path}.lock`;
        mkdirSync(dirname(path), { recursive: true });
        this.acquire();
    }

    load(): State | undefined {
        let text: string;
        try {
            text = readFileSync(this.path, "utf8");
        } catch (error) {
            if ((error as NodeJS.ErrnoException).code === "ENOENT") {
                return undefined;
            }
            this.close();
            throw new Error(`stateFile: cannot read ${this.path}: ${(error as Error).message}`, { cause: error });
        }
        try {
            const { format, state } = JSON.parse(text) as { format: number; state: State };
            if (format !== FORMAT) {
                throw new Error(`format ${String(format)} instead of ${FORMAT}`);
            }
            return { ...emptyState(), ...state };
        } catch (error) {
            this.close();
            const fault = (error as Error).message;
            throw new Error(`stateFile: ${this.path} is not an emulator's state (${fault}); move it away`, {
                cause: error,
            });
        }
    }

    save(state: State): void {
        const temporary = `${this.path}.${process.pid}.tmp`;
        writeFileSync(temporary, `${JSON.stringify({ format: FORMAT, state }, null, 2)}\n`, { mode: 0o600 });
        renameSync(temporary, this.path);
    }

    close(): void {
        rmSync(this.lock, { force: true });
    }

    private acquire(): void {
        for (;;) {
            try {
                const handle = openSync(this.lock, "wx", 0o600);
                writeSync(handle, String(process.pid));
                closeSync(handle);
                return;
            } catch (error) {
                if ((error as NodeJS.ErrnoException).code !== "EEXIST") {
                    throw new Error(`stateFile: cannot write ${this.lock}: ${(error as Error).message}`, {
                        cause: error,
                    });
                }
            }
            const holder = this.holder();
            if (holder !== undefined && isAlive(holder)) {
                throw new Error(`stateFile: ${this.path} is in use by the emulator with process id ${holder}`);
            }
            // Left behind by a process that was killed.
            rmSync(this.lock, { force: true });
        }
    }

    private holder(): number | undefined {
        try {
            const pid = Number(readFileSync(this.lock, "utf8"));
            return Number.isInteger(pid) && pid > 0 ? pid : undefined;
        } catch {
            return undefined;
        }
    }
}

function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === "EPERM";
    }
}
