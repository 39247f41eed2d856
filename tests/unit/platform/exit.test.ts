import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { ConnectProxy } from "../../support/connectProxy";
import { json, ScriptedPlatform } from "./support";

describe("a process that used the client", () => {
    for (const [way, proxied] of [
        ["", false],
        [", through a proxy", true],
    ] as const) {
        it(`ends by itself, though nobody closed the client and the connection is kept alive${way}`, async () => {
            const platform = await ScriptedPlatform.start();
            platform.on("GET /service-info", json({ serviceInfo: { version: "1" } }));
            const proxy = await ConnectProxy.start(Number(new URL(platform.endpoint).port));
            const endpoint = proxied ? "http://platform.example.com" : platform.endpoint;
            const source = join(__dirname, "../../../src/platform");
            const program = `
            const { PlatformClient, serviceInfo } = require(${JSON.stringify(source)});
            const client = new PlatformClient({ endpoint: ${JSON.stringify(endpoint)}, accessToken: "t0ken" });
            serviceInfo(client).then((info) => { console.log(info.version); globalThis.done = Date.now(); });
            process.on("exit", () => console.log(Date.now() - globalThis.done));
        `;
            try {
                const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", "--eval", program], {
                    timeout: 20_000,
                    env: { PATH: process.env.PATH, HTTP_PROXY: `http://127.0.0.1:${proxy.port}` },
                });
                const [version, lingered] = stdout.split("\n");
                assert.equal(version, "1");
                assert.equal(proxy.asked.length, proxied ? 1 : 0);
                // The server would keep the connection for five seconds.
                assert.ok(Number(lingered) < 3_000, `it lingered for ${lingered} ms`);
            } finally {
                await proxy.stop();
                await platform.stop();
            }
        });
    }
});
