import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { after, empty, failure, json, message, ScriptedPlatform, silence, uniqueToken, waitUntil } from "./support";

describe("client", () => {
    let platform: ScriptedPlatform;
    beforeEach(async () => void (platform = await ScriptedPlatform.start()));
    afterEach(() => platform.stop());

    describe("limits", () => {
        it("the calls of any second, for all clients of a token together", async () => {
            platform.on("GET /things", json({}));
            const options = { accessToken: uniqueToken(), callsPerSecond: 5 };
            const clients = [platform.client(options), platform.client(options)];
            await clients[0].get("/things");
            // A limit that counts by the clock's seconds would now let nine pass around the change of the second.
            await new Promise((resolve) => setTimeout(resolve, 700));
            await Promise.all(Array.from({ length: 9 }, (_, index) => clients[index % 2].get("/things")));
            const times = platform.received.map(({ at }) => at).sort((a, b) => a - b);
            for (let at = 5; at < times.length; at++) {
                // A second, less what a busy machine takes from request to request.
                assert.ok(times[at] - times[at - 5] >= 750, JSON.stringify(times.map((time) => time - times[0])));
            }
        });

        it("retries count as calls", async () => {
            platform.on("GET /things", empty(503), empty(503), empty(503), json({}));
            await platform.client({ callsPerSecond: 2 }).get("/things");
            const times = platform.received.map(({ at }) => at);
            assert.ok(times[2] - times[0] >= 750, JSON.stringify(times));
        });

        it("the calls in flight", async () => {
            let [inFlight, most] = [0, 0];
            platform.on("GET /things", (response) => {
                most = Math.max(most, ++inFlight);
                setTimeout(() => {
                    inFlight--;
                    response.end("{}");
                }, 30);
            });
            const client = platform.client({ maxConcurrentCalls: 3 });
            await Promise.all(Array.from({ length: 9 }, () => client.get("/things")));
            assert.equal(most, 3);
        });

        it("waiting in line is not held against the request's own time limit", async () => {
            platform.on("GET /things", after(100, json({})));
            const client = platform.client({ maxConcurrentCalls: 1, requestTimeoutMs: 400, retry: { limit: 0 } });
            await Promise.all(Array.from({ length: 6 }, () => client.get("/things")));
            assert.equal(platform.calls.length, 6);
        });

        it("the whole call by its deadline, retries included, and tells what it last saw", async () => {
            platform.on("GET /things", message(503, "Down for maintenance"));
            const client = platform.client({ retry: { limit: 1_000, baseDelayMs: 40, maxDelayMs: 40 } });
            const started = Date.now();
            const error = await failure(client.get("/things", { deadline: started + 1_000 }));
            assert.ok(Date.now() - started < 5_000);
            assert.ok(platform.calls.length > 1);
            // Either the limit cut an attempt off, or no pause fitted any more before it.
            assert.ok(["deadline", "serverError"].includes(error.kind), error.kind);
            assert.match(error.message, /Down for maintenance/);
        });

        it("a POST that is cut off by its deadline may have taken effect", async () => {
            platform.on("GET /things", json({})).on("POST /things", silence);
            const client = platform.client();
            // So that the connection is there, and what is sent goes out at once.
            await client.get("/things");
            const error = await failure(client.post("/things", {}, { deadline: Date.now() + 1_000 }));
            assert.deepEqual([error.kind, error.code, error.mayHaveTakenEffect], ["deadline", "DEADLINE", true]);
            assert.match(
                error.message,
                /^POST \/things: did not finish within the time limit of 1 s\. The call may still have succeeded/,
            );
        });

        it("a POST that was still in line at its deadline cannot have taken effect", async () => {
            platform.on("GET /slow", silence).on("POST /things", json({}));
            const client = platform.client({ maxConcurrentCalls: 1, requestTimeoutMs: 400, retry: { limit: 0 } });
            const slow = failure(client.get("/slow"));
            const error = await failure(client.post("/things", {}, { deadline: Date.now() + 50 }));
            assert.deepEqual([error.kind, error.mayHaveTakenEffect], ["deadline", false]);
            await slow;
            await client.get("/slow", { deadline: Date.now() + 30 }).catch(() => undefined);
            assert.equal(platform.count("POST /things"), 0);
        });

        it("a client's own limit on calls holds without a deadline", async () => {
            platform.on("GET /things", silence);
            const error = await failure(platform.client({ callTimeoutMs: 80 }).get("/things"));
            assert.equal(error.kind, "deadline");
        });

        it("the caller's signal ends a call while it waits for an answer", async () => {
            platform.on("POST /things", silence);
            const abort = new AbortController();
            const call = failure(platform.client().post("/things", {}, { signal: abort.signal }));
            await waitUntil(() => platform.calls.length === 1);
            abort.abort();
            const error = await call;
            assert.deepEqual([error.kind, error.mayHaveTakenEffect, error.transient], ["aborted", true, false]);
        });

        it("leave nothing behind on the caller's signal, which may live long", async () => {
            platform.on("GET /things", empty(503), json({}));
            const { signal } = new AbortController();
            await platform.client().get("/things", { signal });
            assert.deepEqual(getEventListeners(signal, "abort"), []);
        });

        it("the caller's signal ends a call while it pauses before a retry", async () => {
            platform.on("GET /things", empty(503));
            const abort = new AbortController();
            const call = failure(
                platform
                    .client({ retry: { baseDelayMs: 60_000, maxDelayMs: 60_000 } })
                    .get("/things", { signal: abort.signal }),
            );
            await waitUntil(() => platform.answered === 1);
            abort.abort();
            assert.equal((await call).kind, "aborted");
            assert.equal(platform.calls.length, 1);
        });

        it("a signal that was aborted before sends nothing", async () => {
            const error = await failure(platform.client().post("/things", {}, { signal: AbortSignal.abort() }));
            assert.deepEqual([error.kind, error.mayHaveTakenEffect], ["aborted", false]);
            assert.deepEqual(platform.calls, []);
        });
    });
});
