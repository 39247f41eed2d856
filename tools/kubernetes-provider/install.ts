/** Puts the stand-in where the Pulumi CLI looks for the Kubernetes plugin. */

import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { installPlugin, pluginExecutable } from "../plugin/install";

export interface InstallOptions {
    readonly pulumiHome: string;
    /** That of the `@pulumi/kubernetes` package in use: the CLI asks for the plugin of the same version. */
    readonly version: string;
}

const serverSources = join(__dirname, "server");
const versionVariable = "KUBERNETES_STAND_IN_VERSION";

/** The plugin's executable. Whatever is in its place already is replaced. */
export function installStandIn({ pulumiHome, version }: InstallOptions): Promise<string> {
    return installPlugin({
        pulumiHome,
        package: "kubernetes",
        version,
        bundle: "kubernetes-provider",
        entry: join(serverSources, "main.ts"),
        sources: [serverSources],
        readme: "tools/kubernetes-provider/README.md",
        environment: { [versionVariable]: version },
    });
}

/** Whether the plugin in this folder is the stand-in. */
export async function isStandIn(folder: string): Promise<boolean> {
    const executable = join(folder, pluginExecutable("kubernetes"));
    try {
        // The official one is a program of 100 MB; read no more of it than a script can have.
        const { size } = await stat(executable);
        return size < 4096 && (await readFile(executable, "utf8")).includes(versionVariable);
    } catch {
        return false;
    }
}
