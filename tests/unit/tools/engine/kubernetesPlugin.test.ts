import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { ensureKubernetesPlugin, kubernetesPluginStatus } from "../../../../tools/engine/kubernetesPlugin";
import type { Engine } from "../../../../tools/engine/types";
import { scratchDirectory, script } from "../scratch";

const FOLDER = "resource-kubernetes-v4.32.0";
const NOBODY = "http://127.0.0.1:1";

describe("tools/engine: the official Kubernetes plugin", () => {
    const scratch = scratchDirectory();
    let server: Server;
    let requests: number;
    let answering: string;

    beforeEach(async () => {
        requests = 0;
        server = createServer((_, response) => {
            requests++;
            response.writeHead(403).end();
        });
        await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
        answering = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterEach(() => new Promise((done) => server.close(done)));

    const env = (): NodeJS.ProcessEnv => ({
        PATH: process.env.PATH,
        HOME: scratch.path("home"),
        XDG_CACHE_HOME: scratch.path("cache"),
    });
    const inCache = (...names: string[]): string => scratch.path("cache", "pulumi-seqera-kubernetes", ...names);
    const install = (home: string): string => {
        const folder = join(home, "plugins", FOLDER);
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, "pulumi-resource-kubernetes"), "");
        return folder;
    };
    /** An engine whose `pulumi` runs these lines of shell. */
    const engine = (...lines: string[]): Engine<"pulumi"> => ({
        binDir: "",
        programs: { pulumi: { path: script(scratch.path("pulumi"), ...lines), version: "3.259.0", source: "path" } },
    });
    const ensure = (hosts: string[], again = false, ...lines: string[]) =>
        ensureKubernetesPlugin("4.32.0", engine(...lines), { env: env(), hosts, again });

    it("is the user's own where there is one", async () => {
        const folder = install(scratch.path("home", ".pulumi"));
        assert.deepEqual(await ensure([answering]), { kind: "official", path: folder });
        assert.equal(requests, 0);
    });

    it("is found in PULUMI_HOME before anywhere else", async () => {
        install(scratch.path("home", ".pulumi"));
        const folder = install(scratch.path("elsewhere"));
        const status = await kubernetesPluginStatus("4.32.0", { ...env(), PULUMI_HOME: scratch.path("elsewhere") });
        assert.deepEqual(status, { kind: "official", path: folder });
    });

    it("is not one that the CLI has not finished", async () => {
        writeFileSync(`${install(scratch.path("home", ".pulumi"))}.partial`, "");
        assert.equal((await kubernetesPluginStatus("4.32.0", env())).kind, "unavailable");
    });

    it("is installed by the CLI into the cache", async () => {
        const lines = [
            `echo "$@" > ${scratch.path("arguments")}`,
            `mkdir -p $PULUMI_HOME/plugins/${FOLDER} && touch $PULUMI_HOME/plugins/${FOLDER}/pulumi-resource-kubernetes`,
        ];
        const path = inCache("pulumi-home", "plugins", FOLDER);
        assert.deepEqual(await ensure([NOBODY, answering], false, ...lines), { kind: "official", path });
        assert.equal(readFileSync(scratch.path("arguments"), "utf8"), "plugin install resource kubernetes v4.32.0\n");
        rmSync(scratch.path("arguments"));
        assert.deepEqual(await ensure([answering], false, ...lines), { kind: "official", path });
        assert.equal(existsSync(scratch.path("arguments")), false);
        assert.equal(existsSync(scratch.path("home")), false);
    });

    it("is unavailable where nobody answers; the CLI is not even asked, and the network not again", async () => {
        const first = await ensure([NOBODY], false, `touch ${scratch.path("asked")}`);
        assert.equal(first.kind, "unavailable");
        assert.match(first.kind === "unavailable" ? first.reason : "", /^http:\/\/127\.0\.0\.1:1 cannot be reached$/);
        const second = await ensure([answering], false, `touch ${scratch.path("asked")}`);
        assert.match(second.kind === "unavailable" ? second.reason : "", /cannot be reached \(asked 20\d\d-/);
        assert.equal(requests, 0);
        assert.equal(existsSync(scratch.path("asked")), false);
    });

    it("is asked for again after a day, or when told to", async () => {
        await ensure([NOBODY]);
        assert.equal((await ensure([answering], true, "exit 1")).kind, "unavailable");
        assert.equal(requests, 1);
        const [note] = readdirSync(inCache("plugins"));
        const yesterday = new Date(Date.now() - 25 * 60 * 60 * 1000).toISOString();
        writeFileSync(inCache("plugins", note), JSON.stringify({ at: yesterday, reason: "refused" }));
        await ensure([answering], false, "exit 1");
        assert.equal(requests, 2);
    });

    it("is unavailable for the reason that the CLI gives", async () => {
        const failed = await ensure(
            [answering],
            false,
            "echo 'downloading' >&2; echo 'error: 403 Forbidden' >&2; exit 255",
        );
        assert.deepEqual(failed, {
            kind: "unavailable",
            reason: "pulumi plugin install failed: error: 403 Forbidden",
        });
    });

    it("is not taken for installed when the CLI says so but left nothing", async () => {
        assert.equal((await ensure([answering], false, "exit 0")).kind, "unavailable");
    });
});
