import { execFile, spawn } from "node:child_process";
import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { coerce, gte } from "semver";
import { type CacheLayout, GO_FLAGS, linkerFlags, moduleDirectory } from "./cache";
import type { GoBuild } from "./catalogue";
import { onInterrupt } from "./interrupts";
import type { Platform } from "./platform";
import { EngineError } from "./types";

const run = promisify(execFile);

export interface BuildRequest {
    program: string;
    build: GoBuild;
    /** Where the finished program goes. */
    output: string;
    logFile: string;
    onText: (text: string) => void;
}

export type Builder = (request: BuildRequest) => Promise<void>;

/** Builds with the machine's Go, in caches of our own, so that neither side can spoil the other. */
export function goBuilder(layout: CacheLayout, platform: Platform, env: NodeJS.ProcessEnv): Builder {
    return async ({ program, build, output, logFile, onText }) => {
        const directory = moduleDirectory(build);
        const goEnvironment = await prepareEnvironment(layout, platform, env);
        await requireGo(directory, program, goEnvironment);
        await mkdir(dirname(logFile), { recursive: true });
        const log = createWriteStream(logFile);
        const go = async (args: string[], onLine: (line: string) => void): Promise<void> =>
            await runGo({ program, args, directory, env: goEnvironment, log, logFile, onLine });
        const tags = build.tags === undefined ? [] : ["-tags", build.tags];
        try {
            // Listing fetches every module that the build needs, and tells how much there is to compile.
            let packages = 0;
            let fetched = 0;
            onText("looking up modules");
            await go(["list", "-deps", "-f", "{{.ImportPath}}", ...tags, build.package], (line) => {
                if (line.startsWith("go: downloading ")) {
                    onText(`fetching modules: ${++fetched} so far`);
                } else {
                    packages++;
                }
            });
            let compiled = 0;
            onText(`compiling ${packages} packages`);
            const flags = [...tags, "-ldflags", linkerFlags(build), "-o", output];
            await go(["build", "-v", ...flags, build.package], () => {
                // The list leaves out nothing that is compiled, but what an earlier build compiled is not said again.
                onText(`compiled ${++compiled} of at most ${packages} packages`);
            });
        } finally {
            await new Promise((done) => log.end(done));
        }
    };
}

/** What the machine's own Go settings may decide (proxy, checksum database, private modules) and what they may not. */
async function prepareEnvironment(
    layout: CacheLayout,
    platform: Platform,
    env: NodeJS.ProcessEnv,
): Promise<NodeJS.ProcessEnv> {
    const userConfig = env.XDG_CONFIG_HOME ?? join(homedir(), ".config");
    // Go counts its uses under the user's configuration directory; ours is told not to.
    const config = join(layout.go(), "config");
    const telemetry = join(config, "go", "telemetry");
    await mkdir(telemetry, { recursive: true });
    await writeFile(join(telemetry, "mode"), "off\n");
    await mkdir(layout.temporary(), { recursive: true });
    return {
        ...env,
        GOENV: env.GOENV ?? (platform.os === "linux" ? join(userConfig, "go", "env") : undefined),
        XDG_CONFIG_HOME: config,
        GOTOOLCHAIN: "local",
        GOFLAGS: GO_FLAGS,
        GOWORK: "off",
        GO111MODULE: "on",
        GOOS: platform.os,
        GOARCH: platform.arch,
        CGO_ENABLED: "0",
        GOMODCACHE: join(layout.go(), "mod"),
        GOCACHE: join(layout.go(), "build"),
        GOTMPDIR: layout.temporary(),
        TMPDIR: layout.temporary(),
    };
}

async function requireGo(directory: string, program: string, env: NodeJS.ProcessEnv): Promise<void> {
    const wanted = goVersionOf(await readFile(join(directory, "go.mod"), "utf8"));
    const remedy =
        `Install Go ${wanted} or newer (https://go.dev/dl/), or install the program itself ` +
        "(https://www.pulumi.com/docs/install/, https://kubernetes.io/releases/download/), and run this again.";
    let version: string | undefined;
    try {
        const { stdout } = await run("go", ["env", "GOVERSION"], { env, timeout: 20_000 });
        version = coerce(stdout)?.version;
    } catch (error) {
        throw new EngineError(`Building ${program} needs Go, and there is no working "go" on PATH.`, remedy, {
            cause: error,
        });
    }
    if (version === undefined || !gte(version, wanted)) {
        throw new EngineError(
            `Building ${program} needs Go ${wanted}; "go" on PATH is ${version ?? "unknown"}.`,
            remedy,
        );
    }
}

/** The oldest Go that a module accepts: its `go` line. */
export function goVersionOf(goMod: string): string {
    return coerce(/^go (\S+)/m.exec(goMod)?.[1] ?? "1.0")?.version ?? "1.0.0";
}

interface GoRun {
    program: string;
    args: string[];
    directory: string;
    env: NodeJS.ProcessEnv;
    log: WriteStream;
    logFile: string;
    onLine: (line: string) => void;
}

const TAIL_LINES = 15;

async function runGo({ program, args, directory, env, log, logFile, onLine }: GoRun): Promise<void> {
    log.write(`$ cd ${directory} && go ${args.join(" ")}\n`);
    // A process group of its own, so that all its compilers can be ended with it.
    const child = spawn("go", args, { cwd: directory, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
    const killGroup = (): void => {
        try {
            process.kill(-child.pid!, "SIGKILL");
        } catch {
            // It has ended already.
        }
    };
    const forget = onInterrupt(killGroup);
    const tail: string[] = [];
    // What go has to say is on its error output; the other holds nothing but the list of packages.
    createInterface({ input: child.stdout }).on("line", onLine);
    createInterface({ input: child.stderr }).on("line", (line) => {
        log.write(`${line}\n`);
        tail.push(line);
        if (tail.length > TAIL_LINES) {
            tail.shift();
        }
        onLine(line);
    });
    try {
        const { code, signal } = await new Promise<{ code: number | null; signal: NodeJS.Signals | null }>(
            (resolve, reject) => {
                child.on("error", reject);
                child.on("close", (code, signal) => resolve({ code, signal }));
            },
        );
        if (code !== 0) {
            const how = signal === null ? `exit status ${code}` : `signal ${signal}`;
            throw new EngineError(
                `go ${args[0]} of ${program} failed (${how}). The end of its output:\n${tail.map((line) => `    ${line}`).join("\n")}`,
                `${remedyFor(tail.join("\n"), signal)} The whole log: ${logFile}`,
            );
        }
    } finally {
        forget();
    }
}

export function remedyFor(output: string, signal: NodeJS.Signals | null): string {
    if (/no space left on device/i.test(output)) {
        return "The disk is full: free some space or set XDG_CACHE_HOME to a larger one, and run this again.";
    }
    if (signal === "SIGKILL" || /signal: killed/.test(output)) {
        return "It was killed, usually for want of memory: close other programs and run this again; finished parts are kept.";
    }
    if (/dial tcp|no such host|i\/o timeout|connection refused|proxyconnect|40[347] |50[234] /i.test(output)) {
        return "A Go module could not be fetched: check the network and `go env GOPROXY`, and run this again; what is there is kept.";
    }
    if (/checksum mismatch|SECURITY ERROR/.test(output)) {
        return "A module differs from its locked checksum: remove the cache (`tsx tools/engine/main.ts clean`) and run this again; if it stays, do not trust the module proxy.";
    }
    return "Run this again; if it stays, report it with the log.";
}
