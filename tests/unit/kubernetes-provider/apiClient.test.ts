import assert from "node:assert/strict";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { ApiClient, sleep } from "../../../tools/kubernetes-provider/server/apiClient";
import { ApiError, isAlreadyExists, isNamespaceMissing } from "../../../tools/kubernetes-provider/server/apiError";
import { loadKubeConfig } from "../../../tools/kubernetes-provider/server/kubeconfig";

type Answer = (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void;

describe("the client of the API server", () => {
    let server: http.Server;
    let answers: Answer[];
    let seen: {
        method?: string | undefined;
        url?: string | undefined;
        type?: string | undefined;
        body: string;
        auth?: string | undefined;
    }[];
    let connections: number;

    beforeEach(async () => {
        [answers, seen, connections] = [[], [], 0];
        server = http.createServer((request, response) => {
            const chunks: Buffer[] = [];
            request.on("data", (chunk: Buffer) => chunks.push(chunk));
            request.on("end", () => {
                const body = Buffer.concat(chunks).toString();
                const { method, url, headers } = request;
                seen.push({ method, url, body, type: headers["content-type"], auth: headers.authorization });
                (answers.shift() ?? ((_, to) => to.end("{}")))(request, response, body);
            });
        });
        server.on("connection", () => (connections += 1));
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    });

    afterEach(() => {
        server.closeAllConnections();
        server.close();
    });

    const client = (signal = new AbortController().signal, address?: string): ApiClient => {
        const url = address ?? `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        const kubeconfig = {
            "current-context": "c",
            clusters: [{ name: "c", cluster: { server: url, "insecure-skip-tls-verify": true } }],
            users: [{ name: "u", user: { token: "t0ken" } }],
            contexts: [{ name: "c", context: { cluster: "c", user: "u" } }],
        };
        return new ApiClient(loadKubeConfig({ kubeconfig }), "test/1", signal);
    };

    const json =
        (status: number, value: unknown, headers: http.OutgoingHttpHeaders = {}): Answer =>
        (_, response) =>
            response.writeHead(status, headers).end(JSON.stringify(value));

    it("sends JSON with the credentials, and uses its connection again", async () => {
        answers = [json(201, { made: true }), json(200, { items: [] })];
        const api = client();
        const body = { kind: "ConfigMap" };
        assert.deepEqual(
            await api.request({ method: "POST", path: "/api/v1/x", query: { a: "1 2", b: undefined }, body }),
            {
                made: true,
            },
        );
        await api.request({ method: "GET", path: "/y" });
        assert.deepEqual(seen, [
            {
                method: "POST",
                url: "/api/v1/x?a=1+2",
                body: JSON.stringify(body),
                type: "application/json",
                auth: "Bearer t0ken",
            },
            { method: "GET", url: "/y", body: "", type: undefined, auth: "Bearer t0ken" },
        ]);
        assert.equal(connections, 1);
    });

    it("gives the server's Status as an error", async () => {
        const status = {
            kind: "Status",
            message: 'namespaces "x" not found',
            reason: "NotFound",
            details: { kind: "namespaces" },
        };
        answers = [json(404, status), json(409, { kind: "Status", reason: "AlreadyExists", message: "there" })];
        const api = client();
        await assert.rejects(api.request({ method: "GET", path: "/" }), (error: Error) => {
            assert.equal(error.message, 'namespaces "x" not found');
            return isNamespaceMissing(error);
        });
        await assert.rejects(api.request({ method: "GET", path: "/" }), isAlreadyExists);
    });

    it("says which call it was where the answer is no Status", async () => {
        answers = [(_, response) => response.writeHead(502).end("<html>proxy</html>")];
        await assert.rejects(client().request({ method: "GET", path: "/z" }), (error: Error) => {
            assert.ok(error instanceof ApiError && error.status === 502);
            assert.equal(error.message, "GET /z: HTTP 502: <html>proxy</html>");
            return true;
        });
    });

    it("comes back when the server is busy and says when", async () => {
        answers = [
            json(429, {}, { "retry-after": "0" }),
            json(503, {}, { "retry-after": "0" }),
            json(200, { ok: true }),
        ];
        assert.deepEqual(await client().request({ method: "POST", path: "/", body: {} }), { ok: true });
        assert.equal(seen.length, 3);
    });

    it("sends again what an idle connection, closed by the server, did not carry", async () => {
        answers = [
            json(200, {}),
            // As a server does whose idle time ran out just when the request left.
            (request) => request.socket.resetAndDestroy(),
            json(200, { second: true }),
        ];
        const api = client();
        await api.request({ method: "GET", path: "/a" });
        assert.deepEqual(await api.request({ method: "GET", path: "/b" }), { second: true });
    });

    it("fails where nobody listens", async () => {
        await assert.rejects(
            client(undefined, "http://127.0.0.1:1").request({ method: "GET", path: "/" }),
            /ECONNREFUSED/,
        );
    });

    it("ends when the operation is cancelled", async () => {
        const cancellation = new AbortController();
        answers = [() => cancellation.abort()];
        await assert.rejects(client(cancellation.signal).request({ method: "GET", path: "/" }), /abort/i);
        await assert.rejects(sleep(60_000, cancellation.signal), /cancelled/);
    });

    it("says that the kubeconfig names no cluster", async () => {
        const api = new ApiClient(
            loadKubeConfig({ kubeconfig: { kind: "Config" } }),
            "test/1",
            new AbortController().signal,
        );
        await assert.rejects(api.request({ method: "GET", path: "/" }), /names no cluster/);
    });
});
