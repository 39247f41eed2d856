import { execFile } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheDir } from "../../tools/engine/cache";

const run = promisify(execFile);

/** A program of others that tests look at our work with. */
export interface Tool {
    path: string;
    /** Gets it, once for all runs; the reason where it cannot be had. */
    obtain: () => Promise<string | undefined>;
}

/** A Python program in an environment of its own: itself first, then all that it is made of, each as `name==version`. */
export function pythonTool(kind: string, program: string, pinned: string[]): Tool {
    const directory = join(cacheDir(), kind, pinned[0].replace("==", "-"));
    const pip = ["install", "--quiet", "--no-deps", "--disable-pip-version-check"];
    return tool(directory, program, async () => {
        await run("python3", ["-m", "venv", directory]);
        await run(join(directory, "bin", "pip"), [...pip, ...pinned]);
    });
}

/** A Go program, built from its module at a version. */
export function goTool(kind: string, program: string, source: string, version: string): Tool {
    const directory = join(cacheDir(), kind, `${program}-${version}`);
    return tool(directory, program, async () => {
        await run("go", ["install", `${source}@${version}`], {
            env: { ...process.env, GOBIN: join(directory, "bin"), GOFLAGS: "" },
        });
    });
}

function tool(directory: string, program: string, install: () => Promise<void>): Tool {
    const complete = join(directory, "complete");
    const obtain = async (): Promise<string | undefined> => {
        if (existsSync(complete)) {
            return undefined;
        }
        try {
            rmSync(directory, { recursive: true, force: true });
            mkdirSync(directory, { recursive: true });
            await install();
            writeFileSync(complete, "");
            return undefined;
        } catch (error) {
            return (error as Error).message.split("\n")[0];
        }
    };
    return { path: join(directory, "bin", program), obtain };
}
