import assert from "node:assert/strict";
import { unfinishedMark } from "../../src/dynamic/providers/keptTexts";
import { CONFIG, eksInputs, environmentInputs } from "./inputs";
import { failure, type Made, type Props, until, useWorld, workspaceId } from "./support";

/** The call that a fault in the making of an environment belongs to. */
const CREATE = { operation: "CreateComputeEnv" };

describe("creating a compute environment", () => {
    const world = useWorld();
    const stored = () => world.platform.state.computeEnvs.filter(({ deleted }) => !deleted);

    /** What the engine keeps of a create that ended before the environment was ready. */
    async function unfinished(inputs: Props): Promise<{ made: Made; reason: string }> {
        const checked = await world.provider.checked("computeEnv", { ...world.connection, ...inputs });
        const error = await failure(world.provider.create("computeEnv", checked));
        assert.equal(error.id, stored()[0].id);
        assert.deepEqual(error.reasons, [error.message]);
        const props = error.properties as Props;
        for (const [key, value] of Object.entries(checked)) {
            assert.deepEqual(props[key], value, `${key} is kept, since state has nothing else to go on`);
        }
        return { made: { kind: "computeEnv", id: error.id, inputs: checked, props }, reason: error.message };
    }

    it("waits until it is AVAILABLE and gives all outputs", async () => {
        await world.restart({ timings: { create: { polls: 2 } } });
        const made = await world.make("computeEnv", environmentInputs(await world.credential()));
        const [env] = stored();
        assert.deepEqual(made.props, {
            ...made.inputs,
            status: "AVAILABLE",
            message: "",
            dateCreated: env.dateCreated,
            lastUpdated: env.lastUpdated,
            launchUrl: `${world.platform.endpoint.replace(/\/api$/, "")}/orgs/emulator/workspaces/compute/launchpad`,
        });
        assert.equal(made.id, env.id);
        assert.deepEqual(world.calls().filter((call) => call === "GET /compute-envs/{id}").length, 4);
    });

    it("sends what was given, as it was given", async () => {
        const credentialsId = await world.credential();
        const label = await world.make("label", { name: "team", value: "genomics" });
        const config = {
            ...CONFIG,
            preRunScript: "echo before\n",
            nextflowConfig: "process.cpus = 4\r\n",
            headPodSpec: "spec: {}\n",
            environment: [{ name: "A", value: "1", head: true, compute: false }],
        };
        const others = { description: "d", labelIds: [Number(label.id)], fusionMetricsCollectionEnabled: true };
        const made = await world.make("computeEnv", environmentInputs(credentialsId, config, others));
        const { body } = world.platform.requests.find(({ operation }) => operation === "CreateComputeEnv")!;
        assert.deepEqual(body, {
            computeEnv: {
                name: made.props.name,
                platform: "k8s-platform",
                credentialsId,
                description: unfinishedMark(made.inputs),
                fusionMetricsCollectionEnabled: true,
                config: { discriminator: "k8s-platform", ...config },
            },
            labelIds: [Number(label.id)],
        });
        assert.equal(stored()[0].description, "d");
    });

    it("works for EKS and GKE, whose server and certificate the Platform finds out", async () => {
        for (const [platform, workDir, keys] of [
            ["eks-platform", "s3://bucket/work", { aws: { assumeRoleArn: "arn:aws:iam::123456789012:role/seqera" } }],
            ["gke-platform", "gs://bucket/work", { google: { data: JSON.stringify({ type: "service_account" }) } }],
        ] as const) {
            const credential = await world.make("credentials", { name: platform, ...keys });
            const made = await world.make("computeEnv", { ...eksInputs({ workDir }, credential.id), platform });
            assert.equal(made.props.status, "AVAILABLE");
            const refreshed = await world.provider.refreshed(made);
            assert.deepEqual(refreshed.inputs, made.inputs);
        }
    });

    it("gives the front page where workspaces may not be listed", async () => {
        world.platform.faults.add({ kind: "status", status: 403, match: { path: "/user-info" } });
        const made = await world.make("computeEnv", environmentInputs(await world.credential()));
        assert.equal(made.props.launchUrl, world.platform.endpoint.replace(/\/api$/, ""));
    });

    it("works in the personal workspace", async () => {
        const { endpoint } = world.connection;
        const keys = { kubernetes: { token: "t" } };
        const credential = await world.provider.make("credentials", { endpoint, name: "mine", ...keys });
        const made = await world.provider.make("computeEnv", { endpoint, ...environmentInputs(credential.id) });
        assert.equal("workspaceId" in made.props, false);
        assert.equal(stored()[0].workspaceId, null);
        assert.match(made.props.launchUrl, /^http:\/\/127\.0\.0\.1:\d+\/launchpad$/);
    });

    describe("that ends ERRORED", () => {
        const message = 'serviceaccounts "nextflow-head" not found';
        const fault = () => world.platform.faults.add({ kind: "outcome", status: "ERRORED", message, match: CREATE });

        it("keeps it in state with the Platform's reason", async () => {
            const credentialsId = await world.credential();
            fault();
            const { made, reason } = await unfinished(environmentInputs(credentialsId));
            assert.equal(
                reason,
                `The Platform could not create the compute environment "${made.props.name}": "${message}". It stays in state: fix the cause, and the next \`pulumi up\` replaces it.`,
            );
            assert.equal(made.props.status, "ERRORED");
            assert.equal(made.props.message, message);
        });

        it("has it replaced next, the new one beside it, never by itself", async () => {
            const credentialsId = await world.credential();
            const inputs = environmentInputs(credentialsId);
            fault();
            const { made } = await unfinished(inputs);
            world.platform.faults.remove();

            const news = await world.provider.checked("computeEnv", { ...world.connection, ...inputs }, made.inputs);
            assert.deepEqual(await world.provider.diff(made, news), {
                changes: "DIFF_SOME",
                replaces: ["status"],
                deleteBeforeReplace: false,
            });
            const replacement = await world.make("computeEnv", inputs);
            assert.notEqual(replacement.id, made.id);
            assert.notEqual(replacement.props.name, made.props.name);
            await world.provider.delete(made);
            assert.deepEqual(
                stored().map(({ id, status }) => [id, status]),
                [[replacement.id, "AVAILABLE"]],
            );
        });

        it("says so where the Platform gives no reason", async () => {
            const credentialsId = await world.credential();
            world.platform.faults.add({ kind: "outcome", status: "ERRORED", message: "", match: CREATE });
            const { reason } = await unfinished(environmentInputs(credentialsId));
            assert.match(reason, /, and the Platform gives no reason\. It stays in state: /);
        });

        it("keeps what looks like a token out of the reason, and the reason in one line", async () => {
            const credentialsId = await world.credential();
            const leak =
                "GET https://10.0.0.1:6443/api failed\nAuthorization: Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln";
            world.platform.faults.add({ kind: "outcome", status: "ERRORED", message: leak, match: CREATE });
            const { made, reason } = await unfinished(environmentInputs(credentialsId));
            for (const text of [reason, made.props.message as string]) {
                assert.doesNotMatch(text, /eyJ/);
            }
            assert.doesNotMatch(reason, /\n/);
        });
    });

    describe("that ends INVALID", () => {
        it("keeps it in state, and the next update has it validated again", async () => {
            const credentialsId = await world.credential();
            const inputs = environmentInputs(credentialsId);
            world.platform.faults.add({ kind: "outcome", status: "INVALID", message: "bad credential", match: CREATE });
            const { made, reason } = await unfinished(inputs);
            assert.equal(
                reason,
                `The Platform reports the compute environment "${made.props.name}" as invalid: "bad credential". It stays in state: fix the credential or the cluster, and the next \`pulumi up\` validates it again.`,
            );
            assert.equal((await world.provider.diff(made, made.inputs)).changes, "DIFF_SOME");
            assert.deepEqual((await world.provider.diff(made, made.inputs)).replaces, []);
            world.quiet();
            const mended = await world.provider.update(made, { ...world.connection, ...inputs });
            assert.equal(mended.id, made.id);
            assert.equal(mended.props.status, "AVAILABLE");
            assert.deepEqual(world.calls(), [
                "GET /compute-envs/{id}",
                // Its own description in the place of the mark.
                "PUT /compute-envs/{id}",
                "POST /compute-envs/{id}/validate?force=true",
                "GET /compute-envs/{id}",
            ]);
            assert.equal((await world.provider.diff(mended, mended.inputs)).changes, "DIFF_NONE");
        });

        it("says what to do when the credential is still bad", async () => {
            const credentialsId = await world.credential();
            const inputs = environmentInputs(credentialsId);
            world.platform.faults.add({ kind: "outcome", status: "INVALID", message: "bad credential", match: CREATE });
            const { made } = await unfinished(inputs);
            world.platform.setCredentialsStatus(credentialsId, "INVALID", "expired");
            const error = await failure(world.provider.update(made, { ...world.connection, ...inputs }));
            assert.match(
                error.message,
                /^POST \/compute-envs\/\S+\/validate: HTTP 409: .* Its credentials are also invalid\. Fix them first/,
            );
        });
    });

    describe("that takes too long", () => {
        const slow = async () => environmentInputs(await world.credential(), {}, { createTimeoutSeconds: 0.3 });

        it("keeps it in state, and the next update goes on waiting", async () => {
            const inputs = await slow();
            world.platform.faults.add({ kind: "stuck", match: CREATE });
            const { made, reason } = await unfinished(inputs);
            assert.equal(
                reason,
                `The compute environment "${made.props.name}" is still CREATING after 0 s. It stays in state, and the next \`pulumi up\` continues to wait; to allow more time, raise createTimeoutSeconds. The usual cause is a service pod that cannot be scheduled: check the Deployment in its namespace.`,
            );
            assert.equal(made.props.status, "CREATING");

            // Still stuck: the reason is told again, and nothing is made.
            const again = await failure(world.provider.update(made, { ...world.connection, ...inputs }));
            assert.equal(again.id, made.id);
            assert.equal((again.properties as Props).status, "CREATING");

            world.platform.release(made.id);
            const mended = await world.provider.update(made, { ...world.connection, ...inputs });
            assert.equal(mended.props.status, "AVAILABLE");
            assert.equal(stored().length, 1);
        });

        it("and then turns out ERRORED is told as that", async () => {
            const inputs = await slow();
            world.platform.faults.add({ kind: "stuck", match: CREATE });
            const { made } = await unfinished(inputs);
            world.platform.setComputeEnvStatus(made.id, "ERRORED", "quota exceeded");
            const error = await failure(world.provider.update(made, { ...world.connection, ...inputs }));
            assert.match(error.message, /could not create .*: "quota exceeded"/);
            assert.equal((error.properties as Props).status, "ERRORED");
        });

        it("and then is gone is told as that", async () => {
            const inputs = await slow();
            world.platform.faults.add({ kind: "stuck", match: CREATE });
            const { made } = await unfinished(inputs);
            world.platform.setComputeEnvStatus(made.id, "DELETED");
            const error = await failure(world.provider.update(made, { ...world.connection, ...inputs }));
            assert.equal(
                error.message,
                `The compute environment "${made.props.name}" (${made.id}) no longer exists at ${world.platform.endpoint}. Run \`pulumi refresh\`, then \`pulumi up\` to create it again.`,
            );
        });
    });

    it("that loses the right to look keeps it in state", async () => {
        const credentialsId = await world.credential();
        world.platform.faults.add({
            kind: "status",
            status: 403,
            message: "Forbidden",
            match: { operation: "DescribeComputeEnv", times: 100 },
        });
        const { made, reason } = await unfinished(environmentInputs(credentialsId));
        assert.match(
            reason,
            /^Waiting for the compute environment "\S+" failed: GET \/compute-envs\/\S+: HTTP 403: "Forbidden"\. .* It stays in state, and the next `pulumi up` continues to wait\.$/,
        );
        assert.equal(made.props.status, "CREATING");
    });

    it("that is disabled meanwhile is done", async () => {
        await world.restart({ timings: { create: 60_000 } });
        const making = world.make("computeEnv", environmentInputs(await world.credential()));
        await until("it is being made", () => stored().length === 1);
        world.platform.setComputeEnvStatus(stored()[0].id, "DISABLED");
        assert.equal((await making).props.status, "DISABLED");
    });

    it("that is deleted meanwhile says so", async () => {
        await world.restart({ timings: { create: 60_000 } });
        const making = failure(world.make("computeEnv", environmentInputs(await world.credential())));
        await until("it is being made", () => stored().length === 1);
        world.platform.setComputeEnvStatus(stored()[0].id, "DELETED");
        assert.match(
            (await making).message,
            /was deleted while it was being created\. Run `pulumi refresh`, then `pulumi up`\.$/,
        );
    });

    describe("that the Platform refuses", () => {
        it("because the name is taken, says whose it is and harms nothing", async () => {
            const inputs = {
                ...environmentInputs(await world.credential()),
                namePrefix: undefined,
                nameSeed: undefined,
                name: "prod",
            };
            await world.make("computeEnv", inputs);
            const before = world.platform.state.computeEnvs;
            world.quiet();
            const error = await failure(world.make("computeEnv", inputs));
            assert.equal(
                error.message,
                `GET /compute-envs/validate: HTTP 409: "Duplicate element: a compute environment named 'prod' exists already". A compute environment named "prod" already exists in workspace ${workspaceId}. Choose another name, delete that one, or adopt it.`,
            );
            assert.equal(error.id, undefined);
            assert.deepEqual(world.platform.state.computeEnvs, before);
            assert.deepEqual(world.calls(), ["GET /compute-envs", "GET /compute-envs/validate"]);
        });

        it("because of its credential, leaves nothing behind", async () => {
            const credentialsId = await world.credential();
            world.platform.setCredentialsStatus(credentialsId, "INVALID", "expired");
            const error = await failure(world.make("computeEnv", environmentInputs(credentialsId)));
            assert.match(
                error.message,
                /^POST \/compute-envs: HTTP 400: "The credentials 'cluster' are invalid — expired\. .* Fix what the Platform reports, then run again\.$/,
            );
            assert.equal(error.id, undefined);
            assert.deepEqual(stored(), []);
        });

        it("because the role is too weak, says so", async () => {
            const credentialsId = await world.credential();
            world.platform.faults.add({
                kind: "status",
                status: 403,
                message: 'Forbidden. Missing permission(s): "compute_environment:write"',
                match: { operation: "CreateComputeEnv" },
            });
            const error = await failure(world.make("computeEnv", environmentInputs(credentialsId)));
            assert.match(error.message, /HTTP 403: .*compute_environment:write.* require Owner or Admin/);
            assert.equal(error.id, undefined);
        });

        it("because the token is refused, says where tokens come from", async () => {
            const error = await failure(
                world.make("label", { name: "team", value: "genomics", accessToken: "0123456789-elsewhere" }),
            );
            assert.equal(
                error.message,
                `GET /labels: HTTP 401. The access token is invalid or expired, or belongs to an installation other than ${world.platform.endpoint}. Check accessToken, seqera:accessToken or TOWER_ACCESS_TOKEN.`,
            );
        });

        it("because the workspace is another's, says so", async () => {
            const error = await failure(world.make("label", { name: "team", value: "genomics", workspaceId: 5 }));
            assert.match(
                error.message,
                /^GET \/labels: HTTP 403.* role in workspace 5 .* Check the workspace id and the role\.$/,
            );
        });
    });
});
