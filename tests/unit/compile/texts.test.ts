import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkNextflowConfig, checkScript, scriptWarnings } from "../../../src/compile/nextflow/texts";
import { computeConfig, partsOf } from "./compiled";
import { GOOD } from "./environmentCases";
import { lines, reasonOf } from "./support";

/** What a script leaves in an empty directory. */
function leftBy(script: string): string[] {
    const dir = mkdtempSync(join(tmpdir(), "script-"));
    try {
        execFileSync("bash", ["-c", script], { cwd: dir, stdio: "ignore" });
        return readdirSync(dir);
    } finally {
        rmSync(dir, { recursive: true });
    }
}

const compiled = (stagingOptions: { preRunScript?: string; postRunScript?: string }) =>
    computeConfig(partsOf({ ...GOOD, stagingOptions }));

describe("scripts", () => {
    it("are measured in bytes", () => {
        assert.equal(checkScript("x".repeat(1024)), undefined);
        assert.equal(checkScript("é".repeat(512)), undefined);
        assert.equal(checkScript(""), undefined);
        assert.equal(
            reasonOf(checkScript, "é".repeat(513)),
            "has 1026 bytes; the Platform allows at most 1024 (move the rest into a file on the work claim or in the pipeline's repository, and call that file)",
        );
        assert.match(reasonOf(checkScript, "x".repeat(1025)), /^has 1025 bytes; /);
    });

    describe("with line ends of Windows (case 15)", () => {
        const windows = "mkdir genomics\r\n\r\ntouch genomics.txt\r\n";

        it("are sent with line feeds, so that bash does what they say", () => {
            const { preRunScript, postRunScript } = compiled({ preRunScript: windows, postRunScript: "ls\r" });
            assert.deepEqual(leftBy(preRunScript!), ["genomics", "genomics.txt"]);
            assert.deepEqual(leftBy(windows), ["genomics\r", "genomics.txt\r"]);
            assert.equal(postRunScript, "ls");
        });

        it("are the same as with line feeds, wherever they come from", () => {
            const unix = windows.replaceAll("\r\n", "\n");
            assert.equal(compiled({ preRunScript: windows }).preRunScript, unix);
            assert.equal(compiled({ preRunScript: unix }).preRunScript, unix);
            assert.equal(compiled({}).preRunScript, undefined);
        });

        it("are warned of, and measured as they are sent", () => {
            assert.deepEqual(
                lines(scriptWarnings("stagingOptions.", "compute environment"), {
                    stagingOptions: { preRunScript: windows, postRunScript: "printf '\r.'\n" },
                }),
                [
                    "stagingOptions.preRunScript: has line ends of Windows (CRLF), which bash reads as part of the words; the compute environment gets the script with line feeds (save its file with LF, for example with `*.sh text eol=lf` in .gitattributes)",
                ],
            );
            assert.equal(checkScript("a\r\n".repeat(512)), undefined);
        });
    });
});

describe("Nextflow configurations", () => {
    it("are measured in characters", () => {
        assert.equal(checkNextflowConfig("é".repeat(3200)), undefined);
        assert.equal(
            reasonOf(checkNextflowConfig, "x".repeat(3201)),
            "has 3201 characters; the Platform allows at most 3200 (move the settings of one pipeline into that pipeline's nextflow.config)",
        );
    });
});
