import { nodeSupport } from "../../../tools/cluster";

/** Skips all tests of a suite on a machine that cannot run a node, and says why: what was not run has not passed. */
export function requireNode(): void {
    before(async function () {
        this.timeout(300_000);
        const support = await nodeSupport();
        if (!support.possible) {
            console.log(`      skipped: ${support.reason}. ${support.remedy}`);
            this.skip();
        }
    });
}
