import assert from "node:assert/strict";
import type { PipelineVersions } from "../../src/emulator";
import type { PlatformClient } from "../../src/platform";
import type { PartialFailure } from "../support/providerProcess";
import { launch, movable } from "./movable";
import { failure, type Made, Provider, until, useWorld } from "./support";

/** The calls that change something. */
const WRITES = {
    draft: { method: "POST", path: "/pipelines/*/versions/*" },
    publish: { method: "PUT", path: "/pipelines/*/versions/*/manage" },
} as const;

for (const pipelineVersions of ["drafts", "promoted"] as const satisfies PipelineVersions[]) {
    const what = { drafts: "makes drafts of changes", promoted: "names and promotes what is changed" }[
        pipelineVersions
    ];

    describe(`versions of pipelines on a Platform that ${what} (case 18)`, () => {
        const world = useWorld({ pipelineVersions });
        let client: PlatformClient;
        let old: Made;
        let other: Made;
        let successor: Made;
        let move: Made;

        beforeEach(async () => {
            ({ client, old, other, successor, move } = await movable(world));
        });
        afterEach(() => client.close());

        const addPipeline = (name: string, env: Made, version = `${name}-1`) =>
            client.post("/pipelines", { name, launch: launch(env), version: { name: version } });
        const record = (name: string) => world.platform.state.pipelines.find((each) => each.name === name)!;

        /** Another version as a person makes it on the web page: published under a name, or left a draft. */
        async function addVersion(pipeline: string, name: string | undefined, env: Made, settings: object = {}) {
            const { pipelineId, launch: standing } = record(pipeline);
            const path = `/pipelines/${pipelineId}/versions`;
            await client.post(`${path}/${standing.id}`, { name: pipeline, launch: launch(env, settings) });
            const made = record(pipeline).versions.at(-1)!.launch.id;
            if (pipelineVersions === "promoted") {
                await client.put(`${path}/${standing.id}/manage`, { isDefault: true });
            }
            if (name !== undefined) {
                await client.put(`${path}/${made}/manage`, { name, isDefault: false });
            }
        }

        /** Every version, as `name: environment`, with `*` before the default one. */
        function versions(pipeline: string): string[] {
            const where = new Map([
                [old.id, "old"],
                [other.id, "other"],
                [successor.id, "successor"],
            ]);
            const { launch: standing, versions: all } = record(pipeline);
            return all.map(
                ({ name, launch: { id, computeEnvId } }) =>
                    `${id === standing.id ? "*" : ""}${name ?? "draft"}: ${where.get(computeEnvId!)!}`,
            );
        }
        const moved = (from = move) => world.provider.update(from, { ...world.connection, computeEnvId: successor.id });
        const afterFailure = (error: PartialFailure): Made => ({ ...move, props: error.properties! });

        it("the default one gets a successor with the next name, which is the default", async () => {
            await addPipeline("rnaseq", old, "rnaseq-3");
            await addPipeline("sarek", other);
            const { props } = await moved();
            assert.deepEqual(versions("rnaseq"), ["rnaseq-3: old", "*rnaseq-4: successor"]);
            assert.deepEqual(versions("sarek"), ["*sarek-1: other"]);
            assert.deepEqual(props.moved, ['pipeline "rnaseq" (version "rnaseq-4" after "rnaseq-3")']);
            assert.deepEqual([props.notMoved, props.former], [[], []]);
            assert.equal(record("rnaseq").launch.workDir, "/own/work");
        });

        it("every published one is moved, each told; drafts, others and the default stay", async () => {
            await addPipeline("rnaseq", old);
            await addVersion("rnaseq", "stable", old, { revision: "v1" });
            await addVersion("rnaseq", "elsewhere", other);
            await addPipeline("sarek", other);
            await addVersion("sarek", "nightly-9", old);
            if (pipelineVersions === "drafts") {
                await addVersion("rnaseq", undefined, old, { revision: "wip" });
            }
            const before = versions("rnaseq");
            const { props } = await moved();
            assert.deepEqual(versions("rnaseq"), [
                ...before.map((each) => each.replace("*", "")),
                "*rnaseq-2: successor",
                "stable-1: successor",
            ]);
            assert.deepEqual(versions("sarek"), ["*sarek-1: other", "nightly-9: old", "nightly-10: successor"]);
            assert.deepEqual([...props.moved].sort(), [
                'pipeline "rnaseq" (version "rnaseq-2" after "rnaseq-1")',
                'pipeline "rnaseq" (version "stable-1" after "stable")',
                'pipeline "sarek" (version "nightly-10" after "nightly-9")',
            ]);
        });

        it("a name that is taken is passed over", async () => {
            await addPipeline("rnaseq", old);
            await addVersion("rnaseq", "rnaseq-2", other);
            await moved();
            assert.equal(versions("rnaseq").at(-1), "*rnaseq-3: successor");
        });

        for (const [step, match] of Object.entries(WRITES)) {
            if (step === "publish" && pipelineVersions === "promoted") {
                continue;
            }
            it(`a refusal to ${step} is told, and the next run goes on from there`, async () => {
                await addPipeline("rnaseq", old);
                await addPipeline("sarek", old);
                const path = match.path.replace("*", String(record("rnaseq").pipelineId));
                const fault = world.platform.faults.add({
                    kind: "status",
                    status: 403,
                    match: { ...match, path, times: 9 },
                });
                const error = await failure(moved());
                assert.match(error.message, /pipeline "rnaseq" \(version "rnaseq-1"\): (POST|PUT) .* HTTP 403/);
                assert.deepEqual(versions("sarek").at(-1), "*sarek-2: successor");
                world.platform.faults.remove(fault);
                const { props } = await moved(afterFailure(error));
                assert.deepEqual(versions("rnaseq"), ["rnaseq-1: old", "*rnaseq-2: successor"]);
                assert.deepEqual(versions("sarek"), ["sarek-1: old", "*sarek-2: successor"]);
                assert.deepEqual(props.moved, ['pipeline "rnaseq" (version "rnaseq-2" after "rnaseq-1")']);
            });

            for (const kind of ["reset-before", "reset-after", "malformed", "truncated"] as const) {
                it(`each gets one successor through ${kind} of the call to ${step}`, async () => {
                    await addPipeline("rnaseq", old);
                    await addVersion("rnaseq", "stable", old, { revision: "v1" });
                    world.platform.faults.add({ kind, match });
                    world.platform.faults.add({ kind, match: { ...match, nth: 2 } });
                    let from = await moved().catch((error: PartialFailure) => afterFailure(error));
                    for (let run = 0; run < 3 && from.props.former.length > 0; run++) {
                        from = await moved(from).catch((error: PartialFailure) => afterFailure(error));
                    }
                    assert.deepEqual(from.props.former, []);
                    assert.deepEqual(versions("rnaseq").slice(2).sort(), [
                        "*rnaseq-2: successor",
                        "stable-1: successor",
                    ]);
                });
            }
        }

        it("the next run takes up what a killed one has left", async () => {
            await Promise.all(Array.from({ length: 12 }, (_, index) => addPipeline(`p-${index}`, old)));
            const [path, seen] =
                pipelineVersions === "drafts"
                    ? [WRITES.publish.path, "draft: successor"]
                    : [WRITES.draft.path, "successor"];
            world.platform.faults.add({ kind: "delay", delayMs: 50, match: { path, times: 1_000 } });
            const all = () => world.platform.state.pipelines.map(({ name }) => versions(name));
            const doomed = await Provider.start();
            const killed = doomed.update(move, { ...move.inputs, computeEnvId: successor.id }).catch(() => undefined);
            await until("one is being moved", () =>
                all()
                    .flat()
                    .some((each) => each.endsWith(seen)),
            );
            await doomed.kill();
            await killed;
            // The Platform still serves what the killed process had sent.
            await until("every request has been answered", () =>
                world.platform.requests.every(({ status }) => status !== null),
            );
            world.platform.faults.remove();
            await moved();
            for (const [first, second, ...more] of all()) {
                assert.match(first, /^p-\d+-1: old$/);
                assert.match(second, /^\*p-\d+-2: successor$/);
                assert.deepEqual(more, []);
            }
        });
    });
}
