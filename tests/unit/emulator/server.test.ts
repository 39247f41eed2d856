import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { got } from "got";
import { DEFAULT_ACCESS_TOKEN, PlatformEmulator, type EmulatorOptions } from "../../../src/emulator";
import { RateLimiter } from "../../../src/emulator/http/rateLimit";
import { selfSigned } from "./certificates";
import {
    Client,
    computeEnvBody,
    createComputeEnv,
    createCredentials,
    eventually,
    settled,
    startEmulator,
    stopEmulators,
    workspaceId,
} from "./support";

describe("emulator: server", () => {
    afterEach(stopEmulators);

    it("listens on a free loopback port under /api, or under the base path that it is given", async () => {
        const { endpoint, controlEndpoint } = await startEmulator();
        assert.match(endpoint, /^http:\/\/127\.0\.0\.1:\d+\/api$/);
        assert.equal(controlEndpoint, endpoint.replace("/api", "/emulator"));
        const outside = await fetch(endpoint.replace("/api", "/service-info"));
        assert.equal(outside.status, 404);
        const bare = await startEmulator({ basePath: "" });
        assert.match(bare.endpoint, /:\d+$/);
        assert.equal((await fetch(`${bare.endpoint}/service-info`)).status, 200);
        const deep = await startEmulator({ basePath: "/seqera/api/" });
        assert.equal((await fetch(`${deep.endpoint}/service-info`)).status, 200);
    });

    it("refuses options that make no sense", async () => {
        const wrong: [EmulatorOptions, RegExp][] = [
            [{ basePath: "api" }, /basePath: "api"/],
            [{ basePath: "/emulator" }, /reserved/],
            [{ rateLimit: 0 }, /rateLimit: 0/],
            [{ timings: { create: -1 } }, /timings\.create: -1/],
            [{ timings: { delete: { polls: NaN } } }, /timings\.delete/],
            [{ openapi: "/does/not/exist.yaml" }, /openapi: cannot read \/does\/not\/exist\.yaml/],
        ];
        for (const [options, message] of wrong) {
            await assert.rejects(PlatformEmulator.start(options), message);
        }
    });

    it("says so when its port is taken", async () => {
        const { endpoint } = await startEmulator();
        await assert.rejects(startEmulator({ port: Number(new URL(endpoint).port) }), { code: "EADDRINUSE" });
    });

    it("answers 404 for what it does not serve, and logs it", async () => {
        const { endpoint, requests } = await startEmulator();
        const { status, body } = await new Client(endpoint).get("/teams");
        assert.equal(status, 404);
        assert.match(body.message as string, /not served by the emulator/);
        assert.deepEqual([requests[0].path, requests[0].operation, requests[0].status], ["/teams", null, 404]);
    });

    it("logs method, path, query, operation, body, status, user, agent and time, and forgets them when told", async () => {
        const emulator = await startEmulator({ clock: () => new Date("2026-02-03T04:05:06.789Z") });
        const client = new Client(emulator.endpoint);
        await client.get("/compute-envs", { attributes: ["labels", "resources"] });
        await client.post("/labels", { name: "x" });
        const [first, second] = emulator.requests;
        assert.match(first.userAgent ?? "", /got/);
        assert.deepEqual(
            { ...first, userAgent: null },
            {
                id: 1,
                at: "2026-02-03T04:05:06.789Z",
                method: "GET",
                path: "/compute-envs",
                query: { workspaceId: String(workspaceId), attributes: "labels,resources" },
                operation: "ListComputeEnvs",
                body: null,
                status: 200,
                actor: "emulator",
                userAgent: null,
                faults: [],
            },
        );
        assert.deepEqual([second.body, second.status], [{ name: "x" }, 400]);
        assert.match(second.error ?? "", /Label name/);
        emulator.clearRequests();
        assert.equal(emulator.requests.length, 0);
        await client.get("/labels");
        assert.equal(emulator.requests[0].id, 3);
    });

    it("keeps the newest requests when there are more than the limit", async () => {
        const emulator = await startEmulator({ requestLogLimit: 2 });
        const client = new Client(emulator.endpoint);
        for (let i = 0; i < 4; i++) {
            await client.get("/labels");
        }
        assert.deepEqual(
            emulator.requests.map(({ id }) => id),
            [3, 4],
        );
    });

    it("gives the same ids to the same calls, others with another seed", async () => {
        const ids = async (seed: number): Promise<unknown[]> => {
            const client = new Client((await startEmulator({ seed })).endpoint);
            const credentialsId = await createCredentials(client);
            const { body } = await client.post("/labels", { name: "x1" });
            return [credentialsId, body.id, await createComputeEnv(client, credentialsId)];
        };
        const first = await ids(7);
        assert.deepEqual(await ids(7), first);
        const other = await ids(8);
        first.forEach((id, i) => assert.notEqual(id, other[i]));
    });

    describe("rate limit", () => {
        it("answers 429 over 20 calls in a second, for each token on its own, and recovers", async () => {
            const { endpoint } = await startEmulator({
                rateLimit: undefined,
                accessTokens: [{ token: "a" }, { token: "b" }],
            });
            // The first call loads what others need, which could take a second.
            assert.equal((await new Client(endpoint, "b").get("/labels")).status, 200);
            const startedAt = performance.now();
            const burst = await Promise.all(Array.from({ length: 60 }, () => new Client(endpoint, "a").get("/labels")));
            const limited = burst.filter(({ status }) => status === 429);
            // 20 in a second, and as many again in each further one that a busy machine takes.
            const most = 20 * Math.ceil((performance.now() - startedAt) / 1000);
            assert.ok(
                burst.length - limited.length >= 20 && burst.length - limited.length <= most,
                `${limited.length}`,
            );
            assert.match(limited[0].body.message as string, /Too many requests/);
            assert.equal(limited[0].headers["retry-after"], undefined);
            assert.equal((await new Client(endpoint, "b").get("/labels")).status, 200);
            assert.equal((await new Client(endpoint, null, {}).get("/service-info")).status, 200);
            const again = new Client(endpoint, "a");
            await eventually("it recovers", async () => (await again.get("/labels")).status === 200);
        });

        it("counts what was let in within the last second, and forgets what is older", () => {
            const limiter = new RateLimiter(20, false);
            const refused = (at: number, token = 0): boolean => {
                try {
                    limiter.take(token, at);
                    return false;
                } catch {
                    return true;
                }
            };
            const burst = Array.from({ length: 25 }, (_, i) => refused(5_000 + i));
            assert.deepEqual(burst, [...Array<boolean>(20).fill(false), ...Array<boolean>(5).fill(true)]);
            assert.deepEqual([refused(5_999), refused(5_999, 1)], [true, false]);
            assert.deepEqual([refused(6_000), refused(6_000), refused(6_001)], [false, true, false]);
        });

        it("names Retry-After if the option says so", async () => {
            const client = new Client((await startEmulator({ rateLimit: 1, retryAfter: 3 })).endpoint);
            // Both reach it within a second, however busy the machine is.
            const answers = await Promise.all([client.get("/labels"), client.get("/labels")]);
            const { headers } = answers.find(({ status }) => status === 429)!;
            assert.equal(headers["retry-after"], "3");
        });
    });

    it("serves https with a given key and certificate", async () => {
        const { cert, key } = await selfSigned();
        const emulator = await startEmulator({ tls: { cert, key } });
        assert.match(emulator.endpoint, /^https:/);
        const url = `${emulator.endpoint}/service-info`;
        await assert.rejects(got(url, { retry: { limit: 0 } }), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
        assert.equal((await got(url, { https: { certificateAuthority: cert } })).statusCode, 200);
        emulator.faults.add({ kind: "reset-before" });
        await assert.rejects(got(url, { https: { certificateAuthority: cert }, retry: { limit: 0 } }), {
            code: "ECONNRESET",
        });
    });

    describe("state file", () => {
        let folder: string;
        let stateFile: string;

        beforeEach(() => {
            folder = mkdtempSync(join(tmpdir(), "emulator-"));
            stateFile = join(folder, "nested", "state.json");
        });

        afterEach(async () => {
            await stopEmulators();
            rmSync(folder, { recursive: true });
        });

        it("carries everything to the next emulator, keys included, in a file for its owner alone", async () => {
            const first = await startEmulator({ stateFile });
            const client = new Client(first.endpoint);
            const credentialsId = await createCredentials(client);
            const id = await createComputeEnv(client, credentialsId);
            await settled(client, id);
            assert.equal(statSync(stateFile).mode & 0o777, 0o600);
            const { state } = first;
            await first.stop();
            assert.match(readFileSync(stateFile, "utf8"), /s3cr3t-token/);

            const second = await startEmulator({ stateFile });
            assert.deepEqual(second.state, state);
            const again = new Client(second.endpoint);
            assert.equal((await again.get(`/compute-envs/${id}`)).body.computeEnv.status, "AVAILABLE");
            assert.notEqual(await createCredentials(again, { name: "next" }), credentialsId);
        });

        it("takes up work that was under way", async () => {
            const first = await startEmulator({ stateFile, timings: { create: 60_000, delete: 60_000 } });
            const client = new Client(first.endpoint);
            const credentialsId = await createCredentials(client);
            const creating = await createComputeEnv(client, credentialsId, { name: "creating" });
            const deleting = await createComputeEnv(client, credentialsId, { name: "deleting" });
            await client.delete(`/compute-envs/${deleting}`);
            await first.stop();
            const second = await startEmulator({ stateFile, timings: { create: 0, delete: 0 } });
            const again = new Client(second.endpoint);
            assert.equal((await settled(again, creating)).body.computeEnv.status, "AVAILABLE");
            assert.equal((await settled(again, deleting)).body.computeEnv.status, "DELETED");
        });

        it("of an older emulator is taken as it is: runs without a session, actions that had not been fired", async () => {
            const scope = `workspace:${workspaceId}`;
            const at = "2026-01-01T00:00:00Z";
            const launch = { id: "launch", computeEnvId: null, pipeline: "hello", workDir: "/scratch/work" };
            const run = { id: "run1", scope, userId: 1, userName: "a", computeEnvId: "env", runName: "old_run" };
            const action = { id: "action", scope, name: "nightly", source: "cron", status: "ACTIVE", bucket: null };
            const state = {
                counter: { ids: 5 },
                runs: [{ ...run, status: "RUNNING", launch, submit: at, complete: null }],
                actions: [
                    {
                        ...{ ...action, cron: { expression: "0 2 * * *" }, labelIds: [] },
                        ...{ launch, dateCreated: at, lastUpdated: at },
                    },
                ],
            };
            mkdirSync(dirname(stateFile), { recursive: true });
            writeFileSync(stateFile, JSON.stringify({ format: 1, state }));
            const emulator = await startEmulator({ stateFile, clock: () => new Date(at) });
            const client = new Client(emulator.endpoint);
            const { workflow } = (await client.get("/workflow/run1")).body;
            assert.deepEqual([workflow.status, workflow.sessionId], ["RUNNING", null]);
            for (const path of [
                "/workflow",
                "/workflow/run1/launch",
                "/workflow/run1/progress",
                "/workflow/run1/log",
            ]) {
                assert.equal((await client.get(path)).status, 200, path);
            }
            assert.equal((await client.get("/actions/action")).body.action.nextExecution, "2026-01-01T02:00:00Z");
            emulator.setClock("2026-01-01T02:00:00Z");
            assert.equal((await client.get("/actions/action")).body.action.status, "ERROR");
        });

        it("is used by one emulator at a time, but a dead one's lock is taken over", async () => {
            const first = await startEmulator({ stateFile });
            await assert.rejects(startEmulator({ stateFile }), /in use by the emulator with process id \d+/);
            await first.stop();
            const dead = execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }).trim();
            writeFileSync(`${stateFile}.lock`, dead);
            const second = await startEmulator({ stateFile });
            await second.stop();
            assert.equal(existsSync(`${stateFile}.lock`), false);
        });

        it("is refused when it is something else, and left as it is", async () => {
            for (const text of ["{", "{}", '{"format":99,"state":{}}']) {
                writeFileSync(join(folder, "other.json"), text);
                await assert.rejects(
                    startEmulator({ stateFile: join(folder, "other.json") }),
                    /is not an emulator's state/,
                );
                assert.equal(readFileSync(join(folder, "other.json"), "utf8"), text);
                assert.equal(existsSync(join(folder, "other.json.lock")), false);
            }
        });
    });

    describe("control endpoints", () => {
        it("give the request log, the state, violations and faults to other processes", async () => {
            const emulator = await startEmulator({ timings: { create: { polls: 0 }, delete: { polls: 1 } } });
            const client = new Client(emulator.endpoint);
            const control = new Client(emulator.controlEndpoint, null, {});
            const credentialsId = await createCredentials(client);
            const id = await createComputeEnv(client, credentialsId);

            assert.deepEqual((await control.get("/health")).body, { endpoint: emulator.endpoint, pid: process.pid });
            assert.equal((await control.get("/requests")).body.length, 2);
            assert.equal((await control.delete("/requests")).status, 204);
            assert.equal((await control.get("/requests")).body.length, 0);
            assert.deepEqual((await control.get("/violations")).body, []);
            const state = (await control.get("/state")).body;
            assert.equal(state.computeEnvs[0].id, id);
            assert.equal(JSON.stringify(state).includes("s3cr3t-token"), false);

            const added = await control.post("/faults", { kind: "status", status: 503, match: { path: "/labels" } });
            assert.deepEqual([added.status, added.body], [200, { id: 1 }]);
            assert.equal((await client.get("/labels")).status, 503);
            assert.equal((await control.get("/faults")).body[0].hits, 1);
            assert.equal((await control.delete("/faults/1")).status, 204);
            assert.deepEqual((await control.get("/faults")).body, []);
            assert.equal((await control.post("/faults", { kind: "explode" })).status, 400);

            const run = (await control.post(`/compute-envs/${id}/runs`)).body.id as string;
            assert.equal((await client.delete(`/compute-envs/${id}`)).status, 409);
            assert.equal((await control.post(`/runs/${run}/end`, { status: "FAILED" })).status, 204);
            assert.equal((await client.get(`/workflow/${run}`)).body.workflow.status, "FAILED");

            await control.post(`/compute-envs/${id}/status`, { status: "INVALID", message: "m" });
            const { computeEnv } = (await client.get(`/compute-envs/${id}`)).body;
            assert.deepEqual([computeEnv.status, computeEnv.message], ["INVALID", "m"]);
            await control.post(`/credentials/${credentialsId}/status`, { status: "INVALID" });
            assert.equal(
                (await client.post("/compute-envs", computeEnvBody(credentialsId, { name: "x" }))).status,
                400,
            );

            await control.post("/faults", { kind: "stuck", match: { operation: "DeleteComputeEnv" } });
            await client.delete(`/compute-envs/${id}`);
            assert.equal((await control.post(`/compute-envs/${id}/release`)).status, 204);
            assert.equal((await settled(client, id)).body.computeEnv.deleted, true);

            assert.equal((await control.get("/unknown")).status, 404);
            assert.equal((await control.post("/compute-envs/unknown/runs")).status, 400);
            assert.equal((await control.post(`/compute-envs/${id}/status`, {})).status, 400);
        });

        it("are refused to a web page and to a foreign host name", async () => {
            const { controlEndpoint } = await startEmulator();
            for (const headers of [{ origin: "https://example.com" }, { host: "rebound.example.com" }]) {
                const { statusCode } = await got(`${controlEndpoint}/state`, { headers, throwHttpErrors: false });
                assert.equal(statusCode, 403);
            }
        });
    });

    it("stops at once although a client keeps its connection and work is under way", async () => {
        const emulator = await startEmulator({ timings: { create: 60_000 } });
        const client = new Client(emulator.endpoint);
        await createComputeEnv(client, await createCredentials(client));
        const before = performance.now();
        await emulator.stop();
        assert.ok(performance.now() - before < 1000);
        await assert.rejects(fetch(`${emulator.endpoint}/service-info`));
    });

    it("accepts the default token only where no other is given", async () => {
        const { endpoint } = await startEmulator({ accessTokens: [{ token: "mine" }] });
        assert.equal((await new Client(endpoint, DEFAULT_ACCESS_TOKEN).get("/labels")).status, 401);
        assert.equal((await new Client(endpoint, "mine").get("/labels")).status, 200);
    });
});
