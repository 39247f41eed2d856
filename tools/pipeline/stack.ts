import { execFile } from "node:child_process";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import type { Engine } from "../engine";

const execute = promisify(execFile);

const ROOT = join(__dirname, "..", "..");
const STACK = "pipeline";
/** Of the program that Pulumi.yaml names. */
const PROJECT = "seqera-kubernetes";

/** The shipped program in a project of its own, driven by the real CLI. */
export class Stack {
    private constructor(
        private readonly directory: string,
        private readonly command: string,
        private readonly env: Record<string, string>,
    ) {}

    static async create(engine: Engine, directory: string, pulumiHome: string): Promise<Stack> {
        await mkdir(join(directory, "state"), { recursive: true });
        await cp(join(ROOT, "Pulumi.yaml"), join(directory, "Pulumi.yaml"));
        await cp(join(ROOT, "examples", "quickstart"), join(directory, "examples", "quickstart"), { recursive: true });
        await symlink(join(ROOT, "node_modules"), join(directory, "node_modules"));
        const stack = new Stack(directory, join(engine.binDir, "pulumi"), {
            HOME: directory,
            PATH: [engine.binDir, dirname(process.execPath), process.env.PATH].join(delimiter),
            PULUMI_HOME: pulumiHome,
            PULUMI_BACKEND_URL: `file://${join(directory, "state")}`,
            // The state of a throw-away stack is no secret worth one, but Pulumi wants a passphrase to encrypt with.
            PULUMI_CONFIG_PASSPHRASE: "pipeline",
            PULUMI_SKIP_UPDATE_CHECK: "true",
            PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
            PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
            PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        });
        await stack.run(["stack", "select", STACK, "--create"]);
        return stack;
    }

    /** Settings as the program's own configuration has them, lists and objects among them; secrets are encrypted. */
    async configure(settings: Record<string, unknown>, secrets: Record<string, string> = {}): Promise<void> {
        const file = join(this.directory, `Pulumi.${STACK}.yaml`);
        const text = await readFile(file, "utf8").catch(() => "");
        const content = ((parse(text) as unknown) ?? {}) as { config?: object };
        const given = Object.entries(settings).map(([key, value]) => [
            key.includes(":") ? key : `${PROJECT}:${key}`,
            value,
        ]);
        const config = Object.assign({}, content.config, Object.fromEntries(given)) as object;
        await writeFile(file, stringify({ ...content, config }));
        const pairs = Object.entries(secrets).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
        if (pairs.length > 0) {
            await this.run(["config", "set-all", ...pairs]);
        }
    }

    async up(): Promise<void> {
        await this.run(["up", "--yes", "--skip-preview"]);
    }

    async outputs(): Promise<unknown> {
        return JSON.parse(await this.run(["stack", "output", "--json"]));
    }

    private async run(args: string[]): Promise<string> {
        const which = args[1] === "select" ? [] : ["--stack", STACK];
        // Nothing of the user's own Pulumi or cluster may leak in.
        const options = { cwd: this.directory, env: this.env, maxBuffer: 64 * 1024 * 1024 };
        try {
            const all = [...args, ...which, "--non-interactive", "--color", "never"];
            return (await execute(this.command, all, options)).stdout;
        } catch (error) {
            const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
            const said = `${stdout ?? ""}${stderr ?? ""}`;
            throw new Error(`\`pulumi ${args.slice(0, 2).join(" ")}\` ended with ${String(code)}:\n${said}`);
        }
    }
}
