import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { withLock } from "../../../../tools/engine/lock";
import { scratchDirectory } from "../scratch";

describe("tools/engine: lock", () => {
    const scratch = scratchDirectory();
    const silent = (): void => {};

    it("lets one at a time in, also within a process, and each gets its turn", async () => {
        let inside = 0;
        const turn = async (): Promise<void> => {
            assert.equal(++inside, 1);
            await sleep(30);
            inside--;
        };
        await Promise.all([1, 2, 3].map(() => withLock(scratch.path("lock"), "busy", silent, turn)));
        assert.equal(existsSync(scratch.path("lock")), false);
        assert.equal(existsSync(scratch.path("lock.owner")), false);
    });

    it("gives the result, or the error, and lets go in both cases", async () => {
        assert.equal(await withLock(scratch.path("lock"), "busy", silent, () => Promise.resolve(7)), 7);
        const failing = withLock(scratch.path("lock"), "busy", silent, () => Promise.reject(new Error("no")));
        await assert.rejects(failing, /^Error: no$/);
        assert.equal(existsSync(scratch.path("lock")), false);
    });

    it("takes over from an owner that was killed", async () => {
        const lock = join(__dirname, "../../../../tools/engine/lock.ts");
        const hold = `require(${JSON.stringify(lock)}).withLock(process.argv[1], "busy", () => {}, () => {
            console.log("held");
            return new Promise((done) => setTimeout(done, 60_000));
        })`;
        const tsx = pathToFileURL(require.resolve("tsx")).href;
        const owner = spawn(process.execPath, ["--import", tsx, "-e", hold, scratch.path("lock")], {
            stdio: ["ignore", "pipe", "inherit"],
        });
        await new Promise((held) => owner.stdout.once("data", held));
        owner.kill("SIGKILL");
        const notes: string[] = [];
        const takenOver = await withLock(
            scratch.path("lock"),
            "busy",
            (event) => notes.push(JSON.stringify(event)),
            () => Promise.resolve(true),
            2_000,
        );
        assert.equal(takenOver, true);
        assert.deepEqual(notes, [
            JSON.stringify({ kind: "note", text: `Waiting for process ${owner.pid}, which is busy.` }),
        ]);
    });
});
