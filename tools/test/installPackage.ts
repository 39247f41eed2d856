/** The package as users get it: packed, and installed from the tarball into a project of its own. */

import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "./files";

const run = promisify(execFile);

/** Into an empty directory, with the versions of its peers that the project itself has unless others are given. */
export async function installPackage(directory: string, others?: Record<string, string>): Promise<void> {
    const versions = others ?? (await ownPeers());
    const tarball = await packPackage(directory);
    const packages = Object.entries(versions).map(([name, version]) => `${name}@${version}`);
    writeFileSync(join(directory, "package.json"), JSON.stringify({ name: "installed", private: true }));
    const options = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    await run("npm", ["install", ...options, tarball, ...packages], { cwd: directory });
}

/** The tarball that npm would publish, in a directory. */
export async function packPackage(directory: string): Promise<string> {
    const options = ["--silent", "--ignore-scripts", "--pack-destination", directory];
    const { stdout } = await run("npm", ["pack", ...options], { cwd: ROOT });
    return join(directory, stdout.trim().split("\n").at(-1)!);
}

/** The versions of its peers that the project itself has. */
export async function ownPeers(): Promise<Record<string, string>> {
    const { devDependencies } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as {
        devDependencies: Record<string, string>;
    };
    const names = ["@pulumi/pulumi", "@pulumi/kubernetes"];
    return Object.fromEntries(names.map((name) => [name, devDependencies[name]]));
}
