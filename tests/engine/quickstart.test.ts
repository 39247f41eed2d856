import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../support/installedPackage";

const run = promisify(execFile);

describe("make quickstart", function () {
    this.timeout(1_800_000);

    const project = mkdtempSync(join(tmpdir(), "seqera-quickstart-"));
    const home = join(project, ".quickstart");
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

    it("ends with a compute environment AVAILABLE, and says what it made and what to do next", async () => {
        const output = await quickstart("up");
        for (const row of [
            /Namespace +│ nextflow +│ Active/,
            /Seqera ComputeEnv +│ quickstart-\w{7} \(\w{22}\) +│ AVAILABLE/,
            /Seqera Credentials +│ quickstart-credentials-\w{7}/,
            /Deployment +│ nextflow\/\S+ +│ made by the Platform/,
            /PodTemplate +│ nextflow\/\S+ +│ made by the Platform/,
            /status +AVAILABLE/,
            /state +\//,
            /kubectl --namespace nextflow get/,
            /make quickstart-down/,
        ]) {
            assert.match(output, row);
        }
        assert.doesNotMatch(output, /│ missing|undefined/);
    });

    it("changes nothing the second time", async () => {
        assert.match(await quickstart("up"), /Done: nothing changed/);
    });

    it("leaves command lines that work", async () => {
        const look =
            ". .quickstart/env && pulumi stack output status --stack quickstart && kubectl get namespace nextflow -o name";
        const { stdout } = await run("sh", ["-c", `cd ${project} && ${look}`]);
        assert.equal(stdout, "AVAILABLE\nnamespace/nextflow\n");
    });

    it("removes everything", async () => {
        const ready = readFileSync(join(home, "platform", "ready.json"), "utf8");
        const { endpoint } = JSON.parse(ready) as { endpoint: string };
        assert.equal((await fetch(`${endpoint}/service-info`)).status, 200);
        assert.match(await quickstart("down"), /Removed/);
        assert.deepEqual(readdirSync(project).sort(), ["Pulumi.yaml", "examples", "node_modules"]);
        await assert.rejects(fetch(`${endpoint}/service-info`), /fetch failed/);
    });
});
