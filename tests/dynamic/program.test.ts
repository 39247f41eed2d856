import assert from "node:assert/strict";
import { CANARIES, environmentInputs } from "./inputs";
import { failure, type Made, type Props, Provider, useWorld } from "./support";

const STALE = "0123456789-revoked";

describe("a record of a former run", () => {
    const world = useWorld();
    const started: Provider[] = [];
    let given: Props;
    let made: Made;

    /** The process of another run. */
    const run = async (options: Parameters<typeof Provider.start>[0]): Promise<Provider> => {
        const provider = await Provider.start(options);
        started.push(provider);
        return provider;
    };
    const cannotBeCleanedUp = () =>
        world.platform.faults.add({
            kind: "outcome",
            status: "ERRORED",
            message: "no such cluster",
            match: { operation: "DeleteComputeEnv" },
        });
    const there = () => world.platform.state.computeEnvs.filter(({ deleted }) => !deleted).length;

    beforeEach(async () => {
        given = { ...world.connection, ...environmentInputs(await world.credential()) };
        made = await world.provider.make("computeEnv", given);
    });

    afterEach(async () => {
        await Promise.all(started.splice(0).map((each) => each.stop()));
    });

    it("is deleted as the program of the run says (cases 13, 16, 17)", async () => {
        const old = { ...made, props: { ...made.props, accessToken: STALE, endpoint: "http://127.0.0.1:9/api" } };
        const later = await run({ config: {} });
        const accessToken = CANARIES.accessToken;
        const config = { ...given.config, namespace: "other" };
        await later.checked("computeEnv", { ...given, config, accessToken, forceDelete: true }, made.inputs);
        cannotBeCleanedUp();
        await later.delete(old);
        assert.equal(there(), 0);
    });

    it("of another resource, or in another workspace, is deleted as it says itself", async () => {
        const later = await run({ config: { "seqera:accessToken": CANARIES.accessToken } });
        await later.checked("computeEnv", { ...given, namePrefix: "other", forceDelete: true });
        cannotBeCleanedUp();
        assert.match((await failure(later.delete(made))).message, /could not clean up .* set forceDelete/);
        await later.checked("computeEnv", { ...given, workspaceId: 5, endpoint: "http://127.0.0.1:9/api" });
        await later.delete(made);
        assert.equal(there(), 0);
    });

    it("is deleted by force where the stack's configuration says so (case 17)", async () => {
        const config = { "seqera:accessToken": CANARIES.accessToken, "seqera:forceDelete": "true" };
        cannotBeCleanedUp();
        await (await run({ config })).delete(made);
        assert.equal(there(), 0);
    });

    it("is not deleted while that is neither true nor false, which a check refuses (case 17)", async () => {
        const provider = await run({
            config: { "seqera:accessToken": CANARIES.accessToken, "seqera:forceDelete": "yes" },
        });
        const reason =
            'must be true or false in the stack\'s configuration, not "yes" (run `pulumi config set seqera:forceDelete true`, or set it to false)';
        const { failures } = await provider.check("computeEnv", {}, given);
        assert.deepEqual(failures, [{ property: "forceDelete", reason }]);
        world.quiet();
        assert.equal((await failure(provider.delete(made))).message, `seqera:forceDelete: ${reason}`);
        assert.deepEqual(world.calls(), []);
    });

    describe("is read and deleted without a program with the token (case 11)", () => {
        it("of the environment, which comes before what state remembers", async () => {
            const fresh = { TOWER_ACCESS_TOKEN: CANARIES.accessToken };
            const later = await run({ config: { "seqera:accessToken": STALE }, env: fresh });
            const old = { ...made, props: { ...made.props, accessToken: STALE } };
            world.quiet();
            const read = await later.read(old);
            assert.deepEqual(read.props, old.props);
            assert.deepEqual(world.calls(), ["GET /compute-envs/{id}?attributes=labels", "GET /compute-envs"]);
            await later.delete(old);
            assert.equal(there(), 0);
        });

        it("of state where the Platform refuses that of the environment", async () => {
            const elsewhere = { TOWER_ACCESS_TOKEN: STALE };
            const later = await run({ config: { "seqera:accessToken": CANARIES.accessToken }, env: elsewhere });
            assert.deepEqual((await later.read(made)).props, made.props);
        });

        it("or says where a valid one has to stand", async () => {
            const later = await run({ config: { "seqera:accessToken": STALE } });
            const { message } = await failure(later.read(made));
            assert.match(
                message,
                /HTTP 401\. .* Set TOWER_ACCESS_TOKEN to a valid token .* `pulumi up` first, without/,
            );
        });
    });
});
