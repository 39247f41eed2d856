import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { Command } from "commander";
import { attachControlPlane, type ControlPlane, startControlPlane, stopControlPlane } from "../cluster";
import { EngineError, ensureEngine, terminalProgress } from "../engine";
import { provideKubernetesPlugin } from "../kubernetes-provider";
import { layout, STACK } from "./layout";
import { runningPlatform, startPlatform, stopPlatform } from "./platform";
import { configureStack, pulumi, PulumiFailed, writeEnvironment } from "./pulumi";
import { madeTable, nextSteps, stackOutputs } from "./report";

/** The workspace and token that the emulator has unless told otherwise. */
const WORKSPACE_ID = 75887156211589;
const ACCESS_TOKEN = "seqera-emulator-token";

const ON_THE_STACK = ["--yes", "--skip-preview", "--stack", STACK];

const startedAt = Date.now();
const onProgress = terminalProgress();

function say(step: string): void {
    console.log(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(6)} s  ${step}`);
}

async function up(): Promise<void> {
    say(
        "Getting the real programs: pulumi, etcd, kube-apiserver and so on (about ten minutes once, seconds afterwards)",
    );
    const engine = await ensureEngine({ onProgress });
    const plugin = await provideKubernetesPlugin({ engine, pulumiHome: layout.pulumiHome, onProgress });
    say(`Kubernetes provider: ${plugin.kind === "official" ? "the official plugin" : `a stand-in (${plugin.reason})`}`);

    say("Starting a Kubernetes control plane");
    const cluster = await startControlPlane({ dir: layout.cluster, engine, detached: true, onProgress });
    say(`Kubernetes API at ${cluster.server}`);
    const endpoint = await startPlatform();
    say(`Seqera Platform emulator at ${endpoint}`);

    await writeEnvironment(engine, cluster.kubeconfig);
    await configureStack(engine, settings(cluster, endpoint));
    say("Running `pulumi up`");
    const output = await pulumi(engine, ["up", "--suppress-outputs", ...ON_THE_STACK], "show");

    const outputs = await stackOutputs(engine);
    console.log(await madeTable(engine, cluster.kubeconfig, outputs));
    console.log(nextSteps(outputs));
    const changed = /^\s+\S+ \d+ (created|updated|replaced|deleted)/m.test(output);
    say(changed ? "Done" : "Done: nothing changed");
    if (outputs.status !== "AVAILABLE") {
        throw new Error(`the compute environment is ${outputs.status}, not AVAILABLE.`);
    }
}

function settings(cluster: ControlPlane, endpoint: string) {
    const { kubeconfig, server } = cluster;
    return { kubeconfig, server, endpoint, accessToken: ACCESS_TOKEN, workspaceId: WORKSPACE_ID };
}

async function down(): Promise<void> {
    if (!existsSync(layout.home)) {
        say("There is no quickstart to remove");
        return;
    }
    const cluster = await attachControlPlane(layout.cluster);
    if (cluster !== undefined && (await runningPlatform()) !== undefined && existsSync(layout.stackConfig)) {
        say("Running `pulumi destroy`");
        const engine = await ensureEngine({ onProgress });
        await pulumi(engine, ["destroy", ...ON_THE_STACK], "show");
    }
    await removeEverything();
    say("Removed");
}

async function removeEverything(): Promise<void> {
    await stopPlatform();
    await stopControlPlane(layout.cluster);
    await rm(layout.home, { recursive: true, force: true });
    await rm(layout.stackConfig, { force: true });
}

function fail(error: unknown): void {
    const known = error instanceof EngineError || error instanceof PulumiFailed;
    console.error(`\nquickstart: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof EngineError) {
        console.error(error.remedy);
    }
    if (!known && error instanceof Error) {
        console.error("What is there is kept: `make quickstart` tries again, `make quickstart-down` removes it.");
    }
    process.exitCode = 1;
}

const program = new Command("quickstart").description("A compute environment, for real, on this machine");
program.command("up").description("make it, or bring it up to date").action(up);
program.command("down").description("remove everything that it made").action(down);
program.parseAsync().catch(fail);
