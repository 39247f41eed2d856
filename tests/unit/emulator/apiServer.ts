import { createServer as createHttpsServer } from "node:https";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { selfSigned } from "./certificates";

interface KubernetesObject {
    kind?: string;
    metadata: { name: string; labels?: Record<string, string> };
    // The tests look into the objects field by field.
    [field: string]: any;
}

/**
 * As much of a Kubernetes API server as the Platform talks to: bearer tokens or client certificates, a set of allowed
 * verbs, objects by path, and `Status` objects for refusals.
 */
export class FakeApiServer {
    readonly objects = new Map<string, KubernetesObject>();
    /** Logs of pods, by the pod's name. */
    readonly logs = new Map<string, string>();
    /** Calls received, as "verb path". */
    readonly calls: string[] = [];
    /** Verbs and resources that are refused, as "create podtemplates". */
    readonly refused = new Set<string>();
    /** Tokens that are known. */
    readonly tokens = new Set<string>(["s3cr3t-token"]);
    /** Answers with this status and no body instead, if set. */
    brokenWith: number | undefined;
    /** Takes requests and never answers. */
    silent = false;

    private constructor(
        private readonly server: Server,
        readonly certificate: string,
        readonly url: string,
    ) {}

    static async start(clientAuthority?: string): Promise<FakeApiServer> {
        const { cert, key } = await selfSigned("CN=fake-api-server");
        const server = createHttpsServer({
            cert,
            key,
            ca: clientAuthority,
            requestCert: true,
            rejectUnauthorized: false,
        });
        await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
        const fake = new FakeApiServer(server, cert, `https://127.0.0.1:${(server.address() as AddressInfo).port}`);
        server.on("request", (request, response) => {
            void fake.answer(request).then(({ status, body }) => {
                if (!fake.silent) {
                    response.writeHead(status, { "content-type": "application/json" });
                    response.end(body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body));
                }
            });
        });
        return fake;
    }

    async stop(): Promise<void> {
        const closed = new Promise((resolve) => this.server.close(resolve));
        this.server.closeAllConnections();
        await closed;
    }

    addClaim(namespace: string, name: string): void {
        this.objects.set(`/api/v1/namespaces/${namespace}/persistentvolumeclaims/${name}`, { metadata: { name } });
    }

    private async answer(request: IncomingMessage): Promise<{ status: number; body?: unknown }> {
        const chunks: Buffer[] = [];
        for await (const chunk of request as AsyncIterable<Buffer>) {
            chunks.push(chunk);
        }
        const path = request.url ?? "";
        const verb = { GET: "get", POST: "create", DELETE: "delete" }[request.method ?? ""] ?? "";
        this.calls.push(`${verb} ${path}`);
        if (this.brokenWith !== undefined) {
            return { status: this.brokenWith };
        }
        const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
        const identified = bearer === undefined ? (request.socket as TLSSocket).authorized : this.tokens.has(bearer);
        if (!identified) {
            return refusal(401, "Unauthorized");
        }
        const parts = path.replace(/\?.*/, "").split("/");
        const [kind, , subresource] = parts.slice(parts.indexOf("namespaces") + 2);
        const resource = subresource === undefined ? kind : `${kind}/${subresource}`;
        if (this.refused.has(`${verb} ${resource}`)) {
            return refusal(403, `${resource} is forbidden: User "launcher" cannot ${verb} resource "${resource}"`);
        }
        if (resource === "pods/log") {
            const log = this.logs.get(parts.at(-2)!);
            const query = new URLSearchParams(path.split("?")[1]);
            const cut = log?.slice(0, Number(query.get("limitBytes") ?? Infinity));
            const end = query.has("tailLines")
                ? log
                      ?.split("\n")
                      .slice(-Number(query.get("tailLines")))
                      .join("\n")
                : cut;
            return end === undefined ? refusal(404, `${path} not found`) : { status: 200, body: end };
        }
        return this.act(verb, path, Buffer.concat(chunks).toString("utf8"));
    }

    private act(verb: string, path: string, text: string): { status: number; body?: unknown } {
        if (verb === "create") {
            const object = JSON.parse(text) as KubernetesObject;
            const key = `${path}/${object.metadata.name}`;
            if (this.objects.has(key)) {
                return refusal(409, `"${object.metadata.name}" already exists`);
            }
            this.objects.set(key, object);
            return { status: 201, body: object };
        }
        const object = this.objects.get(path);
        if (!object) {
            return refusal(404, `${path} not found`);
        }
        if (verb === "delete") {
            this.objects.delete(path);
        }
        return { status: 200, body: object };
    }
}

function refusal(code: number, message: string): { status: number; body: object } {
    return { status: code, body: { kind: "Status", apiVersion: "v1", status: "Failure", message, code } };
}
