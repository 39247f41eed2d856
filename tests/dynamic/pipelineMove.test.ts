import assert from "node:assert/strict";
import type { PlatformClient } from "../../src/platform";
import { launch, movable } from "./movable";
import { failure, type Made, type Props, Provider, UNKNOWN, until, useWorld, workspaceId } from "./support";
import type { PartialFailure } from "../support/providerProcess";

const NONE = { changes: "DIFF_NONE", replaces: [], deleteBeforeReplace: false };
const UPDATE = { ...NONE, changes: "DIFF_SOME" };

describe("pipelines and actions of an environment that is replaced", () => {
    // One without versions. What is different with versions is in pipelineVersions.test.ts.
    const world = useWorld({ pipelineVersions: "none" });
    let client: PlatformClient;
    let old: Made;
    let other: Made;
    let successor: Made;
    let move: Made;

    beforeEach(async () => {
        ({ client, old, other, successor, move } = await movable(world));
    });
    afterEach(() => client.close());

    const addPipeline = (name: string, env: Made, settings: object = {}) =>
        client.post("/pipelines", { name, launch: launch(env, settings) });
    const addAction = (name: string, env: Made, others: object = { source: "tower" }) =>
        client.post("/actions", { name, launch: launch(env), ...others });

    /** Which environment each pipeline and action launches on. */
    function places(): Record<string, string> {
        const names = new Map([
            [old.id, "old"],
            [other.id, "other"],
            [successor.id, "successor"],
        ]);
        const { pipelines, actions } = world.platform.state;
        return Object.fromEntries(
            [...pipelines, ...actions].map(({ name, launch: { computeEnvId } }) => [name, names.get(computeEnvId!)!]),
        );
    }
    const moved = (news: Props = {}, from = move) =>
        world.provider.update(from, { ...world.connection, computeEnvId: successor.id, ...news });

    /** The resource as a failed update leaves it in state. */
    const afterFailure = (error: PartialFailure): Made => ({ ...move, props: error.properties! });

    it("makes no call when it is made, refreshed and removed", async () => {
        world.quiet();
        const made = await world.make("pipelineMove", { computeEnvId: old.id });
        assert.equal(made.id, `pipelines-${workspaceId}`);
        assert.deepEqual(made.props, { ...made.inputs, former: [], moved: [], notMoved: [] });
        assert.deepEqual(await world.provider.read(made), { id: made.id, props: made.props, inputs: made.inputs });
        await world.provider.delete(made);
        assert.deepEqual(world.calls(), []);
    });

    it("diff: another environment is an update, another workspace a replacement", async () => {
        const diff = (news: Props, from = move) => world.provider.diff(from, { ...from.inputs, ...news });
        assert.deepEqual(await diff({}), NONE);
        for (const news of [{ computeEnvId: other.id }, { computeEnvId: UNKNOWN }, { enabled: false }]) {
            assert.deepEqual(await diff(news), UPDATE);
        }
        assert.deepEqual(await diff({ workspaceId: 5 }), { ...UPDATE, replaces: ["workspaceId"] });
        const left = { ...move, props: { ...move.props, former: [other.id] } };
        assert.deepEqual(await diff({}, left), UPDATE);
        const off = { ...left, props: { ...left.props, enabled: false } };
        assert.deepEqual(await diff({ enabled: false }, off), NONE);
    });

    it("are moved, and those of other environments are not touched", async () => {
        await addPipeline("rnaseq", old);
        await addPipeline("sarek", other);
        await addAction("nightly", old, { source: "cron", cron: { expression: "0 2 * * *", timezone: "UTC" } });
        await addAction("hook", other);
        const before = JSON.stringify(world.platform.state.pipelines[1]);
        const { props } = await moved();
        assert.deepEqual(props.moved, ['pipeline "rnaseq"', 'action "nightly"']);
        assert.deepEqual([props.notMoved, props.former, props.computeEnvId], [[], [], successor.id]);
        assert.deepEqual(places(), { rnaseq: "successor", sarek: "other", nightly: "successor", hook: "other" });
        assert.equal(JSON.stringify(world.platform.state.pipelines[1]), before);
        assert.deepEqual(world.platform.state.actions[0].cron, { expression: "0 2 * * *", timezone: "UTC" });
        const names = world.platform.state.computeEnvs.map(({ name }) => name);
        await world.provider.says(
            `Moved to the compute environment "${names[2]}": pipeline "rnaseq", action "nightly"`,
        );
    });

    it("lose nothing but their environment, and what they had from it", async () => {
        const label = await client.post(
            "/labels",
            { name: "team", resource: false },
            { read: (body) => body as { id: number } },
        );
        const settings = {
            workDir: "/scratch/work",
            revision: "main",
            configProfiles: ["test", "docker"],
            paramsText: "input: a.csv",
            configText: "process.cpus = 1",
            preRunScript: "echo own",
            pullLatest: true,
            userSecrets: ["A"],
            headJobCpus: 2,
        };
        await client.post("/pipelines", {
            name: "rnaseq",
            description: "of the lab",
            icon: "https://icons.example/1.png",
            labelIds: [label.id],
            launch: launch(old, settings),
        });
        const [before] = world.platform.state.pipelines;
        await moved();
        const [after] = world.platform.state.pipelines;
        assert.deepEqual(after, {
            ...before,
            // The two that were never set are said as the Platform shows them.
            launch: {
                ...before.launch,
                computeEnvId: successor.id,
                workDir: "/scratch/new",
                resume: false,
                stubRun: false,
            },
            versions: after.versions,
            lastUpdated: after.lastUpdated,
        });
    });

    it("are found on all pages, each once", async () => {
        const names = Array.from({ length: 105 }, (_, index) => `p-${String(index).padStart(3, "0")}`);
        await Promise.all(names.map((name) => addPipeline(name, old)));
        world.quiet();
        const { props } = await moved();
        assert.deepEqual(
            [...props.moved].sort(),
            names.map((name) => `pipeline "${name}"`),
        );
        assert.deepEqual(new Set(Object.values(places())), new Set(["successor"]));
        const puts = world.calls().filter((call) => call === "PUT /pipelines/{id}");
        assert.equal(puts.length, names.length);
    });

    it("are moved from an environment that is deleted by now, as after one with a fixed name", async () => {
        await addPipeline("rnaseq", old);
        await addAction("nightly", old);
        await world.provider.delete(old);
        assert.deepEqual((await moved()).props.moved, ['pipeline "rnaseq"', 'action "nightly"']);
        assert.deepEqual(places(), { rnaseq: "successor", nightly: "successor" });
    });

    it("stay where they are when moving is switched off, and are moved when it is switched on again", async () => {
        await addPipeline("rnaseq", old);
        world.quiet();
        const off = await moved({ enabled: false });
        assert.deepEqual(world.calls(), []);
        assert.deepEqual([off.props.former, off.props.moved, places()], [[old.id], [], { rnaseq: "old" }]);
        const on = await moved({ enabled: true }, off);
        assert.deepEqual([on.props.former, places()], [[], { rnaseq: "successor" }]);
    });

    it("that refuse are named with the reason, the rest is moved, and the next update tries again", async () => {
        for (const name of ["a-first", "b-refused", "c-last"]) {
            await addPipeline(name, old);
        }
        await addAction("nightly", old);
        const refused = world.platform.state.pipelines[1].pipelineId;
        const fault = world.platform.faults.add({
            kind: "status",
            status: 403,
            message: "Forbidden",
            match: { method: "PUT", path: `/pipelines/${refused}`, times: 100 },
        });
        const error = await failure(moved());
        assert.match(
            error.message,
            /^1 of the pipelines and actions could not be moved to the compute environment ".+", and nothing that was replaced is deleted until they are moved: pipeline "b-refused": PUT \/pipelines\/\d+: HTTP 403.* Fix the cause/,
        );
        assert.equal(error.id, move.id);
        const left = afterFailure(error);
        assert.deepEqual(left.props.former, [old.id]);
        assert.match(left.props.notMoved[0], /^pipeline "b-refused": PUT .* HTTP 403/);
        assert.deepEqual(places(), {
            "a-first": "successor",
            "b-refused": "old",
            "c-last": "successor",
            nightly: "successor",
        });
        world.platform.faults.remove(fault);
        const { props } = await moved({}, left);
        assert.deepEqual([props.former, props.moved, props.notMoved], [[], ['pipeline "b-refused"'], []]);
        assert.deepEqual(new Set(Object.values(places())), new Set(["successor"]));
    });

    it("that were moved before a refusal go on to whatever environment comes next", async () => {
        await addPipeline("a-first", old);
        await addAction("nightly", old);
        const [{ id }] = world.platform.state.actions;
        world.platform.faults.add({ kind: "status", status: 403, match: { method: "PUT", path: `/actions/${id}` } });
        const left = afterFailure(await failure(moved()));
        assert.deepEqual(places(), { "a-first": "successor", nightly: "old" });
        const { props } = await moved({ computeEnvId: other.id }, left);
        assert.deepEqual(props.former, []);
        assert.deepEqual(places(), { "a-first": "other", nightly: "other" });
    });

    it("that are removed meanwhile are no error", async () => {
        await addPipeline("rnaseq", old);
        await addAction("nightly", old);
        const [{ pipelineId }] = world.platform.state.pipelines;
        const [{ id }] = world.platform.state.actions;
        for (const path of [`/pipelines/${pipelineId}`, `/actions/${id}`]) {
            world.platform.faults.add({ kind: "delay", delayMs: 300, match: { method: "PUT", path } });
        }
        const moving = moved();
        await until("the pipeline is being moved", () => world.calls().includes("PUT /pipelines/{id}"));
        await client.delete(`/pipelines/${pipelineId}`);
        await client.delete(`/actions/${id}`);
        const { props } = await moving;
        assert.deepEqual([props.moved, props.notMoved, props.former], [[], [], []]);
    });

    it("that may not even be listed fail the update, which keeps the former environment in mind", async () => {
        await addPipeline("rnaseq", old);
        world.platform.faults.add({ kind: "status", status: 403, match: { operation: "ListPipelines" } });
        const error = await failure(moved());
        assert.match(
            error.message,
            /^Moving the pipelines and actions to .* was interrupted: GET \/pipelines: HTTP 403/,
        );
        assert.deepEqual(afterFailure(error).props.former, [old.id]);
        await moved({}, afterFailure(error));
        assert.deepEqual(places(), { rnaseq: "successor" });
    });

    for (const kind of ["reset-before", "reset-after", "malformed", "truncated"] as const) {
        it(`are moved once and for all through ${kind}`, async () => {
            await addPipeline("rnaseq", old);
            await addAction("nightly", old);
            world.platform.faults.add({ kind, match: { method: "PUT", path: "/pipelines/*" } });
            world.platform.faults.add({ kind, match: { method: "PUT", path: "/actions/*" } });
            let from = move;
            for (let run = 0; run < 3; run++) {
                try {
                    from = await moved({}, from);
                    break;
                } catch (error) {
                    from = afterFailure(error as PartialFailure);
                }
            }
            assert.deepEqual(from.props.former, []);
            assert.deepEqual(places(), { rnaseq: "successor", nightly: "successor" });
        });
    }

    it("are moved by the next run when the process is killed in the middle", async () => {
        await Promise.all(Array.from({ length: 30 }, (_, index) => addPipeline(`p-${index}`, old)));
        world.platform.faults.add({
            kind: "delay",
            delayMs: 50,
            match: { method: "PUT", path: "/pipelines/*", times: 1_000 },
        });
        const doomed = await Provider.start();
        const news = { ...move.inputs, computeEnvId: successor.id };
        const killed = doomed.update(move, news).catch(() => undefined);
        await until("one is moved", () => Object.values(places()).includes("successor"));
        await doomed.kill();
        await killed;
        assert.ok(Object.values(places()).includes("old"), "all were moved before the kill");
        world.platform.faults.remove();
        await moved();
        assert.deepEqual(new Set(Object.values(places())), new Set(["successor"]));
    });
});
