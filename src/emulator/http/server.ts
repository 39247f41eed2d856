import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { ApiError, badRequest } from "./api";
import type { ResolvedOptions } from "../options";

const BODY_BYTES = 10 * 1024 * 1024;

/** After how long it tries again to listen on a port that is taken, in milliseconds. */
const REFUSED_AGAIN_MS = 20;

/** What becomes of a request. */
export type Answer =
    | { kind: "reply"; status: number; body?: unknown; headers?: Record<string, string> }
    /** Closes the connection without an answer. */
    | { kind: "reset" }
    /** The same, and refuses every new connection for a time. */
    | { kind: "refused"; forMs: number }
    /** Answers with a body that is not JSON. */
    | { kind: "malformed"; status: number }
    /** Closes the connection in the middle of the answer. */
    | { kind: "truncated"; status: number; body?: unknown };

/** Decides about one request; the body is still unread. */
export type Handler = (request: IncomingMessage, url: URL) => Promise<Answer>;

/** The listening socket, and how answers and failures of the connection are put on it. */
export class HttpServer {
    private readonly server: Server;
    private address: AddressInfo = { address: "", family: "", port: 0 };
    private refusing: NodeJS.Timeout | undefined;

    constructor(
        private readonly options: Pick<ResolvedOptions, "host" | "port" | "tls">,
        handler: Handler,
    ) {
        const listener = (request: IncomingMessage, response: ServerResponse): void => {
            void serve(handler, request, response, (forMs) => this.refuse(forMs));
        };
        this.server = options.tls ? createHttpsServer(options.tls, listener) : createHttpServer(listener);
    }

    async listen(port = this.options.port): Promise<void> {
        await new Promise<void>((resolve, reject) => {
            this.server.once("error", reject);
            this.server.listen(port, this.options.host, () => {
                this.server.off("error", reject);
                this.address = this.server.address() as AddressInfo;
                resolve();
            });
        });
    }

    /** Stops listening for a time, and listens on the same port again. Requests that are under way go on. */
    private refuse(forMs: number): void {
        if (this.refusing !== undefined) {
            return;
        }
        this.server.close();
        const again = (): void => {
            this.refusing = undefined;
            this.listen(this.address.port).catch(() => {
                // Some other program holds the port for a moment.
                this.refusing = setTimeout(again, REFUSED_AGAIN_MS);
            });
        };
        this.refusing = setTimeout(again, forMs);
    }

    /** Scheme, host and port, as clients reach them. */
    get origin(): string {
        const { address, port } = this.address;
        const wildcard = address === "0.0.0.0" || address === "::";
        const host = wildcard ? "127.0.0.1" : address.includes(":") ? `[${address}]` : address;
        return `${this.options.tls ? "https" : "http"}://${host}:${port}`;
    }

    async close(): Promise<void> {
        clearTimeout(this.refusing);
        const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
        this.server.closeAllConnections();
        await closed;
    }
}

async function serve(
    handler: Handler,
    request: IncomingMessage,
    response: ServerResponse,
    refuse: (forMs: number) => void,
): Promise<void> {
    // A client that goes away, or a connection that a fault closes, is not an error of the emulator.
    request.on("error", () => undefined);
    response.on("error", () => undefined);
    let answer: Answer;
    try {
        answer = await handler(request, new URL(request.url ?? "/", "http://emulator.invalid"));
    } catch (error) {
        answer = errorAnswer(error);
    }
    switch (answer.kind) {
        case "reply":
            send(response, answer.status, answer.body, answer.headers);
            break;
        case "reset":
            close(request);
            break;
        case "refused":
            close(request);
            refuse(answer.forMs);
            break;
        case "malformed":
            response.writeHead(answer.status, { "content-type": "application/json" }).end('{"message": <html>');
            break;
        case "truncated":
            truncate(response, answer.status, answer.body);
            break;
    }
}

/** An error as an answer: refusals keep their status, anything else is the emulator's own fault. */
export function errorAnswer(error: unknown): Answer & { kind: "reply" } {
    if (error instanceof ApiError) {
        return { kind: "reply", status: error.status, body: error.body, headers: error.headers };
    }
    const message = `Unexpected error while processing - ${error instanceof Error ? error.message : String(error)}`;
    return { kind: "reply", status: 500, body: { message } };
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
    if (body === undefined || body === null) {
        response.writeHead(status, { ...headers, ...(status === 204 ? {} : { "content-length": "0" }) }).end();
        return;
    }
    const [type, content] = contentOf(body);
    response.writeHead(status, { "content-type": type, "content-length": content.length, ...headers }).end(content);
}

/** An operation answers with JSON or a file. A text is a fault's, such as the page of a proxy, or the emulator's own page. */
function contentOf(body: unknown): [type: string, content: Buffer] {
    if (Buffer.isBuffer(body)) {
        return ["application/octet-stream", body];
    }
    return typeof body === "string"
        ? ["text/html", Buffer.from(body)]
        : ["application/json", Buffer.from(JSON.stringify(body))];
}

/** A TCP reset where the socket can send one, which is what a client sees when a proxy or a server dies. */
function close(request: IncomingMessage): void {
    if ("encrypted" in request.socket) {
        request.socket.destroy();
    } else {
        request.socket.resetAndDestroy();
    }
}

function truncate(response: ServerResponse, status: number, body: unknown): void {
    const text = Buffer.from(JSON.stringify(body ?? { message: "truncated" }));
    response.writeHead(status, { "content-type": "application/json", "content-length": text.length });
    response.write(text.subarray(0, Math.floor(text.length / 2)), () => response.destroy());
}

/** The body of a request, up to a number of bytes. */
export async function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > limit) {
            throw new ApiError(413, `The request body is larger than ${limit} bytes`);
        }
        chunks.push(chunk);
    }
    return Buffer.concat(chunks);
}

/** The JSON body of a request; `undefined` when there is none. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
    const text = (await readBytes(request, BODY_BYTES)).toString("utf8");
    if (text.trim() === "") {
        return undefined;
    }
    try {
        return JSON.parse(text) as unknown;
    } catch {
        throw badRequest("Invalid JSON in the request body");
    }
}
