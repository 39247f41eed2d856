import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeSupport } from "../cluster";
import { EngineError, terminalProgress } from "../engine";
import { acceptPipeline } from "./accepted";
import { report, reportAccepted } from "./report";
import { runPipeline } from "./run";
import { TAKEN_AWAY } from "./revokedRights";

const ROOT = join(__dirname, "..", "..");
const startedAt = Date.now();
const onProgress = terminalProgress();

function say(step: string): void {
    console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${step}`);
}

async function main(): Promise<void> {
    const options = {
        dir: mkdtempSync(join(tmpdir(), "seqera-pipeline-")),
        pipeline: join(ROOT, "tests", "nextflow", "pipeline"),
        onProgress,
        say,
    };
    const support = await nodeSupport(onProgress);
    if (!support.possible) {
        say(`No pod can run here, so they are only let in: ${support.reason}. ${support.remedy}`);
        console.log(reportAccepted(await acceptPipeline(options)));
        return;
    }
    // Every right that is used, taken away by itself: some minutes more.
    const takenAway = process.env.RIGHTS === "1" ? TAKEN_AWAY : [];
    const result = await runPipeline({ ...options, takenAway });
    console.log(report(result));
    for (const { workflow, warnings } of Object.values(result.runs)) {
        if (workflow.status !== "SUCCEEDED") {
            console.error(`\n${workflow.errorMessage}\n${workflow.errorReport}\n${warnings.join("\n")}`);
            process.exitCode = 1;
        }
    }
}

main().catch((error: unknown) => {
    console.error(`\npipeline: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof EngineError) {
        console.error(error.remedy);
    }
    process.exitCode = 1;
});
