import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { ClusterLayout } from "../../../../tools/cluster/layout";
import {
    endProcesses,
    isRunning,
    logFile,
    processIdentity,
    type ProcessRecord,
    recordedProcesses,
    startProcess,
} from "../../../../tools/cluster/processes";
import { scratchDirectory } from "../scratch";
import { waitUntil } from "../waiting";

describe("tools/cluster: processes", () => {
    const scratch = scratchDirectory();
    const children: ChildProcess[] = [];
    let layout: ClusterLayout;

    beforeEach(() => {
        layout = new ClusterLayout(scratch.path("cluster"));
        mkdirSync(layout.dir);
    });
    afterEach(async () => {
        await endProcesses(layout);
        children.splice(0).forEach((child) => child.kill("SIGKILL"));
    });

    const sleeper = (name: string): Promise<ProcessRecord> =>
        startProcess(layout, { name, command: "sleep", arguments: ["600"] });

    it("are noted in the order in which they were started, with a log each", async () => {
        const first = await sleeper("b");
        await sleep(5);
        const second = await startProcess(layout, {
            name: "a",
            command: "sh",
            arguments: ["-c", "echo hello; sleep 600"],
        });
        assert.deepEqual(await recordedProcesses(layout), [first, second]);
        await waitUntil(() => readFileSync(logFile(layout, "a"), "utf8") === "hello\n");
    });

    it("get nothing of the environment but PATH", async () => {
        process.env.HTTPS_PROXY_OF_TEST = "http://proxy";
        try {
            await startProcess(layout, { name: "env", command: "env", arguments: [] });
        } finally {
            delete process.env.HTTPS_PROXY_OF_TEST;
        }
        await waitUntil(() => readFileSync(logFile(layout, "env"), "utf8") !== "");
        assert.equal(readFileSync(logFile(layout, "env"), "utf8"), `PATH=${process.env.PATH}\n`);
    });

    it("end together, and are forgotten", async () => {
        const records = [await sleeper("one"), await sleeper("two")];
        await endProcesses(layout);
        assert.deepEqual(await Promise.all(records.map(isRunning)), [false, false]);
        assert.deepEqual(await recordedProcesses(layout), []);
    });

    it("end one by one when named", async () => {
        const [one, two] = [await sleeper("one"), await sleeper("two")];
        await endProcesses(layout, "one");
        assert.deepEqual([await isRunning(one), await isRunning(two)], [false, true]);
        assert.deepEqual(await recordedProcesses(layout), [two]);
    });

    it("are never confused with another process that got the same pid", async () => {
        const stranger = spawn("sleep", ["600"], { stdio: "ignore" });
        children.push(stranger);
        const record = { name: "etcd", pid: stranger.pid, identity: "0 since another boot", startedAt: 0 };
        mkdirSync(layout.run());
        writeFileSync(join(layout.run(), "etcd.json"), JSON.stringify(record));
        await endProcesses(layout);
        assert.equal(stranger.exitCode, null);
        assert.notEqual(await processIdentity(stranger.pid!), undefined);
        assert.deepEqual(await recordedProcesses(layout), []);
    });

    it("are told apart by their identity, and none is left when they end", async () => {
        const [one, two] = [await sleeper("one"), await sleeper("two")];
        assert.equal(await processIdentity(one.pid), one.identity);
        assert.notEqual(`${one.pid} ${one.identity}`, `${two.pid} ${two.identity}`);
        await endProcesses(layout);
        assert.equal(await processIdentity(one.pid), undefined);
    });

    it("fail to start with the reason", async () => {
        await assert.rejects(startProcess(layout, { name: "x", command: "/no/such/program", arguments: [] }), /ENOENT/);
        assert.deepEqual(await recordedProcesses(layout), []);
    });

    describe("under a watchdog", () => {
        for (const [removal, remains] of [
            ["everything", false],
            ["processes", true],
        ] as const) {
            it(`end when their starter is killed; the directory ${remains ? "stays" : "goes"}`, async () => {
                const tsx = pathToFileURL(require.resolve("tsx")).href;
                const args = ["--import", tsx, join(__dirname, "startAndHang.ts"), layout.dir, removal];
                const starter = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
                children.push(starter);
                await new Promise((started) => starter.stdout.once("data", started));
                const records = await recordedProcesses(layout);
                assert.deepEqual(
                    records.map(({ name }) => name),
                    ["watchdog", "sleeper"],
                );
                assert.deepEqual(await Promise.all(records.map(isRunning)), [true, true]);
                starter.kill("SIGKILL");
                await waitUntil(async () => !(await Promise.all(records.map(isRunning))).includes(true));
                assert.equal(existsSync(layout.dir), remains);
                assert.equal(existsSync(layout.lock()), false);
            });
        }
    });
});
