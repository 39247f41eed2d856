import { rm, readdir, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import Table from "cli-table3";
import { Command } from "commander";
import {
    cacheDir,
    EngineError,
    ensureEngine,
    ensureKubernetesPlugin,
    engineStatus,
    kubernetesPluginStatus,
    type ProgramStatus,
    terminalProgress,
} from "./index";
import { CacheLayout } from "./cache";
import { withLock } from "./lock";
import { npmVersionOf } from "./npm";

const program = new Command("engine").description(
    "Real programs (Pulumi, Kubernetes, etcd) on a machine that has none",
);

program
    .command("ensure")
    .description("get every program: from PATH, the cache, the official download, or built from Go modules")
    .option("--ask-again", "ask for the official Kubernetes plugin even if the network refused it today")
    .action(async ({ askAgain }: { askAgain?: boolean }) => {
        const startedAt = Date.now();
        const onProgress = terminalProgress();
        const engine = await ensureEngine({ onProgress });
        const plugin = await ensureKubernetesPlugin(npmVersionOf("@pulumi/kubernetes"), engine, {
            onProgress,
            again: askAgain,
        });
        console.log(
            plugin.kind === "official"
                ? "Kubernetes objects: by the official provider plugin."
                : `Kubernetes objects: by a stand-in of the official provider plugin (${plugin.reason}).`,
        );
        console.log(`All programs are in ${engine.binDir} (${((Date.now() - startedAt) / 1000).toFixed(1)} s).`);
    });

program
    .command("status")
    .description("say which programs are used and where they come from; changes nothing")
    .action(async () => {
        const table = new Table({
            head: ["program", "version", "from", "where"],
            style: { head: [], border: [] },
            chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
        });
        const status = await engineStatus();
        table.push(
            ...status.map((one) => [one.name, one.version ?? "–", origin(one), shortened(one.program?.path ?? "–")]),
        );
        table.push(await pluginRow());
        console.log(table.toString());
        for (const { name, passedOver } of status) {
            passedOver.forEach((reason) => console.log(`${name}: passed over: ${reason}`));
        }
        if (status.some((one) => one.program === undefined)) {
            console.log("Some are missing: `make engine` gets them.");
            process.exitCode = 1;
        }
    });

program
    .command("env")
    .description('print what puts the programs on PATH: eval "$(tsx tools/engine/main.ts env)"')
    .action(async () => {
        const { binDir } = await ensureEngine({ onProgress: terminalProgress() });
        console.log(`export PATH=${shellQuoted(binDir)}:"$PATH"`);
    });

program
    .command("clean")
    .description("remove the programs and everything else that the engine keeps")
    .option("--build-cache", "only the Go module and build caches that KEEP_BUILD_CACHE=1 or a failure left")
    .action(async ({ buildCache }: { buildCache?: boolean }) => {
        const layout = new CacheLayout(cacheDir());
        await withLock(layout.lock(), "preparing the engine's programs", terminalProgress(), async () => {
            const lockFiles = [layout.lock(), `${layout.lock()}.owner`];
            const everything = (await readdir(layout.root)).map((name) => join(layout.root, name));
            const doomed = buildCache ? [layout.go()] : everything.filter((path) => !lockFiles.includes(path));
            for (const path of doomed) {
                await rm(path, { recursive: true, force: true });
            }
        });
        if (!buildCache) {
            await rm(layout.root, { recursive: true, force: true });
        }
        const left = await stat(layout.root).catch(() => undefined);
        console.log(left === undefined ? `${layout.root} is removed.` : "The build caches are removed.");
    });

function origin({ program: used, origin: cameBy }: ProgramStatus): string {
    const cached = { download: "cache (downloaded)", build: "cache (built from Go modules)" };
    const words = { path: "PATH", download: "download", build: "build", npm: "npm package", cache: "cache" };
    if (used === undefined) {
        return "not here yet";
    }
    return used.source === "cache" && cameBy !== undefined ? cached[cameBy] : words[used.source];
}

async function pluginRow(): Promise<string[]> {
    const version = npmVersionOf("@pulumi/kubernetes");
    const plugin = await kubernetesPluginStatus(version);
    return plugin.kind === "official"
        ? ["pulumi-resource-kubernetes", version, "official plugin", shortened(plugin.path)]
        : ["pulumi-resource-kubernetes", version, "stand-in", `official plugin: ${plugin.reason}`];
}

function shortened(path: string): string {
    return path.startsWith(`${homedir()}/`) ? `~${path.slice(homedir().length)}` : path;
}

function shellQuoted(text: string): string {
    return `'${text.replaceAll("'", "'\\''")}'`;
}

program.parseAsync().catch((error: unknown) => {
    if (error instanceof EngineError) {
        console.error(`\n${error.message}\n${error.remedy}`);
    } else {
        console.error(error);
    }
    process.exitCode = 1;
});
