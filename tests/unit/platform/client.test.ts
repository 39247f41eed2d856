import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { PlatformClient } from "../../../src/platform/client";
import { isPlatformError } from "../../../src/platform/errors";
import {
    after,
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
} from "./support";

const read = (body: unknown): unknown => body;

describe("client", () => {
    let platform: ScriptedPlatform;
    beforeEach(async () => void (platform = await ScriptedPlatform.start()));
    afterEach(() => platform.stop());

    describe("a request", () => {
        it("carries the token, the API's version, our name and version, and the workspace", async () => {
            platform.on("GET /things", json({ n: 1 }));
            const client = platform.client({ accessToken: "the-access-token", workspaceId: 75887156211590 });
            assert.deepEqual(await client.get("/things", { read, query: { status: "AVAILABLE", skip: undefined } }), {
                n: 1,
            });
            const [request] = platform.received;
            const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
            assert.equal(request?.headers.authorization, "Bearer the-access-token");
            assert.equal(request?.headers["accept-version"], "1");
            assert.equal(request?.headers.accept, "application/json");
            assert.equal(request?.headers["user-agent"], `pulumi-seqera-kubernetes/${version}`);
            assert.equal(request?.query.toString(), "workspaceId=75887156211590&status=AVAILABLE");
        });

        it("sends bodies as JSON, with POST and PUT", async () => {
            platform
                .on("POST /things", json({ id: "x" }))
                .on("PUT /things/x", empty())
                .on("DELETE /things/x", empty());
            const client = platform.client();
            assert.deepEqual(await client.post("/things", { name: "ä" }, { read }), { id: "x" });
            await client.put("/things/x", { name: "b" });
            await client.delete("/things/x", { query: { force: true } });
            assert.deepEqual(
                platform.received.map(({ body }) => body),
                [{ name: "ä" }, { name: "b" }, undefined],
            );
            assert.match(platform.received[0]?.headers["content-type"] ?? "", /^application\/json/);
            assert.equal(platform.received[2]?.query.get("force"), "true");
        });

        it("repeats the key of a query value that is a list", async () => {
            platform.on("GET /things", json({}));
            await platform.client().get("/things", { query: { attributes: ["labels", "resources"] } });
            assert.deepEqual(platform.received[0]?.query.getAll("attributes"), ["labels", "resources"]);
        });

        it("of no workspace sends none, and an anonymous one no token either", async () => {
            platform.on("GET /things", json({}));
            const client = platform.client({ workspaceId: 5 });
            await client.get("/things", { scope: "none" });
            await client.get("/things", { scope: "anonymous" });
            assert.deepEqual(
                platform.received.map(({ query, headers }) => [
                    query.get("workspaceId"),
                    headers.authorization === undefined,
                ]),
                [
                    [null, false],
                    [null, true],
                ],
            );
        });

        it("keeps the base path of a self-hosted endpoint", async () => {
            platform.on("GET /base/api/things", json({}));
            const client = new PlatformClient({
                endpoint: `${platform.endpoint}/base/api/`,
                accessToken: uniqueToken(),
            });
            await client.get("/things");
            await client.close();
            assert.deepEqual(platform.calls, ["GET /base/api/things"]);
        });
    });

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
            for (const method of ["GET", "PUT", "DELETE"] as const) {
                it(`a ${method} after ${what}`, async () => {
                    platform.on(`${method} /things/x`, failing, failing, json({ fine: true }));
                    const client = platform.client({ requestTimeoutMs: 150 });
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
                    const error = await failure(
                        platform.client({ requestTimeoutMs: 150 }).post("/things", {}, { read }),
                    );
                    assert.equal(platform.count("POST /things"), 1);
                    assert.equal(error.mayHaveTakenEffect, true);
                    assert.match(error.message, /It may have taken effect all the same\./);
                });
            }
        }

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
            const busy = one.get("/busy");
            await waitUntil(() => platform.calls.length === 1);
            await new Promise((resolve) => setTimeout(resolve, 50));
            await Promise.all([busy, two.get("/other")]);
            const [first, ...rest] = platform.received;
            assert.deepEqual(rest.map(({ call }) => call).sort(), ["GET /busy", "GET /other"]);
            for (const request of rest) {
                const waited = request.at - (first?.at ?? 0);
                assert.ok(waited >= 950 && waited < 3_000, `${request.call} came after ${waited} ms`);
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
            assert.ok(Date.now() - started < 900);
        });
    });

    describe("limits", () => {
        it("the calls a second, for all clients of a token together", async () => {
            platform.on("GET /things", json({}));
            const options = { accessToken: uniqueToken(), callsPerSecond: 5 };
            const clients = [platform.client(options), platform.client(options)];
            await Promise.all(Array.from({ length: 8 }, (_, index) => clients[index % 2]!.get("/things")));
            const times = platform.received.map(({ at }) => at).sort((a, b) => a - b);
            // Any six in a row span a second; a few milliseconds are the timers' own.
            for (let at = 5; at < times.length; at++) {
                assert.ok(times[at]! - times[at - 5]! >= 950, JSON.stringify(times.map((time) => time - times[0]!)));
            }
        });

        it("retries count as calls", async () => {
            platform.on("GET /things", empty(503), empty(503), empty(503), json({}));
            await platform.client({ callsPerSecond: 2 }).get("/things");
            const times = platform.received.map(({ at }) => at);
            assert.ok(times[2]! - times[0]! >= 950, JSON.stringify(times));
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
            platform.on("GET /things", after(60, json({})));
            const client = platform.client({ maxConcurrentCalls: 1, requestTimeoutMs: 150, retry: { limit: 0 } });
            await Promise.all(Array.from({ length: 5 }, () => client.get("/things")));
            assert.equal(platform.calls.length, 5);
        });

        it("the whole call by its deadline, retries included, and tells what it last saw", async () => {
            platform.on("GET /things", message(503, "Down for maintenance"));
            const client = platform.client({ retry: { limit: 1_000, baseDelayMs: 40, maxDelayMs: 40 } });
            const started = Date.now();
            const error = await failure(client.get("/things", { deadline: started + 200 }));
            assert.ok(Date.now() - started < 1_000);
            assert.ok(platform.calls.length > 2);
            // Either the limit cut an attempt off, or no pause fitted any more before it.
            assert.ok(["deadline", "serverError"].includes(error.kind), error.kind);
            assert.match(error.message, /Down for maintenance/);
        });

        it("a POST that is cut off by its deadline may have taken effect", async () => {
            platform.on("POST /things", silence);
            const error = await failure(platform.client().post("/things", {}, { deadline: Date.now() + 100 }));
            assert.deepEqual([error.kind, error.code, error.mayHaveTakenEffect], ["deadline", "DEADLINE", true]);
            assert.match(error.message, /^POST \/things: not done within the time limit of 0\.1 s\. It may have taken/);
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

        it("the caller's signal ends a call while it pauses before a retry", async () => {
            platform.on("GET /things", empty(503));
            const abort = new AbortController();
            const call = failure(
                platform
                    .client({ retry: { baseDelayMs: 60_000, maxDelayMs: 60_000 } })
                    .get("/things", { signal: abort.signal }),
            );
            await waitUntil(() => platform.calls.length === 1);
            await new Promise((resolve) => setTimeout(resolve, 30));
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

    describe("an answer that is not the API's", () => {
        for (const [what, answer, says] of [
            ["not JSON", text("{ half"), /the answer is not JSON/],
            ["a page", text("<!DOCTYPE html><html>Log in</html>", 200, "text/html"), /the answer is an HTML page/],
            ["empty", empty(200), /the answer is not an object/],
            ["another shape", json({ other: 1 }), /the answer has no id/],
        ] as const) {
            it(`with a success: ${what}, is told as such; after a POST it is as good as none`, async () => {
                platform.on("GET /things", answer).on("POST /things", answer);
                const strict = (body: unknown): unknown => {
                    if (typeof body !== "object" || body === null) {
                        throw new TypeError("the answer is not an object");
                    }
                    if (!("id" in body)) {
                        throw new TypeError("the answer has no id");
                    }
                    return body;
                };
                const client = platform.client();
                const read = await failure(client.get("/things", { read: strict }));
                assert.deepEqual([read.kind, read.mayHaveTakenEffect, read.status], ["malformedAnswer", false, 200]);
                assert.match(read.message, says);
                const made = await failure(client.post("/things", {}, { read: strict }));
                assert.deepEqual([made.kind, made.mayHaveTakenEffect], ["malformedAnswer", true]);
                assert.equal(platform.count("POST /things"), 1);
            });
        }

        it("does not pass for success where nothing is to be read", async () => {
            platform.on("DELETE /things/x", text("<html>Log in</html>", 200, "text/html"));
            assert.equal((await failure(platform.client().delete("/things/x"))).kind, "malformedAnswer");
        });

        it("such as a redirect is not followed, not even by a GET", async () => {
            const elsewhere = (response: Parameters<ReturnType<typeof empty>>[0]): void =>
                void response.writeHead(302, { location: `${platform.endpoint}/login` }).end();
            platform.on("GET /things", elsewhere).on("POST /things", elsewhere).on("GET /login", json({}));
            for (const call of [platform.client().get("/things"), platform.client().post("/things", {})]) {
                const error = await failure(call);
                assert.deepEqual([error.kind, error.status, error.mayHaveTakenEffect], ["malformedAnswer", 302, false]);
                assert.match(
                    error.message,
                    /HTTP 302, a redirect to http.*\/login\. Check that .* is the Platform's API/,
                );
            }
            assert.equal(platform.count("GET /login"), 0);
        });
    });

    describe("connections", () => {
        it("are kept and used again", async () => {
            const ports = new Set<number | undefined>();
            platform.on("GET /things", (response, _request, socket) => {
                ports.add(socket.remotePort);
                response.end("{}");
            });
            const client = platform.client();
            for (let call = 0; call < 4; call++) {
                await client.get("/things");
            }
            assert.equal(ports.size, 1);
        });

        it("are closed with the last client that shares them, after which that client is of no use", async () => {
            let closed = 0;
            platform.on("GET /things", (response, _request, socket) => {
                socket.once("close", () => closed++);
                response.end("{}");
            });
            const accessToken = uniqueToken();
            const [one, two] = [platform.client({ accessToken }), platform.client({ accessToken })];
            await one.get("/things");
            await two.get("/things");
            await one.close();
            await one.close();
            await two.get("/things");
            assert.equal(closed, 0);
            await two.close();
            await waitUntil(() => closed > 0);
            await assert.rejects(two.get("/things"), /GET \/things: this client is closed/);
        });
    });

    it("does not show its token, however it is looked at", async () => {
        platform.on("GET /things", json({}));
        const client = platform.client({ accessToken: "canary-of-the-client" });
        await client.get("/things");
        for (const shown of [
            inspect(client, { depth: 20, showHidden: true }),
            JSON.stringify(client),
            String(client),
        ]) {
            assert.doesNotMatch(shown, /canary/);
        }
    });

    it("an error is a PlatformError and an Error", async () => {
        const error = await failure(platform.client().get("/nothing"));
        assert.ok(error instanceof Error && isPlatformError(error, "notFound") && !isPlatformError(error, "conflict"));
    });
});

async function waitUntil(condition: () => boolean): Promise<void> {
    const end = Date.now() + 5_000;
    while (!condition()) {
        assert.ok(Date.now() < end, "it did not come to pass");
        await new Promise((resolve) => setTimeout(resolve, 5));
    }
}
