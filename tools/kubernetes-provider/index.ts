/** The Kubernetes plugin for a `PULUMI_HOME` of ours: the official one, or the stand-in where that cannot be had. */

import { readFileSync } from "node:fs";
import { lstat, mkdir, readlink, rename, rm, symlink } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { type Engine, ensureKubernetesPlugin, type OnProgress } from "../engine";
import { pluginExecutable, pluginFolder } from "../plugin/install";
import { installStandIn, isStandIn } from "./install";

export { installStandIn, isStandIn } from "./install";

export interface ProvideOptions {
    readonly engine: Engine<"pulumi">;
    readonly pulumiHome: string;
    /** That of the `@pulumi/kubernetes` package in use. Default: that of the project's own. */
    readonly version?: string;
    readonly onProgress?: OnProgress;
}

export interface ProvidedPlugin {
    readonly kind: "official" | "stand-in";
    /** The executable in `pulumiHome`. */
    readonly path: string;
    /** Why it is not the official one. */
    readonly reason?: string;
}

/** The CLI asks for the plugin that has the version of the npm package. */
export function kubernetesVersion(): string {
    const manifest = readFileSync(require.resolve("@pulumi/kubernetes/package.json"), "utf8");
    return (JSON.parse(manifest) as { version: string }).version;
}

export async function provideKubernetesPlugin(options: ProvideOptions): Promise<ProvidedPlugin> {
    const { engine, pulumiHome, version = kubernetesVersion(), onProgress } = options;
    const found = await ensureKubernetesPlugin(version, engine, onProgress ? { onProgress } : {});
    if (found.kind === "unavailable") {
        return { kind: "stand-in", path: await installStandIn({ pulumiHome, version }), reason: found.reason };
    }
    // What an earlier run put into a home that the search knows is no official plugin.
    if (await isStandIn(found.path)) {
        const reason = `${found.path} holds the stand-in of an earlier run`;
        return { kind: "stand-in", path: await installStandIn({ pulumiHome, version }), reason };
    }
    return { kind: "official", path: await linkOfficial(found.path, pulumiHome, version) };
}

/** The CLI does not follow a link to a plugin's folder, but to its executable it does. */
async function linkOfficial(from: string, pulumiHome: string, version: string): Promise<string> {
    const folder = pluginFolder(pulumiHome, "kubernetes", version);
    const executable = join(folder, pluginExecutable("kubernetes"));
    const target = join(from, pluginExecutable("kubernetes"));
    if (executable === target || (await linkTarget(executable)) === target) {
        return executable;
    }
    await mkdir(folder, { recursive: true });
    const draft = `${executable}.${randomUUID()}`;
    await symlink(target, draft);
    await rename(draft, executable).catch(async (error: unknown) => {
        await rm(draft, { force: true });
        throw error;
    });
    return executable;
}

async function linkTarget(path: string): Promise<string | undefined> {
    const found = await lstat(path).catch(() => undefined);
    return found?.isSymbolicLink() ? await readlink(path) : undefined;
}
