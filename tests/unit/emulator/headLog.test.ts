import assert from "node:assert/strict";
import { failedTask, readHeadLog } from "../../../src/emulator/kubernetes/headLog";
import { FAILED_HEAD } from "./headLogs";

describe("emulator: the log of a head pod", () => {
    it("tells the tasks: what is submitted, and of what has ended what Nextflow measured", () => {
        const { tasks } = readHeadLog(FAILED_HEAD);
        assert.deepEqual(
            tasks.map(({ taskId, process, name, status, exit }) => [taskId, process, name, status, exit]),
            [
                [1, "GOOD", "GOOD (1)", "SUBMITTED", undefined],
                [2, "GOOD", "GOOD (2)", "COMPLETED", 0],
                [4, "FLOW:BAD", "FLOW:BAD (sample (1))", "FAILED", 3],
            ],
        );
        const { submit, realtime, pcpu, peakRss, workdir } = tasks[1];
        assert.deepEqual(
            [submit, realtime, pcpu, peakRss, workdir],
            ["2026-12-01T01:06:04.137Z", 1091, 0.8, 5066752, "/w/44/a5e4"],
        );
    });

    it("tells what is tried again, and what is ignored", () => {
        const row = (id: number, hash: string, attempt: number): string =>
            `nxf-trace: ${id}\t${hash}\tBAD\tBAD (1)\tFAILED\t3\t${attempt}`;
        const note = "NOTE: Process `BAD (1)` terminated with an error exit status (3) --";
        const { tasks } = readHeadLog(
            [
                "nxf-trace: task_id\thash\tprocess\tname\tstatus\texit\tattempt",
                "[cd/fb77d1] Submitted process > BAD (1)",
                `[cd/fb77d1] ${note} Execution is retried (1)`,
                row(1, "cd/fb77d1", 1),
                "[e8/7f653e] Re-submitted process > BAD (1)",
                `[e8/7f653e] ${note} Error is ignored`,
                row(2, "e8/7f653e", 2),
                "[fc/b84d22] Re-submitted process > BAD (1)",
            ].join("\n"),
        );
        assert.deepEqual(
            tasks.map(({ status, errorAction, attempt }) => [status, errorAction, attempt]),
            [
                ["FAILED", "RETRY", 1],
                ["FAILED", "IGNORE", 2],
                ["SUBMITTED", undefined, undefined],
            ],
        );
    });

    it("shows what Nextflow printed, and neither trace nor its own log", () => {
        const { lines, ownLog } = readHeadLog(FAILED_HEAD);
        assert.equal(lines.length, 31);
        assert.deepEqual(
            [lines[2], lines.at(-1)],
            ["[a8/3e4a37] Submitted process > GOOD (1)", " -- Check '/tmp/nextflow.log' file for details"],
        );
        assert.equal(ownLog.length, 1);
        assert.deepEqual(readHeadLog(""), { lines: [], tasks: [], ownLog: [] });
    });

    it("names the task that failed with what it wrote, without the tip below", () => {
        const failed = failedTask(readHeadLog(FAILED_HEAD).lines)!;
        assert.match(failed.errorReport, /^Error executing process > 'FLOW:BAD \(sample \(1\)\)'\n\nCaused by:/);
        assert.match(failed.errorReport, /Command error:\n {2}some output\n {2}oops\n\nWork dir:\n {2}\/w\/1f\/b19b$/);
        assert.deepEqual([failed.errorMessage, failed.exitStatus], ["some output\noops", 3]);
    });

    it("has the cause as the message where the task wrote nothing", () => {
        const lines = [
            "ERROR ~ Error executing process > 'A'",
            "",
            "Caused by:",
            "  No such image",
            "",
            "Command output:",
            "  (empty)",
        ];
        const { errorMessage, exitStatus } = failedTask(lines)!;
        assert.deepEqual([errorMessage, exitStatus], ["No such image", undefined]);
        assert.equal(failedTask(["Cannot find script file: x.nf"]), undefined);
    });
});
