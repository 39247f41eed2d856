import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installPackage } from "../../tools/test/installPackage";
import { SHARED_PACKAGE } from "../../tools/test/variables";

export { ROOT } from "../../tools/test/files";

/** A project that has the package as users get it. */
export interface InstalledPackage {
    directory: string;
}

let installed: Promise<InstalledPackage> | undefined;

/** That of the test run, or one for the whole process. */
export function installedPackage(): Promise<InstalledPackage> {
    const shared = process.env[SHARED_PACKAGE];
    installed ??= shared === undefined ? install() : Promise.resolve({ directory: shared });
    return installed;
}

async function install(): Promise<InstalledPackage> {
    const directory = mkdtempSync(join(tmpdir(), "seqera-installed-"));
    process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
    await installPackage(directory);
    return { directory };
}
