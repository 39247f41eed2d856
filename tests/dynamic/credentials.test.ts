import assert from "node:assert/strict";
import {
    CANARIES,
    CERTIFICATE,
    CREDENTIALS,
    eksInputs,
    environmentInputs,
    GENERATED,
    PRIVATE_KEY,
    ROLE,
} from "./inputs";
import { failure, type Props, UNKNOWN, useWorld, workspaceId } from "./support";

const token = CREDENTIALS["a Kubernetes token"].keys;
const role = CREDENTIALS["an AWS role"].keys;

describe("a credential", () => {
    const world = useWorld();
    const stored = () => world.platform.state.credentials.filter(({ deleted }) => !deleted);

    for (const [what, { provider, keys }] of Object.entries(CREDENTIALS)) {
        describe(`with ${what}`, () => {
            it("is made, kept, changed and removed", async () => {
                const given = { ...GENERATED, ...keys };
                const made = await world.make("credentials", given);
                const { externalId, writtenAt, ...props } = made.props;
                assert.deepEqual(props, { ...made.inputs, provider });
                assert.equal(externalId !== "", what === "an AWS role");
                assert.equal(writtenAt, what === "an AWS role" ? stored()[0].lastUpdated : "");
                assert.equal(stored()[0].provider, provider);
                assert.equal(stored()[0].name, made.props.name);

                const refreshed = await world.provider.refreshed(made);
                assert.deepEqual(refreshed.props, made.props);
                assert.deepEqual(refreshed.inputs, made.inputs);

                const { changes } = await world.provider.diff(made, made.inputs);
                assert.equal(changes, "DIFF_NONE");

                const news = { ...world.connection, ...given, description: "changed" };
                const changed = await world.provider.update(made, news);
                const written = { writtenAt: stored()[0].lastUpdated };
                assert.deepEqual(changed.props, { ...made.props, ...written, description: "changed" });
                assert.equal(stored()[0].description, "changed");

                await world.provider.delete(changed);
                assert.deepEqual(stored(), []);
            });
        });
    }

    it("sends every key of every kind, as the Platform names them", async () => {
        const sent: Props = {};
        for (const [what, { keys }] of Object.entries(CREDENTIALS)) {
            world.quiet();
            await world.make("credentials", { name: what.replaceAll(" ", "-"), ...keys });
            const { body } = world.platform.requests.find(({ method }) => method === "POST")!;
            sent[what] = Object.keys((body as Props).credentials.keys).sort();
        }
        assert.deepEqual(sent, {
            "a Kubernetes token": ["token"],
            "a Kubernetes certificate": ["certificate", "privateKey"],
            "AWS keys": ["accessKey", "mode", "secretKey"],
            "an AWS role": ["assumeRoleArn", "mode"],
            "a Google key": ["data"],
        });
    });

    it("with AWS keys that assume a role asks for no external id", async () => {
        const made = await world.make("credentials", {
            ...GENERATED,
            aws: { ...CREDENTIALS["AWS keys"].keys.aws, assumeRoleArn: ROLE },
        });
        assert.equal(made.props.externalId, "");
        assert.deepEqual(stored()[0].keys.mode, "keys");
        assert.deepEqual(world.calls(), ["GET /credentials/validate", "POST /credentials"]);
    });

    describe("diff", () => {
        const change = async (news: Props, olds: Props = { ...GENERATED, ...token }) => {
            const made = await world.make("credentials", olds);
            world.quiet();
            const inputs = { ...made.inputs, ...news };
            const { changes, replaces, deleteBeforeReplace } = await world.provider.diff(made, inputs);
            assert.deepEqual(world.calls(), []);
            return { changes, replaces, deleteBeforeReplace };
        };
        const none = { changes: "DIFF_NONE", replaces: [], deleteBeforeReplace: false };
        const update = { changes: "DIFF_SOME", replaces: [], deleteBeforeReplace: false };
        const certificate = { kubernetes: { certificate: CERTIFICATE, privateKey: PRIVATE_KEY } };

        const updates: Record<string, [Props, Props?]> = {
            "a new token": [{ kubernetes: { token: "another" } }],
            "a token that is not known yet": [{ kubernetes: { token: UNKNOWN } }],
            "keys that are not known yet": [{ kubernetes: UNKNOWN }],
            "a certificate in the token's place": [certificate],
            "a description": [{ description: "new" }],
            "a description that goes": [{ description: undefined }, { ...GENERATED, ...token, description: "old" }],
            "a name of the program's own": [{ name: "mine", namePrefix: undefined, nameSeed: undefined }],
            "a name that is not known yet": [{ name: UNKNOWN }, { name: "mine", ...token }],
            "a role in the keys' place": [role, { ...GENERATED, ...CREDENTIALS["AWS keys"].keys }],
            "another endpoint": [{ endpoint: "https://platform.example.com/api" }],
            "an endpoint that is not known yet": [{ endpoint: UNKNOWN }],
            "another access token": [{ accessToken: "another" }],
            "an insecure endpoint allowed": [{ allowInsecureEndpoint: true }],
        };
        for (const [what, [news, olds]] of Object.entries(updates)) {
            it(`updates for ${what}`, async () =>
                assert.deepEqual(await change(news, olds), {
                    ...update,
                    // Were it a replacement, a name that may be the same would have to be free first.
                    deleteBeforeReplace: news.name === UNKNOWN,
                }));
        }

        it("replaces for another workspace, the new one first", async () =>
            assert.deepEqual(await change({ workspaceId: 5 }), { ...update, replaces: ["workspaceId"] }));

        it("replaces for keys of another kind, the new one first", async () =>
            assert.deepEqual(await change({ kubernetes: undefined, ...role }), {
                ...update,
                replaces: ["kubernetes"],
            }));

        it("replaces, the old one first, where a name of the program's own stays", async () =>
            assert.deepEqual(await change({ kubernetes: undefined, ...role }, { name: "mine", ...token }), {
                ...update,
                replaces: ["kubernetes"],
                deleteBeforeReplace: true,
            }));

        it("replaces, the new one first, where the program changes the name with it", async () =>
            assert.deepEqual(
                await change({ name: "other", kubernetes: undefined, ...role }, { name: "mine", ...token }),
                { ...update, replaces: ["kubernetes"] },
            ));

        it("sees nothing in the order of keys, in null, or in another generated name's parts", async () => {
            const made = { ...GENERATED, ...certificate };
            const { certificate: c, privateKey: k } = certificate.kubernetes;
            assert.deepEqual(await change({ kubernetes: { privateKey: k, certificate: c } }, made), none);
            assert.deepEqual(await change({ description: null, aws: null, accessToken: null }, made), none);
        });

        it("sees nothing in another provider line", async () => {
            const made = await world.make("credentials", { ...GENERATED, ...token });
            const { __provider, ...rest } = made.inputs;
            const older = { ...made, props: { ...made.props, __provider: `${__provider} // older` } };
            assert.equal((await world.provider.diff(older, rest)).changes, "DIFF_NONE");
        });
    });

    describe("update", () => {
        it("rotates the keys in place, always all of them", async () => {
            const made = await world.make("credentials", { ...GENERATED, ...CREDENTIALS["AWS keys"].keys });
            const env = await world.make("computeEnv", eksInputs({}, made.id));
            const aws = { accessKey: "AKIAI44QH8DHBEXAMPLE", secretKey: `${CANARIES.awsSecretKey}2` };
            world.quiet();
            const changed = await world.provider.update(made, { ...world.connection, ...GENERATED, aws });
            assert.equal(changed.id, made.id);
            assert.equal(changed.props.name, made.props.name);
            assert.equal(stored()[0].keys.accessKey, aws.accessKey);
            assert.deepEqual(world.calls(), ["PUT /credentials/{id}", "GET /credentials/{id}"]);
            const { keys } = (world.platform.requests[0].body as Props).credentials;
            assert.deepEqual(Object.keys(keys).sort(), ["accessKey", "mode", "secretKey"]);
            assert.equal((await world.provider.read(env)).props.status, "AVAILABLE");
        });

        it("renames", async () => {
            const made = await world.make("credentials", { name: "one", ...token });
            await world.provider.update(made, { ...world.connection, name: "two", ...token });
            assert.deepEqual(
                stored().map(({ name }) => name),
                ["two"],
            );
        });

        it("takes a description away", async () => {
            const made = await world.make("credentials", { ...GENERATED, ...token, description: "old" });
            const changed = await world.provider.update(made, { ...world.connection, ...GENERATED, ...token });
            assert.equal("description" in changed.props, false);
            assert.equal(stored()[0].description || null, null);
            assert.equal((await world.provider.refreshed(changed)).inputs.description, undefined);
        });

        it("asks for the external id when keys become a role, and forgets it when the role goes", async () => {
            const keys = { ...GENERATED, ...CREDENTIALS["AWS keys"].keys };
            const made = await world.make("credentials", keys);
            const assumed = await world.provider.update(made, { ...world.connection, ...GENERATED, ...role });
            assert.equal(assumed.props.externalId, stored()[0].keys.externalId);
            assert.notEqual(assumed.props.externalId, "");
            const back = await world.provider.update(assumed, { ...world.connection, ...keys });
            assert.equal(back.props.externalId, "");
        });

        it("makes no call for what matters to this package only", async () => {
            const made = await world.make("credentials", { ...GENERATED, ...role });
            world.quiet();
            const news = { ...world.connection, ...GENERATED, ...role, allowInsecureEndpoint: true };
            const changed = await world.provider.update(made, news);
            assert.deepEqual(changed.props, { ...made.props, allowInsecureEndpoint: true });
            assert.deepEqual(world.calls(), []);
        });

        it("to a name that is taken says so and changes nothing", async () => {
            await world.make("credentials", { name: "taken", ...token });
            const made = await world.make("credentials", { name: "mine", ...token });
            const error = await failure(world.provider.update(made, { ...world.connection, name: "taken", ...token }));
            assert.match(
                error.message,
                /^PUT \/credentials\/\S+: HTTP 409: .*Credentials named "taken" already exist in workspace/,
            );
            assert.equal(error.id, undefined);
            assert.deepEqual(
                stored()
                    .map(({ name }) => name)
                    .sort(),
                ["mine", "taken"],
            );
        });
    });

    describe("create", () => {
        it("under a name that is taken says so and harms nothing", async () => {
            const first = await world.make("credentials", { name: "mine", ...token });
            const before = world.platform.state.credentials;
            const error = await failure(world.make("credentials", { name: "mine", ...token }));
            assert.equal(
                error.message,
                `GET /credentials/validate: HTTP 409: "Duplicate element: a credentials named 'mine' exists already". Credentials named "mine" already exist in workspace ${workspaceId}. Choose another name, delete those credentials, or refer to them by their id.`,
            );
            assert.equal(error.id, undefined);
            assert.deepEqual(world.platform.state.credentials, before);
            assert.equal((await world.provider.read(first)).id, first.id);
        });

        it("takes no credential for its own whose create is still under way in this very process", async () => {
            const inputs = await world.provider.checked("credentials", { ...world.connection, ...GENERATED, ...token });
            const results = await Promise.allSettled([1, 2].map(() => world.provider.create("credentials", inputs)));
            assert.deepEqual(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
            assert.equal(stored().length, 1);
        });

        it("keeps the id when the external id cannot be read, and reads it with the next update", async () => {
            world.platform.faults.add({
                kind: "status",
                status: 403,
                message: "Forbidden",
                match: { operation: "DescribeCredentials" },
            });
            world.platform.faults.add({
                kind: "status",
                status: 403,
                message: "Forbidden",
                match: { operation: "ListCredentials" },
            });
            const error = await failure(world.make("credentials", { ...GENERATED, ...role }));
            assert.equal(error.id, stored()[0].id);
            assert.equal(error.properties!.provider, "aws");
            assert.equal(error.properties!.externalId, "");
            assert.match(error.properties!.__provider as string, /\.credentials;$/);
            const props = error.properties as Props;
            const { provider: _provider, externalId: _externalId, ...inputs } = props;
            const kept = { kind: "credentials" as const, id: error.id, inputs, props };
            const mended = await world.provider.update(kept, { ...world.connection, ...GENERATED, ...role });
            assert.equal(mended.props.externalId, stored()[0].keys.externalId);
        });
    });

    describe("delete", () => {
        it("of one that is gone is done", async () => {
            const made = await world.make("credentials", { ...GENERATED, ...token });
            await world.provider.delete(made);
            await world.provider.delete(made);
        });

        it("refuses while a compute environment uses it, and names that", async () => {
            const made = await world.make("credentials", { ...GENERATED, ...token });
            const env = await world.make("computeEnv", environmentInputs(made.id));
            const error = await failure(world.provider.delete(made));
            assert.equal(
                error.message,
                `The credential "${made.props.name}" is still used by the compute environment "${env.props.name}" (${env.id}), which the Platform cannot clean up without it. Delete the compute environment first, or use another credential there, then run again.`,
            );
            assert.equal(stored().length, 1);
            await world.provider.delete(env);
            await world.provider.delete(made);
            assert.deepEqual(stored(), []);
            assert.ok(world.platform.state.computeEnvs.every(({ deleted }) => deleted));
        });

        it("passes on which running jobs the Platform names", async () => {
            const made = await world.make("credentials", { ...GENERATED, ...token });
            world.platform.faults.add({
                kind: "status",
                status: 409,
                body: { credentialsId: made.id, conflicts: [{ id: "1x", name: "happy_run", type: "workflow" }] },
                match: { operation: "DeleteCredentials" },
            });
            const error = await failure(world.provider.delete(made));
            assert.match(
                error.message,
                /^DELETE \/credentials\/\S+: HTTP 409: "workflow happy_run"\. Running jobs depend/,
            );
            assert.equal(stored().length, 1);
        });
    });
});
