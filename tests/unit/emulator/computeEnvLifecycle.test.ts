import assert from "node:assert/strict";
import type { DeletedAnswer, EmulatorOptions, PlatformEmulator } from "../../../src/emulator";
import {
    Client,
    computeEnvBody,
    createComputeEnv,
    createCredentials,
    settled,
    startEmulator,
    stopEmulators,
} from "./support";

describe("emulator: the life of a compute environment", () => {
    let emulator: PlatformEmulator;
    let client: Client;
    let credentialsId: string;
    let id: string;

    async function start(options: EmulatorOptions = {}): Promise<void> {
        emulator = await startEmulator(options);
        client = new Client(emulator.endpoint);
        credentialsId = await createCredentials(client);
        id = await createComputeEnv(client, credentialsId);
    }

    async function status(): Promise<string> {
        return (await client.get(`/compute-envs/${id}`)).body.computeEnv.status as string;
    }

    afterEach(stopEmulators);

    describe("timing", () => {
        it("counts describe calls: CREATING n times, then AVAILABLE; DELETING m times, then DELETED", async () => {
            await start({ timings: { create: { polls: 2 }, delete: { polls: 1 } } });
            assert.deepEqual([await status(), await status(), await status()], ["CREATING", "CREATING", "AVAILABLE"]);
            await client.delete(`/compute-envs/${id}`);
            assert.deepEqual([await status(), await status()], ["DELETING", "DELETED"]);
        });

        it("takes the milliseconds that it was told", async () => {
            const startedAt = performance.now();
            await start({ timings: { create: 150, delete: 0 } });
            assert.equal(await status(), "CREATING");
            assert.equal((await settled(client, id)).body.computeEnv.status, "AVAILABLE");
            assert.ok(performance.now() - startedAt >= 149);
        });

        it("can be deleted while it is being created", async () => {
            await start({ timings: { create: 60_000, delete: 0 } });
            assert.equal((await client.delete(`/compute-envs/${id}`)).status, 204);
            assert.equal((await settled(client, id)).body.computeEnv.status, "DELETED");
        });
    });

    describe("update", () => {
        it("changes the four fields that can change, and keeps what is left out", async () => {
            await start();
            const second = await createCredentials(client, { name: "second" });
            const changes = {
                name: "renamed",
                description: "new",
                credentialsId: second,
                fusionMetricsCollectionEnabled: true,
            };
            const { status: answered, body } = await client.put(`/compute-envs/${id}`, changes);
            assert.deepEqual([answered, body], [204, undefined]);
            await client.put(`/compute-envs/${id}`, { name: "again" });
            const { computeEnv } = (await client.get(`/compute-envs/${id}`)).body;
            assert.deepEqual(
                [
                    computeEnv.name,
                    computeEnv.description,
                    computeEnv.credentialsId,
                    computeEnv.fusionMetricsCollectionEnabled,
                ],
                ["again", "new", second, true],
            );
        });

        it("clears what is left out, if the option says so", async () => {
            await start({ omittedFields: "clear" });
            await client.put(`/compute-envs/${id}`, { description: "new" });
            await client.put(`/compute-envs/${id}`, { name: "again" });
            assert.equal((await client.get(`/compute-envs/${id}`)).body.computeEnv.description, null);
        });

        it("refuses any other field, or ignores it if the option says so", async () => {
            await start();
            const { status: refused, body } = await client.put(`/compute-envs/${id}`, { config: {}, labelIds: [] });
            assert.equal(refused, 400);
            assert.match(body.message as string, /config, labelIds/);
            await start({ immutableFields: "ignore" });
            assert.equal((await client.put(`/compute-envs/${id}`, { name: "x", platform: "y" })).status, 204);
        });

        it("refuses a duplicate name (409), a bad name (400) and a bad credential (400); its own name is free", async () => {
            await start();
            await createComputeEnv(client, credentialsId, { name: "other" });
            assert.equal((await client.put(`/compute-envs/${id}`, { name: "other" })).status, 409);
            assert.equal((await client.put(`/compute-envs/${id}`, { name: "o t h e r" })).status, 400);
            assert.equal((await client.put(`/compute-envs/${id}`, { credentialsId: "nope" })).status, 400);
            assert.equal((await client.put(`/compute-envs/${id}`, { name: "prod" })).status, 204);
        });

        it("does not check a credential that stays", async () => {
            await start();
            emulator.setCredentialsStatus(credentialsId, "INVALID", "expired");
            assert.equal((await client.put(`/compute-envs/${id}`, { name: "x", credentialsId })).status, 204);
            const second = await createCredentials(client, { name: "second" });
            emulator.setCredentialsStatus(second, "INVALID", "expired");
            assert.equal((await client.put(`/compute-envs/${id}`, { credentialsId: second })).status, 400);
        });
    });

    describe("delete", () => {
        const answers: Record<DeletedAnswer, (status: number, body: Record<string, unknown>) => void> = {
            "200-deleted": (code, { computeEnv }) => assertDeleted(code, computeEnv, "DELETED"),
            "200-deleted-available": (code, { computeEnv }) => assertDeleted(code, computeEnv, "AVAILABLE"),
            "400": (code) => assert.equal(code, 400),
            "403": (code, body) => assert.deepEqual([code, body], [403, { message: "Forbidden" }]),
            "404": (code) => assert.equal(code, 404),
        };
        function assertDeleted(code: number, env: unknown, expected: string): void {
            const { deleted, name, status: shown } = env as Record<string, unknown>;
            assert.deepEqual([code, deleted, shown], [200, true, expected]);
            assert.match(name as string, /^deleted-\d+$/);
        }
        for (const [deletedAnswer, check] of Object.entries(answers)) {
            it(`then describes as ${deletedAnswer}`, async () => {
                await start({ deletedAnswer: deletedAnswer as DeletedAnswer });
                assert.equal((await client.delete(`/compute-envs/${id}`)).status, 204);
                const { status: code, body } = await client.get(`/compute-envs/${id}`);
                check(code, body as Record<string, unknown>);
                assert.deepEqual((await client.get("/compute-envs")).body.computeEnvs, []);
                assert.equal((await client.delete(`/compute-envs/${id}`)).status, 403);
            });
        }

        it("is refused with 409 while runs are active, and allowed when they have ended", async () => {
            await start();
            const run = emulator.addRun(id);
            const { status: refused, body } = await client.delete(`/compute-envs/${id}`);
            assert.equal(refused, 409);
            assert.match(body.message as string, /Conflicting deletion.*1 active/);
            assert.equal(await status(), "AVAILABLE");
            emulator.endRun(run);
            assert.equal((await client.delete(`/compute-envs/${id}`)).status, 204);
        });

        it("fails when the credential is gone, and works again with another one", async () => {
            await start();
            await client.delete(`/credentials/${credentialsId}`);
            await client.delete(`/compute-envs/${id}`);
            const { computeEnv } = (await settled(client, id)).body;
            assert.equal(computeEnv.status, "ERRORED");
            assert.match(computeEnv.message as string, /credentials have been deleted/);
            const second = await createCredentials(client, { name: "second" });
            await client.put(`/compute-envs/${id}`, { credentialsId: second });
            await client.delete(`/compute-envs/${id}`);
            assert.equal(await status(), "DELETED");
        });

        it("fails as an injected outcome says, and is not deleted", async () => {
            await start();
            emulator.faults.add({
                kind: "outcome",
                status: "ERRORED",
                message: "cleanup failed",
                match: { operation: "DeleteComputeEnv" },
            });
            await client.delete(`/compute-envs/${id}`);
            const { computeEnv } = (await settled(client, id)).body;
            assert.deepEqual(
                [computeEnv.status, computeEnv.message, computeEnv.deleted],
                ["ERRORED", "cleanup failed", null],
            );
            await client.delete(`/compute-envs/${id}`);
            assert.equal(await status(), "DELETED");
        });

        it("can be forced when ERRORED, INVALID or DELETING, whatever runs; nowhere else", async () => {
            for (const state of ["ERRORED", "INVALID", "DELETING"] as const) {
                await start();
                emulator.addRun(id);
                emulator.setComputeEnvStatus(id, state, "broken");
                assert.equal((await client.delete(`/compute-envs/${id}`, { force: true })).status, 204);
                assert.equal(await status(), "DELETED");
            }
            for (const state of ["AVAILABLE", "CREATING", "DISABLED"] as const) {
                await start();
                emulator.setComputeEnvStatus(id, state);
                const { status: refused, body } = await client.delete(`/compute-envs/${id}`, { force: true });
                assert.equal(refused, 400);
                assert.match(body.message as string, new RegExp(state));
                assert.equal(await status(), state);
            }
        });

        it("repeated while it goes on changes nothing", async () => {
            await start({ timings: { create: { polls: 0 }, delete: { polls: 2 } } });
            await client.delete(`/compute-envs/${id}`);
            assert.equal(await status(), "DELETING");
            assert.equal((await client.delete(`/compute-envs/${id}`)).status, 204);
            assert.deepEqual([await status(), await status()], ["DELETING", "DELETED"]);
        });
    });

    describe("creation that fails", () => {
        for (const outcome of ["ERRORED", "INVALID"] as const) {
            it(`ends ${outcome} with the message, keeps the name, and can be deleted`, async () => {
                await start();
                emulator.faults.add({
                    kind: "outcome",
                    status: outcome,
                    message: "no quota",
                    match: { operation: "CreateComputeEnv" },
                });
                id = await createComputeEnv(client, credentialsId, { name: "second" });
                const { computeEnv } = (await settled(client, id)).body;
                assert.deepEqual([computeEnv.status, computeEnv.message], [outcome, "no quota"]);
                assert.equal(
                    (await client.post("/compute-envs", computeEnvBody(credentialsId, { name: "second" }))).status,
                    409,
                );
                assert.equal((await client.delete(`/compute-envs/${id}`)).status, 204);
                assert.equal(await status(), "DELETED");
            });
        }

        it("ends ERRORED when the credential is deleted meanwhile", async () => {
            await start({ timings: { create: { polls: 1 }, delete: 0 } });
            emulator.faults.add({ kind: "stuck", match: { operation: "CreateComputeEnv" } });
            id = await createComputeEnv(client, credentialsId, { name: "second" });
            await client.delete(`/credentials/${credentialsId}`);
            emulator.release(id);
            const { computeEnv } = (await settled(client, id)).body;
            assert.equal(computeEnv.status, "ERRORED");
            assert.match(computeEnv.message as string, /credentials have been deleted/);
        });
    });

    describe("primary, disabled, validated", () => {
        it("has at most one primary in a workspace", async () => {
            await start();
            const second = await createComputeEnv(client, credentialsId, { name: "second" });
            for (const one of [id, second]) {
                assert.equal((await client.post(`/compute-envs/${one}/primary`)).status, 204);
                const { body } = await client.get("/compute-envs");
                const primary = (body.computeEnvs as { id: string; primary: boolean | null }[]).filter(
                    (env) => env.primary,
                );
                assert.deepEqual(
                    primary.map((env) => env.id),
                    [one],
                );
            }
        });

        it("unsets primary when disabled, and comes back enabled but not primary", async () => {
            await start();
            await client.post(`/compute-envs/${id}/primary`);
            assert.equal((await client.post(`/compute-envs/${id}/disable`)).status, 204);
            let env = (await client.get(`/compute-envs/${id}`)).body.computeEnv;
            assert.deepEqual([env.status, env.primary], ["DISABLED", null]);
            assert.equal((await client.post(`/compute-envs/${id}/primary`)).status, 400);
            assert.equal((await client.post(`/compute-envs/${id}/enable`)).status, 204);
            env = (await client.get(`/compute-envs/${id}`)).body.computeEnv;
            assert.deepEqual([env.status, env.primary], ["AVAILABLE", null]);
        });

        it("refuses to disable, enable or prefer one that is not ready", async () => {
            await start({ timings: { create: { polls: 1000 } } });
            for (const action of ["disable", "enable", "primary", "validate"]) {
                const { status: refused, body } = await client.post(`/compute-envs/${id}/${action}`);
                assert.equal(refused, 400, action);
                assert.match(body.message as string, /CREATING/);
            }
        });

        it("validates: INVALID with an INVALID credential, AVAILABLE again when that is mended", async () => {
            await start();
            emulator.setCredentialsStatus(credentialsId, "INVALID", "expired");
            let answer = await client.post(`/compute-envs/${id}/validate`);
            assert.equal(answer.status, 200);
            assert.deepEqual([answer.body.status, answer.body.transientError], ["INVALID", false]);
            assert.equal(await status(), "INVALID");
            assert.equal((await client.post(`/compute-envs/${id}/validate`, {}, { force: true })).status, 409);
            const forced = await client.post(`/credentials/${credentialsId}/validate`, {}, { force: true });
            assert.equal(forced.body.status, "AVAILABLE");
            answer = await client.post(`/compute-envs/${id}/validate`, {}, { force: true });
            assert.deepEqual([answer.status, answer.body.status], [200, "AVAILABLE"]);
            // Forcing is for INVALID alone.
            assert.equal((await client.post(`/compute-envs/${id}/validate`, {}, { force: true })).status, 409);
        });

        it("answers 405 to validate where pre-flight checks are off", async () => {
            await start({ preflight: false });
            assert.equal((await client.post(`/compute-envs/${id}/validate`)).status, 405);
        });
    });
});
