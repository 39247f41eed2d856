/** What the processes of a run share, since it takes seconds to make. */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeSupport, startControlPlane, stopControlPlane } from "../cluster";
import { ensureEngine, EVERY_PROGRAM, terminalProgress } from "../engine";
import { installPackage } from "./installPackage";
import type { Prepared } from "./jobs";
import { Preparation } from "./sideBySide";
import { SHARED_CLUSTER, SHARED_PACKAGE } from "./variables";

export class Shared {
    private readonly directory = mkdtempSync(join(tmpdir(), "seqera-tests-"));
    private readonly cluster = join(this.directory, "cluster");
    private readonly preparations = new Map<Prepared, Preparation<string>>();

    /** A pipeline's node has programs of its own. */
    constructor(needed: ReadonlySet<Prepared | undefined>, withNode: boolean) {
        const makers = { cluster: () => this.startCluster(withNode), package: () => this.install() };
        for (const what of ["package", "cluster"] as const) {
            if (needed.has(what)) {
                this.preparations.set(what, new Preparation(makers[what]()));
            }
        }
    }

    preparation(what: Prepared | undefined): Preparation<string> | undefined {
        return what === undefined ? undefined : this.preparations.get(what);
    }

    /** What could not be made is not there: whoever needs it then tries by itself, and says what is wrong. */
    async environment(): Promise<NodeJS.ProcessEnv> {
        const of = async (what: Prepared) =>
            this.preparation(what)?.settled ? await this.preparation(what)!.made.catch(() => undefined) : undefined;
        return { [SHARED_CLUSTER]: await of("cluster"), [SHARED_PACKAGE]: await of("package") };
    }

    async remove(): Promise<void> {
        await Promise.all([...this.preparations.values()].map(({ over }) => over));
        await stopControlPlane(this.cluster);
        rmSync(this.directory, { recursive: true, force: true });
    }

    private async startCluster(withNode: boolean): Promise<string> {
        // Together, since what they have in common is compiled once: the build caches are removed afterwards.
        const programs = withNode && (await nodeSupport()).possible ? EVERY_PROGRAM : undefined;
        const engine = await ensureEngine({ programs, onProgress: terminalProgress() });
        await startControlPlane({ dir: this.cluster, engine });
        return this.cluster;
    }

    private async install(): Promise<string> {
        const directory = join(this.directory, "installed");
        mkdirSync(directory);
        await installPackage(directory);
        return directory;
    }
}
