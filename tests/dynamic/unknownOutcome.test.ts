import assert from "node:assert/strict";
import type { FaultKind } from "../../src/emulator";
import { CREDENTIALS, environmentInputs, GENERATED } from "./inputs";
import {
    destroyingProvider,
    failure,
    fastLookupsProvider,
    type Kind,
    type Made,
    type Props,
    type Provider,
    until,
    useWorld,
} from "./support";

interface Case {
    create: string;
    list: string;
    /** Which call of the list is the first that looks for what was lost. */
    nth: number;
    /** Made of a credential, or of an environment for what is launched. */
    inputs: (id: string) => Props;
    name: RegExp;
}

const CASES: Record<"credentials" | "computeEnv" | "dataLink" | "dataset" | "label" | "pipeline", Case> = {
    credentials: {
        create: "CreateCredentials",
        list: "ListCredentials",
        nth: 1,
        inputs: () => ({ ...GENERATED, ...CREDENTIALS["AWS keys"].keys }),
        name: /^lost:production-\w{7}$/,
    },
    computeEnv: {
        create: "CreateComputeEnv",
        list: "ListComputeEnvs",
        // The first looks for what a killed create has left.
        nth: 2,
        inputs: (credentialsId) => environmentInputs(credentialsId),
        name: /^lost:production-\w{7}$/,
    },
    dataLink: {
        create: "CreateCustomDataLink",
        list: "ListDataLinks",
        nth: 2,
        inputs: () => ({ ...GENERATED, resourceRef: "s3://reads" }),
        name: /^lost:production-\w{7}$/,
    },
    dataset: {
        create: "CreateDatasetV2",
        list: "ListDatasetsV2",
        nth: 2,
        inputs: () => ({ ...GENERATED, content: "sample\n" }),
        name: /^lost:production-\w{7}$/,
    },
    label: {
        create: "CreateLabel",
        list: "ListLabels",
        nth: 2,
        inputs: () => ({ name: "team", value: "genomics" }),
        name: /^lost:team=genomics$/,
    },
    pipeline: {
        create: "CreatePipeline",
        list: "ListPipelines",
        nth: 1,
        inputs: (computeEnvId) => ({ ...GENERATED, repository: "https://github.com/nextflow-io/hello", computeEnvId }),
        name: /^lost:production-\w{7}$/,
    },
};

/** Whether the create whose answer is lost has made something. */
const EFFECTS: Record<string, FaultKind> = {
    "has made it": { kind: "reset-after" },
    "has made nothing": { kind: "reset-before" },
};

