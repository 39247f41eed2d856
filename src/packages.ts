/** Packages that only a part of this one needs, and that are installed beside it: the optional peers in package.json. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { plainError } from "./components/plainError";

/**
 * Throws one line that says what to install, instead of Node's list of the files that asked for the package. Called before the first
 * import that needs it.
 */
export function assertInstalled(part: string, peer: string): void {
    try {
        require.resolve(`${peer}/package.json`);
    } catch {
        const manifest = readFileSync(join(__dirname, "..", "package.json"), "utf8");
        const { peerDependencies } = JSON.parse(manifest) as { peerDependencies: Record<string, string> };
        throw plainError(
            new Error(
                `pulumi-seqera-kubernetes/${part}: the package ${peer} is not installed (run \`npm install ${peer}@${peerDependencies[peer]}\`)`,
            ),
        );
    }
}
