import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { got } from "got";
import { selfSigned } from "./certificates";
import { compiled } from "../compiled";
import { Client, createCredentials, eventually } from "./support";

interface Ended {
    exitCode: number | null;
    stdout: string;
    stderr: string;
}

interface Run {
    child: ChildProcess;
    ended: Promise<Ended>;
}

describe("emulator: command line", function () {
    this.timeout(60_000);

    let folder: string;
    let started: Run[];

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "emulator-cli-"));
        started = [];
    });

    afterEach(async () => {
        started.forEach(({ child }) => child.kill("SIGKILL"));
        await Promise.all(started.map(({ ended }) => ended));
        rmSync(folder, { recursive: true });
    });

    function run(args: string[], env: Record<string, string> = {}): Run {
        const child = spawn(process.execPath, [compiled("emulator", "cli.js"), ...args], {
            env: { ...process.env, ...env },
        });
        const text = { stdout: "", stderr: "" };
        child.stdout.on("data", (chunk: Buffer) => (text.stdout += chunk.toString()));
        child.stderr.on("data", (chunk: Buffer) => (text.stderr += chunk.toString()));
        const ended = new Promise<Ended>((done) => child.on("close", (exitCode) => done({ exitCode, ...text })));
        started.push({ child, ended });
        return { child, ended };
    }

    interface Ready {
        endpoint: string;
        controlEndpoint: string;
        pid: number;
    }

    async function ready(file: string, { child, ended }: Run): Promise<Ready> {
        await eventually("it is ready", async () => {
            if (child.exitCode !== null) {
                throw new Error(`The emulator ended: ${(await ended).stderr}`);
            }
            return existsSync(file);
        });
        return JSON.parse(readFileSync(file, "utf8")) as Ready;
    }

    it("says when it is ready, keeps state and a log, and stops cleanly on SIGTERM", async () => {
        const [readyFile, stateFile, log] = ["ready.json", "state.json", "requests.log"].map((name) =>
            join(folder, name),
        );
        const args = [
            "--ready-file",
            readyFile,
            "--state-file",
            stateFile,
            "--log",
            log,
            "--workspace",
            "42=lab",
            "--no-kubernetes",
        ];
        const env = { SEQERA_EMULATOR_TOKEN: "from-environment" };

        const first = run(args, env);
        const { endpoint, controlEndpoint, pid } = await ready(readyFile, first);
        assert.equal(pid, first.child.pid);
        const client = new Client(endpoint, "from-environment", { workspaceId: 42 });
        const id = await createCredentials(client);
        assert.equal((await new Client(controlEndpoint, null, {}).get("/requests")).body.length, 1);
        first.child.kill("SIGTERM");
        const { exitCode, stdout, stderr } = await first.ended;
        assert.equal(exitCode, 0);
        assert.equal(stdout, `Seqera Platform emulator at ${endpoint}\n`);
        assert.equal(stderr, "");
        assert.equal(existsSync(readyFile), false);
        assert.equal(statSync(stateFile).mode & 0o777, 0o600);
        assert.match(readFileSync(log, "utf8"), /^\S+Z POST \/credentials 200$/m);
        assert.equal(readFileSync(log, "utf8").includes("s3cr3t-token"), false);

        const second = run(args, env);
        const again = await ready(readyFile, second);
        const found = await new Client(again.endpoint, "from-environment", { workspaceId: 42 }).get("/credentials");
        assert.equal(found.body.credentials[0].id, id);
        second.child.kill("SIGINT");
        assert.equal((await second.ended).exitCode, 0);
    });

    it("serves https when it is given a certificate and its key", async () => {
        const { cert, key } = await selfSigned();
        const [certFile, keyFile, readyFile] = ["cert.pem", "key.pem", "ready.json"].map((name) => join(folder, name));
        writeFileSync(certFile, cert);
        writeFileSync(keyFile, key);
        const { endpoint } = await ready(
            readyFile,
            run(["--tls-cert", certFile, "--tls-key", keyFile, "--ready-file", readyFile]),
        );
        const { statusCode } = await got(`${endpoint}/service-info`, { https: { certificateAuthority: cert } });
        assert.equal(statusCode, 200);
    });

    it("refuses what makes no sense with one line", async () => {
        const wrong: [string[], RegExp][] = [
            [["--port", "abc"], /--port <number>' argument 'abc' is invalid/],
            [["--workspace", "lab"], /expected <id>=<name>/],
            [["--tls-key", "x"], /--tls-cert and --tls-key go together/],
            [["--openapi", join(folder, "missing.yaml")], /openapi: cannot read/],
        ];
        const results = await Promise.all(wrong.map(([args]) => run(args).ended));
        results.forEach(({ exitCode, stderr }, i) => {
            assert.equal(exitCode, 1);
            assert.match(stderr, wrong[i][1]);
            assert.match(stderr, /^[^\n]+\n$/);
        });
    });
});
