import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../support/installedPackage";
import { knowsWorkPath, SHOWN, titleOf } from "../../tools/pipeline/podArguments";
import { requireJavaTools } from "./support/parsers";

/** The command as a machine without root has it. */
async function run(): Promise<{ code: number | null; output: string }> {
    const child = spawn(process.execPath, ["--import", "tsx", join(ROOT, "tools", "pipeline", "main.ts")], {
        env: { ...process.env, NODE_PARTS: "none" },
        stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (data: Buffer) => (output += data.toString()));
    child.stderr.on("data", (data: Buffer) => (output += data.toString()));
    const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
    return { code, output };
}

/** The rows of the printed table, each as the lines of its cells. */
function rowsOf(output: string): string[][][] {
    const rows: string[][][] = [[]];
    for (const line of output.split("\n")) {
        if (/^[├└┌]/.test(line)) {
            rows.push([]);
        } else if (line.startsWith("│")) {
            const cells = line.split("│").slice(1, -1);
            cells.forEach((cell, index) => (rows.at(-1)![index] ??= []).push(cell.trim()));
        }
    }
    // A row is as high as its highest cell.
    const filled = rows.map((cells) => cells.map((lines) => lines.filter((line) => line !== "")));
    return filled.filter((cells) => cells.length > 0).slice(1);
}

/** Made by a real Nextflow and let in by a real API server: what every machine can show, whether or not pods can run on it. */
describe("nextflow: make pipeline where nothing can run pods", () => {
    let done: Awaited<ReturnType<typeof run>>;
    let rows: string[][][];

    before(async function () {
        this.timeout(1_800_000);
        requireJavaTools(this);
        done = await run();
        rows = rowsOf(done.output);
    });

    it("says why, and that no run was finished", () => {
        assert.equal(done.code, 0, done.output);
        assert.match(done.output, /No pod can run here, so they are only let in: NODE_PARTS=none/);
        assert.match(done.output, /\(skipped, not passed\)/);
        assert.doesNotMatch(done.output, /SUCCEEDED/);
        assert.match(done.output, /stagingOptions\.preRunScript: skipped/);
    });

    it("has a line for each that a pod can show", () => assert.equal(rows.length, SHOWN.length, done.output));

    for (const [index, shown] of SHOWN.entries()) {
        // The tasks of a later process come when those before have run.
        const later = shown.process !== undefined && shown.process !== "MAKE";
        const tried = shown.runs.includes("pods") && !later && !knowsWorkPath(shown);
        it(`${tried ? "has let in" : "skips"} ${titleOf(shown)}`, () => {
            const [given, , where, marks] = rows[index];
            assert.deepEqual([given, where], [shown.arguments, [shown.where]]);
            assert.deepEqual(marks, tried ? ["✔", ...(shown.runs.includes("jobs") ? ["skipped"] : [])] : ["skipped"]);
        });
    }
});
