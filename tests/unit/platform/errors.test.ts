import "reflect-metadata";
import assert from "node:assert/strict";
import { createServer as createTlsServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { PemConverter, X509CertificateGenerator } from "@peculiar/x509";
import { sameKeys } from "../../../src/dynamic/providers/credentialsInputs";
import { PlatformClient } from "../../../src/platform/platformClient";
import { createCredentials } from "../../../src/platform/credentials";
import { networkFaultOf, statusError, statusKind } from "../../../src/platform/diagnose";
import { PlatformError } from "../../../src/platform/errors";
import type { CredentialsSpec } from "../../../src/platform/types";
import { withProxyVariables } from "../../support/connectProxy";
import { type Answer, empty, failure, json, message, reset, ScriptedPlatform, text, uniqueToken } from "./support";

describe("errors", () => {
    let platform: ScriptedPlatform;
    beforeEach(async () => void (platform = await ScriptedPlatform.start()));
    afterEach(() => platform.stop());

    describe("say in one line which call, which status, the Platform's words, and what to do", () => {
        for (const [call, answer, kind, says] of [
            [
                "GET",
                empty(401),
                "unauthorized",
                /^GET \/things: HTTP 401\. The access token is invalid or expired, or belongs to an installation other than http:\/\/127.*Check accessToken, seqera:accessToken or TOWER_ACCESS_TOKEN\.$/,
            ],
            [
                "GET",
                message(403, "Forbidden"),
                "forbidden",
                /^GET \/things: HTTP 403: "Forbidden"\. Either the token's role in workspace 7 lacks this permission \(.*Owner or Admin\), or the object no longer exists, or it is in another workspace/,
            ],
            [
                "GET",
                message(404, "No such"),
                "notFound",
                /^GET \/things: HTTP 404: "No such"\. The object does not exist in workspace 7\./,
            ],
            ["GET", message(410, "Gone"), "notFound", /HTTP 410/],
            [
                "DELETE",
                message(409, "Conflicting deletion"),
                "conflict",
                /^DELETE \/things: HTTP 409: "Conflicting deletion"\. It is still in use: wait for its active runs to end or cancel them/,
            ],
            [
                "PUT",
                message(409, "Duplicate element"),
                "conflict",
                /HTTP 409: "Duplicate element"\. The name is already in use in workspace 7\. Choose another/,
            ],
            [
                "POST",
                message(400, "Bad\n  name"),
                "badRequest",
                /^POST \/things: HTTP 400: "Bad name"\. Fix what the Platform reports/,
            ],
            [
                "POST",
                message(405, "Disabled"),
                "badRequest",
                /HTTP 405: "Disabled"\. This version of the Platform does not accept the call/,
            ],
            [
                "POST",
                message(429, "Too many"),
                "rateLimited",
                /HTTP 429: "Too many"\. Too many calls were made with this token/,
            ],
            [
                "POST",
                message(500, "Unexpected error - Error ID: 54apn"),
                "serverError",
                /HTTP 500: "Unexpected error - Error ID: 54apn"\. The call may still have succeeded\. The Platform failed/,
            ],
            [
                "GET",
                text("<html><h1>502</h1></html>", 502, "text/html"),
                "serverError",
                /HTTP 502: "\(an HTML page\)"\. The Platform/,
            ],
            ["GET", text("upstream timed out", 504), "serverError", /HTTP 504: "upstream timed out"\./],
            [
                "POST",
                json(
                    { message: "Invalid", errors: [{ code: "COMPUTE_ENV_INVALID", message: "The env is INVALID" }] },
                    400,
                ),
                "badRequest",
                /HTTP 400: "Invalid; The env is INVALID"\./,
            ],
            [
                "DELETE",
                json({ credentialsId: "c", conflicts: [{ id: "1", name: "nightly", type: "workflow" }] }, 409),
                "conflict",
                /HTTP 409: "workflow nightly"\./,
            ],
        ] as const satisfies readonly (readonly [string, Answer, string, RegExp])[]) {
            it(`a ${call} that ends ${kind}: ${String(says).slice(1, 50)}…`, async () => {
                platform.on(`${call} /things`, answer);
                const client = platform.client({ workspaceId: 7, retry: { limit: 0 } });
                const made = {
                    GET: () => client.get("/things"),
                    PUT: () => client.put("/things", {}),
                    POST: () => client.post("/things", {}),
                    DELETE: () => client.delete("/things"),
                }[call];
                const error = await failure(made());
                assert.equal(error.kind, kind);
                assert.equal(error.operation, `${call} /things`);
                assert.equal(error.code, `HTTP_${error.status}`);
                assert.match(error.message, says);
                assert.ok(!error.message.includes("\n"));
            });
        }

        it("and cut a message that is too long for a terminal", async () => {
            platform.on("GET /things", message(400, "x".repeat(5_000)));
            assert.ok((await failure(platform.client().get("/things"))).message.length < 800);
        });

        it("and name an endpoint that may not be the API before an object that may be missing", async () => {
            const call = {
                method: "GET",
                path: "/things",
                endpoint: "https://platform.example.com",
                workspaceId: 7,
            } as const;
            const { message: says } = statusError({ ...call, redact: (text) => text }, { status: 404, body: "" });
            assert.equal(
                says,
                'GET /things: HTTP 404. The endpoint https://platform.example.com does not end in "/api". The API of a self-hosted Platform is usually at "/api": try https://platform.example.com/api. Otherwise: The object does not exist in workspace 7. Check its id and the workspace id.',
            );
        });

        it("and speak of the personal workspace when there is no other", async () => {
            platform.on("GET /things", empty(403));
            assert.match((await failure(platform.client().get("/things"))).message, /role in the personal workspace/);
        });
    });

    describe("of the network say what to check", () => {
        const call = (endpoint: string): Promise<PlatformError> =>
            failure(
                new PlatformClient({ endpoint, accessToken: uniqueToken() }, { retry: { limit: 0 } }).get(
                    "/service-info",
                ),
            );

        it("nothing listens", async () => {
            const gone = await ScriptedPlatform.start();
            const { endpoint } = gone;
            await gone.stop();
            const error = await call(endpoint);
            assert.deepEqual([error.networkFault, error.code, error.transient], ["refused", "ECONNREFUSED", true]);
            assert.match(
                error.message,
                /^GET \/service-info: http:\/\/127.* refused the connection \(ECONNREFUSED\)\. Check the endpoint's host/,
            );
        });

        it("an unknown host", async () => {
            const error = await withProxyVariables({}, () => call("https://platform.invalid/api"));
            assert.equal(error.networkFault, "dns");
            assert.match(
                error.message,
                /the host name of https:\/\/platform\.invalid\/api does not resolve .* Check the endpoint's spelling/,
            );
        });

        it("a broken connection", async () => {
            platform.on("GET /service-info", reset);
            const error = await call(platform.endpoint);
            assert.deepEqual([error.networkFault, error.transient], ["reset", true]);
            assert.match(error.message, /closed before the response was complete \(ECONNRESET\)/);
        });

        it("https to a port that speaks http", async () => {
            const error = await call(platform.endpoint.replace("http:", "https:"));
            assert.equal(error.networkFault, "tls");
            assert.match(error.message, /Check that the endpoint's port serves HTTPS\./);
        });

        it("a certificate that nobody vouches for", async () => {
            const server = await selfSigned();
            try {
                const error = await call(`https://127.0.0.1:${(server.address() as AddressInfo).port}/api`);
                assert.deepEqual(
                    [error.networkFault, error.code, error.transient],
                    ["tls", "DEPTH_ZERO_SELF_SIGNED_CERT", false],
                );
                assert.match(error.message, /could not establish a trusted TLS connection .* NODE_EXTRA_CA_CERTS/);
            } finally {
                server.closeAllConnections();
                await new Promise((resolve) => server.close(resolve));
            }
        });

        for (const [error, fault] of [
            [{ code: "EAI_AGAIN" }, "dns"],
            [{ code: "EHOSTUNREACH" }, "unreachable"],
            [{ code: "CERT_HAS_EXPIRED" }, "tls"],
            [{ code: "ERR_TLS_CERT_ALTNAME_INVALID" }, "tls"],
            [{ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }, "tls"],
            [{ code: "ETIMEDOUT", event: "request" }, "timeout"],
            [{ code: "ETIMEDOUT", event: "connect" }, "unreachable"],
            [{ code: "ETIMEDOUT", event: "secureConnect" }, "unreachable"],
            [{ code: "ETIMEDOUT", cause: { syscall: "connect" } }, "unreachable"],
            [{ code: "EPIPE" }, "reset"],
            [{ code: "ERR_HTTP_CONTENT_LENGTH_MISMATCH" }, "reset"],
            [{}, "reset"],
        ] as const) {
            it(`${JSON.stringify(error)} is ${fault}`, () => assert.equal(networkFaultOf(error).fault, fault));
        }
    });

    it("of a status that we do not know fall to the nearest kind", () => {
        assert.deepEqual([418, 422, 451, 408, 520, 599, 307].map(statusKind), [
            "badRequest",
            "badRequest",
            "badRequest",
            "serverError",
            "serverError",
            "serverError",
            "malformedAnswer",
        ]);
    });

    describe("never show a secret", () => {
        const TOKEN = "canary-access-token-0123456789";
        const KEY = "canary-kubernetes-token-9876543210";
        const spec: CredentialsSpec = { name: "cluster", provider: "k8s", keys: { token: KEY } };

        /** Every way in which an error ends up on a terminal or in a log. */
        function shown(error: PlatformError): string[] {
            return [
                error.message,
                error.stack ?? "",
                String(error),
                JSON.stringify(error),
                inspect(error, { depth: 20, showHidden: true }),
                inspect(error.cause, { depth: 20, showHidden: true }),
                JSON.stringify({ ...error }),
            ];
        }

        for (const [what, answer] of [
            ["that the Platform echoes", message(400, `Bad keys {"token":"${KEY}"} with Bearer ${TOKEN}`)],
            [
                "that a proxy echoes",
                text(`POST /credentials authorization: Bearer ${TOKEN}\n\n{"token":"${KEY}"}`, 502),
            ],
            ["that is echoed beyond the cut", message(400, `${"x".repeat(590)} ${KEY} ${TOKEN}`)],
            ["that is echoed in a redirect", empty(302, { location: `/login?token=${TOKEN}` })],
            ["when the connection breaks", reset],
            ["in a success that is not JSON", text(`{"token": ${KEY}`, 200)],
        ] as const) {
            it(what, async () => {
                platform.on("POST /credentials", answer).on("GET /credentials", answer);
                const client = platform.client({ accessToken: TOKEN, retry: { limit: 0 } });
                const error = await failure(
                    createCredentials(client, spec, {
                        nameKnownFree: true,
                        sameKeys,
                        createOnce: { lookUpDelaysMs: [0], lookUpPatienceMs: 0, attempts: 1 },
                    }),
                );
                for (const text of shown(error)) {
                    assert.doesNotMatch(text, /canary|0123456789|9876543210/);
                }
            });
        }

        it("that the caller named for this call", async () => {
            platform.on("POST /things", message(400, "value canary-in-an-environment-variable"));
            const secrets = ["canary-in-an-environment-variable"];
            const error = await failure(platform.client().post("/things", {}, { secrets }));
            assert.match(error.message, /"value \[redacted\]"/);
        });

        it("and keep the type and code of what caused them", async () => {
            platform.on("GET /things", reset);
            const { cause } = await failure(platform.client({ retry: { limit: 0 } }).get("/things"));
            assert.ok(cause instanceof Error);
            assert.equal((cause as Error & { code?: string }).code, "ECONNRESET");
            assert.deepEqual(Object.keys(cause).sort(), ["code", "name"]);
            // Its own place of origin, not ours.
            assert.doesNotMatch(cause.stack ?? "", /errors\.ts/);
        });
    });
});

async function selfSigned(): Promise<Server> {
    const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
    const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
    const certificate = await X509CertificateGenerator.createSelfSigned({
        name: "CN=127.0.0.1",
        keys,
        signingAlgorithm: algorithm,
    });
    const key = PemConverter.encode(await crypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
    const server = createTlsServer({ key, cert: certificate.toString("pem") });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return server;
}
