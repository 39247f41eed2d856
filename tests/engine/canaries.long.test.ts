import assert from "node:assert/strict";
import { Canaries } from "./canaries";

/** `Marshaling property for RPC[…]`, `RegisterResource RPC finished: …`; a plugin's stands inside the engine's record of it. */
const PULUMI_CALL_RECORD =
    /"msg":"(eventSink::Debug\(<\{%reset%\}>)?(\{\\"time\\"[^{}]*\\"msg\\":\\")?((Unm|M)arshaling property for RPC\[|\w+ RPC (finished|prepared): )/;

describe("secrets, searched for in the logs of runs", function () {
    this.timeout(240_000);
    this.bail(true);

    let canaries: Canaries;

    before(async function () {
        this.timeout(1_800_000);
        canaries = await Canaries.start();
        await canaries.stack.mustUp();
        await canaries.learn("launcher token");
    });

    after(() => canaries?.platform.stop());

    /** A run's log but for what Pulumi records of its calls. */
    async function loggedUp(level: string): Promise<string> {
        const { output } = await canaries.stack.mustUp("--logtostderr", "--logflow", `-v=${level}`);
        const lines = output.split("\n").filter((line) => !PULUMI_CALL_RECORD.test(line));
        assert.ok(lines.length > 10, "there is a log");
        return lines.join("\n");
    }

    // The engine, its Node.js SDK and, from level 9, the Kubernetes plugin write out what they send each other, secrets opened;
    // Pulumi says so of its verbose logs. Whatever comes from the package or its provider process is still searched.
    it("of the levels 3 and 9, but for Pulumi's own record of its calls", async () => {
        await canaries.stack.configure({ description: "another" });
        for (const level of ["3", "9"]) {
            canaries.search(`the log of level ${level}`, await loggedUp(level));
        }
    });

    it("of level 9, of a rotation of the launcher's token", async () => {
        await canaries.stack.configure({ tokenRotation: { request: "another" } });
        await canaries.searchRun("a preview of a rotated token", "preview", "--diff");
        const log = await loggedUp("9");
        await canaries.learn("launcher's new token");
        assert.equal(new Set(Object.values(canaries.launcher)).size, 2);
        canaries.search("the log of a rotated token", log);
        canaries.searchState();
        canaries.searchPlatform();
    });

    it("leave nothing behind", async () => {
        await canaries.searchRun("a destroy", "destroy", "--yes", "--skip-preview", "--diff");
        canaries.searchState();
    });
});
