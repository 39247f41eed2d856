import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import { cacheDir } from "../../../tools/engine/cache";
import { ROOT } from "../../support/installedPackage";
import { testEngine } from "./engine";

export interface CliRun {
    code: number;
    /** Standard output and standard error, in the order in which they came. */
    output: string;
    /** The last line of counts: what was created, updated and so on. */
    changes: Record<string, number>;
}

export interface PlannedStep {
    op: string;
    type: string;
    name: string;
    replaceReasons: string[];
}

interface StackResource {
    urn: string;
    type: string;
    id?: string;
    inputs: Record<string, any>;
    outputs: Record<string, any>;
    initErrors?: string[];
    parent?: string;
    /** Waits to be deleted. */
    delete?: boolean;
    /** Read, not made. */
    external?: boolean;
    protect?: boolean;
}

export type Config = Record<string, unknown>;

export interface StackOptions {
    config: Config;
    /** A project of the repository that is copied as a user would, instead of the repository's own: its folder. */
    project?: string;
    /** A program instead of the shipped one: the text of an `index.js`. */
    program?: string;
    /** The `node_modules` of the project, instead of the repository's own. */
    modules?: string;
    /** The folder of the Node.js that programs run on, instead of that of the tests. */
    nodeFolder?: string;
    /** Further variables of the CLI's environment, which may speak of files in the stack's folder. */
    env?: (directory: string) => Record<string, string>;
}

/** For one run of the CLI. */
export interface RunOptions {
    env?: Record<string, string>;
    /** Told the CLI's process id. */
    onStart?: (pid: number) => void;
    /** Told all that the CLI has said so far, each time it says something. */
    onOutput?: (output: string) => void;
}

export const COMPUTE_ENV = "pulumi-nodejs:dynamic/seqera:ComputeEnv";
export const CREDENTIALS = "pulumi-nodejs:dynamic/seqera:Credentials";

const STACK = "test";
const OWN_PROGRAM = join("examples", "quickstart");
const made: string[] = [];

/** A project of its own in a folder of its own, driven by the real CLI. The shipped program unless another is given. */
export class TestStack {
    private constructor(
        readonly directory: string,
        /** The project's name, which its configuration and its state go by. */
        private readonly project: string,
        private readonly env: NodeJS.ProcessEnv,
    ) {}

