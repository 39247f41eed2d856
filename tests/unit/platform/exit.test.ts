import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { json, ScriptedPlatform } from "./support";

describe("a process that used the client", () => {
    it("ends by itself, though nobody closed the client and the connection is kept alive", async () => {
        const platform = await ScriptedPlatform.start();
        platform.on("GET /service-info", json({ serviceInfo: { version: "1" } }));
        const source = join(__dirname, "../../../src/platform");
        const program = `
            const { PlatformClient, serviceInfo } = require(${JSON.stringify(source)});
            const client = new PlatformClient({ endpoint: ${JSON.stringify(platform.endpoint)}, accessToken: "t0ken" });
            serviceInfo(client).then((info) => { console.log(info.version); globalThis.done = Date.now(); });
            process.on("exit", () => console.log(Date.now() - globalThis.done));
        `;
        try {
            const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", "--eval", program], {
                timeout: 20_000,
            });
            const [version, lingered] = stdout.split("\n");
            assert.equal(version, "1");
            // The server would keep the connection for five seconds.
            assert.ok(Number(lingered) < 3_000, `it lingered for ${lingered} ms`);
        } finally {
            await platform.stop();
        }
    });
});
