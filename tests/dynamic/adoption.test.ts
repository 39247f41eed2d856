import assert from "node:assert/strict";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import { record } from "../components/recorder";
import { CONFIG, recipe, TOOLS } from "../support/adoption";
import { CANARIES, CERTIFICATE, CREDENTIALS, environmentInputs, GENERATED } from "./inputs";
import {
    anotherProvider,
    callsTo,
    destroyingProvider,
    failure,
    type Made,
    type Props,
    Provider,
    UNKNOWN,
    until,
    useWorld,
} from "./support";

describe("adopting a compute environment", () => {
    const world = useWorld();
    const stored = () => world.platform.state.computeEnvs.filter(({ deleted }) => !deleted);
    let credentialsId: string;
    let theirs: Made;

    let someone: Provider;

    before(async () => {
        // Made by somebody else: another process, which is not the one that adopts.
        someone = await anotherProvider();
    });

    beforeEach(async () => {
        credentialsId = await world.credential();
        const named = { name: "legacy", namePrefix: undefined, nameSeed: undefined, description: "by hand" };
        theirs = await someone.make("computeEnv", {
            ...world.connection,
            ...environmentInputs(credentialsId, {}, named),
        });
        world.quiet();
    });

    for (const [what, wanted] of [
        ["name", () => "legacy"],
        ["id", () => theirs.id],
    ] as const) {
        it(`by ${what} makes nothing, and leaves it the name it has`, async () => {
            const news = environmentInputs(credentialsId, {}, { adopt: wanted(), description: "by hand" });
            const made = await world.make("computeEnv", news);
            assert.equal(made.id, theirs.id);
            assert.equal(made.props.name, "legacy");
            assert.equal(made.props.status, "AVAILABLE");
            assert.equal(
                world.calls().some((call) => /^(POST|PUT)/.test(call)),
                false,
            );

            // Nor is it renamed by the runs that follow, with `adopt` or without.
            for (const then of [news, { ...news, adopt: undefined }]) {
                const inputs = await world.provider.checked(
                    "computeEnv",
                    { ...world.connection, ...then },
                    made.inputs,
                );
                assert.equal((await world.provider.diff(made, inputs)).changes, "DIFF_NONE");
            }
            const changed = await world.provider.update(made, { ...world.connection, ...news, description: "ours" });
            assert.equal(changed.props.name, "legacy");
            assert.deepEqual(
                stored().map(({ name, description }) => [name, description]),
                [["legacy", "ours"]],
            );
        });
    }

    /** What the preview says, and after it the create in the same words; nothing is written and nothing is in state. */
    async function refusal(news: Props): Promise<string> {
        const before = world.platform.state.computeEnvs;
        world.quiet();
        const { inputs, failures } = await world.provider.check("computeEnv", {}, { ...world.connection, ...news });
        const error = await failure(world.provider.create("computeEnv", inputs));
        assert.deepEqual(
            failures.map(({ property, reason }) => `${property}: ${reason}`),
            [error.message],
        );
        assert.equal(error.id, undefined);
        assert.deepEqual(world.platform.state.computeEnvs, before);
        assert.deepEqual(
            world.calls().filter((call) => !call.startsWith("GET ")),
            [],
        );
        return error.message;
    }

    it("brings in line what it is told to go without, and what the environment does not have", async () => {
        const other = await world.make("credentials", { name: "other", ...CREDENTIALS["a Kubernetes token"].keys });
        const news = environmentInputs(
            other.id,
            {},
            {
                adopt: "legacy",
                adoptWithout: ["name", "description", "credentialsId"],
                name: "ours",
                namePrefix: undefined,
                fusionMetricsCollectionEnabled: true,
            },
        );
        const made = await world.make("computeEnv", news);
        assert.equal(made.id, theirs.id);
        const [{ name, description, credentialsId: used, fusionMetricsCollectionEnabled: metrics }] = stored();
        assert.deepEqual([name, description || null, used, metrics], ["ours", null, other.id, true]);
        const refreshed = await world.provider.refreshed(made);
        assert.equal((await world.provider.diff(refreshed, made.inputs)).changes, "DIFF_NONE");
    });

    it("refuses at preview what differs, with both values, and gives the whole environment to copy", async () => {
        const label = await world.make("label", { name: "team", value: "genomics" });
        const others = { adopt: "legacy", labelIds: [Number(label.id)], description: "ours" };
        const given = environmentInputs(credentialsId, { namespace: "other", podCleanup: "never" }, others);
        assert.equal(
            await refusal(given),
            `adopt: the compute environment "legacy" differs from the program, and nothing was changed:
  namespace: the environment has "nextflow", the program has "other"; the Platform cannot change it (write the existing value)
  podCleanup: the environment has "on_success" by default, the program has "never"; the Platform cannot change it (write the existing value)
  labelIds: the environment has nothing, the program has "${label.id}"; the Platform cannot change it (write the existing value)
  description: the environment has "by hand", the program has "ours"
Write the existing values, or discard them with adoptWithout: ["description"]
The environment as arguments of a KubernetesComputeEnvironment:
    adopt: "legacy",
    description: "by hand",
    cluster: { server: "https://10.0.0.1:6443" },
    credentials: { adopt: "${credentialsId}" },
    namespace: "nextflow",
    createNamespace: false,
    serviceAccounts: {
        head: { name: "nextflow-head", create: false },
        compute: { name: "nextflow-task", create: false },
    },
    storage: { claimName: "work", create: false },
    workDirectory: "/scratch/work",`,
        );
    });

    it("refuses what the program leaves out, unless it is told to go without, and keeps that in the Platform", async () => {
        const label = await world.make("label", { name: "team", value: "genomics" });
        const whole = {
            preRunScript: "module load java\nexport API_TOKEN=hunter2",
            nextflowConfig: "process.cpus = 4",
            headJobCpus: 2,
            environment: [{ name: "DB_PASSWORD", value: "correct horse", head: true }],
        };
        const named = { name: "whole", namePrefix: undefined, nameSeed: undefined, description: "by hand" };
        const others = { ...named, labelIds: [Number(label.id)], fusionMetricsCollectionEnabled: true };
        const id = (
            await someone.make("computeEnv", {
                ...world.connection,
                ...environmentInputs(credentialsId, whole, others),
            })
        ).id;
        const news = environmentInputs(credentialsId, {}, { adopt: id });
        const message = await refusal(news);
        const names = [
            ...["headJobCpus", "preRunScript", "nextflowConfig", "environment"],
            ...["labelIds", "description", "fusionMetricsCollectionEnabled"],
        ];
        for (const line of [
            "  headJobCpus: the environment has 2, the program has nothing",
            "  preRunScript: the environment has",
            "      module load java",
            "    the program has nothing",
            `  labelIds: the environment has "${label.id} (team=genomics)", the program has nothing`,
            "  fusionMetricsCollectionEnabled: the environment has true, the program has nothing",
            `Write the existing values, or discard them with adoptWithout: [${names.map((name) => `"${name}"`).join(", ")}]`,
            '    env: [{ name: "DB_PASSWORD", value: "[hidden]", target: "head" }],',
            '    resourceLabels: { team: "genomics" },',
        ]) {
            assert.ok(message.split("\n").includes(line), `${line}\n\n${message}`);
        }
        assert.doesNotMatch(message, /hunter2|correct horse/);

        assert.match(
            await refusal({ ...news, adoptWithout: names.slice(1) }),
            /adoptWithout: \["preRunScript".*, "headJobCpus"\]/,
        );
        assert.match(
            await refusal({ ...news, adoptWithout: [...names, "postRunScript"] }),
            /^ {2}adoptWithout: "postRunScript" does not differ \(remove it\)$/m,
        );
        const made = await world.make("computeEnv", { ...news, adoptWithout: names });
        const env = stored().find((each) => each.id === id)!;
        assert.deepEqual([env.config.preRunScript, env.description || null], [whole.preRunScript, null]);
        const refreshed = await world.provider.refreshed(made);
        for (const adoptWithout of [names, undefined]) {
            const inputs = await world.provider.checked("computeEnv", { ...made.inputs, adoptWithout }, made.inputs);
            assert.equal((await world.provider.diff(refreshed, inputs)).changes, "DIFF_NONE");
        }
    });

    it("says at preview what is known, and the rest when it is", async () => {
        const unknown = { sslCert: UNKNOWN, namespace: "other" };
        const news = environmentInputs(UNKNOWN, unknown, {
            adopt: "legacy",
            labelIds: UNKNOWN,
            description: "by hand",
        });
        const { failures } = await world.provider.check("computeEnv", {}, { ...world.connection, ...news });
        const lines = failures[0].reason.split("\n").slice(1, 3);
        assert.match(lines[0], /^ {2}namespace: the environment has "nextflow"/);
        assert.equal(lines[1], "The environment as arguments of a KubernetesComputeEnvironment:");
        for (const known of [{ adopt: UNKNOWN }, { adoptWithout: UNKNOWN }, { accessToken: UNKNOWN }]) {
            const given = { ...world.connection, ...news, ...known };
            assert.deepEqual((await world.provider.check("computeEnv", {}, given)).failures, []);
        }
        assert.match(
            await refusal(environmentInputs("7", {}, { adopt: "legacy", description: "by hand" })),
            /credentialsId/,
        );
    });

    it("leaves it to the create where the Platform cannot be asked at preview", async () => {
        world.platform.faults.add({ kind: "status", status: 403, match: { operation: "ListComputeEnvs" } });
        const news = environmentInputs(credentialsId, { namespace: "other" }, { adopt: "legacy" });
        const { failures } = await world.provider.check("computeEnv", {}, { ...world.connection, ...news });
        assert.deepEqual(failures, []);
        world.platform.faults.remove();
    });

    it("is given with adopt alone, and names what an environment has", async () => {
        const news = environmentInputs(credentialsId, {}, { adoptWithout: ["config.preRunScript", "namespace"] });
        const { failures } = await world.provider.check("computeEnv", {}, { ...world.connection, ...news });
        assert.deepEqual(
            failures.map(({ property, reason }) => [property, reason.replace(/use one of .*/, "…)")]),
            [
                [
                    "adoptWithout[0]",
                    '"config.preRunScript" is not a property that adoptWithout accepts (write "preRunScript")',
                ],
                ["adoptWithout[1]", '"namespace" is not a property that adoptWithout accepts (…)'],
                ["adoptWithout", "has no effect without adopt (remove it)"],
            ],
        );
    });

    it("says of one that is primary how it stays so", async () => {
        await someone.make("primaryComputeEnv", { ...world.connection, computeEnvId: theirs.id });
        await world.make(
            "computeEnv",
            environmentInputs(credentialsId, {}, { adopt: "legacy", description: "by hand" }),
        );
        await world.provider.says('"legacy" is the primary environment of its workspace; set `primary: true`');
    });

    it("takes one that ended ERRORED into state, to be replaced with all that it has", async () => {
        world.platform.setComputeEnvStatus(theirs.id, "ERRORED", "quota exceeded");
        const news = environmentInputs(credentialsId, {}, { adopt: "legacy" });
        assert.match(await refusal(news), /description: the environment has "by hand"/);
        const error = await failure(world.make("computeEnv", { ...news, description: "by hand" }));
        assert.equal(error.id, theirs.id);
        assert.match(
            error.message,
            /"quota exceeded"\. It stays in state: fix the cause, and the next `pulumi up` replaces it/,
        );
    });

    it("refuses one of another platform", async () => {
        assert.match(
            await refusal({
                ...GENERATED,
                platform: "eks-platform",
                credentialsId,
                adopt: "legacy",
                config: {
                    region: "r",
                    clusterName: "c",
                    namespace: "nextflow",
                    headServiceAccount: "nextflow-head",
                    workDir: "/scratch/work",
                },
            }),
            /\n {2}platform: the environment has "k8s-platform", the program has "eks-platform"; the Platform cannot/,
        );
    });

    it("refuses what is not there", async () => {
        assert.equal(
            await refusal(environmentInputs(credentialsId, {}, { adopt: "lost" })),
            'adopt: the workspace has no compute environment with the id or name "lost" (write the id or name of an existing one, or remove adopt to create a new one)',
        );
    });

    it("refuses one that is being deleted", async () => {
        world.platform.setComputeEnvStatus(theirs.id, "DELETING");
        assert.equal(
            await refusal(environmentInputs(credentialsId, {}, { adopt: "legacy" })),
            'adopt: the compute environment "legacy" is being deleted (remove adopt)',
        );
    });

    it("is refused to a second resource of the same program", async () => {
        const news = environmentInputs(credentialsId, {}, { adopt: "legacy", description: "by hand" });
        await world.make("computeEnv", news);
        assert.equal(
            await refusal({ ...news, namePrefix: "second" }),
            'adopt: the compute environment "legacy" already belongs to a resource of this stack (remove adopt)',
        );
    });

    it("is over after that: a replacement is another environment", async () => {
        const news = environmentInputs(credentialsId, {}, { adopt: "legacy", description: "by hand" });
        const made = await (await anotherProvider("ours before")).make("computeEnv", { ...world.connection, ...news });
        // In a later run: check with the old inputs, diff, check without them.
        await world.provider.checked("computeEnv", { ...world.connection, ...news }, made.inputs);
        await world.provider.diff(made, made.inputs);
        const replacement = await world.make("computeEnv", news);
        assert.notEqual(replacement.id, made.id);
        await world.provider.delete(made);
        assert.deepEqual(
            stored().map(({ id }) => id),
            [replacement.id],
        );
    });

    it("again, by a replacement that the engine was told to make, does not end in its deletion", async () => {
        const given = {
            ...world.connection,
            ...environmentInputs(credentialsId, {}, { adopt: "legacy", description: "by hand" }),
        };
        const made = await (await anotherProvider("ours before")).make("computeEnv", given);
        // With `pulumi up --replace` a new process is asked for a create without a word of what is in state.
        const replacement = await world.provider.make("computeEnv", given);
        await world.provider.delete(made);
        assert.deepEqual(
            stored().map(({ id, status }) => [id, status]),
            [[replacement.id, "AVAILABLE"]],
        );
    });
});

