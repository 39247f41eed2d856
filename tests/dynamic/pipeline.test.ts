import assert from "node:assert/strict";
import { PlatformClient } from "../../src/platform";
import { CANARIES, environmentInputs } from "./inputs";
import { failure, type Made, type Props, Provider, UNKNOWN, until, useWorld, workspaceId, type World } from "./support";

const NONE = { changes: "DIFF_NONE", replaces: [], deleteBeforeReplace: false };
const UPDATE = { ...NONE, changes: "DIFF_SOME" };

const REPOSITORY = "https://github.com/nextflow-io/hello";

/** A Platform with an environment, and a person on its web page. */
function usePipelines(world: World) {
    const setting = {
        credentialsId: "",
        env: undefined as unknown as Made,
        client: undefined as unknown as PlatformClient,
    };
    beforeEach(async () => {
        setting.credentialsId = await world.credential();
        setting.env = await world.make("computeEnv", environmentInputs(setting.credentialsId));
        setting.client = new PlatformClient(
            { ...world.connection, accessToken: CANARIES.accessToken },
            { callsPerSecond: 1_000 },
        );
        world.quiet();
    });
    afterEach(() => setting.client.close());
    return setting;
}

describe("a pipeline", () => {
    const world = useWorld();
    const setting = usePipelines(world);

    const given = (more: Props = {}): Props => ({
        namePrefix: "hello",
        nameSeed: "org/project/stack",
        repository: REPOSITORY,
        computeEnvId: setting.env.id,
        ...more,
    });
    const make = (more: Props = {}) => world.make("pipeline", given(more));
    const update = (made: Made, more: Props = {}) =>
        world.provider.update(made, { ...world.connection, ...given(more) });
    const diff = async (made: Made, more: Props = {}) =>
        world.provider.diff(
            made,
            await world.provider.checked("pipeline", { ...world.connection, ...given(more) }, made.inputs),
        );
    const stored = () => world.platform.state.pipelines[0];
    const versions = () =>
        stored().versions.map(
            ({ name, launch }) =>
                `${launch.id === stored().launch.id ? "*" : ""}${name ?? "draft"} ${String(launch.revision)}`,
        );

    it("is made with what its environment has for a launch, and nothing else", async () => {
        const made = await make({ revision: "main", params: { outdir: "/scratch/out", count: 3 } });
        assert.deepEqual(world.calls(), [
            "GET /compute-envs/{id}",
            "GET /pipelines/validate",
            "POST /pipelines",
            "GET /pipelines/{id}?attributes=labels",
            "GET /pipelines/{id}/schema",
        ]);
        const { id, computeEnvId, ...launch } = stored().launch;
        const set = Object.fromEntries(Object.entries(launch).filter(([, value]) => value !== null));
        assert.equal(computeEnvId, setting.env.id);
        assert.deepEqual(set, {
            pipeline: REPOSITORY,
            revision: "main",
            workDir: setting.env.inputs.config.workDir,
            paramsText: '{\n  "count": 3,\n  "outdir": "/scratch/out"\n}',
        });
        assert.match(stored().name, /^hello-[0-9a-f]{7}$/);
        assert.equal(made.id, String(stored().pipelineId));
        assert.equal(made.props.pipelineId, stored().pipelineId);
        assert.equal(made.props.versionId, id);
        assert.equal(made.props.versionName, `${stored().name}-1`);
        assert.match(made.props.launchUrl, new RegExp(`/launchpad/${made.id}$`));
    });

    it("is launched with the scripts of its environment, unless it has its own", async () => {
        setting.env = await world.make("computeEnv", {
            ...environmentInputs(setting.credentialsId, { preRunScript: "module load nf", postRunScript: "date" }),
            namePrefix: "scripts",
        });
        await make({ postRunScript: "" });
        assert.equal(stored().launch.preRunScript, "module load nf");
        assert.equal(stored().launch.postRunScript ?? "", "");
    });

    it("has what its arguments become in the launch's own configuration", async () => {
        await make({
            computeResources: { cpus: 2, maxMemory: "8 GB" },
            retries: { maxRetries: 2 },
            processes: [{ name: "FASTQC", memory: "4 GB", tolerations: [{ key: "spot", operator: "Exists" }] }],
            env: [
                { name: "MODE", value: "fast" },
                { name: "API_KEY", valueFrom: { secretKeyRef: { name: "llm", key: "key" } } },
            ],
            queueSize: 20,
            nextflowConfig: "trace.enabled = true",
        });
        assert.equal(
            stored().launch.configText,
            [
                "process {",
                "  cpus = 2",
                "  resourceLimits = [memory: '8 GB']",
                "  errorStrategy = 'retry'",
                "  maxRetries = 2",
                "  pod = [",
                "    [env: 'API_KEY', secret: 'llm/key']",
                "  ]",
                "  withName: 'FASTQC' {",
                "    memory = '4 GB'",
                "    pod = [",
                "      [env: 'API_KEY', secret: 'llm/key'],",
                "      [toleration: [key: 'spot', operator: 'Exists']]",
                "    ]",
                "  }",
                "}",
                "env {",
                "  MODE = 'fast'",
                "}",
                "executor {",
                "  queueSize = 20",
                "}",
                "// nextflowConfig",
                "trace.enabled = true",
            ].join("\n"),
        );
    });

    it("changes nothing, and calls nobody, when nothing changed", async () => {
        const made = await make({ params: { b: 1, a: [1, 2] } });
        world.quiet();
        assert.deepEqual(await diff(made, { params: { a: [1, 2], b: 1 } }), NONE);
        assert.deepEqual(world.calls(), []);
        assert.deepEqual((await world.provider.refreshed(made)).inputs, made.inputs);
    });

    it("diff: any change is an update, another workspace a replacement", async () => {
        const made = await make({ revision: "main" });
        for (const more of [
            { revision: "dev" },
            {},
            { revision: "main", params: UNKNOWN },
            { revision: "main", labels: ["a1"] },
        ]) {
            assert.deepEqual(await diff(made, more), UPDATE);
        }
        const news = await world.provider.checked(
            "pipeline",
            { ...world.connection, ...given({ revision: "main" }), workspaceId: workspaceId + 1 },
            {},
        );
        assert.deepEqual((await world.provider.diff(made, news)).replaces, ["workspaceId"]);
    });

    it("has another version after a change of its launch, named and the default; what left the program is cleared", async () => {
        const made = await make({ revision: "main", description: "first", params: { a: 1 }, configProfiles: ["test"] });
        const name = stored().name;
        world.quiet();
        const changed = await update(made, { revision: "dev" });
        assert.deepEqual(world.calls().slice(0, 5), [
            "GET /compute-envs/{id}",
            "GET /pipelines/{id}/versions",
            "POST /pipelines/{id}/versions/{id}",
            "GET /pipelines/{id}/versions/validate",
            "PUT /pipelines/{id}/versions/{id}/manage",
        ]);
        assert.deepEqual(versions(), [`${name}-1 main`, `*${name}-2 dev`]);
        assert.equal(changed.props.versionName, `${name}-2`);
        assert.equal(changed.props.versionId, stored().launch.id);
        const { description, launch } = stored();
        assert.deepEqual([description, launch.paramsText, launch.configProfiles], [null, null, null]);
    });

    it("has no other version after a change of what is not launched", async () => {
        const made = await make({ version: { name: "1.0" } });
        assert.deepEqual(versions(), ["*1.0 null"]);
        const renamed = await update(made, {
            description: "nightly",
            labels: ["prod", "rna"],
            version: { name: "1.1" },
        });
        assert.deepEqual(versions(), ["*1.1 null"]);
        assert.equal(stored().description, "nightly");
        assert.deepEqual(
            world.platform.state.labels.map(({ name, resource, id }) => [
                name,
                resource,
                stored().labelIds.includes(id),
            ]),
            [
                ["prod", false, true],
                ["rna", false, true],
            ],
        );
        await update(renamed, { description: "nightly", labels: ["rna"], version: { name: "1.1" } });
        assert.equal(stored().labelIds.length, 1);
        assert.equal(world.platform.state.labels.length, 2);
    });

    it("is refused a change of its launch under the name of the version before", async () => {
        const made = await make({ version: { name: "1.0" } });
        const { failures } = await world.provider.check("pipeline", made.inputs, {
            ...world.connection,
            ...given({ version: { name: "1.0" }, revision: "dev" }),
        });
        assert.deepEqual(failures, [
            {
                property: "version.name",
                reason: '"1.0" is the version before this change, and a version never changes (write another name, or remove it for the next number)',
            },
        ]);
    });

    for (const [what, launch, seen] of [
        ["a revision", { revision: "dev" }, { revision: "dev" }],
        ["parameters, as YAML", { paramsText: "a: 2\nb: x\n" }, { params: { a: 2, b: "x" } }],
        [
            "configuration",
            { configText: "process.cpus = 4" },
            { computeResources: undefined, nextflowConfig: "process.cpus = 4" },
        ],
        ["the head job", { headJobMemoryMb: 8192 }, { headJob: { cpus: 2, memory: "8192Mi" } }],
        ["a script", { preRunScript: "date" }, { preRunScript: "date" }],
        ["the work directory", { workDir: "/scratch/other" }, { workDir: "/scratch/other" }],
    ] as [string, object, Props][]) {
        it(`that somebody gives ${what} on the web page is seen by a refresh, and given back`, async () => {
            const own = {
                revision: "main",
                params: { a: 1 },
                computeResources: { cpus: 2 },
                headJob: { cpus: 2, memory: "4Gi" },
            };
            const made = await make(own);
            const before = stored().launch;
            const { client } = setting;
            const { pipeline } = await client.post<any>(
                `/pipelines/${made.id}/versions/${before.id}`,
                { name: stored().name, launch: { ...before, ...launch } },
                { read: (body) => body },
            );
            await client.put(`/pipelines/${made.id}/versions/${pipeline.version.id}/manage`, {
                name: "edited",
                isDefault: true,
            });
            const refreshed = await world.provider.refreshed(made);
            assert.equal(refreshed.props.versionName, "edited");
            const { computeResources, ...others } = { ...made.inputs, ...seen };
            assert.deepEqual(
                refreshed.inputs,
                computeResources === undefined ? others : { computeResources, ...others },
            );
            assert.deepEqual(await diff(refreshed, own), UPDATE);
            await update(refreshed, own);
            const { id: _id, ...now } = stored().launch;
            const { id: _before, ...then } = before;
            assert.deepEqual(now, then);
        });
    }

    it("that was deleted is gone for a refresh, and a deletion goes on", async () => {
        const made = await make();
        await world.provider.delete(made);
        assert.deepEqual(world.platform.state.pipelines, []);
        assert.deepEqual((await world.provider.read(made)).id, "");
        await world.provider.delete(made);
    });

    it("is adopted by its name where the program describes it, and refused with both values where it does not", async () => {
        const launch = {
            computeEnvId: setting.env.id,
            pipeline: REPOSITORY,
            workDir: "/scratch/work",
            revision: "main",
        };
        await setting.client.post("/pipelines", { name: "theirs", description: "by hand", launch });
        const refused = await world.provider.check(
            "pipeline",
            {},
            { ...world.connection, ...given({ adopt: "theirs", revision: "dev" }) },
        );
        assert.deepEqual(
            refused.failures.map(({ property }) => property),
            ["adopt"],
        );
        assert.match(refused.failures[0].reason, /revision: the pipeline has "main", the program has "dev"/);
        const made = await make({ adopt: "theirs", revision: "main", adoptWithout: ["description"] });
        assert.equal(made.id, String(stored().pipelineId));
        assert.deepEqual([stored().name, stored().description], ["theirs", null]);
    });

    for (const kind of ["reset-after", "malformed", "truncated"] as const) {
        it(`whose create is lost through ${kind} is there once, and ours`, async () => {
            world.platform.faults.add({ kind, match: { operation: "CreatePipeline", times: 1 } });
            const made = await make();
            assert.deepEqual(
                world.platform.state.pipelines.map(({ pipelineId }) => String(pipelineId)),
                [made.id],
            );
        });

        it(`whose change is lost through ${kind} has one other version after the next run`, async () => {
            const made = await make({ revision: "main" });
            const name = stored().name;
            world.platform.faults.add({ kind, match: { operation: "UpdatePipelineVersion" } });
            const error = await failure(update(made, { revision: "dev" }));
            world.platform.faults.remove();
            const unsure = { ...made, props: error.properties!, inputs: made.inputs };
            assert.deepEqual(await diff(unsure, { revision: "dev" }), UPDATE);
            await update(unsure, { revision: "dev" });
            assert.deepEqual(versions(), [`${name}-1 main`, `*${name}-2 dev`]);
        });
    }

    it("whose create was killed is taken over by the next run", async () => {
        world.platform.faults.add({ kind: "delay", delayMs: 50, match: { operation: "DescribePipeline" } });
        const doomed = await Provider.start();
        const killed = doomed.make("pipeline", { ...world.connection, ...given() }).catch(() => undefined);
        await until("the pipeline is made", () => world.platform.state.pipelines.length === 1);
        await doomed.kill();
        await killed;
        world.platform.faults.remove();
        const made = await make();
        assert.deepEqual(
            world.platform.state.pipelines.map(({ pipelineId }) => String(pipelineId)),
            [made.id],
        );
        await world.provider.says(/already exists, left by an interrupted run; taking it over/);
    });
});

