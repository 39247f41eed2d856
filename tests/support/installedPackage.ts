import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export const ROOT = join(__dirname, "..", "..");

/** A project that has the package as users get it: packed, and installed from the tarball. */
export interface InstalledPackage {
    directory: string;
    remove(): void;
}

let installed: Promise<InstalledPackage> | undefined;

/** Installed once for the whole test process. */
export function installedPackage(): Promise<InstalledPackage> {
    installed ??= install();
    return installed;
}

async function install(): Promise<InstalledPackage> {
    const directory = mkdtempSync(join(tmpdir(), "seqera-installed-"));
    const remove = () => rmSync(directory, { recursive: true, force: true });
    process.once("exit", remove);
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
    return { directory, remove };
}
