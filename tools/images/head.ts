import { chmod, copyFile, cp, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { create } from "tar";
import type { OnProgress } from "../engine";
import { cached } from "../engine/cached";
import { ensureNextflow, nextflowRecipe } from "../nextflow";
import { packImages } from "./archive";
import { DEBIAN_RELEASE, debianRootFileSystem } from "./rootFileSystem";

/** The last release with the Kubernetes executor inside: no plugin has to be fetched. */
const NEXTFLOW = "24.10.5";
const PACKAGES = ["bash", "procps", "openjdk-17-jre-headless"];
const SCRIPTS = ["nf-launch.sh", "nextflow.sh"].map((name) => join(__dirname, name));

export const HEAD_IMAGE = `localhost/nextflow-head:${NEXTFLOW}`;

const ENVIRONMENT = {
    NXF_HOME: "/.nextflow",
    NXF_OFFLINE: "true",
    NXF_PLUGINS_DEFAULT: "false",
    NXF_DISABLE_CHECK_LATEST: "true",
};

/** An archive with an image of Nextflow, as the Platform's launcher image is one. Made once. */
export async function ensureHeadImage(onProgress: OnProgress = () => {}): Promise<string> {
    const library = await ensureNextflow(NEXTFLOW, onProgress);
    const scripts = await Promise.all(SCRIPTS.map(async (file) => await readFile(file, "utf8")));
    return await cached(
        "images",
        {
            name: "head",
            recipe: [DEBIAN_RELEASE, PACKAGES, ENVIRONMENT, nextflowRecipe(NEXTFLOW), scripts, HEAD_IMAGE],
            title: "make the image of Nextflow",
            make: async (target, temporary) => {
                const system = join(temporary, "system.tar");
                onProgress({ kind: "update", text: "Debian with Java" });
                await debianRootFileSystem(PACKAGES, system, temporary);
                onProgress({ kind: "update", text: "Nextflow" });
                const nextflow = await nextflowLayer(library, temporary);
                const layout = join(temporary, "layout");
                await mkdir(layout);
                const layers = [system, nextflow];
                const image = { name: HEAD_IMAGE, layers, command: ["nf-launch.sh"], environment: ENVIRONMENT };
                await packImages([image], layout, target);
            },
        },
        onProgress,
    );
}

async function nextflowLayer(library: string, temporary: string): Promise<string> {
    const root = join(temporary, "root");
    await cp(library, join(root, "opt", "nextflow"), { recursive: true });
    for (const [source, target] of [
        [SCRIPTS[0], join(root, "usr", "local", "bin", "nf-launch.sh")],
        [SCRIPTS[1], join(root, "usr", "local", "bin", "nextflow")],
    ]) {
        await mkdir(dirname(target), { recursive: true });
        await copyFile(source, target);
        await chmod(target, 0o755);
    }
    const file = join(temporary, "nextflow.tar");
    // `portable` leaves out whose the files are here: in the image they are root's.
    await create({ cwd: root, file, portable: true }, ["opt", "usr"]);
    return file;
}
