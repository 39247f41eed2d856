import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { create } from "tar";
import type { Download } from "../../../../tools/engine/catalogue";
import { checksumFor, DownloadFailure, fetchPrograms } from "../../../../tools/engine/download";
import { scratchDirectory, script } from "../scratch";

function sha(algorithm: "sha256" | "sha512", content: Buffer | string): string {
    return createHash(algorithm).update(content).digest("hex");
}

describe("tools/engine: download", () => {
    const scratch = scratchDirectory();
    const files = new Map<string, Buffer | string>();
    let server: Server;
    let base: string;
    let requests: string[];

    beforeEach(async () => {
        files.clear();
        requests = [];
        server = createServer((request, response) => {
            requests.push(request.url!);
            const content = files.get(request.url!);
            response.writeHead(content === undefined ? 404 : 200).end(content);
        });
        await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
        base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    afterEach(() => new Promise((done) => server.close(done)));

    const single = (): Download => ({
        version: "1",
        url: `${base}/kubectl`,
        checksumUrl: `${base}/kubectl.sha256`,
        algorithm: "sha256",
        programs: ["kubectl"],
        archive: false,
    });
    const fetch = (download: Download, ...wanted: Parameters<typeof fetchPrograms>[1][number][]) =>
        fetchPrograms(download, wanted, scratch.path("new"), () => {});

    it("stores a checked program, executable", async () => {
        files.set("/kubectl", "program").set("/kubectl.sha256", sha("sha256", "program"));
        const [stored] = await fetch(single(), "kubectl");
        assert.deepEqual(stored, {
            program: "kubectl",
            file: scratch.path("new/kubectl"),
            checksum: `sha256:${sha("sha256", "program")}`,
        });
        assert.equal(readFileSync(stored.file, "utf8"), "program");
        assert.equal(statSync(stored.file).mode & 0o777, 0o755);
        assert.deepEqual(readdirSync(scratch.path("new")), ["kubectl"]);
    });

    it("takes what is wanted out of an archive", async () => {
        script(scratch.path("in/pulumi/pulumi"), "one");
        script(scratch.path("in/pulumi/pulumi-language-nodejs"), "two");
        script(scratch.path("in/pulumi/pulumi-language-go"), "three");
        await create({ gzip: true, file: scratch.path("in.tar.gz"), cwd: scratch.path("in") }, ["pulumi"]);
        const archive = readFileSync(scratch.path("in.tar.gz"));
        files
            .set("/p.tar.gz", archive)
            .set("/sums", `${sha("sha512", "x")}  other\n${sha("sha512", archive)}  p.tar.gz\n`);
        const download: Download = {
            version: "1",
            url: `${base}/p.tar.gz`,
            checksumUrl: `${base}/sums`,
            algorithm: "sha512",
            programs: ["pulumi", "pulumi-language-nodejs"],
            archive: true,
        };
        const stored = await fetch(download, "pulumi", "pulumi-language-nodejs");
        assert.deepEqual(
            stored.map(({ program, file }) => [program, readFileSync(file, "utf8").split("\n")[1]]),
            [
                ["pulumi", "one"],
                ["pulumi-language-nodejs", "two"],
            ],
        );
    });

    it("throws away a file whose checksum is another", async () => {
        files.set("/kubectl", "evil").set("/kubectl.sha256", sha("sha256", "program"));
        await assert.rejects(
            fetch(single(), "kubectl"),
            (error) => error instanceof DownloadFailure && error.message.includes(sha("sha256", "evil")),
        );
        assert.deepEqual(readdirSync(scratch.path("new")), []);
    });

    it("does not fetch a file that cannot be checked", async () => {
        files.set("/kubectl", "program");
        await assert.rejects(fetch(single(), "kubectl"), /kubectl\.sha256 answered 404/);
        assert.deepEqual(requests, ["/kubectl.sha256"]);
    });

    it("fails on an archive that lacks the program", async () => {
        script(scratch.path("in/other"));
        mkdirSync(scratch.path("in/etcd"));
        await create({ gzip: true, file: scratch.path("in.tar.gz"), cwd: scratch.path("in") }, ["other", "etcd"]);
        const archive = readFileSync(scratch.path("in.tar.gz"));
        files.set("/p.tar.gz", archive).set("/sums", sha("sha256", archive));
        const download: Download = {
            version: "1",
            url: `${base}/p.tar.gz`,
            checksumUrl: `${base}/sums`,
            algorithm: "sha256",
            programs: ["etcd"],
            archive: true,
        };
        await assert.rejects(fetch(download, "etcd"), /p\.tar\.gz holds no etcd/);
    });

    it("asks a host that cannot be reached once per process", async () => {
        const refused = { ...single(), checksumUrl: "http://127.0.0.1:1/kubectl.sha256" };
        await assert.rejects(fetch(refused, "kubectl"), /127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)/);
        // Now something answers there, and yet nobody asks.
        await assert.rejects(
            fetchPrograms(
                { ...refused, checksumUrl: "http://127.0.0.1:1/other" },
                ["kubectl"],
                scratch.path("new"),
                () => {},
            ),
            /127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)/,
        );
        assert.deepEqual(requests, []);
    });

    describe("checksum list", () => {
        const one = "a".repeat(64);
        const other = "B".repeat(64);
        const list = { checksumUrl: "https://x/sums", algorithm: "sha256" } as const;

        for (const [what, text, expected] of [
            ["a bare checksum", `${one}\n`, one],
            ["the line of the file's name", `${one}  other\n${other}  x.tar.gz\n`, other.toLowerCase()],
            ["a line in binary mode", `${one} *x.tar.gz\n`, one],
            ["a line with a path", `${one}  ./release/x.tar.gz\n`, one],
        ] as const) {
            it(`may be ${what}`, () => assert.equal(checksumFor(text, "x.tar.gz", list), expected));
        }

        for (const [what, text] of [
            ["nothing", ""],
            ["only other files", `${one}  y.tar.gz\n`],
            ["an error page", "<html>not found</html>"],
            ["a checksum of another kind", `${"a".repeat(128)}\n`],
            ["several bare checksums", `${one}\n${other}\n`],
        ] as const) {
            it(`is refused when it holds ${what}`, () =>
                assert.throws(() => checksumFor(text, "x.tar.gz", list), /holds no sha256 checksum of x\.tar\.gz/));
        }
    });
});
