import assert from "node:assert/strict";
import type { DeletedAnswer } from "../../src/emulator";
import { CANARIES, CREDENTIALS, environmentInputs } from "./inputs";
import { failure, Provider, useWorld } from "./support";

const token = CREDENTIALS["a Kubernetes token"].keys;

describe("read", () => {
    const world = useWorld();
    let credentialsId: string;

    beforeEach(async () => {
        credentialsId = await world.credential();
        world.quiet();
    });

    describe("of what is gone", () => {
        for (const deletedAnswer of ["200-deleted", "200-deleted-available", "400", "403", "404"] as DeletedAnswer[]) {
            it(`and answered as ${deletedAnswer} finds it gone, once the list agrees`, async () => {
                await world.restart({ deletedAnswer });
                const made = await world.make("computeEnv", environmentInputs(await world.credential()));
                world.platform.setComputeEnvStatus(made.id, "DELETED");
                world.quiet();
                assert.deepEqual(await world.provider.read(made), {
                    id: "",
                    props: { __provider: made.props.__provider },
                    inputs: undefined,
                });
                assert.deepEqual(world.calls(), ["GET /compute-envs/{id}?attributes=labels", "GET /compute-envs"]);
            });
        }

        it("finds a credential gone, once the list agrees", async () => {
            const made = await world.make("credentials", { name: "mine", ...token });
            await world.provider.delete(made);
            assert.equal((await world.provider.read(made)).id, "");
        });
    });

    describe("of what cannot be seen", () => {
        const fault = (operation: string, status: number) =>
            world.platform.faults.add({
                kind: "status",
                status,
                message: "Forbidden",
                match: { operation, times: 100 },
            });

        for (const [status, hint] of [
            [403, /role in workspace/],
            [400, /Fix what the Platform reports/],
            [404, /object does not exist/],
        ] as const) {
            it(`as ${status}, while the list has it, is an error and no deletion`, async () => {
                const made = await world.make("computeEnv", environmentInputs(credentialsId));
                fault("DescribeComputeEnv", status);
                const error = await failure(world.provider.read(made));
                assert.match(error.message, new RegExp(`^GET /compute-envs/${made.id}: HTTP ${status}: "Forbidden"`));
                assert.match(error.message, hint);
            });
        }

        it("because the right is lost altogether is an error and no deletion", async () => {
            const env = await world.make("computeEnv", environmentInputs(credentialsId));
            const credential = await world.make("credentials", { name: "mine", ...token });
            for (const operation of [
                "DescribeComputeEnv",
                "ListComputeEnvs",
                "DescribeCredentials",
                "ListCredentials",
            ]) {
                fault(operation, 403);
            }
            for (const made of [env, credential]) {
                assert.match((await failure(world.provider.read(made))).message, /HTTP 403/);
            }
            world.platform.faults.remove();
            for (const made of [env, credential]) {
                assert.equal((await world.provider.read(made)).id, made.id);
            }
        });

        it("because the token is refused is an error and no deletion", async () => {
            const label = await world.make("label", { name: "team", value: "genomics" });
            const elsewhere = await Provider.start({ config: { "seqera:accessToken": "0123456789-elsewhere" } });
            for (const made of [await world.make("computeEnv", environmentInputs(credentialsId)), label]) {
                assert.match((await failure(elsewhere.read(made))).message, /HTTP 401\. The access token/);
            }
            await elsewhere.stop();
        });

        it("in another workspace by now is looked for in its own", async () => {
            const made = await world.make("computeEnv", environmentInputs(credentialsId));
            const elsewhere = await Provider.start({
                config: {
                    "seqera:accessToken": CANARIES.accessToken,
                    "seqera:workspaceId": "5",
                },
            });
            try {
                assert.equal((await elsewhere.read(made)).id, made.id);
            } finally {
                await elsewhere.stop();
            }
        });
    });

    it("and deletion stay in the personal workspace, although the configuration names another by now", async () => {
        const { endpoint } = world.connection;
        const credential = await world.provider.make("credentials", { endpoint, name: "personal", ...token });
        const env = await world.provider.make("computeEnv", { endpoint, ...environmentInputs(credential.id) });
        const later = await Provider.start({
            config: {
                "seqera:accessToken": CANARIES.accessToken,
                "seqera:workspaceId": String(world.connection.workspaceId),
            },
            env: { TOWER_WORKSPACE_ID: "5" },
        });
        try {
            assert.equal((await later.read(env)).id, env.id);
            const news = await later.checked("computeEnv", environmentInputs(credential.id), env.inputs);
            assert.deepEqual((await later.diff(env, { ...news, endpoint })).replaces, ["workspaceId"]);
            await later.delete(env);
            await later.delete(credential);
        } finally {
            await later.stop();
        }
        assert.equal(
            world.platform.state.computeEnvs.every(({ deleted }) => deleted),
            true,
        );
    });
});
