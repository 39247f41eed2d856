import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { PlatformEmulator } from "../../src/emulator";
import { descendants, end } from "../chaos/processes";
import { audit, kubectl } from "./support/cluster";
import { testEngine } from "./support/engine";
import { calls, environments, environmentStack, freshNamespace, startPlatform } from "./support/platform";
import type { TestStack } from "./support/stack";

const COMPUTE_ENV = "pulumi-nodejs:dynamic/seqera:ComputeEnv";
const CREDENTIALS = "pulumi-nodejs:dynamic/seqera:Credentials";

/**
 * The failures of the best known alternative that only a whole run can show. The numbers are those of
 * tests/dynamic/peers.test.ts, which has all ten against the provider process.
 */
describe("what fails elsewhere, on the real engine", function () {
    this.timeout(240_000);

    let platform: PlatformEmulator;
    let namespace: string;
    let stack: TestStack;

    before(async function () {
        this.timeout(1_800_000);
        await testEngine();
    });

    beforeEach(async () => {
        platform = await startPlatform();
    });

    afterEach(() => platform.stop());

    async function start(config: Record<string, unknown> = {}): Promise<void> {
        namespace = freshNamespace();
        stack = await environmentStack(platform, namespace, config);
    }

    async function mustUp(...flags: string[]): Promise<void> {
        const { code, output } = await stack.up(...flags);
        assert.equal(code, 0, output);
    }

    async function mustDestroy(): Promise<void> {
        const { code, output } = await stack.destroy();
        assert.equal(code, 0, output);
        assert.deepEqual(environments(platform), []);
    }

    /** Does something to the CLI while the Platform is making the environment, which then ends well. */
    async function whileCreating(harm: (cli: number) => void | Promise<void>): Promise<void> {
        const fault = platform.faults.add({ kind: "stuck", match: { operation: "CreateComputeEnv" } });
        let cli = 0;
        const running = stack.run(["up", "--yes", "--skip-preview"], { onStart: (pid) => (cli = pid) });
        await whenMaking();
        await harm(cli);
        platform.faults.remove(fault);
        await running;
    }

    async function whenMaking(): Promise<void> {
        for (let attempt = 0; attempt < 3_000 && environments(platform).length === 0; attempt++) {
            await sleep(20);
        }
        assert.equal(environments(platform).length, 1);
    }

    it("3. an interrupt while CREATING loses nothing: the CLI waits, and the environment is in state", async () => {
        await start({ createTimeoutSeconds: 20 });
        await whileCreating(async (cli) => {
            process.kill(cli, "SIGINT");
            await sleep(1_000);
        });
        const [{ id }] = environments(platform);
        assert.equal(stack.resource(COMPUTE_ENV)?.id, id);
        await mustUp();
        assert.deepEqual(
            environments(platform).map((env) => [env.id, env.status]),
            [[id, "AVAILABLE"]],
        );
        await mustDestroy();
    });

    for (const [what, config] of [
        ["a generated name", {}],
        ["a name of its own", { name: "prod" }],
    ] as const) {
        it(`3. a kill while CREATING, under ${what}, leaves no orphan and no error`, async () => {
            await start(config);
            // As a machine that goes down, or a container that is stopped, does: all at once.
            await whileCreating(async (cli) => {
                const plugins = await descendants(cli);
                end(cli);
                plugins.forEach(({ pid }) => end(pid));
            });
            const [{ id }] = environments(platform);
            await stack.run(["cancel", "--yes"]);
            await stack.must(["refresh", "--yes", "--skip-preview", "--clear-pending-creates"]);
            assert.equal(stack.resource(COMPUTE_ENV), undefined);
            await mustUp();
            assert.deepEqual(
                environments(platform).map((env) => [env.id, env.status]),
                [[id, "AVAILABLE"]],
            );
            await mustDestroy();
        });
    }

    it("5. no token is in state in plain text, and one that has changed rotates in place", async () => {
        await start();
        await mustUp();
        const token = async () =>
            Buffer.from(
                await kubectl(
                    "-n",
                    namespace,
                    "get",
                    "secret",
                    "seqera-launcher-token",
                    "-o",
                    "jsonpath={.data.token}",
                ),
                "base64",
            ).toString();
        const before = await token();
        const credential = stack.resource(CREDENTIALS);
        await kubectl("-n", namespace, "delete", "secret", "seqera-launcher-token");
        platform.clearRequests();
        await mustUp("--refresh");
        const now = await token();
        assert.notEqual(now, before);
        for (const secret of [before, now]) {
            assert.ok(secret.length > 100);
            assert.ok(!stack.stateText().includes(secret));
            assert.ok(!stack.stateText().includes(Buffer.from(secret).toString("base64")));
        }
        assert.equal(stack.resource(CREDENTIALS)?.id, credential?.id);
        assert.deepEqual(
            calls(platform).filter((call) => !call.startsWith("GET ")),
            ["PUT /credentials/{id}"],
        );
        await mustDestroy();
    });

    it("8. a right that is lost drops nothing from state, and all is well when it is back", async () => {
        await start();
        await mustUp();
        const kept = [stack.resource(COMPUTE_ENV), stack.resource(CREDENTIALS)].map((each) => each?.id);
        platform.faults.add({
            kind: "status",
            status: 403,
            message: "Forbidden",
            match: { method: "GET", times: 999 },
        });
        const { code, output } = await stack.refresh();
        assert.notEqual(code, 0);
        assert.match(output, /HTTP 403: "Forbidden"/);
        platform.faults.remove();
        assert.equal((await stack.refresh()).code, 0);
        assert.deepEqual(
            [stack.resource(COMPUTE_ENV), stack.resource(CREDENTIALS)].map((each) => each?.id),
            kept,
        );
        assert.deepEqual(await stack.preview(), []);
        await mustDestroy();
    });

    it("10. the bindings outlive the environment on destroy, without a word of the user's", async () => {
        await start();
        await mustUp();
        await mustDestroy();
        const entries = await audit(namespace);
        const launcher = `system:serviceaccount:${namespace}:seqera-launcher`;
        const cleanUp = entries.filter(
            ({ user, verb, code }) => user === launcher && verb === "delete" && code === 200,
        );
        assert.ok(cleanUp.length > 0, "the Platform has cleaned nothing up");
        assert.ok(entries.every(({ user, code }) => user !== launcher || code !== 403));
    });
});
