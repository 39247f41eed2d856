/**
 * Puts the stand-in where the Pulumi CLI looks for the Kubernetes plugin:
 * `$PULUMI_HOME/plugins/resource-kubernetes-v<version>/pulumi-resource-kubernetes`.
 *
 * Its server is bundled into one file, since a plugin is started for every operation: one file loads in a quarter of a
 * second, the packages one by one in over a second.
 */

import { createHash, randomUUID } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
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
    await mkdir(folder, { recursive: true });
    // A copy, as this stays in use when the project's build folder is emptied.
    const server = join(folder, basename(bundle));
    if (!(await exists(server))) {
        await replaceFile(server, async (draft) => await copyFile(bundle, draft));
    }
    const executable = join(folder, pluginExecutable);
    const script = [
        "#!/bin/sh",
        "# Stands in for the official plugin: see tools/kubernetes-provider/README.md of pulumi-seqera-kubernetes.",
        `export KUBERNETES_STAND_IN_VERSION=${shellQuote(version)}`,
        // This very node: the CLI's PATH may hold another one, or none.
        `exec ${shellQuote(process.execPath)} ${shellQuote(server)} "$@"`,
        "",
    ].join("\n");
    await replaceFile(executable, async (draft) => await writeFile(draft, script, { mode: 0o755 }));
    await removeOthers(server);
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

/** The server in one file, named by what it was made of; several processes may do this at once. */
async function bundleServer(): Promise<string> {
    const file = join(bundleFolder, `server-${await sourcesHash()}.js`);
    if (await exists(file)) {
        return file;
    }
    await mkdir(bundleFolder, { recursive: true });
    await replaceFile(file, async (draft) => {
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
    });
    await removeOthers(file);
    return file;
}

async function sourcesHash(): Promise<string> {
    const hash = createHash("sha256");
    const names = (await readdir(serverSources, { recursive: true })).filter((name) => name.endsWith(".ts")).sort();
    // The lock file stands for the libraries that are bundled.
    const sources = [...names.map((name) => join(serverSources, name)), join(project, "package-lock.json"), __filename];
    for (const path of sources) {
        hash.update(path)
            .update("\0")
            .update(await readFile(path))
            .update("\0");
    }
    return hash.digest("hex").slice(0, 16);
}

/** Servers of earlier sources beside `file`; not those of this minute, which another process may be about to start. */
async function removeOthers(file: string): Promise<void> {
    const folder = dirname(file);
    for (const name of await readdir(folder)) {
        const other = join(folder, name);
        const found = await stat(other).catch(() => undefined);
        if (/^server-.*\.js/.test(name) && other !== file && found && Date.now() - found.mtimeMs > 60_000) {
            await rm(other, { force: true });
        }
    }
}

async function exists(path: string): Promise<boolean> {
    return (await stat(path).catch(() => undefined)) !== undefined;
}

/** Never leaves half a file, whoever else writes it. */
async function replaceFile(file: string, write: (draft: string) => Promise<void>): Promise<void> {
    const draft = `${file}.${randomUUID()}`;
    try {
        await write(draft);
        await rename(draft, file);
    } finally {
        await rm(draft, { force: true });
    }
}

const shellQuote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