describe("a create of which nobody knows whether it took effect", () => {
    const world = useWorld();
    let provider: Provider;
    let credentialsId: string;
    let computeEnvId: string;

    before(async () => {
        provider = await fastLookupsProvider();
    });

    beforeEach(async () => {
        credentialsId = await world.credential();
    });

    const objects = (kind: Kind): string[] => {
        const { credentials, computeEnvs, dataLinks, datasets, labels, pipelines } = world.platform.state;
        const all: Partial<Record<Kind, { id: string | number; deleted?: boolean }[]>> = {
            credentials,
            computeEnv: computeEnvs,
            dataLink: dataLinks,
            dataset: datasets,
            label: labels,
            pipeline: pipelines.map(({ pipelineId }) => ({ id: pipelineId })),
        };
        return all[kind]!.filter(({ id, deleted }) => !deleted && id !== credentialsId).map(({ id }) => String(id));
    };
    const inputsOf = (kind: keyof typeof CASES): Props => ({
        ...world.connection,
        ...CASES[kind].inputs(kind === "pipeline" ? computeEnvId : credentialsId),
    });

    /** A create whose answer is lost, and every look after it: gives back what the engine keeps. */
    async function lose(kind: keyof typeof CASES, effect: FaultKind): Promise<Made> {
        const { create, list, nth } = CASES[kind];
        world.platform.faults.add({ ...effect, match: { operation: create, times: 9 } });
        world.platform.faults.add({ kind: "status", status: 503, match: { operation: list, nth, times: 99 } });
        const inputs = await provider.checked(kind, inputsOf(kind));
        const { id, properties, message } = await failure(provider.create(kind, inputs));
        world.platform.faults.remove();
        assert.match(
            message,
            /closed before the response was complete.*The call may still have succeeded\. .* The object stays in state under its name, and the next run looks for it\.$/,
        );
        return { kind, id: id!, inputs, props: properties! };
    }

    /**
     * The steps of an `up` in a process that knows nothing of the lost create: check, diff, check anew, create, and the
     * deletion of what was replaced.
     */
    async function up(lost: Made): Promise<Made> {
        const next = world.provider;
        const { kind, inputs } = lost;
        const { changes, replaces } = await next.diff(
            lost,
            await next.checked(kind, inputsOf(lost.kind as "label"), inputs),
        );
        assert.deepEqual([changes, replaces], ["DIFF_SOME", ["id"]]);
        const made = await next.make(kind, inputsOf(kind as "label"));
        assert.deepEqual(objects(kind), [made.id]);
        await next.delete(lost);
        return made;
    }

    for (const kind of Object.keys(CASES) as (keyof typeof CASES)[]) {
        describe(`of a ${kind}`, () => {
            if (kind === "pipeline") {
                beforeEach(async () => {
                    computeEnvId = (await world.make("computeEnv", environmentInputs(credentialsId))).id;
                });
            }

            for (const [what, effect] of Object.entries(EFFECTS)) {
                it(`that ${what} is kept in state under its name, and the next up ends with one`, async () => {
                    const lost = await lose(kind, effect);
                    assert.match(lost.id, CASES[kind].name);
                    const before = objects(kind);
                    assert.equal(before.length, effect.kind === "reset-after" ? 1 : 0);
                    const made = await up(lost);
                    assert.deepEqual(objects(kind), [made.id]);
                    if (effect.kind === "reset-after") {
                        assert.deepEqual([made.id], before);
                    }
                    if (kind === "label") {
                        assert.equal(made.props.owned, true);
                    }
                });

                it(`that ${what} is removed by a destroy`, async () => {
                    const lost = await lose(kind, effect);
                    await (await destroyingProvider()).delete(lost);
                    assert.deepEqual(objects(kind), []);
                });

                it(`that ${what} is still looked for after a refresh`, async () => {
                    const lost = await lose(kind, effect);
                    const { id } = await world.provider.read(lost);
                    assert.equal(id, effect.kind === "reset-after" ? lost.id : "");
                });
            }
        });
    }

    it("does not let the deletion of the lost one hit what another run has made by then", async () => {
        const lost = await lose("computeEnv", EFFECTS["has made nothing"]);
        const made = await world.make("computeEnv", inputsOf("computeEnv"));
        const next = await destroyingProvider();
        await next.diff(made, made.inputs);
        await next.delete(lost);
        assert.deepEqual(objects("computeEnv"), [made.id]);
    });

    for (const deletedAnswer of ["200-deleted", "403", "404"] as const) {
        it(`is deleted while what was made of it goes as well, then answered as ${deletedAnswer}`, async () => {
            await world.restart({ deletedAnswer });
            credentialsId = await world.credential();
            const lost = await lose("computeEnv", EFFECTS["has made it"]);
            const [id] = objects("computeEnv");
            world.quiet();
            world.platform.faults.add({ kind: "delay", delayMs: 100, match: { operation: "DescribeComputeEnv" } });
            const deleting = (await destroyingProvider()).delete(lost);
            await until("it is found in the list", () =>
                world.calls().some((call) => call.startsWith("GET /compute-envs/{id}")),
            );
            world.platform.setComputeEnvStatus(id, "DELETED");
            await deleting;
            assert.equal(
                world.calls().some((call) => call.startsWith("DELETE")),
                false,
            );
        });
    }

    it("does not delete what is there under the name and is another thing", async () => {
        const lost = await lose("computeEnv", EFFECTS["has made nothing"]);
        const { name } = lost.props;
        const theirs = await world.make("computeEnv", {
            ...environmentInputs(credentialsId, { namespace: "theirs" }),
            name,
        });
        await world.provider.delete(lost);
        assert.deepEqual(objects("computeEnv"), [theirs.id]);
    });
});

