import assert from "node:assert/strict";
import { CANARIES, environmentInputs } from "./inputs";
import { failure, type Made, type Props, UNKNOWN, useWorld, type World, workspaceId } from "./support";

const NONE = { changes: "DIFF_NONE", replaces: [], deleteBeforeReplace: false };
const UPDATE = { ...NONE, changes: "DIFF_SOME" };

/** What a person or another tool asks of the Platform. */
const send = async (world: World, method: string, path: string, body?: object): Promise<any> => {
    const answer = await fetch(`${world.platform.endpoint}${path}?workspaceId=${workspaceId}`, {
        method,
        headers: {
            authorization: `Bearer ${CANARIES.accessToken}`,
            "content-type": "application/json",
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    assert.ok(answer.ok, text);
    return text === "" ? undefined : JSON.parse(text);
};

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

    describe("that something carries is never deleted (case 6):", () => {
        const launch = (computeEnvId: string) => ({
            computeEnvId,
            pipeline: "https://github.com/nextflow-io/hello",
            workDir: "/scratch/work",
        });
        const carriers: Record<string, (label: number) => Promise<void>> = {
            'compute environment "theirs"': async (label) => {
                const theirs = { ...environmentInputs(await world.credential()), name: "theirs", labelIds: [label] };
                await world.make("computeEnv", { ...theirs, namePrefix: undefined });
            },
            'pipeline "hello"': async (label) => {
                const env = await world.make("computeEnv", environmentInputs(await world.credential()));
                await send(world, "POST", "/pipelines", { name: "hello", labelIds: [label], launch: launch(env.id) });
            },
            'action "nightly"': async (label) => {
                const env = await world.make("computeEnv", environmentInputs(await world.credential()));
                const action = { name: "nightly", source: "tower", launch: launch(env.id) };
                const { actionId } = await send(world, "POST", "/actions", action);
                await send(world, "POST", "/actions/labels/add", { actionIds: [actionId], labelIds: [label] });
            },
            'Studio "notebook"': async (label) => {
                const env = await world.make("computeEnv", environmentInputs(await world.credential()));
                const studio = { name: "notebook", computeEnvId: env.id, labelIds: [label] };
                await send(world, "POST", "/studios", studio);
            },
            'run "last_one"': async (label) => {
                const labelled = { ...environmentInputs(await world.credential()), labelIds: [label] };
                const env = await world.make("computeEnv", labelled);
                const run = { ...launch(env.id), runName: "last_one" };
                const { workflowId } = await send(world, "POST", "/workflow/launch", { launch: run });
                await send(world, "POST", `/workflow/${workflowId}/cancel`, {});
                await world.provider.delete(env);
            },
        };
        for (const [carrier, carry] of Object.entries(carriers)) {
            it(`by the ${carrier}`, async () => {
                const made = await world.make("label", TEAM);
                assert.equal(made.props.owned, true);
                await carry(Number(made.id));
                const said = await world.provider.printed(() => world.provider.delete(made));
                assert.deepEqual(said, [
                    `Resource label team=genomics stays in the workspace, because the ${carrier} carries it`,
                ]);
                assert.deepEqual(stored(), [[made.id, "team", "genomics"]]);
            });
        }

        it("and is deleted when all of them are gone, also where there are no Studios", async () => {
            await world.restart({ studios: false });
            const made = await world.make("label", TEAM);
            const labelled = { ...environmentInputs(await world.credential()), labelIds: [Number(made.id)] };
            const env = await world.make("computeEnv", labelled);
            await world.provider.delete(env);
            assert.deepEqual(await world.provider.printed(() => world.provider.delete(made)), []);
            assert.deepEqual(stored(), []);
        });
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

describe("a label that was deleted in the Platform (case 6)", () => {
    const world = useWorld();
    const TEAM = { name: "team", value: "genomics" };
    const COST = { name: "costcenter", value: "cc42" };
    let env: Made;
    let team: Made;
    let cost: Made;
    let given: Props;

    /** The environment as a refresh has it after somebody has deleted a label. */
    const refreshedWithout = async (...gone: Made[]): Promise<Made> => {
        for (const { id } of gone) {
            await send(world, "DELETE", `/labels/${id}`);
        }
        return world.provider.refreshed(env);
    };
    const diff = (made: Made, labelIds: unknown) => world.provider.diff(made, { ...made.inputs, labelIds });

    beforeEach(async () => {
        team = await world.make("label", TEAM);
        cost = await world.make("label", COST);
        given = { ...environmentInputs(await world.credential()), labelIds: [team, cost].map(({ id }) => Number(id)) };
        env = await world.make("computeEnv", given);
    });

    it("is noted by a refresh, which changes no input", async () => {
        const refreshed = await refreshedWithout(team);
        assert.deepEqual(refreshed.inputs, env.inputs);
        assert.deepEqual(refreshed.props, { ...env.props, lostLabelIds: [Number(team.id)] });
        assert.deepEqual(await world.provider.diff(refreshed, refreshed.inputs), NONE);
        assert.equal((await world.provider.process.read(team.id, team.props)).id, "");
    });

    it("is put back into the workspace, and the environment is not replaced for it", async () => {
        const refreshed = await refreshedWithout(team);
        const again = await world.make("label", TEAM);
        assert.notEqual(again.id, team.id);
        const ids = [Number(again.id), Number(cost.id)];
        // At preview the new id is not known yet, and not even the list where it is made of outputs.
        for (const wanted of [ids, [UNKNOWN, Number(cost.id)], UNKNOWN]) {
            assert.deepEqual(await diff(refreshed, wanted), UPDATE);
        }
        await world.provider.says(/has lost labels that were deleted in the Platform\. The labels are restored/);
        world.quiet();
        const updated = await world.provider.update(refreshed, { ...world.connection, ...given, labelIds: ids });
        assert.deepEqual(world.calls(), []);
        assert.deepEqual([updated.id, updated.props.lostLabelIds], [env.id, [Number(again.id)]]);
        assert.deepEqual(await diff(updated, ids), NONE);
        const later = await world.provider.refreshed(updated);
        assert.deepEqual(later.props, updated.props);
        // A second loss is put back as the first one.
        assert.deepEqual(await diff(later, [1, Number(cost.id)]), UPDATE);
    });

    it("or renamed there gets its name back under the same id, where it is ours", async () => {
        const theirs = await world.make("label", TEAM);
        await send(world, "PUT", `/labels/${team.id}`, { name: "team", value: "imaging" });
        const renamed = await world.provider.refreshed(team);
        assert.deepEqual([renamed.props.value, renamed.props.renamedFrom], ["imaging", "team=genomics"]);
        assert.deepEqual(await world.provider.refreshed(renamed), renamed);
        assert.deepEqual(await world.provider.diff(renamed, team.inputs), UPDATE);
        const other = await world.provider.diff(renamed, { ...team.inputs, value: "third" });
        assert.deepEqual(other, { ...UPDATE, replaces: ["value"] });
        const seen = await world.provider.refreshed(theirs);
        assert.deepEqual(await world.provider.diff(seen, theirs.inputs), { ...UPDATE, replaces: ["value"] });
        world.quiet();
        const back = await world.provider.update(renamed, { ...world.connection, ...TEAM });
        assert.deepEqual([back.id, back.props], [team.id, team.props]);
        assert.deepEqual(world.calls(), ["PUT /labels/{id}"]);
        assert.deepEqual(await world.provider.refreshed(back), back);
        assert.deepEqual(world.platform.state.labels.map(({ value }) => value).sort(), ["cc42", "genomics"]);
    });

    it("excuses no other change of labels", async () => {
        const refreshed = await refreshedWithout(team);
        for (const wanted of [[77], [77, 78, Number(cost.id)], []]) {
            assert.deepEqual(await diff(refreshed, wanted), { ...UPDATE, replaces: ["labelIds"] });
        }
        assert.deepEqual(await diff(env, [77, Number(cost.id)]), { ...UPDATE, replaces: ["labelIds"] });
        assert.deepEqual(await diff(env, UNKNOWN), { ...UPDATE, replaces: ["labelIds"] });
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
            `POST /compute-envs/${first.id}/primary: HTTP 400: "Compute environment in status DISABLED cannot be primary". Only an AVAILABLE compute environment can be primary. Fix this one first.`,
        );
        assert.equal(error.id, undefined);
    });
});