describe("adopting what another tool has made, by the recipe of docs/adoption.md", () => {
    const world = useWorld();
    const cluster = { server: "https://10.0.0.1:6443", certificateAuthority: CERTIFICATE };
    const namespace = "research";

    /** What the component gives to the resources. */
    async function given(kind: "ComputeEnv" | "Credentials"): Promise<Props> {
        const program = () => new KubernetesComputeEnvironment("production", { cluster, namespace, ...recipe() });
        return { ...(await record(program)).one(kind).inputs, ...world.connection };
    }

    async function post(path: string, body: object): Promise<any> {
        const answer = await fetch(`${world.platform.endpoint}${path}?workspaceId=${world.connection.workspaceId}`, {
            method: "POST",
            headers: { authorization: `Bearer ${CANARIES.accessToken}`, "content-type": "application/json" },
            body: JSON.stringify(body),
        });
        assert.equal(answer.status, 200, await answer.clone().text());
        return answer.json();
    }

    for (const origin of ["in the web page", "by the Terraform provider", "by the tw command"] as const) {
        it(`what is made ${origin} is taken as it is, and is no other afterwards`, async () => {
            const tool = TOOLS[origin];
            const { credentialsId } = await post("/credentials", {
                credentials: tool.credentials("k8s-token", CANARIES.kubernetesToken),
            });
            const config = { server: cluster.server, sslCert: CERTIFICATE, namespace, ...CONFIG };
            const { computeEnvId } = await post("/compute-envs", {
                computeEnv: tool.computeEnv("k8s-prod", credentialsId, config),
            });
            world.platform.setComputeEnvStatus(computeEnvId, "AVAILABLE");
            world.quiet();

            // Those alone have one that are made in the web page.
            const { description } = world.platform.state.computeEnvs[0];
            const news = { ...(await given("Credentials")), description };
            const credential = await world.make("credentials", news);
            const wanted = { ...(await given("ComputeEnv")), credentialsId: credential.id, description };
            const made = await world.make("computeEnv", wanted);
            const { computeEnvs, credentials } = world.platform.state;
            assert.deepEqual(
                computeEnvs.map((env) => [env.id, env.name, env.credentialsId, env.status]),
                [[computeEnvId, "k8s-prod", credentialsId, "AVAILABLE"]],
            );
            assert.deepEqual(
                credentials.map(({ id, name }) => [id, name]),
                [[credentialsId, "k8s-token"]],
            );
            assert.deepEqual([made.id, credential.id], [computeEnvId, credentialsId]);
            assert.deepEqual(
                world.calls().filter((call) => !call.startsWith("GET ")),
                ["PUT /credentials/{id}"],
            );

            // Nor afterwards, with the recipe's lines or without.
            for (const each of [made, credential]) {
                const refreshed = await world.provider.refreshed(each);
                for (const adopt of [each.inputs.adopt, undefined]) {
                    const inputs = await world.provider.checked(each.kind, { ...each.inputs, adopt }, each.inputs);
                    assert.equal((await world.provider.diff(refreshed, inputs)).changes, "DIFF_NONE", each.kind);
                }
            }
        });
    }
});

