import { createServer, type AddressInfo } from "node:net";

/**
 * Loopback ports that are free now. Another program may take one before ours does; so whoever uses them starts again with
 * others when a program says that its address is in use.
 */
export async function freePorts(count: number): Promise<number[]> {
    // All are held at once, or the same one could be given twice.
    const servers = await Promise.all(
        Array.from({ length: count }, async () => {
            const server = createServer();
            await new Promise<void>((resolve, reject) => {
                server.once("error", reject);
                server.listen(0, "127.0.0.1", resolve);
            });
            return server;
        }),
    );
    const ports = servers.map((server) => (server.address() as AddressInfo).port);
    await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    return ports;
}