    static async create(options: StackOptions): Promise<TestStack> {
        const { config, project, program, env } = options;
        const { modules = join(ROOT, "node_modules"), nodeFolder = dirname(process.execPath) } = options;
        const { engine, pulumiHome } = await testEngine();
        const directory = mkdtempSync(join(tmpdir(), "seqera-stack-"));
        made.push(directory);
        if (project === undefined) {
            cpSync(join(ROOT, "Pulumi.yaml"), join(directory, "Pulumi.yaml"));
            cpSync(join(ROOT, OWN_PROGRAM), join(directory, OWN_PROGRAM), { recursive: true });
        } else {
            cpSync(join(ROOT, project), directory, { recursive: true });
        }
        symlinkSync(modules, join(directory, "node_modules"));
        if (program !== undefined) {
            const folder = join(directory, OWN_PROGRAM);
            rmSync(join(folder, "index.ts"));
            writeFileSync(join(folder, "index.js"), program);
            writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "program", main: "index.js" }));
        }
        const settings = join(directory, "Pulumi.yaml");
        const { config: keys, ...own } = parse(readFileSync(settings, "utf8")) as { name: string; config?: object };
        if (program !== undefined && keys !== undefined) {
            // The keys of the shipped program are not those of another one.
            writeFileSync(settings, JSON.stringify(own));
        }
        const { name } = own;
        const stack = new TestStack(directory, name, {
            HOME: process.env.HOME,
            PATH: [engine.binDir, nodeFolder, process.env.PATH].join(delimiter),
            PULUMI_HOME: pulumiHome,
            PULUMI_BACKEND_URL: `file://${directory}`,
            PULUMI_CONFIG_PASSPHRASE: "test",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
            PULUMI_NODEJS_TRANSPILE_ONLY: "true",
            // Node.js 22 and newer keep there what they have compiled; older ones look past it.
            NODE_COMPILE_CACHE: join(cacheDir(), "compile-cache"),
            ...env?.(directory),
        });
        await stack.must(["stack", "init", STACK]);
        await stack.must([
            "config",
            "set",
            "--secret",
            "seqera:accessToken",
            (config["seqera:accessToken"] as string | undefined) ?? "",
        ]);
        await stack.configure(config);
        return stack;
    }

    /** Merges settings into the stack's configuration; `undefined` removes one. The token goes in as a secret, once. */
    async configure(config: Config): Promise<void> {
        const file = join(this.directory, `Pulumi.${STACK}.yaml`);
        const content = (parse(readFileSync(file, "utf8")) ?? {}) as { config?: Config };
        content.config ??= {};
        for (const [key, value] of Object.entries(config)) {
            if (key === "seqera:accessToken" && value !== undefined) {
                continue;
            }
            const full = key.includes(":") ? key : `${this.project}:${key}`;
            if (value === undefined) {
                delete content.config[full];
            } else {
                content.config[full] = value;
            }
        }
        writeFileSync(file, stringify(content));
    }

    async setToken(token: string): Promise<void> {
        await this.must(["config", "set", "--secret", "seqera:accessToken", token]);
    }

    up(...flags: string[]): Promise<CliRun> {
        return this.run(["up", "--yes", "--skip-preview", ...flags]);
    }

    mustUp(...flags: string[]): Promise<CliRun> {
        return this.must(["up", "--yes", "--skip-preview", ...flags]);
    }

    mustRefresh(...flags: string[]): Promise<CliRun> {
        return this.must(["refresh", "--yes", "--skip-preview", ...flags]);
    }

    mustDestroy(...flags: string[]): Promise<CliRun> {
        return this.must(["destroy", "--yes", "--skip-preview", ...flags]);
    }

    /** An `up` that finds nothing to do. */
    async mustRest(...flags: string[]): Promise<void> {
        const { changes, output } = await this.mustUp(...flags);
        assert.deepEqual(Object.keys(changes), ["unchanged"], output);
    }

    /** A run that is to fail, saying why and without a stack trace. `up` unless told otherwise. */
    async mustFail(said: RegExp, args = ["up", "--yes", "--skip-preview"]): Promise<CliRun> {
        const done = await this.run(args);
        assert.notEqual(done.code, 0, done.output);
        assert.match(done.output, said);
        assert.doesNotMatch(done.output, /\n\s+at .*\.js/);
        return done;
    }

    refresh(...flags: string[]): Promise<CliRun> {
        return this.run(["refresh", "--yes", "--skip-preview", ...flags]);
    }

    destroy(...flags: string[]): Promise<CliRun> {
        return this.run(["destroy", "--yes", "--skip-preview", ...flags]);
    }

    /** The plan of `pulumi preview`, without what stays the same and without components, which have no life of their own. */
    async preview(...flags: string[]): Promise<PlannedStep[]> {
        const { output } = await this.must(["preview", "--json", ...flags]);
        const digest = JSON.parse(output.slice(output.indexOf("{"))) as {
            steps?: { op: string; urn: string; replaceReasons?: string[] }[];
        };
        return (digest.steps ?? [])
            .filter(({ op }) => op !== "same")
            .map(({ op, urn, replaceReasons }) => {
                const [type, name] = urn.split("::").slice(2);
                return { op, type: type.split("$").at(-1)!, name, replaceReasons: replaceReasons ?? [] };
            })
            .filter(({ type }) => !type.startsWith("pulumi-seqera-kubernetes:"));
    }

    async outputs(): Promise<Record<string, any>> {
        return JSON.parse((await this.must(["stack", "output", "--json"])).output);
    }

    /** As state has them, secrets encrypted. */
    resources(): StackResource[] {
        return JSON.parse(this.stateText()).checkpoint.latest?.resources ?? [];
    }

    resource(type: string): StackResource | undefined {
        return this.resources().find((each) => each.type === type || each.type.endsWith(`:${type}`));
    }

    /** Changes what the state says of each resource. */
    edit(change: (resource: StackResource) => void): void {
        const state = JSON.parse(this.stateText());
        state.checkpoint.latest.resources.forEach(change);
        writeFileSync(this.stateFile, JSON.stringify(state));
        this.removeStateAttributes();
    }

    /** The state as it lies on disk, secrets encrypted. */
    stateText(): string {
        return readFileSync(this.stateFile, "utf8");
    }

    /** The local backend keeps a file of attributes beside the state, which is written anew with the next state. */
    removeStateAttributes(): void {
        rmSync(`${this.stateFile}.attrs`, { force: true });
    }

    /** What a kill can leave of that file. */
    cutOffStateAttributes(): void {
        writeFileSync(`${this.stateFile}.attrs`, "");
    }

    private get stateFile(): string {
        return join(this.directory, ".pulumi", "stacks", this.project, `${STACK}.json`);
    }

    async must(args: string[]): Promise<CliRun> {
        const done = await this.run(args);
        if (done.code !== 0) {
            throw new Error(`pulumi ${args.join(" ")} ended with ${done.code}:\n${done.output}`);
        }
        return done;
    }

    run(args: string[], options: RunOptions = {}): Promise<CliRun> {
        const command = join(this.env.PATH!.split(delimiter)[0], "pulumi");
        const stack = ["stack", "config"].includes(args[0]) && args[1] === "init" ? [] : ["--stack", STACK];
        return this.spawn(command, [...args, ...stack, "--non-interactive", "--color", "never"], options);
    }

    /** Commands as a page prints them, in a shell, which ends at the first that fails. Questions are answered with yes. */
    follow(...lines: string[]): Promise<CliRun> {
        return this.spawn("sh", ["-ec", lines.join("\n")], { env: { PULUMI_SKIP_CONFIRMATIONS: "true" } });
    }

    async mustFollow(...lines: string[]): Promise<CliRun> {
        const done = await this.follow(...lines);
        assert.equal(done.code, 0, `${lines.join("\n")}\n${done.output}`);
        return done;
    }

    private spawn(command: string, args: string[], options: RunOptions): Promise<CliRun> {
        return new Promise((resolve, reject) => {
            const child = spawn(command, args, {
                cwd: this.directory,
                env: { ...this.env, ...options.env },
                stdio: ["ignore", "pipe", "pipe"],
            });
            options.onStart?.(child.pid!);
            let output = "";
            const hear = (data: Buffer): void => {
                output += data.toString();
                options.onOutput?.(output);
            };
            child.stdout.on("data", hear);
            child.stderr.on("data", hear);
            child.once("error", reject);
            child.once("close", (code) => resolve({ code: code ?? 1, output, changes: changesOf(output) }));
        });
    }
}

/** From the CLI's closing block: `+ 18 created`, `+-1 replaced`, `3 unchanged`. */
function changesOf(output: string): Record<string, number> {
    const block = output.slice(output.lastIndexOf("\nResources:"));
    const lines = [...block.matchAll(/^\s+(?:\+-|\S+ )?(\d+) (created|updated|replaced|deleted|unchanged)$/gm)];
    return Object.fromEntries(lines.map(([, count, what]) => [what, Number(count)]));
}

after(() => {
    made.forEach((directory) => rmSync(directory, { recursive: true, force: true }));
});
