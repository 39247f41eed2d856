import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { buildKey, cacheDir, downloadKey, readEntry, storeEntry } from "../../../../tools/engine/cache";
import type { Download, GoBuild } from "../../../../tools/engine/catalogue";
import { scratchDirectory } from "../scratch";

const BUILD: GoBuild = { module: "etcd", package: "example.com/x", tags: "a,b", stamps: { "main.version": "1" } };
const MODULES = { mod: "module x", sum: "x h1:" };

describe("tools/engine: cache", () => {
    describe("directory", () => {
        it("is under XDG_CACHE_HOME", () => {
            assert.equal(cacheDir({ XDG_CACHE_HOME: "/somewhere" }), "/somewhere/pulumi-seqera-kubernetes");
        });

        for (const value of [undefined, "", "relative/path"]) {
            it(`is under ~/.cache when XDG_CACHE_HOME is ${JSON.stringify(value)}`, () => {
                assert.equal(
                    cacheDir({ XDG_CACHE_HOME: value }),
                    join(homedir(), ".cache", "pulumi-seqera-kubernetes"),
                );
            });
        }
    });

    describe("key of a build", () => {
        const key = buildKey(BUILD, MODULES);
        const others: Record<string, string> = {
            "the locked modules": buildKey(BUILD, { ...MODULES, mod: "module y" }),
            "their checksums": buildKey(BUILD, { ...MODULES, sum: "y h1:" }),
            "the package": buildKey({ ...BUILD, package: "example.com/y" }, MODULES),
            "the tags": buildKey({ ...BUILD, tags: undefined }, MODULES),
            "the version stamps": buildKey({ ...BUILD, stamps: { "main.version": "2" } }, MODULES),
        };

        it("is the same for the same ingredients", () => {
            assert.equal(buildKey({ ...BUILD }, { ...MODULES }), key);
            assert.match(key, /^[0-9a-f]{12}$/);
        });

        for (const [ingredient, other] of Object.entries(others)) {
            it(`changes with ${ingredient}`, () => assert.notEqual(other, key));
        }
    });

    it("keys a download by its address and how it is checked", () => {
        const download: Download = {
            version: "1",
            url: "https://a/x",
            checksumUrl: "https://a/x.sha256",
            algorithm: "sha256",
            programs: ["etcd"],
            archive: false,
        };
        assert.equal(downloadKey(download), downloadKey({ ...download }));
        assert.notEqual(downloadKey(download), downloadKey({ ...download, url: "https://a/y" }));
        assert.notEqual(downloadKey(download), downloadKey({ ...download, checksumUrl: "https://b/x.sha256" }));
    });

    describe("entry", () => {
        const scratch = scratchDirectory();
        const entry = { program: "etcd", version: "1.2.3", origin: "build", from: "example.com/x" } as const;

        const store = async (content: string): Promise<string> => {
            writeFileSync(scratch.path("new"), content);
            return await storeEntry(scratch.path("programs", "etcd-1.2.3-abc"), scratch.path("new"), entry);
        };

        it("is moved into place with a note of what it is", async () => {
            const path = await store("program");
            const stored = await readEntry(scratch.path("programs", "etcd-1.2.3-abc"));
            assert.equal(stored?.path, path);
            assert.equal(readFileSync(path, "utf8"), "program");
            assert.deepEqual({ ...stored.entry, createdAt: "" }, { ...entry, bytes: "program".length, createdAt: "" });
            assert.deepEqual(readdirSync(scratch.path()), ["programs"]);
        });

        it("takes the place of an earlier one", async () => {
            await store("one");
            assert.equal(readFileSync(await store("another"), "utf8"), "another");
        });

        it("does not count when the program lost bytes, its note or itself", async () => {
            truncateSync(await store("program"), 3);
            assert.equal(await readEntry(scratch.path("programs", "etcd-1.2.3-abc")), undefined);
            const path = await store("program");
            writeFileSync(join(path, "..", "entry.json"), "{");
            assert.equal(await readEntry(scratch.path("programs", "etcd-1.2.3-abc")), undefined);
            assert.equal(existsSync(scratch.path("nothing")), false);
            assert.equal(await readEntry(scratch.path("nothing")), undefined);
        });
    });
});
