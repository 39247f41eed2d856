/**
 * Puts a plugin of ours where the Pulumi CLI looks for the official one:
 * `$PULUMI_HOME/plugins/resource-<package>-v<version>/pulumi-resource-<package>`.
 *
 * Its server is bundled into one file, since a plugin is started for every operation: one file loads in a quarter of a
 * second, the packages one by one in over a second.
 */

import { createHash, randomUUID } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { build } from "esbuild";

export interface Plugin {
    readonly pulumiHome: string;
    /** The package whose plugin it stands in for, such as `kubernetes`. */
    readonly package: string;
    /** That of the npm package in use: the CLI asks for the plugin of the same version. */
    readonly version: string;
    /** Names the plugin's bundles among those of other plugins. */
    readonly bundle: string;
    /** The file that the server starts with, given to `node`. */
    readonly entry: string;
    /** Modules that `entry` imports by a name of their own: name to file. */
    readonly alias?: Readonly<Record<string, string>>;
    /** All that the bundle is made of, beside the libraries: files and folders. */
    readonly sources: readonly string[];
    /** Where a reader of the script finds out more. */
    readonly readme: string;
    /** What the server finds in its environment. */
    readonly environment: Readonly<Record<string, string>>;
}

const project = resolve(__dirname, "..", "..");

export const pluginExecutable = (name: string): string => `pulumi-resource-${name}`;

export const pluginFolder = (pulumiHome: string, name: string, version: string): string =>
    join(pulumiHome, "plugins", `resource-${name}-v${version}`);

/** The plugin's executable. Whatever is in its place already is replaced. */
export async function installPlugin(plugin: Plugin): Promise<string> {
    const bundle = await bundleServer(plugin);
    const folder = pluginFolder(plugin.pulumiHome, plugin.package, plugin.version);
    await mkdir(folder, { recursive: true });
    // A copy, as this stays in use when the project's build folder is emptied.
    const server = join(folder, basename(bundle));
    if (!(await exists(server))) {
        await replaceFile(server, async (draft) => await copyFile(bundle, draft));
    }
    const executable = join(folder, pluginExecutable(plugin.package));
    const script = [
        "#!/bin/sh",
        `# Stands in for the official plugin: see ${plugin.readme} of pulumi-seqera-kubernetes.`,
        ...Object.entries(plugin.environment).map(([name, value]) => `export ${name}=${shellQuote(value)}`),
        // This very node: the CLI's PATH may hold another one, or none.
        `exec ${shellQuote(process.execPath)} ${shellQuote(server)} "$@"`,
        "",
    ].join("\n");
    await replaceFile(executable, async (draft) => await writeFile(draft, script, { mode: 0o755 }));
    await removeOthers(server);
    return executable;
}

/** The server in one file, named by what it was made of; several processes may do this at once. */
async function bundleServer({ bundle, entry, alias, sources }: Plugin): Promise<string> {
    const folder = join(project, "build", bundle);
    const file = join(folder, `server-${await hashOf([...sources, ...Object.values(alias ?? {})])}.js`);
    if (await exists(file)) {
        return file;
    }
    await mkdir(folder, { recursive: true });
    await replaceFile(file, async (draft) => {
        await build({
            entryPoints: [entry],
            outfile: draft,
            bundle: true,
            minify: true,
            platform: "node",
            target: "node20",
            format: "cjs",
            logLevel: "silent",
            alias: { ...alias },
        });
    });
    await removeOthers(file);
    return file;
}

async function hashOf(sources: readonly string[]): Promise<string> {
    const hash = createHash("sha256");
    const files = (await Promise.all([...sources, __dirname].map(filesOf))).flat();
    // The lock file stands for the libraries that are bundled.
    for (const path of [...new Set([...files, join(project, "package-lock.json")])].sort()) {
        hash.update(path)
            .update("\0")
            .update(await readFile(path))
            .update("\0");
    }
    return hash.digest("hex").slice(0, 16);
}

async function filesOf(path: string): Promise<string[]> {
    if ((await stat(path)).isFile()) {
        return [path];
    }
    const names = await readdir(path, { recursive: true });
    return names.filter((name) => name.endsWith(".ts")).map((name) => join(path, name));
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
