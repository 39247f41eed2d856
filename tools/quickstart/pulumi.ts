import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import type { Engine } from "../engine";
import { layout, STACK } from "./layout";

/** The state of a throw-away stack is no secret worth one, but Pulumi wants a passphrase to encrypt with. */
const PASSPHRASE = "quickstart";

/** What the real CLI needs to work without an account, a login or a network. */
function settings(engine: Engine): Record<string, string> {
    return {
        PULUMI_HOME: layout.pulumiHome,
        PULUMI_BACKEND_URL: `file://${layout.pulumiState}`,
        PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
        // The program's types are checked with everything else by `make test`.
        PULUMI_NODEJS_TRANSPILE_ONLY: "true",
        PATH: [engine.binDir, dirname(process.execPath), process.env.PATH].join(delimiter),
    };
}

/** A file to be read by a shell, so that people can use the same `pulumi` and `kubectl` as the quickstart. */
export async function writeEnvironment(engine: Engine, kubeconfig: string): Promise<void> {
    await mkdir(layout.pulumiState, { recursive: true });
    const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
    const lines = Object.entries({ ...settings(engine), KUBECONFIG: kubeconfig }).map(([name, value]) =>
        name === "PATH" ? `export PATH=${quoted(engine.binDir)}:"$PATH"` : `export ${name}=${quoted(value)}`,
    );
    await writeFile(layout.environment, `${lines.join("\n")}\n`, { mode: 0o600 });
}

export class PulumiFailed extends Error {}

/** Runs the real Pulumi CLI on the project. What it prints is shown, unless it is asked for. */
export async function pulumi(engine: Engine, args: string[], show: "show" | "quiet" = "quiet"): Promise<string> {
    const color = process.stdout.isTTY ? "always" : "never";
    const child = spawn(join(engine.binDir, "pulumi"), [...args, "--non-interactive", "--color", color], {
        cwd: layout.project,
        env: { ...withoutPulumi(process.env), ...settings(engine) },
        stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    let errors = "";
    child.stdout.on("data", (data: Buffer) => {
        output += data.toString();
        if (show === "show") {
            process.stdout.write(data);
        }
    });
    child.stderr.on("data", (data: Buffer) => {
        errors += data.toString();
        if (show === "show") {
            process.stderr.write(data);
        }
    });
    const code = await new Promise<number | null>((resolve, reject) => {
        child.once("error", reject);
        child.once("close", resolve);
    });
    if (code !== 0) {
        const said = show === "show" ? "" : `:\n${errors || output}`;
        throw new PulumiFailed(`\`pulumi ${args.join(" ")}\` ended with ${code}${said}`);
    }
    return output;
}

/** Nothing of the user's own Pulumi or cluster may leak into the quickstart. */
function withoutPulumi(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return Object.fromEntries(
        Object.entries(environment).filter(([name]) => !/^(PULUMI_|TOWER_|KUBE|NODE_OPTIONS)/.test(name)),
    );
}

export interface StackSettings {
    kubeconfig: string;
    server: string;
    endpoint: string;
    accessToken: string;
    workspaceId: number;
}

/** Makes the stack if it is not there, and gives it its configuration. */
export async function configureStack(engine: Engine, given: StackSettings): Promise<void> {
    await pulumi(engine, ["stack", "select", STACK, "--create"]);
    const plain = {
        "kubernetes:kubeconfig": given.kubeconfig,
        "seqera:endpoint": given.endpoint,
        "seqera:workspaceId": String(given.workspaceId),
        "cluster.server": given.server,
        primary: "true",
    };
    await pulumi(engine, [
        ...["config", "set-all", "--stack", STACK, "--path"],
        ...Object.entries(plain).flatMap(([key, value]) => ["--plaintext", `${key}=${value}`]),
        ...["--secret", `seqera:accessToken=${given.accessToken}`],
    ]);
}
