/** The package as users get it: packed, and installed from the tarball into a project of its own. */

import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "./files";

const run = promisify(execFile);

/** `directory` is there and empty. */
export async function installPackage(directory: string): Promise<void> {
    const { devDependencies } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")) as {
        devDependencies: Record<string, string>;
    };
    const pack = await run("npm", ["pack", "--silent", "--ignore-scripts", "--pack-destination", directory], {
        cwd: ROOT,
    });
    const tarball = join(directory, pack.stdout.trim().split("\n").at(-1)!);
    const peers = ["@pulumi/pulumi", "@pulumi/kubernetes"].map((name) => `${name}@${devDependencies[name]}`);
    writeFileSync(join(directory, "package.json"), JSON.stringify({ name: "installed", private: true }));
    const options = ["--prefer-offline", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    await run("npm", ["install", ...options, tarball, ...peers], { cwd: directory });
}
