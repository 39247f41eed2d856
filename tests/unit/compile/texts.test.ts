import assert from "node:assert/strict";
import { checkNextflowConfig, checkScript } from "../../../src/compile/nextflow/texts";
import { reasonOf } from "./support";

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
