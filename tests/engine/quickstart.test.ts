import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run, useQuickstart } from "./quickstart";

describe("make quickstart", function () {
    this.timeout(1_800_000);
    this.bail(true);

    const { project, quickstart } = useQuickstart();
    const home = join(project, ".quickstart");

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
