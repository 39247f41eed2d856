/** Images without a registry: built here, kept as archives, loaded into a node. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { OnProgress } from "../engine";
import { cached } from "../engine/cached";
import { packImages } from "./archive";
import { DEBIAN_RELEASE, debianRootFileSystem } from "./rootFileSystem";

export { ensureHeadImage, HEAD_IMAGE } from "./head";

/** Nextflow's tasks need bash, and ps for their metrics. */
const TASK_PACKAGES = ["bash", "procps"];

export const TASK_IMAGE = "localhost/task:1";
/** For containers that only have to be there: a pod's own, and the Platform's service pod. */
export const PAUSE_IMAGE = "localhost/pause:1";

const PAUSE = ["/bin/sleep", "infinity"];

/** An archive with the images that every node needs, made once. Both share one layer. */
export async function ensureBaseImages(onProgress: OnProgress = () => {}): Promise<string> {
    return await cached(
        "images",
        {
            name: "base",
            recipe: [DEBIAN_RELEASE, TASK_PACKAGES, PAUSE, PAUSE_IMAGE, TASK_IMAGE],
            title: "make the images of pods and tasks",
            make: async (target, temporary) => {
                const layer = join(temporary, "task.tar");
                await debianRootFileSystem(TASK_PACKAGES, layer, temporary);
                const layout = join(temporary, "layout");
                await mkdir(layout);
                const images = [
                    { name: PAUSE_IMAGE, layers: [layer], command: PAUSE },
                    { name: TASK_IMAGE, layers: [layer], command: ["/bin/bash"] },
                ];
                await packImages(images, layout, target);
            },
        },
        onProgress,
    );
}
