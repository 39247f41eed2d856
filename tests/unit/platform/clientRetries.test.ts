import assert from "node:assert/strict";
import { mock } from "node:test";
import { Channel } from "../../../src/platform/channel";
import { PlatformClient } from "../../../src/platform/platformClient";
import {
    empty,
    failure,
    json,
    message,
    reset,
    ScriptedPlatform,
    silence,
    text,
    truncated,
    uniqueToken,
    waitUntil,
} from "./support";

const read = (body: unknown): unknown => body;

describe("client", () => {
    let platform: ScriptedPlatform;
    beforeEach(async () => void (platform = await ScriptedPlatform.start()));
    afterEach(() => platform.stop());

    describe("sends again", () => {
        for (const [what, failing] of [
            ["500", message(500, "Unexpected error")],
            ["502", text("Bad gateway", 502)],
            ["503", empty(503)],
            ["504", empty(504)],
            ["429", message(429, "Too many requests")],
            ["a broken connection", reset],
            ["an answer that breaks off", truncated({ some: "longer answer" })],
            ["no answer in time", silence],
        ] as const) {
            const requestTimeoutMs = failing === silence ? 200 : 10_000;
            for (const method of ["GET", "PUT", "DELETE"] as const) {
                it(`a ${method} after ${what}`, async () => {
                    platform.on(`${method} /things/x`, failing, failing, json({ fine: true }));
                    const client = platform.client({ requestTimeoutMs });
                    if (method === "DELETE") {
                        await client.delete("/things/x");
                    } else if (method === "PUT") {
                        assert.deepEqual(await client.put("/things/x", {}, { read }), { fine: true });
                    } else {
                        assert.deepEqual(await client.get("/things/x", { read }), { fine: true });
                    }
                    assert.equal(platform.count(`${method} /things/x`), 3);
                });
            }

            if (what !== "429") {
                it(`never a POST after ${what}, and says that it may have taken effect`, async () => {
                    platform.on("POST /things", failing);
                    const error = await failure(platform.client({ requestTimeoutMs }).post("/things", {}, { read }));
                    assert.equal(platform.count("POST /things"), 1);
                    assert.equal(error.mayHaveTakenEffect, true);
                    assert.match(error.message, /The call may still have succeeded\./);
                });
            }
        }

        it("a DELETE that is refused the second time, and says that the first may have taken effect", async () => {
            platform.on("DELETE /things/x", reset, message(403, "Forbidden"));
            const error = await failure(platform.client().delete("/things/x"));
            assert.deepEqual([error.kind, error.attempts, error.mayHaveTakenEffect], ["forbidden", 2, true]);
        });

        it("a POST after 429, which had no effect", async () => {
            platform.on("POST /things", message(429, "slow down"), json({ id: 1 }));
            assert.deepEqual(await platform.client().post("/things", {}, { read }), { id: 1 });
            assert.equal(platform.count("POST /things"), 2);
        });

        it("a POST that sets a state and is declared idempotent", async () => {
            platform.on("POST /things/x/primary", reset, empty());
            await platform.client().post("/things/x/primary", {}, { idempotent: true });
            assert.equal(platform.count("POST /things/x/primary"), 2);
        });

        it("a POST that never reached a server", async () => {
            const gone = await ScriptedPlatform.start();
            const client = new PlatformClient(
                { endpoint: gone.endpoint, accessToken: uniqueToken() },
                { retry: { limit: 3, baseDelayMs: 1 } },
            );
            await gone.stop();
            const error = await failure(client.post("/things", {}));
            assert.equal(error.attempts, 4);
            assert.equal(error.networkFault, "refused");
            assert.equal(error.mayHaveTakenEffect, false);
        });

        for (const status of [400, 401, 403, 404, 405, 409, 501]) {
            it(`nothing after ${status}`, async () => {
                platform.on("GET /things", message(status, "no"));
                assert.equal((await failure(platform.client().get("/things"))).status, status);
                assert.equal(platform.calls.length, 1);
            });
        }

        it("at most as often as it is told, and reports how often it was", async () => {
            platform.on("GET /things", empty(503));
            const error = await failure(platform.client({ retry: { limit: 2 } }).get("/things"));
            assert.deepEqual([error.kind, error.status, error.attempts], ["serverError", 503, 3]);
            assert.equal(platform.calls.length, 3);
        });

        it("after the time of Retry-After, for every client with the token", async () => {
            platform.on("GET /busy", empty(429, { "retry-after": "1" }), json({})).on("GET /other", json({}));
            const accessToken = uniqueToken();
            const [one, two] = [platform.client({ accessToken }), platform.client({ accessToken })];
            const told = mock.method(Channel.prototype, "pauseUntil").mock;
            const busy = one.get("/busy");
            await waitUntil(() => told.callCount() === 1);
            told.restore();
            await Promise.all([busy, two.get("/other")]);
            const [first, ...rest] = platform.received;
            assert.deepEqual(rest.map(({ call }) => call).sort(), ["GET /busy", "GET /other"]);
            for (const request of rest) {
                const waited = request.at - (first?.at ?? 0);
                assert.ok(waited >= 950 && waited < 10_000, `${request.call} came after ${waited} ms`);
            }
        });

        it("not at all when Retry-After asks for more than the limit or the deadline allow", async () => {
            platform
                .on("GET /things", empty(429, { "retry-after": "3600" }))
                .on("GET /soon", empty(429, { "retry-after": "2" }));
            const started = Date.now();
            const error = await failure(platform.client().get("/things"));
            assert.deepEqual([error.kind, error.retryAfterMs, error.attempts], ["rateLimited", 3_600_000, 1]);
            const soon = await failure(platform.client().get("/soon", { deadline: Date.now() + 1_000 }));
            assert.deepEqual([soon.kind, soon.attempts], ["rateLimited", 1]);
            assert.ok(Date.now() - started < 5_000);
        });
    });
});
