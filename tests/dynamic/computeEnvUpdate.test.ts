import assert from "node:assert/strict";
import { CREDENTIALS, environmentInputs } from "./inputs";
import { failure, type Made, type Props, startPlatform, useWorld } from "./support";

describe("updating a compute environment", () => {
    const world = useWorld();
    const named = { name: "prod", namePrefix: undefined, nameSeed: undefined, description: "d" };
    let made: Made;
    let given: Props;

    beforeEach(async () => {
        given = environmentInputs(await world.credential(), {}, named);
        made = await world.make("computeEnv", given);
        world.quiet();
    });

    const update = (news: Props) => world.provider.update(made, { ...world.connection, ...given, ...news });
    const stored = () => world.platform.state.computeEnvs.find(({ id }) => id === made.id)!;
    const sent = () => world.platform.requests.filter(({ method }) => method === "PUT").map(({ body }) => body);

    it("changes what can be changed in place, with one call and a look", async () => {
        const other = await world.make("credentials", { name: "other", ...CREDENTIALS["a Kubernetes token"].keys });
        world.quiet();
        const news = { name: "renamed", description: "new", credentialsId: other.id };
        const changed = await update({ ...news, fusionMetricsCollectionEnabled: true });
        assert.deepEqual(world.calls(), ["PUT /compute-envs/{id}", "GET /compute-envs/{id}"]);
        assert.deepEqual(sent(), [{ ...news, fusionMetricsCollectionEnabled: true }]);
        assert.deepEqual(changed.props, {
            ...made.props,
            ...news,
            fusionMetricsCollectionEnabled: true,
            lastUpdated: stored().lastUpdated,
        });
        assert.equal((await world.provider.diff(changed, changed.inputs)).changes, "DIFF_NONE");
    });

    it("keeps what is not changed, whatever the Platform does with what is left out", async () => {
        await world.restart({ omittedFields: "clear" });
        given = environmentInputs(await world.credential(), {}, { ...named, fusionMetricsCollectionEnabled: true });
        made = await world.make("computeEnv", given);
        await update({ name: "renamed" });
        const { description, credentialsId, fusionMetricsCollectionEnabled } = stored();
        assert.deepEqual(
            [description, credentialsId, fusionMetricsCollectionEnabled],
            ["d", given.credentialsId, true],
        );
    });

    it("takes away what is wanted no more", async () => {
        const on = await update({ fusionMetricsCollectionEnabled: true });
        world.quiet();
        const off = await world.provider.update(on, { ...world.connection, ...given, description: undefined });
        assert.deepEqual(sent(), [
            {
                name: "prod",
                description: "",
                credentialsId: given.credentialsId,
                fusionMetricsCollectionEnabled: false,
            },
        ]);
        const refreshed = await world.provider.refreshed(off);
        assert.equal("description" in refreshed.inputs, false);
        assert.equal((await world.provider.diff(refreshed, off.inputs)).changes, "DIFF_NONE");
    });

    it("makes no call for what matters to this package only", async () => {
        const local = {
            createTimeoutSeconds: 5,
            deleteTimeoutSeconds: 6,
            forceDelete: true,
            allowInsecureEndpoint: true,
        };
        const changed = await update(local);
        assert.deepEqual(changed.props, { ...made.props, ...local });
        assert.deepEqual(world.calls(), []);
    });

    it("makes no call for the spelling of its configuration, and keeps the new one", async () => {
        const news = { config: { ...given.config, preRunScript: "", sslCert: `${given.config.sslCert}\n` } };
        const changed = await update({ ...news, forceDelete: true });
        assert.deepEqual(changed.props.config, news.config);
        assert.deepEqual(world.calls(), []);
    });

    it("to a name that is taken says whose it is and changes nothing", async () => {
        await world.make("computeEnv", { ...given, name: "taken" });
        const error = await failure(update({ name: "taken", description: "new" }));
        assert.match(
            error.message,
            /^PUT \/compute-envs\/\S+: HTTP 409: .* A compute environment named "taken" already exists in/,
        );
        assert.equal(error.id, undefined);
        assert.deepEqual([stored().name, stored().description], ["prod", "d"]);
    });

    it("to a credential that is invalid says so and changes nothing", async () => {
        const other = await world.make("credentials", { name: "other", ...CREDENTIALS["a Kubernetes token"].keys });
        world.platform.setCredentialsStatus(other.id, "INVALID", "expired");
        const error = await failure(update({ credentialsId: other.id }));
        assert.match(error.message, /HTTP 400: "The credentials 'other' are invalid/);
        assert.equal(stored().credentialsId, given.credentialsId);
    });

    describe("with an endpoint that moved", () => {
        it("makes sure that it is the same Platform", async () => {
            // The same server under another name, as after a move to a new host name.
            const endpoint = world.platform.endpoint.replace("127.0.0.1", "localhost");
            const moved = await world.provider.update(made, { ...world.connection, ...given, endpoint });
            assert.equal(moved.props.endpoint, endpoint);
            assert.match(moved.props.launchUrl, /^http:\/\/localhost:/);
            assert.equal(
                world.calls().some((call) => /^(PUT|POST|DELETE)/.test(call)),
                false,
            );
        });

        it("refuses one that does not know the environment", async () => {
            const elsewhere = await startPlatform();
            try {
                const error = await failure(
                    world.provider.update(made, { ...world.connection, ...given, endpoint: elsewhere.endpoint }),
                );
                assert.equal(
                    error.message,
                    `The compute environment "prod" (${made.id}) no longer exists at ${elsewhere.endpoint}. Run \`pulumi refresh\`, then \`pulumi up\` to create it again.`,
                );
            } finally {
                await elsewhere.stop();
            }
        });
    });

    it("of one that is DISABLED leaves it so", async () => {
        world.platform.setComputeEnvStatus(made.id, "DISABLED");
        const changed = await update({ description: "new" });
        assert.equal(changed.props.status, "DISABLED");
        assert.equal(stored().status, "DISABLED");
    });

    it("of one that became INVALID validates it, with the new credential", async () => {
        world.platform.setComputeEnvStatus(made.id, "INVALID", "expired");
        world.platform.setCredentialsStatus(given.credentialsId, "INVALID", "expired");
        made = await world.provider.refreshed(made);
        const other = await world.make("credentials", { name: "other", ...CREDENTIALS["a Kubernetes token"].keys });
        world.quiet();
        const mended = await update({ credentialsId: other.id });
        assert.equal(mended.props.status, "AVAILABLE");
        assert.equal(mended.props.message, "");
        assert.deepEqual(world.calls(), [
            "GET /compute-envs/{id}",
            "PUT /compute-envs/{id}",
            "POST /compute-envs/{id}/validate?force=true",
            "GET /compute-envs/{id}",
        ]);
    });
});
