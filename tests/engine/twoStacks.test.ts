import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../src/emulator";
import { objects } from "./support/cluster";
import { credentials, environments, environmentStack, freshNamespace, startPlatform } from "./support/platform";
import type { CliRun, TestStack } from "./support/stack";

/** Each step goes on where the one before has ended. */
describe("two stacks that want the same names, on the real engine", function () {
    this.timeout(240_000);
    this.bail(true);

    const namespace = freshNamespace();
    let platform: PlatformEmulator;
    let winner: TestStack;
    let loser: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
    });

    after(async () => {
        await platform?.stop();
        assert.deepEqual(platform.violations, []);
    });

    const named = () => environments(platform).map(({ name, status }) => `${name} ${status}`);

    it("in the cluster, at the same time: one has them, the other one clear error before the Platform is called", async () => {
        const settings = {
            name: "shared",
            credentials: { name: "shared-credential" },
            resourceLabels: { team: "genomics" },
        };
        const stacks = await Promise.all([1, 2].map(() => environmentStack(platform, namespace, settings)));
        const runs: CliRun[] = await Promise.all(stacks.map((each) => each.up()));
        const first = runs.findIndex(({ code }) => code === 0);
        assert.ok(first >= 0, runs.map(({ output }) => output).join("\n---\n"));
        [winner, loser] = [stacks[first], stacks[1 - first]];
        const { code, output } = runs[1 - first];
        assert.notEqual(code, 0, output);
        assert.match(output, new RegExp(`namespaces "${namespace}" already exists`));
        assert.doesNotMatch(output, /\n\s+at .*\.js/);
        assert.deepEqual(named(), ["shared AVAILABLE"]);
        const [{ id, config }] = environments(platform);
        assert.deepEqual(
            [winner.resource("pulumi:pulumi:Stack")!.outputs.computeEnvId, config.namespace],
            [id, namespace],
        );
    });

    it("in the workspace: the other one clear error, and nothing is harmed", async () => {
        // A credential's name that is taken: mishaps.test.ts.
        // No run has made a claim in the first namespace yet, which the guard of the claim cannot see.
        const storage = { replaceable: true };
        await loser.configure({ namespace: freshNamespace(), storage, credentials: { name: "other-credential" } });
        await loser.mustFail(/A compute environment named "shared" already exists in workspace \d+/);
        assert.deepEqual(named(), ["shared AVAILABLE"]);
        await winner.mustRest();
    });

    it("with names of its own the other is made, and removed without harm to the first", async () => {
        const [{ id }] = environments(platform);
        await loser.configure({ name: "other" });
        await loser.mustUp();
        assert.deepEqual(named().sort(), ["other AVAILABLE", "shared AVAILABLE"]);
        await loser.mustDestroy();
        assert.deepEqual(loser.resources(), []);
        assert.deepEqual(
            environments(platform).map((env) => [env.id, env.status]),
            [[id, "AVAILABLE"]],
        );
        assert.deepEqual(
            credentials(platform).map(({ name }) => name),
            ["shared-credential"],
        );
        assert.equal((await objects(namespace, "deployments")).length, 1);
    });
});
