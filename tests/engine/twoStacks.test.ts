import assert from "node:assert/strict";
import type { PlatformEmulator } from "../../src/emulator";
import { objects } from "./support/cluster";
import { environments, environmentStack, freshNamespace, startPlatform } from "./support/platform";
import type { CliRun, TestStack } from "./support/stack";

describe("two stacks that want the same names at the same time, on the real engine", function () {
    this.timeout(240_000);

    let platform: PlatformEmulator;

    before(async function () {
        this.timeout(1_800_000);
        platform = await startPlatform();
    });

    after(async () => {
        await platform?.stop();
        assert.deepEqual(platform.violations, []);
    });

    it("in the workspace: one has them, the other one clear error, and nothing is harmed", async () => {
        const namespaces = [freshNamespace(), freshNamespace()];
        const settings = { name: "shared", credentials: { name: "shared-credential" }, labels: { team: "genomics" } };
        const stacks = await Promise.all(namespaces.map((each) => environmentStack(platform, each, settings)));
        const runs = await Promise.all(stacks.map((each) => each.up()));
        const winner = runs.findIndex(({ code }) => code === 0);
        const loser = runs.findIndex(({ code }) => code !== 0);
        assert.ok(winner >= 0 && loser >= 0, runs.map(({ output }) => output).join("\n---\n"));
        assertOneError(
            runs[loser],
            /(A compute environment|Credentials) named "shared(-credential)?" exists? in workspace \d+/,
        );

        const [env, ...more] = environments(platform);
        assert.equal(more.length, 0);
        assert.deepEqual([env.name, env.status, env.config.namespace], ["shared", "AVAILABLE", namespaces[winner]]);
        assert.equal((await stacks[winner].outputs()).computeEnvId, env.id);
        assert.deepEqual(await stacks[winner].preview(), []);

        await stacks[loser].configure({ name: "other", credentials: { name: "other-credential" } });
        const mended = await stacks[loser].up();
        assert.equal(mended.code, 0, mended.output);
        assert.deepEqual(
            environments(platform)
                .map(({ name, status }) => `${name} ${status}`)
                .sort(),
            ["other AVAILABLE", "shared AVAILABLE"],
        );
        await gone(stacks[loser]);
        assert.deepEqual(
            environments(platform).map(({ id, status }) => [id, status]),
            [[env.id, "AVAILABLE"]],
        );
        assert.equal((await objects(namespaces[winner], "deployments")).length, 1);
        await gone(stacks[winner]);
        assert.deepEqual(environments(platform), []);
        assert.deepEqual(
            platform.state.credentials.filter(({ deleted }) => !deleted),
            [],
        );
    });

    it("in the cluster: one has them, the other one clear error before the Platform is called", async () => {
        const namespace = freshNamespace();
        const stacks = await Promise.all([1, 2].map(() => environmentStack(platform, namespace)));
        const runs = await Promise.all(stacks.map((each) => each.up()));
        const winner = runs.findIndex(({ code }) => code === 0);
        assert.ok(winner >= 0, runs.map(({ output }) => output).join("\n---\n"));
        assertOneError(runs[1 - winner], new RegExp(`namespaces "${namespace}" already exists`));
        assert.equal(environments(platform).length, 1);

        await gone(stacks[1 - winner]);
        assert.deepEqual(
            environments(platform).map(({ status }) => status),
            ["AVAILABLE"],
        );
        assert.equal((await objects(namespace, "deployments")).length, 1);
        await gone(stacks[winner]);
    });

    function assertOneError({ code, output }: CliRun, said: RegExp): void {
        assert.notEqual(code, 0, output);
        assert.match(output, said);
        assert.doesNotMatch(output, /\n\s+at .*\.js/);
    }

    async function gone(stack: TestStack): Promise<void> {
        const { code, output } = await stack.destroy();
        assert.equal(code, 0, output);
        assert.deepEqual(stack.resources(), []);
    }
});
