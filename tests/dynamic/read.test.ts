import assert from "node:assert/strict";
import { CANARIES, CERTIFICATE, CREDENTIALS, eksInputs, environmentInputs, GENERATED } from "./inputs";
import { type Made, type Props, useWorld } from "./support";

const token = CREDENTIALS["a Kubernetes token"].keys;

describe("read", () => {
    const world = useWorld();
    let credentialsId: string;

    beforeEach(async () => {
        credentialsId = await world.credential();
        world.quiet();
    });

    /** Changes something in the Platform behind the resource's back. */
    const elsewhere = async (made: Made, body: object): Promise<void> => {
        const path = { credentials: "credentials", computeEnv: "compute-envs", label: "labels" }[made.kind as "label"];
        const url = `${world.platform.endpoint}/${path}/${made.id}?workspaceId=${world.connection.workspaceId}`;
        const answer = await fetch(url, {
            method: "PUT",
            headers: { authorization: `Bearer ${CANARIES.accessToken}`, "content-type": "application/json" },
            body: JSON.stringify(body),
        });
        assert.ok(answer.ok, `${answer.status} ${await answer.text()}`);
    };

    describe("of a compute environment", () => {
        const rich = () =>
            environmentInputs(
                credentialsId,
                {
                    headPodSpec: "spec: {nodeSelector: {pool: heads}}",
                    preRunScript: "echo before\n",
                    nextflowConfig: "process.cpus = 4\r\n",
                    environment: [{ name: "A", value: "1", head: true, compute: false }],
                },
                { description: "by program", fusionMetricsCollectionEnabled: false, createTimeoutSeconds: 60 },
            );

        it("gives back the inputs as they were when nothing has changed", async () => {
            const made = await world.make("computeEnv", rich());
            world.quiet();
            const refreshed = await world.provider.refreshed(made);
            assert.deepEqual(refreshed.inputs, made.inputs);
            assert.deepEqual(refreshed.props, made.props);
            assert.deepEqual(world.calls(), ["GET /compute-envs/{id}?attributes=labels", "GET /compute-envs"]);
        });

        for (const [what, change, changed] of [
            ["another name", { name: "renamed" }, { name: "renamed" }],
            ["another description", { description: "by hand" }, { description: "by hand" }],
            ["a description that is gone", { description: "" }, { description: undefined }],
            ["Fusion metrics", { fusionMetricsCollectionEnabled: true }, { fusionMetricsCollectionEnabled: true }],
        ] as [string, Props, Props][]) {
            it(`sees ${what}, and the next update puts it right`, async () => {
                const named = { ...rich(), name: "prod", namePrefix: undefined, nameSeed: undefined };
                const made = await world.make("computeEnv", named);
                await elsewhere(made, change);
                const refreshed = await world.provider.refreshed(made);
                const [key] = Object.keys(changed);
                assert.equal(refreshed.inputs[key], changed[key]);
                assert.equal(refreshed.props[key], changed[key]);
                assert.deepEqual({ ...refreshed.inputs, [key]: made.inputs[key] }, made.inputs);

                const { changes, replaces } = await world.provider.diff(refreshed, made.inputs);
                assert.deepEqual([changes, replaces], ["DIFF_SOME", []]);
                const mended = await world.provider.update(refreshed, { ...world.connection, ...named });
                assert.equal(world.platform.state.computeEnvs[0][key as "name"], made.inputs[key]);
                assert.equal((await world.provider.diff(mended, made.inputs)).changes, "DIFF_NONE");
            });
        }

        it("sees another credential, and the next update puts it right", async () => {
            const made = await world.make("computeEnv", rich());
            const other = await world.make("credentials", { name: "other", ...token });
            await elsewhere(made, { credentialsId: other.id });
            const refreshed = await world.provider.refreshed(made);
            assert.equal(refreshed.inputs.credentialsId, other.id);
            await world.provider.update(refreshed, { ...world.connection, ...rich() });
            assert.equal(world.platform.state.computeEnvs[0].credentialsId, credentialsId);
        });

        it("sees a configuration that is another, which no update can put right", async () => {
            const made = await world.make("computeEnv", rich());
            const props = { ...made.props, config: { ...made.props.config, namespace: "before" } };
            const refreshed = await world.provider.refreshed({ ...made, props });
            assert.equal(refreshed.inputs.config.namespace, "nextflow");
            const news = { ...made.inputs, config: props.config };
            assert.deepEqual((await world.provider.diff(refreshed, news)).replaces, ["config"]);
        });

        for (const [status, replaces, changes] of [
            ["DISABLED", [], "DIFF_NONE"],
            ["INVALID", [], "DIFF_SOME"],
            ["ERRORED", ["status"], "DIFF_SOME"],
        ] as const) {
            it(`sees that it is ${status} now, and why`, async () => {
                const made = await world.make("computeEnv", rich());
                world.platform.setComputeEnvStatus(made.id, status, "says the Platform");
                const refreshed = await world.provider.refreshed(made);
                assert.equal(refreshed.props.status, status);
                assert.equal(refreshed.props.message, "says the Platform");
                assert.deepEqual(refreshed.inputs, made.inputs);
                const diff = await world.provider.diff(refreshed, made.inputs);
                assert.deepEqual([diff.changes, diff.replaces], [changes, replaces]);
            });
        }

        it("sees a label that is gone, and only that", async () => {
            const [one, two] = await Promise.all(
                ["one", "two"].map((value) => world.make("label", { name: `l-${value}`, value })),
            );
            const labelIds = [Number(two.id), Number(one.id)];
            const made = await world.make("computeEnv", { ...rich(), labelIds });
            assert.deepEqual((await world.provider.refreshed(made)).inputs, made.inputs);
            await fetch(`${world.platform.endpoint}/labels/${one.id}?workspaceId=${world.connection.workspaceId}`, {
                method: "DELETE",
                headers: { authorization: `Bearer ${CANARIES.accessToken}` },
            });
            const refreshed = await world.provider.refreshed(made);
            assert.deepEqual(refreshed.inputs, made.inputs);
            assert.deepEqual(refreshed.props, { ...made.props, lostLabelIds: [Number(one.id)] });
        });

        it("does not take labels that the Platform adds by default for a change", async () => {
            await world.restart({ applyDefaultLabels: true });
            credentialsId = await world.credential();
            const url = `${world.platform.endpoint}/labels?workspaceId=${world.connection.workspaceId}`;
            await fetch(url, {
                method: "POST",
                headers: { authorization: `Bearer ${CANARIES.accessToken}`, "content-type": "application/json" },
                body: JSON.stringify({ name: "default", value: "label", resource: true, isDefault: true }),
            });
            const made = await world.make("computeEnv", rich());
            assert.equal(world.platform.state.computeEnvs[0].labelIds.length, 1);
            const refreshed = await world.provider.refreshed(made);
            assert.deepEqual(refreshed.inputs, made.inputs);
            assert.equal((await world.provider.diff(refreshed, made.inputs)).changes, "DIFF_NONE");
        });

        it("by its id alone, as `get` does it, gives all there is", async () => {
            const label = await world.make("label", { name: "team", value: "genomics" });
            const made = await world.make("computeEnv", { ...rich(), labelIds: [Number(label.id)] });
            const { __provider } = made.props;
            for (const connection of [
                world.connection,
                { ...world.connection, workspaceId: String(world.connection.workspaceId) },
            ]) {
                const { id, props, inputs } = await world.provider.read({
                    ...made,
                    props: { __provider, ...connection },
                });
                assert.equal(id, made.id);
                const {
                    createTimeoutSeconds: _,
                    namePrefix: __,
                    nameSeed: ___,
                    resourceUrn: ____,
                    ...known
                } = made.props;
                assert.deepEqual(props, known);
                const {
                    status: _____,
                    message: ______,
                    dateCreated: _6,
                    lastUpdated: _7,
                    launchUrl: _8,
                    ...rest
                } = known;
                assert.deepEqual(inputs, rest);
            }
        });

        it("by its id alone leaves out of an EKS environment what the Platform finds out itself", async () => {
            const credential = await world.make("credentials", { name: "aws", ...CREDENTIALS["an AWS role"].keys });
            const given = eksInputs({}, credential.id);
            const made = await world.make("computeEnv", given);
            const { __provider } = made.props;
            const { inputs } = await world.provider.read({ ...made, props: { __provider, ...world.connection } });
            assert.deepEqual(inputs!.config, given.config);
        });
    });

    describe("of a credential", () => {
        it("sees another name and description", async () => {
            const made = await world.make("credentials", { name: "mine", description: "by program", ...token });
            const keys = token.kubernetes;
            await elsewhere(made, { credentials: { name: "theirs", provider: "k8s", description: "", keys } });
            const { inputs, props } = await world.provider.refreshed(made);
            assert.equal(inputs.name, "theirs");
            assert.equal(inputs.description, undefined);
            assert.equal(props.description, undefined);
            assert.deepEqual(inputs.kubernetes, token.kubernetes);
        });

        it("sees keys that can be seen", async () => {
            const aws = CREDENTIALS["AWS keys"].keys.aws;
            const made = await world.make("credentials", { ...GENERATED, aws });
            const keys = { mode: "keys", accessKey: "AKIAI44QH8DHBEXAMPLE", secretKey: "s" };
            await elsewhere(made, { credentials: { name: made.props.name, provider: "aws", keys } });
            const refreshed = await world.provider.refreshed(made);
            assert.deepEqual(refreshed.inputs.aws, { ...aws, accessKey: keys.accessKey });
            assert.equal((await world.provider.diff(refreshed, made.inputs)).changes, "DIFF_SOME");
        });

        it("does not take another spelling of a certificate for another one", async () => {
            const { privateKey } = CREDENTIALS["a Kubernetes certificate"].keys.kubernetes;
            const certificate = CERTIFICATE.replaceAll("\n", "\r\n");
            const made = await world.make("credentials", { ...GENERATED, kubernetes: { certificate, privateKey } });
            await elsewhere(made, {
                credentials: {
                    name: made.props.name,
                    provider: "k8s",
                    keys: { certificate: CERTIFICATE.trim(), privateKey },
                },
            });
            assert.deepEqual((await world.provider.refreshed(made)).inputs, made.inputs);
        });

        it("by its id alone gives all that the Platform shows", async () => {
            const made = await world.make("credentials", {
                name: "mine",
                description: "d",
                ...CREDENTIALS["an AWS role"].keys,
            });
            const { __provider } = made.props;
            const { props, inputs } = await world.provider.read({
                ...made,
                props: { __provider, ...world.connection },
            });
            assert.deepEqual(props, made.props);
            assert.deepEqual(inputs, made.inputs);
        });
    });

    describe("of a label", () => {
        it("sees another name or value, and that it is gone", async () => {
            const made = await world.make("label", { name: "team", value: "genomics" });
            assert.deepEqual((await world.provider.refreshed(made)).props, made.props);
            await elsewhere(made, { name: "group", value: "imaging" });
            const refreshed = await world.provider.refreshed(made);
            assert.deepEqual([refreshed.inputs.name, refreshed.inputs.value], ["group", "imaging"]);
            await world.provider.delete(made);
            assert.equal((await world.provider.read(made)).id, "");
        });

        it("by its id alone gives all there is, and leaves it to its owner", async () => {
            const made = await world.make("label", { name: "team", value: "genomics" });
            const { __provider } = made.props;
            const { id, props } = await world.provider.read({ ...made, props: { __provider, ...world.connection } });
            assert.equal(id, made.id);
            assert.deepEqual(props, { ...made.props, owned: false });
        });
    });

    describe("of the primary environment", () => {
        it("sees which one it is now, and that there is none", async () => {
            const first = await world.make("computeEnv", environmentInputs(credentialsId));
            const second = await world.make("computeEnv", environmentInputs(credentialsId, { namespace: "other" }));
            const made = await world.make("primaryComputeEnv", { computeEnvId: first.id });
            assert.deepEqual((await world.provider.refreshed(made)).props, made.props);
            await world.make("primaryComputeEnv", { computeEnvId: second.id });
            const refreshed = await world.provider.refreshed(made);
            assert.equal(refreshed.inputs.computeEnvId, second.id);
            assert.equal((await world.provider.diff(refreshed, made.inputs)).changes, "DIFF_SOME");
            world.platform.setComputeEnvStatus(second.id, "DELETED");
            assert.equal((await world.provider.read(made)).id, "");
        });

        it("by its id alone finds it", async () => {
            const first = await world.make("computeEnv", environmentInputs(credentialsId));
            const made = await world.make("primaryComputeEnv", { computeEnvId: first.id });
            const { __provider } = made.props;
            const { props } = await world.provider.read({ ...made, props: { __provider, ...world.connection } });
            assert.deepEqual(props, made.props);
        });
    });
});
