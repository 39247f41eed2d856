import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../support/installedPackage";

export const run = promisify(execFile);

/** A folder in which a suite runs `make quickstart` and `make quickstart-down`, and what runs them. */
export function useQuickstart(): { project: string; quickstart: (command: "up" | "down") => Promise<string> } {
    const project = mkdtempSync(join(tmpdir(), "seqera-quickstart-"));
    const quickstart = async (command: string): Promise<string> => {
        const env = { ...process.env, QUICKSTART_PROJECT: project };
        const tsx = join(ROOT, "node_modules", ".bin", "tsx");
        return (await run(tsx, [join(ROOT, "tools", "quickstart", "main.ts"), command], { env, cwd: ROOT })).stdout;
    };

    before(() => {
        cpSync(join(ROOT, "Pulumi.yaml"), join(project, "Pulumi.yaml"));
        ["examples", "node_modules"].forEach((name) => symlinkSync(join(ROOT, name), join(project, name)));
    });

    after(async () => {
        await quickstart("down");
        rmSync(project, { recursive: true, force: true });
    });

    return { project, quickstart };
}
