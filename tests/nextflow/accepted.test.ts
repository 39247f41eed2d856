import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terminalProgress } from "../../tools/engine";
import { type AcceptedPods, acceptPipeline } from "../../tools/pipeline/accepted";
import { MOUNT_PATH } from "../../tools/pipeline/settings";
import { podsOf, SHOWN } from "../../tools/pipeline/shown";
import { requireJavaTools } from "./support/parsers";

/** Made by a real Nextflow and let in by a real API server: what every machine can show, whether or not pods can run on it. */
describe("nextflow: the pods of a run, where nothing can run them", () => {
    let accepted: AcceptedPods;

    before(async function () {
        this.timeout(1_800_000);
        requireJavaTools(this);
        accepted = await acceptPipeline({
            dir: mkdtempSync(join(tmpdir(), "seqera-accepted-")),
            pipeline: join(__dirname, "pipeline"),
            onProgress: terminalProgress(),
            say: (step) => console.log(`      ${step}`),
        });
    });

    for (const each of SHOWN) {
        const { argument, pod, where, see, expected, process } = each;
        it(`are let in with ${argument} in ${process === undefined ? "" : `${process} `}${pod} pods: ${where}`, function () {
            const pods = podsOf(each, accepted.pods);
            // The tasks of a later process come when those before have run; and a Nextflow on this machine finds the work
            // directory under another path than a head pod would.
            if (pods.length === 0 || (pod === "task" && where === `mount at ${MOUNT_PATH}`)) {
                this.skip();
            }
            pods.forEach((one) => assert.deepEqual(see(one), expected, one.metadata.name));
        });
    }
});
