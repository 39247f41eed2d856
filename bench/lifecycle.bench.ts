import Table from "cli-table3";
import type { PlatformEmulator } from "../src/emulator";
import { audit } from "../tests/engine/support/cluster";
import { calls, environmentStack, freshNamespace, startPlatform } from "../tests/engine/support/platform";
import type { CliRun, TestStack } from "../tests/engine/support/stack";

/** What each step in an environment's life costs on the real engine. Measured and shown, never asserted. */
describe("one environment, step by step", function () {
    this.timeout(600_000);

    const namespace = freshNamespace();
    const table = new Table({
        head: ["step", "seconds", "Platform calls", "of them", "cluster calls", "state, bytes"],
        colAligns: ["left", "right", "right", "left", "right", "right"],
        style: { head: [], border: [] },
    });
    let platform: PlatformEmulator;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform({ timings: { create: 0, delete: 0 } });
        stack = await environmentStack(platform, namespace);
    });

    after(async () => {
        await platform?.stop();
        console.log(table.toString());
    });

    async function step(name: string, run: () => Promise<CliRun>): Promise<void> {
        platform.clearRequests();
        const before = (await audit(namespace)).length;
        const startedAt = Date.now();
        const { code, output } = await run();
        const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
        if (code !== 0) {
            throw new Error(output);
        }
        const made = calls(platform);
        const cluster = (await audit(namespace)).slice(before).filter(({ user }) => user === "kubernetes-admin").length;
        const state = Buffer.byteLength(stack.stateText());
        table.push([name, seconds, made.length, counted(made), cluster, state]);
    }

    it("create", () => step("create", () => stack.up()));
    it("no change", () => step("no change", () => stack.up()));
    it("preview, no change", () => step("preview, no change", () => stack.run(["preview"])));
    it("update in place", async () => {
        await stack.configure({ description: "another" });
        await step("update in place", () => stack.up());
    });
    it("replace", async () => {
        await stack.configure({ nextflowConfig: "process.cpus = 2" });
        await step("replace", () => stack.up());
    });
    it("refresh", () => step("refresh", () => stack.refresh()));
    it("destroy", () => step("destroy", () => stack.destroy()));
});

function counted(made: string[]): string {
    const counts = new Map<string, number>();
    made.forEach((call) => counts.set(call, (counts.get(call) ?? 0) + 1));
    return [...counts].map(([call, count]) => (count === 1 ? call : `${call} × ${count}`)).join("\n");
}
