/** A proxy on loopback that answers CONNECT, and the variables that lead to it. */

import { createServer, type IncomingMessage, type Server } from "node:http";
import { createServer as createTlsProxy } from "node:https";
import { type AddressInfo, connect, type Server as NetServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { Pair } from "../unit/emulator/certificates";

const VARIABLES = ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy"];

export interface Asked {
    /** What was to be reached, such as `api.example.com:443`. */
    target: string;
    authorization: string | undefined;
}

type Reaction = (socket: Socket) => void;

/** Refuses a connection, as a proxy does with a page that explains it. */
export const refuse =
    (status: string): Reaction =>
    (socket) =>
        void socket.end(`HTTP/1.1 ${status}\r\ncontent-type: text/html\r\ncontent-length: 9\r\n\r\n<p>no</p>`);

export const close: Reaction = (socket) => void socket.end();

export const silence: Reaction = () => undefined;

export class ConnectProxy {
    readonly asked: Asked[] = [];
    readonly #sockets = new Set<Socket>();

    private constructor(private readonly server: Server) {}

    /**
     * Whatever is asked for is found on this port of loopback: the names of targets exist only behind the proxy. A reaction is to all
     * targets, or `only` to one. With `basic`, who has not this user name and password is refused.
     */
    static async start(
        behind: number,
        { reaction, only, basic, tls }: { reaction?: Reaction; only?: string; basic?: string; tls?: Pair } = {},
    ): Promise<ConnectProxy> {
        const server = tls === undefined ? createServer() : createTlsProxy(tls);
        const proxy = new ConnectProxy(server);
        const keep = (socket: Socket): void => {
            proxy.#sockets.add(socket);
            socket.on("error", () => undefined);
        };
        server.on("connection", keep);
        server.on("connect", ({ url, headers }: IncomingMessage, socket: Socket) => {
            keep(socket);
            const authorization = headers["proxy-authorization"];
            proxy.asked.push({ target: url ?? "", authorization });
            if (basic !== undefined && authorization !== `Basic ${Buffer.from(basic).toString("base64")}`) {
                refuse("407 Proxy Authentication Required")(socket);
            } else if (reaction !== undefined && (only === undefined || only === url)) {
                reaction(socket);
            } else {
                const target = connect(behind, "127.0.0.1", () => {
                    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
                    socket.pipe(target).pipe(socket);
                });
                keep(target);
            }
        });
        await listening(server);
        return proxy;
    }

    get port(): number {
        return portOf(this.server);
    }

    get targets(): string[] {
        return this.asked.map(({ target }) => target);
    }

    async stop(): Promise<void> {
        this.#sockets.forEach((socket) => socket.destroy());
        await new Promise((resolve) => this.server.close(resolve));
    }
}

/** Speaks TLS with a certificate, and hands on what is in it: a server that has TLS, or a proxy that looks into it. */
export async function terminateTls(pair: Pair, behind: number): Promise<{ port: number; stop(): Promise<void> }> {
    const sockets = new Set<Socket>();
    const server = createTlsServer(pair, (socket) => {
        const target = connect(behind, "127.0.0.1");
        for (const each of [socket, target]) {
            sockets.add(each);
            each.on("error", () => undefined);
        }
        socket.pipe(target).pipe(socket);
    });
    await listening(server);
    return {
        port: portOf(server),
        stop: async () => {
            sockets.forEach((socket) => socket.destroy());
            await new Promise((resolve) => server.close(resolve));
        },
    };
}

/** Has these and no other variables of proxies in this process while something is done. */
export async function withProxyVariables<T>(variables: Record<string, string>, work: () => Promise<T>): Promise<T> {
    const before = VARIABLES.map((each) => [each, process.env[each]] as const);
    VARIABLES.forEach((each) => delete process.env[each]);
    Object.assign(process.env, variables);
    try {
        return await work();
    } finally {
        VARIABLES.forEach((each) => delete process.env[each]);
        Object.assign(process.env, Object.fromEntries(before.filter(([, value]) => value !== undefined)));
    }
}

async function listening(server: NetServer): Promise<void> {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
}

function portOf(server: NetServer): number {
    return (server.address() as AddressInfo).port;
}