describe("adopting a credential", () => {
    const world = useWorld();
    const keys = CREDENTIALS["a Kubernetes token"].keys;
    const stored = () => world.platform.state.credentials.filter(({ deleted }) => !deleted);
    const theirKeys = { kubernetes: { token: "theirs" } };
    let someone: Provider;
    let theirs: Made;

    before(async () => {
        someone = await anotherProvider();
    });

    beforeEach(async () => {
        const given = { name: "legacy-token", description: "by hand", ...theirKeys };
        theirs = await someone.make("credentials", { ...world.connection, ...given });
        world.quiet();
    });

    for (const [what, wanted] of [
        ["name", () => "legacy-token"],
        ["id", () => theirs.id],
        ["workspace and name", () => `${world.connection.workspaceId}/legacy-token`],
        ["workspace and id", () => `${world.connection.workspaceId}/${theirs.id}`],
    ] as const) {
        it(`by ${what} makes nothing, rotates the keys, and leaves it the name it has`, async () => {
            const news = { ...GENERATED, ...keys, adopt: wanted(), description: "by hand" };
            const made = await world.make("credentials", news);
            assert.deepEqual([made.id, made.props.name], [theirs.id, "legacy-token"]);
            assert.deepEqual(world.calls(), [
                "GET /credentials",
                "GET /credentials",
                "PUT /credentials/{id}",
                "GET /credentials/{id}",
            ]);
            assert.deepEqual(
                stored().map(({ id, name, description }) => [id, name, description]),
                [[theirs.id, "legacy-token", "by hand"]],
            );

            // Nor is it renamed by the runs that follow, with `adopt` or without, after a refresh or before.
            for (const before of [made, await world.provider.refreshed(made)]) {
                for (const then of [news, { ...news, adopt: undefined }]) {
                    const given = { ...world.connection, ...then };
                    const inputs = await world.provider.checked("credentials", given, before.inputs);
                    assert.equal((await world.provider.diff(before, inputs)).changes, "DIFF_NONE");
                }
            }
            const changed = await world.provider.update(made, { ...world.connection, ...news, description: "ours" });
            assert.equal(changed.props.name, "legacy-token");
            assert.deepEqual([stored()[0].name, stored()[0].description], ["legacy-token", "ours"]);
        });
    }

    it("refuses at preview what would be overwritten, with both values, unless it is told to go without", async () => {
        const news = { ...world.connection, name: "ours", adopt: "legacy-token", ...keys };
        const { inputs, failures } = await world.provider.check("credentials", {}, news);
        const message = `adopt: the credential "legacy-token" differs from the program, and nothing was changed:
  name: the credential has "legacy-token", the program has "ours"
  description: the credential has "by hand", the program has nothing
Write the existing values, or discard them with adoptWithout: ["name", "description"]`;
        assert.deepEqual(
            failures.map(({ property, reason }) => `${property}: ${reason}`),
            [message],
        );
        assert.equal((await failure(world.provider.create("credentials", inputs))).message, message);
        assert.deepEqual(world.calls(), ["GET /credentials", "GET /credentials"]);
        const made = await world.make("credentials", { ...news, adoptWithout: ["name", "description"] });
        assert.deepEqual([made.id, stored()[0].name, stored()[0].description || null], [theirs.id, "ours", null]);
    });

    it("refuses one of another provider, and what is not there", async () => {
        const kubernetes = { ...GENERATED, ...keys };
        for (const [news, reason] of [
            [
                { ...GENERATED, ...CREDENTIALS["AWS keys"].keys, adopt: "legacy-token" },
                'the credential "legacy-token" has the provider k8s, not aws (write keys of its provider, or remove adopt to create a new credential)',
            ],
            [
                { ...kubernetes, adopt: "lost" },
                'the workspace has no credential with the id or name "lost" (write the id or name of an existing one, or remove adopt to create a new one)',
            ],
        ] as const) {
            const { inputs, failures } = await world.provider.check(
                "credentials",
                {},
                { ...world.connection, ...news },
            );
            assert.deepEqual(failures, [{ property: "adopt", reason }]);
            assert.equal((await failure(world.provider.create("credentials", inputs))).message, `adopt: ${reason}`);
        }
        assert.equal(
            world.calls().some((call) => /^(POST|PUT)/.test(call)),
            false,
        );
    });

    it("refuses one of another workspace before any call", async () => {
        for (const [kind, news] of [
            ["credentials", { ...GENERATED, ...keys }],
            ["computeEnv", environmentInputs("c1")],
            ["label", { name: "team", value: "genomics" }],
        ] as const) {
            const given = { ...world.connection, ...news, adopt: "5/legacy" };
            assert.deepEqual((await world.provider.check(kind, {}, given)).failures, [
                {
                    property: "adopt",
                    reason: `"5/legacy" is in workspace 5, but workspaceId is ${world.connection.workspaceId} (write the same workspace in both)`,
                },
            ]);
        }
        assert.deepEqual(world.calls(), []);
    });

    it("is refused to a second resource of the same program, and is over after that", async () => {
        const news = { ...GENERATED, ...keys, adopt: "legacy-token", description: "by hand" };
        const given = { ...world.connection, ...news };
        const made = await world.make("credentials", news);
        assert.deepEqual((await world.provider.check("credentials", {}, { ...given, namePrefix: "second" })).failures, [
            {
                property: "adopt",
                reason: 'the credential "legacy-token" already belongs to a resource of this stack (remove adopt)',
            },
        ]);
        // In a later run: check with the old inputs, diff, check without them.
        const later = await Provider.start();
        try {
            await later.checked("credentials", given, made.inputs);
            await later.diff(made, made.inputs);
            assert.notEqual((await later.make("credentials", given)).id, made.id);
        } finally {
            await later.stop();
        }
    });
});

