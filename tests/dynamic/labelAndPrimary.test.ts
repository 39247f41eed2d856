import assert from "node:assert/strict";
import { environmentInputs } from "./inputs";
import { failure, type Made, type Props, UNKNOWN, useWorld, workspaceId } from "./support";

const NONE = { changes: "DIFF_NONE", replaces: [], deleteBeforeReplace: false };
const UPDATE = { ...NONE, changes: "DIFF_SOME" };

describe("a label", () => {
    const world = useWorld();
    const stored = () => world.platform.state.labels.map(({ id, name, value }) => [String(id), name, value]);
    const TEAM = { name: "team", value: "genomics" };

    it("is made as a resource label, and removed by the one who made it", async () => {
        const made = await world.make("label", TEAM);
        assert.deepEqual(made.props, { ...made.inputs, owned: true });
        assert.match(made.id, /^\d+$/);
        assert.deepEqual(stored(), [[made.id, "team", "genomics"]]);
        assert.equal(world.platform.state.labels[0].resource, true);
        await world.provider.delete(made);
        assert.deepEqual(stored(), []);
        await world.provider.delete(made);
    });

    it("takes the values that the Platform fills in for each run", async () => {
        for (const value of ["${workflowId}", "${sessionId}", "${userName}"]) {
            await world.make("label", { name: "run", value });
        }
        assert.equal(stored().length, 3);
    });

    it("that is there already is used as it is, and left alone in the end", async () => {
        const theirs = await world.make("label", TEAM);
        world.quiet();
        const ours = await world.make("label", TEAM);
        assert.equal(ours.id, theirs.id);
        assert.equal(ours.props.owned, false);
        assert.deepEqual(world.calls(), ["GET /labels"]);
        await world.provider.delete(ours);
        assert.deepEqual(stored(), [[theirs.id, "team", "genomics"]]);
    });

    it("is told from others with part of its name", async () => {
        await world.make("label", { name: "team-2", value: "genomics" });
        const made = await world.make("label", TEAM);
        assert.equal(made.props.owned, true);
        assert.equal(stored().length, 2);
    });

    it("that two resources want at once is made once", async () => {
        const inputs = await world.provider.checked("label", { ...world.connection, ...TEAM });
        const made = await Promise.all([1, 2, 3].map(() => world.provider.create("label", inputs)));
        assert.equal(new Set(made.map(({ id }) => id)).size, 1);
        assert.deepEqual(made.map(({ props }) => props.owned).sort(), [false, false, true]);
        assert.equal(stored().length, 1);
    });

    it("that the Platform refuses is an error with its reason", async () => {
        world.platform.faults.add({
            kind: "status",
            status: 400,
            message: "A workspace can have at most 1000 labels",
            match: { operation: "CreateLabel" },
        });
        const error = await failure(world.make("label", TEAM));
        assert.match(error.message, /^POST \/labels: HTTP 400: "A workspace can have at most 1000 labels"\./);
    });

    it("diff: another name, value or workspace is another label, the rest is noted", async () => {
        const made = await world.make("label", TEAM);
        world.quiet();
        const diff = (news: Props) => world.provider.diff(made, { ...made.inputs, ...news });
        assert.deepEqual(await diff({}), NONE);
        assert.deepEqual(await diff({ accessToken: null }), NONE);
        for (const key of ["name", "value", "workspaceId"]) {
            for (const value of ["other", UNKNOWN]) {
                assert.deepEqual(await diff({ [key]: value }), { ...UPDATE, replaces: [key] });
            }
        }
        for (const news of [
            { endpoint: "https://a.example/api" },
            { accessToken: "b" },
            { allowInsecureEndpoint: true },
        ]) {
            assert.deepEqual(await diff(news), UPDATE);
        }
        assert.deepEqual(world.calls(), []);
    });

    it("update notes what matters to this package only, without a call", async () => {
        const made = await world.make("label", TEAM);
        world.quiet();
        const changed = await world.provider.update(made, {
            ...world.connection,
            ...TEAM,
            allowInsecureEndpoint: true,
        });
        assert.deepEqual(changed.props, { ...made.props, allowInsecureEndpoint: true });
        assert.deepEqual(world.calls(), []);
    });
});

describe("the primary compute environment", () => {
    const world = useWorld();
    const primary = () => world.platform.state.computeEnvs.filter((env) => env.primary).map(({ id }) => id);
    let first: Made;
    let second: Made;

    beforeEach(async () => {
        const credentialsId = await world.credential();
        first = await world.make("computeEnv", environmentInputs(credentialsId));
        second = await world.make("computeEnv", environmentInputs(credentialsId, { namespace: "other" }));
        world.quiet();
    });

    it("is set, moved in place, and left to itself in the end", async () => {
        const made = await world.make("primaryComputeEnv", { computeEnvId: first.id });
        assert.equal(made.id, `primary-${workspaceId}`);
        assert.deepEqual(made.props, made.inputs);
        assert.deepEqual(primary(), [first.id]);

        const moved = await world.provider.update(made, { ...world.connection, computeEnvId: second.id });
        assert.deepEqual(moved.props, { ...made.props, computeEnvId: second.id });
        assert.deepEqual(primary(), [second.id]);

        world.quiet();
        await world.provider.delete(moved);
        assert.deepEqual(world.calls(), []);
        assert.deepEqual(primary(), [second.id]);
    });

    it("of the personal workspace says so in its id", async () => {
        const { endpoint } = world.connection;
        const keys = { kubernetes: { token: "t" } };
        const credential = await world.provider.make("credentials", { endpoint, name: "personal", ...keys });
        const env = await world.provider.make("computeEnv", { endpoint, ...environmentInputs(credential.id) });
        const made = await world.provider.make("primaryComputeEnv", { endpoint, computeEnvId: env.id });
        assert.equal(made.id, "primary-personal");
    });

    it("diff: another environment is an update, another workspace a replacement", async () => {
        const made = await world.make("primaryComputeEnv", { computeEnvId: first.id });
        world.quiet();
        const diff = (news: Props) => world.provider.diff(made, { ...made.inputs, ...news });
        assert.deepEqual(await diff({}), NONE);
        assert.deepEqual(await diff({ computeEnvId: second.id }), UPDATE);
        assert.deepEqual(await diff({ computeEnvId: UNKNOWN }), UPDATE);
        assert.deepEqual(await diff({ endpoint: "https://a.example/api" }), UPDATE);
        assert.deepEqual(await diff({ workspaceId: 5 }), { ...UPDATE, replaces: ["workspaceId"] });
        assert.deepEqual(world.calls(), []);
    });

    it("update makes no call for what matters to this package only", async () => {
        const made = await world.make("primaryComputeEnv", { computeEnvId: first.id });
        world.quiet();
        const news = { ...world.connection, computeEnvId: first.id, allowInsecureEndpoint: true };
        assert.deepEqual((await world.provider.update(made, news)).props, {
            ...made.props,
            allowInsecureEndpoint: true,
        });
        assert.deepEqual(world.calls(), []);
    });

    it("cannot be one that is not AVAILABLE, and the error says so", async () => {
        world.platform.setComputeEnvStatus(first.id, "DISABLED");
        const error = await failure(world.make("primaryComputeEnv", { computeEnvId: first.id }));
        assert.equal(
            error.message,
            `POST /compute-envs/${first.id}/primary: HTTP 400: "Compute environment in status DISABLED cannot be primary". Only a compute environment that is AVAILABLE can be primary: mend this one first.`,
        );
        assert.equal(error.id, undefined);
    });
});
