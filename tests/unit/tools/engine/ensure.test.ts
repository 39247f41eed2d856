import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Family } from "../../../../tools/engine/catalogue";
import { DownloadFailure } from "../../../../tools/engine/download";
import { ensureEngine } from "../../../../tools/engine/ensure";
import { EngineError, type ProgressEvent } from "../../../../tools/engine/types";
import { scratchDirectory, script } from "../scratch";
import { isAlive, waitUntil } from "../waiting";
import { BUILT_ONLY, builds, fakeGo, filesUnder } from "./fakeGo";

const DOWNLOADABLE: Family = {
    ...BUILT_ONLY,
    downloads: () => [
        {
            version: "1.2.3",
            url: "https://example.invalid/etcd",
            checksumUrl: "https://example.invalid/etcd.sha256",
            algorithm: "sha256",
            programs: ["etcd"],
            archive: false,
        },
    ],
};

const BUILDING = "built from Go modules (go env GOPROXY): about 0 minutes on two cores and 0 GB of disk";

describe("tools/engine: ensure", () => {
    const scratch = scratchDirectory();
    const environment = (go: string): NodeJS.ProcessEnv => ({
        PATH: `${go}:/usr/bin:/bin`,
        HOME: scratch.path("home"),
        XDG_CACHE_HOME: scratch.path("cache"),
    });
    const cache = (...names: string[]): string => scratch.path("cache", "pulumi-seqera-kubernetes", ...names);

    it("builds what is nowhere, then has it in the cache", async () => {
        const env = environment(fakeGo(scratch.path("go")));
        const events: ProgressEvent[] = [];
        const onProgress = (event: ProgressEvent): unknown => events.push(event);
        const first = await ensureEngine({ onProgress }, { env, catalogue: [BUILT_ONLY] });
        assert.equal(first.programs.etcd.source, "build");
        assert.equal(first.programs.etcd.version, "1.2.3");
        assert.equal(readFileSync(join(first.binDir, "etcd"), "utf8"), readFileSync(first.programs.etcd.path, "utf8"));
        assert.deepEqual(
            events.filter(({ kind }) => kind !== "update"),
            [
                { kind: "note", text: `Needed: etcd; 1 MB in ${cache()}.` },
                { kind: "note", text: `They are ${BUILDING}.` },
                { kind: "start", step: 1, of: 1, title: "build etcd 1.2.3", logFile: cache("logs", "build-etcd.log") },
                { kind: "end", ok: true, text: "built" },
                { kind: "note", text: "The build caches are removed (KEEP_BUILD_CACHE=1 keeps them)." },
            ],
        );
        assert.ok(events.some((event) => event.kind === "update" && event.text === "compiled 1 of at most 2 packages"));
        assert.deepEqual(filesUnder(cache("tmp")), []);
        const second = await ensureEngine({ onProgress: () => assert.fail() }, { env, catalogue: [BUILT_ONLY] });
        assert.deepEqual(second, {
            binDir: first.binDir,
            programs: { etcd: { ...first.programs.etcd, source: "cache" } },
        });
        assert.equal(builds(scratch.path("go")).length, 1);
    });

    it("says why a program of the machine is passed over", async () => {
        const go = fakeGo(scratch.path("go"));
        const own = script(scratch.path("own", "etcd"), "echo etcd 3.0.0");
        const env = environment(go);
        const notes: string[] = [];
        const onProgress = (event: ProgressEvent): unknown => event.kind === "note" && notes.push(event.text);
        await ensureEngine(
            { onProgress },
            { env: { ...env, PATH: `${scratch.path("own")}:${env.PATH}` }, catalogue: [BUILT_ONLY] },
        );
        assert.equal(notes[0], `etcd on PATH is passed over: ${own} is 3.0.0; accepted is >=9999.`);
    });

    it("writes nothing outside the cache", async () => {
        const env = environment(fakeGo(scratch.path("go")));
        await ensureEngine({}, { env, catalogue: [BUILT_ONLY] });
        const outside = filesUnder(scratch.path()).filter((file) => !file.startsWith(cache()));
        assert.deepEqual(outside.sort(), [scratch.path("go/builds"), scratch.path("go/go")]);
    });

    it("keeps the build caches when told to", async () => {
        const env = { ...environment(fakeGo(scratch.path("go"))), KEEP_BUILD_CACHE: "1" };
        await ensureEngine({}, { env, catalogue: [BUILT_ONLY] });
        assert.ok(existsSync(cache("go")));
    });

    it("downloads rather than builds", async () => {
        const env = environment(fakeGo(scratch.path("go")));
        const fetch = (_: unknown, [program]: readonly string[], directory: string) =>
            Promise.resolve([
                {
                    program: program as "etcd",
                    file: script(join(directory, program), "echo 1.2.4"),
                    checksum: "sha256:00",
                },
            ]);
        const { programs } = await ensureEngine({}, { env, catalogue: [DOWNLOADABLE], fetch });
        assert.equal(programs.etcd.source, "download");
        assert.equal(programs.etcd.version, "1.2.4");
        assert.deepEqual(builds(scratch.path("go")), []);
        const entry = readFileSync(join(programs.etcd.path, "..", "entry.json"), "utf8");
        assert.match(entry, /"checksum": "sha256:00"/);
    });

    it("builds when the download is refused, and says so", async () => {
        const env = environment(fakeGo(scratch.path("go")));
        const notes: string[] = [];
        const onProgress = (event: ProgressEvent): unknown => event.kind === "note" && notes.push(event.text);
        const fetch = () => Promise.reject(new DownloadFailure("example.invalid cannot be reached (ENOTFOUND)"));
        const { programs } = await ensureEngine({ onProgress }, { env, catalogue: [DOWNLOADABLE], fetch });
        assert.equal(programs.etcd.source, "build");
        assert.deepEqual(notes.slice(1, 3), [
            `They are downloaded from example.invalid; what these refuse is ${BUILDING}.`,
            "No download of fake: example.invalid cannot be reached (ENOTFOUND). Building it instead.",
        ]);
    });

    it("does not keep a program that does not start here", async () => {
        const env = environment(fakeGo(scratch.path("go")));
        const fetch = (_: unknown, [program]: readonly string[], directory: string) =>
            Promise.resolve([
                {
                    program: program as "etcd",
                    file: script(join(directory, program), "exit 126"),
                    checksum: "sha256:00",
                },
            ]);
        await assert.rejects(
            ensureEngine({}, { env, catalogue: [DOWNLOADABLE], fetch }),
            (error) =>
                error instanceof EngineError &&
                /does not start here/.test(error.message) &&
                /noexec/.test(error.remedy),
        );
        assert.deepEqual(filesUnder(cache("programs")), []);
    });

    describe("that fails", () => {
        const failure = async (env: NodeJS.ProcessEnv, family = BUILT_ONLY): Promise<EngineError> => {
            const fetch = () => Promise.reject(new DownloadFailure("example.invalid answered 403"));
            const failed = await ensureEngine({}, { env, catalogue: [family], fetch }).catch((error: unknown) => error);
            assert.ok(failed instanceof EngineError, String(failed));
            assert.deepEqual(filesUnder(cache("programs")), []);
            assert.deepEqual(filesUnder(cache("tmp")), []);
            return failed;
        };

        it("shows the end of the build's output, where the rest is, and why it had to be built", async () => {
            const env = environment(fakeGo(scratch.path("go"), { fails: "undefined: x" }));
            const { message, remedy } = await failure(env, DOWNLOADABLE);
            assert.match(message, /^etcd had to be built because example\.invalid answered 403\./);
            assert.match(message, /exit status 1/);
            assert.match(message, /undefined: x$/);
            assert.ok(remedy.endsWith(`The whole log: ${cache("logs", "build-etcd.log")}`));
            assert.match(readFileSync(cache("logs", "build-etcd.log"), "utf8"), /undefined: x/);
        });

        for (const [output, advice] of [
            ["write /x: no space left on device", /XDG_CACHE_HOME/],
            ["Get https://proxy/x: dial tcp: lookup proxy: no such host", /GOPROXY/],
            ["verifying x: checksum mismatch", /do not trust/],
            ["compile: signal: killed", /memory/],
        ] as const) {
            it(`has advice for "${output}"`, async () => {
                const env = environment(fakeGo(scratch.path("go"), { fails: output }));
                assert.match((await failure(env)).remedy, advice);
            });
        }

        it("asks for Go where there is none", async () => {
            const { message, remedy } = await failure({
                ...environment(scratch.path("empty")),
                PATH: scratch.path("empty"),
            });
            assert.match(message, /no working "go" on PATH/);
            assert.match(remedy, /Go 1\.\d+\.\d+ or newer \(https:\/\/go\.dev\/dl\/\)/);
        });

        it("asks for a newer Go where it is too old", async () => {
            const { message } = await failure(environment(fakeGo(scratch.path("go"), { version: "go1.18.3" })));
            assert.match(message, /needs Go 1\.2\d\.\d+; "go" on PATH is 1\.18\.3/);
        });

        it("asks for disk before it begins", async () => {
            const env = environment(fakeGo(scratch.path("go")));
            const { message, remedy } = await failure(env, { ...BUILT_ONLY, buildGigabytes: 1e9 });
            assert.match(message, /needs 1000000000 GB of free disk/);
            assert.match(remedy, /XDG_CACHE_HOME/);
            assert.deepEqual(builds(scratch.path("go")), []);
        });
    });

    describe("in processes of its own", () => {
        const running: ChildProcess[] = [];
        afterEach(() => running.splice(0).forEach((child) => child.kill("SIGKILL")));

        const start = (
            env: NodeJS.ProcessEnv,
        ): { child: ChildProcess; output: () => string; ended: Promise<number | null> } => {
            const tsx = pathToFileURL(require.resolve("tsx")).href;
            const child = spawn(process.execPath, ["--import", tsx, join(__dirname, "ensureBuiltOnly.ts")], { env });
            running.push(child);
            let output = "";
            child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
            child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
            return { child, output: () => output, ended: new Promise((done) => child.on("close", done)) };
        };
        it("lets the second run wait for the first and share its build", async () => {
            const env = environment(fakeGo(scratch.path("go"), { waits: true }));
            const first = start(env);
            await waitUntil(() => builds(scratch.path("go")).length === 1);
            const second = start(env);
            const waiting = `Waiting for process ${first.child.pid}, which is preparing the engine's programs.`;
            await waitUntil(() => second.output().includes(waiting));
            writeFileSync(scratch.path("go", "go-on"), "");
            assert.deepEqual(await Promise.all([first.ended, second.ended]), [0, 0], first.output() + second.output());
            assert.equal(builds(scratch.path("go")).length, 1);
            const [built, shared] = [first, second].map(({ output }) => JSON.parse(output().trim().split("\n").pop()!));
            assert.equal(built.path, shared.path);
            assert.deepEqual([built.source, shared.source], ["build", "cache"]);
        });

        for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
            it(`leaves no half program, no process and no lock behind on ${signal}`, async () => {
                const env = environment(fakeGo(scratch.path("go"), { waits: true }));
                const { child, ended, output } = start(env);
                await waitUntil(() => filesUnder(cache("tmp")).length === 1);
                child.kill(signal);
                assert.equal(await ended, { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal]);
                assert.match(output(), /Interrupted; what is finished is kept/);
                assert.deepEqual(filesUnder(cache("programs")), []);
                assert.deepEqual(filesUnder(cache("tmp")), []);
                assert.equal(existsSync(cache("lock")), false);
                const [build] = builds(scratch.path("go"));
                await waitUntil(async () => !(await isAlive(build)));
            });
        }
    });
});
