import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { cacheDir, CacheLayout } from "./cache";
import { withLock } from "./lock";
import type { Engine, OnProgress } from "./types";

const run = promisify(execFile);

/** The official plugin's folder (the `resource-kubernetes-v…` of a `PULUMI_HOME`), or why there is none. */
export type KubernetesPlugin = { kind: "official"; path: string } | { kind: "unavailable"; reason: string };

export interface PluginOptions {
    onProgress?: OnProgress;
    env?: NodeJS.ProcessEnv;
    /** Asks the network even if it refused lately. */
    again?: boolean;
    /** Where the CLI looks for plugins of Pulumi's own. */
    hosts?: readonly string[];
}

/** A network that refused is not asked again on every run. */
const REFUSAL_HOLDS_MS = 24 * 60 * 60 * 1000;
/** For a reachable network: the archive has some 40 MB. */
const INSTALL_TIMEOUT_MS = 5 * 60 * 1000;
const PLUGIN_HOSTS = ["https://get.pulumi.com", "https://github.com"];

/** The official Kubernetes provider: the user's own, ours, or fetched by the CLI, which also checks it. */
export async function ensureKubernetesPlugin(
    version: string,
    engine: Engine<"pulumi">,
    options: PluginOptions = {},
): Promise<KubernetesPlugin> {
    const { env = process.env, onProgress = () => {}, hosts = PLUGIN_HOSTS } = options;
    const layout = new CacheLayout(cacheDir(env));
    const before = await kubernetesPluginStatus(version, env);
    if (before.kind === "official" || (before.reason !== NOT_ASKED && !options.again)) {
        return before;
    }
    return await withLock(layout.lock(), "installing a plugin", onProgress, async () => {
        const meanwhile = await kubernetesPluginStatus(version, env);
        return meanwhile.kind === "official"
            ? meanwhile
            : await install(version, engine, { layout, env, onProgress, hosts });
    });
}

const NOT_ASKED = "it was not asked for yet";

/** What is there, without asking the network. */
export async function kubernetesPluginStatus(
    version: string,
    env: NodeJS.ProcessEnv = process.env,
): Promise<KubernetesPlugin> {
    const layout = new CacheLayout(cacheDir(env));
    const homes = [env.PULUMI_HOME, join(env.HOME ?? homedir(), ".pulumi"), layout.pulumiHome()];
    for (const home of homes) {
        const path = home && join(home, "plugins", `resource-kubernetes-v${version}`);
        // The CLI keeps a `.partial` file beside the folder until it is complete.
        if (path && existsSync(join(path, "pulumi-resource-kubernetes")) && !existsSync(`${path}.partial`)) {
            return { kind: "official", path };
        }
    }
    return { kind: "unavailable", reason: (await recentRefusal(layout, version)) ?? NOT_ASKED };
}

async function install(
    version: string,
    engine: Engine<"pulumi">,
    { layout, env, onProgress, hosts }: Required<Omit<PluginOptions, "again">> & { layout: CacheLayout },
): Promise<KubernetesPlugin> {
    onProgress({ kind: "start", step: 1, of: 1, title: `install the Kubernetes provider plugin ${version}` });
    const reason = (await unreachable(hosts)) ?? (await pluginInstall(version, engine, layout, env));
    if (reason !== undefined) {
        onProgress({ kind: "end", ok: false, text: reason });
        await rememberRefusal(layout, version, reason);
        return { kind: "unavailable", reason };
    }
    await rm(refusalFile(layout, version), { force: true });
    onProgress({ kind: "end", ok: true, text: "installed" });
    return await kubernetesPluginStatus(version, env);
}

/** The CLI retries for a long time before it gives up, so we look first whether any of its hosts answers. */
async function unreachable(hosts: readonly string[]): Promise<string | undefined> {
    const { got } = await import("got");
    const timeout = { lookup: 3_000, connect: 4_000, secureConnect: 4_000, response: 10_000 };
    const ask = async (url: string): Promise<unknown> =>
        await got.head(url, { timeout, retry: { limit: 0 }, throwHttpErrors: false, followRedirect: false });
    try {
        await Promise.any(hosts.map(ask));
        return undefined;
    } catch {
        return `${hosts.join(" and ")} cannot be reached`;
    }
}

async function pluginInstall(
    version: string,
    engine: Engine<"pulumi">,
    layout: CacheLayout,
    env: NodeJS.ProcessEnv,
): Promise<string | undefined> {
    try {
        await run(engine.programs.pulumi.path, ["plugin", "install", "resource", "kubernetes", `v${version}`], {
            timeout: INSTALL_TIMEOUT_MS,
            env: { ...env, PULUMI_HOME: layout.pulumiHome(), PULUMI_SKIP_UPDATE_CHECK: "true" },
        });
        const { kind } = await kubernetesPluginStatus(version, env);
        return kind === "official" ? undefined : "pulumi plugin install said that it did, but there is no plugin";
    } catch (error) {
        const { stderr = "", killed } = error as { stderr?: string; killed?: boolean };
        const why = killed ? "it took longer than five minutes" : (stderr.trim().split("\n").pop() ?? String(error));
        return `pulumi plugin install failed: ${why}`;
    }
}

function refusalFile(layout: CacheLayout, version: string): string {
    return join(layout.plugins(), `resource-kubernetes-v${version}.refused.json`);
}

async function recentRefusal(layout: CacheLayout, version: string): Promise<string | undefined> {
    try {
        const { at, reason } = JSON.parse(await readFile(refusalFile(layout, version), "utf8")) as {
            at: string;
            reason: string;
        };
        return Date.now() - Date.parse(at) < REFUSAL_HOLDS_MS ? `${reason} (asked ${at})` : undefined;
    } catch {
        return undefined;
    }
}

async function rememberRefusal(layout: CacheLayout, version: string, reason: string): Promise<void> {
    await mkdir(layout.plugins(), { recursive: true });
    const at = new Date().toISOString();
    await writeFile(refusalFile(layout, version), `${JSON.stringify({ at, reason }, undefined, 4)}\n`);
}
