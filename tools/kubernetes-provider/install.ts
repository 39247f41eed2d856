/**
 * Puts the stand-in where the Pulumi CLI looks for the Kubernetes plugin:
 * `$PULUMI_HOME/plugins/resource-kubernetes-v<version>/pulumi-resource-kubernetes`.
 *
 * Its server is bundled into one file, since a plugin is started for every operation: one file loads in a quarter of a
 * second, the packages one by one in over a second.
 */

import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";

export interface InstallOptions {
    readonly pulumiHome: string;
    /** That of the `@pulumi/kubernetes` package in use: the CLI asks for the plugin of the same version. */
    readonly version: string;
}

export const pluginExecutable = "pulumi-resource-kubernetes";

export const pluginFolder = (pulumiHome: string, version: string): string =>
    join(pulumiHome, "plugins", `resource-kubernetes-v${version}`);

const project = resolve(__dirname, "..", "..");
const serverSources = join(__dirname, "server");
const bundleFolder = join(project, "build", "kubernetes-provider");

/** The plugin's executable. Whatever is in its place already is replaced. */
export async function installStandIn({ pulumiHome, version }: InstallOptions): Promise<string> {
    const bundle = await bundleServer();
    const folder = pluginFolder(pulumiHome, version);
    const executable = join(folder, pluginExecutable);
    const script = [
        "#!/bin/sh",
        "# Stands in for the official plugin: see tools/kubernetes-provider/README.md of pulumi-seqera-kubernetes.",
        `export KUBERNETES_STAND_IN_VERSION=${shellQuote(version)}`,
        // This very node: the CLI's PATH may hold another one, or none.
        `exec ${shellQuote(process.execPath)} ${shellQuote(bundle)} "$@"`,
        "",
    ].join("\n");
    await mkdir(folder, { recursive: true });
    await writeAtomically(executable, script, 0o755);
    return executable;
}

/** Whether the plugin in this folder is the stand-in. */
export async function isStandIn(folder: string): Promise<boolean> {
    const executable = join(folder, pluginExecutable);
    try {
        // The official one is a program of 100 MB; read no more of it than a script can have.
        const { size } = await stat(executable);
        return size < 4096 && (await readFile(executable, "utf8")).includes("KUBERNETES_STAND_IN_VERSION");
    } catch {
        return false;
    }
}

/** The server in one file, named by what it was made of; two processes may do this at once. */
async function bundleServer(): Promise<string> {
    const file = join(bundleFolder, `server-${await sourcesHash()}.js`);
    try {
        await stat(file);
        return file;
    } catch {
        // Not built yet.
    }
    await mkdir(bundleFolder, { recursive: true });
    const draft = `${file}.${randomUUID()}`;
    await build({
        entryPoints: [join(serverSources, "main.ts")],
        outfile: draft,
        bundle: true,
        minify: true,
        platform: "node",
        target: "node20",
        format: "cjs",
        logLevel: "silent",
    });
    await rename(draft, file);
    await removeOthers(file);
    return file;
}

/** Old bundles; not today's, which another process may be about to start. */
async function removeOthers(file: string): Promise<void> {
    const day = 24 * 60 * 60 * 1000;
    for (const name of await readdir(bundleFolder)) {
        const other = join(bundleFolder, name);
        const age = Date.now() - ((await stat(other).catch(() => undefined))?.mtimeMs ?? Date.now());
        if (other !== file && age > day) {
            await rm(other, { force: true });
        }
    }
}

async function sourcesHash(): Promise<string> {
    const hash = createHash("sha256");
    const sources = (await readdir(serverSources, { recursive: true })).filter((name) => name.endsWith(".ts")).sort();
    // The lock file stands for the libraries that are bundled.
    for (const path of [
        ...sources.map((name) => join(serverSources, name)),
        join(project, "package-lock.json"),
        __filename,
    ]) {
        hash.update(path)
            .update("\0")
            .update(await readFile(path))
            .update("\0");
    }
    return hash.digest("hex").slice(0, 16);
}

async function writeAtomically(file: string, text: string, mode: number): Promise<void> {
    const draft = `${file}.${randomUUID()}`;
    await writeFile(draft, text, { mode });
    await rename(draft, file);
}

const shellQuote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
