import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeSupport } from "../cluster";
import { EngineError, terminalProgress } from "../engine";
import { report } from "./report";
import { runPipeline } from "./run";

const ROOT = join(__dirname, "..", "..");
const startedAt = Date.now();
const onProgress = terminalProgress();

function say(step: string): void {
    console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${step}`);
}

async function main(): Promise<void> {
    const support = await nodeSupport(onProgress);
    if (!support.possible) {
        throw new EngineError(`No pipeline can run here: ${support.reason}.`, support.remedy);
    }
    const result = await runPipeline({
        dir: mkdtempSync(join(tmpdir(), "seqera-pipeline-")),
        pipeline: join(ROOT, "tests", "nextflow", "pipeline"),
        onProgress,
        say,
    });
    console.log(report(result));
    const { workflow } = result;
    if (workflow.status !== "SUCCEEDED") {
        console.error(`\n${workflow.errorMessage}\n${workflow.errorReport}\n${result.warnings.join("\n")}`);
        process.exitCode = 1;
    }
}

main().catch((error: unknown) => {
    console.error(`\npipeline: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof EngineError) {
        console.error(error.remedy);
    }
    process.exitCode = 1;
});