describe("an update of which nobody knows whether it took effect", () => {
    const world = useWorld();
    let provider: Provider;

    before(async () => {
        provider = await fastLookupsProvider();
    });

    /** An update whose answer is lost however often it is sent: gives back what the engine keeps. */
    async function lose(made: Made, news: Props, operation: string): Promise<Made> {
        world.platform.faults.add({ kind: "reset-after", match: { operation, times: 9 } });
        const inputs = await provider.checked(made.kind, { ...world.connection, ...news }, made.inputs);
        const { id, properties } = await failure(provider.update(made, inputs));
        world.platform.faults.remove();
        assert.equal(id, made.id);
        return { ...made, inputs, props: properties! };
    }

    async function mend(unsure: Made, news: Props): Promise<Made> {
        const inputs = await world.provider.checked(unsure.kind, { ...world.connection, ...news }, unsure.inputs);
        const { changes, replaces } = await world.provider.diff(unsure, inputs);
        assert.deepEqual([changes, replaces], ["DIFF_SOME", []]);
        return world.provider.update(unsure, inputs);
    }

    for (const [what, last] of [
        ["to the old", "old"],
        ["to the new", "new"],
    ]) {
        it(`of an environment is brought ${what} properties by the next up`, async () => {
            const news = environmentInputs(await world.credential());
            const made = await world.make("computeEnv", { ...news, description: "old" });
            const unsure = await lose(made, { ...news, description: "new" }, "UpdateComputeEnv");
            assert.equal(unsure.props.status, "UNKNOWN");
            const mended = await mend(unsure, { ...news, description: last });
            assert.equal(mended.props.status, "AVAILABLE");
            assert.equal(world.platform.state.computeEnvs[0].description, last);
        });

        it(`of a credential is brought ${what} keys by the next up`, async () => {
            const role = (name: string) => ({ aws: { assumeRoleArn: `arn:aws:iam::123456789012:role/${name}` } });
            const made = await world.make("credentials", { ...GENERATED, ...role("old") });
            const unsure = await lose(made, { ...GENERATED, ...role("new") }, "UpdateCredentials");
            assert.equal(unsure.props.keysInDoubt, "the answer to an update was lost");
            const mended = await mend(unsure, { ...GENERATED, ...role(last) });
            assert.deepEqual(mended.props.aws, role(last).aws);
            assert.equal(world.platform.state.credentials[0].keys.assumeRoleArn, role(last).aws.assumeRoleArn);
        });

        for (const [kind, inputs, operation] of [
            ["dataset", { ...GENERATED, linkedUrl: "https://example.com/a.csv" }, "UpdateDatasetV2"],
            ["dataLink", { ...GENERATED, resourceRef: "s3://reads" }, "UpdateCustomDataLink"],
        ] as const) {
            it(`of a ${kind} is brought ${what} description by the next up`, async () => {
                const made = await world.make(kind, { ...inputs, description: "old" });
                const unsure = await lose(made, { ...inputs, description: "new" }, operation);
                assert.equal(unsure.props.writeInDoubt, "the answer to an update was lost");
                const mended = await mend(unsure, { ...inputs, description: last });
                assert.equal(mended.props.writeInDoubt, undefined);
                const { datasets, dataLinks } = world.platform.state;
                assert.equal([...datasets, ...dataLinks][0].description, last);
            });
        }

        it(`of the primary environment is brought ${what} one by the next up`, async () => {
            const credentialsId = await world.credential();
            const envs: Record<string, string> = {};
            for (const namespace of ["old", "new"]) {
                envs[namespace] = (await world.make("computeEnv", environmentInputs(credentialsId, { namespace }))).id;
            }
            const made = await world.make("primaryComputeEnv", { computeEnvId: envs.old });
            const unsure = await lose(made, { computeEnvId: envs.new }, "UpdateComputeEnvPrimary");
            await mend(unsure, { computeEnvId: envs[last] });
            assert.equal(world.platform.state.computeEnvs.find(({ primary }) => primary)?.id, envs[last]);
        });
    }
});

describe("a success code with an error in its body", () => {
    const world = useWorld();

    it("is no success: what was to be deleted stays in state", async () => {
        const made = await world.make("credentials", { ...GENERATED, ...CREDENTIALS["AWS keys"].keys });
        world.platform.faults.add({
            kind: "status",
            status: 200,
            body: { message: "Unexpected error" },
            match: { operation: "DeleteCredentials" },
        });
        assert.match(
            (await failure(world.provider.delete(made))).message,
            /^DELETE \/credentials\/\w+: HTTP 200, but the response says "Unexpected error"\. The call may still have succeeded\./,
        );
        await world.provider.delete(made);
        assert.equal(world.platform.state.credentials.filter(({ deleted }) => !deleted).length, 0);
    });
});