describe("adopting a label", () => {
    const world = useWorld();
    const text = { name: "team", value: "genomics" };

    for (const [what, wanted] of [
        ["id", (id: string) => id],
        ["text", () => "team=genomics"],
    ] as const) {
        it(`by ${what} makes it go with the resource`, async () => {
            const theirs = await world.make("label", text);
            const given = { ...world.connection, ...text, adopt: wanted(theirs.id) };
            const made = await (await anotherProvider()).make("label", given);
            assert.deepEqual([made.id, made.props.owned], [theirs.id, true]);
            await world.provider.delete(made);
            assert.deepEqual(world.platform.state.labels, []);
        });
    }

    it("refuses what is not there, and another one", async () => {
        assert.equal(
            (await failure(world.make("label", { ...text, adopt: "team=genomics" }))).message,
            "adopt: the workspace has no resource label team=genomics (remove adopt to create it)",
        );
        await world.make("label", text);
        assert.equal(
            (await failure(world.make("label", { ...text, adopt: "77" }))).message,
            'adopt: the workspace has no resource label team=genomics with the id or name "77" (write the id or name of an existing one, or remove adopt to create a new one)',
        );
    });
});

describe("a create that was killed", () => {
    const world = useWorld();
    const envs = () => world.platform.state.computeEnvs.filter(({ deleted }) => !deleted);
    let someone: Provider;

    before(async () => {
        someone = await anotherProvider();
    });

    /** Kills the process that creates, as soon as the Platform has got that far. */
    async function killed(kind: Made["kind"], news: Props, when = () => envs().length === 1): Promise<void> {
        const victim = await Provider.start();
        const inputs = await victim.checked(kind, { ...world.connection, ...news });
        const creating = failure(victim.create(kind, inputs));
        await until("the create has got that far", when);
        await victim.kill();
        assert.equal((await creating).id, undefined);
    }

    it("of an environment is taken up by the next run, which makes no second one", async () => {
        await world.restart({ timings: { create: { polls: 2 } } });
        const news = environmentInputs(await world.credential());
        world.platform.faults.add({ kind: "stuck", match: { operation: "CreateComputeEnv" } });
        await killed("computeEnv", news);
        const [left] = envs();
        assert.equal(left.status, "CREATING");
        world.platform.faults.remove();

        const made = await world.make("computeEnv", news);
        assert.equal(made.id, left.id);
        assert.equal(made.props.status, "AVAILABLE");
        assert.deepEqual(
            envs().map(({ id }) => id),
            [left.id],
        );
        await world.provider.says(
            `Compute environment "${left.name}" already exists, left by an interrupted run; taking it over`,
        );
    });

    it("of an environment that then ended ERRORED is made anew, in one run", async () => {
        const news = environmentInputs(await world.credential());
        world.platform.faults.add({ kind: "stuck", match: { operation: "CreateComputeEnv" } });
        await killed("computeEnv", news);
        const [left] = envs();
        world.platform.setComputeEnvStatus(left.id, "ERRORED", "quota exceeded");

        const made = await world.make("computeEnv", news);
        assert.notEqual(made.id, left.id);
        assert.deepEqual(
            envs().map(({ id, name, status }) => [id, name, status]),
            [[made.id, left.name, "AVAILABLE"]],
        );
    });

    it("of an environment that has become INVALID is validated again as it is taken up", async () => {
        const news = environmentInputs(await world.credential());
        world.platform.faults.add({ kind: "stuck", match: { operation: "CreateComputeEnv" } });
        await killed("computeEnv", news);
        const [left] = envs();
        world.platform.setComputeEnvStatus(left.id, "INVALID", "the credentials were not valid for a while");

        const made = await world.make("computeEnv", news);
        assert.deepEqual([made.id, made.props.status], [left.id, "AVAILABLE"]);
    });

    it("of an environment is taken up with what the program says now", async () => {
        const news = environmentInputs(await world.credential(), {}, { description: "then" });
        world.platform.faults.add({ kind: "stuck", match: { operation: "CreateComputeEnv" } });
        await killed("computeEnv", news);
        world.platform.faults.remove();
        const other = await world.make("credentials", { name: "other", ...CREDENTIALS["a Kubernetes token"].keys });

        const made = await world.make("computeEnv", { ...news, credentialsId: other.id, description: "now" });
        const [env] = envs();
        assert.equal(made.id, env.id);
        assert.deepEqual([env.credentialsId, env.description], [other.id, "now"]);
        assert.equal(envs().length, 1);
    });

    it("of an environment with a name of the program's own says so, and can be adopted", async () => {
        const named = { name: "prod", namePrefix: undefined, nameSeed: undefined };
        const news = environmentInputs(await world.credential(), {}, named);
        world.platform.faults.add({ kind: "stuck", match: { operation: "CreateComputeEnv" } });
        await killed("computeEnv", news);
        world.platform.faults.remove();
        assert.match(
            (await failure(world.make("computeEnv", news))).message,
            /named "prod" already exists .* or adopt it\.$/,
        );
        const made = await world.make("computeEnv", { ...news, adopt: "prod" });
        assert.equal(made.id, envs()[0].id);
    });

    it("of an environment with a name of the program's own is taken up by the stack that made it, and by no other", async () => {
        const named = { name: "prod", namePrefix: undefined, description: "ours" };
        const news = environmentInputs(await world.credential(), {}, named);
        world.platform.faults.add({ kind: "stuck", match: { operation: "CreateComputeEnv" } });
        await killed("computeEnv", news);
        world.platform.faults.remove();
        const [left] = envs();
        assert.match(
            left.description!,
            /^Being made by Pulumi, stack acme\/pipelines\/dev, resource production-\w{7}\. If this stays, .* `pulumi up`/,
        );

        const others = { ...news, nameSeed: "acme/pipelines/prod" };
        const refused = await failure(someone.make("computeEnv", { ...world.connection, ...others }));
        assert.match(refused.message, /named "prod" already exists .* or adopt it\.$/);

        const made = await world.make("computeEnv", news);
        assert.equal(made.id, left.id);
        assert.deepEqual([envs().length, envs()[0].description, made.props.description], [1, "ours", "ours"]);
    });

    describe("and is followed by another program", () => {
        const RESOURCE = "urn:pulumi:dev::pipelines::pulumi-nodejs:dynamic/seqera:ComputeEnv::production";
        const OTHERS: [whose: string, others: Props][] = [
            ["another stack", { nameSeed: "acme/pipelines/prod" }],
            ["another resource", { resourceUrn: `${RESOURCE}-2`, namePrefix: "production-2" }],
            ["one of the same name with another parent", { resourceUrn: RESOURCE.replace("::pulumi", "::lab$pulumi") }],
        ];
        const fixed = { name: "prod", namePrefix: undefined };
        const there = () => envs().map(({ id, name, description }) => [id, name, description || null]);
        let credentialsId: string;
        let mark: string | undefined;
        let former: Provider;
        let leftBehind: Made;
        let left: ReturnType<typeof envs>[number];

        beforeEach(async () => {
            credentialsId = await world.credential();
            former = await anotherProvider("of a former run");
            mark ??= await markOfKilled();
        });

        /** What a create that is really killed has its environment say, which then goes. */
        async function markOfKilled(): Promise<string> {
            world.platform.faults.add({ kind: "stuck", match: { operation: "CreateComputeEnv" } });
            await killed("computeEnv", environmentInputs(credentialsId));
            world.platform.faults.remove();
            const [env] = envs();
            world.platform.setComputeEnvStatus(env.id, "DELETED");
            return env.description!;
        }

        /** Leaves an environment behind as a kill does, without the second that the start of a process takes. */
        async function leave(config: object = {}, others: object = {}): Promise<void> {
            const news = { ...world.connection, ...environmentInputs(credentialsId, config, others) };
            leftBehind = await former.make("computeEnv", news);
            await former.update(leftBehind, { ...leftBehind.inputs, description: mark });
            left = envs().find(({ id }) => id === leftBehind.id)!;
        }

        for (const [what, config, others] of [
            ["another configuration", { workDir: "/scratch/other" }, {}],
            ["a name of its own", { workDir: "/scratch/other" }, fixed],
            ["the same name of its own", { workDir: "/scratch/other" }, { ...fixed, name: "kept" }],
        ] as const) {
            it(`with ${what}, is removed before another is made`, async () => {
                await leave({}, "name" in others && others.name === "kept" ? others : {});
                world.quiet();
                const made = await world.make("computeEnv", environmentInputs(credentialsId, config, others));
                assert.notEqual(made.id, left.id);
                assert.deepEqual(there(), [[made.id, made.props.name, null]]);
                const changes = world.calls().filter((call) => !call.startsWith("GET "));
                assert.deepEqual(changes, [
                    "DELETE /compute-envs/{id}",
                    "POST /compute-envs",
                    "PUT /compute-envs/{id}",
                ]);
                await world.provider.says(
                    `Compute environment "${left.name}" was left by an interrupted run; deleting it`,
                );
            });
        }

        it("with labels, is removed before another is made", async () => {
            await leave();
            const label = await world.make("label", { name: "team", value: "genomics" });
            const news = environmentInputs(credentialsId, {}, { labelIds: [Number(label.id)] });
            const made = await world.make("computeEnv", news);
            assert.notEqual(made.id, left.id);
            assert.deepEqual(there(), [[made.id, made.props.name, null]]);
        });

        for (const [what, before, now, name] of [
            ["a name of its own", {}, fixed, /^prod$/],
            ["another name of its own", fixed, { ...fixed, name: "renamed" }, /^renamed$/],
            ["no name of its own", fixed, {}, /^production-\w{7}$/],
        ] as const) {
            it(`with ${what}, is taken over and renamed`, async () => {
                await leave({}, before);
                const made = await world.make("computeEnv", environmentInputs(credentialsId, {}, now));
                assert.match(made.props.name, name);
                assert.deepEqual(there(), [[left.id, made.props.name, null]]);
                assert.equal(made.id, left.id);
            });
        }

        for (const status of ["ERRORED", "INVALID", "DELETING"] as const) {
            it(`is removed when it is ${status}`, async () => {
                await leave();
                world.platform.setComputeEnvStatus(left.id, status, "quota exceeded");
                const news = environmentInputs(credentialsId, { workDir: "/scratch/other" });
                const made = world.make("computeEnv", news);
                if (status === "DELETING") {
                    // Somebody else has begun that, and it is waited for.
                    const count = () =>
                        callsTo(world.platform).filter((call) => call === "GET /compute-envs/{id}").length;
                    const before = count();
                    await until("the deletion is waited for", () => count() > before + 2);
                    assert.deepEqual(
                        envs().map(({ id }) => id),
                        [left.id],
                    );
                    world.platform.setComputeEnvStatus(left.id, "DELETED");
                }
                const { id, props } = await made;
                assert.deepEqual(there(), [[id, props.name, null]]);
            });
        }

        it("stops the run, with nothing made, while it cannot be removed, and goes by force", async () => {
            await leave();
            const news = environmentInputs(credentialsId, { workDir: "/scratch/other" });
            const fault = { kind: "outcome", status: "ERRORED", message: "no route to host" } as const;
            world.platform.faults.add({ ...fault, match: { operation: "DeleteComputeEnv" } });
            const refused = await failure(world.make("computeEnv", news));
            assert.match(refused.message, /^The Platform could not clean up .*: "no route to host"\. .* forceDelete/);
            assert.equal(refused.id, undefined);
            assert.deepEqual(
                envs().map(({ id }) => id),
                [left.id],
            );

            // In a later run.
            const made = await someone.make("computeEnv", { ...world.connection, ...news, forceDelete: true });
            assert.deepEqual(there(), [[made.id, made.props.name, null]]);
        });

        for (const [whose, others] of OTHERS) {
            it(`is not touched by ${whose}`, async () => {
                await leave();
                const news = environmentInputs(credentialsId, { workDir: "/scratch/other" }, others);
                const made = await world.make("computeEnv", news);
                assert.deepEqual(there(), [
                    [left.id, left.name, left.description],
                    [made.id, made.props.name, null],
                ]);
            });
        }

        for (const [what, ends] of [
            ["an update, where the change is taken back", (made) => world.provider.update(made, made.inputs)],
            ["the deletion", async (made) => (await destroyingProvider()).delete(made)],
        ] as [what: string, ends: (made: Made) => Promise<unknown>][]) {
            it(`is noted by a refresh of what it was to replace, and removed by ${what}`, async () => {
                const made = await someone.make("computeEnv", {
                    ...world.connection,
                    ...environmentInputs(credentialsId),
                });
                await leave({ workDir: "/scratch/other" });
                const refreshed = await world.provider.refreshed(made);
                assert.deepEqual(refreshed.props, { ...made.props, leftovers: [left.id] });
                assert.deepEqual(refreshed.inputs, made.inputs);
                const planned = await world.provider.diff(refreshed, refreshed.inputs);
                assert.deepEqual([planned.changes, planned.replaces], ["DIFF_SOME", []]);
                await world.provider.says(/has leftovers of interrupted runs \(1: \w+\); `pulumi up` deletes them/);
                await ends(refreshed);
                const kept = envs().map(({ id }) => id);
                assert.deepEqual(kept, what === "the deletion" ? [] : [made.id]);
            });
        }

        it("and is in state itself, is not noted by a refresh of another record", async () => {
            const given = { ...world.connection, ...environmentInputs(credentialsId) };
            const made = await someone.make("computeEnv", given);
            await leave({ workDir: "/scratch/other" });
            await world.provider.read(leftBehind);
            assert.deepEqual((await world.provider.refreshed(made)).props, made.props);
        });

        it("and was finished or taken by a resource after the refresh, is kept", async () => {
            const given = { ...world.connection, ...environmentInputs(credentialsId) };
            const made = await someone.make("computeEnv", given);
            await leave({ workDir: "/scratch/other" });
            const refreshed = await world.provider.refreshed(made);
            await former.update(leftBehind, { ...leftBehind.inputs, description: "finished" });
            const updated = await world.provider.update(refreshed, refreshed.inputs);
            assert.deepEqual([updated.props, envs().length], [made.props, 2]);
        });

        it("does not endanger what is finished and in no state any more, such as one that was retained", async () => {
            const retained = await someone.make("computeEnv", {
                ...world.connection,
                ...environmentInputs(credentialsId, {}, { description: "kept" }),
            });
            const made = await world.make(
                "computeEnv",
                environmentInputs(credentialsId, { workDir: "/scratch/other" }),
            );
            assert.deepEqual(there(), [
                [retained.id, retained.props.name, "kept"],
                [made.id, made.props.name, null],
            ]);
        });

        it("is not what a forced replacement finds under its name, which is not marked again", async () => {
            const news = { ...world.connection, ...environmentInputs(credentialsId, {}, { description: "in use" }) };
            const made = await someone.make("computeEnv", news);
            world.quiet();
            // A new process is asked for a create without a word of what is in state.
            assert.equal((await world.provider.make("computeEnv", news)).id, made.id);
            assert.deepEqual(
                world.calls().filter((call) => !call.startsWith("GET ")),
                [],
            );
            assert.deepEqual(there(), [[made.id, made.props.name, "in use"]]);
        });

        it("does not endanger what is in state and not finished", async () => {
            world.platform.faults.add({
                kind: "outcome",
                status: "ERRORED",
                message: "quota exceeded",
                match: { operation: "CreateComputeEnv" },
            });
            const given = { ...world.connection, ...environmentInputs(credentialsId) };
            const inputs = await someone.checked("computeEnv", given);
            const { id, properties } = await failure(someone.create("computeEnv", inputs));
            world.platform.faults.remove();
            const unfinished: Made = { kind: "computeEnv", id: id!, inputs, props: properties! };
            assert.match(envs()[0].description!, /^Being made by Pulumi/);

            // As the engine asks for a replacement: the old one is deleted after the new one is there.
            const checked = await world.provider.checked("computeEnv", given, inputs);
            assert.deepEqual((await world.provider.diff(unfinished, checked)).replaces, ["status"]);
            const made = await world.make("computeEnv", environmentInputs(credentialsId));
            assert.deepEqual(
                there().map(([each]) => each),
                [id, made.id],
            );
            await world.provider.delete(unfinished);
            assert.deepEqual(there(), [[made.id, made.props.name, null]]);
        });

        it("does not stand in the way of a replacement, of which the old one stays until the engine deletes it", async () => {
            const old = await someone.make("computeEnv", { ...world.connection, ...environmentInputs(credentialsId) });
            await leave({ workDir: "/scratch/second" });
            const news = { ...world.connection, ...environmentInputs(credentialsId, { workDir: "/scratch/third" }) };
            await world.provider.diff(old, await world.provider.checked("computeEnv", news, old.inputs));
            const made = await world.make("computeEnv", news);
            assert.deepEqual(
                there().map(([id]) => id),
                [old.id, made.id],
            );
        });
    });

    it("of a credential is taken up by the next run, with the keys of now", async () => {
        const news = { ...GENERATED, ...CREDENTIALS["an AWS role"].keys };
        world.platform.faults.add({ kind: "delay", delayMs: 1_000, match: { operation: "DescribeCredentials" } });
        await killed("credentials", news, () => callsTo(world.platform).includes("GET /credentials/{id}"));
        const [left] = world.platform.state.credentials;

        const assumeRoleArn = "arn:aws:iam::123456789012:role/another";
        const made = await world.make("credentials", { ...news, aws: { assumeRoleArn } });
        assert.equal(made.id, left.id);
        assert.equal(world.platform.state.credentials.length, 1);
        assert.equal(world.platform.state.credentials[0].keys.assumeRoleArn, assumeRoleArn);
    });

    it("does not open the door to what is in state: a forced replacement is another environment", async () => {
        const given = { ...world.connection, ...environmentInputs(await world.credential()) };
        const made = await someone.make("computeEnv", given);
        // Another process, as a new run of the engine is: it knows of the old one by the first check alone.
        const kept = await world.provider.checked("computeEnv", given, made.inputs);
        assert.equal(kept.name, made.props.name);
        const replacement = await world.provider.make("computeEnv", given);
        assert.notEqual(replacement.id, made.id);
        assert.notEqual(replacement.props.name, made.props.name);
        assert.equal(envs().length, 2);
    });

    it("does not open the door to another create of the same process", async () => {
        const inputs = await world.provider.checked("computeEnv", {
            ...world.connection,
            ...environmentInputs(await world.credential()),
        });
        const results = await Promise.allSettled([1, 2].map(() => world.provider.create("computeEnv", inputs)));
        assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
        assert.equal(envs().length, 1);
    });

    it("is not taken up when what is there under its name is another thing", async () => {
        const credentialsId = await world.credential();
        const news = environmentInputs(credentialsId);
        const { name } = await world.provider.checked("computeEnv", { ...world.connection, ...news });
        const named = { name, namePrefix: undefined, nameSeed: undefined };
        const theirs = await world.make("computeEnv", environmentInputs(credentialsId, { namespace: "other" }, named));
        assert.match((await failure(someone.make("computeEnv", { ...world.connection, ...news }))).message, /HTTP 409/);
        assert.deepEqual(
            envs().map(({ id }) => id),
            [theirs.id],
        );
    });

    it("is not taken up when what is there under its name is on its way out", async () => {
        const given = { ...world.connection, ...environmentInputs(await world.credential()) };
        const made = await someone.make("computeEnv", given);
        world.platform.setComputeEnvStatus(made.id, "DELETING");
        assert.match((await failure(world.provider.make("computeEnv", given))).message, /HTTP 409/);
        assert.equal(envs().length, 1);
    });
});

