import assert from "node:assert/strict";
import { KubernetesComputeEnvironment } from "../../src/components/kubernetesComputeEnvironment";
import { record } from "../components/recorder";
import { CONFIG, recipe, TOOLS } from "../support/adoption";
import { CANARIES, CERTIFICATE, CREDENTIALS, environmentInputs, GENERATED } from "./inputs";
import { anotherProvider, callsTo, failure, type Made, type Props, Provider, until, useWorld } from "./support";

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

    it("brings name, description and credential in line", async () => {
        const other = await world.make("credentials", { name: "other", ...CREDENTIALS["a Kubernetes token"].keys });
        const news = environmentInputs(other.id, {}, { adopt: "legacy", name: "ours", namePrefix: undefined });
        const made = await world.make("computeEnv", news);
        assert.equal(made.id, theirs.id);
        const [{ name, description, credentialsId: used }] = stored();
        assert.deepEqual([name, description || null, used], ["ours", null, other.id]);
        const refreshed = await world.provider.refreshed(made);
        assert.equal((await world.provider.diff(refreshed, made.inputs)).changes, "DIFF_NONE");
    });

    it("refuses one that differs in what cannot be changed, and names that", async () => {
        const label = await world.make("label", { name: "team", value: "genomics" });
        const before = world.platform.state.computeEnvs;
        const others = { adopt: "legacy", labelIds: [Number(label.id)] };
        const error = await failure(
            world.make(
                "computeEnv",
                environmentInputs(credentialsId, { namespace: "other", podCleanup: "never" }, others),
            ),
        );
        assert.equal(
            error.message,
            'adopt: the compute environment "legacy" differs from the arguments in config.namespace, config.podCleanup, labelIds, which the Platform cannot change; make the arguments equal to it, or leave adopt out to have a new one made.',
        );
        assert.equal(error.id, undefined);
        assert.deepEqual(world.platform.state.computeEnvs, before);
    });

    it("refuses one of another platform", async () => {
        const error = await failure(
            world.make("computeEnv", {
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
        );
        assert.match(error.message, /differs from the arguments in platform, /);
    });

    it("refuses what is not there", async () => {
        const error = await failure(world.make("computeEnv", environmentInputs(credentialsId, {}, { adopt: "lost" })));
        assert.equal(
            error.message,
            'adopt: there is no compute environment with the id or name "lost" in the workspace.',
        );
    });

    it("refuses one that is being deleted", async () => {
        world.platform.setComputeEnvStatus(theirs.id, "DELETING");
        const error = await failure(
            world.make("computeEnv", environmentInputs(credentialsId, {}, { adopt: "legacy" })),
        );
        assert.equal(error.message, 'adopt: the compute environment "legacy" is being deleted; leave adopt out.');
    });

    it("is refused to a second resource of the same program", async () => {
        const news = environmentInputs(credentialsId, {}, { adopt: "legacy" });
        await world.make("computeEnv", news);
        const error = await failure(world.make("computeEnv", { ...news, namePrefix: "second" }));
        assert.equal(
            error.message,
            'adopt: the compute environment "legacy" belongs to a resource of this stack already; leave adopt out.',
        );
    });

    it("is over after that: a replacement is another environment", async () => {
        const news = environmentInputs(credentialsId, {}, { adopt: "legacy" });
        const made = await someone.make("computeEnv", { ...world.connection, ...news });
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
        const given = { ...world.connection, ...environmentInputs(credentialsId, {}, { adopt: "legacy" }) };
        const made = await someone.make("computeEnv", given);
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

    for (const [origin, own] of [
        ["in the web page", ["PUT /compute-envs/{id}"]],
        ["by the Terraform provider", []],
        ["by the tw command", []],
    ] as const) {
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

            const news = await given("Credentials");
            const credential = await world.make("credentials", news);
            const wanted = { ...(await given("ComputeEnv")), credentialsId: credential.id };
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
                ["PUT /credentials/{id}", ...own],
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
            assert.deepEqual(world.calls(), ["GET /credentials", "PUT /credentials/{id}", "GET /credentials/{id}"]);
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

    it("gives it a name of the program's own", async () => {
        const made = await world.make("credentials", { name: "ours", adopt: "legacy-token", ...keys });
        assert.deepEqual([made.id, stored()[0].name, stored()[0].description || null], [theirs.id, "ours", null]);
    });

    it("refuses one of another provider, and what is not there", async () => {
        const aws = { ...GENERATED, ...CREDENTIALS["AWS keys"].keys, adopt: "legacy-token" };
        assert.equal(
            (await failure(world.make("credentials", aws))).message,
            'adopt: the credential "legacy-token" is one of the provider k8s, not aws; give keys of its own kind, or leave adopt out to have a new one made.',
        );
        assert.equal(
            (await failure(world.make("credentials", { ...GENERATED, ...keys, adopt: "lost" }))).message,
            'adopt: there is no credential with the id or name "lost" in the workspace.',
        );
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
                    reason: `"5/legacy" is in the workspace 5, but workspaceId is ${world.connection.workspaceId}; write the same workspace in both`,
                },
            ]);
        }
        assert.deepEqual(world.calls(), []);
    });

    it("is refused to a second resource of the same program, and is over after that", async () => {
        const news = { ...GENERATED, ...keys, adopt: "legacy-token" };
        const given = { ...world.connection, ...news };
        const made = await world.make("credentials", news);
        assert.equal(
            (await failure(world.make("credentials", { ...news, namePrefix: "second" }))).message,
            'adopt: the credential "legacy-token" belongs to a resource of this stack already; leave adopt out.',
        );
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
            "adopt: there is no resource label team=genomics in the workspace.",
        );
        await world.make("label", text);
        assert.equal(
            (await failure(world.make("label", { ...text, adopt: "77" }))).message,
            'adopt: there is no resource label team=genomics with the id or name "77" in the workspace.',
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
            `Compute environment "${left.name}" is there already, left by a run that was interrupted; taking it over`,
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
        assert.match((await failure(world.make("computeEnv", news))).message, /named "prod" exists .* or adopt it\.$/);
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
            /^Being made by Pulumi, stack acme\/pipelines\/dev\. If this stays, .* `pulumi up`/,
        );

        const others = { ...news, nameSeed: "acme/pipelines/prod" };
        const refused = await failure(someone.make("computeEnv", { ...world.connection, ...others }));
        assert.match(refused.message, /named "prod" exists .* or adopt it\.$/);

        const made = await world.make("computeEnv", news);
        assert.equal(made.id, left.id);
        assert.deepEqual([envs().length, envs()[0].description, made.props.description], [1, "ours", "ours"]);
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
            /A compute environment named "shared" exists in workspace \d+/,
            async () => environmentInputs(await world.credential(), {}, { namePrefix: undefined }),
        ],
        [
            "credentials",
            "shared-credential",
            /Credentials named "shared-credential" exist in workspace \d+/,
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
