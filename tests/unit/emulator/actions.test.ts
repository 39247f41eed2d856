import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { got } from "got";
import type { EmulatorOptions, PlatformEmulator } from "../../../src/emulator";
import {
    Client,
    createComputeEnv,
    createCredentials,
    eventually,
    settled,
    startEmulator,
    stopEmulators,
} from "./support";

const START = "2026-03-27T00:30:00Z";

describe("emulator: actions", () => {
    let emulator: PlatformEmulator;
    let client: Client;
    let computeEnvId: string;

    afterEach(stopEmulators);

    async function start(options: EmulatorOptions = {}): Promise<void> {
        const from = Date.parse(START) - Date.now();
        emulator = await startEmulator({ clock: () => new Date(Date.now() + from), ...options });
        client = new Client(emulator.endpoint, options.accessTokens?.[0].token);
        computeEnvId = await createComputeEnv(client, await createCredentials(client));
        await settled(client, computeEnvId);
    }

    async function create(overrides: object = {}): Promise<string> {
        const launch = { computeEnvId, pipeline: "https://github.com/nextflow-io/hello", paramsText: "a: 1\nb: 2\n" };
        const { status, body } = await client.post("/actions", { name: "one", source: "tower", launch, ...overrides });
        assert.equal(status, 200, JSON.stringify(body));
        return body.actionId as string;
    }

    const nightly = { name: "nightly", source: "cron", cron: { expression: "0 2 * * *", timezone: "Europe/Paris" } };

    async function describeAction(id: string): Promise<Record<string, any>> {
        return (await client.get(`/actions/${id}`, { attributes: "labels" })).body.action as Record<string, any>;
    }

    const runs = (): string[] => emulator.state.runs.map(({ id }) => id);

    describe("with a webhook", () => {
        it("are launched by the call that their list entry shows, with parameters over their own", async () => {
            await start();
            const id = await create();
            const { endpoint, usageCmd, hint } = (await client.get("/actions")).body.actions[0];
            assert.ok((usageCmd as string).includes(`"${endpoint}"`) && hint !== null);
            const answer = await got.post(endpoint as string, {
                headers: { authorization: "Bearer seqera-emulator-token" },
                json: { params: { b: 3 } },
            });
            const { workflowId } = JSON.parse(answer.body) as { workflowId: string };
            assert.deepEqual((await client.get(`/workflow/${workflowId}`)).body.workflow.params, { a: 1, b: 3 });
            const { event, lastSeen } = await describeAction(id);
            assert.deepEqual([event.discriminator, event.workflowId], ["tower", workflowId]);
            assert.equal(event.timestamp, lastSeen);
        });

        it("run with their labels", async () => {
            await start();
            const label = (await client.post("/labels", { name: "hooked" })).body.id as number;
            const launch = { computeEnvId, pipeline: "hello", labelIds: [label] };
            const id = await create({ launch });
            assert.equal((await describeAction(id)).labels[0].name, "hooked");
            const { workflowId } = (await client.post(`/actions/${id}/launch`)).body;
            const { labels } = (await client.get(`/workflow/${workflowId}`, { attributes: "labels" })).body;
            assert.equal(labels[0].name, "hooked");
            const launchId = (await describeAction(id)).launch.id as string;
            await client.put(`/actions/${id}`, { launch: { ...launch, id: launchId, labelIds: [] } });
            assert.deepEqual((await describeAction(id)).labels, []);
        });
    });

    describe("with a schedule", () => {
        it("fire when the clock comes to their time, in their time zone, also over the change to summer time", async () => {
            await start();
            const id = await create(nightly);
            assert.equal((await describeAction(id)).nextExecution, "2026-03-27T01:00:00Z");
            emulator.setClock("2026-03-27T00:59:59Z");
            assert.deepEqual(runs(), []);
            emulator.setClock("2026-03-27T01:00:00Z");
            const [run] = emulator.state.runs;
            const { event, nextExecution } = await describeAction(id);
            assert.deepEqual(
                [event.discriminator, event.scheduledTime, event.workflowId, nextExecution],
                ["cron", "2026-03-27T01:00:00Z", run.id, "2026-03-28T01:00:00Z"],
            );
            assert.equal(run.userName, "emulator");
            // On 29 March there is no 2:00 in Paris: it is 3:00, an hour earlier than the night before.
            emulator.setClock("2026-03-30T12:00:00Z");
            assert.equal(runs().length, 4);
            assert.equal((await describeAction(id)).nextExecution, "2026-03-31T00:00:00Z");
        });

        it("fire by themselves as time passes, without a call", async () => {
            const folder = mkdtempSync(join(tmpdir(), "emulator-actions-"));
            try {
                let now = Date.parse(START);
                const stateFile = join(folder, "state.json");
                await start({ clock: () => new Date(now), stateFile });
                await create({ ...nightly, cron: { expression: "31 0 * * *" } });
                now += 60_000;
                await eventually("it fires", () => {
                    const { state } = JSON.parse(readFileSync(stateFile, "utf8")) as { state: { runs: object[] } };
                    return state.runs.length === 1;
                });
            } finally {
                await stopEmulators();
                rmSync(folder, { recursive: true });
            }
        });

        it("do not fire while they are paused, nor make up for it", async () => {
            await start();
            const id = await create(nightly);
            await client.post(`/actions/${id}/pause`);
            const { status, nextExecution } = await describeAction(id);
            assert.deepEqual([status, nextExecution], ["PAUSED", null]);
            emulator.setClock("2026-03-28T12:00:00Z");
            await client.post(`/actions/${id}/pause`);
            assert.deepEqual(runs(), []);
            assert.equal((await describeAction(id)).nextExecution, "2026-03-29T01:00:00Z");
        });

        it("take another schedule, and refuse what is none", async () => {
            await start();
            const id = await create(nightly);
            const put = async (cron: object): Promise<any> =>
                await client.put(`/actions/${id}`, { name: "nightly", cron });
            assert.equal((await put({ expression: "0 12 * * *", preset: "daily" })).status, 204);
            const { config, nextExecution } = await describeAction(id);
            assert.deepEqual([config.expression, nextExecution], ["0 12 * * *", "2026-03-27T12:00:00Z"]);
            for (const wrong of ["0 0 12 * * *", "61 * * * *", "never"]) {
                const { status, body } = await put({ expression: wrong });
                assert.equal(status, 400);
                assert.ok((body.message as string).startsWith(`Invalid schedule '${wrong}'`));
            }
            assert.equal((await put({ expression: "* * * * *", timezone: "Mars/Base" })).status, 400);
            assert.equal((await describeAction(id)).config.expression, "0 12 * * *");
        });

        it("are in ERROR when they cannot launch, until they are changed", async () => {
            await start();
            const id = await create(nightly);
            await client.post(`/compute-envs/${computeEnvId}/disable`);
            emulator.setClock("2026-03-27T01:00:00Z");
            const { status, error } = await describeAction(id);
            assert.deepEqual([status, error], ["ERROR", "Compute environment is not available"]);
            assert.equal((await client.put(`/actions/${id}`, { name: "mended" })).status, 204);
            assert.deepEqual([(await describeAction(id)).status, (await describeAction(id)).error], ["ACTIVE", null]);
        });

        it("go on with the next emulator, which does not make up for what was due meanwhile", async () => {
            const folder = mkdtempSync(join(tmpdir(), "emulator-actions-"));
            try {
                const stateFile = join(folder, "state.json");
                await start({ stateFile });
                const id = await create(nightly);
                await emulator.stop();
                emulator = await startEmulator({ stateFile, clock: () => new Date("2026-03-28T12:00:00Z") });
                client = new Client(emulator.endpoint);
                assert.equal((await describeAction(id)).nextExecution, "2026-03-29T01:00:00Z");
                assert.deepEqual(runs(), []);
            } finally {
                await stopEmulators();
                rmSync(folder, { recursive: true });
            }
        });
    });

    describe("of pushes and uploads", () => {
        it("are launched by them, with what happened as their event", async () => {
            await start({ accessTokens: [{ token: "t", github: true }] });
            const pushed = await create({ name: "pushed", source: "github" });
            const bucket = { dataLinkId: "v1-cloud-1", events: ["ObjectCreated"], filter: "*.csv" };
            const put = await create({ name: "put", source: "bucket", bucket });
            const { config, hookUrl } = await describeAction(pushed);
            assert.deepEqual(config.events, ["push"]);
            assert.match(hookUrl as string, /^https:\/\/api\.github\.com\/repos\/nextflow-io\/hello\/hooks\/\d+$/);
            emulator.fireAction(pushed, { ref: "refs/heads/dev" });
            emulator.fireAction(put);
            assert.equal(runs().length, 2);
            assert.equal((await describeAction(pushed)).event.ref, "refs/heads/dev");
            assert.equal((await describeAction(put)).event.discriminator, "bucket");
            const refused = await client.post(`/actions/${put}/launch`);
            assert.match(refused.body.message as string, /has the source 'bucket'/);
        });
    });

    describe("sources", () => {
        it("are listed, GitHub enabled for whoever signed in with it", async () => {
            await start({ accessTokens: [{ token: "t" }, { token: "g", userName: "g", github: true }] });
            const enabled = async (token: string): Promise<object> => {
                const { eventTypes } = (await new Client(emulator.endpoint, token).get("/actions/types")).body;
                return Object.fromEntries(eventTypes.map((each: any) => [each.source, each.enabled]));
            };
            assert.deepEqual(await enabled("t"), { tower: true, github: false, bucket: true, cron: true });
            assert.deepEqual(await enabled("g"), { tower: true, github: true, bucket: true, cron: true });
        });

        it("that the Platform does not offer are refused", async () => {
            await start({ actionSources: ["tower"] });
            const { eventTypes } = (await client.get("/actions/types")).body;
            assert.equal(eventTypes.length, 1);
            const launch = { computeEnvId, pipeline: "hello" };
            const { status, body } = await client.post("/actions", { ...nightly, launch });
            assert.deepEqual([status, body.message], [400, "Unknown action source 'cron'"]);
        });
    });

    describe("that are being created", () => {
        it("become ACTIVE after a number of looks, and cannot be paused before", async () => {
            await start({ timings: { create: { polls: 0 }, action: { polls: 2 } } });
            const id = await create();
            assert.equal((await client.post(`/actions/${id}/pause`)).status, 400);
            const seen = [];
            for (let i = 0; i < 3; i++) {
                seen.push((await describeAction(id)).status);
            }
            assert.deepEqual(seen, ["CREATING", "CREATING", "ACTIVE"]);
        });

        it("end in ERROR, or never, by a fault", async () => {
            await start();
            const match = { operation: "CreateAction" };
            emulator.faults.add({ match, kind: "outcome", status: "ERRORED", message: "No right to the bucket" });
            const failed = await create();
            assert.deepEqual(
                [(await describeAction(failed)).status, (await describeAction(failed)).error],
                ["ERROR", "No right to the bucket"],
            );
            emulator.faults.remove();
            emulator.faults.add({ match, kind: "stuck" });
            const stuck = await create({ name: "stuck" });
            assert.equal((await describeAction(stuck)).status, "CREATING");
            emulator.faults.remove();
            assert.equal((await describeAction(stuck)).status, "ACTIVE");
            emulator.setActionStatus(stuck, "ERROR", "gone");
            assert.equal((await describeAction(stuck)).error, "gone");
        });
    });

    it("and runs and the clock are controlled from other processes, too", async () => {
        await start();
        const id = await create(nightly);
        const control = async (method: "PUT" | "POST", path: string, json: object): Promise<any> => {
            const answer = await got(`${emulator.controlEndpoint}${path}`, { method, json, throwHttpErrors: false });
            return answer.body === "" ? answer.statusCode : JSON.parse(answer.body);
        };
        assert.equal(await control("PUT", "/run-scripts", { scripts: [{ status: "FAILED" }] }), 204);
        const { id: fired } = await control("POST", `/actions/${id}/fire`, {});
        assert.equal((await client.get(`/workflow/${fired}`)).body.workflow.status, "FAILED");
        assert.equal(await control("PUT", "/clock", { to: "2026-03-27T01:00:00Z" }), 204);
        assert.equal(runs().length, 2);
        assert.match(
            (await control("PUT", "/clock", { to: START })).message as string,
            /^clock: .* is not a time after/,
        );
        assert.equal(await control("POST", `/actions/${id}/status`, { status: "ERROR", error: "gone" }), 204);
        assert.equal((await describeAction(id)).error, "gone");
        assert.match((await control("POST", "/actions/nope/fire", {})).message as string, /^No action with id nope/);
        assert.match((await control("PUT", "/run-scripts", {})).message as string, /'scripts' must be a list/);
    });
});