describe("two stacks that want one name at the same moment", () => {
    const world = useWorld();
    const seeds = ["acme/pipelines/dev", "acme/pipelines/prod"];

    for (const [kind, name, said, given] of [
        [
            "computeEnv",
            "shared",
            /A compute environment named "shared" already exists in workspace \d+/,
            async () => environmentInputs(await world.credential(), {}, { namePrefix: undefined }),
        ],
        [
            "credentials",
            "shared-credential",
            /Credentials named "shared-credential" already exist in workspace \d+/,
            () => Promise.resolve(CREDENTIALS["a Kubernetes token"].keys),
        ],
    ] as const) {
        it(`for ${kind}: one has it, the other one clear error, and neither is harmed`, async () => {
            const kept = await given();
            const stored = () =>
                (kind === "computeEnv" ? world.platform.state.computeEnvs : world.platform.state.credentials).filter(
                    (each) => !each.deleted && each.name === name,
                );
            const stacks = [world.provider, await anotherProvider()];
            const wanted = seeds.map((nameSeed) => ({ ...world.connection, ...kept, nameSeed, name }));
            const results = await Promise.allSettled(stacks.map((each, at) => each.make(kind, wanted[at])));
            const winner = results.findIndex(({ status }) => status === "fulfilled");
            const loser = results.findIndex(({ status }) => status === "rejected");
            assert.ok(winner >= 0 && loser >= 0, JSON.stringify(results));
            assert.match((results[loser] as PromiseRejectedResult).reason.message, said);
            const made = (results[winner] as PromiseFulfilledResult<Made>).value;
            const ids = () => stored().map(({ id }) => id);
            assert.deepEqual(ids(), [made.id]);

            const mended = await stacks[loser].make(kind, { ...wanted[loser], name: "another" });
            await stacks[loser].delete(mended);
            assert.deepEqual(ids(), [made.id]);
            const refreshed = await stacks[winner].refreshed(made);
            const inputs = await stacks[winner].checked(kind, wanted[winner], made.inputs);
            assert.equal((await stacks[winner].diff(refreshed, inputs)).changes, "DIFF_NONE");
        });
    }
});
