import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { PlatformClient } from "../../../src/platform/platformClient";
import { isPlatformError } from "../../../src/platform/errors";
import { empty, failure, json, ScriptedPlatform, text, uniqueToken, waitUntil } from "./support";

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
                .on("PUT /things/x", json({ id: "x" }))
                .on("DELETE /things/x", empty());
            const client = platform.client();
            assert.deepEqual(await client.post("/things", { name: "ä" }, { read }), { id: "x" });
            assert.equal(await client.put("/things/x", { name: "b" }), undefined);
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

    describe("an answer that is not the API's", () => {
        for (const [what, answer, says] of [
            ["not JSON", text("{ half"), /the response is not JSON/],
            ["a page", text("<!DOCTYPE html><html>Log in</html>", 200, "text/html"), /the response is an HTML page/],
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

        it("an error in the body of a success is none, where nothing is to be read", async () => {
            platform.on("DELETE /things/x", json({ message: "Unexpected error" })).on("PUT /things/x", json({}));
            const error = await failure(platform.client().delete("/things/x"));
            assert.deepEqual([error.kind, error.status, error.mayHaveTakenEffect], ["malformedAnswer", 200, true]);
            assert.match(error.message, /HTTP 200, but the response says "Unexpected error"\./);
            await platform.client().put("/things/x", {});
        });

        it("such as a redirect is not followed, not even by a GET", async () => {
            const elsewhere = (response: Parameters<ReturnType<typeof empty>>[0]): void =>
                void response.writeHead(302, { location: `${platform.endpoint}/login` }).end();
            platform.on("GET /things", elsewhere).on("POST /things", elsewhere).on("GET /login", json({}));
            const client = platform.client();
            for (const call of [() => client.get("/things"), () => client.post("/things", {})]) {
                const error = await failure(call());
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
        for (const shown of [inspect(client, { depth: 20, showHidden: true }), JSON.stringify(client)]) {
            assert.doesNotMatch(shown, /canary/);
        }
    });

    it("an error is a PlatformError and an Error", async () => {
        const error = await failure(platform.client().get("/nothing"));
        assert.ok(error instanceof Error && isPlatformError(error, "notFound") && !isPlatformError(error, "conflict"));
    });
});
