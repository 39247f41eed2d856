import assert from "node:assert/strict";
import type { FaultSpec, PlatformEmulator } from "../../../src/emulator";
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

describe("emulator: faults", () => {
    let emulator: PlatformEmulator;
    let client: Client;
    const label = { name: "team", value: "v1", resource: true };

    beforeEach(async () => {
        emulator = await startEmulator();
        client = new Client(emulator.endpoint);
    });

    afterEach(stopEmulators);

    const labels = (): number => emulator.state.labels.length;

    it("status: answers it, with message, body and headers, and no effect", async () => {
        const match = { operation: "CreateLabel" };
        emulator.faults.add({ kind: "status", status: 503, match });
        emulator.faults.add({
            kind: "status",
            status: 429,
            message: "slow down",
            headers: { "retry-after": "7" },
            match,
        });
        emulator.faults.add({ kind: "status", status: 502, body: { odd: 1 }, match: { ...match, nth: 2 } });
        const first = await client.post("/labels", label);
        // Of faults that hit one call the oldest decides; the others have had their hit too.
        assert.deepEqual([first.status, first.body], [503, { message: "Injected fault: status 503" }]);
        const second = await client.post("/labels", label);
        assert.deepEqual([second.status, second.body], [502, { odd: 1 }]);
        assert.equal(labels(), 0);
        assert.equal((await client.post("/labels", label)).status, 200);

        emulator.faults.add({ kind: "status", status: 429, message: "slow down", headers: { "retry-after": "7" } });
        const limited = await client.get("/labels");
        assert.deepEqual(
            [limited.status, limited.headers["retry-after"], limited.body.message],
            [429, "7", "slow down"],
        );
    });

    it("status: sends a text as it is, as the page of a proxy", async () => {
        emulator.faults.add({ kind: "status", status: 200, body: "<html>Log in</html>" });
        const page = await fetch(`${emulator.endpoint}/labels`);
        assert.deepEqual([page.headers.get("content-type"), await page.text()], ["text/html", "<html>Log in</html>"]);
    });

    it("status, applied: the call took effect although the answer says otherwise", async () => {
        emulator.faults.add({ kind: "status", status: 504, applied: true, match: { method: "post" } });
        assert.equal((await client.post("/labels", label)).status, 504);
        assert.equal(labels(), 1);
    });

    it("delay: serves later", async () => {
        emulator.faults.add({ kind: "delay", delayMs: 150 });
        const before = performance.now();
        assert.equal((await client.get("/labels")).status, 200);
        assert.ok(performance.now() - before >= 145);
    });

    it("reset-before: the connection breaks and nothing happened", async () => {
        emulator.faults.add({ kind: "reset-before", match: { path: "/labels" } });
        await assert.rejects(client.post("/labels", label), { code: "ECONNRESET" });
        assert.equal(labels(), 0);
        const [{ status, faults, body, actor }] = emulator.requests;
        assert.deepEqual([status, faults, body, actor], [null, ["reset-before"], label, "emulator"]);
    });

    it("refused: nothing happened, and nobody listens for a while", async () => {
        emulator.faults.add({ kind: "refused", forMs: 150, match: { path: "/labels" } });
        await assert.rejects(client.post("/labels", label), { code: "ECONNRESET" });
        await assert.rejects(client.get("/labels"), { code: "ECONNREFUSED" });
        assert.equal(labels(), 0);
        await eventually("somebody listens", () => client.get("/labels").then(Boolean, () => false));
        assert.equal((await client.post("/labels", label)).status, 200);
    });

    it("reset-after: the connection breaks and the call took effect", async () => {
        emulator.faults.add({ kind: "reset-after", match: { path: "/labels" } });
        await assert.rejects(client.post("/labels", label), { code: "ECONNRESET" });
        assert.equal(labels(), 1);
    });

    it("malformed: a body that is not JSON, after the effect", async () => {
        emulator.faults.add({ kind: "malformed" });
        await assert.rejects(client.post("/labels", label), SyntaxError);
        assert.equal(labels(), 1);
    });

    it("truncated: the connection breaks in the middle of the answer, after the effect", async () => {
        emulator.faults.add({ kind: "truncated" });
        await assert.rejects(client.post("/labels", label), { code: "ECONNRESET" });
        assert.equal(labels(), 1);
    });

    it("stuck: CREATING for ever, until released or the fault is removed", async () => {
        const credentialsId = await createCredentials(client);
        const fault = emulator.faults.add({ kind: "stuck", match: { operation: "CreateComputeEnv", times: 2 } });
        const released = await createComputeEnv(client, credentialsId, { name: "released" });
        const freed = await createComputeEnv(client, credentialsId, { name: "freed" });
        const status = async (id: string): Promise<string> =>
            (await client.get(`/compute-envs/${id}`)).body.computeEnv.status;
        for (let i = 0; i < 5; i++) {
            assert.deepEqual([await status(released), await status(freed)], ["CREATING", "CREATING"]);
        }
        emulator.release(released);
        await settled(client, released);
        assert.deepEqual([await status(released), await status(freed)], ["AVAILABLE", "CREATING"]);
        emulator.faults.remove(fault);
        assert.equal((await settled(client, freed)).body.computeEnv.status, "AVAILABLE");
        assert.deepEqual(emulator.faults.list(), []);
    });

    it("hits what matches only: method, path with wildcard, operation, workspace", async () => {
        const credentialsId = await createCredentials(client);
        const id = await createComputeEnv(client, credentialsId);
        const hit = async (match: FaultSpec["match"], call: () => Promise<{ status: number }>): Promise<boolean> => {
            emulator.faults.add({ kind: "status", status: 599, match });
            const { status } = await call();
            emulator.faults.remove();
            return status === 599;
        };
        const describeEnv = (): Promise<{ status: number }> => client.get(`/compute-envs/${id}`);
        assert.equal(await hit({}, describeEnv), true);
        assert.equal(await hit({ method: "GET" }, describeEnv), true);
        assert.equal(await hit({ method: "PUT" }, describeEnv), false);
        assert.equal(await hit({ path: "/compute-envs/*" }, describeEnv), true);
        assert.equal(await hit({ path: "/compute-envs" }, describeEnv), false);
        assert.equal(await hit({ path: "/*" }, describeEnv), false);
        assert.equal(await hit({ operation: "DescribeComputeEnv" }, describeEnv), true);
        assert.equal(await hit({ operation: "ListComputeEnvs" }, describeEnv), false);
        assert.equal(await hit({ workspaceId }, describeEnv), true);
        assert.equal(await hit({ workspaceId: null }, describeEnv), false);
        assert.equal(
            await hit({ workspaceId: null }, () => new Client(emulator.endpoint, undefined, {}).get("/user-info")),
            true,
        );
    });

    it("hits from the nth call on, as many times as told", async () => {
        emulator.faults.add({ kind: "status", status: 500, match: { path: "/labels", nth: 2, times: 2 } });
        const statuses: number[] = [];
        for (let i = 0; i < 5; i++) {
            statuses.push((await client.get("/labels")).status);
        }
        assert.deepEqual(statuses, [200, 500, 500, 200, 200]);
        assert.deepEqual(
            emulator.faults.list().map(({ seen, hits }) => [seen, hits]),
            [[5, 2]],
        );
    });

    it("hits before authentication, as a proxy would", async () => {
        emulator.faults.add({ kind: "status", status: 502 });
        assert.equal((await new Client(emulator.endpoint, "wrong").get("/labels")).status, 502);
    });

    it("lets a duplicate be found after a lost answer", async () => {
        const credentialsId = await createCredentials(client);
        emulator.faults.add({ kind: "reset-after", match: { operation: "CreateComputeEnv" } });
        const body = computeEnvBody(credentialsId);
        await assert.rejects(client.post("/compute-envs", body), { code: "ECONNRESET" });
        assert.equal((await client.post("/compute-envs", body)).status, 409);
        assert.equal((await client.get("/compute-envs")).body.computeEnvs[0].name, "prod");
    });

    it("refuses a fault that makes no sense", () => {
        const wrong: [object, RegExp][] = [
            [{ kind: "refused", forMs: 0 }, /forMs 0 is not a number of milliseconds above 0/],
            [{ kind: "explode" }, /unknown kind "explode"/],
            [{ kind: "status", status: 99 }, /status 99/],
            [{ kind: "status" }, /status undefined/],
            [{ kind: "delay" }, /delayMs undefined/],
            [{ kind: "outcome", status: "AVAILABLE" }, /ERRORED or INVALID/],
        ];
        for (const [spec, message] of wrong) {
            assert.throws(() => emulator.faults.add(spec as FaultSpec), message);
        }
    });
});