describe("a pipeline whose repository has a schema", () => {
    const schema = JSON.stringify({ required: ["input"], properties: { input: { type: "string" } } });
    const world = useWorld({ repositorySchemas: { [REPOSITORY]: schema } });
    const setting = usePipelines(world);

    it("stays in state while a parameter is wrong, with the parameter's name, and is whole after the next run", async () => {
        const given = { ...world.connection, name: "hello", repository: REPOSITORY, computeEnvId: setting.env.id };
        const wrong = { ...given, params: { input: 7 } };
        const inputs = await world.provider.checked("pipeline", wrong);
        const error = await failure(world.provider.create("pipeline", inputs));
        assert.match(error.message, /params\.input: must be of the type string, not number/);
        const kept = { kind: "pipeline", id: error.id!, props: error.properties!, inputs } as Made;
        const again = await world.provider.checked("pipeline", wrong, inputs);
        assert.equal((await world.provider.diff(kept, again)).changes, "DIFF_SOME");
        assert.match((await failure(world.provider.update(kept, wrong))).message, /params\.input: must be/);
        const whole = await world.provider.update(kept, { ...given, params: { input: "a.csv" } });
        assert.equal(whole.props.inDoubt, undefined);
        assert.deepEqual(
            world.platform.state.pipelines.map(({ versions }) => versions.map(({ name }) => name)),
            [["hello-1", "hello-2"]],
        );
    });

    it("is not judged by that where it has a schema of its own, which is uploaded once", async () => {
        const own = JSON.stringify({ properties: { input: { type: "integer" } } });
        const given = {
            ...world.connection,
            name: "hello",
            repository: REPOSITORY,
            computeEnvId: setting.env.id,
            schema: own,
        };
        const made = await world.make("pipeline", { ...given, params: { input: 7 } });
        const changed = await world.provider.update(made, { ...given, params: { input: 8 } });
        const { pipelineSchemas, pipelines } = world.platform.state;
        assert.deepEqual(
            pipelineSchemas.map(({ id }) => id),
            [changed.props.pipelineSchemaId],
        );
        assert.equal(pipelines[0].launch.pipelineSchemaId, changed.props.pipelineSchemaId);
        const refused = await world.provider.check("pipeline", {}, { ...given, params: { input: "x" } });
        assert.deepEqual(
            refused.failures.map(({ property }) => property),
            ["params.input"],
        );
        assert.deepEqual((await world.provider.refreshed(changed)).inputs, changed.inputs);
    });

    it("says so where the Platform cannot read the schema", async () => {
        world.platform.faults.add({ kind: "status", status: 400, match: { operation: "DescribePipelineSchema" } });
        const given = { ...world.connection, name: "hello", repository: REPOSITORY, computeEnvId: setting.env.id };
        await world.make("pipeline", { ...given, params: { input: 7 } });
        await world.provider.says(
            /The parameters of the pipeline "hello" were not checked against the schema of its repository/,
        );
    });
});

describe("a pipeline on a Platform without versions", () => {
    const world = useWorld({ pipelineVersions: "none" });
    const setting = usePipelines(world);

    it("is changed in place", async () => {
        const given = { ...world.connection, name: "hello", repository: REPOSITORY, computeEnvId: setting.env.id };
        const made = await world.make("pipeline", { ...given, revision: "main" });
        assert.deepEqual([made.props.versionId, made.props.versionName], ["", ""]);
        const changed = await world.provider.update(made, { ...given, revision: "dev" });
        assert.equal(world.platform.state.pipelines[0].launch.revision, "dev");
        assert.equal(changed.props.versionName, "");
    });
});
